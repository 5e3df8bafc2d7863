"""Finding evidence: numbers in all spellings, titles before numbers, indexes of every shape."""

from __future__ import annotations

import pytest

from checklist.candidates.entries import read_index
from checklist.candidates.labels import ItemNames, item_number, url_number
from checklist.candidates.years import index_year
from checklist.rules.model import Rules
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind
from core.storage.store import with_reading
from documents.base import ReadLimits
from documents.html.reader import read_html


def entries(rules: Rules, html: str, url: str = "https://a.go.th/ita66/") -> dict[str, list[tuple[str, ...]]]:
    reading = read_html(f"<html><body>{html}</body></html>".encode(), url, "text/html", ReadLimits())
    page = with_reading(Resource(url, FetchOutcome.OK, final_url=url, kind=ResourceKind.PAGE), reading)
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in read_index(page, ItemNames(rules.edition(2566).naming), menus=True).entries:
        found.setdefault(entry.item, []).append(tuple(link.url.rsplit("/", 1)[-1] for link in entry.links))
    return found


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("O1 โครงสร้าง", 1), ("o 1", 1), ("OIT 12 รายงาน", 12), ("O-01", 1), ("(O7)", 7), ("ข้อ O1โครงสร้าง", 1),
        ("o10", 10), ("O๑", 1), ("FO1", None), ("O1 - O6", None), ("CO2 ในอากาศ", None), ("โทร 02 123", None),
        ("O123", None),
    ],
)  # fmt: skip
def test_numbers(label: str, number: int | None) -> None:
    assert item_number(label, zero=False, plain=False) == number


def test_a_zero_for_the_letter_needs_an_index() -> None:
    assert item_number("012 รายงาน", zero=False, plain=False) is None
    assert item_number("012 รายงาน", zero=True, plain=False) == 12
    assert item_number("01", zero=True, plain=False) == 1


@pytest.mark.parametrize(
    ("label", "number"), [("⑬ Annual Report", 13), ("㉘ แจ้งเบาะแส", 28), ("(39) ประมวล", 39), ("⑸ ติดต่อ", 5)]
)
def test_a_number_in_a_circle_is_a_plain_number(label: str, number: int) -> None:
    assert item_number(label, zero=True, plain=True) == number
    assert item_number(label, zero=True, plain=False) is None


@pytest.mark.parametrize(
    ("path", "number"), [("/ITA/O12/", 12), ("/f/o12-report.pdf", 12), ("/ITA/012", 12), ("/news/2565", None)]
)
def test_numbers_in_addresses(path: str, number: int | None) -> None:
    assert url_number(path) == number


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565", "O13"),
        ("O13 รายงานผลการดําเนินงานประจําปี", "O13"),
        ("รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน", "O12"),
        ("รายงานผลการดำเนินการป้องกันการทุจริตประจำปี", "O38"),
        ("แผนปฏิบัติการป้องกันการทุจริต", "O36"),
        ("O11 รายงานผลการดำเนินงานประจำปี", "O13"),
        ("ภาพบรรยากาศงานวันเด็ก", None),
    ],
)
def test_titles_decide_and_numbers_support(shipped: Rules, label: str, item: str | None) -> None:
    found = ItemNames(shipped.edition(2566).naming).matches(label)
    assert (found[0].item if found else None) == item


def test_a_table_row_is_an_entry(shipped: Rules) -> None:
    html = (
        "<table><tr><th>ข้อ</th><th>ชื่อ</th><th>ลิงก์</th></tr>"
        "<tr><td>O1</td><td>โครงสร้าง</td><td><a href=1.pdf>เปิด</a></td></tr>"
        "<tr><td>O2</td><td>ข้อมูลผู้บริหาร</td><td><a href=2.pdf>เปิด</a></td></tr></table>"
    )
    assert entries(shipped, html) == {"O1": [("1.pdf",)], "O2": [("2.pdf",)]}


def test_a_badge_and_its_title_are_one(shipped: Rules) -> None:
    html = (
        "<div><div>o1</div><h5>โครงสร้าง</h5><p>คำอธิบาย</p><a href=a.pdf>ดู</a></div>"
        "<div><div>o2</div><h5>ข้อมูลผู้บริหาร</h5><a href=b.pdf>ดู</a></div>"
    )
    assert entries(shipped, html) == {"O1": [("a.pdf",)], "O2": [("b.pdf",)]}


