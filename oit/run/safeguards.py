"""What keeps a broken night from replacing good reports: folders that cannot be written, a contact that is made up,
a list that has shrunk, a network that is down."""

from __future__ import annotations

import errno
import ipaddress
import re
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from core.disk import check_growth, check_room
from core.errors import InputError, RunError, first_line
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome
from core.processes import check_limits
from core.storage.store import SnapshotSummary, Store
from oit.run.job import RunPlan

_NETWORK = frozenset({FetchOutcome.DNS, FetchOutcome.REFUSED, FetchOutcome.RESET, FetchOutcome.TIMEOUT})
"""Failures of a home page that this machine's own network, name server or proxy can cause: one cause together."""
FEWEST_ALIKE = 3
"""Of fewer agencies the failure of most says nothing."""
_KIND, _KEY = "list", "agencies"
_MADE_UP = re.compile(
    r"(?:^|[@./])(?:example\.(?:com|net|org|go\.th|or\.th|ac\.th)|[a-z0-9-]+\.(?:example|invalid|test))\b"
)
_CONTACT = re.compile(r"(?:mailto:)?[^@\s/]+@[^@\s/]+\.[^@\s/]+|https?://[^\s/]+\.[^\s/]+.*")


def check_contact(job: RunPlan) -> str:
    """Return the contact that every request names. Raises InputError if there is none, or one that reaches nobody.

    Sites on this machine need none."""
    given = job.settings.contact or dict(job.settings.scrapy).get("OIT_CONTACT", "")
    if not given and all(_is_loopback(url) for agency in job.chosen for url in _urls(agency)):
        return ""
    how = "give the address or e-mail of a person: --contact, OIT_CONTACT, or settings: {contact: ...} in the list"
    if not given:
        raise InputError(f"no contact for the sites' administrators; {how}")
    if not _CONTACT.fullmatch(given):
        raise InputError(f"the contact {given!r} is neither an e-mail address nor a web address; {how}")
    if _MADE_UP.search(given.lower()):
        raise InputError(f"the contact {given!r} is an example that reaches nobody; {how}")
    return given


def check_reach(job: RunPlan) -> None:
    """Raise InputError, a line per agency, if all sites of the run stand on this machine or in its network and nobody
    has allowed that. Of a longer list the others are checked, and such a site is unchecked with its cause."""
    if job.settings.allow_local or "OIT_LOCAL" in dict(job.settings.scrapy):
        return
    # Here, not above: it loads Scrapy, and most commands need none.
    from crawler.addresses import is_allowed

    inside = [agency for agency in job.chosen if not is_allowed(agency.url, frozenset())]
    if inside and len(inside) == len(job.chosen):
        raise InputError(
            f"{agency.id}: {agency.url} is not a public address; if it is meant, say --allow-local" for agency in inside
        )


def check_machine(*folders: Path) -> None:
    """Look at this machine's limits, try that files can be written, and that there is room. Raises RunError, with the
    path, before anything is asked of a site."""
    check_limits()
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x")
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise InputError(f"{folder}: {error.strerror}") from error
            raise RunError(f"cannot write to {folder}: {error.strerror or first_line(error)}") from error
        check_growth(folder)
        check_room(folder)


def cause_of(night: SnapshotSummary) -> str:
    """Return why a night gave no home page: how its fetch ended, or what was found wrong with the page."""
    if night.home and night.home != FetchOutcome.OK:
        return night.home
    return night.stopped_by.value or FetchOutcome.OTHER.value


def _urls(agency: Agency) -> tuple[str, ...]:
    return (agency.url, *agency.also, *agency.declared.values())


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_list(job: RunPlan, store: Store) -> None:
    """Remember how many agencies the list has. Raises InputError if it has less than half of the last run's."""
    size = len(job.agencies.agencies)
    known = store.cache_get(_KIND, _KEY)
    before = int(known) if known is not None and known.isdigit() else 0
    if 2 * size < before and not job.settings.force:
        raise InputError(
            f"{job.settings.agencies}: the list has {size} agencies, the last run's had {before}; "
            "if that is meant, say --force"
        )
    store.cache_put(_KIND, _KEY, str(size).encode())


def our_fault(job: RunPlan, store: Store) -> str:
    """Return one line if most of the chosen sites failed tonight alike, else an empty text.

    The network's causes count as one. A site that could not be read on any earlier night either says nothing about
    tonight. Sites without an earlier night count: on a first night too a dead network must not make a report."""
    if job.settings.force:
        return ""
    causes: Counter[str] = Counter()
    counted = 0
    for agency in job.chosen:
        nights = store.nights(agency)
        newest = next(nights, None)
        before = next(nights, None)
        if newest is None or (before is not None and not (before.home_ok or any(n.home_ok for n in (newest, *nights)))):
            continue
        counted += 1
        if not newest.home_ok:
            causes[cause_of(newest)] += 1
    if counted < FEWEST_ALIKE:
        return ""
    network = Counter({cause: number for cause, number in causes.items() if cause in _NETWORK})
    other = Counter(dict(Counter(causes - network).most_common(1)))
    alike = max(network, other, key=lambda found: found.total())
    if 2 * alike.total() <= counted:
        return ""
    told = ", ".join(f"{name} {number}" for name, number in alike.most_common())
    return (
        f"{alike.total()} of {counted} sites failed alike ({told}): the fault is likely on this machine "
        "(network, DNS, proxy, --allow-local); no report was replaced (--force writes them all the same)"
    )
