"""Plan, notices and monthly summaries of procurement."""

from __future__ import annotations

from sample.author import Desk
from sample.paper import Block, Bullets, Heading, Paper, Table, Text
from sample.voice import day, month_year

_THINGS = ("ซื้อวัสดุสำนักงาน", "ซื้อวัสดุคอมพิวเตอร์", "จ้างทำความสะอาดอาคาร", "จ้างซ่อมเครื่องปรับอากาศ", "ซื้อน้ำมันเชื้อเพลิง")
_SHOPS = (
    "ร้านเครื่องเขียนตัวอย่าง",
    "บริษัท ตัวอย่างคอมพิวเตอร์ จำกัด",
    "ห้างหุ้นส่วนจำกัด ตัวอย่างบริการ",
    "ร้านแอร์เย็นตัวอย่าง",
    "สหกรณ์ตัวอย่าง จำกัด",
)
_HEAD = (
    "ที่", "งานที่จัดซื้อหรือจัดจ้าง", "วงเงินที่จะซื้อหรือจ้าง", "ราคากลาง", "วิธีซื้อหรือจ้าง", "รายชื่อผู้เสนอราคาและราคาที่เสนอ",
    "ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง", "เหตุผลที่คัดเลือกโดยสรุป", "เลขที่และวันที่ของสัญญาหรือข้อตกลงในการซื้อหรือจ้าง",
)  # fmt: skip


def procurement_plan(desk: Desk) -> Paper:
    """What will be bought this year."""
    word = desk.pick("แผนการจัดซื้อจัดจ้าง", "ประกาศเผยแพร่แผนการจัดซื้อจัดจ้าง", "แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ")
    return Paper(
        f"{word} {desk.year}",
        (
            Text(
                f"{desk.office.name}ประกาศเผยแพร่แผนการจัดซื้อจัดจ้าง {desk.year} ตามพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560 มาตรา 11"
            ),
            Table(
                ("ลำดับ", "ชื่อโครงการ", "งบประมาณโครงการ (บาท)", "คาดว่าจะประกาศจัดซื้อจัดจ้าง (เดือน/ปี)"),
                (
                    (
                        "1",
                        "จ้างปรับปรุงห้องบริการประชาชน",
                        f"{desk.number('a', 510, 990) * 1000:,}",
                        month_year(2, desk.edition),
                    ),
                    (
                        "2",
                        "ซื้อครุภัณฑ์คอมพิวเตอร์",
                        f"{desk.number('b', 510, 990) * 1000:,}",
                        month_year(4, desk.edition),
                    ),
                ),
            ),
            Text(f"ประกาศ ณ วันที่ {day(18, 0, desk.edition)}"),
        ),
    )


def procurement_notices(desk: Desk) -> Paper:
    """Invitations and results."""
    word = desk.pick("ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ", "ประกาศจัดซื้อจัดจ้าง", "ประกาศเกี่ยวกับการจัดซื้อจัดจ้าง")
    return Paper(
        f"{word} {desk.year}",
        (
            Text(f"ประกาศการจัดซื้อจัดจ้างของ{desk.office.name}ตามพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560"),
            Bullets(
                (
                    f"ประกาศเชิญชวน จ้างปรับปรุงห้องบริการประชาชน ลงวันที่ {day(12, 2, desk.edition)}",
                    f"ประกาศผลการจัดซื้อจัดจ้าง (ประกาศผู้ชนะการเสนอราคา) จ้างปรับปรุงห้องบริการประชาชน ลงวันที่ {day(20, 3, desk.edition)}",
                    f"ประกาศผู้ชนะการเสนอราคา ซื้อครุภัณฑ์คอมพิวเตอร์ โดยวิธีเฉพาะเจาะจง ลงวันที่ {day(9, 4, desk.edition)}",
                )
            ),
        ),
    )


def procurement_months(desk: Desk) -> Paper:
    """The monthly summaries (form สขร.1), October to March; one month without procurement says so."""
    blocks: list[Block] = [Text(f"แบบ สขร.1 {desk.office.name} {desk.year}")]
    months = range(6) if desk.has("months") else range(3)
    quiet = desk.number("quiet", 0, 9)
    for m in months:
        blocks.append(Heading(f"สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน{month_year(m, desk.edition)}"))
        if m == quiet:
            blocks.append(Text(f"ในรอบเดือน{month_year(m, desk.edition)} ไม่มีการจัดซื้อจัดจ้าง"))
            continue
        rows = []
        for i in range(desk.number(f"rows{m}", 1, 2)):
            k = desk.number(f"k{m}/{i}", 0, 4)
            price = f"{desk.number(f'p{m}/{i}', 2, 60) * 500:,}"
            rows.append(
                (
                    str(i + 1),
                    _THINGS[k],
                    price,
                    price,
                    "เฉพาะเจาะจง",
                    f"{_SHOPS[k]} {price}",
                    f"{_SHOPS[k]} {price}",
                    "เป็นผู้มีอาชีพขายหรือรับจ้างโดยตรง",
                    f"{10 * m + i + 1}/{desk.edition} ลว. {day(10 + i, m, desk.edition)}",
                )
            )
        blocks.append(Table(_HEAD, tuple(rows)))
    word = desk.pick(
        "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน",
        "สรุปผลการจัดซื้อจัดจ้างรายเดือน",
        "สรุปผลการดำเนินการจัดซื้อจัดจ้างรายเดือน (สขร.1)",
    )
    return Paper(f"{word} {desk.year}", tuple(blocks))


AUTHORS = {
    "procurement_plan": procurement_plan,
    "procurement_notices": procurement_notices,
    "procurement_months": procurement_months,
}
