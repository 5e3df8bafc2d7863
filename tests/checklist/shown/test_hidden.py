"""What a page hides proves no element and accuses nobody, whichever matcher looks at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checklist.assess import assess
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.models.assessment import Verdict
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    ReadState,
    Resource,
    ResourceKind,
    Snapshot,
    StopReason,
)

HOME = "https://a.go.th/"
PAGE = "https://a.go.th/report"
TITLE = Block(BlockKind.HEADING, "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2564", level=1)
RESULT = Block(BlockKind.PARAGRAPH, "โครงการปรับปรุงถนน ผลการดำเนินงานแล้วเสร็จร้อยละ 100")
MONEY = Block(BlockKind.PARAGRAPH, "งบประมาณที่ได้รับ 250,000 บาท ใช้จ่ายจริง 243,500 บาท")
SECTION = (
    Block(BlockKind.HEADING, "3. ปัญหา อุปสรรค", level=2),
    Block(BlockKind.PARAGRAPH, "เครื่องจักรชำรุดบ่อยครั้ง"),
    Block(BlockKind.HEADING, "4. ข้อเสนอแนะ", level=2),
    Block(BlockKind.PARAGRAPH, "ควรซ่อมบำรุงเครื่องจักร"),
)
TABLE = tuple(
    Block(BlockKind.CELL, text, table=0, row=row, col=col)
    for row, line in enumerate((("โครงการ", "ปัญหา อุปสรรค", "ข้อเสนอแนะ"), ("ถนน", "ฝนตก", "เริ่มก่อนฤดูฝน")))
    for col, text in enumerate(line)
)


def hide(*blocks: Block) -> tuple[Block, ...]:
    return tuple(replace(block, hidden=True) for block in blocks)


def judged(rules: Rules, *blocks: Block) -> tuple[Verdict, dict[str, str]]:
    now = datetime(2022, 7, 1, tzinfo=UTC)
    agency = Agency("a", "", HOME, "provincial", declared={"O12": PAGE})
    home = Resource(HOME, FetchOutcome.OK, kind=ResourceKind.PAGE, read_state=ReadState.READ, title="ก")
    page = Resource(PAGE, FetchOutcome.OK, kind=ResourceKind.PAGE, read_state=ReadState.READ, blocks=blocks)
    snapshot = Snapshot(agency, now, now, complete=True, stopped_by=StopReason.NONE, resources=(home, page))
    edition = rules.edition(2565)
    alone = edition.model_copy(update={"items": (edition.item("O12").model_copy(update={"exempt": ()}),)})
    verdict = assess(snapshot, alone, date(2022, 7, 1), rules.lexicon).verdicts[0]
    return verdict, {finding.element: finding.status.value for finding in verdict.findings}


def test_what_is_shown_completes_the_item(shipped: Rules) -> None:
    assert judged(shipped, TITLE, RESULT, MONEY, *SECTION)[0].status.value == "complete"


@pytest.mark.parametrize(
    ("element", "blocks"),
    [
        ("problems", (TITLE, RESULT, MONEY, *hide(*SECTION))),
        ("suggestions", (TITLE, RESULT, MONEY, *hide(*TABLE))),
        ("budget", (TITLE, RESULT, *hide(MONEY), *SECTION)),
        ("period", (*hide(TITLE), RESULT, MONEY, *SECTION)),
    ],
)
def test_hidden_text_alone_is_for_a_person(shipped: Rules, element: str, blocks: tuple[Block, ...]) -> None:
    verdict, found = judged(shipped, *blocks)
    assert (found[element], verdict.status.value) == ("review", "review")


def test_hidden_text_accuses_nobody(shipped: Rules) -> None:
    empty = (SECTION[0], Block(BlockKind.PARAGRAPH, "-"), Block(BlockKind.HEADING, "ปีงบประมาณ 2560", level=1))
    assert judged(shipped, *hide(*empty), TITLE, RESULT, MONEY, *SECTION)[0].status.value == "complete"


def test_hidden_text_that_answers_nothing_changes_nothing(shipped: Rules) -> None:
    found = judged(shipped, TITLE, RESULT, MONEY, *hide(Block(BlockKind.PARAGRAPH, "หน้าแรก")))[1]
    assert (found["problems"], found["suggestions"]) == ("missing", "missing")
