"""Tables of office files: merged cells are one cell with its value and spans, repeated headers are headers."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from core.models.snapshot import Block, BlockKind, Reading
from documents import read_document
from documents.base import ReadLimits


def read(body: bytes, name: str) -> Reading:
    return read_document(body, f"https://a.go.th/{name}", "", name, ReadLimits())


def cells(reading: Reading) -> dict[tuple[int, int], Block]:
    return {(b.row or 0, b.col or 0): b for b in reading.blocks if b.kind is BlockKind.CELL}


def test_merged_cells_of_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("โครงการ", "ผลการดำเนินงาน", None),
        (None, "ปัญหา", "ข้อเสนอแนะ"),
        ("ก", "ล่าช้า", "เพิ่มคน"),
        ("ข", None, None),
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:C1", "B3:B4"):
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    found = cells(read(out.getvalue(), "a.xlsx"))
    assert (found[0, 0].text, found[0, 0].span_rows, found[0, 1].span_cols) == ("โครงการ", 2, 2)
    assert (found[2, 1].text, found[2, 1].span_rows) == ("ล่าช้า", 2)
    assert not {(1, 0), (0, 2), (3, 1)} & set(found)
    assert found[3, 2].text == ""
    assert {key for key, cell in found.items() if cell.header} == {(0, 0), (0, 1), (1, 1), (1, 2)}


def test_headers_repeated_down_a_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("โครงการ", "ปัญหา"), ("ก", "ไม่มี"), ("โครงการ", "ปัญหา"), ("ข", "ล่าช้า")):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    found = cells(read(out.getvalue(), "a.xlsx"))
    assert [found[row, 0].header for row in range(4)] == [True, False, True, False]


def test_headers_repeated_down_a_csv_file() -> None:
    found = cells(read("โครงการ,ปัญหา\nก,ไม่มี\nโครงการ,ปัญหา\nข,ล่าช้า\n".encode(), "a.csv"))
    assert [found[row, 1].header for row in range(4)] == [True, False, True, False]


def test_merged_cells_of_an_opendocument_sheet() -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )

    def cell(text: str, spans: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {spans}><text:p>{text}</text:p></table:table-cell>'

    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        '<table:table table:name="แผ่น1"><table:table-row>'
        + cell("โครงการ", 'table:number-rows-spanned="2"')
        + cell("ผล", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/></table:table-row><table:table-row><table:covered-table-cell/>"
        + cell("ปัญหา")
        + cell("ข้อเสนอแนะ")
        + "</table:table-row><table:table-row>"
        + cell("ก")
        + cell("ข")
        + cell("ค")
        + "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    found = cells(read(out.getvalue(), "a.ods"))
    assert (found[0, 0].text, found[0, 0].span_rows) == ("โครงการ", 2)
    assert (found[0, 1].text, found[0, 1].span_cols) == ("ผล", 2)
    assert {(0, 2), (1, 0)}.isdisjoint(found)
    assert (found[1, 2].text, found[2, 0].text) == ("ข้อเสนอแนะ", "ก")


def test_merged_and_wrapped_cells_of_a_word_file() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    texts = (("โครงการ", "ผล", ""), ("", "ปัญหา", "ข้อเสนอแนะ"), ("ก", "ล่าช้า", "เพิ่มคน"), ("ข", "ไม่มี", "ไม่มี"))
    for number, row in enumerate(texts):
        for col, text in enumerate(row):
            table.cell(number, col).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    # The last row sits in a content control, as forms have it, and so does the text of one cell.
    last = table.rows[3]._tr
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    last.addprevious(control)
    control.find(qn("w:sdtContent")).append(last)
    paragraph = table._tbl.tr_lst[2].tc_lst[1].p_lst[0]
    inner = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    paragraph.addprevious(inner)
    inner.find(qn("w:sdtContent")).append(paragraph)
    out = io.BytesIO()
    document.save(out)
    found = cells(read(out.getvalue(), "a.docx"))
    assert (found[0, 0].text, found[0, 0].span_rows, found[0, 1].text, found[0, 1].span_cols) == ("โครงการ", 2, "ผล", 2)
    assert (found[2, 1].text, found[3, 0].text) == ("ล่าช้า", "ข")
    assert {key for key, cell in found.items() if cell.header} == {(0, 0), (0, 1), (1, 1), (1, 2)}


def test_a_word_row_that_begins_further_right() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for number in range(6):
        table.cell(number // 3, number % 3).text = str(number)
    row = table.rows[1]._tr
    row.remove(row.tc_lst[0])
    row.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/></w:trPr>'))
    out = io.BytesIO()
    document.save(out)
    found = cells(read(out.getvalue(), "a.docx"))
    assert {key: cell.text for key, cell in found.items() if key[0] == 1} == {(1, 1): "4", (1, 2): "5"}
