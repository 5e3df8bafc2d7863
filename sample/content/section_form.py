"""The part ปัญหา อุปสรรค และข้อเสนอแนะ of a report: what a form of it adds, and the words that stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from sample.author import Desk
from sample.paper import Block

PRESENT, MISSING, EMPTY = "present", "missing", "empty"


@dataclass(frozen=True, slots=True)
class Section:
    """What a form adds to a report. `columns` are (header, cell texts) of further table columns."""

    end: tuple[Block, ...] = ()
    start: tuple[Block, ...] = ()
    prose: str = ""
    columns: tuple[tuple[str, tuple[str, str, str]], ...] = ()


def problem(desk: Desk) -> str:
    """A problem of the year."""
    return desk.pick(
        "เจ้าหน้าที่มีจำนวนน้อยเมื่อเทียบกับปริมาณงาน ทำให้บางกิจกรรมล่าช้า",
        "สถานการณ์โรคระบาดทำให้ต้องเลื่อนการจัดกิจกรรมออกไป",
        "การโอนจัดสรรงบประมาณล่าช้ากว่าแผนประมาณหนึ่งเดือน",
    )


def advice(desk: Desk) -> str:
    """A suggestion for the next."""
    return desk.pick(
        "ควรเพิ่มการใช้ระบบออนไลน์ในการประชุมและอบรม",
        "ควรจัดสรรอัตรากำลังให้เพียงพอและเร่งรัดการเบิกจ่ายตั้งแต่ไตรมาสแรก",
        "ควรบูรณาการกิจกรรมกับหน่วยงานที่มีกลุ่มเป้าหมายเดียวกัน",
    )


def section_lines(desk: Desk) -> tuple[str, str, str, str]:
    """Heading and text of the problems, heading and text of the suggestions."""
    return "4. ปัญหา อุปสรรค", problem(desk), "5. ข้อเสนอแนะ", advice(desk)
