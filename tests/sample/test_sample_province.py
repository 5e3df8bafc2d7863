"""The sample province: same seed same bytes, whole truth, links that lead somewhere unless planted dead."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup

from sample.cases import CASES
from sample.editions import AS_OF, YEARS, entries
from sample.offices import OFFICES
from sample.province import Province, build, load
from sample.truth import site_truth

_STATUSES = {"complete", "incomplete", "outdated", "missing", "unreachable", "unchecked", "review"}


@pytest.fixture(scope="module", params=YEARS)
def province(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Province:
    edition: int = request.param
    return build(tmp_path_factory.mktemp(f"province{edition}"), edition)


def _digest(root: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        total.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return total.hexdigest()


def _www(province: Province, agency: str) -> Path:
    return province.root / "sites" / agency / "www"


def _links(www: Path) -> Iterator[tuple[str, str]]:
    """(page, path of the link's target), links to other hosts and fragments left out."""
    for page in sorted(www.rglob("*.html")):
        base = f"http://site/{page.relative_to(www).as_posix()}"
        for tag in BeautifulSoup(page.read_bytes(), "lxml").find_all(["a", "img"]):
            target = str(tag.get("href") or tag.get("src") or "")
            if target.startswith("#"):
                continue
            parts = urlsplit(urljoin(base, target))
            if parts.netloc == "site":
                yield base, parts.path.lstrip("/")


def test_cases_name_every_office_once() -> None:
    assert len(OFFICES) == 31
    assert sorted(case.agency for case in CASES) == sorted(office.id for office in OFFICES)


def test_defects_name_known_topics() -> None:
    topics = {entry.topic for year in YEARS for entry in entries(year)}
    assert {defect.topic for case in CASES for defect in case.defects} <= topics


@pytest.mark.parametrize("edition", YEARS)
def test_edition_has_43_items(edition: int) -> None:
    found = entries(edition)
    assert [entry.id for entry in found] == [f"O{i}" for i in range(1, 44)]
    assert len({entry.topic for entry in found}) == 43


@pytest.mark.parametrize(
    ("edition", "reports"),
    [(2565, {"O12", "O20", "O24", "O28", "O41"}), (2566, {"O13", "O22", "O26", "O38"})],
)
def test_elements_are_named_for_the_report_items_only(edition: int, reports: set[str]) -> None:
    for case in CASES:
        items = site_truth(case, edition)["items"]
        assert {item for item, truth in items.items() if "elements" in truth} <= reports
        for truth in items.values():
            assert set(truth.get("elements", {})) <= {"problems", "suggestions"}
            if truth["status"] == "complete":
                assert set(truth.get("elements", {}).values()) <= {"present"}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    some = ("governance", "livestock", "social-security", "tourism")
    build(tmp_path / "a", 2565, only=some)
    build(tmp_path / "b", 2565, only=some)
    build(tmp_path / "c", 2565, seed=2, only=some)
    assert _digest(tmp_path / "a") == _digest(tmp_path / "b")
    assert _digest(tmp_path / "a") != _digest(tmp_path / "c")


def test_unknown_edition_or_agency_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2570"):
        build(tmp_path, 2570)
    with pytest.raises(ValueError, match="nobody"):
        build(tmp_path, 2565, only=("nobody",))
    with pytest.raises(ValueError, match="no sample province"):
        load(tmp_path)


def test_every_truth_is_whole(province: Province) -> None:
    seen = set()
    for agency in province.agencies:
        truth = json.loads(province.truth(agency).read_text("utf-8"))
        assert truth["edition"] == province.edition
        assert truth["as_of"] == AS_OF[province.edition]
        assert truth["agency"] == agency
        assert len(truth["items"]) == 43
        seen |= {item["status"] for item in truth["items"].values()}
    assert seen == _STATUSES


def test_agencies_file_lists_all(province: Province) -> None:
    data = yaml.safe_load((province.root / "agencies.yaml").read_text("utf-8"))
    assert [row["id"] for row in data["agencies"]] == list(province.agencies)
    assert len(data["agencies"]) == 31
    assert load(province.root) == province


def test_links_resolve_except_the_dead_ones(province: Province) -> None:
    for case in CASES:
        www = _www(province, case.agency)
        lost = {path for _, path in _links(www) if not (www / path).is_file()}
        topics = {entry.topic for entry in entries(province.edition)}
        planted = sum(defect.kind == "dead" and defect.topic in topics for defect in case.defects)
        assert len(lost) == planted, (case.agency, lost)


def test_every_file_is_reached_from_the_home_page(province: Province) -> None:
    for case in CASES:
        www = _www(province, case.agency)
        graph: dict[str, set[str]] = {}
        for base, path in _links(www):
            graph.setdefault(urlsplit(base).path.lstrip("/"), set()).add(path)
        seen, todo = {"index.html"}, ["index.html"]
        while todo:
            for path in graph.get(todo.pop(), set()) - seen:
                seen.add(path)
                todo.append(path)
        files = {p.relative_to(www).as_posix() for p in www.rglob("*") if p.is_file()}
        unreached = {f for f in files - seen if not f.startswith(("pictures/", "robots"))}
        assert not unreached, case.agency


def test_sites_are_of_the_expected_size(province: Province) -> None:
    for agency in province.agencies:
        count = sum(1 for path in _www(province, agency).rglob("*") if path.is_file())
        assert 50 <= count <= 130, (agency, count)


def test_windows_874_bytes_are_really_that(province: Province) -> None:
    for agency in ("livestock", "fisheries", "cooperatives"):
        data = (_www(province, agency) / "index.html").read_bytes()
        assert "สำนักงาน" in data.decode("cp874")
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")
    assert b"charset" not in (_www(province, "fisheries") / "index.html").read_bytes()
