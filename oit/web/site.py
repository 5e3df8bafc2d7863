"""What all pages share: the list, the rules, the store, who is asking, and how a page is made of its template."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, g, request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from checklist.decisions import decide_assessment
from checklist.rules.model import Edition, Item
from core.errors import InputError
from core.models.account import Account, AuditEntry
from core.models.agency import Agency
from core.models.assessment import Assessment, Verdict
from core.models.decision import Decision
from core.storage.store import Store
from crawler.downloader.quiet_hours import THAI_TIME
from oit.run.assessment_cache import load_assessment
from oit.run.job import RunPlan, edition_of, prepare_run
from oit.run.options import Settings
from oit.run.staleness import mark_age
from oit.web.accounts import LoginDesk, csrf_token
from oit.web.documents import CheckDesk
from oit.web.summaries import AgencySummary, SummaryIndex
from reports.agency_html import environment
from reports.messages import Messages, thai

_log = logging.getLogger(__name__)
PAGE = 50
"""Rows on one page of a long list."""
_RELOAD = 5.0
"""Seconds between looks at the files of list and rules."""


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the pages are served.

    `hosts` are the names that a browser may call them by, empty for any; `header` names the account of a person whom
    the reverse proxy at `proxy` (an address) knows; `secure` says that browsers reach them over HTTPS."""

    settings: Settings
    login_to_read: bool = False
    hosts: frozenset[str] = frozenset()
    secure: bool = False
    header: str = ""
    proxy: str = ""
    fixed_date: bool = False
    """Whether `settings.as_of` was asked for; else it is today."""


@dataclass(slots=True)
class _Loaded:
    job: RunPlan
    index: SummaryIndex
    stamp: tuple[int, ...]
    looked: float = field(default_factory=time.monotonic)


class Site:
    """The state behind the pages. Safe for several threads."""

    def __init__(self, options: WebOptions) -> None:
        self.options = options
        job = prepare_run(options.settings)
        self.store = Store(options.settings.data)
        self.login = LoginDesk(self.store.accounts)
        self.documents = CheckDesk()
        self.messages: Messages = thai()
        self._lock = threading.Lock()
        self._loaded = _Loaded(job, SummaryIndex(job, self.store), self._stamp())

    def close(self) -> None:
        """End the reader processes and close the store."""
        self.documents.close()
        self.store.close()

    def load(self) -> tuple[RunPlan, SummaryIndex]:
        """The list and the rules, read again when their files have changed; a file with faults changes nothing."""
        with self._lock:
            now = time.monotonic()
            if now - self._loaded.looked > _RELOAD:
                self._loaded.looked = now
                stamp = self._stamp()
                if stamp != self._loaded.stamp:
                    self._loaded.stamp = stamp
                    try:
                        job = prepare_run(self.options.settings)
                        self._loaded = _Loaded(job, SummaryIndex(job, self.store), stamp)
                    except InputError as error:
                        _log.error("the list or the rules have faults, the former ones are used: %s", error)
            return self._loaded.job, self._loaded.index

    def _stamp(self) -> tuple[int, ...]:
        settings = self.options.settings
        return tuple(
            path.stat().st_mtime_ns if path is not None and path.exists() else 0
            for path in (settings.agencies, settings.rules)
        )

    def today(self) -> date:
        """The date of the judgement."""
        settings = self.options.settings
        return settings.as_of if self.options.fixed_date else datetime.now(THAI_TIME).date()

    def audit(self, action: str, subject: str = "", detail: str = "", by: str = "") -> None:
        """Log what the person who is asking did."""
        asking = account()
        name = by or (asking.name if asking is not None else "")
        self.store.accounts.log(AuditEntry(datetime.now(UTC), name, action, subject, detail))


def site() -> Site:
    """The state behind the page that is asked for."""
    found = current_app.extensions["oit"]
    if not isinstance(found, Site):
        raise TypeError("the application has no site")
    return found


def account() -> Account | None:
    """Who is asking; None for somebody who has not logged in."""
    found: Account | None = getattr(g, "account", None)
    return found


def may_see(agency: str) -> bool:
    """Whether who is asking may see an agency: anybody where reading is open, else who decides and the agency."""
    asking = account()
    return not site().options.login_to_read or (asking is not None and asking.speaks_for(agency))


