"""What colleges and hospitals publish beyond what every agency does. Texts of the sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sample.author import Desk
from sample.content import basics, complaints, integrity, reports, services, work
from sample.content.sections import section
from sample.paper import Block, Bullets, Heading, Paper, Table, Text

Author = Callable[[Desk], Paper]


def _joined(title: str, *papers: Paper) -> Paper:
    """Several papers as one."""
    return Paper(title, tuple(block for paper in papers for block in (Heading(paper.title), *paper.blocks)))


def structure_duties(desk: Desk) -> Paper:
    """The structure of a college and its duties on one page."""
    return _joined(desk.title, basics.AUTHORS["structure"](desk), basics.AUTHORS["duties"](desk))


def college_contact(desk: Desk) -> Paper:
    """Contact data, with the college's own pages on social networks."""
    return _joined(desk.title, basics.AUTHORS["contact"](desk), basics.AUTHORS["social"](replace(desk, topic="social")))


def college_laws(desk: Desk) -> Paper:
    """The laws that a college works by."""
    return basics.AUTHORS["laws"](replace(desk, topic="laws"))


def plan_and_budget(desk: Desk) -> Paper:
    """The plan of one year with its money by source and by type."""
    return _joined(f"{desk.title} {desk.year}", work.plan(desk), work.budget_plan(desk))


def spending(desk: Desk) -> Paper:
    """Last year's spending by type: no section of problems is asked for."""
    return reports.budget_report(replace(desk, section="cut"))


def bought(desk: Desk) -> Paper:
    """Last year's procurement: no section of problems is asked for."""
    return reports.procurement_report(replace(desk, section="cut"))


def self_report(desk: Desk) -> Paper:
    """A college's report on itself, of the last academic year."""
    blocks: tuple[Block, ...] = (
        Text(f"รายงานการประเมินตนเองของ{desk.office.name} ปีการศึกษา {desk.edition - 1}"),
        Heading("1. ผลการพัฒนาคุณภาพการศึกษา"),
        Text("ผู้สำเร็จการศึกษามีงานทำร้อยละ 85 และผ่านมาตรฐานวิชาชีพทุกคน"),
        *((Heading("2. จุดเด่น"), Text("ครูผู้สอนมีประสบการณ์ในสถานประกอบการ")) if desk.has("strong") else ()),
        *((Heading("3. จุดที่ควรพัฒนา"), Text("ห้องปฏิบัติการบางสาขาควรได้รับการปรับปรุง")) if desk.has("improve") else ()),
        Heading("4. ข้อเสนอแนะ"),
        Text("ควรจัดหาครุภัณฑ์ให้เพียงพอกับจำนวนผู้เรียน"),
    )
    return Paper(f"รายงานผลการประเมินตนเอง (SAR) ปีการศึกษา {desk.edition - 1}", blocks)


def statistics_and_satisfaction(desk: Desk) -> Paper:
    """Last year's numbers of people served, and how satisfied they were."""
    services_table = Table(
        ("งานบริการ", "จำนวนผู้รับบริการ (คน)", "ความพึงพอใจ (ร้อยละ)"),
        (("งานทะเบียน", "412", "94.2"), ("งานการเงิน", "388", "92.8"), ("งานแนะแนว", "205", "95.1")),
    )
    intro = Text(f"สรุปข้อมูลเชิงสถิติการให้บริการและระดับความพึงพอใจของผู้รับบริการ {desk.last_year}")
    return Paper(f"{desk.title} {desk.last_year}", (intro, services_table))


def staff_training(desk: Desk) -> Paper:
    """This year's projects for the staff: budget, who takes part, when."""
    columns = (
        ("", "ที่"), ("", "ชื่อโครงการ/กิจกรรม"), ("budget", "งบประมาณ (บาท)"), ("target", "กลุ่มเป้าหมาย"),
        ("when", "ระยะเวลาดำเนินการ"),
    )  # fmt: skip
    rows = [
        (str(i + 1), project, f"{desk.budget(i):,}", f"ครูและบุคลากร {20 + 5 * i} คน", f"ไตรมาส {i + 1}")
        for i, project in enumerate(desk.projects)
    ]
    return Paper(
        f"การพัฒนาทรัพยากรบุคคล {desk.year}", (Text(f"โครงการพัฒนาบุคลากรใน{desk.year}"), desk.table(columns, rows))
    )


