"""Thai dates, years and periods in running text. Years come out in the Buddhist era.

Forms after what Thai offices write: ๑ ต.ค. ๒๕๖๕ · 1 ตุลาคม 2565 · 01/10/65 · ปีงบประมาณ พ.ศ. ๒๕๖๖ · ปี 66 ·
2023 · 2561 - 2565 · ไตรมาส 2 · รอบ 6 เดือนแรก. A fiscal year runs from 1 October of the year before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from checklist.thai.key import digits

YearKind = Literal["fiscal", "calendar", "academic", "unknown"]

_BE_OFFSET = 543
_FIRST, _LAST = 2540, 2599
"""Buddhist years taken for years of disclosure; others are laws of old or numbers."""

MONTHS: tuple[tuple[str, ...], ...] = (
    ("มกราคม", "ม.ค.", "ม.ค", "มค."),
    ("กุมภาพันธ์", "ก.พ.", "ก.พ", "กพ."),
    ("มีนาคม", "มี.ค.", "มี.ค", "มีค."),
    ("เมษายน", "เม.ย.", "เม.ย", "เมย."),
    ("พฤษภาคม", "พ.ค.", "พ.ค", "พค."),
    ("มิถุนายน", "มิ.ย.", "มิ.ย", "มิย."),
    ("กรกฎาคม", "ก.ค.", "ก.ค", "กค."),
    ("สิงหาคม", "ส.ค.", "ส.ค", "สค."),
    ("กันยายน", "ก.ย.", "ก.ย", "กย."),
    ("ตุลาคม", "ต.ค.", "ต.ค", "ตค."),
    ("พฤศจิกายน", "พ.ย.", "พ.ย", "พย."),
    ("ธันวาคม", "ธ.ค.", "ธ.ค", "ธค."),
)
_MONTH_NUMBER = {name.replace(" ", ""): number for number, names in enumerate(MONTHS, 1) for name in names}
_MONTH = (
    "(?:" + "|".join(re.escape(n).replace("\\.", "\\.\\s?") for n in sorted(_MONTH_NUMBER, key=len, reverse=True)) + ")"
)

_FISCAL_WORD = r"(?:ปีงบประมาณ|ปีงบฯ?|ปีง\.ป\.)\s*(?:พ\s?\.?\s?ศ\s?\.?ศ?ศ?|พศศศ)?\s*"
_PLAIN_WORD = r"(?:ประจำปี|ปีการศึกษา|ปีปฏิทิน|ปี|พ\s?\.\s?ศ\s?\.?|พศศศ|พศ\.?)\s*(?:พ\s?\.\s?ศ\s?\.)?\s*"
_YEAR = re.compile(
    rf"(?P<fiscal>{_FISCAL_WORD})?(?P<word>{_PLAIN_WORD})?"
    r"(?<!\d)(?<!\d[.,])(?<!\b0[ -])(?P<year>25[4-9]\d|20[0-4]\d)(?![\d]|[,.]\d)"
    rf"|(?:(?P<fiscal2>{_FISCAL_WORD})|(?P<word2>ปี\s?(?:พ\.ศ\.)?\s?))(?P<short>[4-9]\d)(?!\d|[.,%]\d|\s?(?:ปี|คน|ราย|บาท|ข้อ|เดือน|วัน|ขึ้นไป|%))"
)
_ISO_DATE = re.compile(r"(?<!\d)(?P<y>(?:19|20|25)\d\d)-(?P<m>[01]?\d)-(?P<d>[0-3]?\d)(?!\d)")
_SLASH_DATE = re.compile(r"(?<![\d/])(?P<d>[0-3]?\d)[/.-](?P<m>[01]?\d)[/.-](?P<y>(?:25\d\d|20\d\d|[4-9]\d))(?![\d/])")
_WORD_DATE = re.compile(
    rf"(?<!\d)(?P<d>[0-3]?\d)\s*(?:เดือน)?\s*(?P<m>{_MONTH})\s*(?:พ\.ศ\.|ปี)?\s*(?P<y>25\d\d|20\d\d|[4-9]\d)(?!\d)"
)
_MONTH_YEAR = re.compile(rf"(?P<m>{_MONTH})\s*(?:พ\.ศ\.|ปี)?\s*(?P<y>25\d\d|20\d\d|[4-9]\d)(?!\d)")
_MONTH_ALONE = re.compile(_MONTH)
_QUARTER = re.compile(r"ไตรมาส(?:ที่|\s)*\s*(?P<q>[1-4])")
_HALF = re.compile(r"(?:รอบ\s*)?(?:6|หก)\s*เดือน\s*(?P<which>แรก|หลัง)?|ครึ่งปี\s*(?P<which2>แรก|หลัง)")
_RANGE = re.compile(r"^\s*(?:-|–|—|ถึง|ถึงปี)\s*(?:พ\.ศ\.)?\s*$")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a text. `year` is Buddhist-era; offsets and quote are of the text as given."""

    year: int
    kind: YearKind
    start: int
    stop: int
    quote: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A full date (Gregorian `date`) in a text."""

    date: date
    start: int
    stop: int
    quote: str


@dataclass(frozen=True, slots=True)
class MonthMention:
    """A month with its Buddhist-era calendar year (None where the text names none)."""

    month: int
    year: int | None
    start: int
    stop: int
    quote: str


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A part of a year: its months in fiscal order (10, 11, 12, 1, ... 9)."""

    months: tuple[int, ...]
    start: int
    stop: int
    quote: str


