"""The end of a crawl: what stopped it is told, whoever set the limit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.models.snapshot import StopReason
from tests.mockserver.crawling import go, page
from tests.mockserver.http import serve


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [("CLOSESPIDER_PAGECOUNT", 3, StopReason.PAGES), ("CLOSESPIDER_TIMEOUT", 1, StopReason.TIME)],
)
def test_a_limit_of_scrapys_own_ends_the_snapshot_as_ours_do(
    tmp_path: Path, setting: str, value: int, told: StopReason
) -> None:
    links = "".join(f"<a href=/p{n}>หน้า {n}</a>" for n in range(30))
    pages = {f"/p{n}": replace(page("เนื้อหา"), slow=0.3) for n in range(30)}
    with serve({"/": page(links), **pages}) as site:
        snapshot, _ = go(tmp_path, site.url, **{setting: str(value)})
    assert snapshot.stopped_by is told
    assert not snapshot.complete
