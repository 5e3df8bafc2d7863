"""Manuals, statistics and satisfaction of services, and the e-service."""

from __future__ import annotations

from sample.author import Desk
from sample.paper import Block, Bullets, Form, Heading, Paper, Table, Text
from sample.voice import half_year, month_year


def work_manual(desk: Desk) -> Paper:
    """A manual for the staff: which mission, which position, which steps."""
    word = desk.pick("คู่มือการปฏิบัติงาน", "คู่มือการปฏิบัติงานสำหรับเจ้าหน้าที่", "มาตรฐานการปฏิบัติงาน")
    if not desk.has("for_whom"):
        word = "คู่มือการปฏิบัติงาน"
    users = (Heading("ผู้ใช้คู่มือ"), Text(f"สำหรับเจ้าหน้าที่ตำแหน่งนักวิชาการและเจ้าพนักงานธุรการของ{desk.office.name}"))
    steps = (
        Heading(desk.pick("ขั้นตอนการปฏิบัติงาน", "วิธีการและขั้นตอนการปฏิบัติงาน")),
        Bullets(
            (
                "ขั้นตอนที่ 1 รับเรื่องและตรวจสอบเอกสาร ภายใน 1 วัน",
                "ขั้นตอนที่ 2 วิเคราะห์และเสนอความเห็น ภายใน 3 วัน",
                "ขั้นตอนที่ 3 เสนอผู้บังคับบัญชาพิจารณาสั่งการ",
                "ขั้นตอนที่ 4 แจ้งผลและจัดเก็บเอกสาร",
            )
        ),
    )
    return Paper(
        f"{word}ด้าน{desk.office.work}",
        (
            Heading("วัตถุประสงค์และขอบเขต"),
            Text(f"เป็นคู่มือปฏิบัติภารกิจด้าน{desk.office.work} เพื่อให้เจ้าหน้าที่ยึดถือปฏิบัติให้เป็นมาตรฐานเดียวกัน"),
            *(users if desk.has("for_whom") else ()),
            *(steps if desk.has("steps") else ()),
        ),
    )


def service_manual(desk: Desk) -> Paper:
    """A manual for the public: which service, which steps."""
    word = desk.pick("คู่มือการให้บริการประชาชน", "คู่มือสำหรับประชาชน", "คู่มือการให้บริการ")
    steps = (
        Heading(desk.pick("ขั้นตอนการให้บริการ", "ขั้นตอนและระยะเวลาการให้บริการ", "วิธีการและขั้นตอนการให้บริการ")),
        Table(
            ("ลำดับ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ"),
            (
                ("1", "ผู้รับบริการยื่นคำขอพร้อมเอกสาร", "10 นาที", "เจ้าหน้าที่ประชาสัมพันธ์"),
                ("2", "เจ้าหน้าที่ตรวจสอบความครบถ้วน", "30 นาที", "นักวิชาการ"),
                ("3", "พิจารณาและแจ้งผล", "1 วันทำการ", desk.office.head),
            ),
        ),
    )
    return Paper(
        f"{word} เรื่อง {desk.office.service}",
        (
            Text(f"{word}ฉบับนี้ให้ผู้รับบริการหรือผู้มาติดต่อใช้เป็นข้อมูลในการขอรับบริการ{desk.office.service}"),
            Heading("บริการ"),
            Text(f"งานบริการ{desk.office.service} ของ{desk.office.name}"),
            *(steps if desk.has("steps") else ()),
            Heading("เอกสารที่ใช้"),
            Bullets(("บัตรประจำตัวประชาชน", "แบบคำขอ")),
        ),
    )


def service_statistics(desk: Desk) -> Paper:
    """Numbers of people served, month by month, October to March."""
    rows = tuple(
        (
            month_year(m, desk.edition),
            str(desk.number(f"walk{m}", 40, 300)),
            str(desk.number(f"net{m}", 5, 90)),
        )
        for m in range(6)
    )
    word = desk.pick("ข้อมูลเชิงสถิติการให้บริการ", "สถิติการให้บริการ", "ข้อมูลสถิติการให้บริการ")
    return Paper(
        f"{word} {desk.year}",
        (
            Text(f"{word}ของ{desk.office.name} {half_year(desk.edition)} {desk.year}"),
            Table(("เดือน", "จำนวนผู้รับบริการ ณ สำนักงาน (ราย)", "จำนวนผู้รับบริการออนไลน์ (ราย)"), rows),
        ),
    )


def satisfaction(desk: Desk) -> Paper:
    """Last year's satisfaction survey."""
    word = desk.pick(
        "รายงานผลการสำรวจความพึงพอใจการให้บริการ",
        "ผลการสำรวจความพึงพอใจของผู้รับบริการ",
        "รายงานผลสำรวจความพึงพอใจในการให้บริการ",
    )
    blocks: list[Block] = [
        Text(
            f"{desk.office.name}สำรวจความพึงพอใจของผู้รับบริการใน{desk.last_year} ผู้ตอบแบบสอบถาม {desk.number('n', 90, 400)} คน"
        ),
        Table(
            ("ประเด็น", "ค่าเฉลี่ย", "ระดับความพึงพอใจ"),
            (
                ("ด้านกระบวนการขั้นตอนการให้บริการ", "4.52", "มากที่สุด"),
                ("ด้านเจ้าหน้าที่ผู้ให้บริการ", "4.61", "มากที่สุด"),
                ("ด้านสิ่งอำนวยความสะดวก", "4.37", "มาก"),
            ),
        ),
        Text("สรุปผู้รับบริการมีความพึงพอใจในภาพรวม ร้อยละ 90.00"),
    ]
    return Paper(f"{word} {desk.last_year}", tuple(blocks))


def e_service(desk: Desk) -> Paper:
    """An online request form."""
    word = desk.pick("E-Service", "บริการออนไลน์ (E-Service)", "ระบบบริการประชาชนออนไลน์ E-Service")
    fields = ("ชื่อ-นามสกุล", "หมายเลขโทรศัพท์", "รายละเอียดคำขอ")
    form = (Form(f"แบบคำขอออนไลน์ : {desk.office.service}", fields, "ยื่นคำขอ", "eservice/submit"),)
    return Paper(
        word,
        (
            Text(f"ท่านสามารถ{desk.office.service}ผ่านช่องทางออนไลน์ได้โดยไม่ต้องเดินทางมายังหน่วยงาน"),
            *(form if desk.has("form") else (Text("อยู่ระหว่างการพัฒนาระบบ"),)),
        ),
    )


AUTHORS = {
    "work_manual": work_manual,
    "service_manual": service_manual,
    "service_statistics": service_statistics,
    "satisfaction": satisfaction,
    "e_service": e_service,
}
