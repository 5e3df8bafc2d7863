"""What keeps a broken night from replacing good reports: a list that has shrunk, a network that is down."""

from __future__ import annotations

from collections import Counter

from core.errors import InputError
from core.models.snapshot import FetchOutcome
from core.storage.store import Store
from oit.run.job import RunPlan

_NETWORK = frozenset({FetchOutcome.DNS, FetchOutcome.REFUSED, FetchOutcome.RESET, FetchOutcome.TIMEOUT})
"""Failures of a home page that this machine's own network, name server or proxy can cause."""
_FEWEST = 3
"""Of fewer agencies the failure of most says nothing."""
_KIND, _KEY = "list", "agencies"


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
    """One line if most of the chosen sites failed tonight in a way that our own network explains, else empty.

    A site that could not be read on any earlier night either says nothing about tonight. Sites without an earlier
    night count: on a first night too a dead network must not make a report."""
    if job.settings.force:
        return ""
    causes: Counter[str] = Counter()
    counted = 0
    for agency in job.chosen:
        nights = list(store.nights(agency))
        if not nights or (len(nights) > 1 and not any(night.home_ok for night in nights)):
            continue
        counted += 1
        if not nights[0].home_ok and nights[0].home in _NETWORK:
            causes[nights[0].home] += 1
    failed = causes.total()
    if counted < _FEWEST or 2 * failed <= counted:
        return ""
    told = ", ".join(f"{name} {number}" for name, number in causes.most_common())
    return (
        f"{failed} of {counted} sites failed alike ({told}): the fault is likely on this machine "
        "(network, DNS, proxy); no report was replaced (--force writes them all the same)"
    )
