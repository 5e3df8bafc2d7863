"""Nights on which the fault is ours replace no report, through the program as it is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.storage.store import Store
from oit.cli.main import main
from tests.mockserver.crawling import FAST, page
from tests.mockserver.http import Answer, Site, serve

pytestmark = pytest.mark.timeout(200)


class Office:
    """A folder with a list of agencies and what was written for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = folder / "agencies.yaml"

    def name(self, sites: dict[str, str]) -> None:
        rows = "".join(f"- {{id: {name}, name: {name}, url: '{url}'}}\n" for name, url in sites.items())
        self.list.write_text(f"province: x\nagencies:\n{rows}", "utf-8")

    def command(self, command: str, *more: str) -> list[str]:
        options = [f"-s{name}={value}" for name, value in FAST.items()]
        out = ["--out", str(self.folder / "out")] if command == "audit" else []
        data = ["--agencies", str(self.list), "--data", str(self.folder / "var")]
        return [command, *data, *out, *options, *more]

    def run(self, *more: str, command: str = "audit") -> int:
        return main(self.command(command, "--allow-local", *more))

    def reports(self) -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in sorted((self.folder / "out").rglob("*.json"))}


def assert_kept(after: dict[str, bytes], before: dict[str, bytes], cause: str) -> None:
    """The same results, marked with why they are not tonight's and how old they are."""
    assert set(after) == set(before)
    for path, body in after.items():
        if not path.endswith("report.json"):
            continue
        now, then = json.loads(body), json.loads(before[path])
        assert now["score"] == then["score"]
        assert now["items"] == then["items"]
        assert now["crawl"]["stale"]
        assert now["crawl"]["stale_cause"] == cause
        assert now["crawl"]["age_days"] == 0
        assert not then["crawl"]["stale"]


def pages_of(name: str) -> dict[str, Answer]:
    """A small site: a home page and what lies behind it."""
    return {
        "/": page(f"<h1>สำนักงาน {name}</h1><a href=/o1>O1 โครงสร้าง</a>"),
        "/o1": page(f"<h1>O1 โครงสร้าง {name}</h1>"),
    }


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def sites() -> Iterator[tuple[dict[str, str], ExitStack]]:
    with ExitStack() as running:
        open_sites: dict[str, Site] = {name: running.enter_context(serve(pages_of(name))) for name in "abcd"}
        yield {name: site.url for name, site in open_sites.items()}, running