def require_province() -> None:
    """Refuse pages about all agencies to an agency's account where reading needs a login."""
    asking = account()
    if site().options.login_to_read and not (asking is not None and asking.decides):
        abort(403)


def plan() -> RunPlan:
    """The list and the rules of the page that is asked for."""
    return site().load()[0]


def summaries() -> Mapping[str, AgencySummary]:
    """The newest rows by agency id."""
    return site().load()[1].rows()


def find_agency(name: str) -> Agency:
    """An agency of the list that may be seen; ends the request with 404 or 403."""
    found = next((agency for agency in plan().agencies.agencies if agency.id == name), None)
    if found is None:
        abort(404)
    if not may_see(name):
        abort(403)
    return found


@dataclass(frozen=True, slots=True)
class AgencyView:
    """One agency as its pages show it. `machine` is what the program found, `decided` what people made of it."""

    agency: Agency
    edition: Edition
    machine: Assessment
    decided: Assessment
    said: tuple[Decision, ...]

    def verdict(self, item: str, *, machine: bool = False) -> Verdict | None:
        """One item's verdict, as people decided it or as the program found it."""
        verdicts = (self.machine if machine else self.decided).verdicts
        return next((verdict for verdict in verdicts if verdict.item == item), None)

    def rule(self, item: str) -> Item | None:
        """The manual's item; None if the edition has it no longer."""
        return next((each for each in self.edition.items if each.id == item), None)


def view_agency(agency: Agency) -> AgencyView | None:
    """An agency's newest assessment with what people decided; None if it was never judged as it is listed now."""
    job, store = plan(), site().store
    found = load_assessment(job.settings.data, job.edition.year, agency.id)
    if found is None or found.assessment.agency != agency:
        return None
    edition = edition_of(agency, job.edition, job.rules.editions)
    (aged,) = mark_age([found.assessment], store)
    said = store.decisions.standing((edition.year, edition.scheme), agency.id)
    return AgencyView(agency, edition, aged, decide_assessment(aged, edition, said), said)


# ------------------------------------------------------------------------------------------------------- templates


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """The reports' templates and filters, with those of the pages."""
    reports = environment()
    own = FileSystemLoader(Path(__file__).with_name("templates"))
    loader = ChoiceLoader([own, reports.loader]) if reports.loader is not None else own
    return reports.overlay(loader=loader)


def render(template: str, **values: Any) -> str:
    """Return a page. Templates know `m` (the words), `asking`, `csrf`, `here` (this page with other choices)."""
    state = site()
    job = plan()
    return _environment().get_template(template).render(
        m=state.messages,
        w=lambda key, **more: state.messages.word("web", key, **{n: str(v) for n, v in more.items()}),
        asking=account(),
        csrf=_csrf_field,
        here=here,
        path=request.path,
        province=job.agencies.province,
        edition_year=job.edition.year,
        page_size=PAGE,
        **values,
    )  # fmt: skip


def _csrf_field() -> Markup:
    """The hidden field that a form must carry; who asks gets the cookie that it belongs to."""
    g.form = True
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_token(g.token))


_CHOICES = ("q", "status", "sort", "page", "item", "since", "why", "scheme", "edition")


def here(**changes: object) -> str:
    """Return the query of this page with some of its choices changed; None drops one. Another choice than the page
    number begins at the first page."""
    kept = {name: request.args[name] for name in _CHOICES if name in request.args and (name != "page" or not changes)}
    merged = kept | {name: str(value) for name, value in changes.items() if value not in (None, "")}
    dropped = {name for name, value in changes.items() if value in (None, "")}
    return "?" + urlencode({name: value for name, value in merged.items() if name not in dropped})


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a long list: its rows, its number from 1, how many pages and rows there are."""

    rows: tuple[Any, ...]
    number: int
    pages: int
    count: int


def page_of(rows: list[Any] | tuple[Any, ...]) -> Page:
    """Return the part of a list that the query's `page` asks for."""
    pages = max(1, -(-len(rows) // PAGE))
    try:
        number = min(max(1, int(request.args.get("page", "1")[:9])), pages)
    except ValueError:
        number = 1
    return Page(tuple(rows[(number - 1) * PAGE : number * PAGE]), number, pages, len(rows))
