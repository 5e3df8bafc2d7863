"""The section as a table: a column of that name, or a row whose first cell is the heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from checklist.evidence_view import EvidencePart
from checklist.section.checkboxes import is_tick
from checklist.section.classify import Content, classify
from checklist.section.headings import (
    SectionHeading,
    SectionPart,
    begins_with_section,
    is_none,
    is_sentence,
    section_heading,
    strip_number,
)
from checklist.section.lexicon import SectionWords
from checklist.section.spreadsheet import Row, Rows, tables
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import make_key

_HEADER_ROWS = 3
"""A table's column names stand within its first rows even where nothing marks them."""
_HEADER_LENGTH = 80
_NAME_LENGTH = 40
_JOINED = re.compile(r"[\s/,·+&|-]+")
_CUT = 8
"""Characters of a name that lost its end, at most two of them."""
_COUNT = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})?\W*")
"""A cell that only numbers its row."""


@dataclass(frozen=True, slots=True)
class TableHit:
    """A header cell of the section with the cells that it heads; all are indexes of blocks."""

    header: int
    cells: tuple[int, ...]


def column_hits(wanted: SectionPart, part: EvidencePart, words: SectionWords) -> Iterator[TableHit]:
    """Columns whose header holds the section's words."""
    for rows in _wide_tables(part):
        swot = _is_swot(rows, words)
        plain = [r for r in sorted(rows) if not any(b.header for _, b in rows[r])]
        seen: set[tuple[int | None, str]] = set()
        for row in _header_rows(rows, words):
            for index, block in rows[row]:
                heading = _heading(block, words)
                if heading is None or wanted not in heading.parts or (swot and not heading.strong):
                    continue
                name = (block.col, make_key(block.text).text)
                if name in seen:
                    continue  # repeated on the next page: what stands below it stands below the first one too
                seen.add(name)
                body = plain[bisect_right(plain, row + block.span_rows - 1) :]
                mine = {b.col for _, b in rows[row] if b.text and (h := _heading(b, words)) is not None and h.parts}
                if len(rows) == 1 and _are_names(rows[row], words):
                    # A form whose rows were all taken out.
                    yield TableHit(index, ())
                cells = _cells_below(block, mine, (cell for r in body for cell in rows[r]), words) if body else None
                if cells is not None:
                    yield TableHit(index, cells)


def _cells_below(
    header: Block, section: AbstractSet[int | None], cells: Iterable[tuple[int, Block]], words: SectionWords
) -> tuple[int, ...] | None:
    """The cells that a name heads, without the name itself where it is repeated; None if one of them is another name of
    the section, which is told before the rest is looked at."""
    found: list[int] = []
    key = make_key(header.text).text
    for index, block in cells:
        if not _covers(header, block, section) or (block.text.strip() and make_key(block.text).text == key):
            continue
        if _names_section(words, block):
            return None
        found.append(index)
    return tuple(found)


def cells_below_names(part: EvidencePart, columns: Iterable[TableHit]) -> frozenset[int]:
    """Cells of tables with a column of the section, from its names on: no text under a heading above the table, for the
    column says what of them answers."""
    blocks = part.resource.blocks
    rows: set[tuple[int | None, int]] = set()
    for hit in columns:
        head, last = blocks[hit.header], max((blocks[i].row or 0 for i in hit.cells), default=0)
        rows |= {(head.table, row) for row in range(head.row or 0, max(last, head.row or 0) + 1)}
    return frozenset(
        i for i, b in part.numbered_blocks() if b.kind is BlockKind.CELL and rows and (b.table, b.row) in rows
    )


def names_of_nothing(part: EvidencePart, words: SectionWords) -> frozenset[int]:
    """The cells that name the columns of tables in which nothing was written: no answer of a heading above them."""
    found: set[int] = set()
    for rows in _wide_tables(part):
        first = rows[min(rows)]
        below = [block for row in rows if row > min(rows) for _, block in rows[row]]
        if below and not any(classify(b.text, words).filled for b in below) and _are_names(first, words):
            found.update(index for index, _ in first)
    return frozenset(found)


def _are_names(row: Row, words: SectionWords) -> bool:
    return len(row) > 1 and all(
        (classify(b.text, words) is Content.TEXT or words.forms.label.match(make_key(b.text).text))
        and len(b.text) <= _NAME_LENGTH
        and not is_sentence(b.text, words)
        for _, b in row
    )


def row_hits(wanted: SectionPart, part: EvidencePart, words: SectionWords) -> Iterator[TableHit]:
    """Rows whose first cell is the heading and whose other cells are the answer."""
    for rows in _wide_tables(part):
        width = max(len(r) for r in rows.values())
        left = min(b.col or 0 for row in rows.values() for _, b in row)
        swot = _is_swot(rows, words)
        grouped = _grouped_rows(rows, left, words)
        for row in sorted(rows):
            if not rows[row]:
                continue
            cells = rows[row]
            counted = len(cells) > 2 and _COUNT.fullmatch(make_key(cells[0][1].text).text) is not None
            beside = row in grouped and (cells[0][1].col or 0) == left
            cells = cells[counted or beside :]
            index, block = cells[0]
            if not counted and row not in grouped and (block.col or 0) > left:
                continue
            if block.header and row == min(rows) and len(rows) > 1 and width > 2:
                continue
            heading = _heading(block, words)
            if heading is None or wanted not in heading.parts or (swot and not heading.strong):
                continue
            others = tuple(i for i, _ in cells[1:])
            if (len(others) >= 2 and row == min(rows)) or any(_names_section(words, b) for _, b in cells[1:]):
                # The first row of a wide table names its columns.
                continue
            if (len(others) >= 2 or _lists_records(rows, words)) and not begins_with_section(block.text, words):
                # ประชุมรับฟังข้อเสนอแนะ | 1 ครั้ง | แล้วเสร็จ: an activity in a list of them.
                continue
            if counted and words.part.match(strip_number(block.text)) is None:
                # 2 | สรุปข้อเสนอแนะ | สามวัน
                continue
            if others:
                yield TableHit(index, others)