def test_an_accordion_holds_what_follows(shipped: Rules) -> None:
    html = (
        "<h4>O14 คู่มือหรือมาตรฐานการปฏิบัติงาน</h4>"
        "<ul><li><a href=x.pdf>งานพัสดุ</a></li><li><a href=y.pdf>งานสารบรรณ</a></li></ul>"
        "<h4>O15 คู่มือหรือมาตรฐานการให้บริการ</h4><p><a href=z.pdf>เปิด</a></p>"
    )
    assert entries(shipped, html) == {"O14": [("x.pdf", "y.pdf")], "O15": [("z.pdf",)]}


def test_o1_is_never_found_in_o12(shipped: Rules) -> None:
    assert "O1" not in entries(shipped, "<ul><li><a href=a>O12 รายงาน</a></li></ul>")


def test_prose_with_the_words_is_no_label(shipped: Rules) -> None:
    html = "<p>สำนักงานได้จัดทำรายงานผลการดำเนินงานประจำปีและเสนอผู้ว่าราชการจังหวัดเพื่อโปรดทราบแล้วเมื่อเดือนก่อน</p>"
    assert entries(shipped, html) == {}


def test_a_row_that_tells_the_way_in_many_words_still_has_its_label(shipped: Rules) -> None:
    way = "อยู่ที่เมนู “การส่งเสริมความโปร่งใส” หัวข้อ “แนวปฏิบัติ” " * 6
    rows = "".join(
        f"<tr><td>O{n} – <a href='o{n}.pdf'>{title}</a></td><td>{way}</td></tr>"
        for n, title in ((1, "โครงสร้าง"), (3, "อำนาจหน้าที่"), (5, "ข้อมูลการติดต่อ"), (6, "กฎหมายที่เกี่ยวข้อง"))
    )
    found = entries(shipped, f"<table>{rows}</table>")
    assert found["O1"] == [("o1.pdf",)]
    assert found["O6"] == [("o6.pdf",)]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("ปี 2566", 2566), ("ประจำปี ๒๕๖๕", 2565), ("ปีงบ 66", 2566), ("2023", 2566), ("ITA 66", 2566), ("OIT 2565", 2565),
        ("ปีงบประมาณ พ.ศ. 2565", 2565), ("พ.ร.บ. 2560", None), ("OIT 43", None), ("โครงการปี 2566 ของเรา", None),
    ],
)  # fmt: skip
def test_the_year_of_an_index(heading: str, year: int | None) -> None:
    blocks = (Block(BlockKind.HEADING, heading), Block(BlockKind.PARAGRAPH, "O1"))
    page = Resource("https://a.go.th/x", FetchOutcome.OK, kind=ResourceKind.PAGE, blocks=blocks)
    assert index_year(page, 1, 2566) == year


def test_the_page_in_hand_names_nobody_in_a_menu_in_one_line(shipped: Rules) -> None:
    """Without the labels of the links to other pages its own is left over, and all of them were the item's."""
    names = {"plan": "แผนดำเนินงานประจำปี", "manual": "คู่มือปฏิบัติงาน", "ethics": "ประมวลจริยธรรม", "duty": "อำนาจหน้าที่"}
    menu = "".join(f"<a href='/{name}'>{title}</a>" for name, title in names.items()) + "<a href='/'>หน้าแรก</a>"
    found = entries(shipped, f"<div>{menu}</div><h2>เอกสาร</h2>", "https://a.go.th/plan")
    assert found["O39"] == [("ethics",)]
    assert "O11" not in found


def test_what_is_pasted_below_a_numbered_label_has_a_title_of_its_own(shipped: Rules) -> None:
    text = "สรรหาบุคคลด้วยความเป็นธรรมและตรวจสอบได้"
    html = (
        "<h5>O19 แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ</h5><a href='19.pdf'>เปิด</a>"
        "<h5>O23 นโยบายหรือแผนการบริหารทรัพยากรบุคคล</h5><h2>หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล ปี 2566</h2>"
        f"<p>{text}</p><h5>O25 หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล</h5>"
    )
    reading = read_html(f"<html><body>{html}</body></html>".encode(), "https://a.go.th/", "text/html", ReadLimits())
    page = with_reading(Resource("https://a.go.th/", FetchOutcome.OK, kind=ResourceKind.PAGE), reading)
    listed = read_index(page, ItemNames(shipped.edition(2566).naming), menus=True).entries
    own = next(entry for entry in listed if entry.item == "O23")
    assert page.blocks[own.stop - 1].text == text
