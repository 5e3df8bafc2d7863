"""Plain tables as an XLSX file: text stays text, whatever it looks like, and every sheet prints on A4."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import xlsxwriter

from core.models.assessment import ItemStatus
from core.sanitize import safe_link, sanitize_lines, sanitize_text
from core.steady_zip import FIRST_DAY
from reports.messages import Messages
from reports.ordering import DOUBTS, GAPS

Row = TypeVar("Row")

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONG = 2000
"""Rows of a workbook from which on each is given away once it is written: a country's matrix would take 300 MB."""
_TEXT = 2000
"""Characters in one cell; Excel takes 32,767, people less."""
_NAME = 31
_IN_NAMES = {ord(c): " " for c in "[]:*?/\\'"}
_A4 = 9
_FONT = "Tahoma"
"""Has Thai letters on every Windows and Mac, in one size with the Latin ones."""
_SIZE = 10
_LINE = 13.5
"""Points: marks above and below Thai letters need more than Latin lines do."""
_HIGHEST = 400.0
"""Excel takes 409 points."""
_NO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Thai vowels and marks above and below the letters."""
_ADDRESS = 2000
_LINKS = 60_000
"""Excel refuses a sheet with more than 65,530 links."""
_HEADER = 120
"""Characters of a page's head: Excel takes 255, signs doubled."""
_TICKS = ("☐", "☑")
_TICKED_ROWS = 1000


class Tone(StrEnum):
    """The colour of a cell; the word in it says the same."""

    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    SOFT = "soft"


_COLOURS = {
    Tone.GOOD: ("#0B5A22", "#E3F4E6"),
    Tone.BAD: ("#A40E26", "#FDE7EA"),
    Tone.DOUBT: ("#6B4300", "#FFF4D1"),
    Tone.SOFT: ("#57606A", "#F0F2F4"),
}


@dataclass(frozen=True, slots=True)
class Toned:
    """A word on its colour."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Linked:
    """An address that can be followed, if it is a safe one; else it stays text."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box that a person ticks."""


Cell = str | float | int | Toned | Linked | Tick | None


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One table. `widths` are characters per column; None and empty cells stay empty. `title` is printed above every
    page, `repeated` columns to the left of every page where the table is wider than one: pages of about
    `across` columns after these (0: all on one)."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    title: str = ""
    repeated: int = 0
    across: int = 0


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


def sheet_of(
    name: str, columns: Sequence[Column[Row]], rows: Iterable[Row], messages: Messages, title: str = ""
) -> WorkbookSheet:
    """Make the table of these columns, a line per row."""
    return WorkbookSheet(
        name,
        tuple(column.title(messages) for column in columns),
        tuple(tuple(column.value(row) for column in columns) for row in rows),
        tuple(column.width for column in columns),
        title,
    )


def tone_of(status: ItemStatus) -> Tone:
    """Return the colour of an item's status."""
    if status in GAPS:
        return Tone.BAD
    if status in DOUBTS:
        return Tone.DOUBT
    return Tone.GOOD if status is ItemStatus.COMPLETE else Tone.SOFT


def status_cell(status: ItemStatus, messages: Messages) -> Toned:
    """Return the cell of an item's status: its mark and its word on its colour."""
    mark, word = messages.detail("status", status.value, "mark"), messages.word("status", status.value)
    return Toned(f"{mark} {word}".strip(), tone_of(status))


def workbook(*sheets: WorkbookSheet) -> bytes:
    """The XLSX file of these tables, each with a header row that stays in sight and prints on every page."""
    out = io.BytesIO()
    is_long = sum(len(table.rows) for table in sheets) > _LONG
    book = xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": is_long, "in_memory": not is_long})
    book.set_calc_mode("auto")
    book.set_properties({"created": FIRST_DAY})
    written = _Formats(book)
    for table in sheets:
        sheet = book.add_worksheet(sanitize_text(table.name.translate(_IN_NAMES), _NAME))
        for col, (title, width) in enumerate(zip(table.header, table.widths, strict=True)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, sanitize_text(title), written.bold)
        links = 0
        sheet.set_row(0, _height(table.header, table.widths, bold=True))
        for at, row in enumerate(table.rows, 1):
            sheet.set_row(at, _height(row, table.widths))
            for col, value in enumerate(row):
                links += written.write(sheet, at, col, value, links < _LINKS)
        _tick_choice(sheet, table)
        _set_up_page(sheet, table)
    book.close()
    return out.getvalue()


