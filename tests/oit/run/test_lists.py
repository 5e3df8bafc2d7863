"""Each agency by its own list: which edition that is, and a run that lacks it is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checklist.rules.model import Rules
from core.errors import InputError
from core.models.agency import Agency
from oit.cli.main import main
from oit.run.job import edition_of, pick_edition, prepare_run
from oit.run.options import Settings

LIST = """\
agencies:
  - {id: office, name: สำนักงาน, url: "https://a.go.th/"}
  - {id: college, name: วิทยาลัย, url: "https://b.ac.th/", scheme: ovec}
"""


def test_the_provinces_own_days_stay_for_agencies_of_the_general_list(shipped: Rules) -> None:
    own = shipped.edition(2568).model_copy(update={"answers_until": "2025-05-15"})
    general, college = Agency("a", "ก", "https://a.go.th/"), Agency("b", "ข", "https://b.ac.th/", scheme="ovec")
    assert edition_of(general, own, shipped.editions).answers_until == "2025-05-15"
    assert edition_of(college, own, shipped.editions).name == "2568-ovec"


def test_a_year_without_the_sectors_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(LIST, encoding="utf-8")
    settings = Settings(as_of=date(2025, 4, 30), agencies=path, edition=2568)
    assert [a.scheme for a in prepare_run(settings).chosen] == ["", "ovec"]
    with pytest.raises(InputError, match="college: the rules have no edition 2567-ovec"):
        prepare_run(Settings(as_of=date(2024, 4, 30), agencies=path, edition=2567))


def test_an_edition_is_named_by_year_or_by_year_and_list(shipped: Rules) -> None:
    assert pick_edition(shipped, "2568-ovec").scheme == "ovec"
    assert pick_edition(shipped, 2568).scheme == ""
    assert pick_edition(shipped, None) is shipped.newest
    with pytest.raises(InputError, match="did you mean '2568-ovec'"):
        pick_edition(shipped, "2568-ovc")


def test_the_score_of_a_sectors_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--edition", "2568-ovec", "--failed", "O11"]) == 0
    assert "OIT: 99.00" in capsys.readouterr().out
