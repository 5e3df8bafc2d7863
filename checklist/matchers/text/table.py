"""`table`: a table with the columns asked for, and rows in it."""

from __future__ import annotations

import re
from itertools import takewhile

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, own_hits
from checklist.matchers.columns import names_of_nothing
from checklist.matchers.text.phrase import evidence_titles, only_names
from checklist.matchers.unfilled import is_placeholder
from checklist.rules.specs import TableMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import digits, find_phrase, make_key

_HEADER_ROWS = 3
_HEADER_LENGTH = 120
_DASHES = "-–—"
_NUMBER = re.compile(r"\d[\d,.]*+")


def check(spec: TableMatch, view: EvidenceView) -> MatchResult:
    """Present if one table has a column for each group and `min_rows` rows with content below its header.

    What the evidence is called names no column, neither above the table nor in the row of a list of documents. A
    column that is blank in all rows is none, one with nothing but dashes is for a person."""
    doubt: tuple[Quote, ...] = ()
    for part in view.parts:
        blank = names_of_nothing(part)
        for rows in tables_of(part).values():
            quotes = _columns(spec, view, part, rows, blank)
            if quotes is not None and not any(_is_dashed(part.resource.blocks[q.block], rows) for q in quotes):
                return MatchResult(ElementStatus.PRESENT, quotes)
            doubt = doubt or quotes or ()
    if doubt:
        return MatchResult(ElementStatus.REVIEW, doubt, reason=Reason(ReasonCode.SECTION_UNSURE))
    return MatchResult(ElementStatus.MISSING)


Rows = dict[int, list[tuple[int, Block]]]
"""A table's cells by row, each with its index in the resource."""


def _columns(
    spec: TableMatch, view: EvidenceView, part: EvidencePart, rows: Rows, blank: frozenset[int]
) -> tuple[Quote, ...] | None:
    # A row of one cell is the table's title, not the name of a column.
    order = [row for row in sorted(rows) if len(rows[row]) > 1 or len(rows) == 1] or sorted(rows)
    titled = [row for row in order if not _is_title(rows[row])] or order
    tall = 1 + sum(1 for _ in takewhile(lambda row: not _has_number(rows[row]), titled[1:_HEADER_ROWS]))
    headers = [cell for row in titled[:tall] for cell in rows[row]]
    headers += [cell for row in titled[tall:] for cell in rows[row] if cell[1].header]
    titles = evidence_titles(view, part)
    quotes: list[Quote] = []
    named: list[Block] = []
    last = order[0]
    for group in spec.columns:
        hit = next(
            (
                (index, block)
                for index, block in headers
                if len(block.text) <= _HEADER_LENGTH
                and index not in blank
                and any(_names(word, block.text, view) and not only_names(word, block.text, titles) for word in group)
            ),
            None,
        )
        if hit is None:
            return None
        quotes.append(block_quote(part, hit[0], hit[1], Method.TABLE))
        named.append(hit[1])
        last = max(last, hit[1].row or 0)
    body = sum(any(_says(b.text) for _, b in rows[r]) for r in order if r > last)
    if body < spec.min_rows or (spec.filled and not all(_filled(header, rows, last) for header in named)):
        return None
    if spec.amounts and any(_only_words(header, rows, last, view) for header in named):
        return None
    return tuple(quotes)


def _is_title(row: list[tuple[int, Block]]) -> bool:
    """Whether nothing but the first of several cells says something: the table's title, with its cells not merged."""
    said = [block for _, block in row if block.text.strip()]
    return len(row) > 1 and len(said) == 1 and said[0] is row[0][1]


def _has_number(row: list[tuple[int, Block]]) -> bool:
    """Whether a cell is nothing but a number: such a row is the table's content, not the head of it."""
    return any(_NUMBER.fullmatch(digits(block.text).strip()) for _, block in row)


def _filled(header: Block, rows: Rows, last: int) -> bool:
    """Whether something stands below a header, in the columns that it spans."""
    return any(_says(cell.text) for cell in _below(header, rows, last))


def _below(header: Block, rows: Rows, last: int) -> list[Block]:
    first = header.col or 0
    columns = range(first, first + max(1, header.span_cols))
    return [cell for row, cells in rows.items() if row > last for _, cell in cells if cell.col in columns]


def _says(text: str) -> bool:
    return bool(make_key(text).text.strip(" -.")) and not is_placeholder(text)


def _is_dashed(header: Block, rows: Rows) -> bool:
    """Whether nothing but dashes stands below a header, though the rows have other columns."""
    below = [row for row in rows if row > (header.row or 0)]
    said = (cell.text.strip() for row in below for _, cell in rows[row] if cell.col == header.col)
    texts = [text for text in said if text]
    return bool(texts) and all(not text.strip(_DASHES) for text in texts)


def _only_words(header: Block, rows: Rows, last: int, view: EvidenceView) -> bool:
    """Whether all that stands below a header is words, and none of them says how much or that there is none."""
    said = [cell for cell in _below(header, rows, last) if make_key(cell.text).text.strip(" -.")]
    lists = (view.lexicon.get(name, ()) for name in ("money_units", "money_none"))
    words = [word for words in lists for word in words]
    if any(cell.ocr or any(map(str.isdigit, digits(cell.text))) for cell in said):
        return False
    return bool(said) and not any(find_phrase(word, cell.text, whole=False) for word in words for cell in said)


def _names(word: str, text: str, view: EvidenceView) -> bool:
    # A narrow column wraps its header anywhere, so word boundaries cannot be asked for.
    return bool(own_hits(word, text.replace("\n", " "), view, whole=False))


def tables_of(part: EvidencePart) -> dict[int, Rows]:
    """The cells of a part with their places in it, by table and row."""
    tables: dict[int, Rows] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            tables.setdefault(block.table, {}).setdefault(block.row, []).append((index, block))
    return tables
