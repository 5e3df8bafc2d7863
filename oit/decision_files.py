"""Decisions as YAML, so that they survive a lost store and can be carried to another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from core.atomic import write_atomic
from core.errors import InputError, InputFault, first_line, nearest
from core.input_files import read_input
from core.models.decision import Answer, Decision, DecisionKind

SCHEMA = "oit-decisions/1"
_MAX_BYTES = 32 << 20
"""Ten years of decisions of a province take some megabytes."""
_NAMES = tuple(field.name for field in fields(Decision))
_NEEDED = ("agency", "edition", "item", "answer", "by", "at")
_CODES: Mapping[str, type[StrEnum]] = {"answer": Answer, "kind": DecisionKind}
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write_decisions(path: Path, decisions: Iterable[Decision]) -> int:
    """Write decisions to a file, whole or not at all, and return their number. Raises OSError."""
    rows = []
    for decision in decisions:
        row = {name: value for name, value in asdict(decision).items() if value != ""}
        rows.append(row | {"answer": decision.answer.value, "kind": decision.kind.value, "at": decision.at.isoformat()})
    text = yaml.safe_dump({"schema": SCHEMA, "decisions": rows}, allow_unicode=True, sort_keys=False, width=120)
    write_atomic(path, text)
    return len(rows)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read decisions that `write_decisions` wrote. Raises InputError with a line per fault, with file, line, column."""
    try:
        root = yaml.compose(read_input(path, _MAX_BYTES, "decisions").decode("utf-8-sig"), Loader=_LOADER)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}:1:1: not UTF-8 text") from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise InputError(f"{path}:{line}:{column}: not YAML: {getattr(error, 'problem', first_line(error))}") from error
    reader = _Reader(str(path))
    found = reader.all(root)
    if reader.faults:
        raise InputError(str(fault) for fault in sorted(set(reader.faults)))
    return tuple(found)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self.faults: list[InputFault] = []

    def all(self, root: yaml.Node | None) -> Sequence[Decision]:
        """All decisions of the file; what is wrong is in `faults`."""
        top = self._keys(root, ("schema", "decisions")) if isinstance(root, yaml.MappingNode) else None
        if top is None or "decisions" not in top or getattr(top.get("schema"), "value", "") != SCHEMA:
            self._fault(root, f"not a file of decisions: it has the keys schema ({SCHEMA}) and decisions")
            return ()
        rows = top["decisions"]
        if not isinstance(rows, yaml.SequenceNode):
            self._fault(rows, "decisions must be a list")
            return ()
        return [found for row in rows.value if (found := self._one(row)) is not None]

    def _one(self, row: yaml.Node) -> Decision | None:
        if not isinstance(row, yaml.MappingNode):
            self._fault(row, "a decision has keys and values")
            return None
        known = self._keys(row, _NAMES)
        before = len(self.faults)
        for name in _NEEDED:
            if name not in known:
                self._fault(row, f"{name} is missing")
        values: dict[str, Any] = {name: self._value(name, node) for name, node in known.items()}
        return Decision(**values) if len(self.faults) == before else None

    def _value(self, name: str, node: yaml.Node) -> object:
        text = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
        if not isinstance(node, yaml.ScalarNode):
            self._fault(node, f"{name} is one value")
        elif name == "edition":
            if text.isascii() and text.isdigit():
                return int(text)
            self._fault(node, f"edition must be a year; got {text[:40]!r}")
        elif name in _CODES:
            codes = [code.value for code in _CODES[name]]
            if text in codes:
                return _CODES[name](text)
            self._fault(node, f"{name} must be one of {', '.join(codes)}; got {text[:40]!r}{nearest(text, codes)}")
        elif name == "at":
            return self._moment(node, text)
        return text

    def _moment(self, node: yaml.Node, text: str) -> datetime | None:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self._fault(node, f"at must be a time with its zone, such as 2026-01-31T08:00:00+00:00; got {text[:40]!r}")
        return found

    def _keys(self, node: yaml.MappingNode, valid: Sequence[str]) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in valid:
                self._fault(key, f"unknown key {name[:40]!r}{nearest(name, valid)}")
            elif name in found:
                self._fault(key, f"key {name!r} stands twice")
            else:
                found[name] = value
        return found

    def _fault(self, node: yaml.Node | None, message: str) -> None:
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else (1, 1)
        self.faults.append(InputFault(self._file, line, column, message))
