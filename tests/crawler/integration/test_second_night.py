"""The night after: nothing sent twice that need not be, and a site that is gone keeps what it had."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checklist.assess import assess
from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.snapshot import FetchOutcome
from crawler.links.sitemap import MAX_ADDRESSES, addresses, in_robots
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(120)
DAY = "Tue, 07 Mar 2023 03:00:00 GMT"


def test_no_body_is_sent_twice_where_the_site_can_tell(tmp_path: Path) -> None:
    text = "ข้อ,รายการ\n1,รายงานประจำปี\n".encode()
    answers = {
        "/": Answer(page("<a href=/a>ก</a><a href=/b.csv>ข</a><a href=/c>ค</a>").body, etag='"home"'),
        "/a": Answer(page("เนื้อหา").body, modified=DAY),
        "/b.csv": Answer(text, kind="text/csv", etag='"b"', modified=DAY),
        "/c": Answer(page("ไม่บอกอะไร").body),
    }
    with serve(answers) as site:
        first, _ = go(tmp_path, site.url)
        second, _ = go(tmp_path, site.url)
        third, _ = go(tmp_path, site.url)
    sent = {path: site.sent[path] for path in answers}
    assert sent == {"/": 1, "/a": 1, "/b.csv": 1, "/c": 3}  # what has no validator can only be sent again
    plain = [sorted((replace(r, fetched=None) for r in s.resources), key=str) for s in (first, second, third)]
    assert plain[0] == plain[1] == plain[2]
    assert third.complete


def test_a_changed_page_is_read_again_and_leads_on(tmp_path: Path) -> None:
    with serve({"/": Answer(page("เก่า").body, etag='"1"')}) as site:
        go(tmp_path, site.url)
        site.answers["/"] = Answer(page("ใหม่ <a href=/new>O12</a>").body, etag='"2"')
        site.answers["/new"] = page("รายงาน")
        second, _ = go(tmp_path, site.url)
    assert second.resources[0].blocks[0].text.startswith("ใหม่")
    assert by_path(second, site)["/new"].outcome is FetchOutcome.OK


def test_a_page_that_vanished_is_not_remembered_as_there(tmp_path: Path) -> None:
    with serve({"/": page("<a href=/a>O12</a>"), "/a": Answer(page("รายงาน").body, etag='"1"')}) as site:
        go(tmp_path, site.url)
        del site.answers["/a"]
        second, _ = go(tmp_path, site.url)
    assert by_path(second, site)["/a"].outcome is FetchOutcome.NOT_FOUND


def test_a_site_that_is_gone_keeps_last_nights_snapshot(tmp_path: Path, shipped: Rules) -> None:
    with serve({"/": page("<h1>O1 โครงสร้าง</h1><a href=/a>O2</a>"), "/a": page("ผู้บริหาร")}) as site:
        first, _ = go(tmp_path, site.url)
    second, _ = go(tmp_path, site.url)
    assert (first.stale, second.stale) == (False, True)
    assert second.resources == first.resources
    assert second.started == first.started
    edition = shipped.newest
    day = date(edition.year - 543, 6, 1)
    then = assess(first, edition, day, dict(shipped.lexicon))
    now = assess(second, edition, day, dict(shipped.lexicon))
    assert [v.status for v in now.verdicts] == [v.status for v in then.verdicts]
    assert now.crawl.stale
    assert any(note.code == "stale" for note in now.notes)


def test_a_site_that_was_never_read_has_no_gaps(tmp_path: Path, shipped: Rules) -> None:
    with serve({}) as site:
        pass
    snapshot, _ = go(tmp_path, site.url)
    edition = shipped.newest
    found = assess(snapshot, edition, date(edition.year - 543, 6, 1), dict(shipped.lexicon))
    statuses = {v.status for v in found.verdicts}
    assert statuses <= {ItemStatus.UNCHECKED, ItemStatus.NOT_DUE, ItemStatus.EXEMPT}
    assert found.crawl.home_outcome is FetchOutcome.REFUSED


# ------------------------------------------------------------------------------------- sitemaps


def listing(*urls: str, kind: str = "urlset") -> bytes:
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{kind}>'.encode()


def test_sitemaps_lead_to_what_no_page_links(tmp_path: Path) -> None:
    with serve({"/": page("หน้าแรก")}) as site:
        at = site.url.rstrip("/")
        site.answers["/robots.txt"] = Answer(f"User-agent: *\nSitemap: {at}/maps/all.xml\n".encode(), kind="text/plain")
        site.answers["/maps/all.xml"] = Answer(
            listing(f"{at}/maps/one.xml.gz", f"{at}/maps/all.xml", kind="sitemapindex"), kind="application/xml"
        )
        packed = gzip.compress(listing(f"{at}/hidden1", f"{at}/o.php?a=1&amp;b=2", "http://10.0.0.1/x"))
        site.answers["/maps/one.xml.gz"] = Answer(packed, kind="application/gzip")
        site.answers["/sitemap.xml"] = Answer(listing(f"{at}/hidden2"), kind="application/xml")
        for path in ("/hidden1", "/hidden2", "/o.php?a=1&b=2"):
            site.answers[path] = page(f"ซ่อน {path}")
        snapshot, _ = go(tmp_path, site.url)
    assert set(by_path(snapshot, site)) == {"/", "/hidden1", "/hidden2", "/o.php?a=1&b=2"}
    assert all(r.outcome is FetchOutcome.OK for r in snapshot.resources)


def test_sitemaps_of_every_sort() -> None:
    assert addresses(b"") == ((), False)
    assert addresses(b"\x1f\x8bbroken") == ((), False)
    assert addresses(b"<ns:loc><![CDATA[https://a.go.th/x]]></ns:loc>") == (("https://a.go.th/x",), False)
    many = b"".join(b"<loc>https://a.go.th/%d</loc>" % n for n in range(5000))
    assert len(addresses(many)[0]) == MAX_ADDRESSES
    assert len(addresses(gzip.compress(b"<loc>https://a.go.th/1</loc>" + b" " * 100_000_000))[0]) == 1
    assert in_robots(b"User-agent: *\nsitemap:https://a.go.th/s.xml\nSitemap: javascript:x\n") == (
        "https://a.go.th/s.xml",
    )


# ------------------------------------------------------------------------------------- soft 404, unsafe redirects


def test_sites_that_answer_files_and_folders_alike_have_none(tmp_path: Path) -> None:
    def answer(path: str) -> Answer | None:
        if path.endswith((".pdf", ".php")):
            return page("<h1>สำนักงานของเรา</h1><p>กรุณาเลือกเมนู</p>")
        return page("<h1>ขออภัยในความไม่สะดวก หน้านี้ย้ายแล้ว</h1>") if path.count("/") > 1 else None

    home = page("<a href=/r.pdf>O12</a><a href=/x/y>O13</a><a href=/good.php>O14</a>")
    with serve({"/": home, "/good.php": page("<h1>รายงาน</h1>" + "ข้อความ " * 40)}, endless=answer) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = {path: r.outcome for path, r in by_path(snapshot, site).items()}
    assert found == {
        "/": FetchOutcome.OK,
        "/r.pdf": FetchOutcome.SOFT_404,
        "/x/y": FetchOutcome.SOFT_404,
        "/good.php": FetchOutcome.OK,
    }


def test_no_redirect_leads_into_the_machine(tmp_path: Path) -> None:
    with serve({"/": page("ความลับ")}) as inner:
        port = inner.port
        targets = [
            f"http://127.0.0.1:{port}/",
            f"http://localhost:{port}/",
            f"http://127.1:{port}/",
            f"http://2130706433:{port}/",
            f"http://0x7f000001:{port}/",
            f"http://0177.0.0.1:{port}/",
            f"http://0x7f.0.0.1:{port}/",
            f"http://[::1]:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/",
            f"http://[::ffff:7f00:1]:{port}/",
            f"http://0.0.0.0:{port}/",
            f"http://127.0.0.1.:{port}/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/x",
            "data:text/html,x",
            "http://169.254.169.254/latest/",
            f"http://user@127.0.0.1:{port}/",
            "http://10.0.0.1/",
        ]
        answers = {f"/r{n}": Answer(status=302, headers={"Location": to}) for n, to in enumerate(targets)}
        answers["/"] = page("".join(f"<a href=/r{n}>{n}</a>" for n in range(len(targets))) + "<a href=/good>O1</a>")
        answers["/good"] = page("ดี")
        with serve(answers) as site:
            snapshot, _ = go(tmp_path, site.url)
            found = {path: r.outcome for path, r in by_path(snapshot, site).items()}
        assert not inner.asked
    assert found.pop("/") is found.pop("/good") is FetchOutcome.OK
    schemes = {f"/r{n}" for n, to in enumerate(targets) if not to.startswith("http")}
    assert {path for path, outcome in found.items() if outcome is not FetchOutcome.UNSAFE_ADDRESS} <= schemes
    assert all(found[path] is not FetchOutcome.OK for path in schemes)
