"""The five questions of a secretary, each answered by one page in one click from the front."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from checklist.decisions import evidence_digest, rule_digest
from core.models.assessment import IfDue, ItemStatus
from core.models.decision import Answer, Decision, DecisionKind
from oit.run.job import prepare_run
from tests.oit.web.conftest import Browser, Province, make_verdict

NOON = datetime(2022, 4, 1, 5, tzinfo=UTC)


def one_click(browser: Browser, begin: str) -> str:
    """The page behind the first link of the front page that begins so."""
    links = re.findall(r'href="([^"]+)"', browser.get("/"))
    return browser.get(next(link for link in links if link.startswith(begin)).replace("&amp;", "&"))


def rows_of(page: str) -> list[str]:
    """The text of each row of a page's table."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in body.split("<tr")[1:]]


def test_who_is_not_ready_and_why(browser: Browser) -> None:
    front = browser.get("/")
    assert 'href="#agencies"' in front
    assert front.index('id="agencies"') < front.index('id="matrix"')
    first, second = rows_of(front[front.index('id="agencies"') :])
    assert "สำนักงานที่ดิน" in first
    assert "O3 ไม่พบ" in first
    assert "สำนักงานแรงงาน" in second
    assert "ยังไม่เคยตรวจ" in second


def test_what_costs_most(small: Province, browser: Browser) -> None:
    small.judge(
        "land",
        replace(make_verdict("O1", ItemStatus.MISSING), cost=2.5),
        replace(make_verdict("O2", ItemStatus.INCOMPLETE), cost=50.0),
        replace(make_verdict("O3", ItemStatus.REVIEW), cost=12.5),
    )
    page = one_click(browser, "/costs")
    rows = rows_of(page)
    assert [row.split()[1] for row in rows] == ["O2", "O1", "O3"]
    assert "50.00 1 – 0 1" in rows[0]
    assert "0.00 0 12.50 1 1" in rows[2]
    assert re.findall(r'href="/agency/(\w+)/O2"', browser.get("/item/O2?why=gaps")) == ["land"]
    assert "/agency/land/O2" not in browser.get("/item/O2?why=doubts")


def test_what_changed_since_last_week(small: Province, browser: Browser) -> None:
    with small.store() as store:
        for place, (long_ago, now) in {
            "O1": ("missing", "complete"), "O2": ("complete", "incomplete"), "O3": ("missing", "outdated"),
        }.items():  # fmt: skip
            store.history.record("land", (2565, ""), {(place, ""): long_ago}, NOON - timedelta(days=20))
            store.history.record("land", (2565, ""), {(place, ""): now}, NOON - timedelta(days=3))
        store.history.record("land", (2565, ""), {("O9", ""): "missing"}, NOON - timedelta(days=30))
    page = one_click(browser, "/changes?since=2022-03-25")
    found = {row.split()[2]: row for row in rows_of(page)}
    assert set(found) == {"O1", "O2"}, "from one gap to another is no change, and what was seen long ago is none"
    assert "แก้ไขแล้ว" in found["O1"]
    assert "พบใหม่" in found["O2"]
    assert rows_of(browser.get("/changes?since=2022-03-25&status=fixed")) == [found["O1"]]


def test_a_gap_that_came_back_is_told_so(small: Province, browser: Browser) -> None:
    with small.store() as store:
        for days, status in ((30, "missing"), (20, "complete"), (2, "missing")):
            store.history.record("land", (2565, ""), {("O1", ""): status}, NOON - timedelta(days=days))
    assert "กลับมาอีก" in one_click(browser, "/changes?since=")


def test_what_falls_due(small: Province, browser: Browser) -> None:
    late = replace(
        make_verdict("O2", ItemStatus.NOT_DUE), due=date(2022, 4, 20), if_due=IfDue(ItemStatus.MISSING), findings=()
    )
    small.judge("land", late)
    (row,) = rows_of(one_click(browser, "/due"))
    assert "20 เม.ย. 2565 19 O2" in row.replace("> ", "")


@pytest.fixture
def told(small: Province) -> Callable[..., None]:
    """Keeps what a person said of the office `land`."""
    edition = prepare_run(small.settings).edition

    def keep(item: str, answer: Answer, **more: object) -> None:
        rule = next(each for each in edition.items if each.id == item)
        verdict = make_verdict(item, ItemStatus.REVIEW)
        made = Decision(
            "land", 2565, item, answer, "สมศรี", NOON, "", "เห็นที่หน้า 3", evidence_digest(verdict), rule_digest(rule)
        )
        with small.store() as store:
            store.decisions.add(replace(made, **more))  # type: ignore[arg-type]

    return keep


def test_what_a_person_decided(told: Callable[..., None], browser: Browser) -> None:
    told("O2", Answer.ACCEPT)
    told("O1", Answer.REFUSE, at=NOON + timedelta(hours=1), evidence="c" * 64, why="<b>ไม่ครบ</b>")
    told("O3", Answer.UNKNOWN, at=NOON + timedelta(hours=2), kind=DecisionKind.OBJECTION, url="javascript:alert(1)")
    page = one_click(browser, "/decisions")
    third, second, first = rows_of(page)
    assert "โต้แย้ง" in third
    assert "ยืนยันว่าไม่ครบ" in second
    assert "หลักฐานหรือเกณฑ์เปลี่ยนไป" in second
    assert "ยืนยันว่าครบ" in first
    assert "เห็นที่หน้า 3 สมศรี 1 เม.ย. 2565" in first
    assert "เปลี่ยนไป" not in first
    assert "<b>ไม่ครบ" not in page
    assert 'href="javascript:' not in page
    assert rows_of(browser.get("/decisions?status=accept")) == [first]


def test_a_long_list_of_decisions_is_cut_into_pages(
    small: Province, told: Callable[..., None], browser: Browser
) -> None:
    for minute in range(60):
        told("O2", Answer.UNKNOWN, at=NOON + timedelta(minutes=minute))
    assert len(rows_of(browser.get("/decisions"))) == 50
    assert len(rows_of(browser.get("/decisions?page=2"))) == 10


def test_the_report_of_today_is_one_file_in_two_languages(browser: Browser) -> None:
    answer = browser.client.get("/agency/land/report")
    assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "สิ่งที่ต้องดำเนินการ" in answer.text
    assert "What to do" in browser.get("/agency/land/report?lang=en")
    assert browser.get("/agency/labour/report", 404)
    assert 'href="/agency/land/report"' in browser.get("/agency/land")
