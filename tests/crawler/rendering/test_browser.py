"""Pages that only exist after their scripts ran, in a real browser over loopback sockets; and what the browser
must not reach."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from core.models.snapshot import FetchOutcome, ReadState, RenderFailure, StopReason
from crawler.rendering.browser import BrowserRequest, BrowserResponse, RenderedPage, Renderer, find_browser
from crawler.rendering.isolation import process_tree
from documents.base import ReadLimits
from documents.html.reader import read_html
from reports.messages import thai
from tests.crawler.rendering.processes import command_of
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(120)
needs_browser = pytest.mark.skipif(not find_browser(), reason="no chromium on this machine")
LIST = "[" + ",".join(f'{{"t":"O{n} รายงานข้อที่ {n} ของหน่วยงานประจำปีงบประมาณ","u":"/o{n}"}}' for n in range(1, 6)) + "]"
APP = page(
    """<div id="app"></div><script src="/app.js"></script><script>
    fetch('/api/list').then(r => r.json()).then(show)</script>"""
)
SHOW = Answer(
    b"""function show(list) { document.getElementById('app').innerHTML =
    '<h1>OIT</h1><ul>' + list.map(x => `<li><a href="${x.u}">${x.t}</a></li>`).join('') + '</ul>'; }""",
    kind="text/javascript",
)
DATA = Answer(LIST.encode(), kind="application/json")


def read(body: str) -> tuple[str, ReadState]:
    reading = read_html(f"<html><body>{body}</body></html>".encode(), "https://a.go.th/", "text/html", ReadLimits())
    return reading.note, reading.state


TEXT = "<h1>การเปิดเผยข้อมูลสาธารณะ</h1><p>" + "หน่วยงานเผยแพร่ข้อมูลตามแบบตรวจ " * 12 + "</p><a href=/a>ก</a>" * 4


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("<div id=root></div><script src=a.js></script>", "script-only"),
        ("<noscript>You need to enable JavaScript.</noscript><script src=a.js></script>", "script-only"),
        (TEXT + "<div id=app></div><script type=module src=a.js></script>", "script-filled"),
        (TEXT + "<table><tr><td>กำลังโหลดข้อมูล...</td></tr></table><script src=a.js></script>", "script-filled"),
        (TEXT + "<main-menu></main-menu><script src=menu.js></script>", "script-filled"),
        (
            TEXT + "<table id=t><thead><tr><th>ข้อ</th></tr></thead><tbody></tbody></table>"
            "<script>fetch('/l').then(r=>r.json()).then(l=>l.map(x=>$('#t tbody').append('<tr>'+x)))</script>",
            "script-filled",
        ),
        # What many static sites have does not call for a browser.
        (TEXT + "<script src=jquery.js></script><script>gtag('config')</script>", ""),
        ("<div id=preloader><div>Loading...</div></div>" + TEXT + "<script>$('#preloader').hide()</script>", ""),
        (TEXT + "<span id=clock></span><script>document.getElementById('clock').innerHTML=new Date()</script>", ""),
        (TEXT + "<div id=n></div><script>fetch('/hit').then(r=>r.text()).then(t=>$('#n').text(t))</script>", ""),
        (TEXT + "<noscript><img src=pixel.gif></noscript><script>var a=1</script>", ""),
        (TEXT + "<a href=/f/1.pdf>1</a><a href=/f/2.pdf>2</a><a href=/f/3.pdf>3</a>"
         "<script>open=['/f/1.pdf','/f/2.pdf','/f/3.pdf']</script>", ""),
        (TEXT + "<div id=app></div>", ""),
    ],
)  # fmt: skip
def test_pages_that_scripts_fill_are_told_from_static_ones(body: str, note: str) -> None:
    states = {"script-only": ReadState.UNREAD, "script-filled": ReadState.PARTIAL, "": ReadState.READ}
    assert read(body) == (note, states[note])


@needs_browser
def test_a_list_that_scripts_write_is_read_and_followed(tmp_path: Path) -> None:
    answers = {
        "/": Answer(APP.body, etag='"same"'),
        "/app.js": SHOW,
        "/api/list": DATA,
        "/logo.png": Answer(b"x", kind="image/png"),
    }
    answers |= {f"/o{n}": page(f"<h1>O{n}</h1><p>หลักฐานข้อ {n}</p>") for n in range(1, 6)}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
        new = LIST.replace("รายงานข้อที่ 3", "ประกาศใหม่").encode()
        asked = site.asked["/"]
        site.answers["/api/list"] = Answer(new, kind="application/json")
        second, _ = go(tmp_path, site.url)
    assert asked == 1  # what was fetched already is not fetched again for the browser
    home = found["/"]
    assert (home.outcome, home.read_state, home.detail) == (FetchOutcome.OK, ReadState.READ, "rendered")
    assert "O3 รายงานข้อที่ 3 ของหน่วยงานประจำปีงบประมาณ" in [b.text for b in home.blocks]
    assert all(found[f"/o{n}"].found_via == (site.url,) for n in range(1, 6))
    assert snapshot.complete
    # The shell is the same the next night, what its scripts fetch is not.
    assert any("ประกาศใหม่" in b.text for b in second.resources[0].blocks)


def test_without_a_browser_the_page_is_unread_and_the_crawl_incomplete(tmp_path: Path) -> None:
    with serve({"/": page("<a href=/oit>OIT</a>" + "คำ " * 60), "/oit": APP}) as site:
        snapshot, _ = go(tmp_path, site.url, OIT_BROWSER="")
        found = by_path(snapshot, site)
    assert (found["/oit"].read_state, found["/oit"].read_note) == (ReadState.UNREAD, "script-only")
    assert found["/oit"].detail == "no-browser"
    assert all(thai().knows("drawing", why) for why in ("no-browser", "no-start", "timeout", "crashed", "budget"))
    assert (snapshot.complete, snapshot.stopped_by) == (False, "scripts")


@needs_browser
def test_an_applications_routes_are_pages_and_its_not_found_is_none(tmp_path: Path) -> None:
    app = """const shown = {
        '': '<h1>หน่วยงาน</h1><a href="#/oit">OIT</a><a href="/lost">หาย</a>' + '<p>ยินดีต้อนรับ</p>'.repeat(20),
        '#/oit': '<h1>OIT</h1><p>O1 โครงสร้างหน่วยงาน</p>' + '<p>รายละเอียด</p>'.repeat(20) };
    export const draw = () => { document.getElementById('root').innerHTML =
        (location.pathname === '/' && shown[location.hash]) || '<h1>404</h1>' + '<p>ไม่พบหน้านี้</p>'.repeat(12) };"""
    module = "import('/draw.js').then(m => m.draw())"
    shell = page("<div id=root></div><script type=module src=/main.js></script>")
    scripts = {n: Answer(b.encode(), kind="text/javascript") for n, b in (("/main.js", module), ("/draw.js", app))}
    with serve({"/": shell, "/robots.txt": Answer(b"", 404), **scripts}, catch_all=shell) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert "O1 โครงสร้างหน่วยงาน" in [b.text for b in found["/#/oit"].blocks]
    assert any(link.url == f"{site.url}#/oit" for link in found["/"].links)
    assert found["/lost"].outcome is FetchOutcome.SOFT_404


@needs_browser
def test_a_list_that_did_not_come_is_not_an_empty_list(tmp_path: Path) -> None:
    def listing(source: str) -> Answer:
        return page(
            f"<h1>OIT</h1><p>{'รายการเปิดเผยข้อมูล ' * 20}</p><ul id=list></ul><script>fetch('{source}')"
            ".then(r => r.json()).then(l => l.map(x => document.getElementById('list').innerHTML += '<li>' + x.t))"
            ".catch(e => 0)</script>"
        )

    home = page("<a href=/shut>ก</a><a href=/none>ข</a><a href=/waits>ค</a>" + "คำ " * 60)
    waits = page(
        "<div id=root></div><script>document.getElementById('root').innerHTML = '<p>"
        + "คำ " * 80
        + "</p><ul><li>กำลังโหลด...</li></ul>'</script>"
    )
    answers = {
        "/": home,
        "/shut": listing("/api"),
        "/api": Answer(b"", 403),
        "/none": listing("/empty"),
        "/empty": Answer(b"[]", kind="application/json"),
        "/waits": waits,
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert (found["/shut"].read_state, found["/shut"].read_note) == (ReadState.PARTIAL, "script-filled")
    assert (found["/waits"].read_state, found["/waits"].read_note) == (ReadState.PARTIAL, "script-filled")
    assert (found["/none"].read_state, found["/none"].read_note) == (ReadState.READ, "")
    assert snapshot.stopped_by == StopReason.SCRIPTS


@needs_browser
def test_only_so_many_pages_are_rendered(tmp_path: Path) -> None:
    home = page("<a href=/a>ก</a><a href=/b>ข</a>" + "คำ " * 60)
    with serve({"/": home, "/a": APP, "/b": APP, "/app.js": SHOW, "/api/list": DATA}) as site:
        snapshot, _ = go(tmp_path, site.url, OIT_RENDER_PAGES="1")
        details = sorted(r.detail for r in snapshot.resources if r.detail in ("rendered", "budget"))
    assert details == ["budget", "rendered"]
    assert snapshot.stopped_by == StopReason.SCRIPTS


@needs_browser
def test_the_browser_reaches_nothing_that_the_crawler_may_not(tmp_path: Path) -> None:
    with serve({"/secret": page("ความลับ"), "/ws": Answer(b"")}) as inner:
        host = f"127.0.0.1:{inner.port}"
        attack = f"""<div id=root></div><script>
        const out = [], root = document.getElementById('root');
        const say = t => {{ root.innerText = out.join('|') + ' ข้อความ'.repeat(40) }};
        const work = new Worker(URL.createObjectURL(new Blob([`
            fetch('http://{host}/secret').then(r=>r.text()).then(t=>postMessage(t)).catch(e=>postMessage('no'));
            try {{ new WebSocket('ws://{host}/ws') }} catch (e) {{}}`])));
        work.onmessage = e => {{ out.push(e.data); say() }};
        try {{ new SharedWorker(URL.createObjectURL(new Blob([`fetch('http://{host}/secret')`]))) }} catch (e) {{}}
        try {{ new WebSocket('ws://{host}/ws') }} catch (e) {{}}
        try {{ new EventSource('http://{host}/secret') }} catch (e) {{}}
        try {{ new RTCPeerConnection({{iceServers: [
            {{urls: 'turn:{host}?transport=tcp', username: 'a', credential: 'b'}}]}}).createDataChannel('x')
        }} catch (e) {{}}
        navigator.sendBeacon('http://{host}/secret', 'x');
        new Image().src = 'http://{host}/secret';
        const frame = document.createElement('iframe'); frame.src = 'http://{host}/secret'; document.body.append(frame);
        const link = document.createElement('link'); link.rel = 'prefetch'; link.href = 'http://{host}/secret';
        document.head.append(link);
        window.open('http://{host}/secret');
        for (const u of ['http://{host}/secret', 'http://localhost:{inner.port}/secret', '/jump', 'file:///etc/passwd',
                         'http://[::1]:{inner.port}/secret', 'http://[::ffff:127.0.0.1]:{inner.port}/secret'])
          fetch(u).then(r => r.text()).then(t => {{ out.push(t); say() }}).catch(e => {{ out.push('no'); say() }});
        setTimeout(() => location = 'http://{host}/secret', 600);
        </script>"""
        jump = Answer(b"", 302, {"Location": f"http://{host}/secret"})
        with serve({"/": page(attack), "/jump": jump}) as site:
            snapshot, _ = go(tmp_path, site.url)
        assert not inner.asked
    home = snapshot.resources[0]
    assert home.detail == "rendered"
    text = " ".join(b.text for b in home.blocks)
    assert "no" in text
    assert "ความลับ" not in text
    assert "root:" not in text


@needs_browser
def test_what_waits_for_a_click_is_opened_and_a_page_without_end_is_cut_off() -> None:
    fold = """<div id=root></div><script>
    const root = document.getElementById('root');
    root.innerHTML = ['ก','ข'].map(x => `<h3><button aria-expanded=false aria-controls=p${x}>หมวด ${x}</button></h3>`)
        .join('') + '<p>' + 'ข้อความ '.repeat(30) + '</p>';
    for (const b of root.querySelectorAll('button')) b.onclick = () => {
        root.querySelectorAll('.part').forEach(p => p.remove());
        const id = b.getAttribute('aria-controls');
        b.parentElement.insertAdjacentHTML('afterend', `<p class=part id=${id}><a href=/${id}>${id} เอกสาร</a></p>`);
    }</script>"""
    endless = "<div id=root></div><script>setInterval(() => document.body.append('คำ '.repeat(50)), 50)</script>"
    stuck = "<div id=root></div><script>for (;;) {}</script>"
    # What is asked for as a number is one, not a text of any length.
    liar = """<p>คำ</p><script>const long = 'x'.repeat(1e6);
    Object.defineProperty(HTMLElement.prototype, 'innerText', {get: () => ({length: long})});
    Object.defineProperty(Element.prototype, 'scrollHeight', {get: () => long})</script>"""

    async def run() -> list[RenderedPage | RenderFailure]:
        async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
            return None

        drawn = []
        for body, seconds in ((fold, 15.0), (endless, 7.0), (liar, 7.0), (stuck, 5.0)):
            renderer = Renderer(find_browser(), seconds, "oit/test")
            try:
                kind = "text/html; charset=utf-8"
                drawn.append(await renderer.render("http://a.go.th/", body.encode(), kind, fetch))
            finally:
                await renderer.close()
        return drawn

    folded, unsettled, told, hung = asyncio.run(run())
    assert isinstance(folded, RenderedPage)
    assert folded.html.split("<script")[0].count(" เอกสาร</a>") == 2
    assert isinstance(unsettled, RenderedPage)
    assert not unsettled.settled
    assert isinstance(told, RenderedPage)
    assert hung is RenderFailure.TIMEOUT


def test_a_browser_that_does_not_start_leaves_the_page_unread() -> None:
    async def run() -> RenderedPage | RenderFailure:
        async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
            return None

        return await Renderer("/bin/false", 3.0, "oit/test").render("http://a.go.th/", b"", "text/html", fetch)

    assert asyncio.run(run()) is RenderFailure.NO_START


@needs_browser
def test_a_start_that_failed_once_is_tried_again(tmp_path: Path) -> None:
    """A disk that is full for two seconds takes no page from the night."""
    starter = tmp_path / "browser"
    once = f"[ -e {tmp_path}/met ] || {{ touch {tmp_path}/met; exit 1; }}"
    starter.write_text(f'#!/bin/sh\n{once}\nexec {find_browser()} "$@"\n', "utf-8")
    starter.chmod(0o700)

    async def run() -> RenderedPage | RenderFailure:
        async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
            return None

        renderer = Renderer(str(starter), 6.0, "oit/test")
        try:
            return await renderer.render("http://a.go.th/", APP.body, "text/html; charset=utf-8", fetch)
        finally:
            await renderer.close()

    assert isinstance(asyncio.run(run()), RenderedPage)


@needs_browser
def test_who_gives_up_waiting_for_a_browser_leaves_none_behind() -> None:
    async def run() -> list[bytes]:
        async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
            return None

        renderer = Renderer(find_browser(), 6.0, "oit/test")
        for seconds in (0.3, 0.9):
            drawing = asyncio.ensure_future(renderer.render("http://a.go.th/", APP.body, "text/html", fetch))
            await asyncio.sleep(seconds)
            drawing.cancel()
            with suppress(asyncio.CancelledError):
                await drawing
        await renderer.close()
        left = [command_of(pid) for pid in process_tree(os.getpid())]
        return [command for command in left if b"run-driver" in command or b"--type=" in command]

    assert asyncio.run(run()) == []


@needs_browser
@pytest.mark.parametrize("deaths", [1, 2])
def test_a_page_whose_browser_was_killed_is_drawn_once_more(deaths: int) -> None:
    """Who dies once may have been killed by the page beside it; who dies twice is told to do so."""

    async def run() -> RenderedPage | RenderFailure:
        renderer, died = Renderer(find_browser(), 6.0, "oit/test"), 0

        async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
            nonlocal died
            if asked.url.endswith("/app.js") and died < deaths:
                died += 1
                for pid in process_tree(os.getpid())[1:]:
                    if b"chrom" in command_of(pid):
                        os.kill(pid, signal.SIGKILL)
                        break
            return None

        try:
            return await renderer.render("http://a.go.th/", APP.body, "text/html; charset=utf-8", fetch)
        finally:
            await renderer.close()

    drawn = asyncio.run(run())
    assert (drawn if isinstance(drawn, RenderFailure) else "drawn") == ("drawn" if deaths == 1 else "crashed")
