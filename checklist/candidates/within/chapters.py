"""Volumes in which the documents of several items are bound as chapters, each called after its item."""

from __future__ import annotations

import re

from checklist.candidates.labels import LABEL_LENGTH, ItemNames
from core.models.snapshot import Resource, ResourceKind

_CHAPTER = re.compile(r"\W*(?P<word>บทที่|ส่วนที่|ตอนที่|ภาคที่|เล่มที่|หมวดที่)\s*(?P<number>[\d๐-๙]{1,2})(?![\d๐-๙])")
_SURELY = 0.9
"""Likeness from which a chapter is called after an item."""
_OWN = 2
"""Items after which chapters are called in a volume: one may be a chapter on a matter."""


def chapter_of(volume: Resource, item: str, names: ItemNames) -> tuple[int, int] | None:
    """The first block of an item's chapter and the one behind it; None where a document is no such volume, or has no
    chapter of this item. What stands twice is in the table of contents first. One report may have chapters called like
    items as well: it has others too, and its problems may stand there."""
    if volume.kind is not ResourceKind.DOCUMENT:
        return None
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    for at, block in enumerate(volume.blocks):
        found = _CHAPTER.match(block.text) if len(block.text) <= LABEL_LENGTH else None
        if found is not None:
            below = volume.blocks[at + 1].text if at + 1 < len(volume.blocks) else ""
            heads[found["word"], found["number"]] = (at, block.text[found.end() :].strip() or below)
    items = {at: _named(names, title) for at, title in heads.values()}
    own = [at for at, named in items.items() if named == item]
    if not all(items.values()) or len(set(items.values())) < _OWN or len(own) != 1:
        return None
    return own[0], min((at for at in items if at > own[0]), default=len(volume.blocks))


def _named(names: ItemNames, title: str) -> str:
    found = names.matches(title[:LABEL_LENGTH]) if title else ()
    return found[0].item if found and found[0].likeness >= _SURELY else ""
