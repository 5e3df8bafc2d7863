"""Sheets with stray cells far from the others are read, and what lies between costs nothing."""

from __future__ import annotations

import io
import resource
import zipfile

import pytest

from documents.base import ReadError, ReadLimits
from documents.office.sheets.extent import closed_up
from documents.office.sheets.spreadsheet import read_sheets
from tests.workbooks import make_workbook

_ROWS = (("ที่", "โครงการ", "ปัญหา"), (1, "อบรม", "ขาดคน"))


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD3", "AB200000"])
def test_a_stray_cell_in_a_corner(place: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = read_sheets(make_workbook(_ROWS, **{place: "ไม่มี"}), ReadLimits())
    texts = [block.text for block in read.blocks if block.text]
    assert texts == ["ที่", "โครงการ", "ปัญหา", "1", "อบรม", "ขาดคน", "ไม่มี"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_what_nobody_asks_for_is_not_unfolded_with_it() -> None:
    out = io.BytesIO(make_workbook(_ROWS, XFD1048576="ไม่มี"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/theme/more.xml", bytes(64 << 20))
    with pytest.raises(ReadError):
        read_sheets(out.getvalue(), ReadLimits(expanded=16 << 20))


def test_a_sheet_without_strays_stays_as_it_is() -> None:
    sheet = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="19999"><c r="Z19999"/></row>'
    assert closed_up(sheet) is sheet
    near = b'<row r="1"><c r="A1"/></row><row r="9000"><c r="AB9000"/></row>'
    assert closed_up(near) is near


def test_runs_of_empty_rows_and_columns_are_taken_out() -> None:
    sheet = b'<row r="2"><c r="B2" s="1"/></row><row spans="1:2" r="1048576"><c s="2" r="XFD1048576"/></row>'
    moved = b'<row r="2"><c r="B2" s="1"/></row><row spans="1:2" r="4"><c s="2" r="D4"/></row>'
    assert closed_up(sheet) == moved


def test_a_stray_cell_of_an_opendocument_sheet() -> None:
    cell = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>".format
    far = "<table:table-cell table:number-columns-repeated='16383'/>" + cell("ไม่มี")
    rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in (cell("โครงการ"), cell("อบรม")))
    gap = "<table:table-row table:number-rows-repeated='1048573'><table:table-cell/></table:table-row>"
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='a'>{rows}{gap}"
            f"<table:table-row>{far}</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    read = read_sheets(out.getvalue(), ReadLimits())
    assert [block.text for block in read.blocks if block.text] == ["โครงการ", "อบรม", "ไม่มี"]
