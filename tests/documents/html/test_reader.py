"""Web pages to blocks and links, in every encoding that Thai sites use or pretend to use."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.snapshot import BlockKind, Reading, ReadNote, ReadState, ResourceKind, Zone
from documents import read_document
from documents.base import ReadLimits
from documents.encoding import decode
from documents.html.reader import read_html
from documents.sniff import sniff

THAI = "การเปิดเผยข้อมูลสาธารณะของหน่วยงาน “รายงาน” ปี ๒๕๖๖"
LIMITS = ReadLimits()


def read(html: str, url: str = "https://a.go.th/oit/") -> Reading:
    return read_html(html.encode(), url, "text/html; charset=utf-8", LIMITS)


@pytest.mark.parametrize("declared", ["", "utf-8", "windows-874", "tis-620", "iso-8859-1", "iso-8859-11"])
@pytest.mark.parametrize("where", ["header", "meta"])
@pytest.mark.parametrize("real", ["utf-8", "cp874"])
def test_the_bytes_decide_whatever_is_declared(declared: str, where: str, real: str) -> None:
    meta = f'<meta charset="{declared}">' if declared and where == "meta" else ""
    header = f"text/html; charset={declared}" if declared and where == "header" else "text/html"
    body = f"<html><head>{meta}<title>{THAI}</title></head><body><p>{THAI * 3}</p></body></html>".encode(real)
    text, name = decode(body, header)
    assert THAI in text
    assert name == ("utf-8" if real == "utf-8" else "windows-874")


def test_single_bad_bytes_do_not_spoil_utf8() -> None:
    body = (THAI * 5).encode() + b"\xa0\x96" + (THAI * 5).encode()
    assert decode(body, "")[0].count("ข้อมูล") == 10


def test_table_cells_know_their_place_and_links_their_row() -> None:
    page = read(
        "<table><tr><th>ข้อ</th><th>เรื่อง</th><th>ลิงก์</th></tr>"
        "<tr><td rowspan=2>O1</td><td>โครงสร้าง</td><td><a href='/o1'><img src=b.png></a></td></tr>"
        "<tr><td>ผู้บริหาร</td><td><a href='o2.pdf#p3'>เปิด</a></td></tr></table>"
    )
    cells = {(b.row, b.col): b.text for b in page.blocks if b.kind is BlockKind.CELL}
    assert cells[1, 0] == "O1"
    assert cells[2, 1] == "ผู้บริหาร"
    assert [b.header for b in page.blocks if b.row == 0] == [True, True, True]
    first, second = page.links
    assert (first.url, first.label) == ("https://a.go.th/o1", "")
    assert (second.url, second.fragment) == ("https://a.go.th/oit/o2.pdf", "p3")
    assert page.blocks[first.block].row == 1


def test_a_table_that_lays_out_a_page_gives_its_lines_and_one_of_data_its_cells() -> None:
    lines = "".join(f"<p><font>{n}. เรื่อง{n} .... <a href=/{n}.pdf>คลิกที่นี่</a></font></p>" for n in (3, 4))
    for title in ("<h3>9.1 ข้อมูลพื้นฐาน</h3>", "<b>9.1 ข้อมูลพื้นฐาน</b>"):
        page = read(
            "<table><tr><td colspan=2>&nbsp;</td></tr><tr><td><a href=/>หน้าแรก</a></td>"
            f"<td>{title}{lines}</td></tr><tr><td colspan=2>Copyright</td></tr></table>"
        )
        texts = [block.text for block in page.blocks]
        assert "9.1 ข้อมูลพื้นฐาน" in texts
        assert page.blocks[next(li.block for li in page.links if li.url.endswith("/3.pdf"))].text.startswith("3. เรื่อง3")
    around = read(
        "<table><tr><td>เมนู</td><td><table><tr><th>ข้อ</th></tr><tr><td>O1</td></tr></table></td></tr></table>"
    )
    assert [block.text for block in around.blocks if block.kind is BlockKind.CELL] == ["ข้อ", "O1"]
    tree = "<ul><li>9.1 ข้อมูล<ul><li>O3 อำนาจหน้าที่ <a href=/3.pdf>เปิด</a></li></ul></li></ul>"
    listed = read(f"<table><tr><td>เมนู</td><td><h3>คลังเอกสาร</h3>{tree}</td></tr></table>")
    assert "O3 อำนาจหน้าที่ เปิด" in [block.text for block in listed.blocks]
    parts = "<p><a href=/1.pdf>ส่วนที่ 1</a></p><p><a href=/2.pdf>ส่วนที่ 2</a></p>"
    data = read(f"<table><tr><td>O12 รายงาน</td><td>{parts}</td></tr></table>")
    assert {block.kind for block in data.blocks} == {BlockKind.CELL}


def test_menus_and_footers_are_told_from_content() -> None:
    page = read(
        "<nav><a href=/a>เมนู</a></nav><ul class='main-menu'><li><a href=/b>หนึ่ง</a></li></ul>"
        "<main><h1>เรื่อง</h1><p>เนื้อหา</p></main><footer>ท้าย</footer>"
    )
    zones = {b.text: b.zone for b in page.blocks}
    assert zones == {
        "เมนู": Zone.MENU,
        "หนึ่ง": Zone.MENU,
        "เรื่อง": Zone.CONTENT,
        "เนื้อหา": Zone.CONTENT,
        "ท้าย": Zone.FOOTER,
    }


def test_hidden_accordion_content_counts() -> None:
    page = read("<div class='accordion-header'>O5 ติดต่อ</div><div style='display:none'><p>โทร 0 2123 4567</p></div>")
    assert [(b.kind, b.text) for b in page.blocks] == [
        (BlockKind.HEADING, "O5 ติดต่อ"),
        (BlockKind.PARAGRAPH, "โทร 0 2123 4567"),
    ]


def test_links_of_every_sort() -> None:
    page = read(
        "<meta http-equiv=refresh content='0; url=/home'><body>"
        "<a href='javascript:void(0)' onclick=\"window.open('/x.pdf')\">ก</a>"
        "<a href='javascript:alert(1)'>ข</a><a href='#'>ค</a><a href=' /รายงาน 1.pdf '>ง</a>"
        "<iframe src='//drive.google.com/f'></iframe><a href='data:text/html,x'>จ</a>"
        "<a href=/card><div>การ์ด</div><div>O7 ข่าว</div></a>"
    )
    found = {link.url: link.via for link in page.links}
    assert found == {
        "https://a.go.th/home": "meta",
        "https://a.go.th/x.pdf": "script",
        "https://a.go.th/%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99%201.pdf": "a",
        "https://drive.google.com/f": "iframe",
        "https://a.go.th/card": "a",
        "https://a.go.th/oit/": "script",  # what `data:` holds takes a click
    }
    assert next(li.label for li in page.links if li.url.endswith("/card")) == "การ์ด O7 ข่าว"


@pytest.mark.parametrize(
    ("html", "note"),
    [
        ("<title>404 Not Found</title><h1>ไม่พบหน้าที่ต้องการ</h1>", "not-found-page"),
        ("<p>Error 404.</p>", "not-found-page"),
        ("<iframe src=/files/404/notfound.html></iframe>", ""),
        ("<h1>คำสั่งที่ 404/2566</h1><p>งบประมาณ 2,404,000 บาท</p>", ""),
        ("<title>Just a moment...</title><p>Checking your browser</p>", "challenge-page"),
        ("<form><input type=password>เข้าสู่ระบบ</form>", "login-page"),
        ("<div id='root'></div><script src=a.js></script>", "script-only"),
        ("<h1>รายงานประจำปี</h1><p>เนื้อหาของรายงานประจำปีที่มีความยาวพอสมควร</p>", ""),
    ],
)
def test_what_a_page_really_is(html: str, note: str) -> None:
    assert read(f"<html><body>{html}</body></html>").note == note


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/=\"' abtrdhpliv\n&;#0กำ", max_size=200))
def test_no_markup_breaks_the_reader(html: str) -> None:
    assert read(html).kind is ResourceKind.PAGE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.4 ...", "pdf"),
        (b"\xef\xbb\xbf<!doctype html><p>", "html"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"PK\x03\x04garbage", "zip"),
        (b"Rar!\x1a\x07", "rar"),
        (b"{\\rtf1", "rtf"),
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 20, "binary"),
        ("ชื่อ,ค่า\nก,1\n".encode(), "text"),
    ],
)
def test_content_decides_the_kind(body: bytes, kind: str) -> None:
    assert sniff(body, "application/pdf", "x.pdf") == kind


def test_a_page_behind_a_pdf_name_is_a_page_and_unknown_kinds_are_unread() -> None:
    login = b"<html><body><form><input type=password> login</form></body></html>"
    assert read_document(login, "https://a.go.th/r.pdf", "application/pdf", "r.pdf", LIMITS).note == "login-page"
    reading = read_document(b"\x7fELF\x02\x01\x01\x00xxxx", "https://a.go.th/r.bin", "", "r.bin", LIMITS)
    assert (reading.state, reading.note) == (ReadState.UNREAD, "unsupported-kind")
    broken = read_document(b"%PDF-1.4 not really", "https://a.go.th/r.pdf", "", "r.pdf", LIMITS)
    assert (broken.kind, broken.state, broken.note) == (ResourceKind.DOCUMENT, ReadState.UNREAD, "broken")


def test_links_side_by_side_that_all_say_something_are_a_line_each() -> None:
    names = ("O10 นโยบายคุ้มครองข้อมูลส่วนบุคคล", "O11 แผนดำเนินงานประจำปี", "O13 รายงานผลการดำเนินงานประจำปี")
    links = "".join(f"<a class='list-group-item' href='/{at}.pdf'>{name}</a>" for at, name in enumerate(names))
    assert [block.text for block in read(f"<div class=list-group>{links}</div>").blocks] == list(names)
    buttons = "<p>รายงานประจำปี <a href=/1.pdf>ดาวน์โหลดเอกสาร PDF</a> <a href=/2.doc>ดาวน์โหลดเอกสาร Word</a></p>"
    assert len(read(buttons).blocks) == 1
    assert len(read("<p><a href=/1.pdf>ม.ค.</a> <a href=/2.pdf>ก.พ.</a> <a href=/3.pdf>มี.ค.</a></p>").blocks) == 1


def test_the_caption_of_a_table_of_one_cell_is_read() -> None:
    """Such a table is a box around its text, and its caption the name of it."""
    reading = read("<table><caption>ข้อเสนอแนะ</caption><tr><td>ควรเริ่มงานก่อนฤดูฝน</td></tr></table>")
    assert [block.text for block in reading.blocks] == ["ข้อเสนอแนะ", "ควรเริ่มงานก่อนฤดูฝน"]


@pytest.mark.parametrize("markup", ["<a download=o3.pdf href='{}'>O3</a>", "<embed src='{}'>", "<object data='{}'>"])
def test_a_document_that_stands_in_the_page_itself_is_not_read(markup: str) -> None:
    held = "data:application/pdf;base64," + "JVBERi0x" * 60
    reading = read_html(markup.format(held).encode(), "https://a.go.th/3", "text/html", ReadLimits())
    assert (reading.state, reading.note) == (ReadState.PARTIAL, ReadNote.UNSUPPORTED_KIND)
    icon = markup.format("data:image/png;base64," + "iVBORw0K" * 60)
    assert read_html(f"<p>ก</p>{icon}".encode(), "https://a.go.th/3", "text/html", ReadLimits()).note == ReadNote.NONE


def test_a_page_that_stands_in_a_frames_address_is_read() -> None:
    inside = base64.b64encode("<h2>นโยบาย</h2>".encode()).decode()
    frame = f"<iframe src='data:text/html;charset=utf-8;base64,{inside}'></iframe>"
    reading = read_html(frame.encode(), "https://a.go.th/3", "text/html", ReadLimits())
    assert [block.text for block in reading.blocks] == ["นโยบาย"]
