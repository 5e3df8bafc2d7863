"""The database behind a store's folder: SQLite in the folder itself, or the PostgreSQL server that the folder names.

A file `database.url` in the folder holds one line such as `postgresql+psycopg://oit@db.example.go.th/oit`. Passwords
stand where libpq looks for them (`PGPASSWORD`, `~/.pgpass`), not in that line.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError

from core.errors import StoreError, first_line
from core.store_folder import DATABASE, URL_FILE

_PATIENCE = 60.0
"""Seconds that a connection is tried for: a database server that was restarted is back by then."""
_AGAIN = 0.5
_RUN_LOCK = 0x6F6974
"""Number of the lock that a run holds on the server."""


class StoreBusyError(StoreError):
    """Another run holds the store."""


def database_url(folder: Path) -> URL:
    """Return where a folder's database is. Raises StoreError for a line that is no address of a known database."""
    try:
        line = (folder / URL_FILE).read_text("utf-8").strip()
    except FileNotFoundError:
        return URL.create("sqlite", database=str(folder / DATABASE))
    try:
        url = make_url(line)
    except ArgumentError as error:
        raise StoreError(f"{folder / URL_FILE}: no address of a database ({first_line(error)})") from error
    if url.get_backend_name() != "postgresql":
        raise StoreError(f"{folder / URL_FILE}: {url.drivername}: only PostgreSQL (postgresql+psycopg://...) is known")
    return url.set(drivername="postgresql+psycopg")


def open_engine(folder: Path) -> Engine:
    """Return the engine of a folder's database. Raises StoreError."""
    url = database_url(folder)
    if url.get_backend_name() == "sqlite":
        return _named(_sqlite(url), str(folder / DATABASE))
    try:
        engine = create_engine(url, pool_pre_ping=True, pool_size=2, max_overflow=4)
    except ModuleNotFoundError as error:
        raise StoreError(f"{folder / URL_FILE} needs the extra `queue`: pip install 'oit[queue]'") from error
    event.listen(engine, "do_connect", _patient)
    return _named(engine, url.render_as_string(hide_password=True))


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 60})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        # WAL lets a report be written while a crawl goes on; NORMAL loses at most the last rows on power loss.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _patient(dialect: Any, _: Any, args: Any, params: Any) -> Any:
    """Connect to a server that may be starting."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return dialect.loaded_dbapi.connect(*args, **params)
        except dialect.loaded_dbapi.OperationalError as error:
            if time.monotonic() > until or not _may_come_back(str(error)):
                raise
            time.sleep(_AGAIN)


def _may_come_back(said: str) -> bool:
    """Whether a server that refused is likely to be starting or ending: not for a wrong password or database."""
    return any(word in said for word in ("refused", "starting up", "shutting down", "No such file", "recovery mode"))


def _named(engine: Engine, name: str) -> Engine:
    @event.listens_for(engine, "handle_error")
    def _name_the_database(context: Any) -> None:
        if context.is_pre_ping:
            return
        raise StoreError(f"{name}: {cause_of(context.original_exception)}") from context.original_exception

    return engine


def insert_of(dialect: str) -> Any:
    """Return the database's own INSERT, which knows what to do with a row that is there already."""
    if dialect != "postgresql":
        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # most stores are in a file

    return postgresql.insert


def cause_of(error: BaseException) -> str:
    """Return in one line what was wrong."""
    return (error.strerror if isinstance(error, OSError) else None) or first_line(error)


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Hold a folder for one run; StoreBusyError names the process that holds it already."""
    holder = folder / "oit.holder"
    lock = FileLock(folder / "oit.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        name = "?"
        with suppress(OSError):
            name = holder.read_text("utf-8")[:40].strip() or "?"
        raise StoreBusyError(f"another run is using {folder} (process {name}); wait for it or stop it") from error
    try:
        holder.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def hold_server(engine: Engine, folder: Path) -> Iterator[None]:
    """Hold a server's database for one run over all machines; nothing to do for a folder's own database."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        if not db.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": _RUN_LOCK}).scalar():
            raise StoreBusyError(f"another run is using the database of {folder}; wait for it or stop it")
        try:
            yield
        finally:
            with suppress(DatabaseError, StoreError):  # a server that went away has freed it
                db.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _RUN_LOCK})
