"""The lists of colleges (ovec) and hospitals (moit): number, topic, title. Written from copies on sites of the sector."""

from __future__ import annotations

from sample.cases import Case, absent, dead, lacks, section
from sample.editions import Entry
from sample.offices import Office

COLLEGE = Office(
    "technical-college", "วิทยาลัยเทคนิคตัวอย่าง", "ผู้อำนวยการ", "อาชีวศึกษา", "ขึ้นทะเบียนผู้เรียน",
    "พระราชบัญญัติการอาชีวศึกษา พ.ศ. 2551",
)  # fmt: skip
HOSPITAL = Office(
    "hospital", "โรงพยาบาลตัวอย่าง", "ผู้อำนวยการ", "การแพทย์และสาธารณสุข", "ขอสำเนาเวชระเบียน",
    "พระราชบัญญัติสุขภาพแห่งชาติ พ.ศ. 2550",
)  # fmt: skip

_Rows = tuple[tuple[str, str], ...]
_OVEC_2568: tuple[tuple[str, _Rows], ...] = (
    (
        "9.1 ข้อมูลพื้นฐาน",
        (
            ("structure", "โครงสร้าง"), ("executives", "ข้อมูลผู้บริหาร"), ("duties", "อำนาจหน้าที่"),
            ("strategy", "แผนพัฒนาสถานศึกษา"), ("contact", "ข้อมูลการติดต่อ"), ("laws", "กฎหมายที่เกี่ยวข้อง"),
        ),
    ),
    (
        "9.2 การบริหารงาน",
        (
            ("news", "ข่าวประชาสัมพันธ์"), ("questions", "Q&A"), ("social", "Social Network"),
            ("plan", "แผนดำเนินงานประจำปี"), ("annual_report", "รายงานผลการดำเนินงานประจำปี"),
            ("work_manual", "คู่มือหรือมาตรฐานการปฏิบัติงาน"), ("service_manual", "คู่มือหรือมาตรฐานการให้บริการ"),
            ("service_statistics", "ข้อมูลเชิงสถิติการให้บริการ"), ("satisfaction", "รายงานผลการสำรวจความพึงพอใจ"),
            ("e_service", "E-Service"),
        ),
    ),
    (
        "9.3 การบริหารเงินงบประมาณ",
        (
            ("budget_plan", "แผนการใช้จ่ายงบประมาณประจำปี"), ("spending", "ผลการใช้จ่ายงบประมาณประจำปี"),
            ("procurement_plan", "แผนการจัดซื้อจัดจ้าง/จัดหาพัสดุ"),
            ("procurement_notices", "ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้าง"),
            ("procurement_months", "สรุปผลการจัดซื้อจัดจ้างรายเดือน"), ("bought", "รายงานผลการจัดซื้อจัดจ้างประจำปี"),
        ),
    ),
    (
        "9.4 การบริหารและพัฒนาทรัพยากรบุคคล",
        (
            ("staff_training", "การพัฒนาทรัพยากรบุคคล"), ("hr_criteria", "หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล"),
            ("hr_report", "รายงานผลการพัฒนาทรัพยากรบุคคล"),
        ),
    ),
    (
        "9.5 การส่งเสริมความโปร่งใสในสถานศึกษา",
        (
            ("complaint_guide", "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต"),
            ("complaint_channel", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริต"),
            ("complaint_statistics", "ข้อมูลเชิงสถิติเรื่องร้องเรียน"),
            ("participation", "การเปิดโอกาสให้เกิดการมีส่วนร่วม"),
        ),
    ),
    (
        "10.1 การดำเนินการเพื่อป้องกันการทุจริต",
        (
            ("no_gift", "นโยบาย No Gift Policy"), ("leaders", "การมีส่วนร่วมของผู้บริหาร"),
            ("control", "การประเมินผลควบคุมภายใน"), ("curriculum", "การเสริมสร้างวัฒนธรรมองค์กร"),
            ("corruption_plan", "โครงการป้องกันการทุจริต"), ("corruption_report", "รายงานผลการป้องกันการทุจริต"),
        ),
    ),
    (
        "10.2 มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        (
            ("measures", "มาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
            ("measures_done", "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
        ),
    ),
)  # fmt: skip
_OVEC_2569: tuple[tuple[str, _Rows], ...] = (
    (
        "9.1 ข้อมูลพื้นฐาน",
        (
            ("structure_duties", "โครงสร้างและอำนาจหน้าที่"), ("executives", "ข้อมูลผู้บริหาร"),
            ("strategy", "แผนพัฒนาสถานศึกษา"), ("college_contact", "ข้อมูลการติดต่อ"),
            ("college_laws", "กฎหมายที่เกี่ยวข้อง"),
        ),
    ),
    (
        "9.2 การบริหารงาน ปฏิสัมพันธ์ข้อมูล และการดำเนินงาน",
        (
            ("plan_and_budget", "แผนปฏิบัติราชการและแผนการใช้จ่ายงบประมาณประจำปี"),
            ("annual_report", "รายงานผลการดำเนินงานของสถานศึกษาประจำปี"),
            ("self_report", "รายงานผลการประเมินตนเอง (SAR) ของสถานศึกษา"), ("news", "ข่าวประชาสัมพันธ์"),
        ),
    ),
    (
        "9.3 การจัดซื้อจัดจ้างหรือการจัดหาพัสดุ",
        (
            ("procurement_notices", "ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ"),
            ("bought", "รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี"),
        ),
    ),
    (
        "9.4 การปฏิบัติหน้าที่",
        (
            ("work_manual", "คู่มือหรือขั้นตอนการปฏิบัติงานภายในสถานศึกษา"),
            ("service_manual", "คู่มือหรือขั้นตอนการให้บริการ"), ("e_service", "E-Service"),
            ("statistics_and_satisfaction", "ข้อมูลเชิงสถิติและความพึงพอใจต่อการให้บริการ"),
        ),
    ),
    (
        "9.5 การบริหารและพัฒนาทรัพยากรบุคคล",
        (
            ("hr_criteria", "การบริหารและพัฒนาทรัพยากรบุคคล"),
            ("ethics_drive", "ประมวลจริยธรรมและการขับเคลื่อนจริยธรรม"),
        ),
    ),
    (
        "10.1 การจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
        (
            ("college_complaint_guide", "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
            ("complaint_statistics", "ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
        ),
    ),
    (
        "10.2 มาตรการภายในเพื่อป้องกันการทุจริต",
        (
            ("college_no_gift", "ประกาศเจตนารมณ์นโยบายไม่รับของขวัญ (No Gift Policy)"),
            ("control", "การประเมินผลควบคุมภายในของสถานศึกษา"),
            ("curriculum", "การเสริมสร้างวัฒนธรรมองค์กรให้มีความซื่อสัตย์สุจริต"),
            ("measures_plan", "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในสถานศึกษา"),
        ),
    ),
)  # fmt: skip
_MOIT_2565 = (
    "มาตรการเผยแพร่ข้อมูลผ่านเว็บไซต์", "ข้อมูลข่าวสารที่เป็นปัจจุบัน", "รายงานการวิเคราะห์ผลการจัดซื้อจัดจ้างประจำปี",
    "แผนจัดซื้อจัดจ้างและผลตามแผน", "สรุปผลการจัดซื้อจัดจ้างรายเดือน (สขร.1)", "นโยบายและแผนบริหารทรัพยากรบุคคล",
    "มาตรการบริหารผลการปฏิบัติงานและเจ้าหน้าที่ที่มีผลสัมฤทธิ์ต่ำ", "ผลการปฏิบัติราชการระดับดีเด่นและดีมาก",
    "การอบรมเสริมสร้างและพัฒนาทางจริยธรรมและวินัย", "แนวปฏิบัติและช่องทางการร้องเรียน", "สรุปผลเรื่องร้องเรียน",
    "การเปิดโอกาสให้ผู้มีส่วนได้ส่วนเสียมีส่วนร่วม", "มาตรการป้องกันการรับสินบน",
    "เกณฑ์จริยธรรมการจัดซื้อจัดหายาและเวชภัณฑ์ที่มิใช่ยา", "แนวทางการใช้และการยืมทรัพย์สินของราชการ",
    "แผนปฏิบัติการป้องกันการทุจริตและแผนปฏิบัติการชมรมจริยธรรม",
    "รายงานการกำกับติดตามแผนป้องกันการทุจริตและแผนชมรมจริยธรรม", "การวิเคราะห์ความเสี่ยงผลประโยชน์ทับซ้อน",
    "มาตรการจัดการความเสี่ยงและชมรม STRONG", "รายงานการเรี่ยไรและการให้หรือรับของขวัญ", "การอบรมผลประโยชน์ทับซ้อน",
    "เจตจำนงสุจริตของผู้บริหาร", "แนวปฏิบัติและรายงานการป้องกันการล่วงละเมิดหรือคุกคามทางเพศ",
)  # fmt: skip
_MOIT_TOPICS = {
    3: "hospital_bought", 6: "hospital_policy", 10: "hospital_guide", 11: "hospital_complaints",
    13: "hospital_bribes", 18: "hospital_risks",
}  # fmt: skip

SECTORS = ("2568-ovec", "2569-ovec", "2565-moit")
"""The sector lists that the sample has sites of: year and list."""
OFFICES = {"ovec": COLLEGE, "moit": HOSPITAL}
CASES = {
    "2568-ovec": (
        Case("technical-college", "list"),
        Case(
            "technical-college", "table", papers="pdf",
            defects=(
                section("annual_report", "cut"), section("hr_report", "dash"), absent("curriculum"), dead("spending"),
                lacks("control", "follow_up"),
            ),
        ),
        Case("technical-college", "zero", papers="mixed", digits="thai", defects=(absent("corruption_report"),)),
    ),
    "2569-ovec": (
        Case("technical-college", "accordion", papers="mixed"),
        Case(
            "technical-college", "list",
            defects=(
                section("annual_report", "no_suggestions"), lacks("self_report", "improve"), absent("measures_plan"),
                lacks("college_complaint_guide", "channel"),
            ),
        ),
    ),
    "2565-moit": (
        Case("hospital", "list"),
        Case(
            "hospital", "table", papers="pdf",
            defects=(section("hospital_bought", "cut"), absent("hospital_policy"), dead("hospital_risks")),
        ),
    ),
}  # fmt: skip
"""Sites of each list: one without defects, and others with some."""


def sector_entries(name: str) -> tuple[Entry, ...]:
    """The items of a sector's list in order; ValueError if the sample has none of that name."""
    if name == "2565-moit":
        return tuple(
            Entry(f"MOIT{n}", _MOIT_TOPICS.get(n, f"hospital_paper_{n}"), title, "1 รายการ MOIT")
            for n, title in enumerate(_MOIT_2565, 1)
        )
    groups = {"2568-ovec": _OVEC_2568, "2569-ovec": _OVEC_2569}.get(name)
    if groups is None:
        raise ValueError(f"no sample of the list {name}; there are {', '.join(SECTORS)}")
    rows = [(group, topic, title) for group, topics in groups for topic, title in topics]
    return tuple(Entry(f"O{n}", topic, title, group) for n, (group, topic, title) in enumerate(rows, 1))
