"""Thai dates, years and periods in running text. Years come out in the Buddhist era.

Forms after what Thai offices write: ๑ ต.ค. ๒๕๖๕ · 1 ตุลาคม 2565 · 01/10/65 · ปีงบประมาณ พ.ศ. ๒๕๖๖ · ปี 66 ·
2023 · 2561 - 2565 · ไตรมาส 2 · รอบ 6 เดือนแรก. A fiscal year runs from 1 October of the year before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Literal

from core.thai.normalize import digits

YearKind = Literal["fiscal", "calendar", "academic", "unknown"]

BE_OFFSET = 543
"""Years from the Gregorian to the Buddhist era, from January to December."""
_FIRST, _LAST = 2540, 2599
"""Buddhist years taken for years of disclosure; others are laws of old or numbers."""

MONTHS: tuple[tuple[str, ...], ...] = (
    ("มกราคม", "ม.ค.", "ม.ค", "มค."),
    ("กุมภาพันธ์", "ก.พ.", "ก.พ", "กพ.", "กุมภาพันธ"),
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
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_NUMBER = {name.replace(" ", ""): number for number, names in enumerate(MONTHS, 1) for name in names}
_MONTH = (
    "(?:" + "|".join(re.escape(n).replace("\\.", "\\.\\s?") for n in sorted(_MONTH_NUMBER, key=len, reverse=True)) + ")"
)
_LATIN = (
    r"(?<![a-z])(?:" + "|".join(rf"{name}|{name[:3]}\.?" for name in _ENGLISH) + r"|sept\.?)(?![a-z])"
    r"(?=[\s,./-]*(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}(?!\d))"
)
"""An English month's name; "may" is one only before a year."""
_BARE = "(?:" + "|".join(names[2].replace(".", "") for names in MONTHS) + ")"
"""ตค, มค: two letters are a month only between a day and a year."""
_ERA = r"(?:พ\.\s?ศ\.|พ\.ศ|พุทธศักราช|ค\.\s?ศ\.|ปี)"

