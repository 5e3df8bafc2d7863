"""`months`: a report for each of enough months of the fiscal year."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.candidates.year_statements import is_signature
from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks
from checklist.rules.specs import MonthsMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ReadState, ResourceKind
from core.thai.dates import fiscal_year, month_fiscal_year, month_mentions
from core.thai.normalize import clusters, digits, make_key

_ROW = 30
"""Cells on each side of one within which its row is looked for."""


def check(spec: MonthsMatch, view: EvidenceView) -> MatchResult:
    """Present if `count` different months of the year are named, in labels, headings or tables; outdated if none
    is with its year, but enough of an earlier one.

    A month without a year counts as the wanted year's, unless it stands beside another or all others are an earlier
    year's. Months that are not over at the day of judgement are not asked for. A row of a table that has the month and
    nothing else, not even "no procurement", is for a person, and so is a line of a page that is a row of months."""
    wanted = view.assessment_year - 1 if spec.year == "previous" else view.assessment_year
    found: dict[int, Quote] = {}
    empty: dict[int, Quote] = {}
    others: dict[int, set[int]] = {}
    dated: set[int] = set()
    reread = {block.reread for _, _, block in content_blocks(view) if block.reread}  # proves, never accuses

    def note(into: dict[int, Quote], text: str, quote: Quote) -> None:
        for mention in month_mentions(text):
            if is_signature(text, mention.start):
                continue  # the month in which it was approved is none that it reports on
            year = wanted if mention.year is None else month_fiscal_year(mention.month, mention.year)
            if year == wanted:
                dated.update([] if mention.year is None else [mention.month])
                into.setdefault(mention.month, quote)
            elif text not in reread:
                others.setdefault(year, set()).add(mention.month)

    for part in view.parts:
        if _shows_something(part) and len(month_mentions(part.label)) < _ROW_OF_BUTTONS:
            note(found, part.label, Quote(part.resource.url, part.label, Method.LINK))
    for part, index, block in content_blocks(view):
        if _is_button(part, index, block):
            continue
        alone = _row_is_empty(part, index, block) or _only_names_months(part, block)
        note(empty if alone else found, block.year_text, block_quote(part, index, block))
    needed = min(spec.count, _months_over(view, wanted))
    quotes = tuple(found.values())
    earlier = [year for year, months in others.items() if year < wanted and len(months) >= needed]
    if not dated and earlier:
        reason = Reason(ReasonCode.WRONG_YEAR, {"found": str(max(earlier)), "wanted": str(wanted)})
        return MatchResult(ElementStatus.MISSING, reason=reason, outdated=True)
    if len(found) >= needed:
        return MatchResult(ElementStatus.PRESENT, quotes[:3])
    if len(found.keys() | empty.keys()) >= needed:
        doubtful = tuple(quote for month, quote in empty.items() if month not in found)
        named = _named(wanted, sorted(empty.keys() - found.keys(), key=_fiscal_place))
        reason = Reason(ReasonCode.MONTHS_EMPTY, {"found": str(len(doubtful)), "months": named})
        return MatchResult(ElementStatus.REVIEW, doubtful[:3], reason=reason)
    lacking = _named(wanted, [month for month in _FISCAL_ORDER[:needed] if month not in found])
    reason = Reason(
        ReasonCode.MONTHS_COUNTED, {"found": str(len(found)), "needed": str(needed), "months": lacking}
    )  # fmt: skip
    return MatchResult(ElementStatus.MISSING, quotes[:3], reason=reason)


_FISCAL_ORDER = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)


def _fiscal_place(month: int) -> int:
    return _FISCAL_ORDER.index(month)


def _named(year: int, months: Sequence[int]) -> str:
    """Months of a fiscal year with their calendar years, as a reason's value: `2564-10 2564-11`."""
    return " ".join(f"{year - (month >= _FISCAL_ORDER[0])}-{month:02}" for month in months)


def _shows_something(part: EvidencePart) -> bool:
    """Whether there is more behind a month's label than that label."""
    label = make_key(part.label).text
    if part.resource.read_state is not ReadState.READ:
        return True
    return any(block.text and make_key(block.text).text not in label for _, block in part.numbered_blocks())


def _is_button(part: EvidencePart, index: int, block: Block) -> bool:
    """Whether a block of a web page is the name of a month and nothing else, with no content of its own behind it:
    six buttons are not six reports."""
    mentions = month_mentions(block.text)
    if part.resource.kind is not ResourceKind.PAGE or block.kind is BlockKind.CELL or not mentions:
        return False
    in_row = len(mentions) >= _ROW_OF_BUTTONS and any(link.block == index for link in part.resource.links)
    if len(clusters(block.text)) > _BUTTON * (len(mentions) if in_row else 1):
        return False
    following = next((b for b in part.resource.blocks[index + 1 : part.stop] if b.text.strip()), None)
    return block.kind is not BlockKind.HEADING or following is None or following.kind is BlockKind.HEADING


_ROW_OF_BUTTONS = 3
"""Months in one block with links from which it is a row of buttons, if it says nothing else; a range names two."""
_BUTTON = 14
"""Thai clusters of "รายงานเดือนพฤศจิกายน 2565"."""


def _only_names_months(part: EvidencePart, block: Block) -> bool:
    """Whether a line of a page names several months and says nothing of them: choose one."""
    if part.resource.kind is not ResourceKind.PAGE or block.kind in (BlockKind.CELL, BlockKind.HEADING):
        return False
    mentions = month_mentions(block.text)
    said = len(clusters(block.text)) - sum(len(clusters(block.text[each.start : each.stop])) for each in mentions)
    return len(mentions) >= _ROW_OF_BUTTONS and said <= _BUTTON


def _row_is_empty(part: EvidencePart, index: int, block: Block) -> bool:
    """Whether a month stands first in a row whose other cells say nothing."""
    if block.kind is not BlockKind.CELL or block.header or not block.row:
        return False
    row = [
        other
        for other in part.resource.blocks[max(part.start, index - _ROW) : min(part.stop, index + _ROW)]
        if (other.table, other.row) == (block.table, block.row) and other is not block
    ]
    said = [other for other in row if make_key(other.text).text.strip(" -–.0123456789")]
    figures = [other for other in row if other.col != 0 and any(c.isdigit() for c in digits(other.text))]
    return bool(row) and not said and not figures


def _months_over(view: EvidenceView, wanted: int) -> int:
    """Months of the fiscal year that are over at the day of judgement, 0-12."""
    now = fiscal_year(view.as_of)
    if now != wanted:
        return 12 if now > wanted else 0
    return (view.as_of.month - 10) % 12
