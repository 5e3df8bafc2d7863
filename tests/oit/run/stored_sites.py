"""A site in the store, as a crawl leaves it, and settings of a run over it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from core.models.agency import Agency
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
from oit.run.options import Settings

DAY = date(2022, 4, 30)
TITLES = ("โครงสร้าง", "รายงานผลการดำเนินงานประจำปี", "มาตรการป้องกันการทุจริต")


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
