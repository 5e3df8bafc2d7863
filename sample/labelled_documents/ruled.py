"""Long ruled tables as PDFs: narrow headers wrapped inside a word pair, repeated at the top of every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Lines

from sample.labelled_documents.case import BLANK, BOTH, EMPTY, PRESENT, SAYS_NONE, Truth
from sample.labelled_documents.wordings import SHORT_ADVICE, SHORT_PROBLEMS
from sample.render.pdf import register_fonts

_HEADS = (
    ("ที่", "กิจกรรม", "ผล", "ปัญหา/\nอุปสรรค", "ข้อ\nเสนอแนะ"),
    ("ที่", "กิจกรรม", "ผล", "ปัญหา\nและ\nอุปสรรค", "ข้อเสนอ\nแนะ"),
    ("ที่", "กิจกรรม", "ผล", "ปัญหา\nอุปสรรค", "ข้อเสนอแนะ"),
)
_WIDTHS = (30, 170, 90, 90, 90)
_FORMS = ("filled", "some", "none", "empty", "dash", "half")
_TRUTHS = {
    "filled": BOTH, "some": BOTH, "none": SAYS_NONE, "empty": BLANK, "dash": BLANK, "half": Truth(PRESENT, EMPTY),
}  # fmt: skip


def ruled_tables(dice: Random) -> list[tuple[str, bytes, Truth]]:
    """Name, PDF and truth of tables of every form, on one page and over page breaks."""
    made = []
    for i, form in enumerate(_FORMS):
        for count in (4, 60):
            head = _HEADS[(i + count) % len(_HEADS)]
            rows = [_row(form, k, dice) for k in range(count)]
            made.append((f"{form}_{count}", _pdf(head, rows), _TRUTHS[form]))
    return made


def _row(form: str, k: int, dice: Random) -> tuple[str, ...]:
    pair = {
        "none": ("ไม่มี", "ไม่มี"),
        "empty": ("", ""),
        "dash": ("-", "-"),
        "half": (dice.choice(SHORT_PROBLEMS), ""),
    }.get(form, (dice.choice(SHORT_PROBLEMS), dice.choice(SHORT_ADVICE)))
    if form == "some" and k % 3:
        pair = ("", "")
    return (str(k + 1), f"กิจกรรมส่งเสริมชุมชนลำดับที่ {k + 1}", "แล้วเสร็จ", *pair)


def _pdf(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    plain, bold = register_fonts()
    buffer = io.BytesIO()
    table = LongTable([list(head), *(list(row) for row in rows)], colWidths=list(_WIDTHS), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
                ("FONT", (0, 0), (-1, -1), plain, 10),
                ("FONT", (0, 0), (-1, 0), bold, 10),
                ("LEADING", (0, 0), (-1, -1), 15),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    style = ParagraphStyle("title", fontName=bold, fontSize=15, leading=24, alignment=1)
    title = Lines("รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565", style)
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build([title, Spacer(1, 12), table])
    return buffer.getvalue()
