"""Object stores to try: a folder elsewhere, and an S3 server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.storage.objects import base
from tests.mockserver.objects import ObjectServer, object_server

PLACES = ("file", "s3")


@pytest.fixture(scope="session")
def objects_server() -> Iterator[ObjectServer]:
    """One server for all tests of a process."""
    for library in ("s3fs", "moto", "flask_cors"):
        pytest.importorskip(library, reason=f"{library} is not installed (requirements-dev.txt)")
    with object_server() as running:
        yield running


@pytest.fixture
def s3(objects_server: ObjectServer, monkeypatch: pytest.MonkeyPatch) -> ObjectServer:
    """The server, with the environment that leads to it and clients that do not wait long for it."""
    for name, value in objects_server.environment().items():
        monkeypatch.setenv(name, value)
    pytest.importorskip("core.storage.objects.remote")
    monkeypatch.setattr("core.storage.objects.remote._S3", {"connect_timeout": 2, "retries": {"max_attempts": 1}})
    base._opened.cache_clear()
    return objects_server


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place in an object store."""
    pytest.importorskip("fsspec", reason="the extra `objects` is not installed")
    if request.param == "file":
        return f"file://{tmp_path / 'elsewhere'}"
    server: ObjectServer = request.getfixturevalue("s3")
    return server.place()
