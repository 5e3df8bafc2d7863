"""From an index over lists and posts to the document; what only names it is no evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ElementStatus, ItemStatus
from core.models.snapshot import Block, BlockKind, FetchOutcome, ReadNote, ReadState, Resource, ResourceKind, StopReason
from tests.checklist.sites import HOME, document, page, site, snapshot, verdict

_TITLE = "รายงานผลการดำเนินงาน ประจำปีงบประมาณ"
_WHOLE = (
    "<p>ผลงานของสำนักงาน ปีงบประมาณ พ.ศ. {year}</p><table border=1><tr><td>โครงการ/กิจกรรม</td><td>ผลการดำเนินการ</td>"
    "<td>งบประมาณที่ใช้ (บาท)</td></tr><tr><td>คลองสวย</td><td>แล้วเสร็จ</td><td>44,500</td></tr></table>"
    "<h3>ปัญหา อุปสรรค และข้อเสนอแนะ</h3><p>ปัญหา อุปสรรค : ฝนตกชุก</p><p>ข้อเสนอแนะ : เริ่มงานก่อนฤดูฝน</p>"
)
_INDEX = "<ul><li>O13 รายงานผลการดำเนินงานประจำปี <a href='list'>ดูรายละเอียด</a></li></ul>"
_LIST = "<main><h3>เอกสาร</h3><table>" + "".join(
    f"<tr><td>{at}</td><td><a href='post{year}'>{_TITLE} {year}</a></td><td>10 ต.ค. {year}</td></tr>"
    for at, year in enumerate((2565, 2564, 2563))
)
_POSTS = {
    f"post{year}": f"<main><h3>{_TITLE} {year}</h3><p><a href='file{year}'><img src='pdf.gif' alt=''></a></p></main>"
    for year in (2565, 2564, 2563)
}


def test_the_document_behind_a_list_and_a_post_is_judged(shipped: Rules) -> None:
    files = {f"file{year}": _WHOLE.format(year=year) for year in (2565, 2564, 2563)}
    found = verdict(shipped, site({"": _INDEX, "list": _LIST, **_POSTS, **files}), "O13")
    assert found.status is ItemStatus.COMPLETE
    assert HOME + "file2565" in {ref.url for ref in found.evidence}


def test_rows_with_a_button_each_are_the_way_to_their_posts(shipped: Rules) -> None:
    """The title has a cell of its own: a list of such rows says nothing itself."""
    rows = "".join(
        f"<tr><td>{title} {year} เทศบาลตำบลตัวอย่าง</td><td>9 ม.ค. 66</td><td><a href='post{year}'>อ่าน</a></td></tr>"
        for year, title in ((2565, "รายงานประจำปี: ผลการดำเนินงานประจำปี พ.ศ."), (2564, _TITLE))
    )
    pages = {"": _INDEX, "list": f"<main><h3>ผลงานของเรา</h3><table>{rows}</table>", **_POSTS}
    files = {f"file{year}": _WHOLE.format(year=year) for year in (2565, 2564, 2563)}
    found = verdict(shipped, site({**pages, **files}), "O13")
    assert found.status is ItemStatus.COMPLETE
    assert HOME + "file2565" in {ref.url for ref in found.evidence}


def test_titles_in_a_list_do_not_prove_what_the_documents_lack(shipped: Rules) -> None:
    files = {f"file{year}": "<p>เอกสารนี้อยู่ระหว่างจัดทำ</p>" for year in (2565, 2564, 2563)}
    found = verdict(shipped, site({"": _INDEX, "list": _LIST, **_POSTS, **files}), "O13")
    assert found.status is ItemStatus.INCOMPLETE
    shown = next(f for f in found.findings if f.element == "shown")
    assert shown.status is not ElementStatus.PRESENT


def test_a_framed_page_is_read(shipped: Rules) -> None:
    pages = {
        "": _INDEX.replace("list", "view"),
        "view": "<main><h2>เอกสารเผยแพร่</h2><iframe src='in'></iframe></main>",
        "in": _WHOLE.format(year=2565),
    }
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.COMPLETE


def test_a_frame_that_shows_nothing_is_a_dead_link(shipped: Rules) -> None:
    pages = {"": _INDEX.replace("list", "view"), "view": "<main><h2>เอกสารเผยแพร่</h2><iframe src='in'></iframe></main>"}
    forbidden = Resource(HOME + "in", FetchOutcome.FORBIDDEN, http_status=403, found_via=(HOME, HOME + "view"))
    assert verdict(shipped, site(pages, forbidden), "O13").status is ItemStatus.UNREACHABLE


def test_dead_posts_are_a_loss_and_no_lack(shipped: Rules) -> None:
    dead = tuple(Resource(HOME + f"post{year}", FetchOutcome.NOT_FOUND, http_status=404) for year in (2565, 2564, 2563))
    found = verdict(shipped, site({"": _INDEX, "list": _LIST}, *dead), "O13")
    assert found.status in (ItemStatus.REVIEW, ItemStatus.UNREACHABLE)


def test_the_row_that_names_a_dead_post_is_no_evidence(shipped: Rules) -> None:
    title = "ผลการดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ ปีงบประมาณ พ.ศ. 2566"
    pages = {
        "": "<ul><li>O35 <a href='list'>การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ</a></li></ul>",
        "list": f"<main><table><tr><th>เรื่อง</th></tr><tr><td><a href='post'>{title}</a></td></tr></table></main>",
    }
    dead = Resource(HOME + "post", FetchOutcome.FORBIDDEN, http_status=403)
    found = verdict(shipped, site(pages, dead), "O35")
    assert found.status in (ItemStatus.REVIEW, ItemStatus.UNREACHABLE)


def test_the_year_on_the_way_to_an_unread_document_completes_nothing(shipped: Rules) -> None:
    pages = {
        "": "<ul><li>O33 <a href='post'>รายงานผลตามนโยบาย No Gift Policy</a></li></ul>",
        "post": "<main><h1>รายงานผลตามนโยบาย No Gift Policy ปีงบประมาณ 2566</h1><a href='a.pdf'>ดาวน์โหลด</a></main>",
    }
    scan = Resource(
        HOME + "a.pdf",
        FetchOutcome.OK,
        kind=ResourceKind.DOCUMENT,
        read_state=ReadState.UNREAD,
        read_note=ReadNote.NO_TEXT_LAYER,
    )
    assert verdict(shipped, site(pages, scan), "O33").status is ItemStatus.REVIEW


def test_a_posts_way_back_is_not_followed(shipped: Rules) -> None:
    """A link up to the index would lend its other items' documents."""
    files = {
        "file2565": "<main><p>สั้น</p><a href='oit'>กลับหน้าการเปิดเผยข้อมูล</a></main>",
        "oit": _WHOLE.format(year=2565),
    }
    resources = [page("", _INDEX), page("list", _LIST)]
    resources += [page(name, html, via=(HOME, HOME + "oit")) for name, html in {**_POSTS, **files}.items()]
    found = verdict(shipped, snapshot(*resources), "O13")
    assert HOME + "oit" not in {ref.url for ref in found.evidence}


