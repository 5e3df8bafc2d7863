"""A fault of this machine that passes loses nothing: what could not be written is written again."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from core.errors import StoreError
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource
from core.storage.patience import is_passing, try_again, try_again_later
from core.storage.store import Store


def locked() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


class Write:
    """Fails so many times."""

    def __init__(self, error: BaseException, times: int) -> None:
        self.error = error
        self.left = times

    def __call__(self) -> str:
        if self.left:
            self.left -= 1
            raise self.error
        return "written"


PASSING = [OSError(errno.ENOSPC, "full"), OSError(errno.EMFILE, "files"), MemoryError(), locked()]


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_a_passing_fault_is_waited_for(error: BaseException) -> None:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    assert try_again(Write(error, 3), rests.append) == "written"
    assert rests == sorted(rests)
    assert asyncio.run(try_again_later(Write(error, 3), rest)) == "written"


def test_the_errors_that_one_was_made_from_count() -> None:
    whole = StoreError("var/oit.sqlite: database is locked")
    whole.__cause__ = locked()
    assert is_passing(whole)


def test_what_does_not_pass_is_raised_at_once() -> None:
    rests: list[float] = []
    with pytest.raises(PermissionError):
        try_again(Write(PermissionError(errno.EACCES, "no"), 1), rests.append)
    assert rests == []


def test_a_fault_that_stays_is_raised() -> None:
    rests: list[float] = []
    with pytest.raises(OSError, match="full"):
        try_again(Write(OSError(errno.ENOSPC, "full"), 1000), rests.append)
    assert sum(rests) > 75


def test_a_body_is_stored_although_the_disk_was_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.storage.patience.RESTS", (0.0,) * 3)
    store = Store(tmp_path)
    add, full = store._bodies.add, Write(OSError(errno.ENOSPC, "full"), 2)
    monkeypatch.setattr(store._bodies, "add", lambda body: full() and add(body))
    assert store.body(store.add_body(b"text")) == b"text"
    store.close()


@pytest.mark.sqlite
def test_a_row_is_stored_although_another_program_held_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.storage.resources._HELD_MS", 50)
    store, agency = Store(tmp_path), Agency("a", "ก", "https://a.go.th/")
    snapshot = store.begin_snapshot(store.begin_run(("a",)), agency, frozenset())
    other = sqlite3.connect(tmp_path / "oit.sqlite", check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.4, lambda: other.execute("COMMIT")).start()
    began = time.monotonic()
    row = Resource(agency.url, FetchOutcome.OK)
    asyncio.run(try_again_later(lambda: store.add_resource(snapshot, row, None)))
    assert time.monotonic() - began >= 0.3
    assert [each.url for each in store.iterate_resources(snapshot)] == [agency.url]
    other.close()
    store.close()
