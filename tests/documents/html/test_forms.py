"""Lists that are chosen from a form, postbacks, and clicks without an address."""

from __future__ import annotations

import pytest

from core.models.snapshot import ASKS
from documents.base import RENDERED_HTML, ReadLimits
from documents.html.reader import read_html

YEARS = "<option value=2567 selected>2567<option value=2566>2566"


def found(html: str, kind: str = "text/html") -> list[tuple[str, str, str]]:
    reading = read_html(f"<body>{html}</body>".encode(), "https://a.go.th/oit.php?lang=th", kind, ReadLimits())
    links = [link for link in reading.links if link.via != ASKS]
    return [(li.url.removeprefix("https://a.go.th"), li.label, li.via) for li in links]


@pytest.mark.parametrize(
    "form",
    [
        f"<form action=/oit.php><select name=year onchange='this.form.submit()'>{YEARS}</select></form>",
        f"<form method=get action=oit.php><select name=year>{YEARS}</select><button>ค้นหา</button></form>",
        f"<form><select name=year>{YEARS}</select><input type=submit value=ตกลง></form>",
    ],
)
def test_a_list_chosen_with_a_get_form_has_addresses(form: str) -> None:
    assert ("/oit.php?year=2566", "2566", "form-get") in found(form)


def test_the_other_fields_of_a_form_are_sent_with_the_choice() -> None:
    form = (
        "<form action=/l.php?old=1><input type=hidden name=p value=ita>"
        "<select name=y onchange=go()><option>2565<option>2566</select></form>"
    )
    assert ("/l.php?p=ita&y=2566", "2566", "form-get") in found(form)


FY = "<label><input type=radio name=fy value=4 checked> ปี 2567</label><input type=radio name=fy value=3> ปี 2566<br>"


def test_what_is_chosen_with_boxes_has_addresses_as_browsers_send_them() -> None:
    html = f"<form action=/o>{FY}<input type=hidden name=m value=oit><button name=go value=1>แสดง</button></form>"
    assert ("/o?fy=3&m=oit&go=1", "ปี 2566", "form-get") in found(html)
    html = "<form><input type=checkbox name=g id=a onclick=go()><label for=a>แผน</label></form>"
    assert found(html) == [("/oit.php?g=on", "แผน", "form-get")]


def test_years_behind_boxes_of_a_post_form_are_left_and_a_poll_is_nothing() -> None:
    assert found(f"<form method=post>{FY}<button>แสดง</button></form>")[0][1:] == ("ปี 2566", "form-post")
    poll = "<input type=radio name=v value=1> พอใจ<input type=radio name=v value=2> ไม่พอใจ<button>โหวต</button>"
    assert found(f"<form method=post>{poll}</form>") == []
    assert found(f"<form><input name=q>{poll}</form>") == []


@pytest.mark.parametrize(
    ("html", "via"),
    [
        (f"<form method=post><select name=year onchange='this.form.submit()'>{YEARS}</select></form>", "form-post"),
        ("<a href=\"javascript:__doPostBack('gv','Page$2')\">2566</a>", "form-post"),
        ("<a href='#' onclick='loadYear(2566)'>2566</a>", "script"),
        ("<a href='javascript:go(12)'>2566</a>", "script"),
        ("<h4 onclick=\"$('#c').load('p.php?id=1')\">2566</h4>", "script"),
    ],
)
def test_what_takes_a_click_is_told_as_such(html: str, via: str) -> None:
    assert ("/oit.php?lang=th", "2566", via) in found(html)


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:void(0)'>เมนู</a>",
        "<a href='javascript:;' onclick='return false;'>เมนู</a>",
        "<button onclick='window.print()'>พิมพ์</button>",
        "<a href='#' onclick='history.back(); return false'>กลับ</a>",
        "<button type=button onclick=\"location.href='#'\"><i class='fa'></i></button>",
        "<button type=button onclick=\"window.open('#')\">เปิด</button>",
        "<form action=/s><input name=q><select name=amphoe><option>ก<option>ข</select><button>ค้นหา</button></form>",
    ],
)
def test_what_browsers_do_themselves_and_searches_lead_nowhere(html: str) -> None:
    assert [each for each in found(html) if each[0] != "/oit.php?lang=th" or each[2] != "a"] == []


def test_what_was_clicked_in_the_browser_is_no_longer_left() -> None:
    assert found("<b onclick='load(1)' data-oit-opened=1>O1</b>", RENDERED_HTML) == []
    assert found("<b data-oit-left=1>O2</b>", RENDERED_HTML) == [("/oit.php?lang=th", "O2", "script")]


def test_a_form_that_only_closes_its_box_is_none() -> None:
    html = "<dialog id=d><p>รอ</p><form method=dialog><button>ปิด</button></form></dialog>"
    reading = read_html(html.encode(), "https://a.go.th/", "text/html", ReadLimits())
    assert [block.text for block in reading.blocks] == ["รอ"]
