"""Who may log in to the web pages, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What an account is for."""

    ADMINISTRATOR = "administrator"
    """Sees and decides everything; the audit log too."""
    SECRETARY = "secretary"
    """Sees and decides everything."""
    AGENCY = "agency"
    """Sees its own agency and objects for it."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account, without its password. Times are UTC; `agency` is the id that an agency's account speaks for."""

    id: int
    name: str
    role: Role
    agency: str = ""
    created: datetime | None = None
    disabled: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None

    @property
    def decides(self) -> bool:
        """Whether it decides for the assessed unit."""
        return self.role in (Role.ADMINISTRATOR, Role.SECRETARY)

    def speaks_for(self, agency: str) -> bool:
        """Whether it may object for an agency."""
        return self.decides or self.agency == agency


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when (UTC). `subject` is what was acted on, such as `labour/2566/O12-problems`."""

    at: datetime
    by: str
    action: str
    subject: str = ""
    detail: str = ""
