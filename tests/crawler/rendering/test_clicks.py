"""What a page opens when somebody clicks, in a real browser: nothing is known of the libraries that sites use."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote, urlsplit

import pytest

from core.models.snapshot import Reading
from crawler.rendering.browser import BrowserRequest, BrowserResponse, RenderedPage, Renderer, find_browser
from documents.base import RENDERED_HTML, ReadLimits
from documents.html.reader import read_html

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(not find_browser(), reason="no chromium on this machine"),
]
SITE = "http://a.go.th/oit"
TEXT = "<p>" + "หน่วยงานเผยแพร่ข้อมูล " * 12 + "</p>"


def rendered(body: str, answers: dict[str, str] | None = None) -> tuple[RenderedPage, list[str]]:
    """The page after its clicks, and what it asked for."""
    asked: list[str] = []

    async def fetch(request: BrowserRequest) -> BrowserResponse:
        parts = urlsplit(request.url)
        key = f"{request.method} {parts.path}{'?' + parts.query if parts.query else ''}"
        asked.append(f"{key} {unquote(request.body.decode())}".strip())
        found = next((text for name, text in (answers or {}).items() if asked[-1].startswith(name)), None)
        kind = {"content-type": "text/html; charset=utf-8"}
        return BrowserResponse(404, {}, b"") if found is None else BrowserResponse(200, kind, found.encode())

    async def run() -> object:
        renderer = Renderer(find_browser(), 30.0, "oit/test")
        try:
            page = f"<html><body>{TEXT}{body}</body></html>".encode()
            return await renderer.render(SITE, page, "text/html; charset=utf-8", fetch, frozenset({"a.go.th"}))
        finally:
            await renderer.close()

    found = asyncio.run(run())
    assert isinstance(found, RenderedPage)
    return found, asked


def read(html: str) -> Reading:
    return read_html(html.encode(), SITE, RENDERED_HTML, ReadLimits())


def owned(page: Reading, label: str) -> list[str]:
    panes = {link.fragment for link in page.links if link.via == "pane" and link.label == label}
    return [
        link.url.removeprefix("http://a.go.th")
        for link in page.links
        if link.via == "a" and link.block >= 0 and panes & set(page.blocks[link.block].anchor.split())
    ]


def test_tabs_that_share_one_box_keep_what_each_of_them_showed() -> None:
    page, _ = rendered(
        """<ul><li class=t data-n=1>O1</li><li class=t data-n=2>O2</li><li>ก</li></ul><div id=box></div><script>
        document.addEventListener('click', e => { if (e.target.matches('.t'))
          fetch('/part?n=' + e.target.dataset.n).then(r => r.text()).then(t => box.innerHTML = t) });
        </script>""",
        {"GET /part?n=1": "<a href=/1.pdf>เปิด</a>", "GET /part?n=2": "<a href=/2.pdf>เปิด</a>"},
    )
    reading = read(page.html)
    assert (owned(reading, "O1"), owned(reading, "O2")) == (["/1.pdf"], ["/2.pdf"])


def test_tabs_by_their_order_own_what_a_click_shows() -> None:
    page, _ = rendered(
        """<ul><li class=tab>O1</li><li class=tab>O2</li></ul>
        <div class=body><a href=/1.html>เปิด</a></div><div class=body><a href=/2.html>เปิด</a></div><script>
        document.querySelectorAll('.tab').forEach((t, n) => t.addEventListener('click', () =>
          document.querySelectorAll('.body').forEach((b, m) => b.classList.toggle('active', n === m))))</script>"""
    )
    reading = read(page.html)
    assert (owned(reading, "O1"), owned(reading, "O2")) == (["/1.html"], ["/2.html"])


def test_load_more_is_clicked_and_a_script_that_moves_on_has_an_address() -> None:
    page, _ = rendered(
        """<ul id=l><li><a href=/1.html>O1</a></li></ul><button id=m>ดูเพิ่มเติม</button>
        <span onclick="location.href = '/view.php?id=' + 3 * 4">O12 แผน</span><script>let n = 1;
        m.onclick = () => { n++;
        l.insertAdjacentHTML('beforeend', `<li><a href=/${n}.html>O${n}</a></li>`); if (n > 3) m.remove() }</script>"""
    )
    found = [link.url for link in read(page.html).links]
    assert {"http://a.go.th/2.html", "http://a.go.th/3.html", "http://a.go.th/4.html"} <= set(found)
    assert ("http://a.go.th/view.php?id=12", "O12 แผน", "script") in [
        (link.url, link.label, link.via) for link in read(page.html).links
    ]
    assert page.moved == (("http://a.go.th/view.php?id=12", "O12 แผน"),)


def test_years_chosen_by_script_or_with_a_post_are_pages_of_their_own() -> None:
    years = "<option value=2567 selected>2567</option><option value=2566>2566</option>"
    by_script, _ = rendered(
        f"""<select onchange="fetch('/l?y=' + value).then(r => r.text()).then(t => l.innerHTML = t)">{years}</select>
        <div id=l><a href=/67.html>O1</a></div>""",
        {"GET /l?y=2566": "<a href=/66.html>O1</a>"},
    )
    with_post, asked = rendered(
        f"<form method=post action=/oit><select name=year onchange='this.form.submit()'>{years}</select></form>",
        {"POST /oit year=2566": "<h1>2566</h1><a href=/66.html>O1</a>"},
    )
    with_button, _ = rendered(
        f"<form method=post action=/oit><select name=year>{years}</select><button>ตกลง</button></form>",
        {"POST /oit year=2566": "<h1>2566</h1><a href=/66.html>O1</a>"},
    )
    assert "POST /oit year=2566" in asked
    for page in (by_script, with_post, with_button):
        assert "/66.html" in next(state.html for state in page.states if state.label == "2566")
    assert any("/67.html" in state.html for state in by_script.states)


def test_each_page_of_a_postback_list_is_asked_for_once() -> None:
    def listing(own: int) -> str:
        links = "".join(
            f"<a href=\"javascript:__doPostBack('gv','Page${n}')\">{n}</a> " for n in (own - 1, own + 1) if 0 < n < 5
        )
        return f"""<form method=post action=/oit id=f><input type=hidden name=__EVENTTARGET>
            <input type=hidden name=__EVENTARGUMENT><a href=/o{own}.html>O{own}</a>{links}</form><script>
            function __doPostBack(t, a) {{
              f.__EVENTTARGET.value = t; f.__EVENTARGUMENT.value = a; f.submit() }}</script>"""

    pages = {f"POST /oit __EVENTTARGET=gv&__EVENTARGUMENT=Page${n}": listing(n) for n in range(1, 5)}
    page, asked = rendered(listing(1), pages)
    seen = " ".join(state.html for state in page.states)
    assert all(f"/o{n}.html" in seen for n in (2, 3, 4))
    assert len(asked) == len(set(asked)) <= 4
    assert not page.exhausted


def test_what_a_postback_gives_in_a_window_of_its_own_is_taken() -> None:
    def button(n: int, more: str = "") -> str:
        return f"<a href=\"javascript:__doPostBack('lb{n}','')\" {more}>O{n} รายงาน</a>"

    new = "onclick=\"f.target='_blank'\""
    page, _ = rendered(
        f"""<form method=post action=/oit id=f><input type=hidden name=__EVENTTARGET>
        {button(1)} {button(2, "target=_blank")} {button(3, new)}</form><script>
        function __doPostBack(t, a) {{ f.__EVENTTARGET.value = t; f.submit() }}</script>""",
        {f"POST /oit __EVENTTARGET=lb{n}": f"%PDF-1.4 {n}" for n in (1, 2, 3)},
    )
    assert [(state.label, state.file) for state in page.states] == [
        (f"O{n} รายงาน", b"%%PDF-1.4 %d" % n) for n in (1, 2, 3)
    ]


def test_nothing_is_sent_by_clicking_and_nothing_idle_is_clicked() -> None:
    page, asked = rendered(
        """<form method=post action=/vote><input type=radio name=v value=1><button>โหวต</button></form>
        <form method=post action=/login><input name=u><input type=password name=p>
        <button onclick="this.form.submit()">เข้าสู่ระบบ</button></form>
        <a href="javascript:window.print()">พิมพ์</a><a href="javascript:history.back()">กลับ</a><button>เฉย ๆ</button>"""
    )
    assert asked == []
    assert (page.moved, page.states) == ((), ())
    assert "data-oit" not in page.html


def test_what_there_was_no_time_to_click_is_told() -> None:
    many = "".join(f"<b onclick='show({n})'>ข้อ {n}</b> " for n in range(60))
    page, _ = rendered(f"{many}<div id=box></div><script>function show(n) {{ box.innerText = n }}</script>")
    left = [link.label for link in read(page.html).links if link.via == "script"]
    assert left == [f"ข้อ {n}" for n in range(40, 60)]


def test_nodes_of_a_tree_that_are_all_called_alike_are_opened_level_by_level() -> None:
    def node(name: str, title: str) -> str:
        return f"<li><span class=plus data-node={name}>[+]</span> {title}<ul></ul></li>"

    groups = range(1, 4)
    answers = {f"GET /node?id=g{g}": node(f"i{g}1", "ข้อแรก") + node(f"i{g}2", "ข้อสอง") for g in groups}
    answers |= {f"GET /node?id=i{g}{n}": f"<li><a href=/{g}{n}.pdf>แผน</a></li>" for g in groups for n in (1, 2)}
    page, _ = rendered(
        "<ul>"
        + "".join(node(f"g{g}", f"กลุ่ม {g}") for g in groups)
        + """</ul><script>
        document.addEventListener('click', e => { if (e.target.className != 'plus') return;
          const x = e.target, u = x.parentNode.querySelector('ul');
          if (x.textContent == '[-]') { u.innerHTML = ''; x.textContent = '[+]'; return }
          fetch('/node?id=' + x.dataset.node).then(r => r.text()).then(t => {
            u.innerHTML = t; x.textContent = '[-]' }) });
        </script>""",
        answers,
    )
    found = {link.url.removeprefix("http://a.go.th/") for link in read(page.html).links}
    assert {f"{g}{n}.pdf" for g in groups for n in (1, 2)} <= found


def test_what_a_handler_above_it_waits_for_is_clicked_whatever_it_is() -> None:
    rows = "".join(f"<div><b>O{n}</b><div></div></div>" for n in range(1, 13))
    page, _ = rendered(
        f"""{"<p>ข่าว <i>วันนี้</i></p>" * 30}<div id=box>{rows}</div><script>
        box.addEventListener('click', e => {{ if (e.target.localName == 'b')
          e.target.nextSibling.innerHTML = '<a href=/' + e.target.textContent + '.pdf>เปิด</a>' }});
        document.addEventListener('click', () => 0)</script>"""
    )
    found = {link.url.removeprefix("http://a.go.th/") for link in read(page.html).links}
    assert {f"O{n}.pdf" for n in range(1, 13)} <= found


def test_what_is_only_tried_sends_nothing_and_is_told_where_it_would() -> None:
    page, asked = rendered(
        """<div id=box><i id=like>ถูกใจเรื่องนี้</i> <i id=save>จัดเก็บเรื่องนี้</i> <i id=more>ดูรายการทั้งหมด</i></div>
        <script>document.addEventListener('click', e => { const x = new XMLHttpRequest();
        if (e.target.id == 'like') fetch('/like', {method: 'POST'}).catch(() => 0);
        if (e.target.id == 'save') { x.open('POST', '/save'); x.send('1') }
        if (e.target.id == 'more') fetch('/more').then(r => r.text())
          .then(t => box.insertAdjacentHTML('beforeend', t)) })
        </script>""",
        {"GET /more": "<a href=/o1.pdf>O1</a>"},
    )
    assert asked == ["GET /more"]
    links = read(page.html).links
    assert {link.label for link in links if link.via == "script"} == {"ถูกใจเรื่องนี้", "จัดเก็บเรื่องนี้"}
    assert any(link.url.endswith("/o1.pdf") for link in links)


def test_an_empty_fold_and_a_radio_button_are_filled_with_events_of_their_own() -> None:
    page, _ = rendered(
        """<details id=f><summary>O1 โครงสร้าง</summary></details>
        <details><summary>ถาม</summary>ตอบ <a href=/q>q</a></details>
        <label><input type=radio name=r value=2>O2 ผู้บริหาร</label><div id=box></div>
        <p><i class=x title=O3></i></p><script>
        f.addEventListener('toggle', () => f.insertAdjacentHTML('beforeend', '<a href=/1.pdf>เปิด</a>'), {once: true});
        document.addEventListener('change', e => box.innerHTML = `<a href=/${e.target.value}.pdf>เปิด</a>`);
        document.querySelector('.x').addEventListener('click', e => e.target.outerHTML = '<a href=/3.pdf>เปิด</a>')
        </script>"""
    )
    found = {link.url.removeprefix("http://a.go.th/") for link in read(page.html).links}
    assert {"1.pdf", "2.pdf", "3.pdf"} <= found


def test_a_list_that_goes_on_when_its_end_is_seen() -> None:
    page, asked = rendered(
        "<ul id=u></ul><div style='height:3000px'></div><div id=s></div><script>new IntersectionObserver(e => {"
        "if (e[0].isIntersecting && !window.z) { z = 1; fetch('/more').then(r => r.text())"
        ".then(x => { u.innerHTML += x; }); } }).observe(s)</script>",
        {"GET /more": "<li><a href=/o13>O13</a></li>"},
    )
    assert asked == ["GET /more"]
    assert [link.url for link in read(page.html).links if link.label == "O13"] == ["http://a.go.th/o13"]


def test_a_next_button_is_pressed_until_it_gives_no_other_page() -> None:
    page, _ = rendered(
        """<ul id=list></ul><button id=next>ถัดไป</button><script>
        const pages = [[11, 12], [13, 21], [22, 36], [38, 40]]; let at = 0;
        const show = () => { list.innerHTML = pages[at].map(n => `<li><a href=/o${n}.html>O${n}</a></li>`).join('') };
        next.addEventListener('click', () => { if (at < pages.length - 1) { at++; show() } });
        show();</script>"""
    )
    htmls = [page.html, *(state.html for state in page.states)]
    assert all(any(f"/o{number}.html" in html for html in htmls) for number in (11, 13, 21, 22, 36, 38, 40))


def test_a_menu_that_is_filled_when_the_mouse_comes_is_read() -> None:
    body = """<div id=a>ข้อมูลเปิดเผย</div><div id=b></div><div id=c>รายงาน</div><div id=d></div><script>
        a.onmouseenter = () => fetch("/sub").then(r => r.text()).then(t => { b.innerHTML = t; });
        c.addEventListener("mouseover", () => { d.innerHTML = "<a href='/report'>รายงานประจำปี</a>"; });</script>"""
    page, _ = rendered(body, {"GET /sub": "<a href='/ita'>ITA</a>"})
    assert {"http://a.go.th/ita", "http://a.go.th/report"} <= {link.url for link in read(page.html).links}


def test_a_row_whose_handler_is_a_property_is_clicked() -> None:
    body = """<table><tr class=row><td>O13</td><td>รายงานผลการดำเนินงานประจำปี</td></tr></table><script>
        document.querySelector(".row").onclick = () => { location.href = "/files/" + "o13.pdf"; };</script>"""
    page, _ = rendered(body)
    assert "http://a.go.th/files/o13.pdf" in {address for address, _ in page.moved}


@pytest.mark.parametrize("anew", ["location.reload()", "location.search = '?i=1'"])
def test_a_page_that_gives_itself_a_cookie_is_loaded_again_with_it(anew: str) -> None:
    sent: list[str] = []

    async def fetch(request: BrowserRequest) -> BrowserResponse:
        sent.append(request.headers.get("cookie", ""))
        inside = f"<html><body>{TEXT}<a href=/ita>ITA</a></body></html>"
        return BrowserResponse(200, {"content-type": "text/html; charset=utf-8"}, inside.encode())

    async def run() -> object:
        renderer = Renderer(find_browser(), 30.0, "oit/test")
        wall = f'<script>document.cookie = "seen=1; path=/"; {anew};</script>'.encode()
        try:
            return await renderer.render(SITE, wall, "text/html", fetch, frozenset({"a.go.th"}))
        finally:
            await renderer.close()

    found = asyncio.run(run())
    assert isinstance(found, RenderedPage)
    assert sent == ["seen=1"]
    assert "http://a.go.th/ita" in {link.url for link in read(found.html).links}


def test_a_click_that_leads_to_another_query_is_no_wall() -> None:
    body = '<script>document.cookie = "seen=1; path=/"</script>'
    body += "<button onclick=\"location.search = '?y=2565'\">2565</button>"
    page, asked = rendered(f"{TEXT}{body}")
    assert any(address.endswith("/oit?y=2565") for address, _ in page.moved)
    assert not asked


def test_a_page_that_loads_itself_again_and_again_is_loaded_again_once() -> None:
    loop = '<script>document.cookie = "n=" + Date.now(); location.reload();</script>'
    page, asked = rendered(loop, {"GET /oit": f"<html><body>{TEXT}{loop}</body></html>"})
    assert len(asked) <= 1
    assert page.html


def test_rows_that_a_choice_takes_away_stay_rows() -> None:
    page, _ = rendered(
        """<select id=y><option value=2566 selected>2566</option><option value=2565>2565</option></select>
        <table><tbody id=t></tbody></table><script>
        const rows = n => '<tr><td>O' + n + '</td><td>แผน</td><td><a href=/' + n + '.pdf>เปิด</a></td></tr>';
        t.innerHTML = rows(1) + rows(2); y.onchange = () => { t.innerHTML = '' }</script>"""
    )
    cells = [block for block in read(page.html).blocks if block.table is not None]
    assert [(cell.row, cell.text) for cell in cells if cell.text.startswith("O")] == [(0, "O1"), (1, "O2")]
