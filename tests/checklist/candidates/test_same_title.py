"""A document of another year, and the same one of the year asked for beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import HOME, document, site, verdict

TITLE = "รายงานความก้าวหน้าการดำเนินการตามนโยบายและแผนการบริหารและพัฒนาทรัพยากรบุคคล"
OLD, NEW = f"{TITLE} รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2565", f"{TITLE} ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2566"


@pytest.mark.parametrize(
    ("number", "new", "url"),
    [
        ("", NEW, "new.pdf"),
        ("", "แผนการบริหารและพัฒนาทรัพยากรบุคคล ปีงบประมาณ พ.ศ. 2566", "old.pdf"),
        ("O24 ", NEW, "old.pdf"),
    ],
    ids=["same title", "another title", "the list says which"],
)
def test_the_document_of_the_year_takes_the_place_of_the_other(shipped: Rules, number: str, new: str, url: str) -> None:
    labels = {"new.pdf": new, "old.pdf": number + OLD}
    rows = [("plan.pdf", "O23 นโยบายหรือแผนการบริหารทรัพยากรบุคคล"), *labels.items()]
    listed = "".join(f"<li><a href='/{name}'>{label}</a></li>" for name, label in rows)
    found = [replace(document(name, text.removeprefix("O24 ")), label=text) for name, text in labels.items()]
    judged = verdict(shipped, site({"": f"<h1>OIT</h1><ul>{listed}</ul>"}, *found), "O24")
    assert judged.status is not ItemStatus.COMPLETE
    assert [each.url for each in judged.evidence] == [HOME + url]


_REPORT = (
    "1. ผลการดำเนินการตามโครงการ", "โครงการสุขภาพดี ดำเนินการแล้วเสร็จ ผู้เข้าร่วม 80 คน", "งบประมาณที่ใช้ 18,000 บาท",
    "2. ปัญหา อุปสรรค", "ไม่มี", "3. ข้อเสนอแนะ", "ไม่มี",
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "year", "url"),
    [("", 2565, "new.pdf"), ("", 2564, "old.pdf"), ("O13 ", 2565, "old.pdf")],
    ids=["year asked for", "no year asked for", "the list says which"],
)
def test_a_label_with_the_year_outweighs_one_that_is_nearer(shipped: Rules, number: str, year: int, url: str) -> None:
    labels = {"old.pdf": f"{number}รายงานผลการดำเนินงานประจำปี", "new.pdf": f"รายงานผลการดำเนินงาน ปีงบประมาณ {year}"}
    listed = "".join(f"<li><a href='/{name}'>{label}</a></li>" for name, label in labels.items())
    found = [
        replace(document(name, f"รายงานผลการดำเนินงานประจำปี ปีงบประมาณ พ.ศ. {own}", *_REPORT), label=labels[name])
        for name, own in (("old.pdf", 2562), ("new.pdf", year))
    ]
    judged = verdict(shipped, site({"": f"<h1>OIT</h1><ul>{listed}</ul>"}, *found), "O13")
    assert [each.url for each in judged.evidence] == [HOME + url]
    assert judged.status is (ItemStatus.COMPLETE if url == "new.pdf" else ItemStatus.OUTDATED)
