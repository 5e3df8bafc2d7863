"""Documents that cannot rot: every link, path, command and setting that they name exists, and every one is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import typer.main

from core import store_folder
from core.storage.objects import base
from crawler import settings
from oit.cli.main import make_app
from tests.paths import PROJECT

DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
TOP_LEVEL = {path.name for path in PROJECT.iterdir() if path.is_dir() and not path.name.startswith(".")}
SETTINGS = {name: value for name, value in vars(settings).items() if name.startswith("OIT_")}
TEXT_OF_SETTINGS = (PROJECT / "docs" / "settings.md").read_text("utf-8")
SETTING_ROW = re.compile(r"^\| `(OIT_\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NO_COMMAND = {"test", "ANYTHING", "COMMAND"}
"""Words behind ./run or oit that are no command: `./run test` runs pytest, the others stand for any."""
NAMED_PATH = r"`((?:{})/[\w./-]*)`"


def of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def links(text: str) -> Iterator[str]:
    """Targets of links to files of this project."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file = target.partition("#")[0]
        if file and "://" not in target and not target.startswith("mailto:") and not re.search("[ก-๙]", target):
            yield file


@pytest.mark.parametrize("path", DOCUMENTS, ids=of)
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", path.read_text("utf-8"))
    assert [file for file in links(text) if not (path.parent / file).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=of)
def test_files_that_are_named_exist(path: Path) -> None:
    named = re.findall(NAMED_PATH.format("|".join(sorted(TOP_LEVEL))), path.read_text("utf-8"))
    # Words in capitals stand for a name that the reader chooses.
    fixed = [name for name in named if not re.search(r"[A-Z]{3,}", name)]
    assert [name for name in fixed if not (PROJECT / name).exists()] == []


def commands() -> set[str]:
    """The names of all commands."""
    group = typer.main.get_command(make_app())
    return set(group.list_commands(typer.Context(group)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", DOCUMENTS, ids=of)
def test_commands_that_are_named_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    shown = "\n".join(
        [
            *re.findall(r"`([^`\n]+)`", text),
            *re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE),
            *re.findall(r"^\./run .*$", text, re.MULTILINE),
        ]
    )
    said = {
        match for line in shown.splitlines() for match in re.findall(r"(?:^|&& )(?:\./run|oit) ([A-Za-z][\w-]*)", line)
    }
    assert said - commands() - NO_COMMAND == set()


def test_every_command_is_in_the_readme() -> None:
    table = (PROJECT / "README.md").read_text("utf-8")
    assert {name for name in commands() if f"`oit {name}" not in table} == set()


def test_every_setting_has_a_row_with_unit_default_and_reason() -> None:
    text = TEXT_OF_SETTINGS
    rows = {name: (unit, default, reason) for name, unit, default, reason in SETTING_ROW.findall(text)}
    assert rows.keys() == SETTINGS.keys()
    for name, (unit, default, reason) in rows.items():
        assert unit.strip(), name
        assert len(reason.split()) >= 4, f"{name}: why this value?"
        value = SETTINGS[name]
        if isinstance(value, bool):
            assert str(value).lower() in default, name
        elif isinstance(value, int | float):
            assert float(default) == value, name
        elif value:
            assert str(value) in default, name
        else:
            assert "none" in default or "empty" in default, name


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_read(name: str) -> None:
    folders = ("crawler", "oit")
    code = [path for folder in folders for path in (PROJECT / folder).rglob("*.py") if path.name != "settings.py"]
    assert any(name in path.read_text("utf-8") for path in code)


def test_no_setting_of_ours_is_read_that_is_not_in_the_table() -> None:
    code = [path for folder in ("crawler", "oit") for path in (PROJECT / folder).rglob("*.py")]
    read = {name for path in code for name in re.findall(r"[\"'](OIT_[A-Z_]+)[\"']", path.read_text("utf-8"))}
    environment = next(line for line in TEXT_OF_SETTINGS.splitlines() if line.startswith("Environment:"))
    assert read - SETTINGS.keys() - set(re.findall(r"OIT_[A-Z_]+", environment)) == set()


def test_every_file_that_names_a_server_is_described() -> None:
    files = {store_folder.URL_FILE: "`postgresql+psycopg://", base.URL_FILE: "`s3://"}
    for name, example in files.items():
        assert f"`{name}` ({example}" in TEXT_OF_SETTINGS
    for name in (*remote_variables(), "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        assert f"`{name}`" in TEXT_OF_SETTINGS


def remote_variables() -> set[str]:
    """Variables of the environment that the code of object stores reads by name, where one stands for a server."""
    text = (PROJECT / "core/storage/objects/remote.py").read_text("utf-8")
    return set(re.findall(r"[\"'](AWS_ENDPOINT_URL)[\"']", text))


def test_the_version_stands_in_one_place() -> None:
    from oit import __version__

    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert "version = {attr" in (PROJECT / "pyproject.toml").read_text("utf-8").replace("{ attr", "{attr")
    assert not re.search(r'^version = "', (PROJECT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert f"## {__version__}" in (PROJECT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("package", ["core", "documents", "checklist", "crawler", "reports", "oit", "sample"])
def test_every_package_says_that_it_is_typed(package: str) -> None:
    assert (PROJECT / package / "py.typed").is_file()
    assert '"py.typed"' in (PROJECT / "pyproject.toml").read_text("utf-8")


def test_commits_that_blame_passes_over_are_whole_ids() -> None:
    lines = (PROJECT / ".git-blame-ignore-revs").read_text("utf-8").splitlines()
    ids = [line for line in lines if not line.startswith("#")]
    assert ids
    assert all(re.fullmatch(r"[0-9a-f]{40}", each) for each in ids)


_PACKAGES = ("core", "documents", "checklist", "crawler", "reports", "oit")


def test_sites_are_told_the_version_and_nobody_states_it_again() -> None:
    """Sites, WARC files and reports are told the same version as packages."""
    from core.version import __version__
    from crawler.settings import USER_AGENT

    assert USER_AGENT.startswith(f"oit/{__version__} (")
    files = [*PROJECT.glob("*.toml"), *(path for name in _PACKAGES for path in (PROJECT / name).rglob("*.py"))]
    stated = re.compile(rf"""["'](?:oit/)?{re.escape(__version__.rsplit(".", 1)[0])}(?:\.\d+)?[ "']""")
    assert [path.name for path in files if stated.search(path.read_text("utf-8"))] == ["version.py"]