def test_when_most_sites_fail_at_once_no_report_is_replaced(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, running = sites
    office.name(urls)
    assert office.run() == 0
    before = office.reports()
    assert before
    running.close()
    capsys.readouterr()
    assert office.run("-q") == 3
    told = [line for line in capsys.readouterr().err.splitlines() if "sites failed alike" in line]
    assert len(told) == 1
    assert told[0].startswith("oit: 4 of 4 sites failed alike (refused 4): the fault is likely on this machine")
    assert_kept(office.reports(), before, "network")
    # Meant all the same: the reports are written, and each agency keeps what the last good night saw.
    assert office.run("--force") == 1
    after = office.reports()
    assert set(after) == set(before)
    assert_kept(after, before, "refused")
    told = capsys.readouterr().err.splitlines()
    assert "a: could not be read in the last run (refused); its report shows the result of today" in told


def test_a_network_that_is_down_on_the_first_night_makes_no_report(
    office: Office, sites: tuple[dict[str, str], ExitStack]
) -> None:
    urls, running = sites
    running.close()
    office.name(urls)
    assert office.run() == 3
    assert office.reports() == {}


def test_sites_that_were_never_there_do_not_hold_up_the_others(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, _ = sites
    dead = {f"dead{n}": f"http://office{n}.invalid/" for n in range(5)}
    office.name({**urls, **dead})
    assert office.run("--contact", "mailto:it@office.go.th") == 3
    assert office.reports() == {}  # five of nine unknown ones: could be our name server
    assert (
        office.run("--contact", "mailto:it@office.go.th") == 1
    )  # they were dead before as well: reports, with a line for each of the dead
    assert office.reports()
    assert sum("could not be checked (dns" in line for line in capsys.readouterr().err.splitlines()) == 5


def test_a_home_page_that_is_no_site_is_its_owners_fault_and_named(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, running = sites
    closed = running.enter_context(serve({"/": page("<h1>ปิดปรับปรุง</h1>")}))
    empty = running.enter_context(
        serve({"/": page("<h1>ยินดีต้อนรับ</h1><a href=/a>เข้าสู่เว็บไซต์</a>"), "/a": page("<p>x</p>")})
    )
    office.name({**urls, "closed": closed.url, "empty": empty.url})
    assert office.run("-q") == 0  # all that its server shows was read
    told = capsys.readouterr().err.splitlines()
    assert "closed: its home page is not the agency's site (home_alone): nothing of it could be checked" in told
    assert "empty: its home page is not the agency's site (nothing_listed): nothing of it could be checked" in told
    (report,) = [json.loads(body) for path, body in office.reports().items() if path.endswith("closed/report.json")]
    assert {item["status"] for item in report["items"]} <= {"unchecked", "exempt"}


def test_a_site_that_was_good_and_is_closed_tonight_shows_an_older_result(
    office: Office, sites: tuple[dict[str, str], ExitStack]
) -> None:
    urls, running = sites
    closing = running.enter_context(serve(pages_of("closing")))
    office.name({**urls, "closing": closing.url})
    assert office.run() == 0
    closing.answers.clear()
    closing.answers["/"] = page("<h1>ปิดปรับปรุง</h1>")
    assert office.run() == 1


def test_a_list_that_has_shrunk_asks(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, _ = sites
    office.name(urls)
    assert office.run(command="crawl") == 0
    office.name({"a": urls["a"]})
    capsys.readouterr()
    assert office.run(command="crawl") == 2
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("oit: ")]
    assert len(told) == 1
    assert "the list has 1 agencies, the last run's had 4" in told[0]
    assert "--force" in told[0]
    assert office.run("--force", command="crawl") == 0
    assert office.run(command="crawl") == 0  # from now on this is the list


def test_one_agency_by_name_is_no_shorter_list(office: Office, sites: tuple[dict[str, str], ExitStack]) -> None:
    urls, _ = sites
    office.name(urls)
    assert office.run(command="crawl") == 0
    assert office.run("a", command="crawl") == 0


def test_sites_that_all_refuse_us_are_our_fault_too(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as running:
        urls = {n: running.enter_context(serve({"/": Answer(b"no", 403)})).url for n in "abcd"}
        office.name(urls)
        assert office.run("-q") == 3
    assert "4 of 4 sites failed alike (forbidden 4)" in capsys.readouterr().err
    assert office.reports() == {}


def test_a_list_that_points_inside_says_what_to_do(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, _ = sites
    office.name(urls)
    assert main(office.command("audit", "-q")) == 2  # without --allow-local
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert all("is not a public address; if it is meant, say --allow-local" in line for line in lines)


@pytest.mark.parametrize("where", ["var", "out"])
def test_a_folder_that_cannot_be_written_is_told_before_the_crawl(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str], where: str
) -> None:
    urls, _ = sites
    office.name(urls)
    (office.folder / where).write_text("a file stands in the way")
    assert office.run("-q") == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"oit: cannot write to {office.folder / where}")


def test_a_full_disk_ends_the_night_and_is_named(
    office: Office,
    sites: tuple[dict[str, str], ExitStack],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    urls, _ = sites
    office.name(urls)
    asked: list[object] = []

    def usage(folder: object) -> SimpleNamespace:
        asked.append(folder)
        return SimpleNamespace(free=10**12 if len(asked) <= 2 else 5 << 20)

    monkeypatch.setattr("core.disk.shutil.disk_usage", usage)
    assert office.run("-q") == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"oit: the disk of {office.folder / 'var'} is full: 5 MB left")


def test_no_request_without_a_contact(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    office.name({"a": "https://www.a-real-office.go.th/"})
    for contact in ("", "https://oit.example.go.th/contact", "it@example.com", "me"):
        assert office.run("-q", *(["--contact", contact] if contact else [])) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert "contact" in line
        assert "settings: {contact: ...}" in line
    assert not (office.folder / "var").exists()


def test_an_agency_that_left_the_list_keeps_no_report_among_the_others(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, _ = sites
    office.name(urls)
    assert office.run() == 0
    office.name({name: url for name, url in urls.items() if name != "d"})
    capsys.readouterr()
    assert office.run("-q") == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("d: no longer in the list; its report was moved to")
    names = {path.parent.name for path in (office.folder / "out").glob("2*/*/report.json")}
    assert names == {"a", "b", "c"}
    assert [p.parent.name for p in (office.folder / "out" / "withdrawn").glob("*/*/report.json")] == ["d"]


def test_what_a_run_did_is_recorded(office: Office, sites: tuple[dict[str, str], ExitStack]) -> None:
    urls, running = sites
    office.name(urls)
    assert office.run() == 0
    running.close()
    assert office.run() == 3
    store = Store(office.folder / "var")
    failed, good = store.runs()
    store.close()
    assert (good.outcome.exit_status, good.outcome.checked, good.agencies, good.command) == (0, 4, 4, "audit")
    assert good.outcome.pages == 8
    assert good.outcome.bytes > 0
    assert good.is_good
    assert failed.outcome.exit_status == 3
    assert "failed alike" in failed.outcome.problem
    assert not failed.is_good
