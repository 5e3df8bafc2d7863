"""The tables as CSV, and their description as datapackage.json (Frictionless Data)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from core.atomic import open_atomic, write_atomic
from reports.open_data.tables import OpenTable, Value

PACKAGE = "datapackage.json"
_FORMULA = ("=", "+", "-", "@")
_TOGETHER = 1 << 16
"""Characters that are encoded and written at once."""


def write_csv(folder: Path, tables: Sequence[OpenTable], name: str, title: str, created: str) -> list[Path]:
    """Write each table, the description last, and return the files. `created` is a time in UTC. Raises OSError.

    Lines are written as they are made: a country's elements are a million."""
    described, written = [], []
    for table in tables:
        path = folder / f"{table.name}.csv"
        size, digest = 0, hashlib.sha256()
        with open_atomic(path) as file:
            for line in _lines(table):
                size += file.write(line)
                digest.update(line)
        described.append(_resource(table, size, digest.hexdigest()))
        written.append(path)
    package = {
        "name": name,
        "title": title,
        "created": created,
        "profile": "tabular-data-package",
        "description": "A text that a spreadsheet would run as a formula has an apostrophe before it.",
        "resources": described,
    }
    write_atomic(folder / PACKAGE, json.dumps(package, ensure_ascii=False, indent=1) + "\n")
    return [*written, folder / PACKAGE]


def _lines(table: OpenTable) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    # The mark tells Excel that it is UTF-8; without it Thai letters are garbage there.
    yield b"\xef\xbb\xbf"
    writer.writerow([field.name for field in table.fields])
    for row in table.rows():
        writer.writerow([_cell(value) for value in row])
        if out.tell() > _TOGETHER:
            yield out.getvalue().encode("utf-8", "replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _resource(table: OpenTable, size: int, sha256: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": field.name, "type": field.type, "description": field.description} for field in table.fields
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": "id"}}
            for column, other in table.refers.items()
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "schema": schema,
    }
