"""Decisions go to a file and come back; a fault in it is told with its place and nothing is taken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import InputError
from core.models.decision import Answer, Decision, DecisionKind
from core.storage.store import Store
from oit.decision_files import SCHEMA, read_decisions, write_decisions

AT = datetime(2026, 1, 31, 8, tzinfo=UTC)
DECISIONS = (
    Decision("a", 2568, "O12", Answer.ACCEPT, "สมศรี", AT, "problems", "เห็นที่หน้า 4: จริง", "ab" * 32, "cd" * 32),
    Decision("b", 2568, "O3", Answer.UNKNOWN, "b", AT, kind=DecisionKind.OBJECTION, url="https://b.go.th/x?a=1"),
)


def test_decisions_survive_a_lost_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "one")
    store.decisions.add(*DECISIONS)
    assert write_decisions(tmp_path / "decisions.yaml", store.decisions.standing((2568, ""))) == 2
    store.close()
    other = Store(tmp_path / "two")
    other.decisions.add(*read_decisions(tmp_path / "decisions.yaml"))
    assert other.decisions.standing((2568, "")) == DECISIONS
    assert other.decisions.standing((2568, ""), "b") == DECISIONS[1:]
    assert other.decisions.withdraw(DECISIONS[0], AT)
    assert not other.decisions.withdraw(DECISIONS[0], AT)
    assert other.decisions.standing((2568, "")) == DECISIONS[1:]
    other.close()


HEAD = (
    f"schema: {SCHEMA}\ndecisions:\n- agency: a\n  edition: 2568\n  item: O12\n  by: x\n"
    "  at: '2026-01-31T08:00:00+00:00'\n"
)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (HEAD + "  answer: acept\n", ":8:11:", "did you mean 'accept'"),
        (HEAD, ":3:3:", "answer is missing"),
        (HEAD + "  answer: accept\n  whi: x\n", ":9:3:", "did you mean 'why'"),
        (HEAD.replace("2568", "this"), ":4:12:", "must be a year"),
        (HEAD.replace("+00:00", "") + "  answer: accept\n", ":7:7:", "with its zone"),
        ("a: 1\n", ":1:1:", "not a file of decisions"),
        ("- [\n", ":2:1:", "not YAML"),
    ],
)
def test_each_fault_has_its_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_decisions(path)
    assert any(place in line and words in line for line in caught.value.lines), caught.value.lines
