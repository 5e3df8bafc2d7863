"""Whole labelled sites, crawled over loopback and judged.

The sample province: every status and section as in the truth. The planted sites, with a defect in most items: no
worse than the baseline, which `python -m benchmarks.accuracy --set planted --sites 20 --keep` writes anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks.accuracy import BASELINE, run
from core.models.agency import Agency
from crawler.process.supervisor import Progress
from oit.demo import audit_demo, build_demo
from oit.run.options import Settings
from sample.editions import AS_OF


def _quiet(agencies: tuple[Agency, ...]) -> Callable[[Progress], None]:
    return lambda progress: None


@pytest.mark.timeout(600)
@pytest.mark.parametrize("edition", [2565, 2566])
def test_every_verdict_agrees_with_the_truth(tmp_path: Path, edition: int) -> None:
    province = build_demo(tmp_path, edition)
    result = audit_demo(province, tmp_path, Settings(as_of=date.fromisoformat(AS_OF[edition])), _quiet)
    assert result is not None
    assert [str(d) for d in result.comparison.differences] == []
    assert sum(result.comparison.expected.values()) == 31 * 43


@pytest.mark.timeout(600)
@pytest.mark.parametrize("edition", [2565, 2566])
def test_accuracy_on_planted_defects_does_not_fall(tmp_path: Path, edition: int) -> None:
    known = json.loads(BASELINE.read_text("utf-8"))[str(edition)]
    found = run("planted", edition, known["sites"], known["seed"], tmp_path)
    wrong = {f"{d.agency} {d.item} {d.element}".strip(): str(d) for d in found.wrong}
    assert [text for key, text in wrong.items() if key not in known["wrong"]] == []
    assert found.items == known["items"]
    assert found.right >= known["right"]
    assert found.false_complete <= known["false_complete"]
    assert found.false_missing <= known["false_missing"]
