"""A page that has an item's title and nothing else is no evidence of it; a page that says anything is."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource
from tests.checklist.sites import HOME, page, site, verdict
from tests.checklist.test_absence import listed

TITLE = "O37 รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ 6 เดือน"


def judged(rules: Rules, html: str, *others: Resource) -> Verdict:
    own = page("o37", html, title=TITLE, label=TITLE)
    pages = listed((TITLE, "o37"))
    pages[""] = f"<p><a href='/list'>OIT2566</a></p>{pages['']}"
    return verdict(rules, site(pages, page("list", pages[""]), own, *others), "O37")


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1>",
        f"<h1>{TITLE}</h1><p>อยู่ระหว่างปรับปรุงข้อมูล</p>",
        f"<h1>{TITLE}</h1><p>ไม่มีบทความในหมวดหมู่นี้</p>",
        f"<h1>{TITLE}</h1><p>- ไม่มีเอกสารแนบ -</p>",
        f"<h1>{TITLE}</h1><p>อยู่ระหว่างปรับปรุงข้อมูล</p><div>ป้ายกำกับ: <a href='/list'>OIT2566</a></div>",
        f"<h1>หมวดหมู่: {TITLE}</h1><p>ไม่พบเรื่องที่ท่านค้นหา</p>",
        f"<h1>{TITLE}</h1><p>อยู่ระหว่างดำเนินการ</p><p>เผยแพร่เมื่อ 5 เมษายน 2566</p>",
    ],
)
def test_an_empty_page_of_the_item_is_no_evidence(shipped: Rules, html: str) -> None:
    found = judged(shipped, html)
    assert found.status is ItemStatus.MISSING
    assert [reason.code for reason in found.reasons] == [ReasonCode.NAMED_ONLY, ReasonCode.NO_EVIDENCE]
    assert found.reasons[0].values["page"] == HOME + "o37"
    assert not found.evidence
    assert not found.findings


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1><p>หน่วยงานดำเนินการตามแผนครบทุกกิจกรรมแล้ว</p>",
        f"<h1>{TITLE}</h1><p>ปีงบประมาณนี้ไม่มีเรื่องที่ต้องกำกับติดตาม</p>",
        f"<h1>{TITLE}</h1><p>รวมไว้ในเล่มเดียวกับข้อ O36 แล้ว</p>",
        f"<h1>{TITLE}</h1><p>ไม่พบเรื่องร้องเรียนการทุจริตในปีนี้</p>",
        f"<h1>{TITLE}</h1><p>ไม่มีเอกสารที่ต้องแก้ไขตามแผน</p>",
        f"<h1>{TITLE}</h1><table><tr><th>โครงการ</th><th>งบประมาณ</th><th>ผล</th></tr></table>",
        f"<h1>{TITLE}</h1><form>เลือกปี <select><option>2565</option></select></form>",
    ],
)
def test_a_page_that_says_something_is_evidence(shipped: Rules, html: str) -> None:
    assert judged(shipped, html).status is not ItemStatus.MISSING


def test_the_list_above_an_empty_page_is_none_of_its_words(shipped: Rules) -> None:
    html = f"<h3>{TITLE}</h3><p>อยู่ระหว่างปรับปรุงข้อมูล</p><div>ป้ายกำกับ: <a href='/list'>OIT2566</a></div>"
    own = page("o37", html, title="บล็อกของสำนักงาน", label=TITLE)
    pages = listed((TITLE, "o37"))
    found = site({**pages, "": "<h1>OIT</h1><a href='/list'>OIT2566</a>", "list": pages[""]}, own)
    assert verdict(shipped, found, "O37").status is ItemStatus.MISSING


def test_what_is_lost_behind_an_empty_page_is_not_called_missing(shipped: Rules) -> None:
    gone = Resource(HOME + "o37.pdf", FetchOutcome.NOT_FOUND, label="ดาวน์โหลด", found_via=(HOME + "o37",))
    html = f"<h1>{TITLE}</h1><p><a href='o37.pdf'>ดาวน์โหลด</a></p>"
    assert judged(shipped, html, gone).status is ItemStatus.UNREACHABLE


def test_an_empty_page_accuses_nobody_where_a_link_is_left_over(shipped: Rules) -> None:
    left = Resource(HOME + "more", FetchOutcome.FORBIDDEN, label="ดูทั้งหมด", found_via=(HOME,))
    assert judged(shipped, f"<h1>{TITLE}</h1>", left).status is ItemStatus.UNCHECKED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("เจ้าหน้าที่กำลังเตรียมไฟล์เอกสารให้ดาวน์โหลด", ItemStatus.REVIEW),
        ("รอผู้บริหารลงนามก่อนเผยแพร่", ItemStatus.REVIEW),
        ("จัดซื้อวัสดุสำนักงาน 45,000 บาท", ItemStatus.COMPLETE),
        ("แผนการจัดซื้อจัดจ้างปีนี้มีโครงการเดียวคือจัดซื้อวัสดุสำนักงาน", ItemStatus.REVIEW),
    ],
)
def test_a_sentence_that_names_nothing_of_the_item_is_for_a_person(
    shipped: Rules, text: str, status: ItemStatus
) -> None:
    title = "ประกาศเผยแพร่แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566"
    pages = {
        "": "<h1>OIT 2566</h1><ul><li>O19 แผนการจัดซื้อจัดจ้าง <a href='list'>ดูทะเบียน</a></li></ul>",
        "list": f"<table><tr><th>ที่<th>เรื่อง<tr><td>1<td><a href='entry'>{title}</a></table>",
        "entry": f"<p>{text}</p><a href='list'>ย้อนกลับ</a>",
    }
    assert verdict(shipped, site(pages), "O19").status is status


_END = "<div>สงวนลิขสิทธิ์ พ.ศ. 2566 สำนักงานตัวอย่าง</div>"


def test_what_all_pages_end_with_and_others_entries_say_nothing(shipped: Rules) -> None:
    """The page of the item's group lists its neighbours only; the last entry of a list stands over the footer."""
    news = [page(f"news{number}", f"<h1>ข่าวที่ {number}</h1><p>ประชุมประจำเดือน</p>{_END}") for number in range(3)]
    own = f"<h1>{TITLE}</h1>{_END}"
    assert judged(shipped, own, *news).status is ItemStatus.MISSING
    others = "<h3><a href='/o36'>O36 แผนปฏิบัติการป้องกันการทุจริต</a></h3><p><a href='/o36'>อ่านเพิ่มเติม...</a></p>"
    plan = page("o36", "<h1>แผนปฏิบัติการป้องกันการทุจริต</h1><p>โครงการสุจริต งบประมาณ 20,000 บาท</p>")
    assert judged(shipped, f"<h1>{TITLE}</h1>{others}{_END}", *news, plan).status is ItemStatus.MISSING
    # What one page says alone is its own.
    assert judged(shipped, own).status is not ItemStatus.MISSING
