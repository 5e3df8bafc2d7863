"""Some sites of the sample province over loopback: served, crawled, judged, reported, compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.models.agency import Agency
from crawler.process.supervisor import Progress
from oit.demo import audit_demo, build_demo, tidy
from oit.run.options import Settings
from sample.cases import CASES


@pytest.mark.timeout(180)
def test_sample_sites_end_to_end(tmp_path: Path) -> None:
    refused = next(case.agency for case in CASES if case.serve == "503")
    plain = next(case.agency for case in CASES if not case.serve)
    province = build_demo(tmp_path, 2565, (plain, refused))
    seen: list[Progress] = []

    def watch(agencies: tuple[Agency, ...]) -> Callable[[Progress], None]:
        assert {agency.id for agency in agencies} == {plain, refused}
        return seen.append

    result = audit_demo(province, tmp_path, Settings(as_of=date(2022, 4, 30)), watch)
    assert result is not None
    assert {p.agency for p in seen} == {plain, refused}
    unread = [a.agency.id for a in result.outcome.unchecked]
    assert unread == [refused]
    assert result.outcome.exit_status == 1
    assert sum(result.comparison.expected.values()) == 86
    assert [d for d in result.comparison.differences if d.agency == refused] == []
    assert result.page.is_file()
    report = json.loads((tmp_path / "reports" / "2565" / plain / "report.json").read_text(encoding="utf-8"))
    assert report["schema"] == "oit-report/2"
    assert report["crawl"]["complete"] is True
    tidy(tmp_path)
    assert result.page.is_file()
    assert not (tmp_path / "store").exists()
