"""Who is checked: one agency, and the agencies of one assessed unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
class AgencyList:
    """The agencies of one assessed unit, in the order of the list."""

    province: str
    agencies: tuple[Agency, ...]
