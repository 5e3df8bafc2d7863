"""Pages whose content is pictures that nobody has read: their lack of words proves nothing."""

from __future__ import annotations

from collections.abc import Mapping

from checklist.candidates.behind import is_thin
from checklist.candidates.site_index import SiteIndex
from checklist.evidence_view import EvidencePart
from core.models.snapshot import Block, BlockKind, FetchOutcome, ReadState, Resource, ResourceKind, Zone


def pages_of_pictures(
    site: SiteIndex, parts: tuple[EvidencePart, ...], lexicon: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Addresses of evidence pages that show unread pictures and little else; none if a document was read as well."""
    if any(part.resource.kind is not ResourceKind.PAGE for part in parts):
        return ()
    decoration = lexicon.get("image_decoration", ())
    return tuple(
        part.resource.url
        for part in parts
        if is_thin(part.resource) and any(_is_unread(site, block, decoration) for block in _pictures(part))
    )


def _pictures(part: EvidencePart) -> list[Block]:
    """Pictures of the content that are no buttons: a picture inside a link leads somewhere."""
    linked = {link.block for link in part.resource.links}
    return [
        block
        for index, block in part.indexed()
        if block.kind is BlockKind.IMAGE and block.src and block.zone is Zone.CONTENT and index not in linked
    ]


def _is_unread(site: SiteIndex, block: Block, decoration: tuple[str, ...]) -> bool:
    if any(word in f"{block.text} {block.src}".lower() for word in decoration):
        return False
    picture: Resource | None = site.by_url.get(block.src)
    return picture is None or picture.outcome is not FetchOutcome.OK or picture.read_state is not ReadState.READ