_FISCAL_WORD = (
    r"(?:ปี\s?งบประมาณ|งบประมาณ\s?ปี|ปีงบฯ?|ปีง\.?ป\.?ม?\.?|(?<![A-Za-z])(?i:fy))"
    r"\s*+(?:(?:พ\s?\.?\s?ศ\s?\.?ศ?ศ?|พศศศ)\s*+)?"
)
_PLAIN_WORD = (
    r"(?:ประจำปี|ปีการศึกษา|ปีปฏิทิน|ปี|พุทธศักราช|ค\s?\.\s?ศ\s?\.|พ\s?\.\s?ศ\s?\.?|พศศศ|พศ\.?)\s*+(?:พ\s?\.\s?ศ\s?\.\s*+)?"
)
_NO_YEAR_BEHIND = r"(?!\d|[.,%]\d|\s?(?:ปี|คน|ราย|บาท|ข้อ|เดือน|วัน|ขึ้นไป|%))"
"""What makes a two-digit number behind ปี something else: ปี 60 คน."""
_YEAR = re.compile(
    rf"(?P<fiscal>{_FISCAL_WORD})?(?P<word>{_PLAIN_WORD})?"
    r"(?<!\d)(?<!\d[.,])(?<!\b0[ -])(?P<year>25[4-9]\d|20[0-4]\d)(?![\d]|[,.]\d)"
    rf"|(?:(?P<fiscal2>{_FISCAL_WORD})|(?P<word2>(?:ปี|พ\.\s?ศ\.)\s?(?:พ\.\s?ศ\.)?\s?)"
    rf"|(?<![A-Za-z])(?i:ita)[ _-]?(?=[67]\d))(?P<short>[4-9]\d){_NO_YEAR_BEHIND}"
)
_YEAR_PLACE = re.compile(
    rf"(?:{_FISCAL_WORD}|{_PLAIN_WORD}|{_MONTH}[\s,.-]*+(?:{_ERA}\s*+)?)\.*+(?P<place>[๐-๙A-Za-z&«»%][๐-๙0-9A-Za-z&«»%]{{2,6}}+)"
    r"|(?<![๐-๙0-9.,/])(?<![๐0][ -])(?P<alone>๒๕[๐-๕]{2,3}+)(?![๐-๙0-9.,/]|[ -][๐-๙0-9])"
)
"""What stands where a year stands; alone it must begin as years do."""
_ISO_DATE = re.compile(r"(?<!\d)(?P<y>(?:19|20|25)\d\d)-(?P<m>[01]?\d)-(?P<d>[0-3]?\d)(?!\d)")
_SLASH_DATE = re.compile(
    r"(?<![\d/])(?<!ข้อ )(?<!ข้อ)(?P<d>[0-3]?\d)(?P<s>\s?[/.-]\s?)(?P<m>[01]?\d)(?P=s)"
    r"(?P<y>25\d\d|20\d\d|[4-9]\d)(?![\d/])"
)
_WORD_DATE = re.compile(
    rf"(?<!\d)(?P<d>[0-3]?\d)[\s./-]*+(?:เดือน\s*+)?(?P<m>{_MONTH}|{_BARE}(?=[\s./-]*\d)|{_LATIN})"
    rf"[\s,./-]*+(?:{_ERA}\s*+)?(?P<y>25\d\d|20\d\d|[4-9]\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<m>{_LATIN})\s*(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<y>25\d\d|20\d\d)(?!\d)", re.IGNORECASE
)
_MONTH_YEAR = re.compile(
    rf"(?P<m>{_MONTH}|{_LATIN})(?:\s?\.(?!\d))?[\s,-]*+(?:(?P<fiscal>{_FISCAL_WORD})|{_ERA}\s*+)?(?P<y>25\d\d|20\d\d|[4-9]\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(_MONTH)
_JOINED = re.compile(r"^\s*+(?:-|–|—|ถึง|จนถึง)\s*+(?:เดือน\s*+)?$")
_DAYS_JOINED = re.compile(r"^\s*+(?:-|–|—|ถึง|จนถึง)\s*+(?:วันที่\s*+)?(?:[0-3]?\d\s*+)?(?:เดือน\s*+)?$")
_QUARTER_NUMBER = r"(?P<{0}>[1-4]|หนึ่ง|สอง|สาม|สี่)"
_QUARTER = re.compile(
    rf"(?:ไตรมาส\s*+(?:ที่\s*+)?|(?<![a-z0-9])q\s?){_QUARTER_NUMBER.format('q')}"
    rf"(?:\s*(?P<join>-|–|—|ถึง|และ|,)\s*(?:ไตรมาส\s*+(?:ที่\s*+)?|q\s?)?{_QUARTER_NUMBER.format('to')}(?![\d/]))?(?!\d)",
    re.IGNORECASE,
)
_WORD_NUMBER = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "หก": 6, "เก้า": 9, "สิบสอง": 12}
_HALF = re.compile(
    r"(?P<round>รอบ\s*)?(?<!\d)(?<!\d[.,])(?P<months>3|6|9|12|สาม|หก|เก้า|สิบสอง)\s*เดือน\s*(?P<which>แรก|หลัง)?"
    r"|ครึ่งปี\s*+(?:งบประมาณ\s*+)?(?P<which2>แรก|หลัง)"
)
_DURATION = re.compile(r"(?:ระยะเวลา|ภายใน|เป็นเวลา|นาน|ไม่เกิน|อายุ|ทุก|กว่า|อย่างน้อย)\s*$")
_SHORT_END = re.compile(r"\s?(?P<join>-|–|—|/|ถึง|และ)\s?(?:ปี\s?|พ\.ศ\.\s?)?(?P<y>[4-9]\d)(?![\d/-])" + _NO_YEAR_BEHIND)
_BESIDE_A_DAY = re.compile(
    r"(?:วัน)?(?:อาทิตย์|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์)|(?i:(?:sun|mon|tues|wednes|thurs|fri|satur)day)"
    r"|วันที่|ที่|เวลา|นาฬิกา|น\.|[\s\d:.,|/()-]+"
)
"""What stands with a day and says no more than it: the day of the week, the time."""
_LONGEST_DAY = 200
_UNIT = re.compile(r"\s?(?:คน|บาท|ครัวเรือน|กิโลเมตร|กม\.|ไร่|ตัว|เมตร|ราย(?![ก-๎]))")
_COUNTED = re.compile(r"(?:มาตรา|ราคา|จำนวน|เป็นเงิน|รหัส)\s*$")
_RANGE = re.compile(r"^\s*+(?:-|–|—|ถึงปี|ถึง)\s*+(?:พ\.ศ\.\s*+)?$")


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
    return day.year + BE_OFFSET + (1 if day.month >= 10 else 0)


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
        if (
            not (match["fiscal"] or match["word"])
            and group == "year"
            and (_UNIT.match(plain, stop) or _COUNTED.search(plain[max(0, start - 12) : start]))
        ):
            continue
        kind = _year_kind(match, plain, start, year)
        found.append(YearMention(year, kind, start, stop, text[match.start() : stop].strip()))
        end = _SHORT_END.match(plain, stop)
        if end is not None and _ends(year, 2500 + int(end["y"]), end["join"], short=group == "short"):
            last = 2500 + int(end["y"])
            found.append(YearMention(last, kind, end.start("y"), end.end("y"), text[end.start("y") : end.end("y")]))
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


