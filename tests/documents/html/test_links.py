"""Where pages lead: what old and new sites make links of besides links."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.snapshot import ASKS, TOO_LONG, BlockKind, Reading
from core.urls import is_unopenable
from documents.base import ReadLimits
from documents.html.links import resolve
from documents.html.reader import read_html


def read(html: str) -> Reading:
    return read_html(html.encode(), "https://a.go.th/sub/page.html", "text/html; charset=utf-8", ReadLimits())


def found(html: str) -> dict[str, str]:
    return {link.url.removeprefix("https://a.go.th"): link.label for link in read(html).links if link.via != ASKS}


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<a href='#' onclick=\"openDoc('/o12.pdf')\">O12 รายงาน</a>", {"/o12.pdf": "O12 รายงาน"}),
        ("<a href=\"javascript:show('../o12.pdf', 1)\">O12</a>", {"/o12.pdf": "O12"}),
        ("<input type=button value='ดาวน์โหลด O12' onclick=\"window.open('/o12.pdf')\">", {"/o12.pdf": "ดาวน์โหลด O12"}),
        ("<map><area href=/plan.html alt='แผนดำเนินงาน'></map>", {"/plan.html": "แผนดำเนินงาน"}),
        ("<a role=button data-url='/o12.html'>O12</a>", {"/o12.html": "O12"}),
        ("<div class=_df_book source='/flip.pdf'>รายงาน</div>", {"/flip.pdf": "รายงาน"}),
        ("<div data-pdf='/flip.pdf?v=2'>รายงาน</div>", {"/flip.pdf?v=2": "รายงาน"}),
        ("<object data=/o.pdf type=application/pdf></object>", {"/o.pdf": ""}),
        (
            "<select onchange='location=this.value'><option>เลือก<option value=/o1.html>O1<option value=2>2</select>",
            {"/o1.html": "O1"},
        ),
        ("<select><option value=/files/o1.pdf>O1</select>", {"/files/o1.pdf": "O1"}),
        ("<a data-fancybox data-type=iframe data-src=/d/13.html href='javascript:;'>O13</a>", {"/d/13.html": "O13"}),
    ],
)
def test_what_is_a_link_without_being_one(html: str, wanted: dict[str, str]) -> None:
    assert found(f"<body>{html}</body>") == wanted


def test_a_list_that_goes_on_with_a_line_is_that_lines() -> None:
    choice = "<select onchange='window.open(this.value)'><option value=/12.pdf>2564<option value=/11.pdf>2563</select>"
    page = read(f"<p>O12 รายงานผลการดำเนินงานประจำปี {choice}</p><div>{choice}</div>")
    assert [link.block for link in page.links] == [0, 0, -1, -1]


def test_a_list_in_a_cell_is_its_rows() -> None:
    jump = "onchange='location=this.options[this.selectedIndex].value'"
    choice = f"<select {jump}><option>เลือก<option value=/m.pdf>บันทึก<option value=/6.pdf>กฎหมาย</select>"
    page = read(f"<table><tr><td>O6<td>กฎหมายที่เกี่ยวข้อง<td>{choice}<tr><td>O7<td>ข่าว<td><a href=/7>เปิด</a></table>")
    assert [(link.label, page.blocks[link.block].row) for link in page.links] == [
        ("บันทึก", 0),
        ("กฎหมาย", 0),
        ("เปิด", 1),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<select name=changwat><option value=10>กรุงเทพฯ<option value=/>ทั้งหมด</select>",
        "<div data-toggle=collapse data-target='#o12' data-options='{\"file\": \"x\"}'>O12</div>",
        "<div data-background=/bg.jpg>O12</div>",
    ],
)
def test_what_is_none(html: str) -> None:
    assert found(f"<body>{html}</body>") == {}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://docs.google.com/viewer?url=https%3A%2F%2Fa.go.th%2Fo12.pdf&embedded=true", "/o12.pdf"),
        ("https://docs.google.com/gview?embedded=1&url=https://a.go.th/o12.pdf", "/o12.pdf"),
        ("https://view.officeapps.live.com/op/embed.aspx?src=https://a.go.th/o12.docx", "/o12.docx"),
        ("/pdfjs/web/viewer.html?file=/files/o12.pdf#page=2", "/files/o12.pdf"),
        ("/pdfjs/web/viewer.html?file=../../files/o12.pdf", "/files/o12.pdf"),
        ("/pdfjs/web/viewer.html?file=javascript:alert(1)", "/pdfjs/web/viewer.html?file=javascript:alert(1)"),
        (
            "https://docs.google.com/document/d/abc/edit?url=x.pdf",
            "https://docs.google.com/document/d/abc/edit?url=x.pdf",
        ),
    ],
)
def test_a_viewer_is_the_document_that_it_shows(address: str, shown: str) -> None:
    assert list(found(f"<iframe src='{address}'></iframe>")) == [shown]
    assert list(found(f"<a href='{address}'>O12</a>")) == [shown]


def test_nothing_is_lost_behind_an_embedded_document() -> None:
    html = "<p>หนึ่ง</p><embed src=/a.pdf><h2>สอง</h2><a href=/b.pdf>สาม</a><p>สี่</p>"
    page = read(f"<body>{html}</body>")
    assert [link.url.rsplit("/", 1)[1] for link in page.links] == ["a.pdf", "b.pdf"]
    assert [block.text for block in page.blocks if block.kind is not BlockKind.IFRAME] == ["หนึ่ง", "สอง", "สาม", "สี่"]


def test_an_excuse_for_not_showing_a_document_is_no_content_and_its_link_counts() -> None:
    html = "<object data=/a.pdf><p>ขออภัย ไม่พบโปรแกรมแสดงไฟล์ <a href=/a.pdf>ดาวน์โหลด O12</a></p></object>"
    page = read(f"<body><h1>O12 รายงานประจำปี</h1>{html}</body>")
    assert page.note == ""
    assert [block.text for block in page.blocks if block.kind is not BlockKind.IFRAME] == ["O12 รายงานประจำปี"]
    assert "ดาวน์โหลด O12" in {link.label for link in page.links}


def test_a_frame_without_an_end_hides_nothing() -> None:
    page = read("<body><object data=/a.pdf><h2>O12 รายงาน</h2>" + "<p>เนื้อหาของรายงานประจำปี</p>" * 20 + "</body>")
    assert sum("เนื้อหา" in block.text for block in page.blocks) == 20


@given(
    st.sampled_from(["onclick", "data-url", "data-x", "source", "href"]),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=60),
)
def test_no_attribute_breaks_the_reader(name: str, value: str) -> None:
    safe = value.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
    for link in read(f"<body><a {name}='{safe}'>O12</a></body>").links:
        assert link.url.startswith(("http://", "https://", "mailto:", "tel:"))


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src='/ViewerJS/#../files/o13.pdf'></iframe>",
        "<a href='/ViewerJS/index.html#/files/o13.pdf'>เปิด</a>",
        "<iframe src='/show.php?file=/files/o13.pdf'></iframe>",
        "<iframe data-lazy-src='/files/o13.pdf' src='about:blank'></iframe>",
        "<iframe data-src='/files/o13.pdf'></iframe>",
        "<object><param name=movie value='/files/o13.pdf'></object>",
        "<iframe srcdoc='&lt;embed src=\"/files/o13.pdf\"&gt;'></iframe>",
        "<iframe src='https://drive.google.com/viewerng/viewer?embedded=true&url=https://a.go.th/files/o13.pdf'></iframe>",
        '<div data-option=\'{"source": "\\/files\\/o13.pdf"}\'></div>',
        '<div id=df_book></div><script>var option_df_book = {"source":"\\/files\\/o13.pdf"};</script>',
        "<canvas id=c></canvas><script>pdfjsLib.getDocument('/files/o13.pdf').promise.then(draw)</script>",
        "<div class=flip-book-container src='/files/o13.pdf'></div>",
        "<div class=book></div><script>$('.book').FlipBook({pdf: '../files/o13.pdf'})</script>",
    ],
)
def test_the_document_behind_a_viewer_is_what_is_shown(html: str) -> None:
    assert "/files/o13.pdf" in found(f"<body><h2>เอกสาร</h2>{html}</body>")


def test_what_a_page_shows_is_told_from_a_list_in_its_scripts() -> None:
    one = read("<body><h2>เอกสาร</h2><script>show('/o13.pdf')</script></body>")
    many = read("<body><h2>เอกสาร</h2><script>list(['/1.pdf','/2.pdf','/3.pdf','/4.pdf'])</script></body>")
    assert [b.src for b in one.blocks if b.kind is BlockKind.IFRAME] == ["https://a.go.th/o13.pdf"]
    assert [b.kind for b in many.blocks if b.kind is BlockKind.IFRAME] == []


def test_pictures_of_a_page_without_text_are_what_it_is_there_for() -> None:
    pages = "<img src=logo.png width=80><img data-src=/1.jpg src=wait.gif><a href=/x><img src=/banner.jpg></a>"
    assert [li.url for li in read(f"<h2>รายงาน</h2><p>{pages}</p>").links if li.via == "img"] == [
        "https://a.go.th/1.jpg"
    ]
    assert [li for li in read(f"<p>{'เนื้อหา ' * 80}{pages}</p>").links if li.via == "img"] == []


def test_a_link_on_a_drawing_is_a_link() -> None:
    assert found("<svg><a xlink:href='/ita'><text>ITA</text></a></svg>") == {"/ita": "ITA"}


def test_pages_of_a_book_may_be_painted_on_elements_without_words() -> None:
    html = "<div><div data-src='/img/1.jpg'></div><div style='background-image: url(/img/2.png)'></div></div>"
    painted = [link.url for link in read(html).links if link.via == "img"]
    assert painted == ["https://a.go.th/img/1.jpg", "https://a.go.th/img/2.png"]
    said = '<div style="background-image:url(/img/2.png)">ข่าวประชาสัมพันธ์</div><div data-src="/a.js"></div>'
    assert not [link for link in read(said).links if link.via == "img"]


def test_the_settings_of_a_book_may_be_packed() -> None:
    settings = base64.b64encode(b'{"posts": {"7": {"data": {"guid": "\\/files\\/r.pdf"}}}}').decode()
    found = read(f'<p>เอกสาร</p><script>window.CLIENT_DATA=["{settings}"]</script>')
    assert [link.url for link in found.links if link.via == "embed"] == ["https://a.go.th/files/r.pdf"]
    broken = read('<p>เอกสาร</p><script>x="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"</script>')
    assert not broken.links


def test_an_address_that_is_only_written_is_one_to_go_to() -> None:
    typed = read("<p>O13 รายงานผลการดำเนินงาน: https://a.go.th/f/13.pdf.</p><p>http://a.go.th/f/14.pdf</p>")
    assert [(link.url, link.block) for link in typed.links] == [
        ("https://a.go.th/f/13.pdf", 0),
        ("http://a.go.th/f/14.pdf", 1),
    ]
    linked = read("<p><a href='/f/13.pdf'>https://a.go.th/f/13.pdf</a> ตัวอย่าง http://</p>")
    assert len(linked.links) == 1


def test_an_address_that_a_link_is_called_by_is_no_way_of_its_own() -> None:
    other = "https://www.old.example/node/13"
    assert [link.url for link in read(f"<p>O13 <a href=/node/13>{other}</a></p>").links] == ["https://a.go.th/node/13"]
    unlinked = read(f"<p>O13 <a href='#top'>{other}</a></p><p>O14 <a href=/14>เปิด</a> {other}</p>")
    assert [link.url for link in unlinked.links if link.url == other] == [other, other]


def test_a_link_to_the_writers_own_disk_is_kept_and_a_picture_there_is_none() -> None:
    local = read(r"<a href='C:\Users\admin\11.pdf'>O11</a><iframe src='file:///D:/12.pdf'></iframe>")
    assert [link.url for link in local.links] == ["file:///C:/Users/admin/11.pdf", "file:///D:/12.pdf"]
    pasted = read("<img src='file:///C:/Temp/clip_image001.png'><a href='file:///C:/Temp/clip.htm#_ftn1'>[1]</a>")
    assert not pasted.links
    assert not any(block.src for block in pasted.blocks)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\\th\\files\\a.pdf", "https://a.go.th/th/files/a.pdf"),
        ("files\\a.pdf", "https://a.go.th/oit/files/a.pdf"),
        ("\\\\b.go.th\\a.pdf", "https://b.go.th/a.pdf"),
        ("\n   /th/files\n/a.pdf  ", "https://a.go.th/th/files/a.pdf"),
        ("HTTPS:\\\\a.go.th\\a.pdf", "https://a.go.th/a.pdf"),
        ("/th/a.pdf#", "https://a.go.th/th/a.pdf"),
    ],
)
def test_an_address_is_read_as_browsers_read_it(written: str, meant: str) -> None:
    assert resolve("https://a.go.th/oit/list.html", written) == meant


@pytest.mark.parametrize("address", ["ftp://a.go.th/13.pdf", "http://a.go.th:99999/13.pdf", "http://[::1/13.pdf#x"])
@pytest.mark.parametrize(
    "html",
    [
        "<a href='{0}'>O13</a>",
        "<a href=\"javascript:window.open('{0}')\">O13</a>",
        "<area href='{0}' alt='O13'>",
        "<form action='{0}'><input type=hidden name=a value=b><button>O13</button></form>",
        "<form><select name=q></select><button formaction='{0}'>O13</button></form>",
        "<iframe src='{0}'></iframe>",
        "<li>O13 <object data='{0}'></object></li>",
        "<svg><a xlink:href='{0}'><text>O13</text></a></svg>",
        "<select onchange='location=this.value'><option value=''>-</option><option value='{0}'>O13</option></select>",
        "<meta http-equiv=refresh content='0;url={0}'>",
        "<span data-href='{0}'>O13</span>",
        "<p>O13 {0}</p>",
    ],
)
def test_an_address_that_no_crawl_can_follow_is_kept_however_it_is_linked(html: str, address: str) -> None:
    (link,) = read(html.format(address)).links
    assert is_unopenable(link.url)


def test_what_leads_to_no_document_is_no_link_that_nobody_can_follow() -> None:
    links = read(
        "<a href='javascript:void(0)'>O1</a><a href='about:blank'>O2</a><a href='sms:02'>O3</a><a href='#'>O4</a>"
    )
    assert [link.url for link in links.links if link.url != "https://a.go.th/sub/page.html"] == []


@pytest.mark.parametrize("base", ["http://[::1/", "http://a.go.th:99999/", "https://"])
def test_a_base_that_cannot_be_is_left_aside(base: str) -> None:
    assert found(f"<base href='{base}'><a href=13.pdf>O13</a>") == {"/sub/13.pdf": "O13"}


@pytest.mark.parametrize(
    ("address", "via"),
    [
        ("/d?file=" + "x" * 2000, TOO_LONG),
        ("https://b.go.th/" + "x" * 2000, TOO_LONG),
        ("https://share.example/?u=" + "x" * 2000, ""),
        ("/d?file=" + "x" * 900, "a"),
    ],
)
def test_an_address_that_is_too_long_is_a_link_without_one(address: str, via: str) -> None:
    page = read(f"<p>O13 <a href='{address}'>ดาวน์โหลด</a></p>")
    assert [link.via for link in page.links] == ([via] if via else [])
    assert all(link.label == "ดาวน์โหลด" and link.block == 0 for link in page.links)


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src='{0}'></iframe>",
        "<select onchange='location=this.value'><option value=''>-</option><option value='{0}'>O13</option></select>",
        "<meta http-equiv=refresh content='0;url={0}'>",
    ],
)
def test_what_is_shown_or_chosen_may_be_too_long_as_well(html: str) -> None:
    address = "/d?file=" + "x" * 1985
    assert [link.via for link in read(html.format(address)).links] == [TOO_LONG]


def test_an_address_without_its_protocol_may_be_none_that_can_be() -> None:
    (link,) = read("<a href='//[::1/13.pdf'>O13</a>").links
    assert is_unopenable(link.url)


def test_what_an_address_holds_itself_takes_a_click() -> None:
    assert [link.via for link in read("<p><a href='data:text/plain,13'>O13</a></p>").links] == ["script"]


def test_a_list_that_is_drawn_says_its_entries_on_its_links() -> None:
    page = read("<svg><a href=/o13.html><text>O13 รายงาน</text></a></svg>")
    assert [(page.blocks[link.block].text, link.label) for link in page.links] == [("O13 รายงาน", "O13 รายงาน")]
    for tag in ("p", "li"):
        page = read(f"<{tag}>O14 แผน <svg><a href=/o14.html><text>ดู</text></a></svg></{tag}>")
        assert [(page.blocks[link.block].text, link.label) for link in page.links] == [("O14 แผน", "ดู")]


def test_a_button_goes_where_it_says_itself() -> None:
    assert found("<form method=post><input name=q><button formmethod=get formaction=/o13.html>O13</button></form>") == {
        "/o13.html?q=": "O13"
    }
    assert found("<button form=f>O13</button><form id=f action=/o13.html></form>") == {"/o13.html": "O13"}
    posted = read("<form><button formmethod=post formaction=/o13.html>O13</button></form>").links
    assert [link.via for link in posted] == ["form-post"]
