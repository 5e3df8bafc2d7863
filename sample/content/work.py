"""Plans of the year and six-month reports on them."""

from __future__ import annotations

from sample.author import Desk
from sample.paper import Block, Heading, Paper, Table, Text
from sample.voice import baht, half_year, month_year


def _span(desk: Desk, place: int) -> str:
    start, stop = ((0, 5), (1, 8), (3, 11))[place]
    return f"{month_year(start, desk.edition, short=True)} – {month_year(stop, desk.edition, short=True)}"


def plan(desk: Desk) -> Paper:
    """The plan of one year: projects, budgets, times."""
    word = desk.pick("แผนดำเนินงานประจำปี", "แผนปฏิบัติการประจำปี", "แผนการดำเนินงานประจำปี")
    if "งบประมาณ" in desk.title:
        word = desk.pick("แผนดำเนินงานและการใช้งบประมาณประจำปี", "แผนการดำเนินงานและการใช้งบประมาณประจำปี")
    columns = (
        ("", "ที่"),
        ("", desk.pick("โครงการ/กิจกรรม", "โครงการหรือกิจกรรม", "ชื่อโครงการ/กิจกรรม")),
        ("budget", desk.pick("งบประมาณที่ใช้ (บาท)", "งบประมาณ (บาท)", "งบประมาณที่ใช้")),
        ("when", desk.pick("ระยะเวลาในการดำเนินการ", "ระยะเวลาดำเนินการ", "ระยะเวลาดำเนินงาน")),
    )
    rows = [(str(i + 1), project, f"{desk.budget(i):,}", _span(desk, i)) for i, project in enumerate(desk.projects)]
    return Paper(
        f"{word} {desk.year} {desk.office.name}",
        (
            Text(
                f"{desk.office.name}จัดทำแผนเพื่อใช้ดำเนินภารกิจใน{desk.year} ตั้งแต่ 1 ตุลาคม {desk.edition - 1} ถึง 30 กันยายน {desk.edition}"
            ),
            Heading("รายละเอียดของแผน"),
            desk.table(columns, rows),
        ),
    )


def half(desk: Desk) -> Paper:
    """Progress over October to March, project by project, with money."""
    word = desk.pick(
        "รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน",
        "รายงานผลการกำกับติดตามการดำเนินงาน รอบ 6 เดือน",
        "รายงานความก้าวหน้าการดำเนินงาน รอบ 6 เดือน",
    )
    if "งบประมาณ" in desk.title:
        word = desk.title
    rows = []
    states = ("ดำเนินการแล้วเสร็จ ร้อยละ 100", "อยู่ระหว่างดำเนินการ คืบหน้าร้อยละ 60", "อยู่ระหว่างดำเนินการ คืบหน้าร้อยละ 35")
    for i, project in enumerate(desk.projects):
        spent = desk.budget(i) * (100, 55, 30)[i] // 100
        rows.append((str(i + 1), project, states[i], f"{desk.budget(i):,}", f"{spent:,}"))
    return Paper(
        f"{word} {desk.year}",
        (
            Text(f"รายงานความก้าวหน้าของการดำเนินงานตามแผน {half_year(desk.edition)} {desk.year} ของ{desk.office.name}"),
            desk.table(
                (
                    ("", "ที่"),
                    ("", "โครงการ/กิจกรรม"),
                    ("progress", "ความก้าวหน้าการดำเนินการ"),
                    ("budget", "งบประมาณที่ได้รับ (บาท)"),
                    ("budget", "งบประมาณที่ใช้ดำเนินงาน (บาท)"),
                ),
                rows,
            ),
            Text(f"ข้อมูล ณ วันที่ 31 มีนาคม {desk.edition}"),
        ),
    )


_SPENDING = ("งบบุคลากร", "งบดำเนินงาน", "งบลงทุน", "งบรายจ่ายอื่น")


def budget_plan(desk: Desk) -> Paper:
    """Planned spending by source of money and by type."""
    amounts = [desk.number(kind, 200, 4000) * 1000 for kind in _SPENDING]
    word = desk.pick("แผนการใช้จ่ายงบประมาณประจำปี", "แผนการใช้จ่ายงบประมาณรายจ่ายประจำปี")
    sources = (
        Heading(desk.pick("งบประมาณตามแหล่งที่ได้รับการจัดสรร", "งบประมาณจำแนกตามแหล่งที่ได้รับการจัดสรร")),
        Table(
            ("แหล่งงบประมาณที่ได้รับการจัดสรร", "จำนวนเงิน (บาท)"),
            (("งบประมาณแผ่นดินจากกรมต้นสังกัด", f"{sum(amounts) - 500000:,}"), ("งบพัฒนาจังหวัด", "500,000")),
        ),
    )
    kinds = (
        Heading(desk.pick("งบประมาณตามประเภทรายการใช้จ่าย", "งบประมาณจำแนกตามประเภทรายการใช้จ่าย")),
        Table(
            ("ประเภทรายการใช้จ่าย", "งบประมาณ (บาท)", "ไตรมาส 1-2", "ไตรมาส 3-4"),
            tuple((k, f"{a:,}", f"{a // 2:,}", f"{a - a // 2:,}") for k, a in zip(_SPENDING, amounts, strict=True)),
        ),
    )
    return Paper(
        f"{word} {desk.year} {desk.office.name}",
        (
            *(sources if desk.has("sources") else ()),
            *(kinds if desk.has("kinds") else ()),
            Text(f"แผนนี้มีระยะเวลา 1 ปี ใช้บังคับใน{desk.year} (1 ตุลาคม {desk.edition - 1} – 30 กันยายน {desk.edition})"),
        ),
    )


def budget_half(desk: Desk) -> Paper:
    """Spending over October to March."""
    amounts = [desk.number(kind, 200, 4000) * 1000 for kind in _SPENDING]
    blocks: list[Block] = [
        Text(f"ความก้าวหน้าการใช้จ่ายงบประมาณ {half_year(desk.edition)} {desk.year}"),
        Table(
            ("ประเภทรายจ่าย", "ได้รับจัดสรร (บาท)", "เบิกจ่ายแล้ว (บาท)", "ร้อยละความก้าวหน้า"),
            tuple((k, f"{a:,}", f"{a * 52 // 100:,}", "52.00") for k, a in zip(_SPENDING, amounts, strict=True)),
        ),
        Text(f"รวมเบิกจ่ายทั้งสิ้น {baht(sum(a * 52 // 100 for a in amounts))} ข้อมูล ณ วันที่ 31 มีนาคม {desk.edition}"),
    ]
    word = desk.pick(
        "รายงานการกำกับติดตามการใช้จ่ายงบประมาณประจำปี รอบ 6 เดือน",
        "รายงานผลการกำกับติดตามการใช้จ่ายงบประมาณ รอบ 6 เดือน",
    )
    return Paper(f"{word} {desk.year}", tuple(blocks))


AUTHORS = {"plan": plan, "half": half, "budget_plan": budget_plan, "budget_half": budget_half}
