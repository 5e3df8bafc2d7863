"""Names of the section that stand below their texts, as captions of boxes do. Read from the top such a name has the
next box's text, and the last one nothing: which text is whose only a person may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.evidence_view import EvidencePart
from checklist.section.answers import is_set_off
from checklist.section.classify import classify
from checklist.section.headings import SectionHeading, SectionPart, section_heading
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind, Zone

_NAME = 60
"""Characters of the longest name of the section."""
_BOX = 4_000
"""Characters of a box that is looked at."""

_Rows = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Caption:
    """A name of the section and the text above it; both are indexes of blocks."""

    name: int
    text: int
    parts: frozenset[SectionPart]


def captions_below(part: EvidencePart, words: SectionWords) -> tuple[Caption, ...]:
    """Find names below their texts: in a table of one row of texts over one of names, at the end of every cell of a
    row, and under box after box down the page. A name above a box, or a table that begins with one, shows that the
    document's names stand above their texts."""
    tables: dict[int, _Rows] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            tables.setdefault(block.table, {}).setdefault(block.row, []).append(index)
    found = [
        caption for rows in tables.values() for caption in (*_under_row(part, rows, words), *_within(part, rows, words))
    ]
    return (*found, *_down_the_page(part, tables, words))


def _name(text: str, words: SectionWords) -> SectionHeading | None:
    """The name that a text is, and nothing else: a number belongs to a heading over its text."""
    if not 0 < len(text) <= _NAME:
        return None
    found = section_heading(text.replace("\n", " "), words, marked=True)
    alone = found is not None and found.sure and found.plain and found.strong and not (found.answer or found.rest)
    return found if found is not None and alone and found.parts and found.numbering is None else None


def _is_text(text: str, words: SectionWords) -> bool:
    lines = text[:_BOX].split("\n")
    heads = (section_heading(line, words, marked=False) for line in lines)
    return classify(text, words).filled and not any(head is not None and head.sure and head.parts for head in heads)


def _under_row(part: EvidencePart, rows: _Rows, words: SectionWords) -> Iterator[Caption]:
    """A table of two rows, texts over names."""
    blocks = part.resource.blocks
    texts, names = rows[min(rows)], rows[max(rows)]
    if len(rows) != 2 or [blocks[at].col for at in texts] != [blocks[at].col for at in names]:
        return
    each = [_name(blocks[at].text, words) for at in names]
    if len(names) < 2 or not all(_is_text(blocks[at].text, words) and not blocks[at].header for at in texts):
        return
    if all(found is not None for found in each):
        for text, name, found in zip(texts, names, each, strict=True):
            if found is not None:
                yield Caption(name, text, found.parts)


def _within(part: EvidencePart, rows: _Rows, words: SectionWords) -> Iterator[Caption]:
    """Cells of a table's one row that all end in a name."""
    cells = rows[min(rows)] if len(rows) == 1 else []
    found: list[Caption] = []
    for at in cells:
        text, _, last = part.resource.blocks[at].text.rpartition("\n")
        name = _name(last, words)
        if name is None or not _is_text(text, words):
            return
        found.append(Caption(at, at, name.parts))
    yield from found


def _down_the_page(part: EvidencePart, tables: dict[int, _Rows], words: SectionWords) -> Iterator[Caption]:
    """Boxes of one cell, each with a name under it, from the first box on to the last name."""
    run: list[Caption] = []
    box = before = -1
    for index, block in part.numbered_blocks():
        if block.zone is not Zone.CONTENT or not block.text.strip():
            continue
        boxed = block.kind is BlockKind.CELL and _is_alone(block, tables)
        name = _name(block.text, words) if boxed or block.kind is not BlockKind.CELL else None
        if name is not None and box >= 0 and before == box:
            run.append(Caption(index, box, name.parts))
            box = -1
        elif name is None and boxed and (run or _begins(part, index, before, tables, words)) and before != box:
            box = index if _is_text(block.text, words) else -1
        else:
            yield from _ended(part, run, box)
            run, box = [], -1
        before = index
    yield from _ended(part, run, box)


def _is_alone(block: Block, tables: dict[int, _Rows]) -> bool:
    return block.table is not None and len(tables.get(block.table, {}).get(block.row or 0, [])) == 1


def _begins(part: EvidencePart, index: int, before: int, tables: dict[int, _Rows], words: SectionWords) -> bool:
    """Whether a box is the first of its table and stands under no name of the section or set-off line."""
    block = part.resource.blocks[index]
    first = block.table is not None and block.row == min(tables[block.table])
    above = part.resource.blocks[before] if before >= 0 else None
    return first and (above is None or not (_name(above.text, words) or is_set_off(above)))


def _ended(part: EvidencePart, run: list[Caption], box: int) -> list[Caption]:
    """A run that counts: no box is left without a name, and one pair alone stands in one table."""
    blocks = part.resource.blocks
    whole = len(run) > 1 or (len(run) == 1 and blocks[run[0].name].table == blocks[run[0].text].table)
    return run if whole and box < 0 else []
