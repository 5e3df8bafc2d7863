"""Pages of an item's own that hold nothing: its title, and that something is to come."""

from __future__ import annotations

from dataclasses import replace

from checklist.candidates.labels import HARDLY
from checklist.candidates.page_links import links_by_block
from checklist.candidates.site_index import SiteIndex
from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.matchers.page.evidence import said_blocks
from checklist.matchers.text.phrase import evidence_titles, names_title
from checklist.matchers.unfilled import unfilled_blocks
from core.models.assessment import Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, Link, ResourceKind, Zone
from core.thai.normalize import clusters

_SHOWN = frozenset({BlockKind.FORM, BlockKind.IMAGE, BlockKind.IFRAME})
"""What a page may show without words."""
_MOST_LINKS = 60
"""Links of one line that are looked at."""
_SENTENCES = 150
"""Thai clusters of a sentence or two."""
_SAYS = 6
"""Thai clusters beside links from which a line says something; fewer name what the links are (ป้ายกำกับ:)."""


def empty_pages(site: SiteIndex, view: EvidenceView) -> tuple[Reason, ...]:
    """Return which pages name the item of the evidence and hold nothing, if all of it is such pages; else nothing.

    Words that are on no list are something: only a title, the frame of all pages, days and a notice that there is
    nothing yet prove that a page is empty. An item that asks for a page of the site itself is not answered by words."""
    # A list that is the way to the item is none of its pages.
    parts = tuple(part for part in view.parts if not (part.resource.url in site.lists and part.is_whole)) or view.parts
    if view.item.evidence in ("page", "site") or not parts or unfilled_blocks(view):
        return ()
    for part in parts:
        if part.resource.kind is not ResourceKind.PAGE:
            return ()
        if any(block.kind in _SHOWN and block.zone is Zone.CONTENT for block in part.blocks):
            return ()
    frames = [_frame(site, view.item.id, part) for part in parts]
    for ends in (_last_of, lambda part: _ends(site, part)):
        skips = (part.skip | frame | ends(part) for part, frame in zip(parts, frames, strict=True))
        view = replace(view, parts=tuple(replace(part, skip=skip) for part, skip in zip(parts, skips, strict=True)))
        if any(letter.isalpha() for _, _, block in said_blocks(view) for letter in block.text):
            return ()
    named = {part.resource.url: part.label or part.resource.title for part in parts}
    return tuple(Reason(ReasonCode.NAMED_ONLY, {"page": url, "label": label}) for url, label in named.items())


def hardly_said(site: SiteIndex, view: EvidenceView) -> tuple[Reason, ...]:
    """Return why pages may not show the document that is asked for: beside its title stands a sentence or two without
    a number or the item's own words. What it says only a person can tell (เจ้าหน้าที่กำลังเตรียมไฟล์)."""
    if view.item.evidence != "document" or any(part.resource.kind is not ResourceKind.PAGE for part in view.parts):
        return ()
    said: list[str] = []
    ending: list[str] = []
    for part in view.parts:
        titles, frame = evidence_titles(view, part), _frame(site, view.item.id, part)
        for at, block in part.numbered_blocks():
            if block.zone is not Zone.CONTENT or at in frame or names_title(block.text, titles):
                continue
            if block.kind in _SHOWN:
                return ()
            (ending if at in _last_of(part) else said).append(block.text)
    if _is_much(" ".join(said)):
        return ()
    text = " ".join((*said, *(line for line in ending if line not in site.repeats.last_lines)))
    if _is_much(text):
        return ()
    if site.names.named(text).get(view.item.id, 1.0) >= HARDLY:
        return ()
    named = {"url": view.parts[0].resource.url, "title": text[:_SENTENCES]} if view.parts else {}
    return (Reason(ReasonCode.NOT_NAMED, named),) if named else ()


def _is_much(text: str) -> bool:
    """Whether a text has a number or is more than a sentence or two."""
    return any(letter.isdigit() for letter in text) or len(clusters(text[: 4 * _SENTENCES])) > _SENTENCES


def _last_of(part: EvidencePart) -> frozenset[int]:
    """The line that a page ends with. Whether others end so too is asked last: it takes the text of all pages."""
    return frozenset({len(part.resource.blocks) - 1})


def _ends(site: SiteIndex, part: EvidencePart) -> frozenset[int]:
    if not part.resource.blocks or part.resource is site.snapshot.resources[0]:
        return frozenset()
    return _last_of(part) if part.resource.blocks[-1].text in site.repeats.last_lines else frozenset()


def _frame(site: SiteIndex, item: str, part: EvidencePart) -> frozenset[int]:
    """The lines that are nothing but links to where the home page leads too and to no item's page, the category of a
    post, the way back to the list; or to what is another item's, on the page of their group."""
    home = site.snapshot.resources[0]
    if part.resource is home:
        return frozenset()
    common = {link.url for link in home.links} | {home.url, home.final_url}
    found: set[int] = set()
    for at, links in links_by_block(part.resource).items():
        if not part.start <= at < part.stop or len(links) > _MOST_LINKS:
            continue
        text = part.resource.blocks[at].text
        for link in links:
            text = text.replace(link.label, " ") if link.label else text
        if len(clusters(text)) < _SAYS and all(_is_elsewhere(site, item, link, common) for link in links):
            found.add(at)
    return frozenset(found)


def _is_elsewhere(site: SiteIndex, item: str, link: Link, common: set[str]) -> bool:
    """Whether a link leads where the home page leads as well and to no item's page, or to what is another item's."""
    target = site.by_url.get(link.url)
    foreign = target is not None and site.foreign(target, item)
    return foreign or (link.url in common and not site.names.matches(link.label))
