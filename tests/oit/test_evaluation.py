"""Verdicts beside the truth: every difference is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError
from oit.evaluation import compare, measure, read_truth
from tests.factories import make_empty_section


def test_differences_from_the_truth_are_named() -> None:
    truth = {
        "items": {"O2": {"status": "complete", "elements": {"problems": "present", "other": "missing"}, "why": "w"}}
    }
    found = compare([(make_empty_section(), truth)])
    assert [str(d) for d in found.differences] == [
        "land O2: incomplete, but the truth is complete (w)",
        "land O2.problems: empty, but the truth is present (w)",
        "land O2.other: absent, but the truth is missing (w)",
    ]
    agreed = compare(
        [(make_empty_section(), {"items": {"O2": {"status": "incomplete", "elements": {"problems": "empty"}}}})]
    )
    assert agreed.differences == ()
    assert agreed.right == {"incomplete": 1}


def test_what_a_truth_accepts_is_right_and_its_elements_are_not_asked() -> None:
    wanted = {"status": "review", "accept": ["incomplete"], "elements": {"problems": "missing"}}
    found = compare([(make_empty_section(), {"items": {"O2": wanted}})])
    assert found.differences == ()
    assert found.right == {"incomplete": 1}
    assert measure([(make_empty_section(), {"items": {"O2": wanted}})]).right == 1


def test_an_item_that_was_not_judged_differs() -> None:
    (difference,) = compare([(make_empty_section(), {"items": {"O9": {"status": "complete"}}})]).differences
    assert difference.verdict == "absent"


def test_a_file_that_is_no_truth(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    for text in ("[]", "{", '{"items": 1}'):
        path.write_text(text)
        with pytest.raises(InputError, match="no truth"):
            read_truth(path)
