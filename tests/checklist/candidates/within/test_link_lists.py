"""Lists whose links all stand in one cell: their order places what no item's words name."""

from __future__ import annotations

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus, Verdict
from core.models.reasons import ReasonCode
from tests.checklist.sites import document, site, verdict

ENTRIES = {
    "แผนพัฒนาห้าปี": "4", "คู่มือสำหรับประชาชน": "15", "ประกาศเผยแพร่แผนจัดซื้อจัดจ้าง": "19", "นโยบายบริหารงานบุคคล": "23",
    "คู่มือการจัดการเรื่องร้องเรียนการทุจริต": "27", "ประเมินความเสี่ยงการทุจริต": "34", "แผนป้องกันการทุจริต": "36",
}  # fmt: skip


def judged(rules: Rules, entries: dict[str, str], item: str, text: str = "เนื้อหา") -> Verdict:
    """A page laid out in a table, with its menu in one cell and the list in another."""
    links = "<br>".join(f"<a href='{at}.pdf'>{label}</a>" for label, at in entries.items())
    page = f"<table><tr><td><a href='/'>หน้าแรก</a><td><h3>ศูนย์ข้อมูลข่าวสาร</h3>{links}</table>"
    pages = {"": "<h1>เทศบาล</h1><a href='info'>ศูนย์ข้อมูลข่าวสาร</a>", "info": page}
    documents = [document(f"{at}.pdf", f"{label} ปีงบประมาณ พ.ศ. 2566", text) for label, at in entries.items()]
    return verdict(rules, site(pages, *documents), item)


def test_a_link_between_those_of_its_neighbours_is_its_items(shipped: Rules) -> None:
    found = judged(shipped, ENTRIES, "O23")
    assert [ref.url.rsplit("/", 1)[-1] for ref in found.evidence] == ["23.pdf"]


def test_a_link_in_its_place_that_has_other_words_is_asked_about(shipped: Rules) -> None:
    around = {"รายงานผลการจัดซื้อจัดจ้างประจำปี": "22", "ระเบียบบุคลากรฉบับใหม่": "23"}
    around |= {"การดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล": "24", "แผนป้องกันการทุจริต": "36"}
    entries = {"แผนพัฒนาห้าปี": "4", "คู่มือสำหรับประชาชน": "15", **around}
    found = judged(shipped, entries, "O23", "การบริหารและพัฒนาทรัพยากรบุคคลของสำนักงานในปีนี้")
    assert found.status is not ItemStatus.MISSING
    assert {reason.code for reason in found.reasons} & {ReasonCode.UNCLAIMED_ENTRY, ReasonCode.EVIDENCE_FOUND}
