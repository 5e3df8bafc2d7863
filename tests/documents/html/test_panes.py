"""Panes: labels point to an id, what stands under that id is theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.snapshot import Reading, Zone
from documents.base import ReadLimits
from documents.html.reader import read_html
from tests.effort import effort

PAGE = "https://a.go.th/oit.html"


def read(html: str) -> Reading:
    return read_html(f"<body>{html}</body>".encode(), PAGE, "text/html; charset=utf-8", ReadLimits())


def owned(page: Reading, label: str) -> list[str]:
    """The addresses that stand in the pane which a label opens."""
    pane = next((li.fragment for li in page.links if li.via == "pane" and li.url == PAGE and li.label == label), None)
    return [
        li.url.removeprefix("https://a.go.th")
        for li in page.links
        if li.block >= 0 and pane in page.blocks[li.block].anchor.split()
    ]


@pytest.mark.parametrize(
    "label",
    [
        "<a data-toggle=pill href='#v1'>O13</a>",
        "<a href='oit.html#v1'>O13</a>",
        "<button data-bs-toggle=modal data-bs-target='#v1'>O13</button>",
        "<button aria-controls=v1>O13</button>",
        "<button popovertarget=v1>O13</button>",
        "<li data-tab=v1>O13</li>",
        "<div onclick=\"openTab(event, 'v1')\">O13</div>",
        "<h4 data-toggle=collapse data-target='#v1'>O13</h4>",
        "<a href=\"javascript:show('v1')\">O13</a>",
        "<a role=tab id=t1>O13</a>",
    ],
)
def test_a_label_owns_the_pane_that_it_points_to(label: str) -> None:
    page = read(
        f"<ul><li><a href='#v0'>O11</a></li></ul>{label}"
        "<div class=tab-content><div class='tab-pane' id=v0><p>ก</p><a href=/o11.pdf>คลิก</a></div>"
        "<div class='tab-pane' id=v1 aria-labelledby=t1><table><tr><th>ที่<td>"
        "<a href=/o13.pdf>คลิก</a></table></div></div>"
    )
    assert owned(page, "O13") == ["/o13.pdf"]
    assert owned(page, "O11") == ["/o11.pdf"]


def test_a_click_that_asks_for_more_opens_no_pane() -> None:
    """What its handler names is where the answer is written."""
    more = "fetch('/more?p=2').then(r=>r.text()).then(t=>document.getElementById('l').innerHTML+=t)"
    page = read(f'<ul id=l><li><a href=/o11.pdf>O11</a></li></ul><span onclick="{more}">ดูเพิ่มเติม</span>')
    assert [link.via for link in page.links if link.label == "ดูเพิ่มเติม"] == ["script"]


def test_a_marked_place_owns_what_follows_up_to_the_next_one() -> None:
    page = read(
        "<p><a href='#a'>O1</a> <a href='#b'>O2</a></p><h3 id=a>หนึ่ง</h3><p><a href=/1.pdf>เปิด</a></p>"
        "<a name=b></a><h3>สอง</h3><p><a href=/2.pdf>เปิด</a></p><footer><a href=/map.html>แผนผัง</a></footer>"
    )
    assert owned(page, "O1") == ["/1.pdf"]
    assert owned(page, "O2") == ["/2.pdf"]


def test_panes_within_panes_are_named_nearest_first() -> None:
    page = read(
        "<a href='#y66'>2566</a><a href='#m'>หมวด</a>"
        "<div id=y66><h2>ปี 2566</h2><div id=m><a href=/m.pdf>เปิด</a></div></div>"
    )
    block = next(page.blocks[li.block] for li in page.links if li.url.endswith("m.pdf"))
    assert block.anchor == "m y66"


def test_a_link_to_what_it_stands_in_opens_nothing() -> None:
    page = read("<div id=top><p>ก</p><a href='#top'>กลับขึ้นด้านบน</a></div>")
    assert all(link.via != "pane" for link in page.links)


def test_many_marked_places_cost_no_more_than_their_number() -> None:
    many = "".join(f"<a name=p{n} href='#p{n - 1}'></a>" for n in range(4000)) + "<p>ก</p>" * 4000
    assert effort(lambda: read(many), 160) < 160


def _nested(two: tuple[str, str]) -> str:
    return f"<div id=x{len(two[0]) % 3}><a href='#x{len(two[1]) % 3}'>{two[0]}</a>{two[1]}</div>"


@given(
    st.recursive(st.text("abc <>'#=", max_size=12), lambda inner: st.tuples(inner, inner).map(_nested), max_leaves=12)
)
def test_anchors_name_ids_of_the_page_only(html: str) -> None:
    page = read(html)
    assert {name for block in page.blocks for name in block.anchor.split()} <= {"x0", "x1", "x2"}


_BOXES = "".join(f"<div class=tabs-pane><p><a href=/o{n}.pdf>เปิดเอกสาร</a></p></div>" for n in (11, 13, 36))


@pytest.mark.parametrize(
    "tabs",
    [
        "<ul class=tabs-nav>{a}</ul><div class=tabs-stage>{boxes}</div>",
        "<div><ul class=tabs-nav>{a}</ul></div><div class=tabs-stage>{boxes}</div>",
        "<ul class=tabs-nav>{a}</ul>{boxes}",
        "<div>{spans}{boxes}</div><script src=/g.js></script>",
        "<ul class=resp-tabs-list>{plain}</ul><div class=resp-tabs-container>{boxes}</div><script src=/t.js></script>",
    ],
)
def test_the_nth_label_opens_the_nth_of_as_many_boxes(tabs: str) -> None:
    labels = ("O11", "O13", "O36")
    listed = "".join(f"<li><a href='javascript:void(0)'>{label}</a></li>" for label in labels)
    spans = "".join(f"<span class=tablink data-tab={n}>{label}</span><br>" for n, label in enumerate(labels))
    plain = "".join(f"<li>{label}</li>" for label in labels)
    page = read(tabs.format(a=listed, spans=spans, plain=plain, boxes=_BOXES))
    assert [owned(page, label) for label in labels] == [["/o11.pdf"], ["/o13.pdf"], ["/o36.pdf"]]
    assert all(block.zone is Zone.CONTENT for block in page.blocks if block.text in labels)


@pytest.mark.parametrize(
    "rows",
    [
        "<ul><li><a href='#'>O11</a></li><li><a href='#'>O13</a></li></ul>" + f"<div>{_BOXES}</div>",
        "<ul><li><a href=/a>O11</a></li><li><a href=/b>O13</a></li><li><a href=/c>O36</a></li></ul>" + _BOXES,
        "<p>O11</p><p>O13</p><p>O36</p>" + _BOXES,
        "<ul class=resp-tabs-list><li>O11</li><li>O13</li><li>O36</li></ul>" + _BOXES,
        "<script src=/t.js></script><ul class=contents><li>O11</li><li>O13</li><li>O36</li></ul>" + _BOXES,
        "<ul><li><a href='#'>O11</a></li><li><a href='#'>O13</a></li></ul><p>ก</p><ul><li>ข</li></ul>",
    ],
)
def test_without_as_many_boxes_or_a_click_no_label_opens_one(rows: str) -> None:
    assert [link for link in read(rows).links if link.via == "pane"] == []


def test_a_place_that_other_pages_may_lead_to_is_marked_where_it_begins() -> None:
    """The page itself leads to none of them. What they own depends on which of them a list leads to."""
    page = read(
        "<div id=wrapper><p>ก่อน</p><a name=o11></a><h3>หนึ่ง</h3><p>ก</p><h3 id=o12>สอง</h3><p>ข</p>"
        "<div id=o13><h3>สาม</h3><p>ค</p></div><p><span id=o14>สี่</span></p>"
        "<table><tr><th>ที่<th>รายการ<tr id=o15><td>1<td>ห้า<tr><td><a name=o16></a>2<td>หก</table></div>"
        "<nav><ul id=menu><li><a href=/>หน้าแรก</a></ul></nav>"
    )
    marks = {block.text: block.anchor for block in page.blocks if block.anchor}
    assert marks == {"ก่อน": "wrapper", "": "o11", "สอง": "o12", "สาม": "o13", "สี่": "o14", "1": "o15", "2": "o16"}


@pytest.mark.parametrize(
    "item",
    [
        "<div role=button aria-expanded=false>{label}</div><div hidden>{file}</div>",
        "<h3><button aria-expanded=false>{label}</button></h3><div style='display:none'>{file}</div>",
        "<div role=button aria-expanded=false><a tabindex=0>{label}</a></div><div hidden>{file}</div>",
    ],
)
def test_a_label_that_says_that_it_opens_something_opens_what_stands_behind_it(item: str) -> None:
    items = "".join(f"<div>{item}</div>".format(label=f"O{n} ข้อ", file=f"<p><a href=/{n}>แฟ้ม</a></p>") for n in (1, 2))
    page = read(items)
    assert owned(page, "O1 ข้อ") == ["/1"]
    assert owned(page, "O2 ข้อ") == ["/2"]
    assert not any(block.hidden for block in page.blocks)


def test_a_menu_that_opens_is_no_pane() -> None:
    page = read("<nav><a aria-expanded=false href='#'>ITA</a><div hidden><a href=/1>O1</a></div></nav>")
    assert owned(page, "ITA") == []