def _ends(first: int, last: int, joiner: str, *, short: bool) -> bool:
    """Whether a two-digit year goes on from the year before it: 2566-70, ปี 65/66, ปี 65 และ 66."""
    if joiner == "/":
        return last == first + 1
    if joiner == "และ":
        return short and first < last <= first + 5
    return first < last <= first + 20


def _year_kind(match: re.Match[str], text: str, start: int, year: int) -> YearKind:
    if match["fiscal"] or match["fiscal2"]:
        return "fiscal"
    before = text[max(0, start - 24) : start]
    if "ปีการศึกษา" in before:
        return "academic"
    if re.search(rf"(?:{_MONTH})\s*+(?:พ\.ศ\.\s*+)?$", before) or re.search(r"\d[/.-]\d{1,2}[/.-]$", before):
        return "calendar"
    return "unknown"


def _buddhist(number: int) -> int | None:
    if 2500 <= number < 2700:
        return number
    if 1990 <= number < 2100:
        return number + BE_OFFSET
    if 40 <= number <= 99:
        return 2500 + number
    return None


def year_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where in a recognised text a year in Thai digits may stand that was not read as what it is: behind a word for a
    year or a month's name, or what begins as a year does. What is read there are some of its digits, or none."""
    found = []
    for match in _YEAR_PLACE.finditer(text):
        group = "place" if match["place"] else "alone"
        if not match[group].isascii() or not match[group].isalnum():
            found.append(match.span(group))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def date_mentions(text: str) -> tuple[DateMention, ...]:
    """Full dates in a text, in order, without overlaps."""
    plain = digits(text)
    found: list[DateMention] = []
    for pattern in (_WORD_DATE, _MONTH_FIRST, _SLASH_DATE, _ISO_DATE):
        for match in pattern.finditer(plain):
            month = _month_number(match["m"])
            year = _buddhist(int(match["y"]))
            # In order and without overlaps: only the mentions before and after this place can touch it.
            at = bisect_left(found, match.start(), key=attrgetter("start"))
            near = found[max(0, at - 1) : at + 1]
            if year is None or any(m.start < match.end() and match.start() < m.stop for m in near):
                continue
            try:
                day = date(year - BE_OFFSET, month, int(match["d"]))
            except ValueError:
                continue
            found.insert(at, DateMention(day, match.start(), match.end(), text[match.start() : match.end()]))
    return tuple(found)


