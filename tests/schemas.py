"""Whether data has the form that its schema describes."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from reports.schemas import load_schema


def faults(data: Any, name: str = "") -> list[str]:
    """Return what is wrong with data, in a line each; its form is the one that it says it has, or `name`."""
    validator = Draft202012Validator(load_schema(name or data["schema"]))
    plain = json.loads(json.dumps(data))
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(plain)]
