"""The state of one agency's crawl, shared by its spider, scheduler, middlewares and extensions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.models.snapshot import NEEDS_SCRIPTS, FetchOutcome, ReadNote, Resource, ResourceKind, StopReason
from core.urls import is_document
from crawler.budget import Budget, Spent
from crawler.extensions.home import HomeCause
from crawler.frontier import FrontierQueue, Provenance
from crawler.links.scoring import FollowHints
from documents.base import ReadLimits

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from core.models.agency import Agency
    from crawler.services import Services
    from crawler.warc import Archive

_CLOSED = frozenset(
    {
        FetchOutcome.FORBIDDEN,
        FetchOutcome.LOGIN,
        FetchOutcome.ROBOTS,
        FetchOutcome.TOO_LARGE,
        FetchOutcome.REDIRECT_LOOP,
    }
)
"""Causes that a site's other parts (web mail, administration) have; see docs/decisions/unread-by-default.md."""
_WAVERING = frozenset({502, 503, 504})
"""Statuses of a server that is overloaded; 500 is mostly a page that is broken, and 429 what pace a server bears."""
_MOST_RETRIES = 3
_UNREAD_NOTES = frozenset({ReadNote.BROKEN, ReadNote.CRASHED, ReadNote.TIMEOUT, ReadNote.TOO_LARGE})


@dataclass(slots=True)
class SiteCrawl:
    """State of one agency's crawl. `snapshot_id` is None until something may be stored; `sharing` is the number of
    agencies on the same server, which share its time."""

    agency: Agency
    services: Services
    hosts: set[str]
    local: frozenset[str] = frozenset()
    hints: FollowHints = field(default_factory=FollowHints)
    budget: Budget = field(default_factory=Budget)
    limits: ReadLimits = field(default_factory=ReadLimits)
    sharing: int = 1
    snapshot_id: int | None = None
    frontier: FrontierQueue = field(default_factory=FrontierQueue)
    spent: Spent = field(default_factory=Spent)
    retry_queue: list[tuple[str, Provenance]] = field(default_factory=list)
    archive: Archive | None = None
    stopped_by: StopReason = StopReason.NONE
    """What ended the crawl before its natural end."""
    home_ok: bool = False
    has_unread_pages: bool = False
    has_unrendered_pages: bool = False
    has_deeper_links: bool = False
    has_unfollowed_links: bool = False
    dropped: Counter[str] = field(default_factory=Counter)
    """Addresses that were taken for a trap, by kind."""
    has_machine_faults: bool = False
    home_cause: HomeCause | None = None
    """Why the home page, although it was served, is not the agency's site; found at the end."""
    reading_now: int = 0

    def is_inside(self, url: str) -> bool:
        """Whether an address belongs to the agency's site."""
        return urlsplit(url).netloc.lower() in self.hosts

    def is_stopping(self) -> bool:
        """Whether nothing more is requested."""
        return bool(self.stopped_by)

    def stop(self, reason: StopReason) -> None:
        """Request nothing more; the first reason stands."""
        self.stopped_by = self.stopped_by or reason

    def count_dropped(self, kind: str) -> None:
        """Count an address that was taken for a trap."""
        self.dropped[kind] += 1

    def note_unfollowed(self) -> None:
        """Note that a link of the disclosure part was not followed."""
        self.has_unfollowed_links = True

    def note_too_deep(self) -> None:
        """Note that a link lies deeper than the budget allows."""
        self.has_deeper_links = True

    def record(self, resource: Resource, provenance: Provenance) -> None:
        """Count one address that was stored, and note what it leaves unread."""
        if may_heal(_cause(resource), provenance, resource.http_status):
            self.retry_queue.append((resource.url, provenance))
        else:
            self._note_unread(resource, provenance)
        if resource.url == self.agency.url:
            self.home_ok = resource.outcome is FetchOutcome.OK
        self.spent.count(resource)

    def resume(self, resource: Resource) -> None:
        """Take over what an earlier process stored in the same snapshot."""
        provenance = _provenance(resource)
        if resource.outcome.is_transient:
            self.retry_queue.append((resource.url, provenance))
            return
        self.record(resource, provenance.as_retry())
        self.spent.bytes += resource.size
        if resource.url == self.agency.url and resource.final_url:
            self.hosts.add(urlsplit(resource.final_url).netloc.lower())

    def _note_unread(self, resource: Resource, provenance: Provenance) -> None:
        is_page = resource.kind is ResourceKind.PAGE
        if is_page and resource.read_note in _UNREAD_NOTES:
            self.has_unread_pages = True
        self.has_unrendered_pages = self.has_unrendered_pages or resource.read_note in NEEDS_SCRIPTS
        if resource.outcome is FetchOutcome.NOT_FOLLOWED:
            self.has_unfollowed_links = True
        elif resource.outcome is FetchOutcome.MACHINE:
            self.has_machine_faults = True
        elif resource.outcome.leaves_unread and not is_document(resource.url) and _could_disclose(resource, provenance):
            self.has_unread_pages = True

    def stop_reason(self) -> StopReason:
        """Why the crawl is not complete, NONE if it is."""
        if self.stopped_by:
            return self.stopped_by
        reasons = {
            StopReason.MACHINE: self.has_machine_faults,
            StopReason.HOME: not self.home_ok or self.home_cause is not None,
            StopReason.ERRORS: self.has_unread_pages,
            StopReason.SCRIPTS: self.has_unrendered_pages,
            StopReason.NOT_FOLLOWED: self.has_unfollowed_links,
            StopReason.DEPTH: self.has_deeper_links,
        }
        return next((reason for reason, holds in reasons.items() if holds), StopReason.NONE)


def site_of(crawler: Crawler) -> SiteCrawl | None:
    """The state of the crawl that a crawler's spider does; None for a spider that is not of this project."""
    found = getattr(crawler.spider, "site", None)
    return found if isinstance(found, SiteCrawl) else None


def may_heal(cause: FetchOutcome, provenance: Provenance, status: int | None = None) -> bool:
    """Whether an address is asked for once more tonight: a server that answers "not now" now and then gets three
    further tries, one that does not answer a single one, since each takes the whole time limit."""
    return cause.is_transient and provenance.retries < (_MOST_RETRIES if status in _WAVERING else 1)


def _provenance(resource: Resource) -> Provenance:
    return Provenance(resource.found_via, resource.label, resource.context, resource.depth)


def _cause(resource: Resource) -> FetchOutcome:
    """The outcome, for what lies outside the site the one that kept it from being read."""
    if resource.outcome is FetchOutcome.OFF_SITE:
        return next((outcome for outcome in FetchOutcome if outcome.value == resource.detail), resource.outcome)
    return resource.outcome


def _could_disclose(resource: Resource, provenance: Provenance) -> bool:
    if resource.outcome not in _CLOSED or provenance.in_disclosures:
        return True
    return provenance.may_disclose and resource.outcome is not FetchOutcome.LOGIN
