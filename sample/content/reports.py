"""The yearly reports, which must hold ปัญหา อุปสรรค และข้อเสนอแนะ. They tell of the year before the edition's."""

from __future__ import annotations

from collections.abc import Sequence

from sample.author import Desk
from sample.content.section_form import Section
from sample.content.sections import section
from sample.paper import Block, Heading, Paper, Table, Text
from sample.voice import baht

REPORTS = ("annual_report", "budget_report", "procurement_report", "hr_report", "corruption_report")
"""The topics that ask for the section."""


def _spent(desk: Desk, place: int) -> int:
    return desk.budget(place) * (100, 97, 92)[place] // 100


def _results(desk: Desk, part: Section, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """The table of results with the section's columns; the last of its own is the money."""
    if not desk.has("budget"):
        head, rows = head[:-1], [row[:-1] for row in rows]
    for name, cells in part.columns:
        head = (*head, name)
        rows = [(*row, cells[i % 3]) for i, row in enumerate(rows)]
    return Table(head, tuple(rows))


def _compose(desk: Desk, title: str, intro: str, body: tuple[Block, ...], part: Section) -> Paper:
    year = desk.edition - 1
    blocks: list[Block] = [*part.start, Heading("1. บทนำ"), Text(intro)]
    if part.prose:
        blocks.append(Text(part.prose))
    blocks.extend(body)
    blocks.extend(part.end)
    blocks.append(Text(f"รายงาน ณ วันที่ 30 กันยายน {year}"))
    return Paper(f"{title} {desk.last_year}", tuple(blocks))


def annual_report(desk: Desk) -> Paper:
    """Results of last year's plan."""
    part = section(desk)
    rows = [(str(i + 1), p, "ดำเนินการแล้วเสร็จตามเป้าหมาย", f"{_spent(desk, i):,}") for i, p in enumerate(desk.projects)]
    head = ("ที่", "โครงการ/กิจกรรม", "ผลการดำเนินการ", "งบประมาณที่ใช้ (บาท)")
    total = sum(_spent(desk, i) for i in range(3))
    money = (
        Heading("3. ผลการใช้จ่ายงบประมาณ"),
        Text(f"ใช้จ่ายงบประมาณรวมทั้งสิ้น {baht(total)} คิดเป็นร้อยละ 96.40 ของงบประมาณที่ได้รับจัดสรร"),
    )
    return _compose(
        desk,
        desk.pick("รายงานผลการดำเนินงานประจำปี", "รายงานผลการดำเนินงาน", "สรุปผลการดำเนินงานประจำปี"),
        f"รายงานฉบับนี้แสดงผลการดำเนินงานตามแผนดำเนินงานประจำปีของ{desk.office.name} {desk.last_year}",
        (
            Heading("2. ผลการดำเนินการโครงการหรือกิจกรรม"),
            _results(desk, part, head, rows),
            *(money if desk.has("budget") else ()),
        ),
        part,
    )


def budget_report(desk: Desk) -> Paper:
    """Last year's spending by type."""
    part = section(desk)
    rows = []
    for kind in ("งบบุคลากร", "งบดำเนินงาน", "งบลงทุน"):
        amount = desk.number(kind, 300, 3000) * 1000
        rows.append((kind, f"{amount:,}", f"{amount * 97 // 100:,}", "97.00"))
    head = ("ประเภทรายการใช้จ่าย", "งบประมาณที่ได้รับ (บาท)", "ผลการใช้จ่าย (บาท)", "ร้อยละ")
    return _compose(
        desk,
        desk.pick("รายงานผลการใช้จ่ายงบประมาณประจำปี", "รายงานผลการใช้จ่ายเงินงบประมาณประจำปี"),
        f"{desk.office.name}รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณประจำปี {desk.last_year}",
        (Heading("2. ผลการใช้จ่ายงบประมาณ"), _results(desk, part, head, rows)),
        part,
    )


def procurement_report(desk: Desk) -> Paper:
    """Last year's procurement by method, with money."""
    part = section(desk)
    rows = []
    for way in ("วิธีเฉพาะเจาะจง", "วิธีคัดเลือก", "วิธีประกาศเชิญชวนทั่วไป (e-bidding)"):
        amount = desk.number(way, 50, 900) * 1000
        rows.append((way, str(desk.number("n" + way, 1, 40)), f"{amount:,}"))
    head = (
        "วิธีการจัดซื้อจัดจ้าง",
        "จำนวนโครงการ",
        desk.pick("งบประมาณที่ใช้ในการจัดซื้อจัดจ้าง (บาท)", "งบประมาณที่ใช้ (บาท)"),
    )
    return _compose(
        desk,
        desk.pick("รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี", "รายงานผลการจัดซื้อจัดจ้างประจำปี"),
        f"{desk.office.name}สรุปผลการจัดซื้อจัดจ้าง {desk.last_year} ดังนี้",
        (
            Heading(f"2. ผลการจัดซื้อจัดจ้าง{'และงบประมาณที่ใช้ในการจัดซื้อจัดจ้าง' if desk.has('budget') else ''}"),
            _results(desk, part, head, rows),
        ),
        part,
    )


def hr_report(desk: Desk) -> Paper:
    """Last year's personnel work: results, analysis, numbers of staff and of trained staff."""
    part = section(desk)
    rows = [
        ("การวางแผนกำลังคน", "วิเคราะห์อัตรากำลังครบทุกกลุ่มงาน", "ไม่ใช้งบประมาณ"),
        ("การพัฒนาบุคลากร", f"จัดอบรมหลักสูตร{desk.office.work} 2 รุ่น", f"{desk.budget(0):,}"),
        ("การประเมินผลการปฏิบัติงาน", "ประเมินครบ 2 รอบตามหลักเกณฑ์", "ไม่ใช้งบประมาณ"),
    ]
    head = ("ประเด็นนโยบาย/กิจกรรม", "ผลการดำเนินการ", "งบประมาณที่ใช้ (บาท)")
    count = desk.number("staff", 8, 30)
    return _compose(
        desk,
        desk.pick("รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี", "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคล"),
        f"รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลของ{desk.office.name} {desk.last_year}",
        (
            Heading("2. ผลการดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล"),
            _results(desk, part, head, rows),
            Heading("3. ผลการวิเคราะห์การบริหารและพัฒนาทรัพยากรบุคคล"),
            Text("จากการวิเคราะห์พบว่าบุคลากรได้รับการพัฒนาตรงตามตำแหน่ง และมีผลการประเมินอยู่ในระดับดีขึ้นไปร้อยละ 95"),
            Table(
                ("ข้อมูลสถิติอัตรากำลังจำแนกตามประเภทตำแหน่ง", "จำนวน (คน)", "จำนวนผู้เข้ารับการฝึกอบรม/พัฒนา (คน)"),
                (("ข้าราชการ", str(count), str(count)), ("พนักงานราชการ", str(count // 3), str(count // 3))),
            ),
        ),
        part,
    )


def corruption_report(desk: Desk) -> Paper:
    """Last year's results of the plan against corruption."""
    part = section(desk)
    rows = [
        ("1", "กิจกรรมประกาศเจตนารมณ์ต่อต้านการทุจริต", "ดำเนินการแล้วเสร็จ บุคลากรเข้าร่วมครบทุกคน", "ไม่ใช้งบประมาณ"),
        (
            "2",
            "โครงการอบรมคุณธรรม จริยธรรม และความโปร่งใส",
            "ดำเนินการแล้วเสร็จ ผู้เข้าอบรม 45 คน",
            f"{_spent(desk, 0):,}",
        ),
        ("3", "กิจกรรมตรวจสอบการใช้ทรัพย์สินของราชการ", "ดำเนินการแล้วเสร็จทุกไตรมาส", "ไม่ใช้งบประมาณ"),
    ]
    head = ("ที่", "โครงการ/กิจกรรม", "ผลการดำเนินการ", "ผลการใช้จ่ายงบประมาณ (บาท)")
    money = (Heading("3. ผลการใช้จ่ายงบประมาณ"), Text(f"ใช้จ่ายงบประมาณทั้งสิ้น {baht(_spent(desk, 0))}"))
    return _compose(
        desk,
        desk.pick("รายงานผลการดำเนินการป้องกันการทุจริตประจำปี", "รายงานผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต"),
        f"{desk.office.name}รายงานผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต {desk.last_year}",
        (
            Heading("2. ผลการดำเนินการโครงการหรือกิจกรรม"),
            _results(desk, part, head, rows),
            *(money if desk.has("budget") else ()),
        ),
        part,
    )


AUTHORS = {
    "annual_report": annual_report,
    "budget_report": budget_report,
    "procurement_report": procurement_report,
    "hr_report": hr_report,
    "corruption_report": corruption_report,
}
