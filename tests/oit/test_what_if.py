"""The score if exactly these items fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklist.rules.model import Rules
from core.errors import InputError
from oit.run.job import read_rules
from oit.what_if import OtherInstruments, score_if


def test_score_counts_means_of_means(rules_file: Path) -> None:
    edition = read_rules(rules_file).newest
    found = score_if(edition, ["O2"], OtherInstruments(iit=90, eit=95))
    assert found["sub_indicators"] == {"9.1": 100, "9.2": 0, "10.1": 100}
    assert found["indicators"] == {"9": 50, "10": 100}
    assert found["oit"] == 75
    assert (found["ita"], found["rating"]) == (85.5, "A")
    assert "ita" not in score_if(edition, [])


@pytest.mark.parametrize(("iit", "eit"), [(90, None), (None, 90), (101, 90), (90, -1)])
def test_score_wants_both_in_range(rules_file: Path, iit: float | None, eit: float | None) -> None:
    with pytest.raises(InputError):
        score_if(read_rules(rules_file).newest, [], OtherInstruments(iit=iit, eit=eit))


def test_the_parts_of_eit_are_asked_as_the_edition_has_them(shipped: Rules) -> None:
    with pytest.raises(InputError, match="has one EIT"):
        score_if(shipped.edition(2565), [], OtherInstruments(iit=90, eit1=90, eit2=90))
    with pytest.raises(InputError, match="go together"):
        score_if(shipped.edition(2567), [], OtherInstruments(iit=90, eit1=90))
    with pytest.raises(InputError, match="either"):
        score_if(shipped.edition(2567), [], OtherInstruments(iit=90, eit=90, eit1=90, eit2=90))
    found = score_if(shipped.edition(2567), [], OtherInstruments(iit=96, eit=90))
    assert (found["rating"], found["rating_range"]) == ("ผ่าน – ผ่านดี", ["ผ่าน", "ผ่านดี"])
    exact = score_if(shipped.edition(2567), [], OtherInstruments(iit=96, eit1=80, eit2=100))
    assert (exact["rating"], "rating_range" in exact) == ("ผ่าน", False)
