"""The house's order: data flows crawler -> checklist -> reports, and the checklist touches nothing outside."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("crawler", "checklist", "reports", "oit")
IMPURE = {"os", "io", "pathlib", "socket", "subprocess", "time", "tempfile", "shutil", "urllib.request", "sqlite3"}


def imports(room: str) -> list[tuple[str, str]]:
    """(file, imported module) for every import in a room."""
    found = []
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = str(path.relative_to(ROOT))
            if isinstance(node, ast.Import):
                found += [(name, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.append((name, node.module))
    return found


def outside(room: str, *allowed: str) -> list[tuple[str, str]]:
    """Imports of other rooms that are not allowed."""
    return [
        (file, module)
        for file, module in imports(room)
        if module.split(".")[0] in (*ROOMS, "sample")
        and module.split(".")[0] != room
        and not any(module == a or module.startswith(a + ".") for a in allowed)
    ]


def test_the_crawler_knows_no_items() -> None:
    assert outside("crawler", "oit.model", "core.storage.store", "core.storage.codec", "checklist.thai") == []


def test_the_checklist_knows_only_the_data() -> None:
    assert outside("checklist", "oit.model", "core.errors") == []


def test_reports_know_the_assessment_and_the_rules() -> None:
    assert outside("reports", "oit.model", "core.atomic", "core.errors", "checklist.rules.model") == []


def test_the_checklist_has_no_file_socket_or_clock() -> None:
    assert [(f, m) for f, m in imports("checklist") if m in IMPURE] == []
    for path in (ROOT / "checklist").rglob("*.py"):
        text = path.read_text("utf-8")
        for word in ("open(", ".now(", ".today("):
            assert word not in text, f"{path.name}: {word}"


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_small(room: str) -> None:
    sizes = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in (ROOT / room).rglob("*.py")}
    assert {name: n for name, n in sizes.items() if n > 500} == {}
