"""Pages whose content is pictures that nobody has read: their lack of words proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checklist.candidates.site_index import SiteIndex
from checklist.candidates.within.said import is_thin, says_little
from checklist.evidence_view import EvidencePart
from core.models.snapshot import BlockKind, FetchOutcome, ReadState, Resource, ResourceKind

_ORNAMENT = 3
"""How often a picture stands on a page that is an ornament."""


def pages_of_pictures(
    site: SiteIndex, parts: tuple[EvidencePart, ...], lexicon: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Addresses of evidence pages that show unread pictures and little else; none if a document was read as well.

    Of pictures the reader makes links (via "img") only where a page has little text of its own."""
    shown = {link.url for part in parts for link in part.resource.links if link.via == "img"}
    if any(part.resource.kind is not ResourceKind.PAGE and part.resource.url not in shown for part in parts):
        return ()
    decoration = lexicon.get("image_decoration", ())
    return tuple(
        part.resource.url
        for part in parts
        if part.resource.kind is ResourceKind.PAGE
        and (
            (is_thin(part.resource) and any(_is_unread(site, url, decoration) for url in _pictures(part.resource)))
            or any(_is_unread(site, url, decoration) for url in _pictures_alone(site, part))
        )
    )


def _pictures(page: Resource) -> Iterator[str]:
    return (link.url for link in page.links if link.via == "img")


def _pictures_alone(site: SiteIndex, part: EvidencePart) -> Iterator[str]:
    """The pictures in an entry's place on a list that has next to no words; what stands there several times is an
    ornament."""
    if part.is_whole or not says_little(part, site.snapshot.resources[0]):
        return
    pictures, _ = site.repeats.of(part.resource)
    for block in part.blocks:
        if block.kind is BlockKind.IMAGE and block.src and pictures[block.src] < _ORNAMENT:
            yield block.src


def _is_unread(site: SiteIndex, url: str, decoration: tuple[str, ...]) -> bool:
    if url in site.repeats.ornaments or any(word in url.lower() for word in decoration):
        return False
    picture: Resource | None = site.by_url.get(url)
    return picture is None or picture.outcome is not FetchOutcome.OK or picture.read_state is not ReadState.READ
