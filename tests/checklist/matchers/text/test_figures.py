"""Matcher `figures`: a number counts what is asked for, and not the readers of a page."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules

from ..conftest import Judge, Spec

TITLE = "สถิติการให้บริการ ประจำปีงบประมาณ พ.ศ. 2566"
ITEM = "O16"


@pytest.fixture
def spec(shipped: Rules) -> Spec:
    """What the shipped rules ask of statistics of services."""
    elements = {element.id: element for element in shipped.edition(2566).item(ITEM).elements}
    return elements["statistics"].match.model_dump(exclude_unset=True)


def _table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


COUNTERS = (
    f"<h1>{TITLE}</h1><p>วันที่ลงประกาศ : 3 เม.ย. | อ่าน 45 ครั้ง</p>",
    f"<h1>{TITLE}</h1><p>ผู้เข้าชม 1,234</p>",
    f"<h1>{TITLE}</h1><p>จำนวนผู้เข้าชม 1,234 คน</p>",
    f"<h1>{TITLE}</h1><p>ดาวน์โหลด 12 ครั้ง</p><p>Hits: 99</p>",
    f"<h1>{TITLE}</h1><p>หมวดหมู่ : งานบริการ | เปิดอ่าน 45 ครั้ง</p>",
    f"<h1>{TITLE}</h1><div>{TITLE} (อ่าน 45 ครั้ง)</div>",
    f"<h1>{TITLE}</h1>" + _table("เรื่อง|วันที่|จำนวน", "<a href='/a.pdf'>สถิติการให้บริการ รอบ 6 เดือน</a>|3 เม.ย. 2566|120"),
    f"<h1>{TITLE}</h1><p>45</p>",
    f"<h1>{TITLE}</h1><p>ให้บริการในวันทำการ 08.30-16.30 น. โทร. 0 2123 4567</p>",
    f"<h1>{TITLE}</h1>" + _table("ประเภทบริการ|ต.ค. 65", "ขอหนังสือรับรอง|-"),
)
STATISTICS = (
    "<p>ตั้งแต่ตุลาคม 2565 ถึงมีนาคม 2566 มีผู้มารับบริการ 120 ราย</p>",
    "<p>จำนวนผู้รับบริการทั้งสิ้น : 1,234</p>",
    "<div><b>1,234</b></div><p>ผู้รับบริการ</p>",
    "<p>ผู้รับบริการ</p><p>120 ราย</p>",
    _table("เดือน|จำนวนผู้รับบริการ (ราย)", "ตุลาคม 2565|120", "พฤศจิกายน 2565|14"),
    _table("ประเภทบริการ|ต.ค. 65|พ.ย. 65", "ขอหนังสือรับรอง|14|35"),
    _table("ที่|ประเภทบริการ|จำนวน (ราย)", "1|ขอหนังสือรับรอง|14", "2|ขอคัดสำเนา|3"),
    f"<h1>{TITLE}</h1>" + _table("เดือน|จำนวน (ราย)", "ตุลาคม 2565|12", "พฤศจิกายน 2565|14"),
    _table("เดือน|ขอหนังสือรับรอง|รวมผู้รับบริการ", "ตุลาคม 2565|12|12"),
)  # fmt: skip
UNSURE = (
    "<h1>สถิติผู้มารับบริการ</h1><p>120 ราย</p>",
    f"<h1>{TITLE}</h1>" + _table("เดือน|จำนวนนักเดินทาง (คน)", "ตุลาคม 2565|120", "พฤศจิกายน 2565|14"),
    f"<h1>{TITLE}</h1>" + _table("รายการ|จำนวนผู้เข้าชม", "วันนี้|120", "เมื่อวาน|14"),
)


@pytest.mark.parametrize("html", COUNTERS)
def test_a_pages_readers_are_nobody_who_was_served(judge: Judge, spec: Spec, html: str) -> None:
    assert judge.page(spec, html, ITEM) == "missing"


@pytest.mark.parametrize("html", STATISTICS)
def test_a_number_that_says_what_it_counts(judge: Judge, spec: Spec, html: str) -> None:
    assert judge.page(spec, html, ITEM) == "present"


@pytest.mark.parametrize("html", UNSURE)
def test_what_a_table_counts_without_saying_so_is_for_a_person(judge: Judge, spec: Spec, html: str) -> None:
    assert judge.page(spec, html, ITEM) == "review"


def test_rows_without_rules_below_the_line_that_names_them(judge: Judge, spec: Spec) -> None:
    text = f"{TITLE}\nเดือน จำนวนผู้รับบริการ (ราย)\nตุลาคม 2565 {{}}\nพฤศจิกายน 2565 {{}}"
    assert judge(spec, text.format(12, 30), ITEM) == "present"
    assert judge(spec, text.format("", ""), ITEM) == "missing"


def test_a_documents_visitors_are_for_a_person(judge: Judge, spec: Spec) -> None:
    title = "สถิติการให้บริการเว็บไซต์ ประจำปีงบประมาณ พ.ศ. 2566"
    assert judge(spec, f"{title}\n|เดือน|จำนวนผู้เข้าชม (ครั้ง)|\n|ต.ค. 2565|107|\n|พ.ย. 2565|114|", ITEM) == "review"
    assert judge(spec, f"{title}\nเดือน จำนวนผู้เข้าชม (ครั้ง)\nต.ค. 2565 107\nพ.ย. 2565 114", ITEM) == "review"
    assert judge(spec, f"{TITLE}\nเดือน จำนวน (ราย)\nต.ค. 2565 107\nพ.ย. 2565 114", ITEM) == "present"
