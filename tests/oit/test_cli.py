"""The program as a user calls it: exit statuses, one line per fault, JSON on standard output."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from oit.agencies.loader import load_agencies
from oit.cli.main import main
from tests.paths import PROJECT
from tests.schemas import faults


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["audit", "--nope"],
        ["score", "--edition", "x"],
        ["explain"],
        ["audit", "--as-of", "tomorrow"],
        ["audit", "-s", "novalue"],
        ["audit", "--agencies", "/nonexistent/agencies.yaml"],
        ["score", "--failed", "O99"],
        ["score", "--iit", "90"],
        ["check-file", "/nonexistent.pdf", "--item", "O2"],
        ["demo", "--edition", "2500", "--data", "/nonexistent/x"],
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    arguments: list[str],
    rules_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments[0] in ("score", "check-file") and "x" not in arguments:
        arguments = [*arguments, "--rules", str(rules_file)]
    before = sorted(tmp_path.rglob("*"))
    assert main(arguments) == 2
    found = [line for line in lines(capsys) if line.startswith("oit: ")]
    assert len(found) == 1
    assert sorted(tmp_path.rglob("*")) == before


LONG = "x\x1b[31m\u202e" + "y" * 20_000


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "--as-of", LONG],
        ["audit", LONG],
        ["audit", "--agencies", f"{LONG}.yaml"],
        ["audit", "--rules", LONG],
        ["audit", "-s", f"{LONG}=1"],
        ["audit", "--contact", LONG],
        ["explain", "labour", LONG],
        ["check-file", LONG, "--item", "O2"],
        ["score", "--edition", "2565", "--failed", LONG],
        [LONG],
    ],
)
def test_what_was_given_is_told_escaped_and_cut(
    arguments: list[str],
    agencies_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    (line,) = lines(capsys)
    assert line.isprintable()
    assert len(line) < 700


def test_a_closed_standard_error_changes_no_status(tmp_path: Path) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text("province: x\nagencies:\n- {id: a, name: 'n\0'}\n", "utf-8")
    command = [sys.executable, "-m", "oit", "agencies", "--agencies", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert told.returncode == 2
    assert f"{path}:3:19: not YAML" in told.stderr
    closed = subprocess.run(["sh", "-c", '"$@" 2>&-', "sh", *command], cwd=PROJECT, check=False)
    assert closed.returncode == 2


def test_a_list_s_faults_keep_their_places_however_long_a_value_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(
        f"province: x\nagencies:\n- {{id: a, name: n, url: 'https://a.go.th/', kind: {'k' * 9000}}}\n{'z' * 900}: 1\n",
        "utf-8",
    )
    assert main(["agencies", "--agencies", str(path)]) == 2
    found = lines(capsys)
    assert [line.split(" ")[1] for line in found] == [f"{path}:3:51:", f"{path}:4:1:"]
    assert all(len(line) < 700 for line in found)


STEPS = ("audit", "crawl", "check", "report", "nightly")
OTHERS = ("check-file", "demo", "rules", "agencies", "explain", "score", "serve", "doctor")


@pytest.mark.parametrize("command", ["", *STEPS, *OTHERS])
def test_help_teaches(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([command] if command else []), "--help"]) == 0
    assert "oit" in capsys.readouterr().out


def test_score_as_json(rules_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--rules", str(rules_file), "--edition", "2565", "--failed", "O2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {
        "edition": 2565,
        "indicators": {"9": 50, "10": 100},
        "sub_indicators": {"9.1": 100, "9.2": 0, "10.1": 100},
        "oit": 75,
    }


def test_agencies_are_validated_and_imported(
    agencies_file: Path, rules_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = ["--rules", str(rules_file)]
    assert main(["agencies", "--agencies", str(agencies_file), *rules]) == 0
    assert "2 agencies" in capsys.readouterr().out
    table = tmp_path / "list.csv"
    table.write_text("id,name,url\na,ก,https://a.go.th/\n", encoding="utf-8")
    target = tmp_path / "new.yaml"
    assert main(["agencies", *rules, "import", str(table), "--agencies", str(target)]) == 0
    assert "https://a.go.th/" in target.read_text(encoding="utf-8")
    assert main(["agencies", *rules, "import", str(table), "--agencies", str(target)]) == 2
    assert main(["agencies", *rules, "import", str(table), "--agencies", str(target), "--force"]) == 0


def test_faults_of_the_rules_have_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("schema: oit-rules/1\nlexikon: {}\neditions: {}\n", encoding="utf-8")
    assert main(["rules", "--rules", str(path)]) == 2
    found = lines(capsys)
    assert any(line.startswith(f"oit: {path}:2:1: ") and "lexicon" in line for line in found)


def test_check_without_a_crawl_says_unchecked(
    agencies_file: Path, rules_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(tmp_path / "var")]
    assert main(["check", *options, "--as-of", "2022-04-30", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert faults(found) == []
    assert found["schema"] == "oit-summary/1"
    assert found["unchecked"] == ["labour", "land"]
    assert found["agencies"][0]["statuses"] == {"unchecked": 3}
    assert main(["explain", "land", "o2", *options]) == 0
    assert "unchecked" in capsys.readouterr().out
    old = tmp_path / "out" / "2565" / "land" / "report.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"of an earlier night")
    assert main(["report", *options, "--out", str(tmp_path / "out"), "-q"]) == 1
    assert not old.exists()
    report = json.loads((tmp_path / "out" / "2565" / "land" / "report.json").read_text(encoding="utf-8"))
    assert {item["status"] for item in report["items"]} == {"unchecked"}


def test_a_file_is_checked_before_it_is_published(
    rules_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = ["--item", "O2", "--edition", "2565", "--rules", str(rules_file), "--as-of", "2022-04-30"]
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    page = "<!doctype html><meta charset=utf-8><title>{0}</title><h1>{0}</h1><p>{1}</p>"
    good.write_text(page.format("รายงานผลการดำเนินงานประจำปี", "แสดงผลการดำเนินงานทั้งหมด"), encoding="utf-8")
    bad.write_text(page.format("รายงานประจำปี", "เนื้อหาอื่นของหน่วยงาน"), encoding="utf-8")
    assert main(["check-file", str(good), *rules]) == 0
    assert "ครบถ้วน" in capsys.readouterr().out
    assert main(["check-file", str(bad), *rules, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert faults(found) == []
    assert found["status"] == "incomplete"
    assert {e["id"]: e["status"] for e in found["elements"]}["report"] == "missing"


def test_a_busy_store_is_one_line(
    agencies_file: Path,
    rules_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from core.storage.store import Store

    monkeypatch.setenv("OIT_CONTACT", "it@office.go.th")
    store = Store(tmp_path / "var")
    with store.lock():
        options = ["--rules", str(rules_file), "--data", str(tmp_path / "var")]
        status = main(["audit", "--agencies", str(agencies_file), *options])
    store.close()
    assert status == 3
    (line,) = lines(capsys)
    assert "another run is using" in line


def test_a_store_of_a_newer_program_is_refused_in_a_line_and_touches_no_verdict(
    agencies_file: Path,
    rules_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OIT_CONTACT", "it@office.go.th")
    data = tmp_path / "var"
    options = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(data)]
    assert main(["check", *options, "-q"]) == 1
    before = {path: path.read_bytes() for path in (data / "judged").rglob("*.json")}
    assert before
    with sqlite3.connect(data / "oit.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    capsys.readouterr()
    for command in ("check", "audit", "crawl"):
        assert main([command, *options]) == 3
        (line,) = lines(capsys)
        assert "newer version of the program: schema 99" in line
    assert {path: path.read_bytes() for path in (data / "judged").rglob("*.json")} == before


def test_a_report_that_could_not_be_made_is_told_by_the_status(
    agencies_file: Path,
    rules_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    common = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(tmp_path / "data")]
    first = main(["report", *common, "--out", str(tmp_path / "out"), "--json"])
    agencies = load_agencies(agencies_file).agencies
    assert first == 1  # nothing was crawled: no agency could be checked
    monkeypatch.setattr("oit.run.pipeline.RunResult.exit_status", 0)
    assert main(["report", *common, "--out", str(tmp_path / "out"), "--json"]) == 0

    def breaks(*_: object) -> str:
        raise ValueError("broken")

    monkeypatch.setattr("reports.writer.report_html", breaks)
    assert main(["report", *common, "--out", str(tmp_path / "out"), "--json"]) == 1
    told = capsys.readouterr().err
    assert all(f"{agency.id}: the report could not be made" in told for agency in agencies)


def test_a_file_of_the_list_that_is_kept_from_us_leaves_the_others(
    agencies_file: Path, rules_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    common = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(tmp_path / "data")]
    assert main(["report", *common, "--out", str(out)]) == 1  # nothing was crawled: no agency could be checked
    (edition,) = (path for path in out.iterdir() if path.is_dir())
    for path in edition.glob("*.*"):
        path.unlink()
    (edition / "overview.xlsx").mkdir()
    capsys.readouterr()
    assert main(["report", *common, "--out", str(out)]) == 3
    assert f"could not be written ({edition / 'overview.xlsx'}: Is a directory)" in capsys.readouterr().err
    assert (edition / "index.html").is_file()
    assert (edition / "overview.json").is_file()


def test_a_folder_of_reports_that_is_not_ours_is_told_in_one_line(
    agencies_file: Path, rules_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no agency's fault, and a country has 8,303 of them."""
    (tmp_path / "out").write_bytes(b"")
    common = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(tmp_path / "data")]
    assert main(["report", *common, "--out", str(tmp_path / "out")]) == 3
    (line,) = lines(capsys)
    assert str(tmp_path / "out") in line


