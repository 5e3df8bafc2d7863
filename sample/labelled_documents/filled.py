"""Cases in which at least one part of the section is there, with a text or an explicit none."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from sample.labelled_documents.case import BOTH, EMPTY, MISSING, NONE, PRESENT, SAYS_NONE, Maker, Truth
from sample.labelled_documents.wordings import (
    JOINT,
    NO_ADVICE,
    NONE_FORMS,
    PAIRS,
    SHORT_ADVICE,
    SHORT_PROBLEMS,
    advice,
    problem,
    thai_digits,
)
from sample.paper import Block, Bullets, Heading, Table, Text

Made = tuple[tuple[Block, ...], Truth]


def _joint(wording: str) -> Maker:
    def make(dice: Random) -> Made:
        head = dice.choice(
            (f"3. {wording}", thai_digits(f"3. {wording}"), f"3) {wording}", f"ตอนที่ 3 {wording}", wording)
        )
        return (Heading(head), Text(f"{problem(dice)} {advice(dice)}")), BOTH

    return make


def _pair(problems: str, suggestions: str) -> Maker:
    def make(dice: Random) -> Made:
        first, second = dice.choice((("9. ", "10. "), ("๙. ", "๑๐. "), ("3) ", "4) "), ("", "")))
        bold = dice.random() < 0.4
        return (
            Heading(first + problems, bold_only=bold),
            Text(problem(dice)),
            Heading(second + suggestions, bold_only=bold),
            Text(advice(dice)),
        ), BOTH

    return make


def _official(dice: Random) -> Made:
    digits = dice.choice((str, thai_digits))
    return (
        Heading(digits("3. ปัญหา อุปสรรค และข้อเสนอแนะ")),
        Heading(digits("3.1 ปัญหา อุปสรรค"), 3),
        Bullets((problem(dice), problem(dice))),
        Heading(digits("3.2 ข้อเสนอแนะ"), 3),
        Bullets((advice(dice),)),
    ), BOTH


def _none(form: str, other: str) -> Maker:
    def make(dice: Random) -> Made:
        return (Heading("3. ปัญหา/อุปสรรค"), Text(form), Heading("4. ข้อเสนอแนะ"), Text(other)), SAYS_NONE

    return make


def _joint_none(dice: Random) -> Made:
    return (
        Heading(f"3. {dice.choice(JOINT[:6])}"),
        Text(dice.choice(("ไม่มี", "- ไม่มี -", "......ไม่มี......"))),
    ), SAYS_NONE


def _joint_none_sentence(dice: Random) -> Made:
    return (Heading("3. ปัญหา อุปสรรค และข้อเสนอแนะ"), Text("ไม่มีปัญหา อุปสรรค และข้อเสนอแนะ")), SAYS_NONE


def _answered_form(dice: Random) -> Made:
    """The form keeps its instruction, and the office wrote its answer below it."""
    return (
        Heading("5) ปัญหา อุปสรรค และข้อเสนอแนะ"),
        Text("5.1) ปัญหา อุปสรรค (หากไม่มี ระบุว่าไม่มี)"),
        Text("......ไม่มี......"),
        Text("5.2) ข้อเสนอแนะ (หากไม่มี ระบุว่าไม่มี)"),
        Text(advice(dice)),
    ), Truth(NONE, PRESENT)


def _remedies(dice: Random) -> Made:
    return (
        Heading("5) ปัญหา อุปสรรค และแนวทางแก้ไข"),
        Text("5.1) ปัญหา อุปสรรค (หากไม่มี ระบุว่าไม่มี)"),
        Text("......ไม่มี......"),
        Text("5.2) แนวทางแก้ไข (หากไม่มี ระบุว่าไม่มี)"),
        Text("......ไม่มี......"),
    ), Truth(NONE, MISSING)


def _remedies_text(dice: Random) -> Made:
    return (Heading("๗. ปัญหา/อุปสรรค และแนวทางการแก้ไข"), Text(problem(dice))), Truth(PRESENT, MISSING)


def _fields(dice: Random) -> Made:
    return (Text(f"ปัญหา/อุปสรรค : {problem(dice)}"), Text(f"ข้อเสนอแนะ : {advice(dice)}")), BOTH


def _fields_none(dice: Random) -> Made:
    return (Text("ปัญหา / อุปสรรค: ไม่มี"), Text("ข้อเสนอแนะ ........ไม่มี........")), SAYS_NONE


def _columns(head: tuple[str, str], *, gaps: bool = False, joint: bool = False, count: int = 3) -> Maker:
    def make(dice: Random) -> Made:
        rows = []
        for i in range(count):
            first, second = dice.choice(SHORT_PROBLEMS), dice.choice(SHORT_ADVICE)
            if gaps and i % 3 == 1:
                first, second = dice.choice((("", ""), ("-", "-")))
            rows.append(
                (f"กิจกรรมที่ {i + 1}", "ดำเนินการแล้ว", *((f"{first} {second}".strip(),) if joint else (first, second)))
            )
        names = ("กิจกรรม", "ผล", *(head[:1] if joint else head))
        return (Heading("3. ผลรายกิจกรรม"), Table(names, tuple(rows))), BOTH

    return make


def _columns_none(dice: Random) -> Made:
    rows = tuple((f"กิจกรรมที่ {i}", "ดำเนินการแล้ว", "ไม่มี", "ไม่มี") for i in (1, 2, 3))
    return (Table(("กิจกรรม", "ผล", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ"), rows),), SAYS_NONE


def _three_columns(dice: Random) -> Made:
    row = (dice.choice(SHORT_PROBLEMS), "ช่วงเวลาดำเนินงานสั้น", dice.choice(SHORT_ADVICE))
    return (Table(("ปัญหาและอุปสรรค", "สาเหตุ", "ข้อเสนอแนะ"), (row,)),), BOTH


def _rows(dice: Random) -> Made:
    rows = (
        ("ผู้รับผิดชอบ", "สำนักปลัด"),
        ("ปัญหา/อุปสรรค", problem(dice)),
        ("ข้อเสนอแนะ", advice(dice)),
    )
    return (Table(("รายการ", "รายละเอียด"), rows),), BOTH


def _rows_half(dice: Random) -> Made:
    rows = (("ผู้รับผิดชอบ", "สำนักปลัด"), ("ปัญหาและอุปสรรค", problem(dice)), ("ข้อเสนอแนะ", "-"))
    return (Table(("รายการ", "รายละเอียด"), rows),), Truth(PRESENT, EMPTY)


def _column_half(dice: Random) -> Made:
    rows = tuple((f"กิจกรรมที่ {i}", dice.choice(SHORT_PROBLEMS), "") for i in (1, 2, 3))
    return (Table(("กิจกรรม", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ"), rows),), Truth(PRESENT, EMPTY)


def _begins_like_none(dice: Random) -> Made:
    return (
        Heading("๓. ปัญหาและอุปสรรค"),
        Text("ยังไม่มีกระบวนการติดตามผลที่เป็นระบบ"),
        Heading("๔. ข้อเสนอแนะ"),
        Text("ไม่ควรจัดกิจกรรมในช่วงปิดภาคเรียน"),
    ), BOTH


def _no_suggestions(dice: Random) -> Made:
    return (Heading("3. ปัญหา อุปสรรค"), Text(problem(dice))), Truth(PRESENT, MISSING)


def _no_problems(dice: Random) -> Made:
    return (Heading("3. ข้อเสนอแนะ"), Text(advice(dice))), Truth(MISSING, PRESENT)


def _half_dash(dice: Random) -> Made:
    return (Heading("3. ปัญหา อุปสรรค"), Text(problem(dice)), Heading("4. ข้อเสนอแนะ"), Text("-")), Truth(PRESENT, EMPTY)


def _signed(dice: Random) -> Made:
    blocks, truth = _official(dice)
    return (*blocks, Text("ลงชื่อ ผู้รายงาน"), Text("ตำแหน่ง นักจัดการงานทั่วไป")), truth


FILLED: Mapping[str, Maker] = {
    "official": _official,
    "official_signed": _signed,
    **{f"joint_{i:02}": _joint(wording) for i, wording in enumerate(JOINT, 1)},
    **{f"pair_{i:02}": _pair(*pair) for i, pair in enumerate(PAIRS, 1)},
    **{f"none_{i:02}": _none(form, NO_ADVICE[i % len(NO_ADVICE)]) for i, form in enumerate(NONE_FORMS, 1)},
    "joint_none": _joint_none,
    "joint_none_sentence": _joint_none_sentence,
    "answered_form": _answered_form,
    "remedies": _remedies,
    "remedies_text": _remedies_text,
    "fields": _fields,
    "fields_none": _fields_none,
    "columns": _columns(("ปัญหา/อุปสรรค", "ข้อเสนอแนะ")),
    "columns_gaps": _columns(("ปัญหาและอุปสรรคในการดำเนินงาน", "ข้อเสนอแนะ"), gaps=True),
    "columns_joint": _columns(("ปัญหา อุปสรรค และข้อเสนอแนะ", ""), joint=True),
    "columns_long": _columns(("ปัญหา/อุปสรรค", "ข้อเสนอแนะ"), count=45),
    "columns_none": _columns_none,
    "three_columns": _three_columns,
    "rows": _rows,
    "rows_half": _rows_half,
    "column_half": _column_half,
    "begins_like_none": _begins_like_none,
    "no_suggestions": _no_suggestions,
    "no_problems": _no_problems,
    "half_dash": _half_dash,
}
