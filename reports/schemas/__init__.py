"""JSON Schemas of everything that other programs read, one file a form: `oit-report/2` is oit-report-2.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def schema_names() -> tuple[str, ...]:
    """The forms that are described, as files name them (`oit-report-2`)."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


def load_schema(name: str) -> dict[str, Any]:
    """Return the schema of a form, by its name in `schema_names` or as the form itself says it (`oit-report/2`).

    Raises KeyError for one that is not described."""
    stem = name.replace("/", "-")
    if stem not in schema_names():
        raise KeyError(name)
    found = json.loads((_FOLDER / f"{stem}.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found
