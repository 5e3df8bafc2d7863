"""Nights on which the fault is ours replace no report, through the program as it is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from oit.cli.main import main
from tests.mockserver.crawling import FAST, page
from tests.mockserver.http import Site, serve

pytestmark = pytest.mark.timeout(200)


class Office:
    """A folder with a list of agencies and what was written for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = folder / "agencies.yaml"

    def name(self, sites: dict[str, str]) -> None:
        rows = "".join(f"- {{id: {name}, name: {name}, url: '{url}'}}\n" for name, url in sites.items())
        self.list.write_text(f"province: x\nagencies:\n{rows}", "utf-8")

    def run(self, *more: str, command: str = "audit") -> int:
        options = [f"-s{name}={value}" for name, value in FAST.items()]
        out = ["--out", str(self.folder / "out")] if command == "audit" else []
        data = ["--agencies", str(self.list), "--data", str(self.folder / "var")]
        return main([command, *data, *out, "--allow-local", *options, *more])

    def reports(self) -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in sorted((self.folder / "out").rglob("*.json"))}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def sites() -> Iterator[tuple[dict[str, str], ExitStack]]:
    with ExitStack() as running:
        open_sites: dict[str, Site] = {
            name: running.enter_context(serve({"/": page(f"<h1>O1 โครงสร้าง {name}</h1>")})) for name in "abcd"
        }
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
    assert office.run() == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "sites failed alike" in line]
    assert len(told) == 1
    assert told[0].startswith("4 of 4 sites failed alike (refused 4): the fault is likely on this machine")
    assert office.reports() == before
    # Meant all the same: the reports are written, and each agency keeps what the last good night saw.
    assert office.run("--force") == 0
    after = office.reports()
    assert set(after) == set(before)
    assert any(b'"stale": true' in body or b'"stale":true' in body for body in after.values())


def test_a_network_that_is_down_on_the_first_night_makes_no_report(
    office: Office, sites: tuple[dict[str, str], ExitStack]
) -> None:
    urls, running = sites
    running.close()
    office.name(urls)
    assert office.run() == 1
    assert office.reports() == {}


def test_sites_that_were_never_there_do_not_hold_up_the_others(
    office: Office, sites: tuple[dict[str, str], ExitStack], capsys: pytest.CaptureFixture[str]
) -> None:
    urls, _ = sites
    dead = {f"dead{n}": f"http://office{n}.invalid/" for n in range(5)}
    office.name({**urls, **dead})
    assert office.run() == 1
    assert office.reports() == {}  # five of nine unknown ones: could be our name server
    assert office.run() == 1  # they were dead before as well: reports, with a line for each of the dead
    assert office.reports()
    assert sum("could not be checked (dns" in line for line in capsys.readouterr().err.splitlines()) == 5


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
