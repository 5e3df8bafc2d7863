"""Which year an index, a label or a document is of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from checklist.evidence_view import EvidencePart
from core.models.snapshot import Block, BlockKind, Resource, ResourceKind
from core.thai.dates import YearMention, fiscal_ranges, year_mentions
from core.thai.normalize import make_key

_ASSESSMENT = re.compile(r"\b(?:ita|oit)\b|(?:ita|oit)(?=[\d\s_-])|การประเมินคุณธรรม|การเปิดเผยข้อมูลสาธารณะ|ปีงบประมาณ")
_YEAR_ONLY = re.compile(
    r"^\W*(?:ประจำปี|ปีงบประมาณ|ปีงบ|ปี|พ\.ศ\.|ค\.ศ\.)?\W*(?:พ\.ศ\.)?\W*(?:25\d\d|20[0-4]\d)\W*$|^\W*(?:ประจำปี|ปีงบประมาณ|ปีงบ|ปี)\W*[5-9]\d\W*$"
)
_THROUGH = re.compile(r"^(?:-|–|—|ถึง)\s*(?:ปีงบประมาณ|ปี)?\s*(?:พ\.ศ\.)?\s*$")
"""What stands between the first and the last year of a plan."""
_COVER_BLOCKS = 14
_COVER_PAGES = 2


@dataclass(frozen=True, slots=True)
class YearSense:
    """Whether something is of the wanted year: True, False, or None for "cannot tell"; `found` the years
    it speaks of, `quote` the text that decided."""

    right: bool | None
    found: tuple[int, ...] = ()
    quote: str = ""
    block: int = -1


def index_year(page: Resource, position: int, wanted: int) -> int | None:
    """The assessment year that the part of an index around block `position` speaks of, or None.

    The nearest heading above decides (a tab per year), then the page's title, address and the label
    that led to it."""
    for index in range(position, -1, -1):
        block = page.blocks[index]
        if block.kind is BlockKind.HEADING and index != position:
            years = _assessment_years(block.text)
            if years:
                return wanted if wanted in years else years[0]
    return _named_year(page, wanted)


def index_years(page: Resource, wanted: int) -> tuple[int | None, ...]:
    """`index_year` of every block of a page, in one walk."""
    above = _named_year(page, wanted)
    found: list[int | None] = []
    for block in page.blocks:
        found.append(above)
        if block.kind is BlockKind.HEADING:
            years = _assessment_years(block.text)
            if years:
                above = wanted if wanted in years else years[0]
    return tuple(found)


def _named_year(page: Resource, wanted: int) -> int | None:
    for text in (page.title, page.label, unquote(page.url)):
        years = _assessment_years(text)
        if years:
            return wanted if wanted in years else years[0]
    return None


@lru_cache(maxsize=1 << 14)
def _assessment_years(text: str) -> tuple[int, ...]:
    key = make_key(text[:400]).text
    if not (_ASSESSMENT.search(key) or _YEAR_ONLY.match(key)):
        return ()
    return tuple(dict.fromkeys(m.year for m in _years(text[:400])))


def part_year(part: EvidencePart, wanted: int, *, assessment: int, covers: bool) -> YearSense:
    """Whether a part of evidence is of the fiscal year `wanted` (Buddhist era).

    Looked at in order: the link's label, the file name, the cover (title and first blocks), the body. A label
    that only names the assessment's own year says nothing about a report of the year before. `covers` lets
    a span of years (2566-2570) that holds the wanted one count. A year read by OCR never says "wrong"."""
    label_sense = _text_sense(part.label, wanted, assessment, covers)
    if label_sense.right is True:
        return label_sense
    whole = part.start == 0 and part.stop >= len(part.resource.blocks)
    cover = _cover_sense(part, wanted, assessment, covers, title=part.resource.title if whole else "")
    if cover.right is True:
        return cover
    name = unquote(part.resource.url.rsplit("/", 1)[-1])
    named = _text_sense(name.replace("_", " ").replace("-", " "), wanted, assessment, covers)
    if cover.right is None and label_sense.right is None:
        body = _body_sense(part, wanted, covers)
        if body.right is not None:
            return body
        if named.right is not None:
            return named
    if not whole and wanted == assessment and index_year(part.resource, part.start, wanted) == wanted:
        # Text on the index itself is of the year that its section of the index speaks of.
        return YearSense(True, (wanted,), part.label)
    for sense in (cover, label_sense):
        if sense.right is False:
            return sense
    return YearSense(None, cover.found or label_sense.found or named.found)


def _years(text: str) -> tuple[YearMention, ...]:
    """The years that a text speaks of: from October to March is one fiscal year, not two calendar years."""
    ranges = fiscal_ranges(text)
    single = [m for m in year_mentions(text) if not any(r.start <= m.start < r.stop for r in ranges)]
    return tuple(sorted((*single, *ranges), key=lambda m: m.start))


def _mention_years(mentions: tuple[YearMention, ...], text: str, covers: bool) -> tuple[int, ...]:
    years = [m.year for m in mentions]
    if covers:
        for first, second in pairwise(mentions):
            between = text[first.stop : second.start].strip()
            if first.year < second.year <= first.year + 20 and (_THROUGH.match(between) or len(between) <= 1):
                years.extend(range(first.year + 1, second.year))
    return tuple(dict.fromkeys(years))


@lru_cache(maxsize=1 << 14)
def _text_sense(text: str, wanted: int, assessment: int, covers: bool) -> YearSense:
    if not text:
        return YearSense(None)
    mentions = _years(text)
    years = _mention_years(mentions, text, covers)
    if not years:
        return YearSense(None)
    if wanted in years:
        return YearSense(True, years, text)
    if assessment in years:
        return YearSense(None, years, text)
    return YearSense(False, years, text)


def _cover_sense(part: EvidencePart, wanted: int, assessment: int, covers: bool, *, title: str) -> YearSense:
    titled = _text_sense(title, wanted, assessment, covers)
    if titled.right is True:
        return titled
    found: list[int] = []
    wrong = titled
    taken = 0
    ocr = False
    for index, block in part.indexed():
        if not block.text.strip() or (block.page or 1) > _COVER_PAGES:
            continue
        if part.resource.kind is ResourceKind.PAGE and block.zone.value != "content":
            continue
        taken += 1
        if taken > _COVER_BLOCKS:
            break
        ocr = ocr or block.ocr
        mentions = tuple(m for m in _years(block.text) if m.kind != "academic")
        years = _mention_years(mentions, block.text, covers)
        if wanted in years:
            return YearSense(True, years, block.text, index)
        if years and _names_a_period(block, mentions):
            found.extend(years)
            if wrong.right is None:
                wrong = YearSense(False, years, block.text, index)
    if wrong.right is False and not ocr and assessment not in found:
        return wrong
    return YearSense(None, tuple(dict.fromkeys(found)))


def _names_a_period(block: Block, mentions: tuple[YearMention, ...]) -> bool:
    """A heading's or a fiscal year: not the date of a letter or the year of a law."""
    return any(m.kind == "fiscal" for m in mentions) or block.kind is BlockKind.HEADING


def _body_sense(part: EvidencePart, wanted: int, covers: bool) -> YearSense:
    counts: Counter[int] = Counter()
    first: dict[int, tuple[int, str]] = {}
    for index, block in part.indexed():
        if part.resource.kind is ResourceKind.PAGE and block.zone.value != "content":
            continue
        mentions = _years(block.text)
        for year in _mention_years(mentions, block.text, covers):
            counts[year] += 1
            first.setdefault(year, (index, block.text))
    if wanted in counts:
        index, quote = first[wanted]
        return YearSense(True, tuple(counts), quote, index)
    return YearSense(None, tuple(counts))
