"""What takes long to make is kept, and only what this user alone could have written is read."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from core.disk_cache import load_or_make


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "oit"


class Maker:
    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> dict[str, int]:
        self.made += 1
        return {"a": 1}


def ask(make: Maker, digest: str = "1") -> dict[str, int]:
    return load_or_make("rules", digest, dict, make)


def test_it_is_made_once_for_each_digest() -> None:
    make = Maker()
    assert [ask(make), ask(make), ask(make, "2"), ask(make)] == [{"a": 1}] * 4
    assert make.made == 2


@pytest.mark.parametrize("body", [b"", b"no pickle", pickle.dumps([1])])
def test_a_file_that_is_none_is_made_anew(home: Path, body: bytes) -> None:
    make = Maker()
    ask(make)
    (path,) = home.glob("*.pickle")
    path.write_bytes(body)
    assert ask(make) == {"a": 1}
    assert make.made == 2


def test_what_others_could_have_written_is_not_read(home: Path) -> None:
    make = Maker()
    ask(make)
    (path,) = home.glob("*.pickle")
    path.chmod(0o666)
    ask(make)
    assert make.made == 2
    home.chmod(0o777)
    ask(make)
    assert make.made == 3


def test_a_link_to_another_file_is_not_followed(home: Path, tmp_path: Path) -> None:
    make = Maker()
    ask(make)
    (path,) = home.glob("*.pickle")
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    ask(make)
    assert make.made == 2


def test_without_a_folder_nothing_is_kept(home: Path) -> None:
    home.write_text("a file stands where the folder would")
    make = Maker()
    ask(make)
    ask(make)
    assert make.made == 2


def test_only_the_newest_are_kept(home: Path) -> None:
    for number in range(20):
        ask(Maker(), str(number))
    assert len(list(home.glob("*.pickle"))) == 8
