"""What keeps the browser without a network and within memory, whatever a page's scripts try.

Its flags and the routing of requests leave roads open (WebRTC sends packets of its own), so it is started in a network
namespace that has no interface, where the system lets us make one. Memory is watched over all of its processes: what
scripts take outside of their heap (buffers, workers, WebAssembly, the document) no flag of the browser limits."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from core.processes import make_scratch

MEMORY = 1_200 << 20
"""Bytes that all processes of a browser may hold beyond what they share; two honest pages take a third of it."""
_RESERVED = 1 << 30
"""Bytes that a process of the browser asks the system for and never writes to: 600 MB in a small one."""
_PER_CORE = 16 << 20
"""Bytes for the stacks of its threads."""
DRIVER_MEMORY = 450 << 20
"""Bytes that the driver may hold; it has 80 MB of its own, and pages' messages pass through it."""
_LOOK_EVERY = 0.1
"""Seconds between looks; scripts were seen to take 800 MB a second."""
_WAYS = (("unshare", "--net"), ("unshare", "--user", "--map-current-user", "--net"))
_PROBE_SECONDS = 10.0
_HELPERS = (b"--type=zygote", b"network.mojom.NetworkService")
"""Marks of the processes that every page needs and that live as long as the browser."""
_DEAD = (b"Z", b"X", b"")
"""States of a process that runs no more, in its file of the system."""

SILENCED = """(() => {
    const gone = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCIceTransport', 'WebTransport',
        'WebSocketStream', 'TCPSocket', 'UDPSocket', 'EventSource', 'BackgroundFetchManager', 'PresentationRequest'];
    for (const name of gone) {
        try { Object.defineProperty(window, name, {value: undefined, writable: false, configurable: false}); } catch {}
    }
    try { Object.defineProperty(Navigator.prototype, 'sendBeacon', {value: () => false}); } catch {}
    // A socket that never opens: there is no network, and a page is told so at once.
    class WebSocket extends EventTarget {
        constructor(url) {
            super();
            this.url = String(url).slice(0, 2000);
            this.readyState = 3;
            setTimeout(() => { for (const kind of ['error', 'close']) {
                const event = kind === 'close' ? new CloseEvent('close', {code: 1006}) : new Event(kind);
                if (typeof this['on' + kind] === 'function') this['on' + kind](event);
                this.dispatchEvent(event);
            } }, 0);
        }
        send() {}
        close() {}
    }
    const states = {CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3};
    Object.assign(WebSocket, states);
    Object.assign(WebSocket.prototype, states);
    try { Object.defineProperty(window, 'WebSocket', {value: WebSocket}); } catch {}
    // What a page says to nobody would pass through the program that drives the browser.
    for (const name of Object.keys(console)) if (typeof console[name] === 'function') console[name] = () => {};
})()"""
"""Takes away what talks past the page's requests; for systems that allow no namespace."""


def without_network(which: Callable[[str], str | None] = shutil.which) -> tuple[str, ...]:
    """The command that starts a program without a network; empty where the system allows none."""
    for program, *options in _WAYS:
        path, probe = which(program), which("true")
        if path is None or probe is None:
            continue
        with suppress(OSError, subprocess.TimeoutExpired):
            done = subprocess.run([path, *options, probe], capture_output=True, timeout=_PROBE_SECONDS, check=False)
            if done.returncode == 0:
                return (path, *options)
    return ()


class Isolation:
    """How one browser is started, and the watch over its memory. A folder of its own holds the starting script."""

    def __init__(self, executable: str, memory: int = MEMORY) -> None:
        self._memory = memory
        self._folder = make_scratch()
        self._watching: asyncio.Task[None] | None = None
        self._helpers: set[int] = set()
        self.lost = asyncio.Event()
        """Set when a helper dies. Nothing else may ever tell: without them a page waits, and is told nothing."""
        self.starter = self._folder / "browser"
        self._told = self._folder / "pid"
        command = " ".join(_quoted(word) for word in (*without_network(), executable))
        # Looks come late on a busy machine: beyond this the system itself gives a process nothing more.
        bound = f"ulimit -d {(memory + _RESERVED + _PER_CORE * (os.cpu_count() or 1)) >> 10}"
        lines = ("#!/bin/sh", f"echo $$ > {_quoted(str(self._told))}", bound, f'exec {command} "$@"', "")
        self.starter.write_text("\n".join(lines), "utf-8")
        self.starter.chmod(0o700)

    def watch(self, driver: int = 0) -> None:
        """Begin to look at the memory and the helpers of the browser, from before it is started, and at the memory of
        the `driver` that stands between it and us."""
        self._watching = asyncio.ensure_future(self._watch(driver))

    def used_bytes(self) -> int:
        """Bytes that the browser's processes hold now."""
        return sum(self._sizes().values())

    def has_lost(self) -> bool:
        """Whether a helper of the browser died up to now. Pages of that moment got no answers; later ones may get
        none."""
        self._look_for_helpers(self._sizes())
        return self.lost.is_set()

    def _look_for_helpers(self, processes: Iterable[int]) -> None:
        # One that nobody has reaped is still listed, for as long as the browser has other things to do.
        now = {pid for pid in processes if _lives(pid)}
        # A look at the tree may miss one: a thread that ends leaves its processes to another, which was looked at.
        now |= {pid for pid in self._helpers - now if _lives(pid) and self._is_helper(pid)}
        if self._helpers - now:
            self.lost.set()
        # Read anew every time: a process that was just forked bears the name of who forked it for a moment.
        self._helpers = {pid for pid in now if self._is_helper(pid)}

    def _is_helper(self, pid: int) -> bool:
        command = _command(pid)
        # One that is being killed has lost its command before it is listed as dead.
        return any(mark in command for mark in _HELPERS) if command else pid in self._helpers

    def _sizes(self) -> dict[int, int]:
        try:
            browser = int(self._told.read_text())
        except (OSError, ValueError):
            return {}
        return {pid: _own_memory(pid) for pid in process_tree(browser)}

    def close(self) -> None:
        """Look no more."""
        if self._watching is not None:
            self._watching.cancel()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _watch(self, driver: int) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if driver and _own_memory(driver) > DRIVER_MEMORY:
                # What fills it comes from a page; which one, it does not tell.
                with suppress(OSError):
                    os.kill(driver, signal.SIGKILL)
                driver = 0
            sizes = self._sizes()
            self._look_for_helpers(sizes)
            if sum(sizes.values()) > self._memory:
                # The largest alone: the page that took it is lost, the browser and the other page are not.
                largest = max(sizes, key=lambda pid: sizes[pid])
                with suppress(OSError):
                    os.kill(largest, signal.SIGKILL)


def process_tree(root: int) -> tuple[int, ...]:
    """A process and all that it has started, as far as they live."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        tasks: list[Path] = []
        with suppress(OSError):
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
        for task in tasks:
            with suppress(OSError):  # a thread that has ended meanwhile; the others have theirs
                waiting += map(int, (task / "children").read_text().split())
    return tuple(found)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1] not in _DEAD
    except OSError:
        return False


def _command(pid: int) -> bytes:
    """What a process was started with; empty for one that has ended or is about to."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _own_memory(pid: int) -> int:
    """Bytes that a process holds and shares with no file; 0 for one that has ended."""
    try:
        resident, shared = map(int, Path(f"/proc/{pid}/statm").read_text().split()[1:3])
    except (OSError, ValueError):
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
