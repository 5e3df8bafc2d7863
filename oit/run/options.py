"""What a run was asked to do: the options that all steps share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import InputError

_BUDDHIST_FROM = 2400
"""A year from here on in an ISO date is a Buddhist one written by mistake."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The shared options. `edition` is a Buddhist-era fiscal year, None for the newest of the rules;
    `rules` is None for the shipped rules.yaml."""

    as_of: date
    agencies: Path = Path("agencies.yaml")
    rules: Path | None = None
    edition: int | None = None
    data: Path = Path("var")
    out: Path = Path("var/reports")
    allow_local: bool = False
    scrapy: tuple[tuple[str, str], ...] = ()
    verbosity: int = 0
    warc: bool = False
    quiet_hours: str = ""
    """Thai times of the day without requests, such as 08:30-16:30."""
    contact: str = ""
    """Whom a site's administrator can write to; part of the user agent."""
    metrics: Path | None = None
    """A file for the run's figures, in Prometheus' text format."""
    force: bool = False
    """Go on although the list has shrunk or most sites failed at once."""
    pdf: bool = False
    """Print the reports to PDF too."""
    templates: Path | None = None
    """The office's own templates."""


def parse_as_of(text: str | None, today: date) -> date:
    """The date of the judgement, `today` if none is given. Raises InputError."""
    if text is None:
        return today
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--as-of must be an ISO date such as 2023-04-30; got {text!r}") from None
    if found.year >= _BUDDHIST_FROM:
        meant = text.replace(str(found.year), str(found.year - 543))
        raise InputError(f"--as-of must be a Christian-era date; for {text} write {meant}")
    return found
