"""What one agency may cost in one night, and what it has cost so far."""

from __future__ import annotations

from dataclasses import dataclass

from core.models.snapshot import FetchOutcome, Resource, ResourceKind, StopReason


@dataclass(frozen=True, slots=True)
class Budget:
    """What one agency may cost in one night."""

    pages: int = 3000
    """Pages; provincial offices have some hundreds, a portal without end must not take the night."""
    documents: int = 1500
    bytes: int = 4 << 30
    depth: int = 12
    """Links away from the home page."""
    seconds: float = 5400.0
    """An hour and a half, at one request a second the page budget and some."""
    failures: int = 6000
    """Addresses that could not be read; the worst honest site measured had a thousand dead links."""
    lost_seconds: float = 360.0
    """Of reader processes that its bodies ended: two that take a reader's whole time, and seven that get less."""


@dataclass(slots=True)
class Spent:
    """What an agency has cost so far."""

    pages: int = 0
    documents: int = 0
    bytes: int = 0
    failed: int = 0

    def count(self, resource: Resource) -> None:
        """Count one address; what lies outside the site, or was never requested, costs nothing."""
        if resource.outcome in (FetchOutcome.OFF_SITE, FetchOutcome.NOT_FOLLOWED, FetchOutcome.BAD_ADDRESS):
            return
        if resource.outcome is not FetchOutcome.OK:
            self.failed += 1
        elif resource.kind is ResourceKind.PAGE:
            self.pages += 1
        else:
            self.documents += 1

    def over(self, budget: Budget) -> StopReason:
        """Return which budget is used up, NONE if none is."""
        if self.pages >= budget.pages:
            return StopReason.PAGES
        if self.documents >= budget.documents:
            return StopReason.DOCUMENTS
        if self.failed >= budget.failures:
            return StopReason.ERRORS
        return StopReason.BYTES if self.bytes >= budget.bytes else StopReason.NONE
