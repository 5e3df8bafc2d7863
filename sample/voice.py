"""How one made-up agency writes: its digits, its way to name a fiscal year, its choice among synonyms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MONTHS = (
    "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม",
    "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
)  # fmt: skip
"""In the order of the fiscal year."""
_SHORT = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
_YEARS = (
    "ปีงบประมาณ พ.ศ. {}",
    "ประจำปีงบประมาณ พ.ศ. {}",
    "ปีงบประมาณ {}",
    "ประจำปีงบประมาณ {}",
    "ประจำปี พ.ศ. {}",
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One agency's manner of writing. `digits` is arabic, thai or mixed; `year_form` an index of `_YEARS`."""

    digits: str
    year_form: int
    seed: str

    def dice(self, topic: str) -> random.Random:
        """A random source that gives the same for the same agency and topic, whatever ran before."""
        return random.Random(f"{self.seed}/{topic}")

    def pick(self, topic: str, choices: Sequence[str]) -> str:
        """One of `choices`, always the same for this agency and topic."""
        return self.dice(f"{topic}/{choices[0]}").choice(list(choices))

    def fiscal(self, year: int) -> str:
        """The fiscal year as this agency names it."""
        return _YEARS[self.year_form % len(_YEARS)].format(year)

    def change(self, text: str) -> str:
        """`text` with this agency's digits; a mixing agency takes Thai ones in short texts."""
        if self.digits == "thai" or (self.digits == "mixed" and len(text) % 2 == 0):
            return text.translate(_THAI)
        return text


def month_year(month: int, fiscal_year: int, *, short: bool = False) -> str:
    """Month of a fiscal year, 0 is October, with its calendar year: (0, 2565) is October 2564."""
    year = fiscal_year - 1 if month < 3 else fiscal_year
    return f"{_SHORT[month]} {year % 100}" if short else f"{MONTHS[month]} {year}"


def day(number: int, month: int, fiscal_year: int) -> str:
    """A full date, `month` counted from October."""
    return f"{number} {month_year(month, fiscal_year)}"


def half_year(year: int) -> str:
    """The first six months of a fiscal year, in words."""
    return f"รอบ 6 เดือนแรก (ตุลาคม {year - 1} – มีนาคม {year})"


def baht(amount: int) -> str:
    """An amount of money with separators and unit."""
    return f"{amount:,} บาท"
