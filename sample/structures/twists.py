"""Papers with further years, dates and laws in them, which change nothing of what they are and of which year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sample.author import Desk
from sample.paper import Block, Heading, Paper, Table, Text
from sample.voice import baht, day


def _told(desk: Desk, paper: Paper) -> int:
    """The fiscal year that the paper tells of."""
    return desk.edition - 1 if desk.last_year in paper.title else desk.edition


def _before(paper: Paper, *blocks: Block) -> Paper:
    return replace(paper, blocks=(*blocks, *paper.blocks))


def signed_later(desk: Desk, paper: Paper) -> Paper:
    """Signed in the first months of the next fiscal year, or before the year begins."""
    return replace(paper, blocks=(*paper.blocks, Text(f"เห็นชอบ ณ วันที่ {day(15, 2, _told(desk, paper) + 1)}")))


def law(desk: Desk, paper: Paper) -> Paper:
    """Begins with the laws it rests on, which have years of their own."""
    return _before(
        paper,
        Text(f"อาศัยอำนาจตาม{desk.office.law} และพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560 มาตรา 11"),
    )


def compared(desk: Desk, paper: Paper) -> Paper:
    """Compares the year with the two before it."""
    year = _told(desk, paper)
    amounts = [desk.number(f"c{i}", 300, 900) * 1000 for i in range(3)]
    head = ("รายการ", *(f"ปี {year - back}" for back in (2, 1, 0)))
    return _before(
        paper,
        Heading("ข้อมูลเปรียบเทียบ"),
        Table(head, (("งบประมาณที่ได้รับ (บาท)", *(f"{amount:,}" for amount in amounts)),)),
    )


def school_year(desk: Desk, paper: Paper) -> Paper:
    """Speaks of a school year, which is no fiscal year."""
    return _before(paper, Text(f"หน่วยงานร่วมกับสถานศึกษา 4 แห่ง ในปีการศึกษา {_told(desk, paper) - 1} เผยแพร่ความรู้แก่นักเรียน"))


def year_below(desk: Desk, paper: Paper) -> Paper:
    """The title has no year, the line below it has."""
    for words in (desk.year, desk.last_year):
        if words in paper.title:
            title = " ".join(paper.title.replace(words, "").split())
            return _before(replace(paper, title=title), Text(f"ประจำปีงบประมาณ พ.ศ. {_told(desk, paper)}"))
    return paper


def memo(desk: Desk, paper: Paper) -> Paper:
    """A letter of another day stands before it."""
    return _before(
        paper,
        Text("บันทึกข้อความ"),
        Text(f"ส่วนราชการ {desk.office.name} โทร. {desk.phone}"),
        Text(f"วันที่ {day(5, 3, _told(desk, paper) + 1)}"),
    )


def next_year(desk: Desk, paper: Paper) -> Paper:
    """Says what is asked for in the year after."""
    amount = baht(desk.number("next", 200, 800) * 1000)
    return _before(
        paper, Text(f"ทั้งนี้ ได้เสนอคำของบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. {_told(desk, paper) + 1} ไว้แล้ว จำนวน {amount}")
    )


TWISTS: Mapping[str, Callable[[Desk, Paper], Paper]] = {
    "signed_later": signed_later,
    "law": law,
    "compared": compared,
    "school_year": school_year,
    "year_below": year_below,
    "memo": memo,
    "next_year": next_year,
}
"""Name -> what becomes of a paper."""
