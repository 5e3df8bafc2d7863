"""Which of the years in a text it is about: a title's fiscal year, not a law's, a signature's or a comparison's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from core.thai.dates import (
    YearMention,
    date_mentions,
    fiscal_ranges,
    fiscal_year,
    month_fiscal_year,
    month_mentions,
    year_mentions,
)

_THROUGH = re.compile(r"^(?:-|–|—|ถึง)\s*+(?:(?:ปีงบประมาณ|ปี)\s*+)?(?:พ\.ศ\.\s*+)?$")
"""What stands between the first and the last year of a plan."""
_LONGEST_PLAN = 20
_LAW = re.compile(
    r"พระราชบัญญัติ|พ\.\s?ร\.\s?บ\.|พระราชกฤษฎีกา|พระราชกำหนด|ระเบียบ|กฎกระทรวง|กฎหมาย|ข้อบังคับ|ข้อบัญญัติ|รัฐธรรมนูญ|ประมวลกฎหมาย|ฉบับที่|หลักเกณฑ์และวิธีการ"
)
_LAW_REACH = 160
"""Characters in front of a year within which a law's name makes the year the law's."""
_COMPARED = re.compile(
    r"(?:เปรียบเทียบ|เทียบ|เพิ่มขึ้นจาก|ลดลงจาก|สูงกว่า|ต่ำกว่า)[^\d]{0,40}$|(?:ปีก่อน|ปีที่แล้ว|ปีต่อไป|ปีถัดไป|ปีหน้า)[^\d]{0,3}$"
)
"""What is compared with another year; "last year" is that year's name only right before it: "งานปีที่แล้วของสำนักงาน
ปีงบประมาณ พ.ศ. 2565" is a title."""
_SIGNED = re.compile(r"(?:ลงวันที่|ณ\s*วันที่|ประกาศ\s*ณ|สั่ง\s*ณ|ให้ไว้\s*ณ|วันที่พิมพ์|ปรับปรุงล่าสุด|เผยแพร่เมื่อ)[^\n]{0,30}$")
_YEAR_WORD = re.compile(r"(?:ประจำปี|ปี|พ\.\s?ศ\.|ค\.\s?ศ\.|รอบ)\s*+(?:งบประมาณ\s*+)?(?:พ\.\s?ศ\.\s?)?$")
_ERA = re.compile(r"(?<!ปี )(?<!ปี)(?:พ\.\s?ศ\.|พุทธศักราช)\s*+$")
_AROUND = 60


@dataclass(frozen=True, slots=True)
class YearStatement:
    """The years that a text is about, as Buddhist-era fiscal years.

    `strong`: it says of which year something is (ปีงบประมาณ พ.ศ. 2565, ประจำปี 2565, ต.ค. 64 - มี.ค. 65).
    `span`: it states a time of several years. `weak`: years of dates and months, which show when something was done."""

    strong: tuple[int, ...] = ()
    weak: tuple[int, ...] = ()
    span: bool = False
    fiscal: bool = False

    @property
    def all(self) -> tuple[int, ...]:
        """The strong and the weak ones."""
        return tuple(dict.fromkeys((*self.strong, *self.weak)))


class _Spans:
    """Stretches of a text, asked whether a place lies in one of them: a page may hold fifty thousand dates."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((stop for _, stop in ordered), max))

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._starts, place)
        return at > 0 and place < self._furthest[at - 1]


@lru_cache(maxsize=1 << 14)
def year_statement(text: str, before: str = "") -> YearStatement:
    """The years that a text is about. A school year says nothing of a fiscal year, and the year of a law whose name
    begins on the line `before` is the law's."""
    ranges = fiscal_ranges(text)
    dated = [(m.start, m.stop, fiscal_year(m.date)) for m in date_mentions(text)]
    days = _Spans((start, stop) for start, stop, _ in dated)
    dated += [
        (m.start, m.stop, month_fiscal_year(m.month, m.year))
        for m in month_mentions(text)
        if m.year is not None and m.start not in days
    ]
    in_dates, in_ranges = _Spans((start, stop) for start, stop, _ in dated), _Spans((r.start, r.stop) for r in ranges)
    strong: list[YearMention] = list(ranges)
    weak: list[int] = []
    for start, _, year in dated:
        if not is_signature(text, start) and start not in in_ranges:
            weak.append(year)
    for mention in year_mentions(text):
        if mention.start in in_dates or mention.start in in_ranges:
            continue
        if mention.kind == "academic" or _is_of_something_else(text, mention) or _ends_law(text, mention, before):
            continue
        strong.append(mention)
    strong.sort(key=lambda m: m.start)
    years, span = _spanned(strong, text)
    return YearStatement(years, tuple(dict.fromkeys(weak)), span, any(m.kind == "fiscal" for m in strong))


def is_signature(text: str, start: int) -> bool:
    """Whether a date that begins at `start` says when something was signed, printed or put up."""
    return _SIGNED.search(text[max(0, start - _AROUND) : start]) is not None


def _is_of_something_else(text: str, mention: YearMention) -> bool:
    """Whether a year is a law's, a signature's or one that is only compared with."""
    before = text[max(0, mention.start - _LAW_REACH) : mention.start]
    if mention.kind != "fiscal" and _LAW.search(before):
        return True
    near = _YEAR_WORD.sub("", before[-_AROUND:])
    return bool(_COMPARED.search(near) or (mention.kind != "fiscal" and _SIGNED.search(near)))


def _ends_law(text: str, mention: YearMention, before: str) -> bool:
    """Whether a year is the end of a law's name that is broken over two lines: `พระราชบัญญัติการจัดซื้อจัดจ้าง` over
    `และการบริหารพัสดุภาครัฐ พ.ศ. 2560`."""
    head = text[: mention.start]
    if (
        mention.kind == "fiscal"
        or not before
        or not _ERA.search(head)
        or any(m.start < mention.start for m in year_mentions(text))
    ):
        return False
    law = _LAW.search(before[-_LAW_REACH:])
    return law is not None and len(head) <= _LAW_REACH and not year_mentions(before[-_LAW_REACH:][law.end() :])


def _spanned(mentions: list[YearMention], text: str) -> tuple[tuple[int, ...], bool]:
    """The years of mentions, with those between the first and the last of a plan, and whether there is such a plan."""
    years: list[int] = [m.year for m in mentions]
    span = False
    for first, second in pairwise(mentions):
        between = text[first.stop : second.start].strip()
        if first.year < second.year <= first.year + _LONGEST_PLAN and (_THROUGH.match(between) or len(between) <= 1):
            span = True
            years.extend(range(first.year + 1, second.year))
    return tuple(dict.fromkeys(years)), span
