"""Whether a heading on a web page is a section of a report, or part of a criterion that an index quotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from checklist.evidence_view import EvidencePart
from checklist.section.classify import Answer, Content
from checklist.section.context import TITLE_LETTERS, names_section
from checklist.section.headings import SectionHeading, numbering
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind, Zone
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
        self.words = words

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
            if names_section(make_key(above.text).text, self.words):
                continue
            ranks = [heads.by_number.setdefault(number.style, [])] if number is not None else []
            ranks += [heads.marked] if marked else []
            ranks += [heads.below_title] if marked and above.level > 1 else []
            for rank in ranks:
                if len(rank) < _KEPT:
                    rank.append(at)
        return heads


def answer_on_page(
    part: EvidencePart, index: int, last: int, heading: SectionHeading, found: tuple[Answer, int], report: WebReport
) -> Answer | None:
    """What answers a heading on a web page, whose last line and answer are given; None if it heads no section there.
    A report that keeps what its form asks is answered right below; elsewhere an index may quote the criterion."""
    answer, at = found
    if heading.instruction and answer.content.filled:
        if at <= last + 1 and report.has_section(index):
            return answer
        if at > last and _is_filled_form(part.resource.blocks[index], answer):
            return Answer(Content.DOUBT, answer.quote, 0)
    return None if _is_of_index(part, index, heading, answer, report) else answer


def _is_of_index(part: EvidencePart, index: int, heading: SectionHeading, answer: Answer, report: WebReport) -> bool:
    """Whether a line of a web page is one of its lists, or quotes the criterion, and heads no section there."""
    if answer.content is Content.NOTHING and report.has_section(index):
        return False
    if not heading.plain and part.resource.blocks[index].kind is BlockKind.LIST_ITEM:
        # ข้อเสนอแนะจากประชาชน in a list of links.
        return True
    if heading.instruction and answer.content not in (Content.DASH, Content.DOTS):
        # An index page quotes the criterion: heading and "ไม่มี" stand there whatever the report says.
        return True
    return answer.content in (Content.NOTHING, Content.DOUBT) and _among_siblings(part, index)


def _is_filled_form(block: Block, answer: Answer) -> bool:
    """Whether something answers a heading of a web page that asks for it: an index quotes the criterion so, and a
    report whose form was filled in keeps it."""
    return answer.content is Content.NONE or (answer.content is Content.TEXT and block.kind is BlockKind.HEADING)


def _among_siblings(part: EvidencePart, index: int) -> bool:
    """Whether the line is one of a list of short lines: a criterion's list of parts, not a report's section."""
    blocks = part.resource.blocks
    block = blocks[index]
    below = blocks[index + 1] if index + 1 < part.stop else None
    if block.kind is BlockKind.HEADING or (below is not None and below.kind is BlockKind.CELL and not below.text):
        return False
    neighbours = [b for b in blocks[max(part.start, index - 2) : min(part.stop, index + 3)] if b is not block]
    if block.kind is BlockKind.LIST_ITEM:
        return any(b.kind is block.kind and len(b.text) < 120 for b in neighbours)
    return any(numbering(b.text) is not None and b.kind is block.kind for b in neighbours)
