"""`oit evaluate`: figures per kind, a machine-readable form, and an exit status that says whether all is right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from oit.cli.main import main
from tests.paths import PROJECT
from tests.schemas import faults

CASE = PROJECT / "tests" / "cases" / "documents" / "columns_in_csv"


def test_right_answers_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(CASE), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "oit-evaluate/1"
    assert faults(found) == []
    assert found["kinds"] == {"columns": {"right": 1, "wrong": 0, "review": 0}}
    assert [case["grade"] for case in found["cases"]] == ["right"]


def test_a_wrong_answer_ends_with_1_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(CASE, tmp_path / "case")
    text = (folder / "case.yaml").read_text("utf-8")
    (folder / "case.yaml").write_text(text.replace("status: complete", "status: outdated"), "utf-8")
    assert main(["evaluate", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "O12 is complete, right is outdated" in out
    assert "why: The columns in a CSV file" in out


def test_a_fault_in_a_case_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(CASE, tmp_path / "case")
    (folder / "case.yaml").write_text("kind: x\n", encoding="utf-8")
    assert main(["evaluate", str(tmp_path)]) == 2
    assert "case.yaml:1:1:" in capsys.readouterr().err
