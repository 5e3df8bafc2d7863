"""A dead link that does not say whose it was keeps the items that it may have been from being missing."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource, Snapshot
from tests.checklist.sites import HOME, page, snapshot, verdict

_TITLES = {
    "o35": "การดำเนินการเพื่อจัดการความเสี่ยงการทุจริต",
    "o36": "แผนปฏิบัติการป้องกันการทุจริต",
    "o38": "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี",
    "o40": "การขับเคลื่อนจริยธรรม",
}


def buttons(order: list[str], button: str, outcome: FetchOutcome = FetchOutcome.NOT_FOUND) -> Snapshot:
    """A list of buttons; what has no title is dead."""
    rows = (f"<p><a href='{name}'>{button.format(35 + at)}</a></p>" for at, name in enumerate(order))
    home = page("", "<h1>OIT 2566</h1>" + "".join(rows))
    labels = {link.url: link.label for link in home.links}
    read = [
        page(name, f"<h1>{_TITLES[name]}</h1><p>เนื้อหาของเอกสารนี้</p>", _TITLES[name], labels[HOME + name])
        for name in order
        if name in _TITLES
    ]
    dead = [
        Resource(HOME + name, outcome, label=labels[HOME + name], found_via=(HOME,), http_status=404)
        for name in order
        if name not in _TITLES
    ]
    return snapshot(home, *read, *dead)


@pytest.mark.parametrize(
    "button", ["<img src='b.png' alt=''>", "<img src='b.png' alt='icon'>", "คลิก", "ดาวน์โหลด", "{}", "ข้อ {}"]
)
def test_a_dead_button_in_the_place_of_one_item_is_that_item_out_of_reach(shipped: Rules, button: str) -> None:
    found = buttons(["o35", "o36", "gone", "o38", "o40"], button)
    o37 = verdict(shipped, found, "O37")
    assert o37.status is ItemStatus.UNREACHABLE
    assert [(reason.code, reason.values["url"]) for reason in o37.reasons] == [(ReasonCode.LINK_DEAD, HOME + "gone")]
    # Its place says that it is no other.
    assert verdict(shipped, found, "O39").status is ItemStatus.MISSING


def test_a_dead_button_in_the_place_of_several_items_is_for_a_person(shipped: Rules) -> None:
    found = buttons(["o35", "gone", "o38", "o40"], "คลิก")
    for item in ("O36", "O37"):
        judged = verdict(shipped, found, item)
        assert judged.status is ItemStatus.REVIEW
        assert [reason.code for reason in judged.reasons] == [ReasonCode.MAY_BE_BEHIND]
    assert verdict(shipped, found, "O41").status is ItemStatus.MISSING


def test_in_a_list_without_order_a_dead_button_may_be_any_item(shipped: Rules) -> None:
    assert verdict(shipped, buttons(["o40", "o38", "gone", "o35"], "คลิก"), "O2").status is ItemStatus.REVIEW


def test_a_button_that_was_not_opened_leaves_the_item_unchecked(shipped: Rules) -> None:
    found = buttons(["o35", "o36", "left", "o38"], "คลิก", FetchOutcome.NOT_FOLLOWED)
    assert verdict(shipped, found, "O37").status is ItemStatus.UNCHECKED


@pytest.mark.parametrize("button", ["{}", "คลิก", "<img src='b.png'>"])
def test_what_no_item_claims_behind_wordless_links_may_be_one_that_it_speaks_of(shipped: Rules, button: str) -> None:
    """Documents without titles of their own, behind numbers or pictures: a person sees which of them is which."""
    rows = "".join(f"<p><a href='d{at}'>{button.format(at)}</a></p>" for at in range(35, 40))
    texts = ["ประชุมคณะกรรมการ ครั้งที่ 1", "แผนปฏิบัติการป้องกันการทุจริตของเทศบาล", "ภาพกิจกรรม", "ภาพ", "ภาพถ่าย"]
    home = page("", "<h1>สำนักงานตัวอย่าง</h1><a href='oit'>OIT 2566</a>")
    read = [page(f"d{at}", f"<p>{text}</p>", "เอกสาร", via=(HOME, f"{HOME}oit")) for at, text in enumerate(texts, 35)]
    found = snapshot(home, page("oit", f"<h2>OIT 2566</h2>{rows}", label="OIT 2566"), *read)
    judged = verdict(shipped, found, "O36")
    assert judged.status is ItemStatus.REVIEW
    assert [reason.values["url"] for reason in judged.reasons] == [f"{HOME}d36"]
    assert verdict(shipped, found, "O25").status is ItemStatus.MISSING


def test_tabs_with_the_numbers_of_groups_are_no_ones_documents(shipped: Rules) -> None:
    tabs = "".join(f"<p><a href='t{at}'>9.{at}</a></p>" for at in range(1, 6))
    home = page("", "<h1>สำนักงานตัวอย่าง</h1><a href='oit'>OIT 2566</a>")
    text = "<p>แผนปฏิบัติการป้องกันการทุจริตจะอยู่ในหน้าของตัวชี้วัดที่ 10</p>"
    read = [page(f"t{at}", f"{tabs}{text}", "เอกสาร", f"9.{at}", via=(HOME, f"{HOME}oit")) for at in range(1, 6)]
    found = snapshot(home, page("oit", f"<h2>OIT 2566</h2>{tabs}", label="OIT 2566"), *read)
    assert verdict(shipped, found, "O36").status is ItemStatus.MISSING


def test_a_dead_link_in_words_of_its_own_may_have_been_what_stands_there(shipped: Rules) -> None:
    words = {"o35": "งานไหนเสี่ยง ทำอะไรแล้ว", "o36": "แผนกันโกงปีนี้", "gone": "ครึ่งปีแรกกันโกงไปถึงไหน"}
    words |= {"o38": "กันโกงได้ผลไหม", "o40": "เราทำตัวอย่างไร", "o42": "จะดีขึ้นอย่างไร"}
    titles = {**_TITLES, "o42": "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"}
    rows = "".join(f"<li>{said} – <a href='/{name}'>คลิก</a></li>" for name, said in words.items())
    read = [
        page(name, f"<h1>{title}</h1><p>เนื้อหาของเอกสารนี้</p>", title, "คลิก", (HOME, HOME + "open"))
        for name, title in titles.items()
    ]
    gone = Resource(
        HOME + "gone", FetchOutcome.NOT_FOUND, label="คลิก", found_via=(HOME, HOME + "open"), http_status=404
    )
    home = page("", "<h1>สำนักงานตัวอย่าง</h1><a href='/open'>เปิดบ้านให้ดู</a>")
    found = snapshot(home, page("open", f"<ul>{rows}</ul>", label="เปิดบ้านให้ดู"), *read, gone)
    assert verdict(shipped, found, "O37").status is ItemStatus.REVIEW
    assert verdict(shipped, found, "O19").status is ItemStatus.MISSING
