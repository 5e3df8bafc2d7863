"""Plain tables as an XLSX file: text stays text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import xlsxwriter

from core.sanitize import sanitize_lines, sanitize_text
from reports.messages import Messages

Cell = str | float | int | None
Row = TypeVar("Row")

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


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table: its header's key in messages.th.yaml, its width in characters, a row's value in it.

    `group` is the header's group there; an empty group means that `header` is shown as it is (an item's id)."""

    header: str
    width: int
    value: Callable[[Row], Cell]
    group: str = "page"

    def title(self, messages: Messages) -> str:
        """Return the text above the column."""
        return messages.word(self.group, self.header) if self.group else self.header


def sheet_of(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row], messages: Messages) -> WorkbookSheet:
    """Make the table of these columns, a line per row."""
    return WorkbookSheet(
        name,
        tuple(column.title(messages) for column in columns),
        tuple(tuple(column.value(row) for column in columns) for row in rows),
        tuple(column.width for column in columns),
    )


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
