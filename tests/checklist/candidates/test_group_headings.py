"""Headings that name a group: the lines below them are called together with them, or by themselves."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.candidates.test_candidates import entries
from tests.checklist.sites import site, verdict


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


_EMPTY = {"O29": "ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "O30": "การเปิดโอกาสให้เกิดการมีส่วนร่วม"}
_FIRST = "ตัวชี้วัดย่อยที่ 9.5 การส่งเสริมความโปร่งใส"
_SECOND = ("ตัวชี้วัดย่อยที่ 10.1 การดำเนินการเพื่อป้องกันการทุจริต", "การดำเนินการเพื่อป้องกันการทุจริต", "หมวดที่สอง เรื่องอื่น ๆ")
_NEXT = {"O31": "ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่", "O36": "แผนปฏิบัติการป้องกันการทุจริต"}


def _rows(items: dict[str, str], note: str = "") -> str:
    cells = {item: note if item == "O30" else f"<a href=/{item}.html>เปิด</a>" for item in items}
    return "".join(f"<tr><td>{item}<td>{title}<td>{cells[item]}" for item, title in items.items())


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td colspan=3>{first}{rows}<tr><td colspan=3>{second}{others}</table>",
        "<table><tr><td colspan=3>{first}{rows}</table><table><tr><td colspan=3>{second}{others}</table>",
        "<h4>{first}</h4><table>{rows}</table><p><b>{second}</b></p><table>{others}</table>",
    ],
    ids=["rows of one table", "a table each", "lines between tables"],
)
@pytest.mark.parametrize("second", _SECOND)
def test_the_head_of_the_next_group_is_nothing_of_the_entry_above_it(shipped: Rules, markup: str, second: str) -> None:
    """The last entry of a group has no link: neither its own label nor what comes behind it is evidence."""
    lists = markup.format(first=_FIRST, rows=_rows(_EMPTY), second=second, others=_rows(_NEXT))
    behind = {f"{item}.html": f"<p>{title} เนื้อหา</p>" for item, title in (_EMPTY | _NEXT).items() if item != "O30"}
    found = site({"": "<a href=/oit.html>OIT</a>", "oit.html": f"<h1>OIT ปีงบประมาณ พ.ศ. 2566</h1>{lists}", **behind})
    assert verdict(shipped, found, "O30").status is ItemStatus.MISSING


def test_a_sentence_in_an_items_place_with_only_the_year_of_its_list_is_for_a_person(shipped: Rules) -> None:
    """The item requires nothing, so nothing lacks; and nothing is shown either."""
    titles = _EMPTY | _NEXT | {"O41": "การประเมินจริยธรรมเจ้าหน้าที่ของรัฐ"}
    notes = {"O41": "ประเมินแล้วเสร็จเมื่อ 3 มีนาคม 2566"}
    body = "".join(
        f"<h4>{item} {title}</h4><div>{notes.get(item, f'<a href=/{item}.html>เปิด</a>')}</div>"
        for item, title in titles.items()
    )
    behind = {f"{item}.html": f"<p>{title} เนื้อหา</p>" for item, title in titles.items() if item not in notes}
    found = site({"": "<a href=/oit.html>OIT</a>", "oit.html": f"<h1>OIT ปีงบประมาณ พ.ศ. 2566</h1>{body}", **behind})
    assert verdict(shipped, found, "O41").status is ItemStatus.REVIEW


def test_where_lines_name_the_items_a_heading_like_a_title_owns_none_of_them(shipped: Rules) -> None:
    page = "".join(
        f"<h3>{heading}</h3>" + "".join(f"<p>{line} <a href=/{at}{n}>เปิด</a></p>" for n, line in enumerate(lines))
        for at, (heading, lines) in enumerate(
            {
                "ข้อมูลพื้นฐาน": ("โครงสร้างองค์กร", "ข้อมูลผู้บริหาร", "อำนาจหน้าที่", "ข้อมูลการติดต่อ", "กฎหมายที่เกี่ยวข้อง"),
                "การดำเนินงาน": ("แผนงานและงบประมาณปีนี้", "ติดตามงานครึ่งปีแรก", "สรุปผลงานรอบปีที่ผ่านมา"),
                "การให้บริการ": ("คู่มือประชาชน", "สถิติผู้มาใช้บริการ", "ผลสำรวจความพึงพอใจการให้บริการ", "E-Service"),
                "แผนป้องกันการทุจริต": ("แผนต้านทุจริต", "ติดตามแผนต้านทุจริต 6 เดือนแรก", "ผลงานต้านทุจริตรอบปีที่ผ่านมา"),
            }.items()
        )
    )
    found = entries(shipped, page)
    assert all(len(links) == 1 for owned in found.values() for links in owned if links)
    assert found["O11"] == [("10",)]
    assert "O13" not in found
