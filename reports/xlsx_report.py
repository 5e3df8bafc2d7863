"""report.xlsx: the same findings as a spreadsheet. All cells are strings or numbers, never formulas or links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from checklist.rules.model import Edition
from oit.model import Assessment
from reports.advice import advise
from reports.clean import clean, shown_url
from reports.gaps import gap_number, sort_verdicts
from reports.json_report import points
from reports.messages import Messages

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def report_xlsx(assessment: Assessment, edition: Edition, messages: Messages) -> bytes:
    """One agency's workbook: a sheet of items (gaps first) and a sheet of elements."""
    word = messages.word
    groups = sort_verdicts(assessment)
    ordered = (*groups.gaps, *groups.doubts, *groups.fine)
    items = [
        (
            v.item, v.title, word("status", v.status.value), round(v.cost, 2) if v in groups.gaps else "",
            advise(v, edition, messages).text, advise(v, edition, messages).paste.replace("\n", " / "),
            shown_url(v.evidence[0].url) if v.evidence else "", gap_number(assessment, v),
        )
        for v in ordered
    ]  # fmt: skip
    elements = [
        (
            v.item, v.title, f.text, word("element", f.status.value),
            word("advised", "") if f.level.value == "advised" else "",
            clean(messages.reason(f.reason)) if f.reason else "", clean(f.quotes[0].quote) if f.quotes else "",
            f.quotes[0].page or "" if f.quotes else "", shown_url(f.quotes[0].url) if f.quotes else "",
        )
        for v in ordered
        for f in v.findings
    ]  # fmt: skip
    head = [
        (word("page", "agency"), assessment.agency.name),
        (word("page", "score"), points(assessment.score.lowest), points(assessment.score.highest)),
        (word("page", "as_of"), assessment.as_of.isoformat()),
        (word("page", "crawled"), assessment.crawl.started.isoformat()),
    ]
    return workbook(
        (word("page", "summary"), (word("page", "item"), "", ""), head, (28, 60, 12)),
        (
            word("page", "gaps"),
            tuple(word("page", k) for k in ("item", "item", "status", "cost", "advice", "next", "address", "gap")),
            items, (7, 45, 16, 10, 70, 40, 50, 30),
        ),
        (
            word("page", "element"),
            tuple(
                word("page", k)
                for k in ("item", "item", "element", "status", "level", "saw", "quote", "page_no", "address")
            ),
            elements, (7, 40, 50, 16, 20, 40, 60, 7, 50),
        ),
    )  # fmt: skip


Sheet = tuple[str, Sequence[str], Iterable[Sequence[object]], Sequence[int]]


def workbook(*sheets: Sheet) -> bytes:
    """A workbook of plain tables: name, header, rows and column widths (characters) for each sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    bold = book.add_format({"bold": True, "bg_color": "#F6F8FA", "border": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for name, header, rows, widths in sheets:
        sheet = book.add_worksheet(clean(name, 31).translate(_SHEET_NAME))
        for col, (title, width) in enumerate(zip(header, widths, strict=False)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, title, bold)
        for at, row in enumerate(rows, 1):
            for col, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(at, col, value, plain)
                elif value is not None and value != "":
                    sheet.write_string(at, col, clean(str(value), 2000), plain)
        sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


_SHEET_NAME = {ord(c): " " for c in "[]:*?/\\'"}
