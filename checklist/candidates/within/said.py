"""How much a page, or a run of its text, says beside its title, the labels of its links and the frame of the site."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.candidates.page_links import listed_rows
from checklist.evidence_view import EvidencePart
from core.models.snapshot import BlockKind, Resource, ResourceKind, Zone
from core.thai.dates import date_mentions
from core.thai.normalize import clusters, make_key

_THIN = 60
"""Thai clusters; a page that says less beside its links is only the way to what they lead to."""
_SENTENCES = 150
"""Thai clusters of a sentence or two."""
_NO_LINES = frozenset({BlockKind.IMAGE, BlockKind.IFRAME, BlockKind.FORM})
"""What says nothing beside the lines of a page: those of a form, which may be around all of it, stand there too."""


def is_thin(page: Resource, skip: frozenset[int] = frozenset()) -> bool:
    """Whether a page says little beside its title, the labels of its links, the rows that name what these lead to, and
    blocks to `skip`."""
    linked = {link.block for link in page.links} | listed_rows(page) | skip
    titles = [make_key(title).text for title in (page.title, page.label) if title]
    said = 0
    for index, block in enumerate(page.blocks):
        if block.zone is Zone.CONTENT and index not in linked and block.kind not in _NO_LINES:
            named = any(make_key(block.text[:400]).text in title for title in titles)
            said += 0 if named else len(clusters(block.text[:400]))
            if said >= _THIN:
                return False
    return True


def is_way(part: EvidencePart, home: Resource | None) -> bool:
    """Whether a part is a whole page that says nothing beside its title, the day it was put up and what stands on the
    home page as well: only the way to what it leads to."""
    page = part.resource
    if page.kind is not ResourceKind.PAGE or part.start != 0 or part.stop < len(page.blocks):
        return False
    return _said(page, home, part.label, part.skip) < _THIN


def only_say_little(parts: Sequence[EvidencePart], home: Resource | None) -> bool:
    """Whether all parts are pages, or runs of one, that say no more than a sentence or two, without a table."""
    for part in parts:
        table = any(block.kind is BlockKind.CELL and block.zone is Zone.CONTENT for block in part.blocks)
        said = _SENTENCES if table else _said(part.resource, home, "", outside(part))
        if part.resource.kind is not ResourceKind.PAGE or said >= _SENTENCES:
            return False
    return True


def says_little(part: EvidencePart, home: Resource | None) -> bool:
    """Whether a run of a page's text says next to nothing beside its title, its days and its links."""
    return _said(part.resource, home, part.label, outside(part) | part.skip) < _THIN


def outside(part: EvidencePart) -> frozenset[int]:
    """The blocks of its page that a part does not hold."""
    return frozenset(range(part.start)) | frozenset(range(part.stop, len(part.resource.blocks)))


def _said(page: Resource, home: Resource | None, label: str, skip: frozenset[int] = frozenset()) -> int:
    """Thai clusters that a page says beside its title, its days, its links and what the home page says too; counted up
    to as many as matter. Blocks to `skip` are left out."""
    common = {make_key(block.text).text for block in home.blocks} if home is not None and home is not page else set()
    titles = [make_key(title).text for title in (label, page.title, page.label) if title]
    linked = {link.block for link in page.links}
    said = 0
    for index, block in enumerate(page.blocks):
        if block.zone is not Zone.CONTENT or index in linked or index in skip or block.kind in _NO_LINES:
            continue
        text = block.text[:400]
        key = make_key(text).text
        if key in common or any(key in title for title in titles):
            continue
        for mention in reversed(date_mentions(text)):
            text = text[: mention.start] + text[mention.stop :]
        said += len(clusters(text))
        if said >= _SENTENCES:
            break
    return said
