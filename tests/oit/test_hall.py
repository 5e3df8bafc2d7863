"""Settings, jobs, judging and what is stored: the hall without the network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.atomic import write_atomic
from core.errors import InputError
from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    Reading,
    ReadState,
    Resource,
    ResourceKind,
    StopReason,
)
from core.storage.store import Store
from oit.run.assessment_cache import CachedAssessment, load_assessment, save_assessment
from oit.run.checking import check_all
from oit.run.job import check_items, pick_edition, prepare_run, read_rules
from oit.run.options import Settings, parse_as_of
from oit.run.pipeline import check_agencies
from oit.run.scrapy_settings import parse_scrapy

DAY = date(2022, 4, 30)


def settings(tmp_path: Path, rules_file: Path, agencies_file: Path) -> Settings:
    return Settings(as_of=DAY, agencies=agencies_file, rules=rules_file, data=tmp_path / "var", out=tmp_path / "out")


def put_site(data: Path, agency: Agency, title: str = "OIT") -> None:
    """A site of one page that names every item, and one document behind it."""
    store = Store(data)
    run = store.begin_run((agency.id,))
    snapshot = store.begin_snapshot(run, agency, frozenset({"land.example.go.th"}))
    links = tuple(
        Link(f"{agency.url}{n}.html", f"O{n} {title}", block=n - 1) for n, title in enumerate(TITLES, start=1)
    )
    blocks = tuple(Block(BlockKind.LIST_ITEM, link.label) for link in links)
    now = datetime.now(UTC)
    home = Resource(
        agency.url, FetchOutcome.OK, agency.url, ResourceKind.PAGE, http_status=200, sha256="0" * 64, fetched=now
    )
    store.add_resource(snapshot, home, Reading(ResourceKind.PAGE, ReadState.READ, "text/html", title, blocks, links))
    for n, link in enumerate(links, start=1):
        page = Resource(
            link.url,
            FetchOutcome.OK,
            link.url,
            ResourceKind.PAGE,
            http_status=200,
            sha256=str(n) * 64,
            fetched=now,
            found_via=(agency.url,),
            label=link.label,
            depth=1,
        )
        block = Block(BlockKind.PARAGRAPH, "หน่วยงานแสดงผลการดำเนินงานของทุกโครงการในปีนี้")
        store.add_resource(
            snapshot, page, Reading(ResourceKind.PAGE, ReadState.READ, "text/html", TITLES[n - 1], (block,))
        )
    store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset())
    store.finish_run(run)
    store.close()


TITLES = ("โครงสร้าง", "รายงานผลการดำเนินงานประจำปี", "มาตรการป้องกันการทุจริต")


def test_prepare_tells_faults_of_both_files(tmp_path: Path) -> None:
    rules, agencies = tmp_path / "r.yaml", tmp_path / "a.yaml"
    rules.write_text("schema: wrong\n", encoding="utf-8")
    agencies.write_text("agencies:\n  - {id: A, name: n, url: 'http://e.th/'}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        prepare_run(settings(tmp_path, rules, agencies))
    text = "\n".join(caught.value.lines)
    assert f"{rules}:" in text
    assert f"{agencies}:2:10:" in text


def test_edition_and_items_are_checked(rules_file: Path) -> None:
    rules = read_rules(rules_file)
    assert pick_edition(rules, None).year == 2565
    with pytest.raises(InputError, match="there are 2565"):
        pick_edition(rules, 2570)
    assert check_items(rules.newest, ["o1", " O2 ", "O1", ""]) == ("O1", "O2")
    with pytest.raises(InputError, match="no item 'O99'"):
        check_items(rules.newest, ["O99"])


def test_unknown_agency_and_kind(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    with pytest.raises(InputError, match="no agency 'lanb' in the list, did you mean 'land'"):
        prepare_run(settings(tmp_path, rules_file, agencies_file), ["lanb"])
    agencies_file.write_text("agencies:\n  - {id: a, name: n, url: 'http://e.th/', kind: locale}\n", encoding="utf-8")
    with pytest.raises(InputError, match="did you mean 'local'"):
        prepare_run(settings(tmp_path, rules_file, agencies_file))


def test_an_agency_without_a_crawl_is_unchecked(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    judged = check_all(job, job.chosen)
    assert [j.assessment.agency.id for j in judged] == ["labour", "land"]
    for one in judged:
        assert {v.status for v in one.assessment.verdicts} == {ItemStatus.UNCHECKED}
        assert one.assessment.score.lowest == 0
        assert one.assessment.score.highest == 100


def test_a_stored_site_is_judged_and_kept(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    put_site(job.settings.data, job.chosen[0])
    (judged,) = check_all(job, job.chosen)
    assert judged.problem == ""
    assert [v.status for v in judged.assessment.verdicts] == [ItemStatus.COMPLETE] * 3
    save_assessment(job.settings.data, CachedAssessment(judged.assessment, judged.mark, judged.bases))
    one = load_assessment(job.settings.data, 2565, "land")
    assert one is not None
    assert one.assessment == judged.assessment
    assert one.judgements().keys() == {"O1", "O2", "O3"}
    assert load_assessment(job.settings.data, 2566, "land") is None


def test_only_what_an_edit_touches_is_judged_again(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    put_site(job.settings.data, job.chosen[0])
    assert [j.rejudged for j in check_agencies(job).judged] == [3]
    assert [j.rejudged for j in check_agencies(job).judged] == [0]
    rules_file.write_text(rules_file.read_text("utf-8").replace("[ผลการดำเนินงาน]", "[ไม่มีคำนี้]"), "utf-8")
    edited = prepare_run(job.settings, ["land"])
    (again,) = check_agencies(edited).judged
    assert again.rejudged == 1
    assert [v.status.value for v in again.assessment.verdicts] == ["complete", "incomplete", "complete"]


def test_a_night_on_an_unchanged_site_keeps_the_verdicts_and_tells_its_own_time(
    tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    (land,) = job.chosen
    put_site(job.settings.data, land)
    (first,) = check_agencies(job).judged
    monkeypatch.setattr("core.storage.store._now", lambda: "2031-01-02T03:04:05+00:00")
    put_site(job.settings.data, land)
    (second,) = check_agencies(job).judged
    assert second.rejudged == 0
    assert second.assessment.verdicts == first.assessment.verdicts
    assert second.assessment.crawl.started == datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_another_site_or_agency_row_is_judged_whole(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    (land,) = job.chosen
    put_site(job.settings.data, land)
    check_agencies(job)
    put_site(job.settings.data, land, title="หน้าแรกใหม่")
    assert [j.rejudged for j in check_agencies(job).judged] == [3]
    other = replace(job, chosen=(replace(land, declared={"O1": land.url}),))
    assert [j.rejudged for j in check_agencies(other).judged] == [3]


def test_a_damaged_kept_assessment_is_none(tmp_path: Path) -> None:
    write_atomic(tmp_path / "judged" / "2565" / "a.json", '{"agency": 1}')
    assert load_assessment(tmp_path, 2565, "a") is None


def test_as_of() -> None:
    assert parse_as_of(None, DAY) == DAY
    assert parse_as_of("2023-04-30", DAY) == date(2023, 4, 30)
    with pytest.raises(InputError, match="ISO date"):
        parse_as_of("30/4/2566", DAY)
    with pytest.raises(InputError, match="write 2023-04-30"):
        parse_as_of("2566-04-30", DAY)


def test_scrapy_settings() -> None:
    assert parse_scrapy(["DOWNLOAD_DELAY=2", "USER_AGENT=a=b"]) == (
        ("DOWNLOAD_DELAY", "2"),
        ("USER_AGENT", "a=b"),
    )
    with pytest.raises(InputError) as caught:
        parse_scrapy(["DOWNLOAD_DELAY", "x=1", "DOWNLOAD_DELAI=1", "OIT_WINDOW=0", "DOWNLOAD_DELAY=0.5"])
    assert len(caught.value.lines) == 4
    assert "did you mean 'DOWNLOAD_DELAY'" in caught.value.lines[2]


@pytest.mark.parametrize(
    "wrong",
    [
        "DOWNLOAD_DELAY=fast", "DOWNLOAD_DELAY=-1", "DOWNLOAD_DELAY=nan", "ROBOTSTXT_OBEY=perhaps", "RETRY_TIMES=1.5",
        "CONCURRENT_REQUESTS=0", "OIT_WINDOW=many", "DOWNLOADER_MIDDLEWARES=x", "OIT_RENDER_PAGES=",
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_before_the_start(wrong: str) -> None:
    with pytest.raises(InputError, match=wrong.split("=")[0]):
        parse_scrapy([wrong])


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "f.txt"
    write_atomic(path, "ก")
    write_atomic(path, b"two")
    assert path.read_text() == "two"
    assert [p.name for p in path.parent.iterdir()] == ["f.txt"]
