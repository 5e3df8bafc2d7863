"""Statuses of nights as rows: what goes in comes out, and a night without a change costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.storage.store import Store

NIGHT = datetime(2026, 1, 1, 18, tzinfo=UTC)
EDITION = (2568, "")


def test_nights_are_kept_as_spans(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.history.record("a", EDITION, {("O12", ""): "incomplete", ("O12", "problems"): "empty"}, NIGHT) == 2
    for day in range(1, 30):
        same = {("O12", ""): "incomplete"}
        assert store.history.record("a", EDITION, same, NIGHT + timedelta(days=day)) == 0
    fixed = NIGHT + timedelta(days=30)
    assert store.history.record("a", EDITION, {("O12", ""): "complete"}, fixed) == 1
    store.close()
    again = Store(tmp_path)
    spans = again.history.spans("a", EDITION)
    assert [(s.status, s.since, s.until) for s in spans["O12", ""]] == [
        ("incomplete", NIGHT, fixed),
        ("complete", fixed, None),
    ]
    assert spans["O12", "problems"][0].last_seen == NIGHT
    assert again.history.spans("b", EDITION) == {}
    assert again.history.spans("a", (2568, "ovec")) == {}
    again.close()


def test_a_night_told_anew_replaces_what_it_said(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.history.record("a", EDITION, {("O12", ""): "missing"}, NIGHT)
    later = NIGHT + timedelta(days=1)
    store.history.record("a", EDITION, {("O12", ""): "complete"}, later)
    store.history.record("a", EDITION, {("O12", ""): "missing"}, later)
    (span,) = store.history.spans("a", EDITION)["O12", ""]
    assert (span.status, span.last_seen, span.until) == ("missing", later, None)
    store.history.record("a", EDITION, {("O12", ""): "complete"}, NIGHT)
    assert len(store.history.spans("a", EDITION)["O12", ""]) == 1
    store.close()
