"""Room is looked at before it is used up."""

from __future__ import annotations

import resource
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.disk import LEAST_FILE, LEAST_FREE, check_growth, check_room
from core.errors import RunError


def limit(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (size, size))


def test_a_disk_without_inodes_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.statvfs", lambda _: SimpleNamespace(f_files=1000, f_favail=3))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=LEAST_FREE))
    with pytest.raises(RunError, match=rf"{tmp_path} is full: 3 files more.*inodes"):
        check_room(tmp_path)
    monkeypatch.setattr("os.statvfs", lambda _: SimpleNamespace(f_files=0, f_favail=0))
    check_room(tmp_path)


def test_files_without_a_limit_may_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, resource.RLIM_INFINITY)
    check_growth(tmp_path)


def test_a_limit_that_a_body_would_break_is_told_with_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, LEAST_FILE - 1)
    with pytest.raises(RunError, match=rf"{tmp_path}.*64 MB.*ulimit -f"):
        check_growth(tmp_path)


def test_a_file_that_comes_near_the_limit_is_told_before_a_write_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, 2 * LEAST_FILE)
    with (tmp_path / "oit.sqlite-wal").open("wb") as file:
        file.truncate(LEAST_FILE)
        check_growth(tmp_path)
        file.truncate(2 * LEAST_FILE - 1000)
    with pytest.raises(RunError, match="ulimit -f"):
        check_growth(tmp_path)
