"""The section in forms that only planted sites have: odd bullets and numbers, boxes to tick, headings that answer
nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sample.author import Desk
from sample.content.section_form import EMPTY, MISSING, PRESENT, Section, advice, problem
from sample.paper import Heading, Text


def _marked(*marks: tuple[str, str]) -> Callable[[Desk], Section]:
    """Lines that only a sign marks as headings; `marks` are pairs to choose from."""

    def form(desk: Desk) -> Section:
        first, second = marks[desk.number("marks", 0, len(marks) - 1)]
        return Section(
            (
                Text(f"{first} {desk.pick('ปัญหา อุปสรรค', 'ปัญหาและอุปสรรค')}"),
                Text(problem(desk)),
                Text(f"{second} ข้อเสนอแนะ"),
                Text(advice(desk)),
            )
        )

    return form


def _tails(desk: Desk) -> Section:
    first = desk.pick("ปัญหาและอุปสรรคของการดำเนินงานที่ผ่านมา", "ปัญหา อุปสรรคที่พบระหว่างการดำเนินการ")
    second = desk.pick("ข้อเสนอแนะสำหรับการดำเนินงานในปีถัดไป", "ข้อเสนอแนะต่อผู้บริหาร")
    return Section((Heading(f"4. {first}"), Text(problem(desk)), Heading(f"5. {second}"), Text(advice(desk))))


def _brackets(desk: Desk) -> Section:
    tail = desk.pick("(ถ้ามี)", "(Problems)", "[สรุป]")
    return Section(
        (Heading(f"4. ปัญหา อุปสรรค {tail}"), Text(problem(desk)), Heading(f"5. ข้อเสนอแนะ {tail}"), Text(advice(desk)))
    )


def _one_line(desk: Desk) -> Section:
    return Section((Text(f"ปัญหา อุปสรรค : {problem(desk)}"), Text(f"ข้อเสนอแนะ : {advice(desk)}")))


def _specified(desk: Desk) -> Section:
    return Section(
        (
            Heading("4. ปัญหา อุปสรรค"),
            Text(f"ผู้เข้าร่วมโครงการระบุว่า{problem(desk)}"),
            Heading("5. ข้อเสนอแนะ"),
            Text(f"ผู้เข้าร่วมโครงการระบุว่า{advice(desk)}"),
        )
    )


def _boxes(text: str) -> Callable[[Desk], Section]:
    return lambda desk: Section((Heading("4. ปัญหา อุปสรรค"), Text(text), Heading("5. ข้อเสนอแนะ"), Text(text)))


def _lower_number(desk: Desk) -> Section:
    return Section(
        (Heading("5. ปัญหา อุปสรรค และข้อเสนอแนะ"), Heading("1. ภาคผนวก"), Text("ภาพกิจกรรมและรายชื่อผู้เข้าร่วมโครงการ"))
    )


def _chapter(desk: Desk) -> Section:
    return Section(
        (
            Heading("ส่วนที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ"),
            Heading("3.1 สรุปผลการดำเนินงานในภาพรวม", 3),
            Text("ทุกโครงการแล้วเสร็จตามเป้าหมายที่กำหนดไว้ในแผน"),
        )
    )


def _remedies(desk: Desk) -> Section:
    return Section((Heading("4. แนวทางแก้ไข"), Text(advice(desk))))


def _complaints(desk: Desk) -> Section:
    return Section(
        (
            Heading("4. ข้อร้องเรียนและข้อเสนอแนะของประชาชน"),
            Text(f"ประชาชนเสนอแนะให้เพิ่มช่องบริการ จำนวน {desk.number('asked', 3, 20)} ราย"),
        )
    )


ODD: Mapping[str, Callable[[Desk], Section]] = {
    "signs": _marked(("★", "★"), ("●", "●"), ("➢", "➢"), ("\uf0d8", "\uf0d8"), ("\uf0b7", "\uf0b7")),
    "circled": _marked(("③", "④"), ("❸", "❹")),
    "numbers": _marked(("3/", "4/"), ("3)", "4)"), ("(3)", "(4)"), ("3.", "4.")),
    "letters": _marked(("ก.", "ข."), ("ค)", "ง)"), ("III.", "IV.")),
    "tails": _tails,
    "brackets": _brackets,
    "one_line": _one_line,
    "specified": _specified,
    "boxes_ticked": _boxes("☑ ไม่มี     ☐ มี โปรดระบุ .................."),
    "boxes": _boxes("☐ ไม่มี     ☐ มี โปรดระบุ .................."),
    "other_boxes": _boxes("▢ ไม่มี     ▢ มี (ระบุ) .................."),
    "lower_number": _lower_number,
    "chapter": _chapter,
    "remedies": _remedies,
    "complaints": _complaints,
}
"""Forms beside those of `sections.FORMS`; every report of the sample province keeps to these."""
_BOTH = {"problems": PRESENT, "suggestions": PRESENT}
ODD_TRUTH: Mapping[str, Mapping[str, str]] = {
    **{name: _BOTH for name in ODD},
    "boxes": {"problems": EMPTY, "suggestions": EMPTY},
    "other_boxes": {"problems": EMPTY, "suggestions": EMPTY},
    "lower_number": {"problems": EMPTY, "suggestions": EMPTY},
    "chapter": {},
    "remedies": {"problems": MISSING},
    "complaints": {"problems": MISSING, "suggestions": MISSING},
}
LACKING = frozenset(("boxes", "other_boxes", "lower_number", "chapter", "remedies", "complaints"))
"""Forms that make their item incomplete."""
BOXES = frozenset(("boxes", "other_boxes", "boxes_ticked"))
"""Forms with signs that the sample's font for PDFs has not: it draws a ticked box like an empty one."""
DOUBTFUL = frozenset(("chapter", "remedies"))
"""Forms that a careful person might also want to ask about."""
