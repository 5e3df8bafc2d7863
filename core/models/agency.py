"""Who is checked: one agency, and the agencies of one assessed unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Agency:
    """One checked agency, a row of agencies.yaml."""

    id: str
    name: str
    url: str
    kind: str = "provincial"
    responsible: str = ""
    email: str = ""
    also: tuple[str, ...] = ()
    declared: Mapping[str, str] = field(default_factory=dict)
    """Item id -> the address that the agency submitted for it."""
    ignore_robots: bool = False
    """The owner of the site asked for the check although robots.txt forbids it."""
    scheme: str = ""
    """The sector's list that it answers (ovec, moit); empty for the commission's general list."""


@dataclass(frozen=True, slots=True)
class ProvinceSettings:
    """What holds for the whole assessed unit, so that nobody has to repeat it on every command."""

    edition: int | None = None
    """Buddhist-era fiscal year of the assessment."""
    contact: str = ""
    """Whom a site's administrator can write to; sent with every request."""
    quiet_hours: str = ""
    """Thai times of the day without requests, such as 08:30-16:30."""
    answers_until: date | None = None
    """The last day of answering, where it differs from the edition's."""
    secretary: str = ""
    """Name of the person or section that answers for the whole."""
    secretary_email: str = ""
    english: bool = False
    """Whether each agency has its report in English too."""


@dataclass(frozen=True, slots=True)
class AgencyList:
    """The agencies of one assessed unit, in the order of the list."""

    province: str
    agencies: tuple[Agency, ...]
    settings: ProvinceSettings = ProvinceSettings()
