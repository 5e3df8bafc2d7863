"""A template's code is kept, and another text, program or version makes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader

from reports.compiled import KeepingEnvironment


@pytest.fixture(autouse=True)
def kept_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "oit"


def render(text: str, program: str = "1", **words: str) -> str:
    made = KeepingEnvironment(loader=DictLoader({"page.j2": text}), autoescape=True)
    made.program = program
    return made.get_template("page.j2").render(**words)


def test_what_was_kept_renders_the_same(kept_files: Path) -> None:
    first = render("<p>{{ name }}</p>", name="<b>")
    assert first == render("<p>{{ name }}</p>", name="<b>") == "<p>&lt;b&gt;</p>"
    assert len(list(kept_files.iterdir())) == 1


def test_another_text_or_program_is_made_anew(kept_files: Path) -> None:
    assert render("a") == "a"
    assert render("b") == "b"
    assert render("b", program="2") == "b"
    assert len(list(kept_files.iterdir())) == 3


def test_a_file_that_is_no_code_is_made_anew(kept_files: Path) -> None:
    render("a")
    for path in kept_files.iterdir():
        path.write_bytes(b"nothing")
    assert render("a") == "a"
