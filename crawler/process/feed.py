"""Which agency is crawled next, and by which process: agencies on one server never run in two processes at once.

A server belongs to a process only while agencies on it are under way there, so no process has to know the whole list.
Names are looked up in the background, in the order of the list; an agency waits for its own names only.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.models.agency import Agency
from core.urls import netloc

_THREADS = 32
_PATIENCE = 5.0
"""Seconds that an agency waits for the address of its host; then the host counts as a server of its own."""
_LOOK_AHEAD = 200
"""Agencies whose names are looked at each time; those at the front were asked for first."""
PER_SERVER = 4
"""Agencies of one server at once. They share its pace, so each has that many times its time."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An agency that may start now. `servers` names the server of each of its hosts; `sharing` is the number of
    agencies that may share its server's time."""

    agency: Agency
    servers: dict[str, str]
    sharing: int


class AddressBook:
    """IP addresses of hosts, looked up by threads that nothing waits for."""

    def __init__(
        self,
        hosts: Sequence[str],
        lookup: Callable[[str], str] = socket.gethostbyname,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.found: dict[str, str] = {}
        self._lookup = lookup
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._done: set[str] = set()
        self._names: queue.SimpleQueue[str] = queue.SimpleQueue()
        names = list(dict.fromkeys(hosts))
        for name in names:
            self._names.put(name)
        for _ in range(min(_THREADS, len(names))):
            threading.Thread(target=self._serve, daemon=True).start()

    def is_settled(self, host: str) -> bool:
        """Whether the host's address is known, or is not worth waiting for any longer."""
        if host in self._done:
            return True
        asked = self._asked.get(host)
        return asked is not None and self._clock() - asked >= _PATIENCE

    def _serve(self) -> None:
        while True:
            try:
                name = self._names.get_nowait()
            except queue.Empty:
                return
            self._asked[name] = self._clock()
            try:
                with suppress(OSError, UnicodeError):
                    self.found[name] = self._lookup(name)
            finally:
                self._done.add(name)


class AgencyFeed:
    """The agencies that wait, by server. Used by one thread."""

    def __init__(
        self, agencies: Sequence[Agency], local: frozenset[str], lookup: Callable[[str], str] = socket.gethostbyname
    ) -> None:
        self._local = local
        self._hosts = {a.id: agency_hosts(a, local) for a in agencies}
        plain = [host for a in agencies for host in self._hosts[a.id] if ":" not in host]
        # One agency shares its server with nobody.
        self._book = AddressBook(plain if len(agencies) > 1 else (), lookup)
        self._alone = len(agencies) <= 1
        self._new = deque(agencies)
        self._ready: OrderedDict[str, deque[Agency]] = OrderedDict()
        self._slots: dict[str, str] = {}
        self._listed: Counter[str] = Counter()
        self._running: dict[str, tuple[int, Counter[str]]] = {}
        self._owner: dict[str, int] = {}
        self._open: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._new) + sum(len(waiting) for waiting in self._ready.values())

    def take(self, process: int) -> Turn | None:
        """Return the next agency that may start in a process now, None if all have to wait."""
        self._settle()
        for key, waiting in self._ready.items():
            agency = waiting[0]
            servers = self._servers(agency)
            names = set(servers.values())
            if any(self._owner.get(name, process) != process or self._open[name] >= PER_SERVER for name in names):
                continue
            waiting.popleft()
            if waiting:
                self._ready.move_to_end(key)
            else:
                del self._ready[key]
            for name in names:
                self._owner[name] = process
            self._open.update(names)
            self._running[agency.id] = (process, Counter(names))
            return Turn(agency, servers, max(1, min(PER_SERVER, self._listed[key])))
        return None

    def end(self, agency_id: str) -> None:
        """An agency has ended: its servers are free again if it was the last there."""
        _, names = self._running.pop(agency_id, (0, Counter()))
        for name in names:
            self._open[name] -= 1
            if self._open[name] <= 0:
                del self._open[name]
                self._owner.pop(name, None)

    def give_back(self, agencies: Iterable[Agency]) -> None:
        """Let agencies wait again whose process has died."""
        for agency in agencies:
            self.end(agency.id)
            self._new.appendleft(agency)

    def _settle(self) -> None:
        for agency in list(self._first(_LOOK_AHEAD)):
            if self._alone or all(":" in host or self._book.is_settled(host) for host in self._hosts[agency.id]):
                self._new.remove(agency)
                key = next(iter(self._servers(agency).values()))
                self._listed[key] += 1
                self._ready.setdefault(key, deque()).append(agency)

    def _first(self, count: int) -> Iterator[Agency]:
        for _, agency in zip(range(count), self._new, strict=False):
            yield agency

    def _servers(self, agency: Agency) -> dict[str, str]:
        """The server of each host: a host and its www form are one, and so are all hosts on one address. A pair that
        was opened on purpose is a server of its own."""
        found: dict[str, str] = {}
        for host in self._hosts[agency.id]:
            if ":" in host or host in self._local:
                found[host] = host
                continue
            bare = host.removeprefix("www.")
            name = self._slots.setdefault(bare, self._book.found.get(host, bare))
            found[bare] = found[f"www.{bare}"] = name
        return found


def agency_hosts(agency: Agency, local: frozenset[str]) -> tuple[str, ...]:
    """Return the hosts of an agency's addresses; pairs that were opened on purpose with their port."""
    return tuple(dict.fromkeys(_place(url, local) for url in (agency.url, *agency.also)))


def _place(url: str, local: frozenset[str]) -> str:
    where = netloc(url)
    return where if where in local else (urlsplit(url).hostname or "").lower()


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
