"""Pages that hold the evidence of several items one below the other, reached by links with a fragment."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ElementStatus, ItemStatus
from tests.checklist.candidates.test_list_markup import ACTION, EVIDENCE, HEAD, PLAN, REPORT, TITLES
from tests.checklist.sites import HOME, site, verdict

LIST = HEAD + "".join(f"<p><a href='/all.html#s{item}'>{item} {title}</a></p>" for item, title in TITLES.items())
WITHOUT = REPORT[: REPORT.index("<h3>")]
MARKS = {
    "name before the heading": "<a name={0}></a>{1}<p><a href='#top'>กลับขึ้นบน</a></p><hr>",
    "heading with an id": "<h2 id={0}>{2}</h2>{1}",
    "box with an id": "<div id={0}>{1}</div>",
    "line with an id": "<p id={0}><b>{2}</b></p>{1}",
    "letters of another case": "<a name=S{0}></a>{1}",
}


def statuses(
    rules: Rules, sections: dict[str, str], mark: str, entries: str = LIST, *, beside: bool = False
) -> dict[str, ItemStatus]:
    body = "".join(MARKS[mark].format(f"s{item}", text, TITLES[item]) for item, text in sections.items())
    body = body.replace("Ss", "S")
    pages = {"": '<a href="/oit.html">OIT</a>', "oit.html": entries, "all.html": f"<div id=top></div>{body}"}
    found = site({**pages, **(EVIDENCE if beside else {})})
    return {item: verdict(rules, found, item).status for item in TITLES}


@pytest.mark.parametrize("mark", MARKS)
def test_each_item_is_judged_by_its_own_place(shipped: Rules, mark: str) -> None:
    """What the neighbour has, its problems and suggestions, is none of the item's."""
    whole = {"O11": PLAN, "O13": REPORT, "O36": ACTION}
    assert set(statuses(shipped, whole, mark).values()) == {ItemStatus.COMPLETE}
    lacking = statuses(shipped, {"O11": PLAN + REPORT, "O13": WITHOUT, "O36": ACTION + REPORT}, mark)
    assert lacking["O13"] is ItemStatus.INCOMPLETE


def test_the_way_up_below_a_heading_answers_nothing(shipped: Rules) -> None:
    bare = WITHOUT + "<h3>ปัญหา อุปสรรค</h3><p>ฝนตกชุก</p><h3>ข้อเสนอแนะ</h3>"
    pages = {
        "": '<a href="/oit.html">OIT</a>',
        "oit.html": LIST,
        "all.html": "<div id=top></div>"
        + "".join(
            f"<a name=s{item}></a>{text}<p><a href='#top'>กลับขึ้นบน</a></p>"
            for item, text in {"O11": PLAN, "O13": bare, "O36": ACTION}.items()
        ),
    }
    found = verdict(shipped, site(pages), "O13")
    assert found.status is ItemStatus.INCOMPLETE
    assert next(f for f in found.findings if f.element == "suggestions").status is ElementStatus.EMPTY


def test_a_place_leads_to_its_own_documents(shipped: Rules) -> None:
    linked = {item: f"<h3>เอกสาร</h3><p><a href=/{item}.html>เปิดเอกสาร</a></p>" for item in TITLES}
    assert set(statuses(shipped, linked, "box with an id", beside=True).values()) == {ItemStatus.COMPLETE}


def test_a_place_that_the_page_does_not_have_shows_nothing_of_its_neighbours(shipped: Rules) -> None:
    found = statuses(shipped, {"O11": PLAN, "O36": ACTION + REPORT}, "name before the heading")
    assert found["O13"] not in (ItemStatus.COMPLETE, ItemStatus.OUTDATED)
    assert found["O11"] is ItemStatus.COMPLETE


def test_a_heading_of_an_item_without_a_place_ends_the_place_above_it(shipped: Rules) -> None:
    """The name of its own place is misspelt: it is not its neighbour's."""
    plan = PLAN + f"<h2>{TITLES['O13']}</h2>"
    found = statuses(shipped, {"O11": plan + REPORT, "O36": ACTION}, "name before the heading")
    assert found["O11"] is ItemStatus.COMPLETE
    assert found["O13"] is ItemStatus.COMPLETE


def test_a_fragment_alone_does_not_divide_a_page(shipped: Rules) -> None:
    """`#more-12` goes on with a text that begins above it."""
    half = REPORT.replace("<h3>", "<span id=more-12></span><h3>")
    entries = LIST.replace("/all.html#sO13", "/post.html#more-12")
    pages = {"": '<a href="/oit.html">OIT</a>', "oit.html": entries, "post.html": half}
    found = verdict(shipped, site(pages), "O13")
    assert found.status is ItemStatus.COMPLETE
    assert {ref.url for ref in found.evidence} == {HOME + "post.html"}


def test_the_title_of_a_place_says_its_year_before_the_list_does(shipped: Rules) -> None:
    old = ACTION.replace("พ.ศ. 2566", "พ.ศ. 2564").replace("ธ.ค. 2565", "ธ.ค. 2563")
    entries = LIST.replace("แผนปฏิบัติการป้องกันการทุจริต", "แผนปฏิบัติการป้องกันการทุจริต ประจำปี พ.ศ. 2566")
    found = statuses(shipped, {"O11": PLAN, "O13": REPORT, "O36": old}, "name before the heading", entries)
    assert found["O36"] is ItemStatus.OUTDATED
