"""Assessments kept in the data folder."""

from __future__ import annotations

from pathlib import Path

from core.atomic import write_atomic
from oit.run.assessment_cache import load_assessment


def test_a_damaged_kept_assessment_is_none(tmp_path: Path) -> None:
    write_atomic(tmp_path / "judged" / "2565" / "a.json", '{"agency": 1}')
    assert load_assessment(tmp_path, 2565, "a") is None
