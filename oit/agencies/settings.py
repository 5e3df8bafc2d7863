"""The province's settings in agencies.yaml: edition, contact, quiet hours, last day of answering, secretary."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from core.errors import InputFault, first_line, nearest
from core.models.agency import ProvinceSettings
from crawler.downloader.quiet_hours import QuietHours
from oit.agencies.tables import AgencySheet, Cell

KEYS = ("edition", "contact", "quiet_hours", "answers_until", "secretary", "secretary_email", "english")
_YEAR = re.compile(r"25\d\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BUDDHIST_FROM = 2400
"""A year from here on in an ISO date is a Buddhist one written by mistake."""


def check_settings(file: str, sheet: AgencySheet, faults: list[InputFault]) -> ProvinceSettings:
    """Return the settings of a list; what is wrong with them is added to `faults` with its place."""

    def fault(cell: Cell, message: str) -> None:
        faults.append(InputFault(file, cell.line, cell.column, message))

    def text(name: str, check: Callable[[str], str] = lambda value: "") -> str:
        cell = sheet.settings.get(name)
        if cell is None or not cell.text:
            return ""
        problem = check(cell.text)
        if problem:
            fault(cell, f"{name} {problem}; got {cell.text[:60]!r}")
            return ""
        return cell.text

    for name, key in sheet.setting_keys.items():
        if name not in KEYS:
            fault(key, f"unknown setting {name!r}{nearest(name, KEYS)}")
    edition = text("edition", lambda v: "" if _YEAR.fullmatch(v) else "must be a Buddhist-era year such as 2568")
    until = text("answers_until", _wrong_date)
    return ProvinceSettings(
        int(edition) if edition else None,
        text("contact"),
        text("quiet_hours", _wrong_hours),
        date.fromisoformat(until) if until else None,
        text("secretary"),
        text("secretary_email", lambda v: "" if _EMAIL.fullmatch(v) else "must be an e-mail address"),
        text("english", lambda v: "" if v in ("true", "false") else "must be true or false") == "true",
    )


def _wrong_date(value: str) -> str:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return "must be an ISO date such as 2026-04-30"
    return "must be a Christian-era date" if found.year >= _BUDDHIST_FROM else ""


def _wrong_hours(value: str) -> str:
    try:
        QuietHours(value)
    except ValueError as error:
        return f"must be hours such as 08:30-16:30 ({first_line(error)})"
    return ""
