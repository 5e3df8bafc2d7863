"""`money`: amounts of money are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, own_hits
from checklist.matchers.columns import blank_names, tables
from checklist.matchers.text.phrase import evidence_titles, only_names
from checklist.rules.specs import MoneyMatch
from core.models.assessment import ElementStatus, Quote
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import clusters, digits, find_phrase

_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d,])|(?<![\d,.])\d+\.\d{2}(?!\d)")
_THING = re.compile(r"[^\S\n\t]*+(?:\t(?=[ก-๎]{1,8}(?:[\t\n]|$)))?([ก-๎])")
"""What stands behind a number; behind a tab, which parts columns, only a word alone in its own."""
_LINE, _BEHIND, _NAME = 400, 24, 8
"""Characters of a line, and behind a word for money as far as its unit; Thai clusters of what it was used for."""
_THING_BELOW = re.compile(r"\s*+([ก-๎])")
"""The same where a narrow cell breaks its line behind a number that ends it: `พ่นครบ 1,206` over `หลังคาเรือน`."""
_NUMBER = re.compile(r"(?<![\d,.])\d++(?:[,.]\d++)*+")


def check(spec: MoneyMatch, view: EvidenceView) -> MatchResult:
    """Present if an amount (grouped digits, or a number with the currency's word) or an explicit "no budget used"
    stands in the evidence; with `near`, these words must stand somewhere in it too, and not only in its name: a plan
    that is called one of the budget has none, and 1,200 people in it are no money."""
    units = view.lexicon.get("money_units", ())
    if spec.lines:
        named_lines = [quote for each in content_blocks(view) if (quote := _line_of(spec, units, *each)) is not None]
        enough = len({quote.quote for quote in named_lines}) >= spec.lines
        return MatchResult(ElementStatus.PRESENT if enough else ElementStatus.MISSING, tuple(named_lines[:2]))
    none = view.lexicon.get("money_none", ())
    titles = {part.resource.url: evidence_titles(view, part) for part in view.parts}
    amount: Quote | None = None
    named: Quote | None = None
    passed = {(part.resource.url, index) for part in view.parts for index in blank_names(view, part)}
    passed |= {(part.resource.url, index) for part in view.parts for index in _of_results(view, part)}
    for part, index, block in content_blocks(view):
        if (part.resource.url, index) in passed:
            # An empty column of that name, or what a few of the projects brought.
            continue
        text = digits(block.text)
        if any(find_phrase(w, text) for w in none):
            return MatchResult(ElementStatus.PRESENT, (block_quote(part, index, block),))
        own = titles[part.resource.url]
        names = (w for w in spec.near if named is None and own_hits(w, text, view, whole=False))
        if any(not only_names(word, text, own) for word in names):
            named = block_quote(part, index, block)
        if amount is None and (
            any(not _is_counted(text, number, units, spec.near) for number in _GROUPED.finditer(text))
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


def _line_of(spec: MoneyMatch, units: tuple[str, ...], part: EvidencePart, index: int, block: Block) -> Quote | None:
    """A line that names something, and behind one of the words what was used for it: `อบรม … ใช้งบประมาณ 8,400 บาท`."""
    text = digits(block.text[:_LINE])
    for word in spec.near if block.kind is not BlockKind.CELL else ():
        for hit in find_phrase(word, text, whole=False):
            behind = text[hit.stop : hit.stop + _BEHIND]
            amount = _NUMBER.search(behind)
            used = amount is not None and any(unit in behind[amount.end() :] for unit in units)
            if used and len(clusters(text[: hit.start])) >= _NAME:
                return block_quote(part, index, block)
    return None


def _of_results(view: EvidenceView, part: EvidencePart) -> Iterator[int]:
    """Cells that tell of an amount which nothing calls spent, neither their own words nor the name of their column, in
    tables of which most rows tell of none: `แล้วเสร็จ มียอดจำหน่าย 112,000 บาท` is what one of several projects brought,
    and no budget of each."""
    words = view.lexicon.get("money_spent", ())
    for table in tables(part) if words else ():
        named = [name for _, name in table.head if _is_named(name, (*words, *view.lexicon.get("money_units", ())))]
        covered = {index for name in named for index, _ in table.below(name)}
        rows = [[cell for cell in row if _holds_amount(cell[1])] for row in table.body]
        if 2 * sum(map(bool, rows)) < len(rows):
            for index, block in (cell for row in rows for cell in row):
                if index not in covered and _is_told(block) and not _is_named(block, words):
                    yield index


def _is_named(block: Block, words: tuple[str, ...]) -> bool:
    return any(find_phrase(word, block.text.replace("\n", ""), whole=False) for word in words)


def _holds_amount(block: Block) -> bool:
    return _GROUPED.search(digits(block.text)) is not None


def _is_told(block: Block) -> bool:
    """Whether an amount stands behind words of its own line, read for certain."""
    text = digits(block.text)
    number = _GROUPED.search(text)
    before = text[text.rfind("\n", 0, number.start()) + 1 : number.start()] if number else ""
    return not block.ocr and len(clusters(before)) >= _NAME and "\t" not in before


def _is_counted(text: str, number: re.Match[str], units: tuple[str, ...], near: tuple[str, ...]) -> bool:
    """Whether what stands behind a number says what it counts, and that is no money: 1,200 คน."""
    line = text.rfind("\n", 0, number.start()) + 1
    column = max(line, text.rfind("\t", 0, number.start()) + 1)
    alone = not text[column : number.start()].strip()
    behind = _THING.match(text, number.end()) if alone else _THING_BELOW.match(text, number.end())
    if behind is None or any(text.startswith(unit, behind.start(1)) for unit in units):
        return False
    return not any(find_phrase(word, text[line : number.start()], whole=False) for word in near)
