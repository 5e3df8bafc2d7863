"""Which agencies share a server: they are crawled by one process and wait for each other's turn."""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FuturesTimeoutError
from contextlib import suppress
from urllib.parse import urlsplit

from core.models.agency import Agency
from core.urls import netloc

_THREADS = 16
_SECONDS = 15.0
"""For all names together; a name that takes longer counts as a server of its own."""


def addresses(hosts: Iterable[str]) -> dict[str, str]:
    """The IP address of each host that has one."""
    found: dict[str, str] = {}
    names = sorted(set(hosts))
    pool = ThreadPoolExecutor(min(_THREADS, max(1, len(names))))
    waiting = {name: pool.submit(socket.gethostbyname, name) for name in names}
    for name, future in waiting.items():
        with suppress(OSError, UnicodeError, FuturesTimeoutError):
            found[name] = future.result(timeout=_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return found


def site_hosts(agency: Agency) -> frozenset[str]:
    """host[:port] names that belong to an agency's site; www. and bare name are one site."""
    hosts: set[str] = set()
    for url in (agency.url, *agency.also):
        host = urlsplit(url).netloc.lower()
        hosts.add(host)
        name = host.split(":")[0]
        if not name.replace(".", "").isdigit():
            hosts.add(host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")
    return frozenset(hosts)


def group_by_server(
    agencies: Sequence[Agency], local: frozenset[str], resolve: Callable[[Iterable[str]], dict[str, str]] = addresses
) -> tuple[list[list[Agency]], dict[str, str]]:
    """Agencies by server, and the name of the server for each host: a host, its www form and all hosts on the same
    IP address are one. Of the pairs in `local` (private addresses opened on purpose) each is a server of its own."""
    hosts = {a.id: [_place(url, local) for url in (a.url, *a.also)] for a in agencies}
    plain = {name for names in hosts.values() for name in names if ":" not in name}
    ips = resolve(plain) if len(agencies) > 1 else {}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def join(one: str, other: str) -> None:
        parent[root(one)] = root(other)

    for host in plain:
        join(host, host.removeprefix("www."))
        if host in ips:
            join(host, ips[host])
    keys = {host: root(host) for host in plain}
    keys |= {f"www.{host}": key for host, key in keys.items() if not host.startswith("www.")}
    for names in hosts.values():  # one agency's hosts stay in one process, but are servers of their own
        for name in names[1:]:
            join(name, names[0])
    by_root: dict[str, list[Agency]] = defaultdict(list)
    for agency in agencies:
        by_root[root(hosts[agency.id][0])].append(agency)
    return list(by_root.values()), keys


def split_into_shards(found: list[list[Agency]], count: int) -> list[list[Agency]]:
    """The group_by_server dealt out over `count` processes, about as many agencies to each."""
    hands: list[list[Agency]] = [[] for _ in range(count)]
    for group in sorted(found, key=len, reverse=True):
        min(hands, key=len).extend(group)
    return [hand for hand in hands if hand]


def _place(url: str, local: frozenset[str]) -> str:
    where = netloc(url)
    return where if where in local else (urlsplit(url).hostname or "").lower()
