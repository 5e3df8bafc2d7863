"""Whether the machine is fit for a night, what the runs did, backups, and the files of deploy/."""

from __future__ import annotations

import configparser
import json
import logging
import re
import shlex
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
import yaml
from sqlalchemy import make_url

from checklist.rules.model import Rules
from core.models.agency import Agency
from core.storage.run_log import RunOutcome
from core.storage.store import Store
from oit.cli import options
from oit.cli.main import main, make_app
from oit.health import HealthCheck, examine_health
from oit.run.metrics import metrics_text
from tests.paths import PROJECT

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
DEPLOY = PROJECT / "deploy"


def a_run(folder: Path, started: datetime, outcome: RunOutcome) -> int:
    store = Store(folder)
    run = store.begin_run(("a", "b"))
    store.begin_snapshot(run, Agency("a", "", "https://a.go.th/"), frozenset())
    store.describe_run(run, command="nightly", edition=2569, program="1")
    store.finish_run(run)
    store.record_run(run, outcome)
    store.close()
    with sqlite3.connect(folder / "oit.sqlite") as db:
        db.execute("UPDATE runs SET started = ? WHERE id = ?", (started.isoformat(), run))
    return run


def looked_at(tmp_path: Path, rules: Rules, now: datetime = NOW, *, known: bool = True) -> dict[str, str]:
    def lookup(host: str) -> str:
        if not known:
            raise OSError("no such host")
        return "203.0.113.1"

    found = examine_health(tmp_path / "var", tmp_path / "var", rules, "a.go.th", now, lookup)
    return {check.name: check.lost for check in found}


def test_a_machine_in_order_loses_nothing(tmp_path: Path, shipped: Rules) -> None:
    a_run(tmp_path / "var", NOW - timedelta(hours=5), RunOutcome(exit_status=0))
    found = looked_at(tmp_path, shipped)
    assert set(found.values()) - {""} == set()
    assert {"name server", "open files", "clock", "time zone", "rules", "last run"} <= set(found)


