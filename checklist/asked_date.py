"""The date of the judgement as something that is asked: what was asked of it says on which other dates the answers, and
so the verdict, are the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

_PARTS = ("year", "month", "day")
_WHOLE = (
    "isoformat", "toordinal", "weekday", "isoweekday", "isocalendar", "timetuple", "strftime", "ctime", "replace",
)  # fmt: skip


class AskedDate(date):
    """A date that remembers what was asked of it: comparisons and parts with their answers, or, for whatever
    else is done with it, the whole day."""

    asked: dict[str, str]

    @classmethod
    def of(cls, day: date) -> AskedDate:
        """Make one of a day; nothing has been asked of it yet."""
        made = cls(day.year, day.month, day.day)
        made.asked = {}
        return made

    def _plain(self) -> date:
        get = super().__getattribute__
        return date(get("year"), get("month"), get("day"))

    def _note(self, question: str) -> Any:
        found = answer(question, self._plain())
        self.asked[question] = str(found)
        return found

    def __getattribute__(self, name: str) -> Any:
        if name in _PARTS and "asked" in super().__getattribute__("__dict__"):
            return self._note(name)
        if name in _WHOLE:
            self._note("whole")
            return getattr(self._plain(), name)
        return super().__getattribute__(name)

    def __lt__(self, other: date) -> bool:
        return bool(self._note(f"< {other.isoformat()}"))

    def __le__(self, other: date) -> bool:
        return bool(self._note(f"<= {other.isoformat()}"))

    def __gt__(self, other: date) -> bool:
        return bool(self._note(f"> {other.isoformat()}"))

    def __ge__(self, other: date) -> bool:
        return bool(self._note(f">= {other.isoformat()}"))

    def __eq__(self, other: object) -> bool:
        self._note("whole")
        return self._plain() == other

    def __hash__(self) -> int:
        self._note("whole")
        return hash(self._plain())

    def __sub__(self, other: Any) -> Any:
        self._note("whole")
        return self._plain() - other

    def __rsub__(self, other: Any) -> Any:
        self._note("whole")
        return other - self._plain()

    def __add__(self, other: Any) -> Any:
        self._note("whole")
        return self._plain() + other

    __radd__ = __add__

    def __str__(self) -> str:
        return str(self._note("whole"))

    def __format__(self, form: str) -> str:
        self._note("whole")
        return format(self._plain(), form)

    def __reduce__(self) -> tuple[Any, ...]:
        self._note("whole")
        return date, (self._plain().year, self._plain().month, self._plain().day)


def answer(question: str, day: date) -> object:
    """Return what a day answers: a part of it, or how it compares (`<= 2023-04-30`)."""
    if question in _PARTS:
        return getattr(day, question)
    sign, _, other = question.partition(" ")
    if sign == "<":
        return day < date.fromisoformat(other)
    if sign == "<=":
        return day <= date.fromisoformat(other)
    if sign == ">":
        return day > date.fromisoformat(other)
    if sign == ">=":
        return day >= date.fromisoformat(other)
    return day.isoformat()


def same_answers(asked: Mapping[str, str], day: date) -> bool:
    """Whether a day answers all that was asked of another as that one did."""
    return all(str(answer(question, day)) == found for question, found in asked.items())
