"""`oit accounts` and `oit decisions` at the command line."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.models.decision import Answer, Decision
from core.storage.store import Store
from oit.cli.main import main

AT = datetime(2026, 1, 31, 8, tzinfo=UTC)


def oit(*arguments: str, data: Path, said: str = "", monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the program with something on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    return main([*arguments, "--data", str(data)])


def test_accounts_are_made_listed_and_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str, said: str = "") -> int:
        return oit(*arguments, data=tmp_path, said=said, monkeypatch=monkeypatch)

    password = "a long password\n"
    assert run("accounts", "add", "สมศรี  ใจดี", said=password) == 0
    assert run("accounts", "add", "สมศรี ใจดี", said=password) == 2
    assert run("accounts", "add", "short", said="123\n") == 2
    assert run("accounts", "add", "x", "--role", "agency", said=password) == 2
    assert run("accounts", "add", "x", "--agency", "land", said=password) == 2
    assert run("accounts", "add", "x\x1b[31m", said=password) == 2
    assert run("accounts", "add", "land", "--role", "agency", "--agency", "land", "--by-proxy") == 0
    assert run("accounts", "disable", "land") == 0
    assert run("accounts", "disable", "land") == 2
    capsys.readouterr()
    assert run("accounts", "list", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["role"], one["agency"], one["disabled"] is None) for one in found] == [
        ("land", "agency", "land", False),
        ("สมศรี ใจดี", "secretary", None, True),
    ]
    assert run("accounts", "enable", "land") == 0
    assert run("accounts", "password", "สมศรี ใจดี", said="another password\n") == 0
    assert run("accounts", "password", "nobody", said="another password\n") == 2
    store = Store(tmp_path)
    known = store.accounts.find("สมศรี ใจดี")
    store.close()
    assert known is not None
    assert known[1].startswith("$argon2id$")


def test_decisions_go_out_and_come_back_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str, data: Path) -> int:
        return oit(*arguments, data=data, monkeypatch=monkeypatch)

    file = tmp_path / "decisions.yaml"
    assert run("decisions", "export", str(file), data=tmp_path / "none") == 2
    given = [Decision("land", year, "O2", Answer.ACCEPT, "สมศรี", AT) for year in (2565, 2568)]
    store = Store(tmp_path / "one")
    store.decisions.add(*given)
    store.close()
    assert run("decisions", "export", str(file), data=tmp_path / "one") == 0
    assert run("decisions", "import", str(file), data=tmp_path / "two") == 0
    assert run("decisions", "import", str(file), data=tmp_path / "two") == 0
    assert "0 decisions added, 2 were there already" in capsys.readouterr().out
    store = Store(tmp_path / "two")
    assert list(store.decisions.all_standing()) == given
    store.close()
    file.write_text("nonsense: 1\n")
    assert run("decisions", "import", str(file), data=tmp_path / "two") == 2
