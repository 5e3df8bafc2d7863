"""`oit templates` writes what an office may change, and never over what it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from oit.cli.main import main
from reports.measures.measures_docx import read_template


def test_a_template_is_written_once_and_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "ours"
    assert main(["templates", str(folder)]) == 0
    assert read_template(folder) == (folder / "measures.docx").read_bytes()
    (folder / "measures.docx").write_bytes(b"changed")
    assert main(["templates", str(folder)]) == 2
    assert (folder / "measures.docx").read_bytes() == b"changed"


def test_a_broken_template_is_told_with_the_other_faults(
    tmp_path: Path, rules_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "measures.docx").write_bytes(b"changed")
    listed = tmp_path / "agencies.yaml"
    listed.write_text("agencies: [{id: BAD, name: x, url: 'https://a.example/'}]\n", "utf-8")
    options = ["--agencies", str(listed), "--rules", str(rules_file), "--data", str(tmp_path / "data")]
    assert main(["report", *options, "--templates", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "measures.docx: not a DOCX file" in said
    assert "BAD" in said
    assert not (tmp_path / "data").exists()