def ticked(part: EvidencePart, hit: TableHit, words: SectionWords) -> Content | None:
    """What a row's one tick says by the name of its column in its own table, one of several on a sheet: none below
    `ไม่มี`, and a doubt below any other, for what there is of it must be told. None for a row without ticks."""
    blocks = part.resource.blocks
    ticks = [blocks[i] for i in hit.cells if is_tick(blocks[i].text)]
    if not ticks:
        return None
    own, header = ticks[0], blocks[hit.header]
    mine = next((rows for rows in tables(part) if (hit.header, header) in rows.get(header.row or 0, ())), {})
    above = (b.text for row in mine if row < (own.row or 0) for _, b in mine[row] if b.col == own.col)
    name = next((text for text in above if text.strip() and not is_tick(text)), "")
    return Content.NONE if len(ticks) == 1 and is_none(name, words) else Content.DOUBT


def _grouped_rows(rows: Rows, left: int, words: SectionWords) -> frozenset[int]:
    """Rows of a label and one cell each, behind a cell of the first column that runs over several of them: `สรุป` beside
    `ปัญหา/อุปสรรค` and `ข้อเสนอแนะ`."""
    found: set[int] = set()
    for row in sorted(rows):
        cells = rows[row]
        first = cells[0][1] if cells else None
        if first is None or (first.col or 0) != left or first.span_rows < 2 or _heading(first, words) is not None:
            continue
        among = [at for at in range(row, row + min(first.span_rows, max(rows) - row + 1)) if rows.get(at)]
        if all(len(rows[at]) == 2 + (at == row) for at in among):
            found.update(among)
    return frozenset(found)


def _lists_records(rows: Rows, words: SectionWords) -> bool:
    """Whether a table's first column is named after what its rows are: โครงการ over the names of projects."""
    first = rows[min(rows)]
    return bool(first) and words.record.match(strip_number(first[0][1].text.replace("\n", ""))) is not None


def _wide_tables(part: EvidencePart) -> Iterator[Rows]:
    """Tables of two columns or more; those of one are boxes around lines of text."""
    for rows in tables(part):
        if max(len(row) for row in rows.values()) > 1:
            yield rows


def _header_rows(rows: Rows, words: SectionWords) -> Iterator[int]:
    """Rows that may name columns: marked ones, the first, those below titles or cells that run over several, and any
    that names both parts of the section in two cells: a second table that was drawn on to the first."""
    yield from (row for row in sorted(rows)[_HEADER_ROWS:] if _names_both(rows[row], words))
    width = 0
    spanned = False
    for row in sorted(rows)[:_HEADER_ROWS]:
        filled = [b for _, b in rows[row] if b.text.strip()]
        marked = any(b.header for _, b in rows[row])
        below_titles = (spanned or len(filled) > width) and _all_short(rows[row])
        if marked or row == min(rows) or below_titles or _names_both(rows[row], words):
            yield row
        width = max(width, len(filled))
        spanned = spanned or any(b.span_cols > 1 or b.span_rows > 1 for b in filled)


def _names_both(row: Row, words: SectionWords) -> bool:
    if sum(bool(words.matter.search(block.text)) for _, block in row) < 2:
        # Most rows of a sheet: they are not looked at more closely.
        return False
    each = [found.parts for _, block in row if (found := _heading(block, words)) is not None and not found.answer]
    return any(parts == {"problems"} for parts in each) and any(parts == {"suggestions"} for parts in each)


def _heading(block: Block, words: SectionWords) -> SectionHeading | None:
    if not block.text or len(make_key(block.text).text) > _HEADER_LENGTH:
        return None
    found = section_heading(block.text.replace("\n", " "), words, marked=True)
    if found is None or not found.sure:
        whole = _uncut(block.text, words)
        found = section_heading(whole, words, marked=True) if whole else found
    return found if found is not None and found.sure else None


def _uncut(text: str, words: SectionWords) -> str:
    """The name of which a cell holds all but the last letters: a column narrower than its name loses what stands
    outside its rules (`ข้อเสนอแน`). Empty if it is none."""
    key = _JOINED.sub("", make_key(text).text)
    return next((n for n in words.names if len(key) >= _CUT and n[:-1].startswith(key) and n[: len(key) + 2] == n), "")


def _names_section(words: SectionWords, block: Block) -> bool:
    """Headings one below the other are row labels, not a column's content; an answer may speak of a problem."""
    if not block.text or len(make_key(block.text).text) > _HEADER_LENGTH:
        return False
    heading = section_heading(block.text.replace("\n", " "), words, marked=False)
    return heading is not None and bool(heading.parts) and heading.strong and not heading.answer


def _is_swot(rows: Rows, words: SectionWords) -> bool:
    return sum(bool(words.swot.search(make_key(b.text).text)) for row in rows.values() for _, b in row) >= 2


def _covers(header: Block, cell: Block, section: AbstractSet[int | None]) -> bool:
    """Whether a cell stands under a name, also one that is merged with its neighbour from another column of the
    section on; a line of totals over the whole table begins elsewhere."""
    left, own = header.col or 0, cell.col or 0
    if own < left < own + cell.span_cols:
        return cell.col in section
    return left <= own < left + header.span_cols


def _all_short(row: Row) -> bool:
    return len(row) >= 2 and all(len(b.text) <= _HEADER_LENGTH for _, b in row)
