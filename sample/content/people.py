"""Policy, work and criteria of personnel management."""

from __future__ import annotations

from sample.author import Desk
from sample.paper import Bullets, Heading, Paper, Text
from sample.voice import day, half_year


def hr_policy(desk: Desk) -> Paper:
    """The executive's policy, in force this year."""
    word = desk.pick("นโยบายการบริหารทรัพยากรบุคคล", "นโยบายการบริหารและพัฒนาทรัพยากรบุคคล")
    if "แผน" in desk.title:
        word = desk.pick("นโยบายการบริหารและพัฒนาทรัพยากรบุคคล", "แผนการบริหารและพัฒนาทรัพยากรบุคคล")
    return Paper(
        f"ประกาศ{desk.office.name} เรื่อง {word} {desk.year}",
        (
            Text(
                f"เพื่อให้การบริหารทรัพยากรบุคคลมีความโปร่งใส เป็นธรรม และมีคุณธรรม {desk.office.name}จึงประกาศ{word} ใช้บังคับใน{desk.year} ดังนี้"
            ),
            Bullets(
                (
                    "ด้านการวางแผนกำลังคน วิเคราะห์อัตรากำลังให้เหมาะสมกับภารกิจ",
                    "ด้านการสรรหา บรรจุและแต่งตั้ง ยึดหลักความรู้ความสามารถและความเสมอภาค",
                    "ด้านการพัฒนาบุคลากร จัดอบรมตามสมรรถนะอย่างน้อยคนละ 1 หลักสูตร",
                    "ด้านการประเมินผลการปฏิบัติงาน ใช้ตัวชี้วัดที่ชัดเจนและแจ้งผลรายบุคคล",
                    "ด้านการส่งเสริมจริยธรรมและรักษาวินัย",
                )
            ),
            Text(f"ประกาศ ณ วันที่ {day(15, 0, desk.edition)}"),
            Text(f"ลงชื่อ ({desk.person(0)}) {desk.office.head}"),
        ),
    )


def hr_action(desk: Desk) -> Paper:
    """What was done under the policy in the first half of the year, with money."""
    word = desk.pick("การดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล", "รายงานการดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล")
    if "แผน" in desk.title:
        word = desk.pick(desk.title, "รายงานความก้าวหน้าการดำเนินการตามนโยบายการบริหารและพัฒนาทรัพยากรบุคคล")
    return Paper(
        f"{word} {desk.year}",
        (
            Text(
                f"{desk.office.name}รายงานความก้าวหน้าการดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล {half_year(desk.edition)} {desk.year}"
            ),
            desk.table(
                (("", "โครงการ/กิจกรรม"), ("", "ความก้าวหน้าการดำเนินการ"), ("budget", "งบประมาณที่ใช้ดำเนินงาน (บาท)")),
                (
                    ("การวางแผนกำลังคน", "ทบทวนกรอบอัตรากำลังแล้วเสร็จ", "ไม่ใช้งบประมาณ"),
                    (
                        "การสรรหา บรรจุและแต่งตั้งบุคลากร",
                        f"บรรจุพนักงานราชการ {desk.number('new', 1, 3)} อัตรา",
                        "ไม่ใช้งบประมาณ",
                    ),
                    ("การพัฒนาบุคลากร", "อบรมหลักสูตรดิจิทัลแล้ว 1 รุ่น", f"{desk.budget(1):,}"),
                    ("การประเมินผลการปฏิบัติงาน", "ประเมินรอบที่ 1 แล้วเสร็จ", "ไม่ใช้งบประมาณ"),
                    ("การส่งเสริมจริยธรรมและรักษาวินัย", "จัดกิจกรรมวันพระประจำเดือน", "ไม่ใช้งบประมาณ"),
                ),
            ),
        ),
    )


_CRITERIA = (
    ("recruiting", "การสรรหาและคัดเลือกบุคลากร", "ให้ดำเนินการโดยเปิดเผย ประกาศรับสมัครไม่น้อยกว่า 5 วันทำการ"),
    ("appointing", "การบรรจุและแต่งตั้งบุคลากร", "ให้บรรจุตามลำดับที่ในบัญชีผู้สอบแข่งขันได้"),
    ("training", "การพัฒนาบุคลากร", "ให้ทุกคนได้รับการพัฒนาอย่างน้อยปีละ 10 ชั่วโมง"),
    ("appraisal", "การประเมินผลการปฏิบัติงานบุคลากร", "ให้ประเมินปีละ 2 รอบ ผลสัมฤทธิ์ของงานร้อยละ 70 พฤติกรรมร้อยละ 30"),
    ("rewards", "การให้คุณให้โทษและการสร้างขวัญกำลังใจ", "ให้ยกย่องผู้มีผลงานดีเด่น และลงโทษผู้กระทำผิดวินัยตามระดับความผิด"),
)


def hr_criteria(desk: Desk) -> Paper:
    """The five criteria, still in force."""
    rows = [(name, text) for part, name, text in _CRITERIA if desk.has(part)]
    return Paper(
        f"หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล {desk.office.name}",
        (
            Text(f"หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคลที่ยังใช้บังคับใน{desk.year}"),
            *(block for name, text in rows for block in (Heading(f"หลักเกณฑ์{name}"), Text(text))),
        ),
    )


AUTHORS = {"hr_policy": hr_policy, "hr_action": hr_action, "hr_criteria": hr_criteria}
