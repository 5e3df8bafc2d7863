"""No packet leaves the browser by any road, and no page takes more memory than a browser may have."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from core.models.snapshot import RenderFailure
from crawler.rendering.browser import BrowserRequest, BrowserResponse, RenderedPage, Renderer, find_browser
from crawler.rendering.isolation import Isolation, process_tree, without_network
from tests.crawler.rendering.processes import command_of

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(not find_browser(), reason="no chromium on this machine"),
]
TEXT = "<h1>OIT</h1>" + "ข่าว " * 80


@contextmanager
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """A TCP and a UDP port of this machine that nobody may reach, and what came there."""
    heard: list[bytes] = []
    tcp = socket.create_server(("127.0.0.1", 0))
    port = tcp.getsockname()[1]
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", port))

    def listen() -> None:
        while True:
            try:
                connection, _ = tcp.accept()
            except OSError:
                return
            heard.append(b"tcp")
            connection.close()

    def receive() -> None:
        while True:
            try:
                heard.append(udp.recv(2000))
            except OSError:
                return

    for work in (listen, receive):
        threading.Thread(target=work, daemon=True).start()
    try:
        yield port, heard
    finally:
        # Closing alone would leave who waits on them waiting.
        for each in (tcp, udp):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


ROADS = """
const kept = [];
const go = work => { try { const p = work(); if (p && p.catch) p.catch(() => {}); kept.push(p) } catch (e) {} };
const peer = W => { for (const u of ["stun:127.0.0.1:PORT", "turn:127.0.0.1:PORT?transport=tcp"]) {
    const pc = new W.RTCPeerConnection({iceServers: [{urls: u, username: "a", credential: "b"}]});
    pc.createDataChannel("x"); pc.createOffer().then(o => pc.setLocalDescription(o)); kept.push(pc) } };
go(() => peer(window));
const frame = document.createElement("iframe"); document.body.append(frame);
go(() => peer(frame.contentWindow));
go(() => new WebSocket("ws://127.0.0.1:PORT/"));
go(() => new Worker(URL.createObjectURL(new Blob(['new WebSocket("ws://127.0.0.1:PORT/"); fetch("http://127.0.0.1:PORT/w")']))));
go(() => navigator.serviceWorker.register("/sw.js"));
go(() => navigator.sendBeacon("http://127.0.0.1:PORT/beacon", "x"));
go(() => new WebTransport("https://127.0.0.1:PORT/").ready);
go(() => new EventSource("http://127.0.0.1:PORT/events"));
for (const [rel, as] of [["dns-prefetch", ""], ["preconnect", ""], ["prefetch", ""], ["prerender", ""],
    ["preload", "image"], ["modulepreload", ""], ["manifest", ""], ["icon", ""]]) {
    const link = document.createElement("link"); link.rel = rel; if (as) link.as = as;
    link.href = "http://127.0.0.1:PORT/" + rel; document.head.append(link) }
const rules = document.createElement("script"); rules.type = "speculationrules";
rules.textContent = JSON.stringify({prerender: [{source: "list", urls: ["http://127.0.0.1:PORT/spec"]}],
    prefetch: [{source: "list", urls: ["http://127.0.0.1:PORT/spec2"]}]});