@pytest.mark.parametrize("taken", ["report.xlsx", "pictures", ""])
def test_a_place_that_is_taken_costs_only_its_own_agency(
    agencies_file: Path, rules_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], taken: str
) -> None:
    """A file that another program holds open on a shared disk is of this kind; a folder in its place is too."""
    first, *others = (agency.id for agency in load_agencies(agencies_file).agencies)
    assert others
    out = tmp_path / "out"
    common = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(tmp_path / "data")]
    assert main(["report", *common, "--out", str(out)]) == 1  # nothing was crawled: no agency could be checked
    (edition,) = (path for path in out.iterdir() if path.is_dir())
    shutil.rmtree(edition)
    place = edition / first / taken
    if taken == "report.xlsx":
        (place / "x").mkdir(parents=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"")
    capsys.readouterr()
    status = main(["report", *common, "--out", str(out)])
    told = capsys.readouterr().err
    assert status == (1 if taken == "pictures" else 3)
    assert (f"reports of {first} could not be written" in told) == (taken != "pictures")
    assert all((edition / other / "report.html").is_file() for other in others)
    assert (edition / "index.html").is_file()
    assert (edition / first / "report.html").is_file() == (taken != "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(("data", "status"), [("/dev/null/var", 3), ("var", 2)])
def test_the_status_stays_where_nothing_can_be_said(
    tmp_path: Path, agencies_file: Path, data: str, status: int
) -> None:
    """On a full disk with the log on it the cause could not be written, and the status was 1."""
    command = [sys.executable, "-m", "oit", "check", "--agencies", str(agencies_file), "--data", data]
    command += ["--edition", "1999"] if status == 2 else []
    # Where output is not buffered, nothing is left to be written at the end.
    here = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": ""}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stderr=full, cwd=tmp_path, check=False, env=here)
    assert done.returncode == status


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_who_reads_no_further_changes_no_status(locale: str) -> None:
    """`oit score ... | head -1` ended with 1, which means that an agency could not be checked."""
    command = [sys.executable, "-m", "oit", "score", "--edition", "2565", "--failed", "O12"]
    reading, writing = os.pipe()
    os.close(reading)
    here = {**os.environ, "PYTHONPATH": str(PROJECT), "LC_ALL": locale, "PYTHONUNBUFFERED": ""}
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=here, check=False, cwd=PROJECT)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_result_that_cannot_be_written_is_a_failure(unbuffered: str) -> None:
    command = [sys.executable, "-m", "oit", "score", "--edition", "2565", "--failed", "O12"]
    here = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=PROJECT, env=here)
    assert (done.returncode, done.stderr) == (3, b"oit: No space left on device\n")
