"""The tables as one SQLite file, for who asks with SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from reports.open_data.tables import OpenTable, Value

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_FLAGS = {"true": 1, "false": 0}


def write_sqlite(path: Path, tables: Sequence[OpenTable]) -> None:
    """Write a new file, in place of one that is there already once it is whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.new")
    begun.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(begun)) as db:
            for table in tables:
                _write(db, table)
            db.commit()
        begun.replace(path)
    except sqlite3.Error as error:
        raise OSError(0, str(error), str(path)) from error
    finally:
        begun.unlink(missing_ok=True)


def _write(db: sqlite3.Connection, table: OpenTable) -> None:
    # Names are of tables.py; whatever a site wrote goes in as a bound value.
    columns = [f'"{field.name}" {_TYPES.get(field.type, "TEXT")}' for field in table.fields]
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    columns += [f"FOREIGN KEY ({column}) REFERENCES {other} (id)" for column, other in table.refers.items()]
    db.execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
    flags = [field.type == "boolean" for field in table.fields]
    marks = ", ".join("?" for _ in table.fields)
    rows = ([_value(value, flag) for value, flag in zip(row, flags, strict=True)] for row in table.rows())
    db.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608  (no text of others in it)


def _value(value: Value, flag: bool) -> Value:
    if flag:
        return _FLAGS.get(str(value))
    # SQLite takes no half of a surrogate pair, which broken documents have.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
