"""Charts, pictures and tables of numbers under a heading of the section: what belongs to one of them tells nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checklist.evidence_view import EvidencePart
from checklist.section.classify import Content, classify
from checklist.section.headings import is_sentence, numbering
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import digits, make_key

_CAPTION = 120
"""Characters of the longest caption."""
_LABEL = 40
"""Characters of a chart's label."""
_LABELS = 3
"""Lines of figures that make a chart without a caption."""
_BULLETS = "-–—•▪●○◦*✓➢"
_NUMBER = re.compile(r"[\W_]*\d[\d,.\s]*(?:%|บาท|ล้านบาท)?[\W_]*")
_MEASURED = re.compile(r"\d\s*%?\W*$|%")
"""The end of a chart's label with what it measures: `เฉพาะเจาะจง 95.9%`."""


@dataclass(frozen=True, slots=True)
class Told:
    """What of a heading's lines may answer it. `doubt` is a line that only a person can tell from a chart's label."""

    indexes: list[int]
    doubt: int | None = None


def without_figures(part: EvidencePart, indexes: list[int], words: SectionWords) -> Told:
    """The lines under a heading without captions, tables of numbers and what stands beside them without saying
    anything: labels, a title. Where nothing else stands there, what may be a label is a doubt."""
    blocks = part.resource.blocks
    captions = [i for i in indexes if is_caption(blocks[i], words)]
    numbers = _of_numbers(part, indexes, words)
    if not captions and not numbers and not _are_labels([blocks[i] for i in indexes], words):
        return Told(indexes)
    telling = [i for i in indexes if i not in captions and i not in numbers and _tells(blocks[i], words)]
    if telling:
        return Told(telling)
    rest = [i for i in indexes if i not in captions and classify(blocks[i].text, words).filled]
    if captions:
        rest = [i for i in rest if i not in numbers]
    return Told([], rest[0]) if rest else Told([])


def is_caption(block: Block, words: SectionWords) -> bool:
    """Whether a line names a chart, a picture or a table by its number (`แผนภูมิที่ 1 วงเงินรายไตรมาส`), and not as one
    of the section's matter."""
    if block.kind is BlockKind.CELL or len(block.text) > _CAPTION:
        return False
    key = digits(make_key(block.text).text)
    return words.figure.match(key) is not None and not words.matter.search(key)


def _of_numbers(part: EvidencePart, indexes: Sequence[int], words: SectionWords) -> frozenset[int]:
    """The cells of tables whose rows, below their first, are labels and numbers, and none of whose cells says anything:
    what a chart is drawn from."""
    blocks = part.resource.blocks
    tables: dict[int | None, list[int]] = {}
    for index in indexes:
        if blocks[index].kind is BlockKind.CELL:
            tables.setdefault(blocks[index].table, []).append(index)
    found: set[int] = set()
    for cells in tables.values():
        rows: dict[int, list[Block]] = {}
        for index in cells:
            rows.setdefault(blocks[index].row or 0, []).append(blocks[index])
        body = [rows[row] for row in sorted(rows)[1:]]
        counted = [any(_NUMBER.fullmatch(digits(b.text)) for b in row if b is not row[0]) for row in body]
        if counted and all(counted) and not any(_says(blocks[index], words) for index in cells):
            found.update(cells)
    return frozenset(found)


def _are_labels(lines: Sequence[Block], words: SectionWords) -> bool:
    """Whether lines are the labels of a chart: short ones that say nothing, of which half or more hold a figure."""
    filled = [b for b in lines if b.kind is not BlockKind.CELL and b.text.strip()]
    if len(filled) < _LABELS or any(len(b.text) > _LABEL or _tells(b, words) for b in filled):
        return False
    return 2 * sum(_is_measured(b) for b in filled) >= len(filled)


def _is_measured(block: Block) -> bool:
    return len(block.text) <= _LABEL and _MEASURED.search(digits(block.text)) is not None


def _tells(block: Block, words: SectionWords) -> bool:
    """Whether a line beside a chart answers: it says something, is one of a list, or too long for a label."""
    if block.kind is BlockKind.CELL:
        return _says(block, words)
    if not classify(block.text, words).filled or (_is_measured(block) and numbering(block.text) is None):
        return False
    listed = block.kind is BlockKind.LIST_ITEM or block.text.lstrip()[:1] in _BULLETS
    return listed or numbering(block.text) is not None or len(block.text) > _CAPTION or _says(block, words)


def _says(block: Block, words: SectionWords) -> bool:
    return classify(block.text, words) is Content.NONE or (
        classify(block.text, words).filled and is_sentence(block.text, words)
    )