def test_the_list_behind_a_way_back_beside_a_document_is_no_evidence(shipped: Rules) -> None:
    titles = ("แผนดำเนินงานและการใช้งบประมาณประจำปี", "รายงานการกำกับติดตามการใช้งบประมาณ", "คู่มือการปฏิบัติงาน")
    rows = "".join(
        f"<tr><td>O{11 + at}</td><td>{title}</td><td><a href='view'>ดู</a></td></tr>" for at, title in enumerate(titles)
    )
    inner = f"<p>O11 {titles[0]} <a href='plan.pdf'>เปิดเอกสาร</a> <a href='list'>กลับ</a></p>"
    pages = {"": "<p><a href='list'>OIT 2566</a></p>", "list": f"<table>{rows}</table>", "view": inner}
    plan = document("plan.pdf", "แผนดำเนินงาน ปีงบประมาณ พ.ศ. 2566", "โครงการอบรมผู้สูงอายุ", "ระยะเวลา ม.ค. 2566")
    found = verdict(shipped, site(pages, plan), "O11")
    assert found.status is ItemStatus.INCOMPLETE
    assert HOME + "list" not in {ref.url for ref in found.evidence}


def test_pictures_of_pages_are_for_a_person(shipped: Rules) -> None:
    pages = {
        "": _INDEX.replace("list", "view"),
        "view": "<main><h2>เอกสารเผยแพร่</h2><p><img src='1.png'><img src='2.png'></p></main>",
    }
    found = verdict(shipped, site(pages), "O13")
    assert found.status is ItemStatus.REVIEW
    assert "pictures_unread" in [reason.code for reason in found.reasons]
    logo = {**pages, "view": "<main><h2>เอกสารเผยแพร่</h2><p><img src='logo.png'></p></main>"}
    assert verdict(shipped, site(logo), "O13").status is ItemStatus.INCOMPLETE