class _Formats:
    """The formats of one workbook, and what is written with which."""

    def __init__(self, book: Any) -> None:
        def made(**more: object) -> Any:
            common = {"font_name": _FONT, "font_size": _SIZE, "text_wrap": True, "valign": "top", "border": 1}
            return book.add_format({**common, "border_color": "#B9C0C7", **more})

        self.bold = made(bold=True, bg_color="#E6EBF1", valign="vcenter")
        self._plain = made()
        self._number = made(align="right", indent=1)
        self._link = made(font_color="#0A53BE", underline=1)
        self._tick = made(font_size=14, align="center")
        self._toned = {tone: made(font_color=ink, bg_color=paper) for tone, (ink, paper) in _COLOURS.items()}

    def write(self, sheet: Any, at: int, col: int, value: Cell, may_link: bool) -> bool:
        """Write a cell; whether it became a link."""
        if isinstance(value, Linked):
            return self._write_link(sheet, at, col, value, may_link)
        if isinstance(value, Toned):
            sheet.write_string(at, col, sanitize_text(value.text, _TEXT), self._toned[value.tone])
        elif isinstance(value, Tick):
            sheet.write_string(at, col, _TICKS[0], self._tick)
        elif isinstance(value, str) and value:
            sheet.write_string(at, col, sanitize_lines(value, _TEXT), self._plain)
        elif value is None or value == "":
            sheet.write_blank(at, col, None, self._plain)
        else:
            sheet.write_number(at, col, value, self._number)
        return False

    def _write_link(self, sheet: Any, at: int, col: int, value: Linked, may_link: bool) -> bool:
        target = safe_link(value.url)
        shown = sanitize_lines(value.text or value.url, _TEXT)
        # Excel counts escaped letters: nine signs for a Thai one.
        if not target or not may_link or len(quote(target, safe="%/:?&=#")) > _ADDRESS:
            self.write(sheet, at, col, shown, False)
            return False
        sheet.write_url(at, col, target, self._link, shown)
        return True


def _height(row: Sequence[Cell], widths: Sequence[int], *, bold: bool = False) -> float:
    """The height that a row's texts need: only Excel itself would find it, other programs and printers do not."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        text = value if isinstance(value, str) else _told(value)
        # Thai letters are narrower than the digit that a column is measured by: as much as unfilled lines cost.
        room = max(width - 1, 1) / (1.1 if bold else 1.0)
        lines = max(
            lines, sum(max(1, math.ceil(len(line) / room)) for line in _NO_WIDTH.sub("", text[:_TEXT]).split("\n"))
        )
    return min(_HIGHEST, lines * _LINE + 2)


def _told(value: Cell) -> str:
    if isinstance(value, Toned):
        return value.text
    return value.text or value.url if isinstance(value, Linked) else ""


def _tick_choice(sheet: Any, table: WorkbookSheet) -> None:
    """Offer the ticked and the open box where a column holds boxes."""
    first = table.rows[0] if table.rows else ()
    for col, value in enumerate(first):
        if isinstance(value, Tick):
            last = min(len(table.rows), _TICKED_ROWS)
            sheet.data_validation(1, col, last, col, {"validate": "list", "source": list(_TICKS)})


def _set_up_page(sheet: Any, table: WorkbookSheet) -> None:
    """A4, the head row on every page, page numbers, and letters that can be read."""
    columns = len(table.header)
    sheet.freeze_panes(1, table.repeated or (2 if columns > 3 else 0))
    if table.rows and all(table.header):
        sheet.autofilter(0, 0, len(table.rows), columns - 1)
    landscape = columns > 3
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0)
    if table.across:
        sheet.repeat_columns(0, table.repeated - 1)
        sheet.fit_to_pages(max(1, math.ceil((columns - table.repeated) / table.across)), 0)
    else:
        sheet.fit_to_pages(1, 0)
    # `&` begins a code in heads and foots.
    title = sanitize_text(table.title, _HEADER).replace("&", "&&")
    sheet.set_header(f"&L{title}&R&A" if title else "&R&A")
    sheet.set_footer("&C&P / &N")
