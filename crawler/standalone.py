"""A crawl started with Scrapy's own commands: its state is made from settings and arguments."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.utils.misc import load_object

from core.models.agency import Agency, AgencyList
from core.urls import canonical, netloc
from crawler.addresses import LocalPairs
from crawler.links.scoring import FollowHints
from crawler.process.feed import site_hosts
from crawler.services import open_services
from crawler.settings import NO_CONTACT
from crawler.site_crawl import SiteCrawl

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

_ARGUMENTS = frozenset({"url", "agency", "agencies"})


def site_from_arguments(crawler: Crawler, arguments: dict[str, Any]) -> SiteCrawl:
    """The state of a crawl for the arguments of the command line, with a store, readers and a browser of its own,
    which are closed when the crawler has ended. Without a site (`scrapy parse`) nothing is stored.

    Raises ValueError or InputError as `agency_from_arguments` does."""
    agency = agency_from_arguments(crawler.settings, arguments)
    local = LocalPairs.of(crawler.settings)
    services = open_services(crawler.settings, Path(crawler.settings["OIT_DATA"]))
    crawler.signals.connect(services.close, signal=signals.engine_stopped, weak=False)
    hosts = set(site_hosts(agency)) if agency.url else set()
    return SiteCrawl(agency, services, hosts, local, _hints(crawler.settings))


def agency_from_arguments(settings: BaseSettings, arguments: Mapping[str, Any]) -> Agency:
    """The agency that the command line's arguments name; one without an address if they name none.

    Raises ValueError, with a line for the user, for arguments that name no site, InputError for a faulty list."""
    unknown = sorted(set(arguments) - _ARGUMENTS)
    if unknown:
        raise ValueError(f"unknown argument {unknown[0]}: the spider takes url, agency and agencies")
    agency = _agency(settings, arguments)
    is_local = netloc(agency.url) in LocalPairs.of(settings)
    if agency.url and not is_local and NO_CONTACT in settings["USER_AGENT"]:
        raise ValueError("no contact for the site's administrator: set OIT_CONTACT in the environment")
    return agency


def begin_snapshot(site: SiteCrawl) -> None:
    """Open the snapshot to store into, if nobody has: the unfinished one of the site if there is one. Holds the store
    until the crawler has ended. Raises StoreBusyError."""
    if site.snapshot_id is None:
        store = site.services.store
        site.services.held.enter_context(store.lock())
        run = store.begin_run((site.agency.id,))
        site.snapshot_id = store.begin_snapshot(run, site.agency, frozenset(site.hosts))
        site.services.held.callback(_finish_run, site, run)


def _finish_run(site: SiteCrawl, run: int) -> None:
    if site.agency.id in site.services.store.finished_agencies(run):
        site.services.store.finish_run(run)


def _agency(settings: BaseSettings, arguments: Mapping[str, Any]) -> Agency:
    wanted = str(arguments.get("agency", ""))
    if not wanted:
        url = str(arguments.get("url", ""))
        return Agency(_id(url), url, canonical(url)) if url else Agency("", "", "")
    load: Callable[[Path], AgencyList] = load_object(settings["OIT_AGENCY_LOADER"])
    path = Path(str(arguments.get("agencies", "agencies.yaml")))
    agencies = load(path).agencies
    for agency in agencies:
        if agency.id == wanted:
            return agency
    known = ", ".join(agency.id for agency in agencies[:10])
    raise ValueError(f"{path}: no agency {wanted!r}; the list has {known}")


def _id(url: str) -> str:
    """A name for a site of no list that is the same every time."""
    host = re.sub(r"[^a-z0-9]+", "-", urlsplit(url).netloc.lower()).strip("-")[:40]
    return f"{host}-{hashlib.sha256(canonical(url).encode()).hexdigest()[:8]}"


def _hints(settings: BaseSettings) -> FollowHints:
    name = settings["OIT_HINTS_LOADER"]
    if not name:
        return FollowHints()
    load: Callable[[], FollowHints] = load_object(name)
    return load()
