"""Papers as XLSX and PPTX files, and Word files with what only Word has: merged cells and text boxes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import xlsxwriter
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from pptx import Presentation
from pptx.util import Inches

from sample.paper import Bullets, Heading, Paper, Table, Text

_WHEN = datetime(2022, 3, 1, tzinfo=UTC)


def timeless(data: bytes) -> bytes:
    """The same archive without the time of its making in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n not in ("[Content_Types].xml", "mimetype"), n)):
            target.writestr(zipfile.ZipInfo(name, (2022, 3, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rows_of(paper: Paper) -> list[tuple[str, ...]]:
    """The paper as rows of a sheet: one cell per paragraph, tables cell by cell."""
    rows: list[tuple[str, ...]] = [(paper.title,)]
    for block in paper.blocks:
        match block:
            case Heading(text) | Text(text):
                rows.append((text,))
            case Bullets(items):
                rows.extend((item,) for item in items)
            case Table(head, body):
                rows.extend((head, *body))
            case _:
                raise ValueError(f"a sheet cannot show a {type(block).__name__}")
    return rows


def xlsx(paper: Paper, *, merged: bool = False) -> bytes:
    """The paper as one sheet; `merged` runs its title over the columns as people do."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _WHEN.replace(tzinfo=None)})
    sheet = book.add_worksheet("รายงาน")
    rows = rows_of(paper)
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write_string(y, x, value)
    if merged:
        sheet.merge_range(0, 0, 0, 3, rows[0][0])
    book.close()
    return timeless(out.getvalue())


def pptx(paper: Paper) -> bytes:
    """The paper as slides: a heading begins a slide, its text stands in the body, a table is a table."""
    show = Presentation()
    show.core_properties.created = show.core_properties.modified = _WHEN.replace(tzinfo=None)
    slide = show.slides.add_slide(show.slide_layouts[0])
    slide.shapes.title.text = paper.title
    lines: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading(text):
                slide = show.slides.add_slide(show.slide_layouts[1])
                slide.shapes.title.text = text
                lines = []
            case Text(text):
                lines = [*lines, text]
                slide.placeholders[1].text = "\n".join(lines)
            case Bullets(items):
                lines = [*lines, *items]
                slide.placeholders[1].text = "\n".join(lines)
            case Table(head, rows):
                shape = slide.shapes.add_table(len(rows) + 1, len(head), Inches(0.5), Inches(2.5), Inches(9), Inches(3))
                for y, row in enumerate((head, *rows)):
                    for x, value in enumerate(row):
                        shape.table.cell(y, x).text = value
            case _:
                raise ValueError(f"a slide cannot show a {type(block).__name__}")
    out = io.BytesIO()
    show.save(out)
    return timeless(out.getvalue())


def merged_docx(title: str, values: tuple[str, str]) -> bytes:
    """A Word table whose header is two rows: one cell over both parts, and below it one for each."""
    document = _document(title)
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "กิจกรรม"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "ผล"
    table.cell(0, 2).merge(table.cell(0, 3)).text = "ปัญหา อุปสรรค และข้อเสนอแนะ"
    table.cell(1, 2).text, table.cell(1, 3).text = "ปัญหา/อุปสรรค", "ข้อเสนอแนะ"
    for y in (2, 3):
        for x, value in enumerate((f"กิจกรรมที่ {y - 1}", "แล้วเสร็จ", *values)):
            table.cell(y, x).text = value
    return _saved(document)


def boxed_docx(title: str, lines: tuple[str, ...]) -> bytes:
    """A Word file whose last lines stand in a text box."""
    document = _document(title)
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        f'<v:shape style="width:400pt;height:200pt"><v:textbox><w:txbxContent>{paragraphs}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(box))
    return _saved(document)


def running_docx(title: str, lines: tuple[str, ...], running: str) -> bytes:
    """A Word file with a line that runs below every page."""
    document = _document(title)
    document.sections[0].footer.paragraphs[0].text = running
    for line in lines:
        document.add_paragraph(line)
    return _saved(document)


def unseen_docx(paper: Paper, unseen: tuple[str, ...]) -> bytes:
    """A Word file whose last lines have a style of white letters."""
    document = _document(paper.title)
    style = document.styles.add_style("Unseen", WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = RGBColor(255, 255, 255)
    for (line,) in rows_of(paper)[1:]:
        document.add_paragraph(line)
    for line in unseen:
        document.add_paragraph(line, style=style)
    return _saved(document)


def unseen_xlsx(paper: Paper, unseen: tuple[str, ...]) -> bytes:
    """A sheet whose last lines have the number format that shows nothing."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _WHEN.replace(tzinfo=None)})
    sheet = book.add_worksheet("รายงาน")
    nothing = book.add_format({"num_format": ";;;"})
    rows = rows_of(paper)
    for y, (line,) in enumerate(rows):
        sheet.write_string(y, 0, line)
    for y, line in enumerate(unseen, len(rows)):
        sheet.write_string(y, 0, line, nothing)
    book.close()
    return timeless(out.getvalue())


def _document(title: str):  # type: ignore[no-untyped-def]  # python-docx names no public type here
    document = Document()
    document.core_properties.created = document.core_properties.modified = _WHEN
    document.add_heading(title, 1)
    document.add_paragraph("แสดงผลการดำเนินงานตามแผนปฏิบัติการประจำปี")
    return document


def _saved(document) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())
