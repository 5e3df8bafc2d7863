"""Features of the main site, which stand on its pages: what their row leads to may be what shows them."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource, StopReason
from tests.checklist.sites import HOME, page, snapshot, verdict

NEWS = "<p>ข่าวประชาสัมพันธ์ของหน่วยงาน</p>"
ROWS = "<h1>OIT 2566</h1><ul><li><a href='o8'>O8 Q&amp;A</a></li><li><a href='o9'>O9 Social Network</a></li></ul>"
NETWORK = "<a href='https://www.facebook.com/office'>Facebook</a>"


def _judge(rules: Rules, outcome: FetchOutcome, home: str = ROWS + NEWS) -> Verdict:
    behind = Resource(f"{HOME}o9", outcome, label="O9 Social Network", found_via=(HOME,))
    read = (page("", home), page("o8", "<p>กระดานถามตอบ</p>", label="O8 Q&A"), page("news", NEWS), page("more", NEWS))
    return verdict(rules, snapshot(*read, behind, stopped_by=StopReason.ERRORS), "O9")


@pytest.mark.parametrize(
    "outcome", [FetchOutcome.RESET, FetchOutcome.TIMEOUT, FetchOutcome.BUDGET, FetchOutcome.MACHINE]
)
def test_a_row_whose_page_was_not_read_is_not_missing(shipped: Rules, outcome: FetchOutcome) -> None:
    found = _judge(shipped, outcome)
    assert found.status in (ItemStatus.REVIEW, ItemStatus.UNREACHABLE, ItemStatus.UNCHECKED)
    assert f"{HOME}o9" in {reason.values.get("url") for reason in found.reasons}


def test_what_the_page_of_the_row_shows_itself_stays_complete(shipped: Rules) -> None:
    found = _judge(shipped, FetchOutcome.RESET, ROWS + NEWS + NETWORK)
    assert found.status is ItemStatus.COMPLETE
    assert ReasonCode.LINK_DEAD in {reason.code for reason in found.reasons}
