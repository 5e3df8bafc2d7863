"""The store's tests run on both databases: `tmp_path` is a data folder with a file, or one that names a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store_folder import URL_FILE
from tests.mockserver.postgres import PostgresServer, find_binaries, postgres_server

DATABASES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that has a folder on each database, unless it is about a file of SQLite."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("sqlite") is None:
        metafunc.parametrize("database", DATABASES, indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """One server for all tests of a process."""
    if find_binaries() is None:
        pytest.skip("PostgreSQL is not installed and cannot be (./run test installs it where it may)")
    pytest.importorskip("psycopg", reason="the extra `queue` is not installed")
    with postgres_server() as running:
        yield running


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The database to use, as the line of `database.url`; empty for SQLite."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return ""
    return str(request.getfixturevalue("server").database())


@pytest.fixture
def tmp_path(tmp_path: Path, database: str) -> Path:
    """A folder whose store is in the database."""
    if database:
        (tmp_path / URL_FILE).write_text(f"{database}\n", "utf-8")
    return tmp_path