def fiscal_year(day: date) -> int:
    """The Buddhist-era fiscal year that a Gregorian date lies in."""
    return day.year + _BE_OFFSET + (1 if day.month >= 10 else 0)


def fiscal_span(year: int) -> tuple[date, date]:
    """First and last day of a Buddhist-era fiscal year."""
    gregorian = year - _BE_OFFSET
    return date(gregorian - 1, 10, 1), date(gregorian, 9, 30)


def month_fiscal_year(month: int, year: int) -> int:
    """The fiscal year of a month (1-12) of a Buddhist-era calendar year."""
    return year + (1 if month >= 10 else 0)


@lru_cache(maxsize=1 << 15)
def year_mentions(text: str) -> tuple[YearMention, ...]:
    """Years named in a text, in order. Two-digit years need a word before them (ปี 66, ปีงบประมาณ 66)."""
    plain = digits(text)
    found: list[YearMention] = []
    for match in _YEAR.finditer(plain):
        number = match["year"] or match["short"]
        group = "year" if match["year"] else "short"
        year = _buddhist(int(number))
        if year is None or not _FIRST <= year <= _LAST:
            continue
        start, stop = match.span(group)
        kind = _year_kind(match, plain, start, year)
        found.append(YearMention(year, kind, start, stop, text[match.start() : stop].strip()))
    inherited: list[YearMention] = []
    for mention in found:
        before = inherited[-1] if inherited else None
        if (
            before
            and mention.kind == "unknown"
            and before.kind == "fiscal"
            and _RANGE.match(plain[before.stop : mention.start])
        ):
            mention = YearMention(mention.year, "fiscal", mention.start, mention.stop, mention.quote)
        inherited.append(mention)
    return tuple(inherited)


def _year_kind(match: re.Match[str], text: str, start: int, year: int) -> YearKind:
    if match["fiscal"] or match["fiscal2"]:
        return "fiscal"
    before = text[max(0, start - 24) : start]
    if "ปีการศึกษา" in before:
        return "academic"
    if re.search(rf"(?:{_MONTH})\s*(?:พ\.ศ\.)?\s*$", before) or re.search(r"\d[/.-]\d{1,2}[/.-]$", before):
        return "calendar"
    return "unknown"


def _buddhist(number: int) -> int | None:
    if 2500 <= number < 2700:
        return number
    if 1990 <= number < 2100:
        return number + _BE_OFFSET
    if 40 <= number <= 99:
        return 2500 + number
    return None


@lru_cache(maxsize=1 << 14)
def date_mentions(text: str) -> tuple[DateMention, ...]:
    """Full dates in a text, in order, without overlaps."""
    plain = digits(text)
    found: dict[int, DateMention] = {}
    for pattern in (_WORD_DATE, _SLASH_DATE, _ISO_DATE):
        for match in pattern.finditer(plain):
            name = match["m"]
            month = int(name) if name.isdigit() else _MONTH_NUMBER.get("".join(name.split()), 0)
            year = _buddhist(int(match["y"]))
            if year is None or any(m.start < match.end() and match.start() < m.stop for m in found.values()):
                continue
            try:
                day = date(year - _BE_OFFSET, month, int(match["d"]))
            except ValueError:
                continue
            found[match.start()] = DateMention(day, match.start(), match.end(), text[match.start() : match.end()])
    return tuple(found[start] for start in sorted(found))


@lru_cache(maxsize=1 << 14)
def month_mentions(text: str) -> tuple[MonthMention, ...]:
    """Months named in a text, with their year where one follows."""
    plain = digits(text)
    found: list[MonthMention] = []
    taken: list[tuple[int, int]] = []
    for match in _MONTH_YEAR.finditer(plain):
        number = _MONTH_NUMBER.get("".join(match["m"].split()))
        if number is not None:
            found.append(
                MonthMention(
                    number,
                    _buddhist(int(match["y"])),
                    match.start(),
                    match.end(),
                    text[match.start() : match.end()],
                )
            )
            taken.append(match.span())
    for match in _MONTH_ALONE.finditer(plain):
        number = _MONTH_NUMBER.get("".join(match.group().split()))
        if number is not None and not any(start <= match.start() < stop for start, stop in taken):
            found.append(MonthMention(number, None, match.start(), match.end(), text[match.start() : match.end()]))
    return tuple(sorted(found, key=lambda m: m.start))


def period_mentions(text: str) -> tuple[PeriodMention, ...]:
    """Quarters and half-years of a fiscal year named in a text."""
    plain = digits(text)
    fiscal = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    found = []
    for match in _QUARTER.finditer(plain):
        first = (int(match["q"]) - 1) * 3
        found.append(
            PeriodMention(fiscal[first : first + 3], match.start(), match.end(), text[match.start() : match.end()])
        )
    for match in _HALF.finditer(plain):
        second = "หลัง" in (match["which"], match["which2"])
        months = fiscal[6:] if second else fiscal[:6]
        found.append(PeriodMention(months, match.start(), match.end(), text[match.start() : match.end()]))
    return tuple(sorted(found, key=lambda m: m.start))
