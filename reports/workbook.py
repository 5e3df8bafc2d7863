"""Plain tables as an XLSX file: text stays text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from core.sanitize import sanitize_lines, sanitize_text

Cell = str | float | int | None

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TEXT = 2000
"""Characters in one cell; Excel takes 32,767, people less."""
_NAME = 31
_IN_NAMES = {ord(c): " " for c in "[]:*?/\\'"}
_A4 = 9


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One table. `widths` are characters per column; None and empty cells stay empty."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


def workbook(*sheets: WorkbookSheet) -> bytes:
    """The XLSX file of these tables, each with a header row that stays in sight and prints on every page."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    bold = book.add_format({"bold": True, "bg_color": "#F6F8FA", "border": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for table in sheets:
        sheet = book.add_worksheet(sanitize_text(table.name.translate(_IN_NAMES), _NAME))
        for col, (title, width) in enumerate(zip(table.header, table.widths, strict=True)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, sanitize_text(title), bold)
        for at, row in enumerate(table.rows, 1):
            for col, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(at, col, sanitize_lines(value, _TEXT), plain)
                elif value is not None:
                    sheet.write_number(at, col, value, plain)
        sheet.freeze_panes(1, 2 if len(table.header) > 3 else 0)
        if table.rows and all(table.header):
            sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
