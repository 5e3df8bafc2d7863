"""Files that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

from core.atomic import write_atomic


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "f.txt"
    write_atomic(path, "ก")
    write_atomic(path, b"two")
    assert path.read_text() == "two"
    assert [p.name for p in path.parent.iterdir()] == ["f.txt"]
