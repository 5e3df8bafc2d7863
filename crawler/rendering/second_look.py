"""The second look: what a page of the disclosure part shows once its scripts ran, before anything is called missing.

The markup of a page proves nothing of what its scripts write. The home page and the pages that list disclosures are
therefore rendered once and compared with their markup, as are pages of the disclosure part that say next to nothing.
Where scripts write links or text, the site's pages are read rendered. Nobody guesses from the scripts' text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from core.models.snapshot import NEEDS_SCRIPTS, Link, Reading, ReadNote, ReadState, RenderFailure, ResourceKind
from core.storage.codec import decode_reading
from core.urls import is_document
from crawler.reading_tasks import result_of
from crawler.rendering.renderer import Again, PageRenderer, Rendering, differs, is_click

if TYPE_CHECKING:
    from core.models.snapshot import Resource
    from crawler.reading_tasks import ReadResult

_THIN = 300
"""Characters of a page's own text below which it is not what a label promises."""


class SecondLook:
    """Decides which of one agency's pages are rendered, and renders them."""

    def __init__(self, renderer: PageRenderer, looks: int) -> None:
        self._renderer = renderer
        self._looks = {True: looks, False: looks}
        """Left for pages that list disclosures, and for others of the disclosure part."""
        self._needs_scripts = False
        self._idle: set[tuple[str, str]] = set()
        """What was clicked and opened nothing, by label and context: letter sizes and the like stand on every page."""

    async def read(
        self, found: ReadResult, resource: Resource, hosts: Iterable[str], again: Again, *, lists: bool, discloses: bool
    ) -> Rendering:
        """The page as a citizen sees it. `lists` tells of the home page and of pages that list disclosures,
        `discloses` of other pages of the disclosure part."""
        reading = found.reading
        plain = Rendering(found, resource)
        if reading.kind is not ResourceKind.PAGE:
            return plain
        if reading.note in NEEDS_SCRIPTS:
            seen = await self._renderer.read(resource, hosts, again)
            self._needs_scripts = True
            if isinstance(seen, RenderFailure):
                return Rendering(found, replace(resource, detail=seen.value, etag="", last_modified=""))
            return seen
        is_page = reading.note in (ReadNote.NONE, ReadNote.EMPTY)
        if not (reading.scripted and is_page and self._is_due(reading, resource, lists=lists, discloses=discloses)):
            return self._without_idle(plain) if self._idle else plain
        seen = await self._renderer.read(resource, hosts, again)
        if isinstance(seen, RenderFailure):
            return _unseen(found, resource, seen)
        return await asyncio.to_thread(self._compared, plain, seen, frozenset(hosts))

    def _is_due(self, reading: Reading, resource: Resource, *, lists: bool, discloses: bool) -> bool:
        clicks = any(self._is_open(link, resource.final_url) for link in reading.links)
        thin = reading.letters < _THIN and not any(is_document(link.url) for link in reading.links)
        if not (lists or (discloses and (thin or clicks or self._needs_scripts))):
            return False
        if self._looks[lists] > 0:
            self._looks[lists] -= 1
            return True
        return clicks or self._needs_scripts

    def _is_open(self, link: Link, url: str) -> bool:
        """Whether a link takes a click of which nobody knows what it opens."""
        return is_click(link, url) and (link.label, link.context) not in self._idle

    def _without_idle(self, plain: Rendering) -> Rendering:
        url = plain.resource.final_url
        links = plain.found.reading.links
        if not any(is_click(link, url) and not self._is_open(link, url) for link in links):
            return plain
        whole = decode_reading(plain.found.packed)
        links = tuple(link for link in whole.links if not is_click(link, url) or self._is_open(link, url))
        return replace(plain, found=result_of(replace(whole, links=links), url))

    def _compared(self, plain: Rendering, seen: Rendering, hosts: frozenset[str]) -> Rendering:
        before, after = decode_reading(plain.found.packed), decode_reading(seen.found.packed)
        if seen.further or after.note in NEEDS_SCRIPTS or differs(before, after, hosts):
            self._needs_scripts = True
            return seen
        url = plain.resource.final_url
        left = {(link.label, link.context) for link in after.links if is_click(link, url)}
        self._idle |= {(link.label, link.context) for link in before.links if is_click(link, url)} - left
        return self._without_idle(plain)


def _unseen(found: ReadResult, resource: Resource, why: RenderFailure) -> Rendering:
    """A page whose scripts were not given the chance to write: what is not in it may be there all the same."""
    whole = decode_reading(found.packed)
    whole = replace(whole, note=ReadNote.SCRIPT_FILLED, state=ReadState.PARTIAL)
    resource = replace(resource, detail=why.value, etag="", last_modified="")
    return Rendering(result_of(whole, resource.final_url), resource)
