"""Pages whose content is pictures that nobody has read: their lack of words proves nothing."""

from __future__ import annotations

from collections.abc import Mapping

from checklist.candidates.behind import is_thin
from checklist.candidates.site_index import SiteIndex
from checklist.evidence_view import EvidencePart
from core.models.snapshot import FetchOutcome, ReadState, Resource, ResourceKind


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
        and is_thin(part.resource)
        and any(link.via == "img" and _is_unread(site, link.url, decoration) for link in part.resource.links)
    )


def _is_unread(site: SiteIndex, url: str, decoration: tuple[str, ...]) -> bool:
    if any(word in url.lower() for word in decoration):
        return False
    picture: Resource | None = site.by_url.get(url)
    return picture is None or picture.outcome is not FetchOutcome.OK or picture.read_state is not ReadState.READ
