"""The floors of the house: imports go down, never up, and no files import each other in a circle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from oit.cli.main import COMMANDS
from tests.paths import PROJECT

_VALUES = ("core.models", "core.thai", "core.errors", "core.rounding")
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "core": (),
    "documents": ("core",),
    "checklist": (
        "core.models",
        "core.thai",
        "core.errors",
        "core.urls",
        "core.formats",
        "core.marked_yaml",
        "core.rounding",
    ),
    "crawler": ("core", "documents"),
    "reports": (
        "core.models",
        "core.sanitize",
        "core.steady_zip",
        "core.atomic",
        "core.disk_cache",
        "core.errors",
        "core.thai",
        "core.rounding",
        "checklist.rules",
    ),
    "oit": ("core", "documents", "checklist", "crawler", "reports", "sample"),
    "sample": (),
}
"""Which of our packages each of them may import, itself aside. Nothing else is allowed."""

IMPURE = {"os", "io", "pathlib", "socket", "subprocess", "time", "tempfile", "shutil", "urllib.request", "sqlite3"}
"""Modules that reach outside the process or know the time; the checklist uses none."""

LARGEST_SHARE = 0.25
MOST_MODULES = 16
LONGEST_MODULE = 500
LONGEST_FUNCTION = 60


def modules(package: str) -> list[Path]:
    """Files of a package."""
    return sorted((PROJECT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    """Dotted name of a file's module."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, at_runtime: bool = False) -> Iterator[str]:
    """Dotted names that a file imports, of modules or of what is in them; `at_runtime` leaves out what only type
    checkers see and what functions import when they are called."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if at_runtime else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_down(package: str) -> None:
    allowed = (package, *MAY_IMPORT[package])
    wrong = [
        f"{path.relative_to(PROJECT)}: {name}"
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] in (*MAY_IMPORT, "tests", "benchmarks")
        and not any(name == each or name.startswith(f"{each}.") for each in allowed)
    ]
    assert wrong == []


def test_no_files_import_each_other_in_a_circle() -> None:
    files = {name_of(path): path for package in MAY_IMPORT for path in modules(package)}
    arrows = {
        name: {target for each in imports(path) if (target := _module_of(each, files)) and target != name}
        for name, path in files.items()
    }
    left = dict(arrows)
    while free := [name for name, targets in left.items() if not targets & left.keys()]:
        for name in free:
            del left[name]
    in_circle = {name for name in left if _reaches(name, name, left)}
    assert in_circle == set()


def _module_of(name: str, files: dict[str, Path]) -> str | None:
    """The module that an imported name is of or is."""
    return name if name in files else (parent if (parent := name.rpartition(".")[0]) in files else None)


def _reaches(start: str, goal: str, arrows: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(arrows.get(start, ()))
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            waiting += arrows.get(at, ())
    return False


STARTED_BY_NAME = {
    "crawler.commands.crawl": "COMMANDS_MODULE",
    "crawler.settings": "scrapy.cfg",
    "oit.__main__": "python -m oit",
}
"""Modules that nothing names because something else starts them."""
LOADED_LATE = re.compile(r"[\"']((?:core|documents|checklist|crawler|reports|oit)\.[\w.]+(?::\w+)?)[\"']")


def test_no_module_is_left_over() -> None:
    """What no other module imports, or names where it is loaded late, is not in use: a row of a table is missing."""
    files = {name_of(path): path for package in MAY_IMPORT for path in modules(package)}
    used = {*STARTED_BY_NAME, *(f"oit.cli.{module}" for module in COMMANDS)}
    for name, path in files.items():
        text = path.read_text("utf-8")
        named = [*imports(path), *(each.replace(":", ".") for each in LOADED_LATE.findall(text))]
        used |= {module for each in named if (module := _module_of(each, files)) and module != name}
    parts = {name for name, path in files.items() if path.name != "__init__.py" and not name.startswith("sample.")}
    assert parts - used == set()


def test_the_checklist_has_no_file_socket_or_clock() -> None:
    for path in modules("checklist"):
        assert [name for name in imports(path) if name in IMPURE or name.split(".")[0] in IMPURE] == [], path.name
        text = path.read_text("utf-8")
        for word in ("open(", ".now(", ".today("):
            assert word not in text, f"{path.name}: {word}"


def test_no_package_holds_more_than_its_share() -> None:
    sizes = {
        package: sum(len(path.read_text("utf-8").splitlines()) for path in modules(package)) for package in MAY_IMPORT
    }
    whole = sum(sizes.values())
    assert {package: n for package, n in sizes.items() if n > LARGEST_SHARE * whole} == {}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_folders_are_seen_at_a_glance(package: str) -> None:
    folders = {path.parent for path in modules(package)}
    crowded = {
        str(folder.relative_to(PROJECT)): n
        for folder in folders
        if (n := len([path for path in folder.glob("*.py") if path.name != "__init__.py"])) > MOST_MODULES
    }
    assert crowded == {}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_files_and_functions_stay_small(package: str) -> None:
    for path in modules(package):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= LONGEST_MODULE, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{path}: {node.name}"
