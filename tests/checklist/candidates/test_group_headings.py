"""Headings that name a group: the lines below them are called together with them, or by themselves."""

from __future__ import annotations

from checklist.rules.model import Rules
from tests.checklist.candidates.test_candidates import entries


def _list(heading: str, *lines: str) -> str:
    return f"<h4>{heading}</h4>" + "".join(f"<p><a href=/{heading[:3]}{n}.pdf>{x}</a></p>" for n, x in enumerate(lines))


def test_the_heading_holds_the_matter_and_the_links_the_rest(shipped: Rules) -> None:
    page = _list("การจัดซื้อจัดจ้างหรือการจัดหาพัสดุ", "แผน", "ประกาศต่าง ๆ", "รายงานผลประจำปี 2565")
    page += _list("การบริหารและพัฒนาทรัพยากรบุคคล", "นโยบายหรือแผน", "การดำเนินการตามนโยบาย รอบ 6 เดือน", "หลักเกณฑ์")
    page += _list("การป้องกันการทุจริต", "แผนปฏิบัติการ", "กำกับติดตาม รอบ 6 เดือน", "รายงานผลประจำปี 2565")
    found = entries(shipped, page)
    assert {item: len(links) for item, links in found.items()} == dict.fromkeys(
        ("O19", "O20", "O22", "O23", "O24", "O25", "O36", "O37", "O38"), 1
    )
    assert all(len(links[0]) == 1 for links in found.values())


def test_the_files_below_one_items_heading_stay_that_items(shipped: Rules) -> None:
    found = entries(shipped, _list("รายงานผลการสำรวจความพึงพอใจการให้บริการ", "ไตรมาส 1", "ไตรมาส 2", "แบบสอบถาม"))
    assert [len(links) for links in found.pop("O17")] == [3]
    assert not found


def test_the_name_of_a_page_owns_none_of_what_speaks_for_itself(shipped: Rules) -> None:
    page = "<h2>แผนงานและยุทธศาสตร์</h2>" + "".join(
        f"<p><a href=/{n}.pdf>{label}</a> <b>ใหม่</b></p>"
        for n, label in enumerate(
            (
                "แผนการดำเนินงานและการใช้จ่ายงบประมาณ ปี 2566",
                "รายงานผลการดำเนินงานตามแผนดำเนินงาน ประจำปี 2565",
                "แผนการจัดซื้อจัดจ้าง ประจำปี 2566",
                "รายงานผลการสำรวจความพึงพอใจการให้บริการ ปี 2565",
                "คู่มือหรือมาตรฐานการปฏิบัติงาน",
            )
        )
    )
    found = entries(shipped, page)
    assert found["O13"] == [("1.pdf",)]
    assert "O4" not in found
