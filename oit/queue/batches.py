"""Batches of a list for many machines: agencies that share a server stay together, so each server's pace is kept by the
one worker that has its batch."""

from __future__ import annotations

import socket
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from core.models.agency import Agency
from crawler.process.feed import AddressBook, agency_hosts

BATCH = 25
"""Agencies in a batch: about one window's half, some minutes of work that a dead worker can lose."""
_SECONDS = 30.0
"""What looking all names up may take; an agency whose name is not known by then counts as alone on its server."""


def make_batches(
    agencies: Sequence[Agency],
    local: frozenset[str] = frozenset(),
    lookup: Callable[[str], str] = socket.gethostbyname,
    size: int = BATCH,
) -> tuple[tuple[Agency, ...], ...]:
    """Return batches of at least whole groups that share a server, about `size` agencies each, in the list's order.

    A group that is larger than a batch is a batch of its own."""
    hosts = {agency.id: agency_hosts(agency, local) for agency in agencies}
    addresses = _addresses([host for each in hosts.values() for host in each if ":" not in host], lookup)
    groups = _groups([[_server(host, addresses) for host in hosts[agency.id]] for agency in agencies])
    found: list[list[Agency]] = []
    for group in groups:
        members = [agencies[at] for at in group]
        if found and len(found[-1]) + len(members) <= size:
            found[-1] += members
        else:
            found.append(members)
    return tuple(map(tuple, found))


def _addresses(hosts: Sequence[str], lookup: Callable[[str], str]) -> dict[str, str]:
    book = AddressBook(hosts, lookup)
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and not all(book.is_settled(host) for host in hosts):
        time.sleep(0.05)
    return dict(book.found)


def _server(host: str, addresses: dict[str, str]) -> str:
    bare = host.removeprefix("www.")
    return addresses.get(host) or addresses.get(bare) or bare


def _groups(servers: Sequence[Sequence[str]]) -> list[list[int]]:
    """Places of agencies that share a server, directly or over others, in the order of their first."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for names in servers:
        for other in names[1:]:
            leader[lead(other)] = lead(names[0])
    found: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(servers):
        found[lead(names[0])].append(at)
    return list(found.values())