_CONTROL = (
    ("environment", "สภาพแวดล้อมการควบคุม", "ผู้บริหารกำหนดโครงสร้างและมอบหมายงานเป็นลายลักษณ์อักษร"),
    ("risk", "การประเมินความเสี่ยง", "ระบุความเสี่ยงด้านพัสดุและการเงินไว้สามเรื่อง"),
    ("activities", "กิจกรรมการควบคุม", "แยกหน้าที่ผู้เบิกกับผู้จ่ายเงิน"),
    ("information", "สารสนเทศและการสื่อสาร", "เวียนระเบียบใหม่ทางระบบสำนักงานอัตโนมัติ"),
    ("follow_up", "การติดตามประเมินผล", "ตรวจสอบซ้ำทุกสิ้นไตรมาส"),
)


def control(desk: Desk) -> Paper:
    """Last year's internal control, by its five parts."""
    blocks = [block for part, head, text in _CONTROL if desk.has(part) for block in (Heading(head), Text(text))]
    return Paper(f"รายงานการประเมินผลการควบคุมภายใน {desk.last_year}", tuple(blocks))


def curriculum(desk: Desk) -> Paper:
    """How a college teaches against corruption."""
    lessons = Bullets(("คาบที่ 1 การแยกแยะผลประโยชน์", "คาบที่ 2 ความละอายและความไม่ทนต่อการทุจริต", "ผลการวัด ผู้เรียนผ่านร้อยละ 98"))
    intro = Text(f"{desk.office.name}นำหลักสูตรต้านทุจริตศึกษาไปใช้กับผู้เรียนทุกชั้นปี")
    return Paper(f"การจัดการเรียนรู้ตามหลักสูตรต้านทุจริตศึกษา {desk.year}", (intro, lessons))


def measures_plan(desk: Desk) -> Paper:
    """Projects for integrity, with money and time."""
    rows = (("อบรมจิตสำนึกพลเมือง", "ไม่ใช้งบประมาณ", "เดือนมกราคม"), ("ตู้รับฟังความคิดเห็น", "2,500 บาท", "ตลอดปี"))
    table = Table(("โครงการ/กิจกรรม", "งบประมาณ", "ช่วงเวลาดำเนินการ"), rows)
    return Paper(f"มาตรการส่งเสริมคุณธรรมและความโปร่งใส {desk.year}", (table,))


def complaint_guide(desk: Desk) -> Paper:
    """How to complain, and where."""
    guide = complaints.AUTHORS["complaint_guide"](desk)
    where = (Text("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตทางอีเมล"), Text(desk.email))
    return Paper(guide.title, (*guide.blocks, *(where if desk.has("channel") else ())))


def no_gift(desk: Desk) -> Paper:
    """The announcement, and the meeting at which all declared it."""
    announcement = integrity.AUTHORS["no_gift"](desk)
    meeting = Text(f"จัดประชุมครูและบุคลากรร่วมประกาศเจตนารมณ์ไม่รับของขวัญ เมื่อวันที่ 12 มกราคม {desk.edition}")
    return Paper(announcement.title, (*announcement.blocks, meeting))


def hospital_paper(desk: Desk) -> Paper:
    """A hospital's signed note and what it sends along."""
    blocks = (
        Text(f"บันทึกข้อความ {desk.office.name} {desk.year} เรื่อง ขออนุญาตเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของหน่วยงาน"),
        Heading("เอกสารประกอบ"),
        Bullets((f"เอกสารที่ 1 {desk.title} ประจำ{desk.year}", "เอกสารที่ 2 แบบฟอร์มการเผยแพร่ข้อมูล")),
        Text(f"ลงวันที่ 20 ธันวาคม {desk.edition - 1} ผู้อำนวยการลงนามอนุมัติให้เผยแพร่"),
    )
    return Paper(f"{desk.title} {desk.year}", blocks)


