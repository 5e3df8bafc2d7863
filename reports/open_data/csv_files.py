"""The tables as CSV, and their description as datapackage.json (Frictionless Data)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from reports.open_data.tables import OpenTable, Value

PACKAGE = "datapackage.json"
_FORMULA = ("=", "+", "-", "@")


def csv_files(tables: Sequence[OpenTable], name: str, title: str, created: str) -> Iterator[tuple[str, bytes]]:
    """Yield file name and bytes of each table, the description last. `created` is a time in UTC."""
    described = []
    for table in tables:
        body = _csv(table)
        described.append(_resource(table, body))
        yield f"{table.name}.csv", body
    package = {
        "name": name,
        "title": title,
        "created": created,
        "profile": "tabular-data-package",
        "description": "A text that a spreadsheet would run as a formula has an apostrophe before it.",
        "resources": described,
    }
    yield PACKAGE, (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(table: OpenTable) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    for row in table.rows():
        writer.writerow([_cell(value) for value in row])
    # The mark tells Excel that it is UTF-8; without it Thai letters are garbage there.
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _resource(table: OpenTable, body: bytes) -> dict[str, Any]:
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
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": schema,
    }
