"""The section on web pages: reports that keep the form's own words, and criteria that an index quotes."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from tests.checklist.sites import page

_RESULTS = "<h1>รายงานผล ปี 2565</h1><h2>1. ผลการดำเนินโครงการ</h2><p>โครงการสุจริต ดำเนินการแล้ว ผู้เข้าร่วม 50 คน</p>"
_ASKED = "(หากไม่มีให้ระบุว่า ไม่มี)"


def said(rules: Rules, html: str) -> tuple[str, str]:
    read = page("report", html)
    part = EvidencePart(read, 0, len(read.blocks))
    first, second = (check_section(wanted, part, rules.lexicon).status.value for wanted in ("problems", "suggestions"))
    return first, second


@pytest.mark.parametrize(
    "form",
    [
        "<h2>2. ปัญหาและอุปสรรค {asked}</h2>{first}<h2>3. ข้อเสนอแนะ {asked}</h2>{second}",
        "<p>2. ปัญหาและอุปสรรค {asked}</p>{first}<p>3. ข้อเสนอแนะ {asked}</p>{second}",
        "<p><b>2. ปัญหาและอุปสรรค</b></p>{first}<p><b>3. ข้อเสนอแนะ</b></p>{second}",
    ],
)
def test_a_report_answers_or_leaves_its_headings_empty(shipped: Rules, form: str) -> None:
    none = _RESULTS + form.format(asked=_ASKED, first="<p>ไม่มี</p>", second="<p>ไม่มี</p>")
    assert said(shipped, none) == ("present", "present")
    half = _RESULTS + form.format(asked=_ASKED, first="<p>งบประมาณไม่เพียงพอ</p>", second="")
    assert said(shipped, half) == ("present", "empty")
    assert said(shipped, _RESULTS + form.format(asked=_ASKED, first="", second="")) == ("empty", "empty")


def test_an_answer_may_stand_behind_what_the_form_asks(shipped: Rules) -> None:
    html = f"{_RESULTS}<p>2. ปัญหาและอุปสรรค {_ASKED} : ไม่มี</p><p>3. ข้อเสนอแนะ {_ASKED} : ไม่มี</p>"
    assert said(shipped, html) == ("present", "present")


def test_a_quoted_criterion_is_not_answered_by_what_stands_below(shipped: Rules) -> None:
    html = f"<h1>O38 รายงานผล</h1><p>ประกอบด้วย</p><ul><li>ปัญหา {_ASKED}</li><li>ข้อเสนอแนะ {_ASKED}</li></ul><p>ไม่มี</p>"
    first, second = said(shipped, html)
    assert "present" not in (first, second)


def test_a_large_picture_in_a_page_may_hold_its_section(shipped: Rules) -> None:
    picture = "<p><img alt='' src='data:image/png;base64,{}'></p>"
    large, icon = (picture.format(drawn(size)) for size in ((900, 240), (64, 64)))
    assert said(shipped, _RESULTS + large) == ("review", "review")
    assert said(shipped, _RESULTS + icon) == ("missing", "missing")
    heads = "<h2>2. ปัญหา อุปสรรค</h2>{}<h2>3. ข้อเสนอแนะ</h2>"
    assert said(shipped, _RESULTS + heads.format(large)) == ("review", "empty")
    assert said(shipped, _RESULTS + heads.format(icon)) == ("empty", "empty")


def drawn(size: tuple[int, int]) -> str:
    """A picture of a size in base64."""
    out = BytesIO()
    Image.effect_noise(size, 40).save(out, "PNG")
    return b64encode(out.getvalue()).decode()


def test_the_way_back_is_no_answer(shipped: Rules) -> None:
    html = f"{_RESULTS}<h2>ปัญหา อุปสรรค</h2><h2>ข้อเสนอแนะ</h2><div><a href='/'>กลับหน้าหลัก</a></div>"
    assert said(shipped, html) == ("empty", "empty")
