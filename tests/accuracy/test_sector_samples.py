"""Sites that follow a sector's list: judged by it every item is right, judged by another there is one note, no gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.reasons import ReasonCode
from crawler.process.supervisor import Progress
from oit.cli.main import main
from oit.demo import DemoResult, audit_demo
from oit.run.options import Settings
from sample.province import build_sector
from sample.sectors import CASES, SECTORS, sector_entries

_ACCUSED = {ItemStatus.MISSING, ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.UNREACHABLE}


def _quiet(agencies: tuple[Agency, ...]) -> Callable[[Progress], None]:
    return lambda progress: None


def audit(name: str, folder: Path, *, told: bool) -> DemoResult:
    province = build_sector(folder / "site", name, told=told)
    result = audit_demo(province, folder, Settings(as_of=date.fromisoformat(province.as_of)), _quiet)
    assert result is not None
    return result


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", SECTORS)
def test_by_its_own_list_every_verdict_is_the_truth(tmp_path: Path, name: str) -> None:
    result = audit(name, tmp_path, told=True)
    assert [str(d) for d in result.comparison.differences] == []
    assert sum(result.comparison.expected.values()) == len(CASES[name]) * len(sector_entries(name))
    assert {a.scheme for a, _ in result.cases} == {name.partition("-")[2]}
    assert all(not a.follows and not a.notes for a, _ in result.cases)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", SECTORS)
def test_by_another_list_one_note_and_nothing_called_a_gap(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = audit(name, tmp_path, told=False)
    for assessment, _ in result.cases:
        assert assessment.follows == name
        assert [note.code for note in assessment.notes] == [ReasonCode.OTHER_LIST]
        assert not {verdict.status for verdict in assessment.verdicts} & _ACCUSED
    listed = ["--agencies", str(tmp_path / "site" / "agencies.yaml")]
    capsys.readouterr()
    assert main(["agencies", *listed, "suggest", "--data", str(tmp_path / "store")]) == 0
    told = capsys.readouterr().out
    assert told.count(f"scheme: {name.partition('-')[2]}") == len(CASES[name])
