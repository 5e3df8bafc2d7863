"""Sheets, slides, rich text and OpenDocument as a person sees them: hidden things out, boxes and drawings in."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from pptx import Presentation
from pptx.util import Inches

from core.models.snapshot import Block, BlockKind, Reading, ReadState
from documents import read_document
from documents.base import ReadLimits
from documents.office.sheets.binary import read_binary_parts
from tests.documents.office.containers import compound

_SHOWN, _HIDDEN = "เห็น", "ลับ"


def read(body: bytes, limits: ReadLimits | None = None) -> Reading:
    return read_document(body, "https://a.go.th/x", "", "x", limits or ReadLimits())


def texts(body: bytes) -> list[str]:
    return [block.text for block in read(body).blocks if block.text]


# ---------------------------------------------------------------------------------------------------- spreadsheets


def book(hide: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("ก")
        sheet.write(0, 0, _SHOWN)
        if hide == "row":
            sheet.write(1, 0, _HIDDEN)
            sheet.set_row(1, None, None, {"hidden": True})
        elif hide == "column":
            sheet.write(0, 1, _HIDDEN)
            sheet.set_column(1, 1, None, None, {"hidden": True})
        elif hide == "flat row":
            sheet.write(1, 0, _HIDDEN)
            sheet.set_row(1, 0)
        elif hide == "narrow column":
            sheet.write(0, 1, _HIDDEN)
            sheet.set_column(1, 1, 0)
        elif isinstance(look := LOOKS.get(hide), dict):
            sheet.write(1, 0, _HIDDEN, made.add_format(look))
        else:
            other = made.add_worksheet("ข")
            other.write(0, 0, _HIDDEN)
            other.insert_textbox(2, 0, _HIDDEN)
            other.very_hidden() if hide == "very hidden sheet" else other.hide()
    return out.getvalue()


LOOKS = {
    "format": {"num_format": ";;;"},
    "white": {"font_color": "#FFFFFF"},
    "white on white": {"font_color": "#FEFEFE", "bg_color": "#FFFFFF"},
    "tiny": {"font_size": 1},
}


@pytest.mark.parametrize(
    "hide", ["row", "column", "sheet", "very hidden sheet", "flat row", "narrow column", *sorted(LOOKS)]
)
def test_hidden_parts_of_a_workbook_are_not_read(hide: str) -> None:
    assert texts(book(hide)) == [_SHOWN]


def test_white_letters_on_a_filled_cell_are_seen() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("ก").write(0, 0, _SHOWN, made.add_format({"font_color": "#FFFFFF", "bg_color": "#1F4E79"}))
    assert texts(out.getvalue()) == [_SHOWN]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (r"{\cf2 A\par}", []),
        (r"{\fs2 A\par}", []),
        (r"{\cf1 A\par}", ["A"]),
        (r"{\cf2\highlight1 A\par}", ["A"]),
        (r"{\cf2 A\cf0 B\par}", ["B"]),
        (r"{\cf2 A\plain B\par}", ["B"]),
    ],
)
def test_white_and_tiny_letters_of_rich_text_are_not_read(source: str, seen: list[str]) -> None:
    colours = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"
    assert texts((r"{\rtf1\ansi" + colours + source + "}").encode()) == seen


_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        ('fo:color="#ffffff"', ["B"]),
        ('fo:font-size="1pt"', ["B"]),
        ('fo:color="#ffffff" fo:background-color="#000080"', ["A", "B C"]),
        ('fo:color="#333333"', ["A", "B C"]),
    ],
)
def test_white_and_tiny_letters_of_an_open_document_are_not_read(look: str, seen: list[str]) -> None:
    style = f'<style:style style:name="W" style:family="text"><style:text-properties {look}/></style:style>'
    body = '<text:p text:style-name="W">A</text:p><text:p>B <text:span text:style-name="W">C</text:span></text:p>'
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    assert texts(out.getvalue()) == seen


def test_text_boxes_of_a_sheet_stand_in_their_row() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("ก")
        sheet.write(0, 0, "หนึ่ง")
        sheet.insert_textbox(2, 0, "ปัญหา อุปสรรค\nขาดคน")
        sheet.write(20, 0, "สอง")
    found = read(out.getvalue()).blocks
    assert [(b.text, b.sheet) for b in found] == [
        ("หนึ่ง", "ก"), ("ปัญหา อุปสรรค", "ก"), ("ขาดคน", "ก"), ("สอง", "ก")
    ]  # fmt: skip


def test_a_sheet_that_is_too_large_costs_itself() -> None:
    made = openpyxl.Workbook()
    made.active.append([_SHOWN])  # type: ignore[union-attr]
    large = made.create_sheet("ใหญ่")
    for _ in range(3000):
        large.append(["ก" * 50] * 20)
    out = io.BytesIO()
    made.save(out)
    found = read(out.getvalue(), ReadLimits(expanded=1 << 19))
    assert [block.text for block in found.blocks] == [_SHOWN]
    assert found.state is ReadState.PARTIAL


def _record(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(data).to_bytes(2, "little") + data


def test_a_workbook_of_97_tells_what_it_hides_and_what_its_boxes_say() -> None:
    begin, end = _record(0x0809, bytes(16)), _record(0x000A, b"")
    name = "ก".encode("utf-16-le")

    def globals_at(start: int) -> bytes:
        sheet = start.to_bytes(4, "little") + b"\0\0" + bytes([1, 1]) + name
        return begin + _record(0x0085, sheet) + end

    start = len(globals_at(0))
    row = (4).to_bytes(2, "little") + bytes(10) + b"\x20\0\0\0"
    columns = b"\x02\0\x03\0" + bytes(4) + b"\x01\0" + bytes(2)
    said = "ปัญหา\nขาดคน"
    box = bytes(10) + len(said).to_bytes(2, "little") + bytes(6)
    text = _record(0x01B6, box) + _record(0x003C, b"\x01" + said.encode("utf-16-le"))
    data = globals_at(start) + begin + _record(0x0208, row) + _record(0x007D, columns) + text + end
    parts = read_binary_parts(compound({"Workbook": data}))["ก"]
    assert (parts.rows, parts.columns, parts.shown[0].lines) == ({4}, {2, 3}, ("ปัญหา", "ขาดคน"))
    assert read_binary_parts(b"\xd0\xcf\x11\xe0nothing") == {}


# ---------------------------------------------------------------------------------------------------------- slides


def slides(*, hide: bool, strict: bool = False) -> bytes:
    made = Presentation()
    for text in (_SHOWN, _HIDDEN):
        slide = made.slides.add_slide(made.slide_layouts[6])
        slide.shapes.add_textbox(0, 0, Inches(4), Inches(1)).text_frame.text = text
    if hide:
        made.slides[1]._element.set("show", "0")
        ghost = made.slides[0].shapes.add_textbox(0, 0, Inches(4), Inches(1))
        ghost.text_frame.text = _HIDDEN
        ghost._element.nvSpPr.cNvPr.set("hidden", "1")
    out = io.BytesIO()
    made.save(out)
    return _as_strict(out.getvalue()) if strict else out.getvalue()


def _as_strict(body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            for group in (b"presentationml", b"drawingml", b"officeDocument"):
                old = b"http://schemas.openxmlformats.org/" + group + b"/2006/"
                data = data.replace(old, b"http://purl.oclc.org/ooxml/" + group + b"/")
            made.writestr(name, data)
    return out.getvalue()


def test_hidden_slides_and_shapes_are_not_read() -> None:
    assert texts(slides(hide=True)) == [_SHOWN]


def test_a_strict_presentation_reads_as_another() -> None:
    assert texts(slides(hide=False, strict=True)) == [_SHOWN, _HIDDEN]


# ------------------------------------------------------------------------------------------------------- rich text


def rtf(content: str) -> bytes:
    fonts = r"{\fonttbl{\f0\fcharset222 Tahoma;}{\f1\fcharset2 Wingdings;}}"
    coded = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in content)
    return f"{{\\rtf1\\ansi\\ansicpg874{fonts}{coded}}}".encode()


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (r"{\v ลับ}เห็น\par", ["เห็น"]),
        (r"\v ลับ\v0 เห็น\par", ["เห็น"]),
        (r"{\deleted ลับ}เห็น\par", ["เห็น"]),
        (r"{\header ลับ}เห็น\par", ["เห็น"]),
        (r"{\listtext\f0 3.\tab}ปัญหา\par", ["3. ปัญหา"]),
        (r"{\pntext\f0 ๓.\tab}ปัญหา\par", ["๓. ปัญหา"]),
        (r"{\f1\'a8} ไม่มี\par", ["☐ ไม่มี"]),
        (r"{\f1\'fe} ไม่มี\par", ["☑ ไม่มี"]),
        (r"\u-3928?\f0  ไม่มี\par", ["\uf0a8 ไม่มี"]),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt ในกล่อง\par}}}\par", ["ในกล่อง"]),
        (r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt ลิงก์}}\par", ["ลิงก์"]),
        (r"ก\line ข\par", ["ก", "ข"]),
        (r"\{ก\}\~ข\par", ["{ก} ข"]),
    ],
)
def test_rich_text_as_it_is_shown(content: str, shown: list[str]) -> None:
    assert texts(rtf(content)) == shown


@pytest.mark.parametrize(
    ("field", "shown"),
    [(r"\fftype1\ffres1\ffdefres0", "☑"), (r"\fftype1\ffres25\ffdefres0", "☐"), (r"\fftype1\ffres25\ffdefres1", "☑")],
)
def test_boxes_of_rich_text(field: str, shown: str) -> None:
    content = r"{\field{\*\fldinst{ FORMCHECKBOX {\*\formfield{" + field + r"{\*\ffname x}}}}}{\fldrslt}} ไม่มี\par"
    assert texts(rtf(content)) == [f"{shown} ไม่มี"]


def test_rows_of_rich_text_are_cells_with_their_spans() -> None:
    first = r"\trowd\cellx100\cellx200\intbl ปัญหา\par อุปสรรค\cell ข้อเสนอแนะ\cell\row"
    second = r"\trowd\cellx100\clmrg\cellx200\intbl ขาดคน\cell\cell\row\pard จบ\par"
    found = read(rtf(first + second)).blocks
    cells = [(b.row, b.col, b.text, b.span_cols) for b in found if b.kind is BlockKind.CELL]
    assert cells == [(0, 0, "ปัญหา\nอุปสรรค", 1), (0, 1, "ข้อเสนอแนะ", 1), (1, 0, "ขาดคน", 2)]
    assert found[-1].text == "จบ"


# ---------------------------------------------------------------------------------------------------- OpenDocument

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "fo": "xsl-fo-compatible",
        "draw": "drawing", "form": "form", "presentation": "presentation", "svg": "svg-compatible",
    }.items()
)  # fmt: skip


def opendocument(content: str, styles: str = "", kind: str = "text") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
        body = f"<office:body><office:{kind}>{content}</office:{kind}></office:body>"
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>{body}"
            "</office:document-content>",
        )
    return out.getvalue()


_GHOST = '<style:style style:name="G"><style:text-properties text:display="none"/></style:style>'


@pytest.mark.parametrize(
    "content",
    [
        f'<text:p text:style-name="G">{_HIDDEN}</text:p><text:p>{_SHOWN}</text:p>',
        f'<text:p>{_SHOWN}<text:span text:style-name="G">{_HIDDEN}</text:span></text:p>',
        f'<text:section text:display="none"><text:p>{_HIDDEN}</text:p></text:section><text:p>{_SHOWN}</text:p>',
        f"<text:p>{_SHOWN}<text:placeholder>&lt;{_HIDDEN}&gt;</text:placeholder></text:p>",
        f"<text:p>{_SHOWN}<office:annotation><text:p>{_HIDDEN}</text:p></office:annotation></text:p>",
        f"<text:p>{_SHOWN}<draw:frame><svg:desc>{_HIDDEN}</svg:desc></draw:frame></text:p>",
        f'<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>{_HIDDEN}</text:p>'
        f"</table:table-cell></table:table-row></table:table><text:p>{_SHOWN}</text:p>",
    ],
)
def test_hidden_parts_of_an_opendocument_text_are_not_read(content: str) -> None:
    assert texts(opendocument(content, _GHOST)) == [_SHOWN]


def test_numbers_of_opendocument_lists_run_on() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" '
        'text:display-levels="2"/></text:list-style>'
    )

    def item(text: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"

    below = f"<text:list>{item('ค')}</text:list>"
    content = (
        f'<text:list text:style-name="L">{item("ก")}{item("ข", below)}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("ง")}</text:list>'
        f'<text:list text:style-name="L">{item("จ")}</text:list>'
    )
    assert texts(opendocument(content, style)) == ["1. ก", "2. ข", "2.1 ค", "3. ง", "1. จ"]


def test_form_fields_of_opendocument_show_what_they_hold() -> None:
    forms = (
        '<office:forms><form:form><form:checkbox form:id="a" form:label="ไม่มี"/>'
        '<form:checkbox form:id="b" form:label="มี" form:current-state="checked"/>'
        '<form:textarea form:id="c" form:current-value="ขาดคน"/></form:form></office:forms>'
    )
    controls = "".join(f'<draw:control draw:control="{key}"/>' for key in "abc")
    assert texts(opendocument(f"{forms}<text:p>{controls}</text:p>")) == ["☐ ไม่มี ☑ มี ขาดคน"]


def test_hidden_rows_and_boxes_of_an_opendocument_sheet() -> None:
    def row(text: str, more: str = "") -> str:
        cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        return f"<table:table-row{more}>{cell}</table:table-row>"

    box = "<draw:frame><draw:text-box><text:p>กล่อง</text:p></draw:text-box></draw:frame>"
    sheet = (
        f'<table:table table:name="ก"><table:shapes>{box}</table:shapes><table:table-column/>{row(_SHOWN)}'
        f"{row(_HIDDEN, ' table:visibility=' + chr(34) + 'collapse' + chr(34))}</table:table>"
    )
    found: tuple[Block, ...] = read(opendocument(sheet, kind="spreadsheet")).blocks
    assert sorted(block.text for block in found) == sorted([_SHOWN, "กล่อง"])
