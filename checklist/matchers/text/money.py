"""`money`: amounts of money are stated."""

from __future__ import annotations

import re

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, own_hits
from checklist.rules.specs import MoneyMatch
from core.models.assessment import ElementStatus, Quote
from core.models.snapshot import BlockKind
from core.thai.normalize import digits, find_phrase

_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d,])|(?<![\d,.])\d+\.\d{2}(?!\d)")
_NUMBER = re.compile(r"(?<![\d,.])\d++(?:[,.]\d++)*+")


def check(spec: MoneyMatch, view: EvidenceView) -> MatchResult:
    """Present if an amount (grouped digits, or a number with the currency's word) or an explicit "no budget used"
    stands in the evidence; with `near`, these words must stand somewhere in it too."""
    units = view.lexicon.get("money_units", ())
    none = view.lexicon.get("money_none", ())
    amount: Quote | None = None
    named: Quote | None = None
    for part, index, block in content_blocks(view):
        text = digits(block.text)
        if any(find_phrase(w, text) for w in none):
            return MatchResult(ElementStatus.PRESENT, (block_quote(part, index, block),))
        if named is None and any(own_hits(w, text, view, whole=False) for w in spec.near):
            named = block_quote(part, index, block)
        if amount is None and (
            _GROUPED.search(text)
            or (_NUMBER.search(text) and any(find_phrase(u, text, whole=False) for u in units))
            or (
                block.kind is BlockKind.CELL
                and block.row
                and _NUMBER.fullmatch(text.strip())
                and len(text.strip()) >= 4
            )
        ):
            amount = block_quote(part, index, block)
    if amount is not None and (named is not None or not spec.near):
        return MatchResult(ElementStatus.PRESENT, (amount,) if named is None else (named, amount))
    return MatchResult(ElementStatus.MISSING)
