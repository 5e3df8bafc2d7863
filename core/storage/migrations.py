"""From each earlier schema of the store to the newest. A store of a newer or unknown schema is refused.

The version is SQLite's `user_version`, PostgreSQL has a table `schema_version` of one row; stores of the first schema
have none. Tables, columns and indexes that are new
are made from core/storage/schema.py, the one description of the database; a numbered step holds what no description
says: how rows are filled. All runs in one transaction with the change of the number, so a process killed in between
leaves the earlier schema.

To change a table: change it in schema.py, raise SCHEMA_VERSION, add the step here (an empty one if there is nothing to
fill), and keep a store of the version before in tests/core/storage/stores/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.schema import CreateColumn

from core.storage.schema import SCHEMA_VERSION, metadata, resources, snapshots

_FIRST_TABLES = frozenset({"runs", "snapshots", "resources", "readings", "cache"})
"""Tables of version 1, which kept no number."""

_versions = Table("schema_version", MetaData(), Column("version", Integer, nullable=False))
_LOCK = 0x6F697473
"""Number of the lock that a migration holds on a server."""


class SchemaError(Exception):
    """The store's schema is not one that this program knows; the message is one line."""


def migrate(engine: Engine) -> int:
    """Bring a database to the newest schema and return the version that it had, 0 for an empty one.

    Raises SchemaError for a newer or unknown schema, before anything is written."""
    with engine.connect() as db:
        if _version(db) == SCHEMA_VERSION:
            return SCHEMA_VERSION
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        # SQLite's driver would commit before each DDL statement; a transaction of ours holds the whole step.
        sqlite = db.dialect.name == "sqlite"
        db.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        try:
            if not sqlite:
                db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK:d})")
            before = _version(db)  # another process may have been faster
            _add_what_is_new(db)
            for version in range(before + 1, SCHEMA_VERSION + 1) if before else ():
                _STEPS[version](db)
            _set_version(db)
        except BaseException:
            db.exec_driver_sql("ROLLBACK")
            raise
        db.exec_driver_sql("COMMIT")
    return before


def _version(db: Connection) -> int:
    found = _number(db)
    if found == SCHEMA_VERSION:
        return found
    if found > SCHEMA_VERSION:
        raise SchemaError(f"made by a newer version of the program: schema {found}, known up to {SCHEMA_VERSION}")
    # The queue keeps its tables in the same database.
    tables = frozenset(name for name in inspect(db).get_table_names() if not name.startswith("procrastinate_"))
    if found == 0 and not tables:
        return 0
    if found == 0 and tables == _FIRST_TABLES:
        return 1
    if found <= 1:
        raise SchemaError("no store of this program, or a damaged one: unknown tables without a schema number")
    return found


def _number(db: Connection) -> int:
    if db.dialect.name == "sqlite":
        return int(db.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if not inspect(db).has_table(_versions.name):
        return 0
    return int(db.execute(select(func.max(_versions.c.version))).scalar() or 0)


def _set_version(db: Connection) -> None:
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
        return
    _versions.create(db, checkfirst=True)
    db.execute(delete(_versions))
    db.execute(insert(_versions).values(version=SCHEMA_VERSION))


def _add_what_is_new(db: Connection) -> None:
    known = {
        name: {column["name"] for column in inspect(db).get_columns(name)} for name in inspect(db).get_table_names()
    }
    for table in metadata.sorted_tables:
        if table.name not in known:
            table.create(db)
            continue
        for column in table.columns:
            if column.name not in known[table.name]:
                described = CreateColumn(column).compile(dialect=db.dialect)
                db.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {described}"))
        for index in table.indexes:
            index.create(db, checkfirst=True)


def _rows_by_span(db: Connection) -> None:
    """Version 2: an address's row says of which agency it is and up to which snapshot it holds."""
    owner = select(snapshots.c.agency_id).where(snapshots.c.id == resources.c.snapshot_id).scalar_subquery()
    db.execute(update(resources).values(agency_id=owner, last_id=resources.c.snapshot_id))


def _nothing_to_fill(_: Connection) -> None:
    """Version 3 has a table for what was told, version 4 one for batches; both are empty at first."""


_STEPS: Mapping[int, Callable[[Connection], None]] = {2: _rows_by_span, 3: _nothing_to_fill, 4: _nothing_to_fill}
"""What fills the rows on the way to each version."""
