"""Complaints about corruption, opinions, and participation of the public."""

from __future__ import annotations

from sample.author import Desk
from sample.paper import Block, Bullets, Form, Heading, Paper, Picture, Text
from sample.voice import day, half_year, month_year


def complaint_guide(desk: Desk) -> Paper:
    """How complaints are made and handled: way, steps, responsible division, time."""
    word = desk.pick("แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "คู่มือการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ")
    blocks: list[Block] = []
    if desk.has("how_to"):
        blocks += [
            Heading(desk.pick("วิธีการร้องเรียน", "ช่องทางและวิธีการที่บุคคลภายนอกจะทำการร้องเรียน", "วิธีการยื่นเรื่องร้องเรียน")),
            Text(f"บุคคลภายนอกร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่{desk.office.name}ได้ด้วยตนเอง ทางไปรษณีย์ หรือทางเว็บไซต์"),
        ]
    if desk.has("steps"):
        blocks += [
            Heading(desk.pick("ขั้นตอนการจัดการเรื่องร้องเรียน", "ขั้นตอนและวิธีการจัดการต่อเรื่องร้องเรียน")),
            Bullets(("ลงทะเบียนรับเรื่อง", "ตรวจสอบข้อเท็จจริงและตั้งคณะกรรมการสอบสวน", "เสนอผู้บังคับบัญชาสั่งการและแจ้งผลผู้ร้องเรียน")),
        ]
    if desk.has("who"):
        blocks += [Heading("ส่วนงานที่รับผิดชอบ"), Text("ฝ่ายบริหารทั่วไป")]
    if desk.has("duration"):
        blocks.append(Heading(desk.pick("ระยะเวลาดำเนินการ", "ระยะเวลาในการดำเนินการ")))
        blocks.append(Text(f"ดำเนินการให้แล้วเสร็จภายใน {desk.pick('15', '30')} วันทำการนับแต่วันรับเรื่อง"))
    return Paper(f"{word} {desk.office.name}", tuple(blocks))


def complaint_channel(desk: Desk) -> Paper:
    """A form for complaints about corruption only."""
    word = desk.pick("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "แจ้งเบาะแสการทุจริตและประพฤติมิชอบ")
    return Paper(
        word,
        (
            Text(
                "ช่องทางนี้รับเฉพาะเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่ แยกต่างหากจากการร้องเรียนเรื่องทั่วไป และเก็บข้อมูลผู้แจ้งเป็นความลับ"
            ),
            Form(
                "แบบฟอร์มแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบออนไลน์",
                ("ชื่อผู้ร้องเรียน (ไม่ระบุก็ได้)", "เรื่องร้องเรียน", "รายละเอียดและหลักฐาน"),
                "ส่งเรื่องร้องเรียน",
                "corruption/submit",
            ),
        ),
    )


NO_COMPLAINT = "ไม่มีเรื่องร้องเรียน"


def complaint_statistics(desk: Desk) -> Paper:
    """Numbers of complaints, October to March; mostly none."""
    word = desk.pick("ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ")
    # Who has no complaints has none finished and none open: only numbers can lack their parts.
    none = desk.has("done") and desk.has("open")
    rows = tuple(
        (month_year(m, desk.edition), *(("0", "0", "0") if none or m % 2 else ("2", "1", "1"))) for m in range(6)
    )
    note = (Text(f"หมายเหตุ : {half_year(desk.edition)} {NO_COMPLAINT}การทุจริตและประพฤติมิชอบ"),)
    return Paper(
        f"{word} {desk.year}",
        (
            Text(f"{word}ของเจ้าหน้าที่{desk.office.name} {half_year(desk.edition)} {desk.year}"),
            desk.table(
                (
                    ("", "เดือน"),
                    ("", "จำนวนเรื่องร้องเรียนทั้งหมด"),
                    ("done", "ดำเนินการแล้วเสร็จ"),
                    ("open", "อยู่ระหว่างดำเนินการ"),
                ),
                (*rows, ("รวม", *(("0", "0", "0") if none else ("6", "3", "3")))),
            ),
            *(note if none else ()),
        ),
    )


def opinions(desk: Desk) -> Paper:
    """A form for opinions."""
    word = desk.pick("ช่องทางการรับฟังความคิดเห็น", "รับฟังความคิดเห็นจากประชาชน", "ช่องทางแสดงความคิดเห็น")
    return Paper(
        word,
        (
            Text(f"ขอเชิญร่วมแสดงความคิดเห็นต่อการดำเนินงานตามภารกิจของ{desk.office.name}"),
            Form("แบบแสดงความคิดเห็นออนไลน์", ("ชื่อ", "ความคิดเห็น"), "ส่งความคิดเห็น", "opinion/submit"),
        ),
    )


def participation(desk: Desk) -> Paper:
    """An event at which outsiders took part."""
    word = desk.pick("การเปิดโอกาสให้เกิดการมีส่วนร่วม", "การมีส่วนร่วมของผู้มีส่วนได้ส่วนเสีย", "การเปิดโอกาสให้ประชาชนมีส่วนร่วม")
    people = desk.number("people", 25, 120)
    return Paper(
        f"{word} {desk.year}",
        (
            Text(
                f"เมื่อวันที่ {day(22, 2, desk.edition)} {desk.office.name}เปิดโอกาสให้บุคคลภายนอกและภาคีเครือข่ายเข้ามามีส่วนร่วมในการวางแผนด้าน{desk.office.work}"
            ),
            Heading("ประเด็นการมีส่วนร่วม"),
            Text(f"การร่วมวางแผนและร่วมแลกเปลี่ยนความคิดเห็นเรื่อง{desk.office.work}"),
            Heading("ผู้มีส่วนร่วม"),
            Text(f"ผู้แทนชุมชน ภาคเอกชน และประชาชน จำนวน {people} คน"),
            Heading("ผลจากการมีส่วนร่วมและการนำไปปรับปรุง"),
            Text("ได้ข้อสรุปความต้องการของพื้นที่ และนำไปปรับปรุงแผนงานของหน่วยงาน"),
            Picture("activity1.png", "ภาพกิจกรรมการมีส่วนร่วม"),
        ),
    )


AUTHORS = {
    "complaint_guide": complaint_guide,
    "complaint_channel": complaint_channel,
    "complaint_statistics": complaint_statistics,
    "opinions": opinions,
    "participation": participation,
}
