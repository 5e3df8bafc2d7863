"""What a night needs of this machine: room, name server, clock, zone, files, this year's rules; and the last run."""

from __future__ import annotations

import resource
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checklist.rules.model import Rules
from core.errors import InputError, RunError, StoreError
from core.storage.objects.base import remote_objects
from core.storage.objects.owner import OWNER
from core.storage.run_log import RunRecord
from core.storage.store import Store
from core.store_folder import has_store
from core.thai.dates import fiscal_year
from oit.digest.mail_settings import read_delivery

_ROOM = 2 << 30
"""Bytes: a first night over a province takes one to two GB."""
_FILES = 1024
_DNS_SECONDS = 5.0
_OLD = timedelta(days=2)
_SLACK = timedelta(minutes=10)
NO_MAIL: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing that was looked at. `lost` is what fails because of it, empty if all is well."""

    name: str
    found: str
    lost: str = ""


def examine_health(
    data: Path,
    out: Path,
    rules: Rules,
    host: str,
    now: datetime,
    lookup: Callable[[str], object] = socket.gethostbyname,
    mail: Mapping[str, str] = NO_MAIL,
) -> Iterator[HealthCheck]:
    """Look at all of it; nothing is changed, and only `host`'s name is asked for."""
    for folder in dict.fromkeys((data, out)):
        yield _room(folder)
    yield from _objects(data)
    yield _names(host, lookup)
    yield _files()
    last = _last_run(data)
    yield _clock(now, last)
    yield _zone(now)
    yield _rules(rules, now)
    yield _runs(last, now)
    yield _mail(mail)


def _mail(settings: Mapping[str, str]) -> HealthCheck:
    """The settings of `oit digest`, by the names of their variables; no server is asked."""
    server, sender = settings.get("OIT_SMTP", ""), settings.get("OIT_MAIL_FROM", "")
    webhook, password = settings.get("OIT_WEBHOOK", ""), settings.get("OIT_SMTP_PASSWORD", "")
    if not server and not webhook:
        return HealthCheck("mail", "no server is set (OIT_SMTP): oit digest tells nobody what has changed")
    try:
        found = read_delivery(server, sender, webhook, password)
    except InputError as error:
        return HealthCheck("mail", "settings with faults", "; ".join(error.lines))
    ways = [f"{found.smtp.host}:{found.smtp.port} as {found.sender}"] if found.smtp is not None else []
    return HealthCheck("mail", " and ".join([*ways, *(["a webhook"] if found.webhook else [])]))


def _room(folder: Path) -> HealthCheck:
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    lost = "" if free >= _ROOM else "a night may fill the disk and fail (status 3)"
    return HealthCheck(f"disk of {folder}", f"{free / 1e9:.1f} GB free", lost)


def _objects(data: Path) -> Iterator[HealthCheck]:
    """The object store that the data folder names, if it names one; it is asked for one value."""
    lost = "no night begins (status 3), and reports cannot be written again"
    try:
        place = remote_objects(data)
        if place is None:
            return
        place.read(OWNER)
    except StoreError as error:
        yield HealthCheck("object store", str(error), lost)
    else:
        yield HealthCheck("object store", place.url)


def _names(host: str, lookup: Callable[[str], object]) -> HealthCheck:
    found: list[str] = []

    def ask() -> None:
        try:
            found.append(str(lookup(host)))
        except OSError as error:
            found.append("")
            found.append(str(error.strerror or error))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_DNS_SECONDS)
    if found and found[0]:
        return HealthCheck("name server", f"{host} is {found[0]}")
    why = found[1] if len(found) > 1 else f"no answer within {_DNS_SECONDS:.0f} seconds"
    return HealthCheck("name server", f"{host}: {why}", "no site can be read (dns)")


def _files() -> HealthCheck:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = hard == resource.RLIM_INFINITY
    lost = "" if unlimited or hard >= _FILES else f"crawl processes run out of files; allow {_FILES} (ulimit -n)"
    return HealthCheck("open files", "unlimited" if unlimited else str(hard), lost)


def _last_run(data: Path) -> RunRecord | None:
    if not has_store(data):
        return None
    try:
        store = Store(data)
    except RunError:
        return None
    try:
        return next(iter(store.runs(1)), None)
    finally:
        store.close()


def _clock(now: datetime, last: RunRecord | None) -> HealthCheck:
    said = f"{now:%Y-%m-%d %H:%M} {now.tzname()}"
    if last is not None and last.started > now + _SLACK:
        return HealthCheck("clock", said, f"it is behind: the last run began at {last.started:%Y-%m-%d %H:%M} UTC")
    return HealthCheck("clock", said)


def _zone(now: datetime) -> HealthCheck:
    try:
        thai = now.astimezone(ZoneInfo("Asia/Bangkok"))
    except ZoneInfoNotFoundError:
        return HealthCheck("time zone", "Asia/Bangkok is not known", "quiet hours and dates are wrong; install tzdata")
    local = now.astimezone().utcoffset()
    own = "as on this machine" if local == thai.utcoffset() else "this machine's differs: set cron and timers with it"
    return HealthCheck("time zone", f"{thai:%H:%M} in Thailand, {own}")


def _rules(rules: Rules, now: datetime) -> HealthCheck:
    newest, year = rules.newest.year, fiscal_year(now.date())
    lost = "" if newest >= year else f"the manual of {year} is not in them: agencies are judged by that of {newest}"
    return HealthCheck("rules", f"newest edition {newest}, fiscal year {year}", lost)


def _runs(last: RunRecord | None, now: datetime) -> HealthCheck:
    if last is None:
        return HealthCheck("last run", "none yet")
    status = last.outcome.exit_status
    said = (
        f"run {last.id} of {last.started:%Y-%m-%d %H:%M} UTC, status {'none (cut off)' if status is None else status}"
    )
    if not last.is_good:
        return HealthCheck("last run", said, last.outcome.problem or "reports show an earlier night")
    if now - last.started > _OLD:
        return HealthCheck("last run", said, f"no run for {(now - last.started).days} days: results grow old")
    return HealthCheck("last run", said)
