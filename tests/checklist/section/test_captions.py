"""Names of the section that stand below their texts, as captions do: a person looks, nothing is called empty."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

Both = tuple[str, str]
P, S = "ฝนตกหนักทำให้งานล่าช้า", "ควรเริ่มงานก่อนฤดูฝน"
PROBLEMS, SUGGESTIONS, JOINT = "ปัญหา/อุปสรรค", "ข้อเสนอแนะ", "ปัญหา อุปสรรค และข้อเสนอแนะ"
BEFORE = Block(BlockKind.PARAGRAPH, "เบิกจ่ายงบประมาณร้อยละ 98")


def both(shipped: Rules, *blocks: Block) -> Both:
    blocks = (BEFORE, *blocks)
    resource = Resource("https://a.go.th/r", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    part = EvidencePart(resource, 0, len(blocks))
    first, second = (check_section(w, part, shipped.lexicon).status.value for w in ("problems", "suggestions"))
    return first, second


def table(number: int, *rows: tuple[str, ...]) -> list[Block]:
    return [
        Block(BlockKind.CELL, text, table=number, row=y, col=x)
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    ]


def line(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, bold=True)


@pytest.mark.parametrize(
    "blocks",
    [
        table(0, (P, S), (PROBLEMS, SUGGESTIONS)),
        table(0, (P,), (PROBLEMS,), (S,), (SUGGESTIONS,)),
        table(0, (f"{P}\n{PROBLEMS}", f"{S}\n{SUGGESTIONS}")),
        [*table(0, (f"{P}\n{PROBLEMS}",)), *table(1, (f"{S}\n{SUGGESTIONS}",))],
        [*table(0, (P,)), line(PROBLEMS), *table(1, (S,)), line(SUGGESTIONS)],
        table(0, (f"{P} {S}",), (JOINT,)),
        table(0, (f"{P} {S}\n{JOINT}",)),
    ],
)
def test_names_below_their_texts_are_for_a_person(shipped: Rules, blocks: list[Block]) -> None:
    assert both(shipped, *blocks) == ("review", "review")
    assert both(shipped, *blocks, Block(BlockKind.PARAGRAPH, "ลงชื่อ สมชาย ผู้รายงาน")) == ("review", "review")


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (table(0, (PROBLEMS, SUGGESTIONS), (P, S)), ("present", "present")),
        (table(0, (PROBLEMS, SUGGESTIONS), ("", "")), ("empty", "empty")),
        (table(0, (PROBLEMS,), (P,), (SUGGESTIONS,), ("",)), ("present", "empty")),
        (table(0, ("",), (PROBLEMS,), ("",), (SUGGESTIONS,)), ("empty", "empty")),
        ([line(PROBLEMS), *table(0, (P,)), line(SUGGESTIONS), *table(1, ("",))], ("present", "empty")),
        ([*table(0, (f"{PROBLEMS}\n{P}",)), *table(1, (f"{SUGGESTIONS}\n",))], ("present", "empty")),
        ([*table(0, ("รายงานผลการดำเนินงาน",), ("1. งบประมาณ",), ("98,000",), ("2. " + JOINT,))], ("empty", "empty")),
        ([line(PROBLEMS), BEFORE, line(SUGGESTIONS)], ("present", "empty")),
    ],
)
def test_names_above_their_places_are_judged_as_before(shipped: Rules, blocks: list[Block], said: Both) -> None:
    assert both(shipped, *blocks) == said


def test_a_section_elsewhere_is_taken_before_captions(shipped: Rules) -> None:
    told = [line("3. " + PROBLEMS), line(P + "มาก"), line("4. " + SUGGESTIONS), line(S + "เสมอ")]
    drawn = table(0, (P, S), (PROBLEMS, SUGGESTIONS))
    assert both(shipped, *drawn, *told) == ("present", "present")