def test_six_buttons_are_not_six_reports(shipped: Rules) -> None:
    months = ("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม")
    index = "<ul><li>O21 สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน <a href='months'>ดู</a></li></ul>"
    nowhere = "".join(f"<li><a href='#'>เดือน{month}</a></li>" for month in months)
    heading = "<h2>สรุปผลการจัดซื้อจัดจ้างรายเดือน ปีงบประมาณ พ.ศ. 2566</h2>"
    found = verdict(shipped, site({"": index, "months": f"{heading}<ul>{nowhere}</ul>"}), "O21")
    assert found.status is ItemStatus.INCOMPLETE
    links = "".join(f"<li><a href='m{at}'>เดือน{month}</a></li>" for at, month in enumerate(months))
    dead = tuple(Resource(HOME + f"m{at}", FetchOutcome.NOT_FOUND) for at in range(6))
    lost = verdict(shipped, site({"": index, "months": f"{heading}<ul>{links}</ul>"}, *dead), "O21")
    assert lost.status in (ItemStatus.REVIEW, ItemStatus.UNREACHABLE)


def test_a_menu_in_one_line_before_the_content_proves_no_year(shipped: Rules) -> None:
    menu = "<a href='/'>หน้าแรก</a> | <a href='/oit'>OIT 2566</a>"
    pages = {
        "": f"{menu}<h1>สำนักงานตัวอย่าง</h1>",
        "oit": f"{menu}<h1>OIT</h1><ul><li><a href='cat'>O19 แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ</a></li></ul>",
        "cat": f"{menu}<h2>แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ</h2><p>ไม่มีบทความในหมวดหมู่นี้</p>",
    }
    found = verdict(shipped, site(pages), "O19")
    assert found.status is not ItemStatus.COMPLETE
    assert not any(f.status is ElementStatus.PRESENT for f in found.findings)


def test_the_years_list_in_a_menu_is_not_behind_an_items_page(shipped: Rules) -> None:
    """A page that says little leads on to a year's documents, not to the list that every page leads to."""
    menu = "<ul><li><a href='/'>หน้าแรก</a></li><li><a href='/complain'>ร้องเรียนร้องทุกข์</a></li>"
    menu += "<li><a href='/oit'>OIT 2566</a></li></ul>"
    index = "<p>O34 การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบประจำปี <a href='risk'>เปิด</a></p>"
    pages = {
        "": f"{menu}<h1>สำนักงานตัวอย่าง</h1>",
        "complain": f"{menu}<h2>ร้องเรียนร้องทุกข์ทั่วไป</h2><form>ชื่อ <input> เรื่อง <textarea></textarea></form>",
        "oit": f"{menu}<h2>OIT 2566</h2>{index}",
        "risk": f"{menu}<h2>รายงานการประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ประจำปี 2566</h2>",
    }
    found = verdict(shipped, site(pages), "O28")
    assert {ref.url for ref in found.evidence} <= {HOME + "complain"}
    assert found.status is not ItemStatus.COMPLETE