def hospital_bought(desk: Desk) -> Paper:
    """A hospital's analysis of last year's procurement."""
    part = section(desk)
    blocks = (
        Text(f"{desk.office.name}วิเคราะห์ผลการจัดซื้อจัดจ้าง {desk.last_year}"),
        Heading("1. ความเสี่ยงในการจัดซื้อจัดจ้าง"), Text("ผู้เสนอราคารายเดียวในงานเวชภัณฑ์บางรายการ"),
        Heading("2. ความสามารถในการประหยัดงบประมาณ"), Text("ประหยัดงบประมาณได้ร้อยละ 4.20"),
        Heading("3. แนวทางแก้ไขและปรับปรุงกระบวนการ"), Text("จัดทำแผนล่วงหน้าและรวมซื้อกับโรงพยาบาลใกล้เคียง"),
        *part.start, *part.end,
    )  # fmt: skip
    return Paper(f"{desk.title} {desk.last_year}", blocks)


def hospital_policy(desk: Desk) -> Paper:
    """The policy on the staff."""
    text = f"{desk.office.name}กำหนดนโยบายการบริหารทรัพยากรบุคคล {desk.year} ด้านการสรรหา พัฒนา และรักษาไว้ซึ่งบุคลากร"
    return Paper(f"นโยบายการบริหารทรัพยากรบุคคล {desk.year}", (Text(text), Text("ลงนามโดยผู้อำนวยการ")))


def hospital_complaints(desk: Desk) -> Paper:
    """The year's complaints, with the analysis of problems."""
    part = section(desk)
    table = Table(("ประเภท", "จำนวนเรื่อง"), (("เรื่องบริการ", "3"), ("เรื่องการทุจริต", "0")))
    return Paper(f"สรุปผลการดำเนินงานเรื่องร้องเรียน {desk.year}", (table, *part.start, *part.end))


def hospital_bribes(desk: Desk) -> Paper:
    """What is done against bribes."""
    text = f"{desk.office.name}ประกาศมาตรการป้องกันการรับสินบนในกระบวนการเบิกจ่ายยา {desk.year}"
    measures = Bullets(("ห้ามรับเงินหรือสิ่งของจากผู้แทนบริษัทยา", "ให้คณะกรรมการสองฝ่ายตรวจสอบรายการเบิกจ่ายทุกเดือน"))
    return Paper(f"มาตรการป้องกันการรับสินบน {desk.year}", (Text(text), measures))


def hospital_risks(desk: Desk) -> Paper:
    """Risks of private interests."""
    text = f"ประชุมวิเคราะห์ความเสี่ยงผลประโยชน์ทับซ้อน {desk.year} พบความเสี่ยงสองเรื่อง"
    return Paper(f"การวิเคราะห์ความเสี่ยงผลประโยชน์ทับซ้อน {desk.year}", (Text(text),))


def hospital_guide(desk: Desk) -> Paper:
    """How to complain at a hospital."""
    text = "คู่มือการจัดการเรื่องร้องเรียนสองเล่ม: เรื่องบริการ และเรื่องการทุจริตของเจ้าหน้าที่"
    return Paper("คู่มือการจัดการเรื่องร้องเรียน", (Text(text), *services.AUTHORS["service_manual"](desk).blocks))


AUTHORS: dict[str, Author] = {
    "structure_duties": structure_duties,
    "college_contact": college_contact,
    "college_laws": college_laws,
    "plan_and_budget": plan_and_budget,
    "spending": spending,
    "bought": bought,
    "self_report": self_report,
    "statistics_and_satisfaction": statistics_and_satisfaction,
    "staff_training": staff_training,
    "control": control,
    "curriculum": curriculum,
    "measures_plan": measures_plan,
    "college_complaint_guide": complaint_guide,
    "college_no_gift": no_gift,
    "hospital_bought": hospital_bought,
    "hospital_policy": hospital_policy,
    "hospital_complaints": hospital_complaints,
    "hospital_bribes": hospital_bribes,
    "hospital_risks": hospital_risks,
    "hospital_guide": hospital_guide,
    **{f"hospital_paper_{n}": hospital_paper for n in range(1, 24) if n not in (3, 6, 10, 11, 13, 18)},
}
REPORTS = ("hospital_bought", "hospital_complaints")
"""The sectors' own topics that ask for the section of problems."""
