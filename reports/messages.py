"""The words of all reports: Thai from messages.th.yaml, English from messages.en.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from checklist.rules.model import Edition
from core.models.assessment import Reason
from core.sanitize import sanitize_text, shown_url

_BE = 543
_THAILAND = timezone(timedelta(hours=7))
_CODED = ("outcome", "note", "how", "stopped_by", "problem", "lack", "why", "drawing")
"""Values of reasons that are codes with Thai words of their own."""
_NAMED_LIKE = {"document": "document_kind", "wanted_document": "document_kind"}
"""Values of reasons whose words stand in a group of another name."""
_OTHERWISE = {"why": "note"}
"""Groups that have the words of a code which its own group does not say in another way."""
_DATES = ("due", "since")
_VALUE = 200
_YEAR_MONTH = re.compile(r"\b(25\d\d)-(0[1-9]|1[0-2])\b")


@dataclass(frozen=True)
class Messages:
    """Words by group and key; an unknown key comes back as itself, never as an error."""

    groups: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The code of the language, as a page names it."""
        return str(self.groups.get("language", "th"))

    def word(self, group: str, key: str, **values: str) -> str:
        """One message with its values filled in."""
        found = self.groups.get(group, key)
        if isinstance(found, dict):
            if key not in found:
                # Codes come from stored data: one that we do not know is never a template.
                return key
            found = found[key]
        elif group not in self.groups:
            return key
        if isinstance(found, dict):
            found = found.get("label", key)
        return _filled(str(found), values)

    def detail(self, group: str, key: str, name: str) -> str:
        """A field (mark, means) of a status."""
        found = self.groups.get(group, {}).get(key, {})
        return str(found.get(name, "")) if isinstance(found, dict) else ""

    def knows(self, group: str, key: str) -> bool:
        """Whether there is such a message."""
        found = self.groups.get(group, {})
        return isinstance(found, dict) and key in found

    def reason(self, reason: Reason) -> str:
        """A reason in Thai; codes and dates among its values are told in Thai too, all values are made harmless.

        A code without a sentence is shown as it is, with its values."""
        values = {name: self._value(name, str(value)) for name, value in reason.values.items()}
        if not self.knows("reason", reason.code):
            told = ", ".join(f"{sanitize_text(name, 40)}={value}" for name, value in values.items())
            return f"{sanitize_text(reason.code, 60)} ({told})" if told else sanitize_text(reason.code, 60)
        return self.word("reason", reason.code, **values)

    def _value(self, name: str, value: str) -> str:
        if name in _CODED or name in _NAMED_LIKE:
            group = _NAMED_LIKE.get(name, name)
            if not self.knows(group, value):
                group = _OTHERWISE.get(group, group)
            return sanitize_text(self.word(group, value), _VALUE)
        if name == "months":
            return self.months(value)
        if name in _DATES:
            try:
                return self.day(date.fromisoformat(value))
            except ValueError:
                return sanitize_text(value, _VALUE)
        return shown_url(value) if name == "url" else sanitize_text(value, _VALUE)

    def unconfirmed_note(self, edition: Edition) -> str:
        """What a report says of an edition that is not confirmed with the manual."""
        found, among = edition.unconfirmed
        return self.word("page", "unconfirmed", year=str(edition.year), found=str(found), among=str(among))

    def day(self, value: date | None) -> str:
        """A date as Thai offices write it, with the Buddhist year: 23 พ.ย. 2569; of a time, its day in Thailand."""
        if value is None:
            return "-"
        if isinstance(value, datetime):
            value = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(_THAILAND)
        return self.word(
            "date_form", "day", day=str(value.day), month=self._month("months", value.month), be=str(value.year + _BE),
            ce=str(value.year),
        )  # fmt: skip

    def months(self, text: str) -> str:
        """Months such as `2564-10 2564-11` (Buddhist-era years) in words; what is none is left out."""
        return ", ".join(self._year_month(y, m, "month", "months") for y, m in _YEAR_MONTH.findall(text[:_VALUE]))

    def long_months(self, text: str) -> list[str]:
        """The same for a Thai document, each with the month's full name."""
        return [self._year_month(y, m, "long_month", "months_long") for y, m in _YEAR_MONTH.findall(text[:_VALUE])]

    def _year_month(self, year: str, month: str, form: str, names: str) -> str:
        return self.word("date_form", form, month=self._month(names, int(month)), be=year, ce=str(int(year) - _BE))

    def _month(self, names: str, number: int) -> str:
        known = self.groups.get(names, ())
        return known[number - 1] if len(known) == 12 else str(number)

    def long_day(self, value: date | None) -> str:
        """A date with the whole name of its month, as letters and plans have it: 30 เมษายน 2566."""
        months = self.groups.get("months_long", ())
        if value is None or len(months) != 12:
            return self.day(value)
        return f"{value.day} {months[value.month - 1]} {value.year + _BE}"

    def moment(self, value: datetime | None) -> str:
        """A time in Thailand's hours; a time without a zone is taken as UTC."""
        if value is None:
            return "-"
        there = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(_THAILAND)
        return f"{self.day(there)} {there:%H:%M} {self.word('page', 'clock')}"


class _Keep(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, values: Mapping[str, str]) -> str:
    return text.format_map(_Keep(values)) if "{" in text else text


@lru_cache(maxsize=1)
def thai() -> Messages:
    """The Thai messages that are shipped."""
    return Messages(_shipped("th"))


@lru_cache(maxsize=1)
def english() -> Messages:
    """The English ones; what is not translated, as texts that are pasted into Thai documents, is Thai."""
    return Messages(_merged(_shipped("th"), _shipped("en")))


def _shipped(language: str) -> dict[str, Any]:
    text = Path(__file__).with_name(f"messages.{language}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        merged[name] = _merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged
