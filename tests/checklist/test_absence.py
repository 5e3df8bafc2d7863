"""Missing is an accusation: it is only said if nothing was left that could be the item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, ReadNote, ReadState, Resource, ResourceKind, StopReason
from tests.checklist.sites import HOME, document, page, site, snapshot, verdict

ROWS = (
    ("O35 การดำเนินการเพื่อจัดการความเสี่ยงการทุจริต", "o35"),
    ("O36 แผนปฏิบัติการป้องกันการทุจริต", "o36"),
    ("O38 รายงานผลการดำเนินการป้องกันการทุจริตประจำปี", "o38"),
    ("O40 การขับเคลื่อนจริยธรรม", "o40"),
    ("O41 การประเมินจริยธรรมเจ้าหน้าที่ของรัฐ", "o41"),
    ("O42 มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "o42"),
)


def listed(*more: tuple[str, str], at: int = 2) -> dict[str, str]:
    rows = [*ROWS[:at], *more, *ROWS[at:]]
    items = "".join(f"<li><a href='{href}'>{label}</a></li>" for label, href in rows)
    pages = {href: f"<p>{label} เนื้อหาของเอกสารนี้</p>" for label, href in ROWS}
    return {"": f"<h1>OIT 2566</h1><ul>{items}</ul>", **pages}


def o37(rules: Rules, pages: dict[str, str], *others: Resource, complete: bool = True) -> Verdict:
    return verdict(rules, site(pages, *others, complete=complete), "O37")


def test_a_whole_list_without_the_item_accuses(shipped: Rules) -> None:
    assert o37(shipped, listed()).status is ItemStatus.MISSING


def test_a_link_that_nobody_claims_in_its_place_is_for_a_person(shipped: Rules) -> None:
    found = o37(shipped, listed(("เอกสารประกอบรอบครึ่งปีแรก", "left")))
    assert found.status is ItemStatus.REVIEW
    (reason,) = found.reasons
    assert reason.code is ReasonCode.UNCLAIMED_ENTRY
    assert (reason.values["url"], reason.values["page"]) == (HOME + "left", HOME)


def test_a_list_on_every_page_behind_one_that_only_opens_the_site_has_such_a_link(shipped: Rules) -> None:
    pages = listed(("เอกสารประกอบรอบครึ่งปีแรก", "left"))
    menu = pages.pop("")
    every = {href: f"{menu}{text}" for href, text in pages.items()}
    found = o37(shipped, {"": "<h1>สำนักงานตัวอย่าง</h1><p><a href='o35'>เข้าสู่เว็บไซต์</a></p>", **every})
    assert found.status is ItemStatus.REVIEW


def test_a_link_that_nobody_claims_elsewhere_is_not_this_item(shipped: Rules) -> None:
    assert o37(shipped, listed(("เอกสารอื่นของสำนักงาน", "left"), at=6)).status is ItemStatus.MISSING


@pytest.mark.parametrize(
    ("outcome", "label", "status"),
    [
        (FetchOutcome.NOT_FOLLOWED, "รายงานการกำกับติดตามป้องกันการทุจริต", ItemStatus.UNCHECKED),
        (FetchOutcome.ROBOTS, "การเปิดเผยข้อมูลสาธารณะ", ItemStatus.UNCHECKED),
        (FetchOutcome.NOT_FOLLOWED, "หน้าถัดไป", ItemStatus.UNCHECKED),
        (FetchOutcome.FORBIDDEN, "", ItemStatus.UNCHECKED),
        (FetchOutcome.ROBOTS, "กระดานข่าวกีฬาและนันทนาการ", ItemStatus.MISSING),
        (FetchOutcome.NOT_FOUND, "หน้าถัดไป", ItemStatus.MISSING),
    ],
)
def test_what_was_not_read_may_hold_the_item(
    shipped: Rules, outcome: FetchOutcome, label: str, status: ItemStatus
) -> None:
    behind = Resource(HOME + "next", outcome, label=label, found_via=(HOME,))
    found = o37(shipped, listed(), behind)
    assert found.status is status
    if status is ItemStatus.UNCHECKED:
        assert [reason.code for reason in found.reasons] == [ReasonCode.MAY_BE_BEHIND]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(FetchOutcome.LOGIN, ReadState.READ), (FetchOutcome.OK, ReadState.UNREAD), (FetchOutcome.OK, ReadState.PARTIAL)],
)
def test_the_title_of_what_stands_in_the_way_does_not_say_what_is_behind(
    shipped: Rules, outcome: FetchOutcome, state: ReadState
) -> None:
    title = "เข้าสู่ระบบ - สำนักงานทดลองจังหวัดตัวอย่าง"
    door = Resource(
        HOME + "in",
        outcome,
        kind=ResourceKind.PAGE,
        title=title,
        read_state=state,
        read_note=ReadNote.SCRIPT_FILLED,
        found_via=(HOME,),
    )
    assert o37(shipped, listed(), door).status is ItemStatus.UNCHECKED


def test_what_leads_to_another_item_does_not_hold_this_one(shipped: Rules) -> None:
    pages = listed()
    del pages["o38"]
    other = Resource(HOME + "o38", FetchOutcome.FORBIDDEN, label="ดูรายละเอียด", found_via=(HOME,))
    assert o37(shipped, pages, other).status is ItemStatus.MISSING


def test_a_disclosure_page_that_was_read_in_part_leaves_all_unchecked(shipped: Rules) -> None:
    half = Resource(
        HOME + "ita",
        FetchOutcome.OK,
        kind=ResourceKind.PAGE,
        label="ITA",
        read_state=ReadState.PARTIAL,
        read_note=ReadNote.SCRIPT_FILLED,
        detail="no-browser",
        found_via=(HOME,),
    )
    assert o37(shipped, listed(), half).status is ItemStatus.UNCHECKED


@pytest.mark.parametrize("home", ["", "<h1>ปิดปรับปรุง</h1>", "<p>It works!</p>", "<p>โดเมนนี้ประกาศขาย</p>"])
def test_a_home_page_without_a_site_accuses_nobody(shipped: Rules, home: str) -> None:
    found = o37(shipped, {"": home})
    assert found.status is ItemStatus.UNCHECKED
    assert [reason.code for reason in found.reasons] == [ReasonCode.NOTHING_LISTED]


def test_a_crawl_that_is_not_complete_names_what_it_left(shipped: Rules) -> None:
    left = Resource(HOME + "next", FetchOutcome.NOT_FOLLOWED, label="หน้าถัดไป", found_via=(HOME,))
    found = o37(shipped, listed(), left, complete=False)
    assert found.status is ItemStatus.UNCHECKED
    assert [reason.code for reason in found.reasons] == [ReasonCode.CRAWL_INCOMPLETE, ReasonCode.MAY_BE_BEHIND]


def test_errors_are_asked_one_by_one(shipped: Rules) -> None:
    """A page of another item that answered 403 makes a crawl incomplete, and says nothing of this item."""
    pages = listed()
    del pages["o38"]
    other = Resource(HOME + "o38", FetchOutcome.FORBIDDEN, label="ดูรายละเอียด", found_via=(HOME,))
    found = replace(site(pages, other, complete=False), stopped_by=StopReason.ERRORS)
    judged = verdict(shipped, found, "O37")
    assert judged.status is ItemStatus.MISSING
    # It was not read whole, and is not said to be.
    assert [(reason.code, dict(reason.values)) for reason in judged.reasons] == [
        (ReasonCode.NO_EVIDENCE_IN_READ, {"count": "1"})
    ]
    left = Resource(HOME + "more", FetchOutcome.FORBIDDEN, label="ดูทั้งหมด", found_via=(HOME,))
    found = replace(site(pages, other, left, complete=False), stopped_by=StopReason.ERRORS)
    assert verdict(shipped, found, "O37").status is ItemStatus.UNCHECKED


def test_a_document_without_a_label_behind_another_items_entry_is_that_items(shipped: Rules) -> None:
    pages = listed()
    title = "รายงานการกำกับติดตามการป้องกันการทุจริต รอบ 6 เดือน"
    book = Resource(
        HOME + "book.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, title=title, found_via=(HOME + "o42",)
    )
    pages["o42"] = "<main><p>เอกสารเผยแพร่</p><a href='book.pdf'></a></main>"
    assert o37(shipped, pages, book).status is ItemStatus.MISSING


@pytest.mark.parametrize(
    ("item", "label", "status"),
    [
        ("O13", "สรุปผลงานประจำปี 2565", ItemStatus.REVIEW),
        ("O11", "แผนปฏิบัติการประจำปี 2566", ItemStatus.REVIEW),
        ("O31", "ประกาศเจตนารมณ์งดรับของขวัญของกำนัลทุกชนิด", ItemStatus.REVIEW),
        ("O37", "ผลการดำเนินการตามแผนป้องกันการทุจริต 6 เดือนแรก", ItemStatus.REVIEW),
        ("O13", "รายงานการประชุมสภาเทศบาล", ItemStatus.MISSING),
        ("O38", "ตัวชี้วัดย่อยที่ 10.1 การดำเนินการเพื่อป้องกันการทุจริต", ItemStatus.MISSING),
    ],
)
def test_everyday_words_of_a_menu_that_nobody_owns_may_be_the_item(
    shipped: Rules, item: str, label: str, status: ItemStatus
) -> None:
    home = f"<h1>สำนักงานตัวอย่าง</h1><ul><li><a href='d'>{label}</a></li><li><a href='about'>ประวัติ</a></li></ul>"
    behind = page("d", "<p>ขุดลอกคลองแล้วเสร็จ ใช้เงิน 400,000 บาท</p>", label=label)
    found = snapshot(page("", home), behind, page("about", "<p>ยกฐานะปี 2542</p>", label="ประวัติ"))
    assert verdict(shipped, found, item).status is status


@pytest.mark.parametrize(
    ("home", "status"),
    [
        ("<h1>สล็อตเว็บตรง ฝากถอนไม่มีขั้นต่ำ</h1>", ItemStatus.UNCHECKED),
        ("<h1>สำนักงานประมงจังหวัดอื่น</h1><a href='p0'>ข่าวประชาสัมพันธ์</a>", ItemStatus.UNCHECKED),
        ("<h1>ยินดีต้อนรับ</h1><footer>© สำนักงานตัวอย่าง</footer>", ItemStatus.MISSING),
        ("<a href='p0'>ข่าวประชาสัมพันธ์</a><a href='p1'>ข้อมูลการติดต่อ</a><a href='p2'>โครงสร้าง</a>", ItemStatus.UNCHECKED),
        (
            "<p><a href='p0'>แผนปฏิบัติการป้องกันการทุจริต</a></p><p><a href='p1'>แผนการจัดซื้อจัดจ้าง</a></p>",
            ItemStatus.MISSING,
        ),
        ("<p>O36 แผนปฏิบัติการป้องกันการทุจริต <a href='p0'>เปิด</a></p>", ItemStatus.MISSING),
    ],
)
def test_a_site_that_names_neither_the_agency_nor_items_accuses_nobody(
    shipped: Rules, home: str, status: ItemStatus
) -> None:
    links = "".join(f"<li><a href='p{n}'>เกมยอดนิยม {n}</a></li>" for n in range(5))
    pages = {f"p{n}": f"<p>เกมยอดนิยม {n} สมัครวันนี้รับโบนัสทันที</p>" for n in range(5)}
    # One of its links is somewhat like O18 (E-Service): that is nobody's question on a stranger's site.
    pages["bet"] = "<p>เดิมพันได้ตลอดวัน</p>"
    links += "<li><a href='bet'>บริการเดิมพันออนไลน์</a></li>"
    found = verdict(shipped, site({"": f"{home}<ul>{links}</ul>", **pages}), "O13")
    assert found.status is status
    assert (found.reasons[0].code is ReasonCode.NOBODYS_SITE) is (status is ItemStatus.UNCHECKED)


_NOTICE = "<p>ประกาศราคากลางงานครั้งที่ 19/2566 วงเงิน 38,000 บาท</p>"


@pytest.mark.parametrize(
    ("behind", "status"),
    [
        (_NOTICE, ItemStatus.MISSING),
        (f"{_NOTICE}<p><img src='/1.jpg'></p>", ItemStatus.REVIEW),
        (f"{_NOTICE}<p><a href='/more'>รายละเอียด</a></p>", ItemStatus.REVIEW),
        (f"{_NOTICE}<p>การดำเนินการป้องกันการทุจริต รอบ 6 เดือน</p>", ItemStatus.REVIEW),
        ("<p>19/2566</p>", ItemStatus.REVIEW),
    ],
)
def test_what_was_read_to_its_end_and_names_nothing_of_the_item_is_not_it(
    shipped: Rules, behind: str, status: ItemStatus
) -> None:
    label = "ประกาศราคากลางงานครั้งที่ 19"
    pages = {**listed((label, "left")), "left": behind}
    assert o37(shipped, pages).status is status


@pytest.mark.parametrize(
    ("label", "context"),
    [
        ("ตัวชี้วัดย่อยที่ 9.3 การจัดซื้อจัดจ้าง", ""),
        ("การจัดซื้อจัดจ้าง", ""),
        ("9.3", ""),
        ("คลิก", "ตัวชี้วัดย่อยที่ 9.3 การจัดซื้อจัดจ้าง คลิก"),
        ("", "9.3 การจัดซื้อจัดจ้าง"),
    ],
)
def test_what_stood_on_a_groups_dead_page_is_not_called_missing(shipped: Rules, label: str, context: str) -> None:
    gone = Resource(HOME + "g93", FetchOutcome.NOT_FOUND, label=label, context=context, found_via=(HOME,))
    assert verdict(shipped, site(listed(), gone), "O20").status is ItemStatus.UNCHECKED
    assert verdict(shipped, site(listed(), gone), "O13").status is ItemStatus.MISSING


def test_a_dead_item_whose_title_holds_its_groups_is_not_the_way_to_the_group(shipped: Rules) -> None:
    label = "028 รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"
    gone = Resource(HOME + "28.pdf", FetchOutcome.NOT_FOUND, label=label, found_via=(HOME,))
    assert verdict(shipped, site(listed(), gone), "O25").status is ItemStatus.MISSING


def test_a_dead_row_of_one_item_is_not_the_way_to_its_group(shipped: Rules) -> None:
    context = "9.3 O19 แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ คลิก"
    gone = Resource(HOME + "plan", FetchOutcome.NOT_FOUND, label="คลิก", context=context, found_via=(HOME,))
    assert verdict(shipped, site(listed(), gone), "O20").status is ItemStatus.MISSING


def test_the_numbers_of_a_lists_pages_that_were_read_are_no_entries(shipped: Rules) -> None:
    pager = "</li></ul><p><a href='/?start=25'>2</a></p><ul><li>"
    pages = listed()
    pages[""] = pages[""].replace("<li><a href='o38'>", f"{pager}<a href='o38'>")
    assert o37(shipped, {**pages, "?start=25": "<p>ประกาศราคากลาง</p>"}).status is ItemStatus.MISSING
    assert o37(shipped, pages).status is not ItemStatus.MISSING


@pytest.mark.parametrize(("label", "status"), [("", ItemStatus.UNCHECKED), ("O11 ", ItemStatus.OUTDATED)])
def test_below_an_unopened_node_may_stand_the_right_document(shipped: Rules, label: str, status: ItemStatus) -> None:
    title = "แผนดำเนินงานและการใช้งบประมาณ ประจำปีงบประมาณ พ.ศ. 2565"
    others = ("O6 กฎหมายที่เกี่ยวข้อง", "O7 ข่าวประชาสัมพันธ์", "O8 Q&A")
    rows = "".join(f"<li>{other}</li>" for other in others)
    home = f"<h1>OIT 2566</h1><ul>{rows}<li>{label}<a href='11.pdf'>{title}</a></li></ul>"
    plan = document("11.pdf", title, "โครงการวางท่อ งบประมาณ 486,000 บาท ระยะเวลา ต.ค. 2564")
    node = Resource(HOME + "#1", FetchOutcome.NOT_FOLLOWED, label="[+]", found_via=(HOME,))
    assert verdict(shipped, site({"": home}, plan, node), "O11").status is status


def test_a_list_in_one_cell_that_was_not_taken_apart_needs_a_person(shipped: Rules) -> None:
    lines = "<br>".join(f"{n}) <a href='{n}.pdf'>{label}</a>" for n, (label, _) in enumerate(ROWS))
    lines += "<br>O37 รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ 6 เดือน <a href='7.pdf'>เปิด</a>"
    cell = f"<table><tr><td>เรื่อง</td><td>{lines}</td></tr></table>"
    assert o37(shipped, {**listed(), "all": cell}).status is ItemStatus.REVIEW


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("ประกาศประกวดราคาจ้างก่อสร้างรางระบายน้ำ", ItemStatus.REVIEW),
        ("แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ ปี 2564", ItemStatus.MISSING),
    ],
)
def test_what_the_office_below_the_items_publishes_may_be_theirs(
    shipped: Rules, label: str, status: ItemStatus
) -> None:
    named = "<p>O20 ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ<br>O22 รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี</p>"
    office = "<h4>พัสดุ</h4>" + named + "<p><a href='supply'>เว็บไซต์ของกลุ่มงานพัสดุ</a></p><h4>อื่น</h4>"
    pages = {**listed(), "supply": "<h1>กลุ่มงานพัสดุ</h1><p><a href='a.pdf'>" + label + "</a></p>"}
    pages[""] += office
    found = replace(document("a.pdf", "ข้อความ", via=(HOME, HOME + "supply")), label=label)
    assert verdict(shipped, site(pages, found), "O20").status is status


def test_what_another_items_numbered_row_leads_to_is_not_this_items(shipped: Rules) -> None:
    label = "ประกาศ เรื่อง นโยบายไม่รับของขวัญทุกชนิดจากการปฏิบัติหน้าที่ (No Gift Policy) ปีงบประมาณ พ.ศ. 2566"
    row = f"<p>O31 ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่<br><a href='gift'>{label}</a></p>"
    items = "".join(f"<p>{title}<br><a href='{href}'>{title}</a></p>" for title, href in ROWS)
    pages = {href: f"<p>{title} เนื้อหาของเอกสารนี้</p>" for title, href in ROWS}
    rest = [page(name, html, title=name) for name, html in pages.items()]
    gift = page("gift", f"<h1>{label}</h1><p>ข้าพเจ้าขอประกาศว่าจะไม่รับของขวัญ</p>", title=label, label=label)
    found = snapshot(page("", f"<h1>OIT 2566</h1>{row}{items}"), gift, *rest)
    assert verdict(shipped, found, "O33").status is ItemStatus.MISSING
