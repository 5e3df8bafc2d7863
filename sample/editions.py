"""The items of the two editions as a list of topics: number, topic, title. Written from the manual's facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an edition. `topic` names what is published, whatever its number is that year."""

    id: str
    topic: str
    title: str
    group: str


_BASIC = (
    ("structure", "โครงสร้าง"),
    ("executives", "ข้อมูลผู้บริหาร"),
    ("duties", "อำนาจหน้าที่"),
    ("strategy", "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน"),
    ("contact", "ข้อมูลการติดต่อ"),
    ("laws", "กฎหมายที่เกี่ยวข้อง"),
    ("news", "ข่าวประชาสัมพันธ์"),
    ("questions", "Q&A"),
    ("social", "Social Network"),
)
_SERVICE = (
    ("work_manual", "คู่มือหรือมาตรฐานการปฏิบัติงาน"),
    ("service_manual", "คู่มือหรือมาตรฐานการให้บริการ"),
    ("service_statistics", "ข้อมูลเชิงสถิติการให้บริการ"),
    ("satisfaction", "รายงานผลการสำรวจความพึงพอใจการให้บริการ"),
    ("e_service", "E-Service"),
)
_PROCUREMENT = (
    ("procurement_plan", "แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ"),
    ("procurement_notices", "ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ"),
    ("procurement_months", "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน"),
    ("procurement_report", "รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี"),
)
_COMPLAINTS = (
    ("complaint_guide", "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
    ("complaint_channel", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
    ("complaint_statistics", "ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
)
_RISK = (
    ("risk", "การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบประจำปี"),
    ("risk_action", "การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ"),
)
_CORRUPTION = (
    ("corruption_plan", "แผนปฏิบัติการป้องกันการทุจริต"),
    ("corruption_half", "รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริตประจำปี รอบ 6 เดือน"),
    ("corruption_report", "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี"),
)
_MEASURES = (
    ("measures", "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
    ("measures_done", "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
)
OWN_WORDS: dict[str, tuple[str, ...]] = {
    "structure": ("โครงสร้างหน่วยงาน", "โครงสร้างองค์กร"),
    "executives": ("ข้อมูลคณะผู้บริหาร", "ทำเนียบผู้บริหาร"),
    "duties": ("อำนาจหน้าที่ของหน่วยงาน", "หน้าที่และอำนาจ"),
    "strategy": ("แผนยุทธศาสตร์", "แผนพัฒนาหน่วยงาน"),
    "contact": ("ติดต่อหน่วยงาน", "ข้อมูลติดต่อ"),
    "laws": ("กฎหมายและระเบียบที่เกี่ยวข้อง",),
    "questions": ("ถาม-ตอบ (Q&A)", "กระดานถาม-ตอบ Q&A"),
    "social": ("เครือข่ายสังคมออนไลน์ (Social Network)", "Social Media"),
    "work_manual": ("คู่มือการปฏิบัติงาน",),
    "service_manual": ("คู่มือการให้บริการ", "คู่มือสำหรับประชาชน"),
    "service_statistics": ("สถิติการให้บริการ",),
    "satisfaction": ("ผลสำรวจความพึงพอใจการให้บริการ", "รายงานความพึงพอใจของผู้รับบริการ"),
    "e_service": ("บริการออนไลน์ (E-Service)",),
    "procurement_plan": ("แผนการจัดซื้อจัดจ้าง", "แผนจัดซื้อจัดจ้าง"),
    "procurement_notices": ("ประกาศจัดซื้อจัดจ้าง",),
    "procurement_months": ("สรุปผลการจัดซื้อจัดจ้างรายเดือน",),
    "procurement_report": ("รายงานผลการจัดซื้อจัดจ้างประจำปี",),
    "complaint_channel": ("ช่องทางแจ้งเรื่องร้องเรียนการทุจริต",),
    "complaint_statistics": ("สถิติเรื่องร้องเรียนการทุจริต",),
    "risk": ("การประเมินความเสี่ยงการทุจริตประจำปี",),
    "corruption_half": ("รายงานการกำกับติดตามการป้องกันการทุจริต รอบ 6 เดือน",),
}
"""Labels that agencies print instead of the official title."""
EARLIER = frozenset(
    ("strategy", "plan", "half", "annual_report", "hr_report", "procurement_report", "corruption_report")
)
"""Topics of which sites also keep last year's evidence."""
_Rows = tuple[tuple[str, str], ...]
_2565: tuple[tuple[str, _Rows], ...] = (
    ("9.1 ข้อมูลพื้นฐาน", _BASIC),
    (
        "9.2 การบริหารงาน",
        (
            ("plan", "แผนดำเนินงานประจำปี"),
            ("half", "รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน"),
            ("annual_report", "รายงานผลการดำเนินงานประจำปี"),
            *_SERVICE,
        ),
    ),
    (
        "9.3 การบริหารเงินงบประมาณ",
        (
            ("budget_plan", "แผนการใช้จ่ายงบประมาณประจำปี"),
            ("budget_half", "รายงานการกำกับติดตามการใช้จ่ายงบประมาณประจำปี รอบ 6 เดือน"),
            ("budget_report", "รายงานผลการใช้จ่ายงบประมาณประจำปี"),
            *_PROCUREMENT,
        ),
    ),
    (
        "9.4 การบริหารและพัฒนาทรัพยากรบุคคล",
        (
            ("hr_policy", "นโยบายการบริหารทรัพยากรบุคคล"),
            ("hr_action", "การดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล"),
            ("hr_criteria", "หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล"),
            ("hr_report", "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"),
        ),
    ),
    (
        "9.5 การส่งเสริมความโปร่งใส",
        (
            *_COMPLAINTS,
            ("opinions", "ช่องทางการรับฟังความคิดเห็น"),
            ("participation", "การเปิดโอกาสให้เกิดการมีส่วนร่วม"),
        ),
    ),
    (
        "10.1 การดำเนินการเพื่อป้องกันการทุจริต",
        (
            ("no_gift", "นโยบายไม่รับของขวัญ (No Gift Policy)"),
            ("leaders", "การมีส่วนร่วมของผู้บริหาร"),
            *_RISK,
            ("culture", "การเสริมสร้างวัฒนธรรมองค์กร"),
            *_CORRUPTION,
        ),
    ),
    ("10.2 มาตรการภายในเพื่อป้องกันการทุจริต", _MEASURES),
)
_2566: tuple[tuple[str, _Rows], ...] = (
    ("9.1 ข้อมูลพื้นฐาน", (*_BASIC, ("privacy", "นโยบายคุ้มครองข้อมูลส่วนบุคคล"))),
    (
        "9.2 การบริหารงาน",
        (
            ("plan", "แผนดำเนินงานและการใช้งบประมาณประจำปี"),
            ("half", "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน"),
            ("annual_report", "รายงานผลการดำเนินงานประจำปี"),
            *_SERVICE,
        ),
    ),
    ("9.3 การจัดซื้อจัดจ้าง", _PROCUREMENT),
    (
        "9.4 การบริหารและพัฒนาทรัพยากรบุคคล",
        (
            ("hr_policy", "นโยบายหรือแผนการบริหารและพัฒนาทรัพยากรบุคคล"),
            ("hr_action", "การดำเนินการตามนโยบายหรือแผนการบริหารและพัฒนาทรัพยากรบุคคล"),
            ("hr_criteria", "หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล"),
            ("hr_report", "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"),
        ),
    ),
    (
        "9.5 การส่งเสริมความโปร่งใส",
        (*_COMPLAINTS, ("participation", "การเปิดโอกาสให้เกิดการมีส่วนร่วม")),
    ),
    (
        "10.1 การดำเนินการเพื่อป้องกันการทุจริต",
        (
            ("no_gift", "ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่"),
            ("no_gift_culture", "การสร้างวัฒนธรรม No Gift Policy"),
            ("no_gift_report", "รายงานผลตามนโยบาย No Gift Policy"),
            *_RISK,
            *_CORRUPTION,
        ),
    ),
    (
        "10.2 มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        (
            ("ethics_code", "ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ"),
            ("ethics_drive", "การขับเคลื่อนจริยธรรม"),
            ("ethics_review", "การประเมินจริยธรรมเจ้าหน้าที่ของรัฐ"),
            *_MEASURES,
        ),
    ),
)
_EDITIONS = {2565: _2565, 2566: _2566}
YEARS = tuple(_EDITIONS)
AS_OF = {2565: "2022-04-30", 2566: "2023-04-30"}
"""The last day of answering, the date that the sample is judged at."""


def entries(edition: int) -> tuple[Entry, ...]:
    """The 43 items of an edition in order; ValueError if there is no such sample edition."""
    if edition not in _EDITIONS:
        raise ValueError(f"no sample of edition {edition}; there are {', '.join(map(str, YEARS))}")
    rows = [(group, topic, title) for group, topics in _EDITIONS[edition] for topic, title in topics]
    return tuple(Entry(f"O{i}", topic, title, group) for i, (group, topic, title) in enumerate(rows, 1))