def test_the_posts_before_and_after_are_not_what_this_one_shows(shipped: Rules) -> None:
    before = "<{tag} class='post-navigation'><div><a href='{}'><span>ก่อนหน้า</span> {}</a></div></{tag}>"
    post = f"<article><h1>{{}}</h1>{{}}</article>{before}"
    manual, service = "O14 คู่มือหรือมาตรฐานการปฏิบัติงาน", "O15 คู่มือหรือมาตรฐานการให้บริการ"
    steps = "<p>ขั้นตอนการให้บริการ 1. รับคำขอ 2. ตรวจเอกสาร 3. แจ้งผลใน 7 วัน ค่าธรรมเนียม 20 บาท</p>"
    for tag in ("nav", "div"):
        pages = {
            "": f"<h1>OIT 2566</h1><ul><li><a href='p15'>{service}</a></li></ul>",
            "p15": post.format(service, "<p>กำลังดำเนินการจัดทำข้อมูล</p>", "p14", manual, tag=tag),
            "p14": post.format(manual, steps, "p13", "O13 รายงานผลการดำเนินงานประจำปี", tag=tag),
        }
        found = verdict(shipped, site(pages), "O15")
        assert HOME + "p14" not in {ref.url for ref in found.evidence}
        assert found.status is not ItemStatus.COMPLETE


def test_the_menus_link_to_its_own_page_names_no_entry(shipped: Rules) -> None:
    """Neither the icon nor the way home beside it is an unclaimed entry; a link to the top opens nothing."""
    icon = "<a href='https://social.example/office'><img src='f.png'></a>"
    menu = f"{icon} <a href='/'>หน้าแรก</a> <a href='/oit'>OIT 2566</a>"
    titles = {13: "รายงานผลการดำเนินงานประจำปี", 15: "คู่มือหรือมาตรฐานการให้บริการ", 36: "แผนปฏิบัติการป้องกันการทุจริต"}
    rows = "".join(f"<tr><td>O{at}<td>{title}<td><a href='f{at}.pdf'>คลิก</a>" for at, title in titles.items())
    empty = "<tr><td>O16<td>ข้อมูลเชิงสถิติการให้บริการ<td><a href='#top'>คลิก</a>"
    found = site({"": menu, "oit": f"{menu}<h2 id=top>OIT 2566</h2><table>{rows}{empty}</table>"})
    assert [verdict(shipped, found, item).status for item in ("O3", "O16")] == [ItemStatus.MISSING] * 2


def test_a_report_that_goes_on_over_pages_is_one_document(shipped: Rules) -> None:
    """WordPress cuts a text at <!--nextpage--> and puts its parts at /o13/2/, /o13/3/."""
    whole = _WHOLE.format(year=2565)
    start = whole.index("<h3>ปัญหา")
    pager = "<p>หน้า: <a href='/o13/'>1</a> <a href='/o13/2/'>2</a></p>"
    heading = f"<h1>{_TITLE} 2565</h1>"
    pages = {
        "": _INDEX.replace("list", "o13/"),
        "o13/": f"{heading}{whole[:start]}{pager}",
        "o13/2/": f"{heading}{whole[start:]}{pager}",
    }
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.COMPLETE
    pages["o13/2/"] = f"{heading}<p>ภาพกิจกรรมของสำนักงานในปีนี้</p>{pager}"
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.INCOMPLETE


def test_a_link_to_the_writers_own_disk_cannot_be_reached(shipped: Rules) -> None:
    index = _INDEX.replace("'list'", "'file:///C:/Users/admin/13.pdf'")
    found = verdict(shipped, site({"": index}), "O13")
    assert found.status is ItemStatus.UNREACHABLE
    assert [reason.values["outcome"] for reason in found.reasons] == [FetchOutcome.BAD_ADDRESS]
    post = f"<main><h3>{_TITLE}</h3><p><a href='D:\\งาน\\13.pdf'>ดาวน์โหลด</a></p></main>"
    assert verdict(shipped, site({"": _INDEX, "list": post}), "O13").status is ItemStatus.UNREACHABLE


