"""The manual's words under an item's label are its question: they prove nothing, and the document is what is judged."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ElementStatus, ItemStatus
from core.models.snapshot import Resource
from tests.checklist.sites import HOME, document, site, verdict

_ASKED = (
    "<ul><li>ผลการดำเนินการแต่ละโครงการ/กิจกรรม</li><li>รายละเอียดงบประมาณที่ใช้ดำเนินงาน</li><li>ปัญหา/อุปสรรค</li>"
    "<li>ข้อเสนอแนะ</li><li>ใช้รายงานผลของปี พ.ศ. 2565</li></ul>"
)
_RISKS = (
    "<blockquote><p>องค์ประกอบด้านข้อมูล</p><ul><li>เหตุการณ์ความเสี่ยงและระดับของความเสี่ยง</li>"
    "<li>มาตรการและการดำเนินการในการบริหารจัดการความเสี่ยง</li><li>เป็นการดำเนินการในปี พ.ศ. 2566</li></ul></blockquote>"
)
_CELL = (
    "<table><tr><th>ข้อ</th><th>รายการ</th><th>องค์ประกอบด้านข้อมูล</th></tr>"
    "<tr><td>O{0}</td><td>{1}</td><td>{2}</td></tr></table>"
)


def report(name: str) -> Resource:
    lines = (
        "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565",
        "ขุดลอกคลองแล้วเสร็จ ใช้งบประมาณ 120,000 บาท",
        "ปัญหา อุปสรรค",
        "ฝนตกชุกทำให้งานล่าช้า",
    )
    return document(name, *lines)


def test_a_page_of_the_manuals_words_completes_nothing(shipped: Rules) -> None:
    home = "<h1>OIT 2566</h1><a href='o34'>O34 การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบประจำปี</a>"
    found = verdict(shipped, site({"": home, "o34": f"<h1>O34 การประเมินความเสี่ยงการทุจริต</h1>{_RISKS}"}), "O34")
    assert found.status in (ItemStatus.INCOMPLETE, ItemStatus.MISSING)


@pytest.mark.parametrize("said", ["URL 1 : {}attach/O13/58.pdf", "{}attach/O13/58.pdf", "เปิดเอกสาร"])
def test_the_document_of_the_line_below_the_quotation_is_judged(shipped: Rules, said: str) -> None:
    link = f"<p><a href='attach/O13/58.pdf'>{said.format(HOME)}</a></p>"
    entry = f"<p><strong>O13 รายงานผลการดำเนินงานประจำปี</strong></p>{_ASKED}{link}"
    home = f"<h1>OIT 2566</h1>{entry}<p><strong>O14 คู่มือหรือมาตรฐานการปฏิบัติงาน</strong></p>"
    found = verdict(shipped, site({"": home}, report("attach/O13/58.pdf")), "O13")
    assert [evidence.url for evidence in found.evidence] == [HOME + "attach/O13/58.pdf"]
    findings = {finding.element: finding.status for finding in found.findings}
    assert (findings["problems"], findings["suggestions"]) == (ElementStatus.PRESENT, ElementStatus.MISSING)


def test_headings_with_answers_below_them_are_the_answer(shipped: Rules) -> None:
    body = (
        "<h1>รายงานผลการดำเนินงานประจำปี พ.ศ. 2565</h1><h2>ผลการดำเนินการแต่ละโครงการ/กิจกรรม</h2>"
        "<p>ขุดลอกคลองแล้วเสร็จ ใช้งบประมาณ 120,000 บาท ประชาชนได้ใช้น้ำทำการเกษตรครบทุกหมู่บ้านในเขตเทศบาล</p>"
        "<h2>ปัญหา/อุปสรรค</h2><p>ฝนตกชุกทำให้งานล่าช้า</p><h2>ข้อเสนอแนะ</h2><p>ควรเริ่มงานในฤดูแล้ง</p>"
    )
    home = "<h1>OIT 2566</h1><a href='o13'>O13 รายงานผลการดำเนินงานประจำปี</a>"
    assert verdict(shipped, site({"": home, "o13": body}), "O13").status is ItemStatus.COMPLETE


def test_a_table_of_the_manuals_words_completes_nothing(shipped: Rules) -> None:
    title = "หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล"
    asked = (
        "1) การสรรหาและคัดเลือกบุคลากร 2) การบรรจุและแต่งตั้งบุคลากร 3) การพัฒนาบุคลากร "
        "4) การประเมินผลการปฏิบัติงาน 5) การให้คุณให้โทษและการสร้างขวัญกำลังใจ"
    )
    home = f"<h1>OIT 2566</h1><a href='o25'>O25 {title}</a>"
    found = verdict(shipped, site({"": home, "o25": f"<h1>O25 {title}</h1>{_CELL.format(25, title, asked)}"}), "O25")
    assert found.status in (ItemStatus.INCOMPLETE, ItemStatus.MISSING)


def test_a_table_with_answers_is_no_quotation(shipped: Rules) -> None:
    rows = "<tr><td>ขุดลอกคลอง</td><td>120,000 บาท</td><td>ฝนตกชุก</td><td>เริ่มงานในฤดูแล้ง</td></tr>"
    body = (
        "<h1>O13 รายงานผลการดำเนินงานประจำปี พ.ศ. 2565</h1><table><tr><th>ผลการดำเนินการแต่ละโครงการ/กิจกรรม</th>"
        f"<th>งบประมาณที่ใช้</th><th>ปัญหา/อุปสรรค</th><th>ข้อเสนอแนะ</th></tr>{rows}</table>"
    )
    home = "<h1>OIT 2566</h1><a href='o13'>O13 รายงานผลการดำเนินงานประจำปี</a>"
    assert verdict(shipped, site({"": home, "o13": body}), "O13").status is ItemStatus.COMPLETE
