"""The part ปัญหา อุปสรรค และข้อเสนอแนะ of a report in all its forms, whole and planted with defects.

Each form says which blocks it adds at the end, at the start (a table of contents), in running text, or as
columns of the results' table. `TRUTH` says what a careful reader must find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sample.author import Desk
from sample.content.odd_sections import ODD, ODD_TRUTH
from sample.content.section_form import EMPTY, MISSING, PRESENT, Section, advice, problem
from sample.paper import Bullets, Heading, Text


def _joint(desk: Desk) -> Section:
    title = desk.pick(
        "ปัญหา อุปสรรค และข้อเสนอแนะ", "ปัญหา/อุปสรรค/ข้อเสนอแนะ", "ปัญหา อุปสรรค ข้อเสนอแนะ", "ปัญหาอุปสรรคและข้อเสนอแนะ"
    )
    return Section(
        (
            Heading(f"4. {title}"),
            Heading("4.1 ปัญหา อุปสรรค", 3),
            Text(problem(desk)),
            Heading("4.2 ข้อเสนอแนะ", 3),
            Text(advice(desk)),
        )
    )


def _apart(desk: Desk) -> Section:
    return Section(
        (
            Heading(desk.pick("ปัญหาและอุปสรรค", "ปัญหา/อุปสรรค", "ปัญหา อุปสรรคในการดำเนินงาน", "ปัญหาอุปสรรค")),
            Bullets((problem(desk), "ผู้เข้าร่วมบางส่วนไม่สามารถเข้าร่วมได้ตลอดโครงการ")),
            Heading(desk.pick("ข้อเสนอแนะ", "ข้อเสนอแนะในการดำเนินงาน", "ข้อเสนอแนะเพื่อการพัฒนา")),
            Bullets((advice(desk),)),
        )
    )


def _bold(desk: Desk) -> Section:
    return Section(
        (
            Heading(desk.pick("5) ปัญหา อุปสรรค", "๕. ปัญหาและอุปสรรค"), bold_only=True),
            Text(problem(desk)),
            Heading(desk.pick("6) ข้อเสนอแนะ", "๖. ข้อเสนอแนะ"), bold_only=True),
            Text(advice(desk)),
        )
    )


def _none(desk: Desk) -> Section:
    none = desk.pick("ไม่มี", "- ไม่มี -", "......ไม่มี......", "-ไม่มี-")
    return Section((Heading("4. ปัญหา อุปสรรค"), Text(none), Heading("5. ข้อเสนอแนะ"), Text(none)))


def _none_sentence(desk: Desk) -> Section:
    return Section(
        (
            Heading("ปัญหา/อุปสรรค"),
            Text(desk.pick("ไม่มีปัญหาและอุปสรรคในการดำเนินงาน", "ไม่พบปัญหา อุปสรรคในการดำเนินงาน")),
            Heading("ข้อเสนอแนะ"),
            Text("ไม่มีข้อเสนอแนะเพิ่มเติม"),
        )
    )


def _joint_none(desk: Desk) -> Section:
    return Section(
        (
            Heading(desk.pick("ปัญหา อุปสรรค และข้อเสนอแนะ", "ปัญหา/อุปสรรค และข้อเสนอแนะ")),
            Text(desk.pick("ไม่มี", "- ไม่มี -")),
        )
    )


def _columns(desk: Desk) -> Section:
    return Section(
        columns=(
            (
                desk.pick("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค", "ปัญหา อุปสรรค"),
                (problem(desk), "ไม่มี", "ฝนตกหนักในวันจัดกิจกรรม"),
            ),
            ("ข้อเสนอแนะ", (advice(desk), "ไม่มี", "ควรจัดกิจกรรมนอกฤดูฝน")),
        )
    )


def _no_problems(desk: Desk) -> Section:
    return Section((Heading("4. ข้อเสนอแนะ"), Text(advice(desk))))


def _no_suggestions(desk: Desk) -> Section:
    return Section((Heading(desk.pick("4. ปัญหา อุปสรรค", "4. ปัญหา/อุปสรรค")), Text(problem(desk))))


def _empty(desk: Desk) -> Section:
    return Section((Heading("4. ปัญหา อุปสรรค"), Heading("5. ข้อเสนอแนะ")))


def _dash(desk: Desk) -> Section:
    return Section((Heading("4. ปัญหา อุปสรรค"), Text("-"), Heading("5. ข้อเสนอแนะ"), Text("-")))


def _dots(desk: Desk) -> Section:
    dots = "." * 60
    return Section((Heading("4. ปัญหา/อุปสรรค"), Text(dots), Heading("5. ข้อเสนอแนะ"), Text(dots)))


def _half_dash(desk: Desk) -> Section:
    return Section((Heading("4. ปัญหา อุปสรรค"), Text(problem(desk)), Heading("5. ข้อเสนอแนะ"), Text("-")))


def _empty_columns(desk: Desk) -> Section:
    return Section(columns=(("ปัญหา/อุปสรรค", ("", "", "")), ("ข้อเสนอแนะ", ("", "", ""))))


def _contents_only(desk: Desk) -> Section:
    lines = ("1. บทนำ", "2. ผลการดำเนินงาน", "3. งบประมาณ", "4. ปัญหา อุปสรรค และข้อเสนอแนะ")
    return Section(
        start=(Heading("สารบัญ"), Bullets(tuple(f"{line} {'.' * 30} {i}" for i, line in enumerate(lines, 1))))
    )


def _prose_only(desk: Desk) -> Section:
    return Section(
        prose=f"ทั้งนี้ หน่วยงานได้ประชุมติดตามเพื่อรับทราบปัญหา อุปสรรค และข้อเสนอแนะจากอำเภอต่าง ๆ ด้าน{desk.office.work}อย่างต่อเนื่อง "
        "และนำมาปรับปรุงการทำงานให้ดียิ่งขึ้น"
    )


def _instruction(desk: Desk) -> Section:
    dots = "." * 50
    return Section(
        (
            Heading("4. ปัญหา อุปสรรค (หากไม่มี ระบุว่าไม่มี)"),
            Text(dots),
            Heading("5. ข้อเสนอแนะ (หากไม่มี ระบุว่าไม่มี)"),
            Text(dots),
        )
    )


def _cut(desk: Desk) -> Section:
    return Section()


FORMS: Mapping[str, Callable[[Desk], Section]] = {
    "joint": _joint,
    "apart": _apart,
    "bold": _bold,
    "none": _none,
    "none_sentence": _none_sentence,
    "joint_none": _joint_none,
    "columns": _columns,
    "no_problems": _no_problems,
    "no_suggestions": _no_suggestions,
    "cut": _cut,
    "empty": _empty,
    "dash": _dash,
    "dots": _dots,
    "half_dash": _half_dash,
    "instruction": _instruction,
    "empty_columns": _empty_columns,
    "contents_only": _contents_only,
    "prose_only": _prose_only,
}
TRUTH: Mapping[str, tuple[str, str]] = {
    "no_problems": (MISSING, PRESENT),
    "no_suggestions": (PRESENT, MISSING),
    "cut": (MISSING, MISSING),
    "empty": (EMPTY, EMPTY),
    "dash": (EMPTY, EMPTY),
    "dots": (EMPTY, EMPTY),
    "instruction": (EMPTY, EMPTY),
    "half_dash": (PRESENT, EMPTY),
    "empty_columns": (EMPTY, EMPTY),
    "contents_only": (MISSING, MISSING),
    "prose_only": (MISSING, MISSING),
}
"""Status of (problems, suggestions) for the forms that are defects; every other form holds both."""
GOOD = tuple(form for form in FORMS if form not in TRUTH)


def section(desk: Desk) -> Section:
    """The desk's section form; one of the good forms if none is planted."""
    name = desk.section or desk.pick(*GOOD)
    return (FORMS.get(name) or ODD[name])(desk)


def truth(form: str) -> dict[str, str]:
    """What must be found for a section form ("" is any good form); what people may see differently is left out."""
    if form in ODD_TRUTH:
        return dict(ODD_TRUTH[form])
    problems, suggestions = TRUTH.get(form, (PRESENT, PRESENT))
    return {"problems": problems, "suggestions": suggestions}