def test_a_posts_long_title_is_none_of_its_text(shipped: Rules) -> None:
    """The post that says no more than its title leads on to the attachment's page, with the file behind a picture."""
    title = f"สรุป{_TITLE} พ.ศ. 2565 ของสำนักงานตัวอย่าง จังหวัดตัวอย่าง ตามแบบการเปิดเผยข้อมูล"
    post = f"<main><h1>{title}</h1><p>ขอเผยแพร่เอกสารตามรายละเอียดแนบ</p><p><a href='attached'>เอกสารแนบ</a></p></main>"
    resources = [
        page("", _INDEX),
        page("list", f"<main><h3>เอกสาร</h3><h2><a href='post'>{title}</a></h2></main>"),
        page("post", post, title=title, label=title),
        page("attached", "<main><a href='file'><img src='document.png' alt=''></a></main>", title="เอกสารแนบ"),
        page("file", _WHOLE.format(year=2565)),
    ]
    assert verdict(shipped, snapshot(*resources), "O13").status is ItemStatus.COMPLETE


_HR = "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"
_BUYING = "รายงานผลการจัดซื้อจัดจ้างประจำปี"
_SECTION = ("ปัญหา อุปสรรค", "ฝนตกชุก", "ข้อเสนอแนะ", "เริ่มงานก่อนฤดูฝน")
_DONE = ("สรรหาและอบรมเจ้าหน้าที่แล้วเสร็จ ใช้งบประมาณ 44,500 บาท", "จัดซื้อจัดจ้างแล้วเสร็จ 12 รายการ งบประมาณ 44,500 บาท")


def _volume(*pages: tuple[str, ...]) -> Resource:
    """Documents bound in one file, a title over each page."""
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, text, page=number, line=at, bold=at == 1)
        for number, texts in enumerate(pages, 1)
        for at, text in enumerate(texts, 1)
    )
    return replace(document("v.pdf"), blocks=blocks)


def _opened(*pages: int) -> str:
    rows = (("O22", _BUYING), ("O26", _HR))
    return "<h1>OIT 2566</h1><table>" + "".join(
        f"<tr><td>{item}</td><td>{label}</td><td><a href='v.pdf#page={page}'>เปิดอ่าน</a></td></tr>"
        for (item, label), page in zip(rows, pages, strict=True)
    ) + "</table>"  # fmt: skip


@pytest.mark.parametrize(("year", "statuses"), [
    (2565, {"O22": "incomplete", "O26": "complete"}), (2564, {"O22": "incomplete", "O26": "outdated"}),
])  # fmt: skip
def test_links_open_each_its_own_document_of_a_volume(shipped: Rules, year: int, statuses: dict[str, str]) -> None:
    """Year, kind and section are those of the pages from the link's on to the next link's."""
    volume = _volume(
        (f"{_BUYING}งบประมาณ พ.ศ. 2565", *_DONE),
        (f"{_HR}งบประมาณ พ.ศ. {year}", *_DONE),
        ("ผลการดำเนินการตามนโยบายการบริหารทรัพยากรบุคคล", *_SECTION),
    )
    found = site({"": _opened(1, 2)}, volume)
    said = {item: verdict(shipped, found, item) for item in statuses}
    assert {item: each.status.value for item, each in said.items()} == statuses
    lacks = {f.element for f in said["O22"].findings if f.status is ElementStatus.MISSING}
    assert {"problems", "suggestions"} <= lacks
    pages = {quote.page for f in said["O26"].findings for quote in f.quotes if quote.url.endswith("pdf")}
    assert pages <= {2, 3}


def test_a_link_to_a_chapters_page_opens_the_whole_document(shipped: Rules) -> None:
    chapters = ((f"{_HR}งบประมาณ พ.ศ. 2565", *_DONE), ("ภาพรวม", *_DONE), ("ภาพรวม", *_SECTION))
    found = site({"": _opened(2, 3)}, _volume(*chapters))
    assert verdict(shipped, found, "O26").status is ItemStatus.COMPLETE