def is_only_a_day(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds a full date and beside it nothing but the day of the week, a time, and these words."""
    days = date_mentions(text) if len(text) <= _LONGEST_DAY else ()
    if not days:
        return False
    rest = digits(text)
    for day in reversed(days):
        rest = f"{rest[: day.start]} {rest[day.stop :]}"
    rest = "".join(rest.split()).lower()
    for word in words:
        rest = rest.replace("".join(word.split()).lower(), "")
    return not _BESIDE_A_DAY.sub("", rest)


def _month_number(name: str) -> int:
    """1-12 for a month's name or number in any of its forms, 0 for none."""
    if name.isdigit():
        return int(name)
    plain = "".join(name.split())
    if plain in _MONTH_NUMBER:
        return _MONTH_NUMBER[plain]
    if plain[0].isascii():
        return next((n for n, full in enumerate(_ENGLISH, 1) if full.startswith(plain.lower()[:3])), 0)
    return _MONTH_NUMBER.get(plain + ".", 0)


@lru_cache(maxsize=1 << 14)
def month_mentions(text: str) -> tuple[MonthMention, ...]:
    """Months named in a text, with their calendar year where one follows: a fiscal year (ตุลาคม ปีงบประมาณ 2566)
    is turned into it, and a range's first month takes it from its last (ต.ค. - มี.ค. 66)."""
    plain = digits(text)
    found: list[MonthMention] = []
    taken: list[tuple[int, int]] = []  # in order
    for match in _MONTH_YEAR.finditer(plain):
        number = _month_number(match["m"])
        year = _buddhist(int(match["y"]))
        if number:
            if match["fiscal"] and year is not None and number >= 10:
                year -= 1
            found.append(MonthMention(number, year, match.start(), match.end(), text[match.start() : match.end()]))
            taken.append(match.span())
    for match in _MONTH_ALONE.finditer(plain):
        number = _month_number(match.group())
        at = bisect_right(taken, match.start(), key=itemgetter(0))
        if number and not (at and match.start() < taken[at - 1][1]):
            found.append(MonthMention(number, None, match.start(), match.end(), text[match.start() : match.end()]))
    found.sort(key=lambda m: m.start)
    for at in range(len(found) - 2, -1, -1):
        first, last = found[at], found[at + 1]
        if first.year is None and last.year is not None and _JOINED.match(plain[first.stop : last.start]):
            found[at] = replace(first, year=last.year - (first.month > last.month))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def fiscal_ranges(text: str) -> tuple[YearMention, ...]:
    """Ranges of months or days that lie in one fiscal year (1 ต.ค. 65 - 31 มี.ค. 66), as mentions of that year."""
    plain = digits(text)
    found: list[YearMention] = []
    for one, two in pairwise(month_mentions(text)):
        if one.year is None or two.year is None or not _DAYS_JOINED.match(plain[one.stop : two.start]):
            continue
        year = month_fiscal_year(one.month, one.year)
        if year == month_fiscal_year(two.month, two.year) and _FIRST <= year <= _LAST:
            found.append(YearMention(year, "fiscal", one.start, two.stop, text[one.start : two.stop]))
    return tuple(found)


def period_mentions(text: str) -> tuple[PeriodMention, ...]:
    """Parts of a fiscal year named in a text: quarters, half-years, the first nine months, ranges of months or days
    (ต.ค. 65 - มี.ค. 66). How long something takes (ภายใน 6 เดือน) is none."""
    plain = digits(text)
    fiscal = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    found = []
    for match in _QUARTER.finditer(plain):
        first, last = _number(match["q"]), _number(match["to"] or match["q"])
        months = (
            fiscal[(first - 1) * 3 : last * 3]
            if match["join"] not in ("และ", ",")
            else (*fiscal[(first - 1) * 3 : first * 3], *fiscal[(last - 1) * 3 : last * 3])
        )
        if months:
            found.append(PeriodMention(months, match.start(), match.end(), text[match.start() : match.end()]))
    for match in _HALF.finditer(plain):
        second = "หลัง" in (match["which"], match["which2"])
        count = _number(match["months"]) if match["months"] else 6
        if (
            match["months"]
            and not (match["round"] or match["which"])
            and (count != 6 or _DURATION.search(plain[max(0, match.start() - 16) : match.start()]))
        ):
            continue
        months = fiscal[-count:] if second else fiscal[:count]
        found.append(PeriodMention(months, match.start(), match.end(), text[match.start() : match.end()]))
    mentions = month_mentions(text)
    for one, two in pairwise(mentions):
        between = plain[one.stop : two.start]
        begin, end = fiscal.index(one.month), fiscal.index(two.month)
        same = (
            one.year is None
            or two.year is None
            or (month_fiscal_year(one.month, one.year) == month_fiscal_year(two.month, two.year))
        )
        if _DAYS_JOINED.match(between) and same and begin < end:
            found.append(PeriodMention(fiscal[begin : end + 1], one.start, two.stop, text[one.start : two.stop]))
    return tuple(sorted(found, key=lambda m: m.start))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORD_NUMBER[text]
