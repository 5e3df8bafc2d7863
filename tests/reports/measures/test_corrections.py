"""Where to correct a gap, by when, and in which words: what a webmaster does without knowing the manual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checklist.rules.model import Edition
from core.models.agency import Agency, ProvinceSettings
from core.models.assessment import (
    Assessment,
    ElementStatus,
    EvidenceRef,
    IfDue,
    ItemStatus,
    Method,
    Quote,
    Reason,
    Verdict,
)
from core.models.reasons import ReasonCode
from reports.advice import advise
from reports.agency_html import AgencyContext, Sender, report_html
from reports.measures.corrections import CorrectionPlace, correct_by, correction_of
from reports.messages import english, thai
from reports.writer import embed_pictures
from tests.factories import NIGHT
from tests.reports.conftest import lack, verdict

HOME = "https://www.example.go.th/"
LIST = f"{HOME}oit"


def ref(name: str, kind: str = "application/pdf", page: str = LIST, label: str = "O3 รายงาน") -> EvidenceRef:
    """Evidence that a page leads to."""
    return EvidenceRef(HOME + name, (HOME, page), label, kind, "a" * 64, NIGHT, 200)


def found(item: str, page: str) -> Verdict:
    """An item whose evidence stands behind a page."""
    return verdict(item, ItemStatus.COMPLETE, evidence=(ref(f"{item}.pdf", page=page),))


def test_the_document_is_edited_and_not_the_page_that_leads_to_it(make: Callable[..., Assessment]) -> None:
    gap = verdict(
        "O3", ItemStatus.INCOMPLETE, evidence=(ref("o3.html", "text/html"), ref("o3.pdf")), findings=(lack("problems"),)
    )
    where = correction_of(gap, make(gap))
    assert (where.place, [url for url, _ in where.targets]) == (CorrectionPlace.FILE, [f"{HOME}o3.pdf"])


def test_of_several_files_the_one_that_is_quoted_is_edited_else_any(make: Callable[..., Assessment]) -> None:
    files = (ref("a.pdf"), ref("b.pdf"))
    quote = Quote(f"{HOME}b.pdf", "ปัญหา -", Method.HEADING, page=2)
    quoted = verdict(
        "O3", ItemStatus.INCOMPLETE, evidence=files, findings=(lack("problems", ElementStatus.EMPTY, quotes=(quote,)),)
    )
    assert correction_of(quoted, make(quoted)).targets == ((f"{HOME}b.pdf", "O3 รายงาน"),)
    any_of_them = verdict("O3", ItemStatus.INCOMPLETE, evidence=files, findings=(lack("problems"),))
    where = correction_of(any_of_them, make(any_of_them))
    assert where.place is CorrectionPlace.FILES
    assert len(where.targets) == 2


def test_a_page_alone_is_edited_itself(make: Callable[..., Assessment]) -> None:
    gap = verdict(
        "O3", ItemStatus.INCOMPLETE, evidence=(ref("o3.html", "text/html; charset=utf-8"),), findings=(lack("map"),)
    )
    assert correction_of(gap, make(gap)).place is CorrectionPlace.PAGE


def test_what_is_missing_belongs_on_the_list_of_the_items_beside_it(make: Callable[..., Assessment]) -> None:
    gap = verdict("O3", ItemStatus.MISSING)
    first, second = f"{HOME}oit/1", f"{HOME}oit/2"
    split = make(found("O1", first), found("O2", first), gap, *(found(f"O{n}", second) for n in range(5, 10)))
    assert correction_of(gap, split).targets == ((first, ""),)
    single = make(found("O1", first), gap)
    where = correction_of(gap, single)
    assert (where.place, where.targets) == (CorrectionPlace.HOME, ((HOME, ""),))


def test_a_dead_link_is_corrected_where_it_stands(make: Callable[..., Assessment]) -> None:
    dead = Reason(ReasonCode.LINK_DEAD, {"url": f"{HOME}gone.pdf", "outcome": "not_found"})
    gap = verdict("O3", ItemStatus.UNREACHABLE, evidence=(ref("gone.pdf", ""),), reasons=(dead,))
    where = correction_of(gap, make(gap))
    assert (where.place, where.targets, where.dead) == (
        CorrectionPlace.LINK, ((LIST, "O3 รายงาน"),), f"{HOME}gone.pdf",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 4, 1), "30 เม.ย. 2565 (เหลือ 29 วัน)"),
        (date(2022, 4, 30), "วันสุดท้าย"),
        (date(2022, 5, 1), "โดยเร็วที่สุด"),
    ],
)
def test_every_gap_has_its_day(make: Callable[..., Assessment], edition: Edition, day: date, words: str) -> None:
    gap = verdict("O3", ItemStatus.MISSING)
    assert words in correct_by(gap, make(gap, as_of=day), edition, thai())


def test_what_is_not_due_yet_has_its_own_day(make: Callable[..., Assessment], edition: Edition) -> None:
    late = verdict("O3", ItemStatus.NOT_DUE, due=date(2022, 4, 10), if_due=IfDue(ItemStatus.MISSING))
    assert "10 เม.ย. 2565 (เหลือ 9 วัน)" in correct_by(late, make(late, as_of=date(2022, 4, 1)), edition, thai())


def test_months_that_lack_are_named_and_ready_to_paste(edition: Edition) -> None:
    reason = Reason(ReasonCode.MONTHS_COUNTED, {"found": "4", "needed": "6", "months": "2564-12 2565-02"})
    gap = verdict("O3", ItemStatus.INCOMPLETE, findings=(lack("months", reason=reason),))
    advice = advise(gap, edition, thai())
    assert "ธ.ค. 2564, ก.พ. 2565" in advice.text
    assert advice.paste.splitlines() == [
        "เดือนธันวาคม 2564: ไม่มีการจัดซื้อจัดจ้าง",
        "เดือนกุมภาพันธ์ 2565: ไม่มีการจัดซื้อจัดจ้าง",
    ]
    assert "Dec 2021, Feb 2022" in advise(gap, edition, english()).text
    assert "ธันวาคม 2564" in advise(gap, edition, english()).paste, "what is pasted stays Thai"


def test_hostile_months_are_nothing(edition: Edition) -> None:
    assert thai().months("<b> 2564-13 9999-01 2564-1x" * 1000) == ""


def test_a_report_says_who_sends_it_and_how_to_object(full: Assessment, edition: Edition) -> None:
    settings = ProvinceSettings(secretary="กลุ่มงานธรรมาภิบาล", secretary_email="oit@example.go.th")
    context = AgencyContext(sender=Sender.of("จังหวัดตัวอย่าง", settings))
    text = BeautifulSoup(report_html(full, edition, thai(), context), "lxml").get_text(" ", strip=True)
    assert "ผู้ส่งรายงาน: กลุ่มงานธรรมาภิบาล จังหวัดตัวอย่าง" in text
    assert "OIT คือ" in text
    assert "โต้แย้งผลของข้อนี้" in text
    assert text.count("oit@example.go.th") == 2


def test_what_could_not_be_read_is_never_told_to_be_absent(make: Callable[..., Assessment], edition: Edition) -> None:
    unsure = lack("problems", ElementStatus.REVIEW, reason=Reason(ReasonCode.UNREAD_REST))
    page = BeautifulSoup(
        report_html(
            make(verdict("O3", ItemStatus.REVIEW, evidence=(ref("a.pdf"),), findings=(unsure,))), edition, thai()
        ),
        "lxml",
    )
    assert "ไม่มีหัวข้อนี้" not in page.get_text()
    assert "ส่วนที่อ่านไม่ได้" in page.get_text()


def test_pictures_travel_with_the_page(make: Callable[..., Assessment], edition: Edition, tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "a.png").write_bytes(b"\x89PNG")
    pictures = embed_pictures(folder, {("O3", "problems"): "a.png", ("O3", "suggestions"): "gone.png"})
    assert set(pictures) == {("O3", "problems")}
    quote = Quote(f"{HOME}a.pdf", "ปัญหา", Method.HEADING, page=2)
    gap = verdict(
        "O3",
        ItemStatus.INCOMPLETE,
        evidence=(ref("a.pdf"),),
        findings=(lack("problems", ElementStatus.EMPTY, quotes=(quote,)),),
    )
    page = BeautifulSoup(report_html(make(gap), edition, thai(), AgencyContext(pictures=pictures)), "lxml")
    image = page.select_one("#O3 img")
    assert image is not None
    assert str(image["src"]).startswith("data:image/png;base64,")


def test_the_english_report_has_english_words_around_the_manuals_own(full: Assessment, edition: Edition) -> None:
    agency = replace(full.agency, name="Office", responsible="")
    page = BeautifulSoup(report_html(replace(full, agency=agency), edition, english()), "lxml")
    assert page.html is not None
    assert page.html["lang"] == "en"
    for quoted in page.select("[lang=th], blockquote, pre, .notice, dd, a, li li, p.soft"):
        quoted.extract()
    for quoted in page.select("li, .objection"):
        quoted.extract()
    left = [text for text in page.stripped_strings if any("ก" <= letter <= "๛" for letter in text)]
    assert left == []


def test_every_word_of_the_report_has_its_english(edition: Edition) -> None:
    groups = ("status", "element", "lack", "method", "outcome", "note", "reason", "how", "document_kind", "drawing",
              "why", "stopped_by", "problem", "advice", "change", "answer")  # fmt: skip
    same = [
        f"{group}.{key}"
        for group in groups
        for key in thai().groups[group]
        if english().groups[group][key] == thai().groups[group][key]
    ]
    assert same == []


def test_a_file_that_has_no_agency_name_still_makes_a_sender() -> None:
    assert Sender.of("จังหวัดตัวอย่าง", ProvinceSettings()).shown(thai()) == "ฝ่ายเลขานุการ จังหวัดตัวอย่าง"
    assert Sender().shown(thai()) == ""
    assert Agency("a", "b", "c").name