def test_the_page_of_an_attachment_is_opened_from_a_post_with_text(shipped: Rules) -> None:
    letter = "<p>ตามที่สำนักงานมีหน้าที่เปิดเผยข้อมูลต่อสาธารณะ จึงขอประชาสัมพันธ์ให้ประชาชนและผู้มีส่วนได้เสียทราบโดยทั่วกัน</p>"
    pages = {
        "": _INDEX.replace("list", "post"),
        "post": f"<main><h1>{_TITLE} 2565</h1>{letter}<a href='attached'>เอกสารแนบ</a><a href='else'>อ่านต่อ</a></main>",
        "attached": "<main><p>จำนวนดาวน์โหลด 15 ครั้ง</p><a href='file'><img src='document.png' alt=''></a></main>",
        "file": _WHOLE.format(year=2565),
        "else": "<p>ปัญหา อุปสรรค : ฝนตกชุก</p>",
    }
    found = verdict(shipped, site(pages), "O13")
    assert found.status is ItemStatus.COMPLETE
    assert HOME + "else" not in {ref.url for ref in found.evidence}


_HR_INDEX = "<ul><li>O25 นโยบายการบริหารทรัพยากรบุคคล <a href='list'>ดูรายละเอียด</a></li></ul>"
_HR_POST = "<main><h1>{0}</h1><p>ขอเผยแพร่เอกสารตามรายละเอียดแนบ</p><p><a href='at{1}'>เอกสารแนบ</a></p></main>"
_HR_TITLES = {
    2565: "แผนการบริหารและพัฒนาทรัพยากรบุคคล ปีงบประมาณ พ.ศ. 2565",
    2564: "นโยบายการบริหารทรัพยากรบุคคล ปีงบประมาณ พ.ศ. 2564",
    2563: "นโยบายและแผนการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2563",
}


@pytest.mark.parametrize("newest", [_HR_TITLES[2565], "นโยบายการบริหารทรัพยากรบุคคล ปีงบประมาณ พ.ศ. 2565"])
def test_a_newer_post_called_like_another_item_is_opened(shipped: Rules, newest: str) -> None:
    titles = {**_HR_TITLES, 2565: newest}
    rows = "".join(f"<article><h2><a href='post{at}'>{title}</a></h2></article>" for at, title in titles.items())
    notice = "<article><h2><a href='notice'>ขอเชิญประชุมเครือข่าย ปี 2565 เรื่องการจราจร</a></h2></article>"
    pages = {
        "": _HR_INDEX,
        "list": f"<main><h1>นโยบายการบริหารทรัพยากรบุคคล</h1>{notice}{rows}</main>",
        "notice": "<main><h1>ขอเชิญประชุม</h1></main>",
        **{f"post{at}": _HR_POST.format(title, at) for at, title in titles.items()},
        **{f"at{at}": f"<main><a href='file{at}.pdf'><img src='i.png' alt=''></a></main>" for at in titles},
    }
    text = ("โครงการอบรมบุคลากร งบประมาณ 20,000 บาท", "มีผลใช้บังคับตลอดปีงบประมาณ พ.ศ. {0} ลงนามโดยผู้อำนวยการ")
    files = (document(f"file{at}.pdf", title, *(line.format(at) for line in text)) for at, title in titles.items())
    found = verdict(shipped, site(pages, *files), "O25", 2565, "2022-04-30")
    assert HOME + "file2565.pdf" in {ref.url for ref in found.evidence}
    assert found.status is not ItemStatus.OUTDATED


