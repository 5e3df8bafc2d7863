"""Tables as columns: their names, and what stands below these. A name over nothing proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.section.spreadsheet import tables as all_tables
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import make_key

Cells = list[tuple[int, Block]]
_HEAD_ROWS = 3
_NAMES = 2
"""Filled cells of a row that names columns."""
_LINE_NAMES, _NAME_LENGTH = 3, 40
"""Names in a line that are those of columns, and characters of one."""
_BLANK = " -–—.…_·"
_UNTICKED = " \n☐▢□◻"
"""Boxes of a questionnaire that nobody has ticked."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells by row: those that name its columns, and the others."""

    head: Cells
    body: list[Cells]

    def below(self, name: Block) -> Cells:
        """The cells of the rows that stand below a column's name, in all the columns that it runs over."""
        first, last = name.col or 0, (name.col or 0) + max(1, name.span_cols)
        return [
            (index, block)
            for row in self.body
            for index, block in row
            if (block.col or 0) < last and first < (block.col or 0) + max(1, block.span_cols)
        ]


def tables(part: EvidencePart) -> Iterator[Table]:
    """The tables of a part of evidence that have rows below their names; a sheet may hold several. A picture in a cell
    is one of its row's."""
    pictures: dict[tuple[int | None, int | None], Cells] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.IMAGE and block.row is not None:
            pictures.setdefault((block.table, block.row), []).append((index, block))
    for found in all_tables(part):
        rows = {
            row: [*cells, *pictures.get((cells[0][1].table, row), ())] if pictures else cells
            for row, cells in found.items()
            if cells
        }
        # A row of one cell above others is the table's title, and in a sheet one of which one cell is filled.
        order = [row for row in sorted(rows) if len(rows[row]) > 1]
        while len(order) > 1 and sum(bool(b.text.strip()) for _, b in rows[order[0]]) < _NAMES:
            order = order[1:]
        tall = _height([rows[row] for row in order])
        if order[tall:]:
            yield Table([cell for row in order[:tall] for cell in rows[row]], [rows[row] for row in order[tall:]])


def _height(rows: list[Cells]) -> int:
    """How many of a table's first rows name its columns: marked ones, and those below names that run over several."""
    tall = 1
    while tall < min(_HEAD_ROWS, len(rows)):
        above = [block for _, block in rows[tall - 1]]
        marked = all(block.header for _, block in rows[tall])
        if not marked and not any(block.span_cols > 1 and block.text.strip() for block in above):
            break
        tall += 1
    return tall


def says_something(block: Block) -> bool:
    """Whether a cell holds more than a dash or dots: a picture does."""
    return block.kind is BlockKind.IMAGE or bool(make_key(block.text).text.strip(_BLANK))


def blank_names(view: EvidenceView, part: EvidencePart) -> frozenset[int]:
    """The same as `names_of_blank_columns`, worked out once for each part of a view."""
    key = (part.resource.url, part.start, part.stop, part.skip)
    known = view.blank_names.get(key)
    if known is None:
        known = view.blank_names[key] = names_of_blank_columns(part)
    return known


def names_of_blank_columns(part: EvidencePart) -> frozenset[int]:
    """The names of columns that are blank in every row of a table whose rows say something beside them. None of a
    recognised table: what stands there may not have been seen. A picture or a link without words is something."""
    linked = {link.block for link in part.resource.links}
    found: set[int] = set()
    for table in tables(part):
        cells = [block for row in table.body for _, block in row]
        if any(block.ocr for block in cells) or not any(map(says_something, cells)):
            continue
        for index, name in table.head:
            below = table.below(name)
            filled = (b.text.strip(_UNTICKED) or b.kind is BlockKind.IMAGE or at in linked for at, b in below)
            if name.text.strip() and below and not any(filled):
                found.add(index)
    return frozenset(found)


def bare_names(part: EvidencePart) -> frozenset[int]:
    """The last line of a document if it is nothing but names that stand apart: those of the columns of a table whose
    rules are not drawn, and of which no row is there."""
    lines = ((at, b) for at, b in reversed(list(part.numbered_blocks())) if any(map(str.isalpha, b.text)))
    index, last = next(lines, (-1, None))
    _, above = next(lines, (-1, None))
    if last is None or last.page is None or last.kind is BlockKind.CELL or last.ocr:
        return frozenset()
    names = last.text.strip("\t").split("\t")
    short = all(0 < len(name) <= _NAME_LENGTH and not any(map(str.isdecimal, name)) for name in names)
    # Below other names it is a row.
    is_row = above is not None and "\t" in above.text
    return frozenset({index}) if len(names) >= _LINE_NAMES and short and not is_row else frozenset()
