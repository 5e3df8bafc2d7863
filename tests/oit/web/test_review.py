"""A person decides on one screen; it holds for this evidence, and is always shown as a person's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.models.account import Role
from core.models.assessment import ItemStatus
from core.models.decision import DecisionKind
from oit.run.job import prepare_run
from oit.run.overlay import with_objections
from tests.oit.web.conftest import Browser, Province, make_verdict

O2 = "/agency/land/O2"


def evidence_of(page: str) -> str:
    """The evidence that a decision's form is about."""
    found = re.search(r'name="evidence" value="(\w*)"', page)
    assert found is not None
    return found[1]


def decide(browser: Browser, path: str = O2, **fields: str) -> int:
    """Send a decision; its status."""
    page = browser.get(path)
    given = {"element": "", "answer": "accept", "why": "เห็นที่หน้า 3", "evidence": evidence_of(page), **fields}
    return browser.post(path, f"{path}/decide", **given).status_code


def test_the_queue_leads_through_one_screen_each(small: Province, secretary: Browser) -> None:
    queue = secretary.get("/review")
    assert re.findall(r'<th scope="row"><a href="([^"]+)"', queue) == [f"{O2}?queue=1"]
    screen = secretary.get(f"{O2}?queue=1")
    assert "ผลการดำเนินงาน ปี 2565" in screen
    assert "ภาพสแกนไม่ชัด" in screen
    answer = secretary.post(
        f"{O2}?queue=1", f"{O2}/decide",
        element="report", answer="accept", why="เห็นที่หน้า 3", evidence=evidence_of(screen), queue="1",
    )  # fmt: skip
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review")
    assert "ไม่มีข้อที่รอพิจารณา" in secretary.get("/review")
    page = secretary.get(O2)
    assert "เจ้าหน้าที่พิจารณาแล้ว โดย สมศรี" in page
    assert "เห็นที่หน้า 3" in page
    assert '<a href="/rows?status=complete">2</a>' in secretary.get("/")
    with small.store() as store:
        (decision,) = store.decisions.all_standing()
        assert (decision.by, decision.item, decision.element) == ("สมศรี", "O2", "report")
        assert store.accounts.audit_entries()[0].subject == "land/2565/O2-report"


def test_the_next_one_comes_after_a_decision(small: Province, secretary: Browser) -> None:
    small.judge(
        "land",
        make_verdict("O1", ItemStatus.REVIEW),
        replace(make_verdict("O2", ItemStatus.REVIEW), cost=50.0),
    )
    page = secretary.get(f"{O2}?queue=1")
    answer = secretary.post(
        O2, f"{O2}/decide", element="", answer="refuse", why="ไม่มี", evidence=evidence_of(page), queue="1"
    )  # fmt: skip
    assert answer.headers["Location"].startswith("/agency/land/O1?queue=1")


def test_other_evidence_is_asked_about_again_with_the_earlier_answer(small: Province, secretary: Browser) -> None:
    assert decide(secretary) == 303
    other = make_verdict("O2", ItemStatus.REVIEW)
    small.judge("land", replace(other, evidence=(replace(other.evidence[0], sha256="b" * 64),)))
    page = secretary.get("/review?why=again")
    assert O2 in page
    assert "เคยพิจารณาไว้โดย สมศรี" in secretary.get(O2)
    assert '<a href="/rows?status=review">1</a>' in secretary.get("/")


def test_evidence_that_changed_under_the_form_is_not_decided(small: Province, secretary: Browser) -> None:
    assert decide(secretary, evidence="c" * 64) == 409
    with small.store() as store:
        assert store.decisions.all_standing() == ()


@pytest.mark.parametrize(
    "fields", [{"answer": "yes"}, {"answer": ""}, {"why": "  "}, {"element": "nonsense"}, {"evidence": ""}]
)
def test_half_an_answer_is_asked_for_again(small: Province, secretary: Browser, fields: dict[str, str]) -> None:
    assert decide(secretary, **fields) in (400, 409)
    with small.store() as store:
        assert store.decisions.all_standing() == ()


def test_a_verdict_that_looks_sure_may_be_corrected_and_the_correction_withdrawn(
    small: Province, secretary: Browser
) -> None:
    path = "/agency/land/O3"
    assert "แก้ผลได้" in secretary.get(path)
    assert decide(secretary, path) == 303
    assert '<a href="/rows?status=complete">2</a>' in secretary.get("/")
    at = re.search(r'name="at" value="([^"]+)"', secretary.get(path))
    assert at is not None
    assert secretary.post(path, f"{path}/withdraw", at=at[1].replace("&#43;", "+")).status_code == 303
    assert '<a href="/rows?status=missing">1</a>' in secretary.get("/")
    assert secretary.post(path, f"{path}/withdraw", at="x").status_code == 404


def test_cannot_say_stays_in_the_queue_as_answered(secretary: Browser) -> None:
    assert decide(secretary, answer="unknown", element="report") == 303
    assert "เคยพิจารณาว่ายังบอกไม่ได้" in secretary.get("/review")


def test_who_does_not_decide_cannot(small: Province, browser: Browser) -> None:
    fields = {"element": "", "answer": "accept", "why": "x", "evidence": "a" * 64}
    assert "/decide" not in browser.get(O2)
    assert browser.post("/login", f"{O2}/decide", **fields).status_code == 401
    small.add_account("งานที่ดิน", Role.AGENCY, "land")
    browser.log_in("งานที่ดิน")
    assert "/decide" not in browser.get(O2)
    assert browser.post(O2, f"{O2}/decide", **fields).status_code == 403
    with small.store() as store:
        assert store.decisions.all_standing() == ()


def test_an_objection_is_asked_about_and_visited_first(
    small: Province, open_browser: Callable[..., Browser], secretary: Browser
) -> None:
    small.add_account("งานที่ดิน", Role.AGENCY, "land")
    small.add_account("งานแรงงาน", Role.AGENCY, "labour")
    path, url = "/agency/land/O3", "https://land.example.go.th/measures"
    own, other = open_browser(), open_browser()
    own.log_in("งานที่ดิน")
    other.log_in("งานแรงงาน")
    assert other.post("/check", f"{path}/object", url=url).status_code == 403
    for bad in ("javascript:alert(1)", "", "ftp://x.go.th/", "https://x.go.th/" + "a" * 2000):
        assert own.post(path, f"{path}/object", url=bad).status_code == 400, bad
    assert own.post(path, f"{path}/object", url=url, why="อยู่หน้านี้").status_code == 303
    assert '<a href="/rows?status=missing">1</a>' in own.get("/")
    assert path in secretary.get("/review?why=objection")
    assert url in secretary.get(path)
    job = prepare_run(small.settings)
    with small.store() as store:
        (said,) = store.decisions.all_standing()
        assert said.kind is DecisionKind.OBJECTION
        land = next(a for a in with_objections(job.chosen, store, 2565) if a.id == "land")
        assert next(iter(land.declared.values())) == url
        declared = replace(land, declared={"O3": "https://land.example.go.th/old"})
        (both,) = with_objections([declared], store, 2565)
        assert list(both.declared.values()) == [url, "https://land.example.go.th/old"]
    assert decide(secretary, path, answer="refuse") == 303
    assert path not in secretary.get("/review")


def test_the_words_of_a_person_are_text(secretary: Browser) -> None:
    assert decide(secretary, why="<script>alert(1)</script>\u202e\r\nบรรทัดสอง") == 303
    page = secretary.get(O2)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "บรรทัดสอง" in page
