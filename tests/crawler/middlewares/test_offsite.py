"""Evidence in public stores outside the site: where an address leads, and real crawls to a store on loopback."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, ReadState, ResourceKind
from crawler.offsite.stores import FileHosts, FileHostsError, load_file_hosts
from reports.messages import thai
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, Site, serve

pytestmark = pytest.mark.timeout(120)
ID = "1AbC_dEf-GhIjKlMnOpQrStUvWxYz01"
DOCS = "https://docs.google.com"
BOX = "https://www.dropbox.com"
POINT = "https://moi-my.sharepoint.com/:b:/g/personal/x/Eabc?e=1"
SHARES = "https://api.onedrive.com/v1.0/shares"
DRIVE = f"https://drive.google.com/uc?export=download&id={ID}"
TABLE = """
- {{store: box, hosts: ['{host}'], path: '/file/(?P<id>\\w+)/view', direct: 'http://{host}/get?id={{id}}', shape: file}}
- {{store: box, hosts: ['{host}'], path: '/folder/.*', why: folder}}
- {{store: sites, hosts: ['{host}'], path: '/site/.*', direct: '{{url}}', shape: page}}
- {{store: short, hosts: ['{host}'], path: '/s/.*', direct: '{{url}}', shape: short}}
"""


@pytest.fixture(scope="module")
def stores() -> FileHosts:
    return load_file_hosts()


@pytest.mark.parametrize(
    ("url", "direct", "shape"),
    [
        (f"https://drive.google.com/file/d/{ID}/view?usp=sharing", DRIVE, "file"),
        (f"https://drive.google.com/file/u/1/d/{ID}/preview", DRIVE, "file"),
        (f"https://drive.google.com/open?id={ID}&usp=drive_copy", DRIVE, "file"),
        (f"https://drive.google.com/uc?id={ID}", DRIVE, "file"),
        (f"{DOCS}/document/d/{ID}/edit", f"{DOCS}/document/d/{ID}/export?format=pdf", "file"),
        (f"{DOCS}/spreadsheets/d/{ID}/edit?gid=0", f"{DOCS}/spreadsheets/d/{ID}/export?format=xlsx", "file"),
        (f"{DOCS}/presentation/d/{ID}/edit", f"{DOCS}/presentation/d/{ID}/export/pdf", "file"),
        ("https://sites.google.com/view/oit66", "https://sites.google.com/view/oit66", "page"),
        (f"{BOX}/s/abc/report.pdf?dl=0", f"{BOX}/s/abc/report.pdf?dl=1", "file"),
        (f"{BOX}/scl/fi/x/r.pdf?rlkey=k&dl=0", f"{BOX}/scl/fi/x/r.pdf?rlkey=k&dl=1", "file"),
        (POINT, f"{POINT}&download=1", "file"),
        ("https://1drv.ms/b/s!Abc", f"{SHARES}/u!aHR0cHM6Ly8xZHJ2Lm1zL2IvcyFBYmM/driveItem/content", "file"),
        ("https://bit.ly/3abc", "https://bit.ly/3abc", "short"),
    ],
)  # fmt: skip
def test_public_stores_are_known_by_their_download_form(stores: FileHosts, url: str, direct: str, shape: str) -> None:
    place = stores.recognise(url)
    assert place is not None
    assert (place.direct, place.shape, place.why) == (direct, shape, None)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"https://drive.google.com/drive/folders/{ID}?usp=sharing", "folder"),
        ("https://www.dropbox.com/scl/fo/x/y?rlkey=k", "folder"),
        ("https://1drv.ms/f/s!Abc", "folder"),
        ("https://docs.google.com/forms/d/e/x/viewform", "form"),
        ("https://www.facebook.com/agency", "social"),
        ("https://youtu.be/abc", "video"),
        ("https://issuu.com/agency/docs/plan", "viewer"),
        ("https://process.gprocurement.go.th/egp2procmainWeb/jsp/x", "system"),
        ("https://eplan.nacc.go.th/", "system"),
    ],
)
def test_what_cannot_be_had_is_known_with_its_reason_in_thai(stores: FileHosts, url: str, why: str) -> None:
    place = stores.recognise(url)
    assert place is not None
    assert (place.direct, place.why) == ("", why)
    assert thai().knows("why", why)


@pytest.mark.parametrize(
    "url",
    ["https://other.go.th/report.pdf", "https://drive.google.com.evil.example/file/d/x/view", "ftp://drive.google.com/x",
     "https://notdropbox.com/s/a/b.pdf", "https://[bad/x", "https://drive.google.com/"],
)  # fmt: skip
def test_everything_else_is_unknown(stores: FileHosts, url: str) -> None:
    assert stores.recognise(url) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: 1", "must be a list"), ("- {store: x, hosts: [a], why: y}", "entry 1: 'y' is not"),
     ("- {store: x, hosts: [a], path: '(', why: folder}", "entry 1"),
     ("- {store: x, hosts: [a]}", "needs either why"), ("- {store: x, host: [a], why: y}", "needs store and hosts")],
)  # fmt: skip
def test_a_faulty_table_is_told_with_its_entry(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "table.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FileHostsError, match=said):
        load_file_hosts(path)


def opened(folder: Path, site: Site, store: Site, **more: str) -> dict[str, str]:
    table = folder / "table.yaml"
    table.write_text(TABLE.format(host=f"127.0.0.1:{store.port}"), "utf-8")
    local = f"127.0.0.1:{site.port},127.0.0.1:{store.port}"
    return {"OIT_OFFSITE_TABLE": str(table), "OIT_LOCAL": local, **more}


def test_likely_evidence_in_a_store_is_read_once_and_never_followed(tmp_path: Path) -> None:
    text = Answer("รายงานผลการดำเนินงาน ประจำปีงบประมาณ".encode(), kind="text/plain")
    inside = {
        "/get?id=a": text,
        "/get?id=wall": page("<form><input type=password>เข้าสู่ระบบ</form>"),
        "/get?id=gone": Answer(b"", 404),
        "/s/1": Answer(b"", 302, {"Location": "/file/a2/view"}),
        "/get?id=a2": text,
        "/file/a/view": page("ดูไฟล์"),
        "/file/a2/view": page("ดูไฟล์"),
        "/s/2": Answer(b"", 302, {"Location": "/what"}),
        "/what": page("อะไร"),
        "/site/x": page("<p>หน้าใน Google Sites</p><a href=/file/deep/view>O9</a>"),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /get?id=secret", kind="text/plain"),
        "/get?id=secret": text,
    }
    with serve(inside) as store, serve({}) as site:
        files = [f"file/{name}/view" for name in ("a", "wall", "gone", "secret")]
        names = [*files, "folder/f", "s/1", "s/2", "site/x"]
        links = "".join(f"<li><a href='{store.url}{n}'>O{i} รายงาน</a></li>" for i, n in enumerate(names))
        site.answers |= {
            "/": page("<a href=/oit>OIT</a><a href=/news>ข่าว</a>"),
            "/oit": page(f"<h1>OIT</h1><ul>{links}</ul><a href=/jump>O20</a>"),
            "/news": page(f"<p>ข่าวประชาสัมพันธ์</p><a href='{store.url}file/party/view'>ภาพงานเลี้ยง</a>"),
            "/jump": Answer(b"", 302, {"Location": f"{store.url}file/a/view"}),
        }
        snapshot, _ = go(tmp_path, site.url, **opened(tmp_path, site, store))
        found = {r.url.removeprefix(store.url): r for r in snapshot.resources}
        jump = by_path(snapshot, site)["/jump"]
        assert store.asked["/get?id=a"] == 2  # once for the link, once for the site's own redirect
        assert not store.asked["/get?id=secret"]
        assert not store.asked["/get?id=deep"]
        assert not store.asked["/get?id=party"]
    good = found["file/a/view"]
    assert (good.outcome, good.kind, good.read_state) == (FetchOutcome.OK, ResourceKind.DOCUMENT, ReadState.READ)
    assert good.found_via == (site.url, f"{site.url}oit")
    assert good.final_url == f"{store.url}get?id=a"
    assert (jump.outcome, jump.final_url) == (FetchOutcome.OK, f"{store.url}get?id=a")
    assert found["s/1"].outcome is FetchOutcome.OK
    why = {name: found[name].detail for name in names if found[name].outcome is FetchOutcome.OFF_SITE}
    assert why == {
        "file/wall/view": "page",
        "file/gone/view": "not_found",
        "file/secret/view": "robots",
        "folder/f": "folder",
        "s/2": "unknown",
    }
    sites = found["site/x"]
    assert (sites.outcome, sites.read_state, sites.read_note) == (FetchOutcome.OK, ReadState.PARTIAL, "off-site")
    assert all(thai().knows("why", code) for code in why.values())
    assert snapshot.complete  # what lies outside does not make the site's own reading incomplete


def test_outside_fetches_have_a_budget_of_their_own(tmp_path: Path) -> None:
    text = Answer("รายงาน".encode(), kind="text/plain")
    with serve({f"/get?id={n}": text for n in range(6)}) as store, serve({}) as site:
        links = "".join(f"<a href='{store.url}file/{n}/view'>O{n} OIT</a>" for n in range(6))
        site.answers["/"] = page(f"<h1>OIT</h1>{links}")
        snapshot, _ = go(tmp_path, site.url, **opened(tmp_path, site, store, OIT_OFFSITE_FILES="2"))
        outcomes = sorted((r.outcome.value, r.detail) for r in snapshot.resources if store.url in r.url)
        assert sum(store.asked[f"/get?id={n}"] for n in range(6)) == 2
    assert outcomes == [("off_site", "budget")] * 4 + [("ok", "")] * 2


def test_a_store_that_leads_to_a_private_address_is_not_followed(tmp_path: Path) -> None:
    with serve({"/secret": page("ลับ")}) as inner, serve({}) as store, serve({}) as site:
        store.answers["/get?id=x"] = Answer(b"", 302, {"Location": f"{inner.url}secret"})
        site.answers["/"] = page(f"<h1>OIT</h1><a href='{store.url}file/x/view'>O1 OIT</a>")
        snapshot, _ = go(tmp_path, site.url, **opened(tmp_path, site, store))
        assert not inner.asked
    left = next(r for r in snapshot.resources if store.url in r.url)
    assert (left.outcome, left.detail) == (FetchOutcome.OFF_SITE, "unsafe_address")


def test_an_owners_leave_for_his_site_is_none_for_a_store(tmp_path: Path) -> None:
    closed = Answer(b"User-agent: *\nDisallow: /", kind="text/plain")
    with serve({"/robots.txt": closed, "/get?id=x": Answer(b"x")}) as store, serve({"/robots.txt": closed}) as site:
        site.answers["/"] = page(f"<h1>OIT</h1><p>หน้าแรก</p><a href='{store.url}file/x/view'>O1 OIT</a>")
        agency = Agency("a", "ก", site.url, ignore_robots=True)
        snapshot, _ = go(tmp_path, site.url, agency=agency, **opened(tmp_path, site, store))
        assert not store.asked["/get?id=x"]
    assert snapshot.resources[0].outcome is FetchOutcome.OK
    assert next(r for r in snapshot.resources if store.url in r.url).detail == "robots"
