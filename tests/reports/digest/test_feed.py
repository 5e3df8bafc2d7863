"""The feed: an entry for each night with a change, the same file without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

from core.models.assessment import Assessment, IfDue, ItemStatus
from core.models.history import Place, StatusSpan, add_night
from reports.digest.feed import agency_feed
from reports.messages import thai
from tests.reports.conftest import verdict

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = datetime(2022, 4, 1, 18, tzinfo=UTC)


def _spans(place: Place, *statuses: str) -> dict[Place, tuple[StatusSpan, ...]]:
    held: tuple[StatusSpan, ...] = ()
    for night, status in enumerate(statuses):
        held = add_night(held, place, status, FIRST + timedelta(days=night))
    return {place: held}


def _titles(body: bytes) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in ElementTree.fromstring(body).iter(f"{ATOM}entry")]


def test_gaps_come_are_fixed_and_come_back(make: Callable[..., Assessment]) -> None:
    one = make(verdict("O1", ItemStatus.MISSING), verdict("O2", ItemStatus.COMPLETE))
    spans = {
        **_spans(("O1", ""), "missing", "complete", "complete", "missing"),
        **_spans(("O2", ""), "complete", "complete", "complete", "complete"),
        **_spans(("O1", "shown"), "missing", "present", "present", "missing"),
    }
    body = agency_feed(one, spans, thai())
    assert _titles(body) == ["5 เม.ย. 2565: กลับมาอีก O1", "3 เม.ย. 2565: แก้ไขแล้ว O1", "2 เม.ย. 2565: พบใหม่ O1"]
    root = ElementTree.fromstring(body)
    assert root.findtext(f"{ATOM}updated") == "2022-04-04T18:00:00Z"
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 3
    assert "ข้อที่ 1: ไม่พบ" in (root.find(f"{ATOM}entry").findtext(f"{ATOM}content") or "")  # type: ignore[union-attr]


def test_a_night_without_a_change_leaves_the_file_as_it_is(make: Callable[..., Assessment]) -> None:
    one = make(verdict("O1", ItemStatus.MISSING))
    earlier = agency_feed(one, _spans(("O1", ""), "missing"), thai())
    assert agency_feed(replace(one, as_of=date(2022, 4, 20)), _spans(("O1", ""), *["missing"] * 9), thai()) == earlier
    assert _titles(agency_feed(one, {}, thai())) == []


def test_what_is_not_due_yet_is_no_news(make: Callable[..., Assessment]) -> None:
    coming = verdict("O1", ItemStatus.NOT_DUE, due=date(2022, 6, 1), if_due=IfDue(ItemStatus.MISSING))
    assert _titles(agency_feed(make(coming), _spans(("O1", ""), "missing"), thai())) == []


def test_a_long_history_stays_a_short_feed(make: Callable[..., Assessment]) -> None:
    spans = _spans(("O1", ""), *["missing", "complete"] * 200)
    assert len(_titles(agency_feed(make(verdict("O1", ItemStatus.COMPLETE)), spans, thai()))) == 40
