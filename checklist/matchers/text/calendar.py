"""`calendar`: a table says when each of its rows is done: marks below months or quarters, or a column of times."""

from __future__ import annotations

import re

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote
from checklist.matchers.columns import Table, says_something, tables
from checklist.rules.specs import CalendarMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind
from core.thai.dates import date_mentions, month_mentions
from core.thai.normalize import digits, is_thai, make_key

_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|q)\s?[1-4](?!\d)")
_LONGEST = 60
"""Characters of a cell that names a time."""
_OTHER_LETTERS = 8
"""Thai letters beside months that still say when: `เดือน`, `ถึง`, `ภายใน`."""


def check(spec: CalendarMatch, view: EvidenceView) -> MatchResult:
    """Present if a table has `min` columns of months or quarters and a mark below one, or a column whose cells are
    such times. Columns of months without a mark are for a person: bars may be drawn or coloured there."""
    doubt: Quote | None = None
    for part in view.parts:
        for table in tables(part):
            names = [(index, block) for index, block in table.head if is_time(block.text)]
            if len({make_key(block.text).text for _, block in names}) >= spec.min:
                quote = block_quote(part, *names[0], Method.TABLE)
                if any(says_something(cell) for _, name in names for _, cell in table.below(name)):
                    return MatchResult(ElementStatus.PRESENT, (quote,))
                doubt = doubt or quote
            timed = _timed_column(table)
            if timed is not None:
                return MatchResult(ElementStatus.PRESENT, (block_quote(part, *timed, Method.TABLE),))
    if doubt is not None:
        return MatchResult(ElementStatus.REVIEW, (doubt,), reason=Reason(ReasonCode.SECTION_UNSURE))
    return MatchResult(ElementStatus.MISSING)


def _timed_column(table: Table) -> tuple[int, Block] | None:
    """The first cell of a column in which most rows say a time and nothing else."""
    columns: dict[int, list[tuple[int, Block]]] = {}
    for row in table.body:
        for index, block in row:
            if block.kind is BlockKind.CELL and block.text.strip():
                columns.setdefault(block.col or 0, []).append((index, block))
    for cells in columns.values():
        times = [cell for cell in cells if is_time(cell[1].text)]
        if times and 2 * len(times) > len(table.body):
            return times[0]
    return None


def is_time(text: str) -> bool:
    """Whether a cell is months or quarters and nothing else: `ต.ค. 65 - มี.ค. 66`, `ไตรมาสที่ 2`. A day may be that of
    a contract or an approval."""
    if not text.strip() or len(text) > _LONGEST:
        return False
    key = digits(make_key(text).text)
    if _QUARTER.search(key):
        return sum(map(is_thai, _QUARTER.sub("", key))) <= _OTHER_LETTERS
    mentions = month_mentions(text)
    if not mentions or date_mentions(text):
        return False
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.stop :]
    return sum(map(is_thai, rest)) <= _OTHER_LETTERS
