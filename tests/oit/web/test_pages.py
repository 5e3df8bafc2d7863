"""Every page answers, its numbers lead to their rows, and what a site wrote is only text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.models.assessment import ItemStatus, Reason, SubScore
from core.models.reasons import ReasonCode
from tests.factories import NIGHT
from tests.oit.web.conftest import Browser, Province, make_verdict

PAGES = ("/", "/costs", "/decisions", "/rows", "/item/O2", "/changes", "/due", "/runs", "/downloads", "/check",
         "/login",
         "/agency/land", "/agency/labour", "/agency/land/O2", "/agency/land/O3")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_its_links_lead_somewhere(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert '<html lang="th">' in page
    assert re.findall("<script[^>]*>", page) == (['<script src="/grid.js" defer>'] if path == "/" else [])
    assert " style=" not in page
    for link in sorted(set(re.findall(r'href="([/?][^"#]*)', page))):
        target = (path + link if link.startswith("?") else link).replace("&amp;", "&")
        answer = browser.client.get(target)
        assert answer.status_code in (200, 303), (path, target, answer.status_code)


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/style.css", "/api/agencies"])
def test_every_answer_is_sealed(browser: Browser, path: str) -> None:
    headers = browser.client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_front_page_names_who_is_not_ready_and_why_first(browser: Browser) -> None:
    page = browser.get("/")
    table = page[page.index('id="agencies"') : page.index('id="matrix"')]
    assert table.index("สำนักงานที่ดิน") < table.index("สำนักงานแรงงาน")
    assert '<a class="missing" href="/agency/land/O3">' in table
    assert "ยังไม่เคยตรวจ" in table
    assert '<a href="/rows?status=missing">1</a>' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ที่ดิน", {"land"}),
        ("?q=land", {"land"}),
        ("?q=<b>", set()),
        ("?status=review", {"land"}),
        ("?status=review&item=O1", set()),
        ("?why=unjudged", {"labour"}),
        ("?why=ready", set()),
        ("?sort=name", {"land", "labour"}),
        ("?sort=nonsense&page=99999999999", {"land", "labour"}),
        ("?page=x", {"land", "labour"}),
    ],
)
def test_the_list_can_be_searched_filtered_and_sorted(browser: Browser, query: str, found: set[str]) -> None:
    page = browser.get(f"/{query}")
    assert set(re.findall(r'<th scope="row"><a href="/agency/([a-z]+)"', page)) == found


def test_rows_of_a_status_are_those_that_the_number_counts(browser: Browser) -> None:
    page = browser.get("/rows?status=review")
    assert re.findall(r'href="/agency/land/(O\d)"', page) == ["O2"]
    assert re.findall(r'href="/agency/land/(O\d)"', browser.get("/rows")) == ["O3", "O2", "O1"]


def test_changes_since_a_day_are_told(small: Province, browser: Browser) -> None:
    with small.store() as store:
        place = ("O3", "")
        store.history.record("land", (2565, ""), {place: "complete"}, NIGHT - timedelta(days=3))
        store.history.record("land", (2565, ""), {place: "missing"}, NIGHT)
    page = browser.get("/changes?since=2022-04-28")
    assert "พบใหม่" in page
    assert 'href="/agency/land/O3"' in page
    assert 'href="/agency/land/O3"' not in browser.get("/changes?since=2022-04-30")
    assert browser.get("/changes?since=tomorrow")


def test_what_falls_due_is_told_with_the_days_left(small: Province, browser: Browser) -> None:
    late = make_verdict("O2", ItemStatus.NOT_DUE, due=NIGHT.date().replace(day=20))
    small.judge("land", late)
    page = browser.get("/due")
    assert '<a class="missing" href="/item/O2?status=not_due">1</a>' in page
    assert '<td class="n">19</td>' in page


def test_a_new_judgement_is_shown_at_once(small: Province, browser: Browser) -> None:
    assert 'href="/rows?status=missing"' in browser.get("/")
    small.judge("land", make_verdict("O3", ItemStatus.COMPLETE), score=SubScore("oit", 100.0, 100.0))
    page = browser.get("/")
    assert 'href="/rows?status=missing"' not in page
    assert '<a href="/?why=ready">1</a>' in page


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{7*7}}'


def test_what_a_site_wrote_is_text(small: Province, browser: Browser, secretary: Browser) -> None:
    verdict = make_verdict("O2", ItemStatus.REVIEW)
    finding = verdict.findings[0]
    quote = replace(finding.quotes[0], quote=HOSTILE, url=f"javascript:alert('{HOSTILE}')", sheet=HOSTILE)
    bad = replace(
        verdict,
        findings=(replace(finding, quotes=(quote,), seen=(HOSTILE,)),),
        evidence=(replace(verdict.evidence[0], url="javascript:alert(1)", label=HOSTILE, title=HOSTILE),),
        reasons=(Reason(ReasonCode.MAY_BE_BEHIND, {"label": HOSTILE, "url": "javascript:alert(1)", "outcome": "x"}),),
    )
    small.judge("land", bad)
    for path in ("/", "/agency/land", "/agency/land/O2", "/rows", "/item/O2"):
        for one in (browser, secretary):
            page = one.get(path)
            assert set(re.findall("<script[^>]*>", page)) <= {'<script src="/grid.js" defer>'}
            assert "<img src=x" not in page
            assert 'href="javascript:' not in page
            assert "\u202e" not in page
    assert "&lt;script&gt;" in browser.get("/agency/land/O2")
    assert "49" not in re.findall(r"onerror=alert\(1\)&gt;.{0,3}(\d\d)", browser.get("/agency/land/O2"))


def test_reports_are_given_out_and_nothing_beside_them(small: Province, browser: Browser, tmp_path: Path) -> None:
    folder = small.settings.out / "2565" / "land"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<style>a{b:c}</style><p>รายงาน</p>", "utf-8")
    (folder / ".secret.json").write_text("{}")
    (folder / "odd.sh").write_text("x")
    (tmp_path / "outside.json").write_text("{}")
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    answer = browser.client.get("/reports/2565/land/report.html")
    assert "รายงาน" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert 'href="/reports/2565/land/report.html"' in browser.get("/agency/land")
    for name in ("land/.secret.json", "land/odd.sh", "land/link.json", "land/../../../outside.json", "land/", ""):
        assert browser.client.get(f"/reports/2565/{name}").status_code == 404, name
    assert browser.client.get("/reports/2565/..%2f..%2foutside.json").status_code == 404


def test_other_names_for_this_machine_are_refused(open_browser: Callable[..., Browser]) -> None:
    browser = open_browser(hosts=frozenset({"localhost", "127.0.0.1"}))
    assert browser.get("/")
    assert browser.client.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert browser.client.get("/", headers={"Host": "evil.example"}).status_code == 403


def test_unknown_pages_are_told_in_thai(browser: Browser) -> None:
    for path in ("/nothing", "/agency/nobody", "/agency/land/O99", "/item/O99", "/check/unknown"):
        assert "ไม่พบหน้านี้" in browser.get(path, 404)
    assert browser.client.get("/api/agencies/nobody").json == {"status": 404, "error": "Not Found"}


def test_the_same_as_data(browser: Browser) -> None:
    found = browser.client.get("/api/agencies").json
    assert found is not None
    assert found["count"] == 2
    land = next(agency for agency in found["agencies"] if agency["id"] == "land")
    assert land["items"] == {"O1": "complete", "O2": "review", "O3": "missing"}
    assert browser.client.get("/api/items/O2").json["agencies"] == {"land": "review"}  # type: ignore[index]
    assert browser.client.get("/api/agencies/land").json["schema"] == "oit-report/2"  # type: ignore[index]
    assert browser.client.post("/api/agencies").status_code in (400, 405)
