"""Every output has the form that its shipped schema describes, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checklist.joint import assess_together
from checklist.rules.model import Edition
from core.models.assessment import Assessment, IfDue, ItemStatus
from core.models.decision import Answer, Decision, ShownDecision
from core.models.history import Change, PlaceHistory
from core.models.notice import NoticeKind
from reports.agency_json import report_json
from reports.digest.findings import find_news
from reports.digest.letters import webhook_data
from reports.messages import thai
from reports.overview_json import overview_json
from reports.schemas import load_schema, schema_names
from tests.factories import NIGHT, make_crawl
from tests.reports.conftest import lack, verdict
from tests.schemas import faults


@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_one_and_says_what_it_describes(name: str) -> None:
    schema = load_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:oit:schema:{name}"
    assert schema["title"]
    said = schema.get("properties", {}).get("schema")
    assert said is None or said["const"].replace("/", "-") == name


def test_an_unknown_form_has_no_schema() -> None:
    for name in ("oit-report/9", "../secret", "oit-report-2.json"):
        with pytest.raises(KeyError):
            load_schema(name)


@pytest.fixture
def whole(full: Assessment) -> Assessment:
    """An assessment with everything that a report can say."""
    said = Decision("labour", 2565, "O3", Answer.REFUSE, "สมศรี", NIGHT, why="ดูแล้ว")
    of_element = replace(said, element="problems", answer=Answer.ACCEPT)
    first, *rest = full.verdicts
    coming = verdict(
        "O11", ItemStatus.NOT_DUE, due=date(2022, 10, 1), if_due=IfDue(ItemStatus.INCOMPLETE, (lack("x", verify=True),))
    )
    verdicts = [
        replace(v, decisions=(ShownDecision(said, True), ShownDecision(of_element, False))) if v.item == "O3" else v
        for v in rest
    ]
    return replace(full, verdicts=(first, *verdicts, coming))


def _changes() -> dict[tuple[str, str], PlaceHistory]:
    at = datetime(2022, 4, 1, tzinfo=UTC)
    return {
        ("O3", ""): PlaceHistory("incomplete", at, at, at, Change.BACK, "complete"),
        ("O3", "problems"): PlaceHistory("missing", at, at, at, Change.NEW),
    }


def test_a_report_has_the_form_of_both_versions(whole: Assessment, edition: Edition) -> None:
    data = report_json(whole, edition, thai(), _changes())
    assert faults(data) == []
    assert faults({**data, "schema": "oit-report/1"}) == []


def test_a_report_of_a_site_that_was_never_read_has_it_too(make: Callable[..., Assessment], edition: Edition) -> None:
    one = make(verdict("O1", ItemStatus.UNCHECKED), crawl=make_crawl(finished=None, complete=False, stopped_by="home"))
    one = replace(one, score=replace(one.score, lowest=None, highest=None))
    assert faults(report_json(one, edition, thai())) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(more=1),
        lambda data: data["items"][0].update(status="perfect"),
        lambda data: data["items"][0].pop("cost"),
        lambda data: data["crawl"].update(started="yesterday"),
        lambda data: data["items"][2]["elements"][0].update(gap=None),
    ],
)
def test_another_form_is_seen(whole: Assessment, edition: Edition, change: Callable[[Any], None]) -> None:
    data = report_json(whole, edition, thai(), _changes())
    change(data)
    assert len(faults(data)) == 1


def test_the_overview_has_its_form(whole: Assessment, edition: Edition, make: Callable[..., Assessment]) -> None:
    province = [whole, make()]
    assert faults(overview_json(province, edition, "จังหวัด", assess_together(province, edition))) == []
    assert faults(overview_json([], edition, "")) == []


def test_what_a_webhook_is_sent_has_its_form(whole: Assessment, edition: Edition) -> None:
    news = find_news(whole, None, date(2022, 4, 30))
    assert news is not None
    assert news.kind is NoticeKind.FIRST
    data = webhook_data([news], edition, "จังหวัด", {"": edition})
    assert faults(data) == []
    late = replace(whole, as_of=whole.as_of + timedelta(days=900))
    assert find_news(late, None, date(2022, 4, 30)) is not None