def test_what_is_wrong_says_what_is_lost(tmp_path: Path, shipped: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    a_run(tmp_path / "var", NOW + timedelta(hours=5), RunOutcome(exit_status=3, problem="9 of 9 sites failed alike"))
    monkeypatch.setattr("oit.health._ROOM", 1 << 60)
    monkeypatch.setattr("oit.health._FILES", 1 << 40)
    found = looked_at(tmp_path, shipped, known=False)
    assert "status 3" in found[f"disk of {tmp_path / 'var'}"]
    assert "dns" in found["name server"]
    assert "out of files" in found["open files"]
    assert "behind" in found["clock"]
    assert found["last run"] == "9 of 9 sites failed alike"


def test_old_rules_and_old_runs_are_told(tmp_path: Path, shipped: Rules) -> None:
    a_run(tmp_path / "var", NOW, RunOutcome(exit_status=0))
    found = looked_at(tmp_path, shipped, NOW + timedelta(days=4000))
    assert "is not in them" in found["rules"]
    assert "no run for 4000 days" in found["last run"]


def test_runs_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_run(tmp_path / "var", NOW, RunOutcome(exit_status=0, checked=2, pages=77))
    a_run(tmp_path / "var", NOW, RunOutcome(exit_status=3, problem="the disk of var is full"))
    assert main(["runs", "--data", str(tmp_path / "var")]) == 0
    told = capsys.readouterr().out
    assert "nightly" in told
    assert "2026-01-05 08:00" in told  # Thai time
    assert "2: the disk of var is full" in told
    assert main(["runs", "--json", "-n", "1", "--data", str(tmp_path / "var")]) == 0
    (run,) = json.loads(capsys.readouterr().out)
    assert (run["exit_status"], run["agencies"]) == (3, 2)
    assert main(["runs", "--data", str(tmp_path / "nothing")]) == 2
    assert not (tmp_path / "nothing").exists()


def test_the_figures_are_in_prometheus_form(tmp_path: Path) -> None:
    a_run(tmp_path / "var", NOW, RunOutcome(exit_status=1, checked=1, unchecked=1, pages=77))
    store = Store(tmp_path / "var")
    text = metrics_text(store.runs(1)[0])
    store.close()
    figures = dict(line.split() for line in text.splitlines() if not line.startswith("#"))
    assert (figures["oit_run_exit_status"], figures["oit_agencies"], figures["oit_pages"]) == ("1", "2", "77")
    assert float(figures["oit_run_started_seconds"]) == NOW.timestamp()
    assert all(re.fullmatch(r"# (HELP|TYPE) oit_\w+ .+|oit_\w+ [0-9.e+]+", line) for line in text.splitlines())


def test_a_backup_can_be_put_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, tar, again = tmp_path / "var", tmp_path / "b.tar", tmp_path / "again"
    a_run(data, NOW, RunOutcome(exit_status=0))
    store = Store(data)
    sha256 = store.add_body(b"a body")
    assert main(["backup", str(tar), "--data", str(data)]) == 0  # while the store is open
    store.close()
    assert main(["backup", str(tar), "--data", str(data)]) == 2  # it is there already
    assert main(["restore", str(tar), "--data", str(data)]) == 2  # not over what is there
    assert main(["restore", str(tar), "--data", str(again)]) == 0
    store = Store(again)
    assert store.body(sha256) == b"a body"
    assert len(store.runs()) == 1
    store.close()
    (tmp_path / "bad.tar").write_text("no archive")
    assert main(["restore", str(tmp_path / "bad.tar"), "--data", str(tmp_path / "x")]) == 3


def test_an_upgrade_keeps_what_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "var"
    data.mkdir()
    v1 = PROJECT / "tests" / "core" / "storage" / "stores" / "v1" / "oit.sqlite"
    (data / "oit.sqlite").write_bytes(v1.read_bytes())
    assert main(["upgrade", "--data", str(data), "--to", str(tmp_path / "backup")]) == 0
    (tar,) = (tmp_path / "backup").glob("*.tar")
    assert "3 runs" in capsys.readouterr().out
    subprocess.run(["tar", "-xf", tar, "-C", tmp_path, "oit.sqlite"], check=True)
    with sqlite3.connect(tmp_path / "oit.sqlite") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (0,)


def test_the_log_file_is_put_aside_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oit.cli.options._LOG_BYTES", 2000)
    path = tmp_path / "log" / "oit.log"
    options.Options(quiet=True, log_file=path).settings()
    try:
        for number in range(600):
            logging.getLogger("oit.run.night").info("line %d", number)
    finally:
        logging.basicConfig(force=True)  # closes the file
    kept = sorted(path.parent.iterdir())
    assert [one.name for one in kept] == ["oit.log", *(f"oit.log.{n}" for n in range(1, 6))]
    assert all(one.stat().st_size <= 2000 for one in kept)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO line 599", path.read_text().splitlines()[-1])


def options_of(command: str) -> set[str]:
    group = typer.main.get_command(make_app())
    found = group.commands[command]  # type: ignore[attr-defined]
    return {name for parameter in found.params for name in parameter.opts}


def test_systemd_units_call_the_program_as_it_is() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "oit@.service")
    program, command, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/run")
    given = {word for word in arguments if word.startswith("-")}
    assert given <= options_of(command)
    assert {"--agencies", "--data", "--out", "-q"} <= given
    assert unit["Service"]["SuccessExitStatus"] == "1"
    timer = configparser.ConfigParser(interpolation=None)
    timer.read(DEPLOY / "oit@.timer")
    assert timer["Timer"]["OnCalendar"].endswith("Asia/Bangkok")


