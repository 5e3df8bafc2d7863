"""Whether a heading on a web page is a section of a report, or part of a criterion that an index quotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from checklist.evidence_view import EvidencePart
from checklist.section.context import TITLE_LETTERS, names_section
from checklist.section.headings import numbering
from checklist.section.lexicon import SectionWords
from core.models.snapshot import BlockKind, Zone
from core.thai.normalize import make_key

_KEPT = 2
"""Headings that are kept of a rank: the one that is asked for, and another."""


@dataclass(slots=True)
class _Heads:
    """Places of headings that have text below them and are none of the section's, a few of each rank."""

    by_number: dict[str, list[int]] = field(default_factory=dict)
    """By the way in which they are numbered."""
    below_title: list[int] = field(default_factory=list)
    """Headings in the markup that are not the page's own."""
    marked: list[int] = field(default_factory=list)
    """All headings in the markup."""


class WebReport:
    """A web page as a report: the page is walked once, when it is first asked about."""

    def __init__(self, part: EvidencePart, words: SectionWords) -> None:
        self._part = part
        self._words = words

    def has_section(self, index: int) -> bool:
        """Whether the heading at block `index` stands among others of its rank that have text below them."""
        block = self._part.resource.blocks[index]
        if block.kind in (BlockKind.LIST_ITEM, BlockKind.CELL):
            return False
        own = numbering(block.text)
        heads = self._heads
        others = [*heads.below_title, *(heads.by_number.get(own.style, ()) if own is not None else ())]
        if block.kind is not BlockKind.HEADING:
            others += heads.marked
        return any(at != index for at in others)

    @cached_property
    def _heads(self) -> _Heads:
        heads = _Heads()
        blocks = [(at, b) for at, b in self._part.numbered_blocks() if b.zone is Zone.CONTENT and b.text.strip()]
        for (at, above), (_, below) in pairwise(blocks):
            marked, number = above.kind is BlockKind.HEADING, numbering(above.text)
            if not marked and number is None:
                continue
            if below.kind is BlockKind.HEADING or len(below.text) < TITLE_LETTERS or numbering(below.text) is not None:
                continue
            if names_section(make_key(above.text).text, self._words):
                continue
            ranks = [heads.by_number.setdefault(number.style, [])] if number is not None else []
            ranks += [heads.marked] if marked else []
            ranks += [heads.below_title] if marked and above.level > 1 else []
            for rank in ranks:
                if len(rank) < _KEPT:
                    rank.append(at)
        return heads