document.head.append(rules);
const a = document.createElement("a"); a.href = "#x"; a.ping = "http://127.0.0.1:PORT/ping"; document.body.append(a);
a.click();
const d = document.createElement("a"); d.href = "http://127.0.0.1:PORT/file"; d.download = "x"; document.body.append(d);
d.click();
setTimeout(() => document.getElementById("root").innerHTML = "TEXT", 2500);
"""


async def refuse(asked: BrowserRequest) -> BrowserResponse | None:
    return None


def render(script: str, seconds: float = 12.0) -> RenderedPage | RenderFailure:
    body = f"<meta charset=utf-8><div id=root></div><script>{script}</script>".encode()

    async def work() -> RenderedPage | RenderFailure:
        renderer = Renderer(find_browser(), seconds, "oit/test")
        try:
            return await renderer.render("http://a.go.th/", body, "text/html; charset=utf-8", refuse)
        finally:
            await renderer.close()

    return asyncio.run(work())


@pytest.mark.parametrize("has_namespace", [True, False])
def test_no_packet_leaves_the_browser(has_namespace: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_namespace:
        monkeypatch.setattr("crawler.rendering.isolation.without_network", lambda: ())
    elif not without_network():
        pytest.skip("this system allows no network namespace")
    with canary() as (port, heard):
        seen = render(ROADS.replace("PORT", str(port)).replace("TEXT", TEXT))
        assert isinstance(seen, RenderedPage)
        assert "ข่าว" in seen.html
        assert heard == []


@pytest.mark.parametrize(
    "script",
    [
        "const k=[];const f=()=>{for(let i=0;i<4;i++){const b=new Uint8Array(64<<20);b.fill(i+1);k.push(b)}"
        "setTimeout(f,10)};f()",
        "for(let i=0;i<20;i++)new Worker(URL.createObjectURL(new Blob(['const k=[];setInterval(()=>"
        "{const b=new Uint8Array(32<<20);b.fill(7);k.push(b)},20)'])))",
    ],
    ids=["buffers", "workers"],
)
def test_a_page_that_fills_memory_is_ended(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Isolation] = []
    greatest = 0

    def isolate(executable: str, memory: int) -> Isolation:
        made.append(Isolation(executable, 600 << 20))
        return made[-1]

    async def look() -> None:
        nonlocal greatest
        while True:
            await asyncio.sleep(0.1)
            if made:
                greatest = max(greatest, sum(each.used_bytes() for each in made))

    async def work() -> RenderedPage | RenderFailure:
        renderer = Renderer(find_browser(), 20.0, "oit/test")
        looking = asyncio.ensure_future(look())
        try:
            body = f"<div id=root></div><script>{script}</script>".encode()
            return await renderer.render("http://a.go.th/", body, "text/html; charset=utf-8", refuse)
        finally:
            looking.cancel()
            await renderer.close()

    monkeypatch.setattr("crawler.rendering.browser.Isolation", isolate)
    assert isinstance(asyncio.run(work()), RenderFailure)
    assert 0 < greatest < 1_500 << 20


def test_the_starting_script_goes_with_the_browser(tmp_path: Path) -> None:
    isolation = Isolation("/bin/false")
    assert isolation.starter.exists()
    isolation.close()
    assert not isolation.starter.exists()
    assert isolation.used_bytes() == 0


PARENT = """import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()", "--type=zygote"], stdin=subprocess.PIPE)
print(child.pid, flush=True)
sys.stdin.read()"""


def test_a_dead_helper_is_missed_before_the_browser_reaps_it() -> None:
    """A browser that has other things to do leaves its dead as zombies for minutes."""
    isolation = Isolation("/bin/false")
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        (isolation.starter.parent / "pid").write_text(str(parent.pid))
        stat, command = (Path(f"/proc/{child}/{name}") for name in ("stat", "cmdline"))
        wait_until(lambda: b"--type=zygote" in command.read_bytes())
        assert not isolation.has_lost()
        os.kill(child, signal.SIGKILL)
        wait_until(lambda: b") Z " in stat.read_bytes())
        assert isolation.has_lost()
        asyncio.run(asyncio.wait_for(isolation.lost.wait(), 1.0))
    finally:
        parent.communicate()
        isolation.close()


THREADS = """import subprocess, sys, threading, time
def keep():
    print(subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()", "--type=zygote"]).pid, flush=True)
    time.sleep(100)
for n in range(1000):
    threading.Thread(target=time.sleep, args=(1 + n * 0.002,), daemon=True).start()
threading.Thread(target=keep, daemon=True).start()
sys.stdin.read()"""


def test_a_thread_that_ends_hides_no_process() -> None:
    """A browser's threads come and go while it is looked at; what the others started is there all the same."""
    isolation = Isolation("/bin/false")
    parent = subprocess.Popen([sys.executable, "-c", THREADS], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        (isolation.starter.parent / "pid").write_text(str(parent.pid))
        until = time.monotonic() + 2
        while time.monotonic() < until:
            assert child in process_tree(parent.pid)
            assert not isolation.has_lost()
    finally:
        parent.communicate()
        isolation.close()


@pytest.mark.parametrize(("hidden", "value"), [("process_tree", (os.getpid(),)), ("_command", b"")])
def test_a_helper_of_which_a_look_tells_nothing_is_not_lost(
    monkeypatch: pytest.MonkeyPatch, hidden: str, value: object
) -> None:
    """A thread that ends leaves its processes to another one, whose list may have been read by then; and the system
    takes the command of what is being killed some time before it is listed as dead."""
    isolation = Isolation("/bin/false")
    helper = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()", "--type=zygote"], stdin=-1)
    try:
        (isolation.starter.parent / "pid").write_text(str(os.getpid()))
        wait_until(lambda: b"--type=zygote" in Path(f"/proc/{helper.pid}/cmdline").read_bytes())
        assert not isolation.has_lost()
        with monkeypatch.context() as patched:
            patched.setattr(f"crawler.rendering.isolation.{hidden}", lambda pid: value)
            assert not isolation.has_lost()
        helper.kill()
        helper.wait()
        assert isolation.has_lost()
    finally:
        helper.communicate()
        isolation.close()


@pytest.mark.parametrize("helper", ["--type=zygote", "network.mojom.NetworkService"])
def test_a_page_that_waits_for_dead_helpers_is_drawn_anew_at_once(helper: str) -> None:
    deaths = 0

    async def kill(asked: BrowserRequest) -> BrowserResponse | None:
        nonlocal deaths
        if not deaths:
            victims = [pid for pid in process_tree(os.getpid()) if helper.encode() in command_of(pid)]
            deaths = len(victims)
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
        return BrowserResponse(200, {}, TEXT.encode())

    async def work() -> RenderedPage | RenderFailure:
        renderer = Renderer(find_browser(), 90.0, "oit/test")
        try:
            script = "fetch('/a').then(r => r.text()).then(t => document.getElementById('root').innerHTML = t)"
            body = f"<div id=root></div><script>{script}</script>".encode()
            return await renderer.render("http://a.go.th/", body, "text/html; charset=utf-8", kill)
        finally:
            await renderer.close()

    began = time.monotonic()
    drawn = asyncio.run(work())
    assert deaths
    assert isinstance(drawn, RenderedPage), drawn
    assert "ข่าว" in drawn.html
    assert time.monotonic() - began < 60


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