def test_a_newer_post_of_another_kind_does_not_save_an_old_plan(shipped: Rules) -> None:
    titles = {2565: "รายงานผลการดำเนินงานประจำปี พ.ศ. 2565", 2564: "แผนการดำเนินงานประจำปีงบประมาณ พ.ศ. 2564"}
    rows = "".join(f"<article><h2><a href='post{at}'>{title}</a></h2></article>" for at, title in titles.items())
    pages = {
        "": "<ul><li>O10 แผนดำเนินงานประจำปี <a href='list'>ดูรายละเอียด</a></li></ul>",
        "list": f"<main><h1>แผนดำเนินงานประจำปี</h1>{rows}</main>",
        **{
            f"post{at}": f"<main><h1>{title}</h1><p><a href='{at}.pdf'>แนบ</a></p></main>"
            for at, title in titles.items()
        },
    }
    files = (
        document(f"at{at}.pdf", title, "โครงการอบรม งบประมาณ 20,000 บาท เดือนมกราคม") for at, title in titles.items()
    )
    found = verdict(shipped, site(pages, *files), "O10", 2565, "2022-04-30")
    assert HOME + "post2565" not in {ref.url for ref in found.evidence}
    assert found.status in (ItemStatus.OUTDATED, ItemStatus.INCOMPLETE)


def test_an_attachment_that_only_its_posts_title_gives_to_another_item_is_opened(shipped: Rules) -> None:
    titles = {2565: "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2565", 2564: "แผนการดำเนินงานประจำปีงบประมาณ พ.ศ. 2564"}
    rows = "".join(f"<article><h2><a href='post{at}'>{title}</a></h2></article>" for at, title in titles.items())
    pages = {
        "": "<ul><li>O10 แผนดำเนินงานประจำปี <a href='list'>ดูรายละเอียด</a></li></ul>",
        "list": f"<main><h1>แผนดำเนินงานประจำปี</h1>{rows}</main>",
        **{f"post{at}": _HR_POST.format(title, at) for at, title in titles.items()},
        **{f"at{at}": f"<main><a href='{at}.pdf'><img src='i.png' alt=''></a></main>" for at in titles},
    }
    files = (document(f"{at}.pdf", title, "โครงการอบรม งบประมาณ 20,000 บาท เดือนมกราคม") for at, title in titles.items())
    found = verdict(shipped, site(pages, *files), "O10", 2565, "2022-04-30")
    assert HOME + "2565.pdf" in {ref.url for ref in found.evidence}
    assert found.status is not ItemStatus.OUTDATED


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("ftp://a.go.th/13.pdf", ItemStatus.UNREACHABLE),
        ("http://a.go.th:99999/13.pdf", ItemStatus.UNREACHABLE),
        ("htps://a.go.th/13.pdf", ItemStatus.UNREACHABLE),
        ("http://[::1/13.pdf", ItemStatus.UNREACHABLE),
        ("https://", ItemStatus.UNREACHABLE),
        ("line://ti/p/@a", ItemStatus.REVIEW),
        ("ipfs://Qm/13.pdf", ItemStatus.REVIEW),
        ("data:text/html,13", ItemStatus.UNCHECKED),
        ("/d?file=" + "x" * 2000, ItemStatus.UNCHECKED),
        ("mailto:a@a.go.th", ItemStatus.MISSING),
        ("tel:021234567", ItemStatus.MISSING),
        ("#", ItemStatus.MISSING),
    ],
)
def test_a_link_that_nobody_can_follow_is_there_all_the_same(target: str, status: ItemStatus, shipped: Rules) -> None:
    about = {"about": "<p>ประวัติสำนักงาน</p>", "news": "<p>ข่าวสำนักงาน</p>", "map": "<p>แผนที่สำนักงาน</p>"}
    index = _INDEX.replace("'list'", f"'{target}'")
    assert verdict(shipped, site({"": index, **about}), "O13").status is status
    # Of another item it says nothing.
    assert verdict(shipped, site({"": index, **about}), "O36").status is ItemStatus.MISSING


def test_a_link_that_nobody_can_follow_beside_what_was_read_is_no_loss(shipped: Rules) -> None:
    index = _INDEX.replace("</a>", "</a> <a href='line://msg/text'>แชร์</a> <a href='ftp://a.go.th/'>ftp</a>")
    found = verdict(shipped, site({"": index, "list": f"<main>{_WHOLE.format(year=2565)}"}), "O13")
    assert found.status is ItemStatus.COMPLETE


