"""report.json has the shape of the contract; the order of verdicts is what a webmaster needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ItemStatus, Method, Quote, Reason
from core.models.decision import Answer, Decision, ShownDecision
from core.models.history import Change, PlaceHistory
from core.models.reasons import ReasonCode
from reports.agency_json import report_json
from reports.messages import thai
from reports.ordering import gap_number, order_verdicts, was_judged

from .conftest import lack, verdict


def test_keys_and_values_are_the_contracts(full: Assessment, edition: Edition) -> None:
    data = json.loads(json.dumps(report_json(full, edition, thai())))
    assert data["schema"] == "oit-report/2"
    assert data["edition"] == 2565
    assert data["as_of"] == "2022-04-30"
    assert data["agency"] == {"id": "labour", "name": "สำนักงานตัวอย่าง", "url": "https://www.example.go.th/"}
    crawl = {
        "started": "2022-04-29T18:30:00Z",
        "finished": "2022-04-29T18:30:00Z",
        "complete": True,
        "pages": 12,
        "documents": 3,
        "failed": 1,
        "stopped_by": None,
    }
    assert crawl.items() <= data["crawl"].items()
    nine = {"id": "9.1", "lowest": 50.0, "highest": 66.67}
    assert data["score"] == {
        "lowest": 50.0,
        "highest": 66.67,
        "indicators": [{"id": "9", "lowest": 50.0, "highest": 66.67, "sub_indicators": [nine]}],
    }


def test_an_item_with_its_evidence_and_elements(full: Assessment, edition: Edition) -> None:
    item = report_json(full, edition, thai())["items"][2]
    assert (item["id"], item["title"], item["sub_indicator"]) == ("O3", "ข้อที่ 3", "9.1")
    assert (item["status"], item["cost"]) == ("incomplete", 1.25)
    assert item["evidence"] == [
        {
            "url": "https://www.example.go.th/%E0%B9%84%E0%B8%9F%E0%B8%A5%E0%B9%8C.pdf",
            "found_via": ["https://www.example.go.th/", "https://www.example.go.th/oit"],
            "label": "O3 รายงานผล",
            "content_type": "application/pdf",
            "sha256": "ab" * 32,
            "fetched": "2022-04-29T18:30:00Z",
            "http_status": 200,
        }
    ]
    problems, suggestions = item["elements"]
    assert problems["id"] == "problems"
    assert (problems["level"], problems["status"], problems["says_none"]) == ("required", "missing", False)
    assert problems["headings_seen"] == ["1. ผลการดำเนินงาน"]
    assert "verify" not in problems
    found = {"page": 14, "quote": "ข้อเสนอแนะ ..........", "method": "heading"}
    assert found.items() <= suggestions["evidence"][0].items()
    assert "ไม่มี" in item["advice"]


def test_items_keep_the_manuals_order(full: Assessment, edition: Edition) -> None:
    assert [i["id"] for i in report_json(full, edition, thai())["items"]] == [f"O{n}" for n in range(1, 11)]


def test_elements_to_verify_say_so(make: Callable[..., Assessment], edition: Edition) -> None:
    quote = Quote("https://a/", "x" * 1000, Method.TEXT)
    one = verdict("O1", ItemStatus.INCOMPLETE, findings=(lack("problems", verify=True, quotes=(quote,)),))
    element = report_json(make(one), edition, thai())["items"][0]["elements"][0]
    assert element["verify"] is True
    assert len(element["evidence"][0]["quote"]) == 300


def test_nothing_judged_is_still_a_report(make: Callable[..., Assessment], edition: Edition) -> None:
    data = report_json(make(), edition, thai())
    assert data["items"] == []
    assert not was_judged(make())


def test_gaps_come_dearest_first_then_in_the_manuals_order(make: Callable[..., Assessment]) -> None:
    gap = ItemStatus.INCOMPLETE
    groups = order_verdicts(
        make(
            verdict("O1", gap),
            verdict("O2", ItemStatus.MISSING, 3.125),
            verdict("O3", ItemStatus.UNREACHABLE),
            verdict("O4", ItemStatus.OUTDATED, 2.5),
            verdict("O5", ItemStatus.COMPLETE, 9.0),
        )
    )
    assert [v.item for v in groups.gaps] == ["O2", "O4", "O1", "O3"]
    assert [v.item for v in groups.fine] == ["O5"]


def test_items_that_nothing_was_seen_of_are_put_together_by_cause(full: Assessment) -> None:
    groups = order_verdicts(full)
    assert [v.item for v in groups.doubts] == ["O8"]
    assert [[v.item for v in group.verdicts] for group in groups.unseen] == [["O6", "O7"]]
    assert groups.doubtful == 3
    every = [*groups.gaps, *groups.doubts, *(v for g in groups.unseen for v in g.verdicts), *groups.fine]
    assert sorted(v.item for v in every) == sorted(v.item for v in full.verdicts)


def test_an_unchecked_item_with_reasons_of_its_own_stands_alone(make: Callable[..., Assessment]) -> None:
    seen = verdict("O1", ItemStatus.UNCHECKED, findings=(lack("x"),), reasons=(Reason(ReasonCode.UNREAD),))
    groups = order_verdicts(make(seen))
    assert groups.doubts == (seen,)
    assert groups.unseen == ()


def test_a_gap_keeps_its_number(full: Assessment) -> None:
    assert gap_number(full, full.verdicts[2]) == "labour-2565-O3"


def test_version_2_tells_what_changed_and_who_decided(full: Assessment, edition: Edition) -> None:
    then = datetime(2022, 3, 1, 18, tzinfo=UTC)
    now = datetime(2022, 4, 29, 18, tzinfo=UTC)
    changes = {
        ("O3", ""): PlaceHistory("incomplete", then, then, now, Change.SAME, "incomplete"),
        ("O3", "problems"): PlaceHistory("missing", then, now, now, Change.BACK, "present"),
    }
    made = Decision("labour", 2565, "O3", Answer.REFUSE, "สมศรี", now, "problems", "ไม่มีในเล่ม")
    verdicts = tuple(replace(v, decisions=(ShownDecision(made, True),)) if v.item == "O3" else v for v in full.verdicts)
    data = report_json(replace(full, verdicts=verdicts), edition, thai(), changes)
    item = next(i for i in data["items"] if i["id"] == "O3")
    assert (item["first_seen"], item["last_seen"], item["change"]) == (
        "2022-03-01T18:00:00Z",
        "2022-04-29T18:00:00Z",
        "same",
    )
    element = next(e for e in item["elements"] if e["id"] == "problems")
    assert (element["gap"], element["change"]) == ("O3-problems", "back")
    assert element["decision"] == {
        "by": "สมศรี",
        "at": "2022-04-29T18:00:00Z",
        "answer": "refuse",
        "why": "ไม่มีในเล่ม",
        "holds": True,
    }
    assert data["days_left"] == (date.fromisoformat(edition.answers_until) - full.as_of).days
    assert data["scheme"] is None
    unknown = next(i for i in data["items"] if i["id"] == "O1")
    assert (unknown["change"], unknown["first_seen"]) == (None, None)
