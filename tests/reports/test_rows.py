"""A row says on the province's pages what the whole assessment says."""

from __future__ import annotations

from dataclasses import replace

from checklist.rules.model import Edition
from core.models.assessment import Assessment, SubScore
from reports.messages import thai
from reports.overview_html import OverviewPages
from reports.overview_json import overview_json
from reports.rows.codec import decode_row, encode_row, shorten


def test_a_row_survives_the_store(full: Assessment, edition: Edition) -> None:
    row = shorten(full)
    assert decode_row(encode_row(row, edition), full.agency, edition) == row
    assert not any(verdict.evidence or verdict.candidates for verdict in row.verdicts)


def test_the_pages_of_rows_are_those_of_whole_assessments(full: Assessment, edition: Edition) -> None:
    row = shorten(full)
    assert overview_json([row], edition, "") == overview_json([full], edition, "")
    assert OverviewPages([row], edition, "", thai()).page(1) == OverviewPages([full], edition, "", thai()).page(1)


def test_a_title_that_the_manual_no_longer_has_is_kept(full: Assessment, edition: Edition) -> None:
    old = replace(shorten(full), verdicts=(replace(shorten(full).verdicts[0], item="O99", title="เดิม"),))
    old = replace(old, score=SubScore("oit", None, None))
    assert decode_row(encode_row(old, edition), full.agency, edition) == old
