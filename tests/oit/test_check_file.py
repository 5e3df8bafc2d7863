"""A file is judged by what it says itself: the item's title, given back as a label, proves nothing."""

from __future__ import annotations

from datetime import date

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.snapshot import Block, BlockKind, Reading, ReadState, ResourceKind
from oit.check_file import FileVerdict, judge_reading


def judged(rules: Rules, *lines: str, item: str = "O36") -> FileVerdict:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, page=1) for line in lines)
    reading = Reading(ResourceKind.DOCUMENT, ReadState.READ, "application/pdf", blocks=blocks)
    as_of = date(2023, 4, 30)
    return judge_reading("x.pdf", b"x", reading, rules.edition(2566), item, as_of, dict(rules.lexicon), "provincial")


_LINES = ("โครงการอบรมสุจริต งบประมาณ 12,000 บาท", "ระยะเวลาดำเนินการ ไตรมาส 2")


def test_a_plan_that_says_its_year_is_fine(shipped: Rules) -> None:
    assert judged(shipped, "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2566", *_LINES).fine


def test_a_file_that_says_no_year_is_not_of_the_items_year(shipped: Rules) -> None:
    found = judged(shipped, "แผนปฏิบัติการป้องกันการทุจริต", *_LINES)
    assert found.verdict.status is ItemStatus.REVIEW


@pytest.mark.parametrize("title", ["รายงานผลการป้องกันการทุจริต", "พระราชบัญญัติการป้องกันการทุจริต"])
def test_another_document_is_said_to_be_another(shipped: Rules, title: str) -> None:
    found = judged(shipped, f"{title} ปีงบประมาณ พ.ศ. 2566", *_LINES)
    assert found.verdict.status is ItemStatus.REVIEW
    assert "other_kind" in [reason.code for reason in found.verdict.reasons]