_ABOUT = {"about": "<p>ประวัติสำนักงาน</p>", "news": "<p>ข่าวสำนักงาน</p>", "map": "<p>แผนที่สำนักงาน</p>"}
_SEARCH = "<form method=post><label>ค้นหา</label> <input name=q> <button>ค้นหา</button></form>"


def test_a_page_that_looks_for_documents_by_somebodys_words_is_a_persons_to_look_at(shipped: Rules) -> None:
    heading = "<h2>รายงานผลการดำเนินงานประจำปี</h2>"
    pages = {"": _INDEX, "list": f"<main>{heading}{_SEARCH}</main>", **_ABOUT}
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.REVIEW
    # What it shows itself is judged all the same.
    pages["list"] = f"<main>{heading}{_SEARCH}{_WHOLE.format(year=2565)}</main>"
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.COMPLETE
    # The search of the whole site hides nothing.
    search = {name: f"{_SEARCH}{html}" for name, html in pages.items()}
    search["list"] = f"{_SEARCH}<main>{heading}<p>อยู่ระหว่างจัดทำเอกสาร</p></main>"
    assert verdict(shipped, site(search), "O13").status in (ItemStatus.INCOMPLETE, ItemStatus.MISSING)


def test_a_form_in_an_items_row_was_not_sent(shipped: Rules) -> None:
    index = f"<ul><li>O13 รายงานผลการดำเนินงานประจำปี {_SEARCH}</li></ul>"
    assert verdict(shipped, site({"": index, **_ABOUT}), "O13").status is ItemStatus.UNCHECKED


def test_a_link_that_is_sent_to_the_home_page_is_dead(shipped: Rules) -> None:
    gone = replace(page("list", _INDEX), final_url=HOME)
    found = verdict(shipped, snapshot(page("", _INDEX), gone, *(page(n, h) for n, h in _ABOUT.items())), "O13")
    assert found.status is ItemStatus.UNREACHABLE
    assert [reason.values["outcome"] for reason in found.reasons] == [FetchOutcome.SOFT_404]


def test_a_button_for_a_file_that_nobody_pressed_leaves_its_item_open(shipped: Rules) -> None:
    post = "<main><h3>รายงานผลการดำเนินงานประจำปี 2565</h3><p><a href='#' onclick='load(13)'>ดาวน์โหลด</a></p></main>"
    left = Resource(
        f"{HOME}list#script-1",
        FetchOutcome.NOT_FOLLOWED,
        label="ดาวน์โหลด",
        found_via=(HOME, f"{HOME}list"),
        detail="script",
    )
    pages = [page("", _INDEX), page("list", post), *(page(n, h) for n, h in _ABOUT.items()), left]
    index = f"{_INDEX}<p>O11 แผนดำเนินงานและการใช้งบประมาณประจำปี <a href='map'>ดู</a></p>"
    pages[0] = page("", f"{index}<p>O36 แผนปฏิบัติการป้องกันการทุจริต <a href='news'>ดู</a></p>")
    found = snapshot(*pages, stopped_by=StopReason.NOT_FOLLOWED)
    assert verdict(shipped, found, "O13").status in (ItemStatus.UNCHECKED, ItemStatus.REVIEW)
    assert verdict(shipped, found, "O21").status is ItemStatus.MISSING


def test_pages_that_send_the_visitor_to_each_other_cannot_be_reached(shipped: Rules) -> None:
    one, other = (f"<meta http-equiv=refresh content='0;url={name}'>" for name in ("other", "list"))
    found = verdict(shipped, site({"": _INDEX, "list": one, "other": other, **_ABOUT}), "O13")
    assert found.status is ItemStatus.REVIEW
    assert FetchOutcome.REDIRECT_LOOP in {reason.values.get("outcome") for reason in found.reasons}