def test_the_compose_file_names_what_is_there() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    for service in compose["services"].values():
        build = service["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
        assert {word for word in service["command"] if word.startswith("-")} <= options_of("nightly")
        script = service["entrypoint"][-1].removeprefix("/srv/oit/")
        assert subprocess.run(["sh", "-n", PROJECT / script], check=False).returncode == 0
        mounted = {volume.split(":")[1] for volume in service["volumes"]}
        assert {"/srv/agencies.yaml", "/srv/reports", "/var/lib/oit"} == mounted
        named = {v.split(":")[0] for v in service["volumes"] if not v.startswith((".", "/"))}
        assert named <= compose["volumes"].keys()


def test_the_compose_file_of_workers_names_what_is_there() -> None:
    compose = yaml.safe_load((DEPLOY / "compose-workers.yaml").read_text("utf-8"))
    assert compose["services"].keys() == {"db", "nightly", "worker"}
    for name, command in (("nightly", "nightly"), ("worker", "worker")):
        service = compose["services"][name]
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        assert f"ARG {next(iter(service['build']['args']))}=" in (DEPLOY / "Containerfile").read_text("utf-8")
        assert {word for word in service["command"] if word.startswith("-")} <= options_of(command)
        assert service["depends_on"]["db"]["condition"] == "service_healthy"
        mounted = dict(volume.split(":")[:2] for volume in service["volumes"])
        assert mounted["./database.url"] == "/var/lib/oit/database.url"
        assert service["restart"] in ("always", "unless-stopped")
    url = make_url((DEPLOY / "database.url").read_text("utf-8").strip())
    assert (url.host, url.database, url.password) == (
        "db",
        compose["services"]["db"]["environment"]["POSTGRES_DB"],
        None,
    )
    named = {v.split(":")[0] for s in compose["services"].values() for v in s["volumes"] if v[0] not in "./"}
    assert named == compose["volumes"].keys()


def test_the_workers_unit_calls_the_program_as_it_is() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "oit-worker@.service")
    _, command, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert command == "worker"
    assert {word for word in arguments if word.startswith("-")} <= options_of(command)
    assert unit["Service"]["Restart"] == "always"


def test_the_container_installs_what_the_program_asks_for() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    for line in re.findall(r"^COPY (.+)$", text, re.M):
        *sources, _ = line.replace("${REQUIREMENTS}", "requirements.txt").split()
        assert all((PROJECT / source).exists() for source in sources)
    assert "ARG REQUIREMENTS=requirements.txt" in text
    for line in re.findall(r"pip install (.+)$", text, re.M):
        assert "--require-hashes -r" in line, line
    wanted = set(re.findall(r'wanted="\$wanted ([a-z0-9 -]+)"', (PROJECT / "run").read_text("utf-8")))
    for packages in wanted - {"postgresql"}:  # for the tests only: a container's database is another container
        assert all(package in text for package in packages.split())


@pytest.mark.parametrize(("line", "found"), [("file://{}/elsewhere", "file://"), ("ftp://a/b", "no address")])
def test_an_object_store_is_looked_at(tmp_path: Path, shipped: Rules, line: str, found: str) -> None:
    pytest.importorskip("fsspec", reason="the extra `objects` is not installed")

    def seen() -> list[HealthCheck]:
        looked = examine_health(tmp_path, tmp_path, shipped, "www.go.th", NOW, lambda _: "10.0.0.1")
        return [one for one in looked if one.name == "object store"]

    assert seen() == []
    (tmp_path / "objects.url").write_text(line.format(tmp_path), "utf-8")
    assert found in seen()[0].found
    assert bool(seen()[0].lost) == line.startswith("ftp")


def test_settings_of_mail_are_looked_at(tmp_path: Path, shipped: Rules) -> None:
    def mail(**settings: str) -> HealthCheck:
        found = examine_health(tmp_path, tmp_path, shipped, "www.go.th", NOW, lambda _: "10.0.0.1", settings)
        return next(one for one in found if one.name == "mail")

    assert not mail().lost
    right = mail(OIT_SMTP="smtp://it@mail.go.th", OIT_SMTP_PASSWORD="x", OIT_MAIL_FROM="it@office.go.th")
    assert (right.found, right.lost) == ("mail.go.th:587 as it@office.go.th", "")
    wrong = mail(OIT_SMTP="smtp://it@mail.go.th", OIT_MAIL_FROM="nobody")
    assert "OIT_SMTP_PASSWORD" in wrong.lost
    assert "no e-mail address" in wrong.lost
