"""What one document of the set says, before it becomes a file, and the truth about its section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sample.paper import Block, Heading, Paper, Table, Text

PRESENT, NONE, EMPTY, MISSING = "present", "says_none", "empty", "missing"
STATES = (PRESENT, NONE, EMPTY, MISSING)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader finds of each part; every value is one of `STATES`."""

    problems: str
    suggestions: str

    def of(self, part: str) -> str:
        """The state of one part, `problems` or `suggestions`."""
        return self.problems if part == "problems" else self.suggestions


BOTH = Truth(PRESENT, PRESENT)
SAYS_NONE = Truth(NONE, NONE)
BLANK = Truth(EMPTY, EMPTY)
ABSENT = Truth(MISSING, MISSING)


@dataclass(frozen=True, slots=True)
class Case:
    """A named document in no file format yet."""

    name: str
    paper: Paper
    truth: Truth


Maker = Callable[[Random], tuple[tuple[Block, ...], Truth]]
"""Blocks that a case adds to a report, with the truth of the whole."""

_PLACES = ("จังหวัดบางสมมุติ", "เทศบาลตำบลทุ่งตัวอย่าง", "อำเภอเวียงจำลอง", "สำนักงานคลังจังหวัดบางสมมุติ")
_WORKS = ("ส่งเสริมอาชีพผู้สูงอายุ", "ปรับปรุงถนนสายบ้านใต้", "อบรมการใช้ระบบสารบรรณ", "พัฒนาแหล่งเรียนรู้ชุมชน", "ขุดลอกคลองส่งน้ำ")


def report(case: tuple[Block, ...], dice: Random, *, title: str = "") -> Paper:
    """The annual report of an office that does not exist, ending with the blocks of a case."""
    place = dice.choice(_PLACES)
    rows = tuple(
        (f"โครงการ{work}", f"{dice.randint(20, 900)},000", dice.choice(("แล้วเสร็จ", "เบิกจ่ายครบถ้วน", "อยู่ระหว่างดำเนินการ")))
        for work in dice.sample(_WORKS, 3)
    )
    body: tuple[Block, ...] = (
        Text(f"{place} รายงานผลการดำเนินงานตามแผนงานและงบประมาณประจำปีงบประมาณ พ.ศ. 2565"),
        Heading("1. ผลการดำเนินงานตามแผน"),
        Text("หน่วยงานดำเนินงานตามแผนปฏิบัติการประจำปีและเผยแพร่ผลต่อสาธารณะอย่างสม่ำเสมอ"),
        Table(("โครงการ", "งบประมาณ (บาท)", "ผลการดำเนินงาน"), rows),
        Heading("2. ผลการใช้จ่ายงบประมาณ"),
        Text(f"เบิกจ่ายแล้วร้อยละ {dice.randint(81, 99)}.{dice.randint(10, 99)} ของงบประมาณที่ได้รับจัดสรร"),
    )
    return Paper(title or "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565", (*body, *case))


def whole(title: str, *blocks: Block) -> Paper:
    """A document that is no report: a law, a form, a manual."""
    return Paper(title, blocks)
