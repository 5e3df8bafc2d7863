"""Office documents line by line: breaks made by hand, text boxes, groups, merged cells of ODT and slides."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from pptx import Presentation
from pptx.util import Inches

from core.models.snapshot import Block, BlockKind
from documents import read_document
from documents.base import ReadLimits

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def blocks(body: bytes, name: str) -> tuple[Block, ...]:
    return read_document(body, "https://a.go.th/x", "", name, ReadLimits()).blocks


def odt(content: str, styles: str = "") -> bytes:
    handle = io.BytesIO()
    with zipfile.ZipFile(handle, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
    return handle.getvalue()


def slides(fill: object) -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    fill(slide)  # type: ignore[operator]
    handle = io.BytesIO()
    presentation.save(handle)
    return handle.getvalue()


def document(fill: object) -> bytes:
    made = docx.Document()
    fill(made)  # type: ignore[operator]
    handle = io.BytesIO()
    made.save(handle)
    return handle.getvalue()


def broken_docx() -> bytes:
    def fill(made: docx.document.Document) -> None:
        paragraph = made.add_paragraph("ปัญหา อุปสรรค")
        paragraph.runs[0].add_break()
        paragraph.add_run("ขาดคน")

    return document(fill)


def broken_slide() -> bytes:
    def fill(slide: object) -> None:
        box = slide.shapes.add_textbox(0, 0, Inches(4), Inches(2))  # type: ignore[attr-defined]
        box.text_frame.text = "ปัญหา อุปสรรค\vขาดคน"

    return slides(fill)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (broken_docx(), "a.docx"),
        (broken_slide(), "a.pptx"),
        (odt("<text:p>ปัญหา อุปสรรค<text:line-break/>ขาดคน</text:p>"), "a.odt"),
    ],
    ids=["docx", "pptx", "odt"],
)
def test_a_line_broken_by_hand_is_a_line(body: bytes, name: str) -> None:
    assert [block.text for block in blocks(body, name)] == ["ปัญหา อุปสรรค", "ขาดคน"]


def tabbed(kind: str, *lines: str) -> bytes:
    if kind == "docx":
        return document(lambda made: [made.add_paragraph(line) for line in lines])
    if kind == "odt":
        return odt("".join(f"<text:p>{line.replace(TAB, '<text:tab/>')}</text:p>" for line in lines))
    coded = (line.replace(TAB, r"\tab ").encode("cp874") for line in lines)
    escaped = ("".join(chr(c) if c < 128 else f"\\'{c:02x}" for c in line) for line in coded)
    return (r"{\rtf1\ansi\ansicpg874 " + "".join(rf"{line}\par " for line in escaped) + "}").encode()


TAB = "\t"


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_a_tab_between_words_parts_them(kind: str) -> None:
    """An indent, the room behind a line and what sets off its number part nothing."""
    lines = ("ปัญหา\tขาดคน", "\tขาดคน มาก", "ปัญหา\t\t", "3.\tปัญหา\t\tขาดคน", "•\tขาดคน", "ก)\tขาดคน", "คำสั่ง 1\tขาดคน")
    found = [block.text for block in blocks(tabbed(kind, *lines), f"a.{kind}")]
    assert found == [
        "ปัญหา\tขาดคน", "ขาดคน มาก", "ปัญหา", "3. ปัญหา\t\tขาดคน", "• ขาดคน", "ก) ขาดคน", "คำสั่ง 1\tขาดคน",
    ]  # fmt: skip


def test_every_text_box_of_a_paragraph_is_read_once() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"

    def fill(made: docx.document.Document) -> None:
        both = "".join(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wps">{box(text)}</mc:Choice><mc:Fallback>{box(text)}</mc:Fallback>'
            "</mc:AlternateContent>"
            for text in ("กล่องหนึ่ง", "กล่องสอง")
        )
        made.add_paragraph("หัวเรื่อง").runs[0]._r.append(parse_xml(f'<w:r xmlns:w="{_W}">{both}</w:r>'))

    assert [block.text for block in blocks(document(fill), "a.docx")] == ["หัวเรื่อง", "กล่องหนึ่ง", "กล่องสอง"]


def test_shapes_in_groups_and_merged_cells_of_slides() -> None:
    def fill(slide: object) -> None:
        group = slide.shapes.add_group_shape()  # type: ignore[attr-defined]
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = "ในกลุ่ม"
        table = slide.shapes.add_table(2, 3, 0, 0, Inches(5), Inches(2)).table  # type: ignore[attr-defined]
        table.cell(0, 0).merge(table.cell(0, 1))
        for place, text in {(0, 0): "ผลการ\vดำเนินงาน", (0, 2): "ปัญหา", (1, 0): "ก", (1, 1): "ข", (1, 2): "ค"}.items():
            table.cell(*place).text = text

    found = blocks(slides(fill), "a.pptx")
    assert found[0].text == "ในกลุ่ม"
    assert [(b.row, b.col, b.span_cols, b.text) for b in found if b.kind is BlockKind.CELL] == [
        (0, 0, 2, "ผลการ\nดำเนินงาน"),
        (0, 2, 1, "ปัญหา"),
        (1, 0, 1, "ก"),
        (1, 1, 1, "ข"),
        (1, 2, 1, "ค"),
    ]


def test_merged_cells_of_odt_keep_their_columns() -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell{1}><text:p>{0}</text:p></table:table-cell>"
    covered = "<table:covered-table-cell/>"
    content = (
        "<table:table><table:table-header-rows>"
        + row.format(cell.format("ผล", ' table:number-columns-spanned="2"') + covered + cell.format("ปัญหา", ""))
        + "</table:table-header-rows>"
        + row.format(
            cell.format("ก", ' table:number-rows-spanned="2"')
            + "<table:table-cell><text:p>ข</text:p><text:list><text:list-item><text:p>ค</text:p></text:list-item>"
            "</text:list></table:table-cell>" + cell.format("ง", "")
        )
        + row.format(covered + '<table:table-cell table:number-columns-repeated="1"/>' + cell.format("จ", ""))
        + "</table:table>"
    )
    found = [(b.row, b.col, b.span_rows, b.span_cols, b.text) for b in blocks(odt(content), "a.odt")]
    assert found == [
        (0, 0, 1, 2, "ผล"),
        (0, 2, 1, 1, "ปัญหา"),
        (1, 0, 2, 1, "ก"),
        (1, 1, 1, 1, "ข\nค"),
        (1, 2, 1, 1, "ง"),
        (2, 1, 1, 1, ""),
        (2, 2, 1, 1, "จ"),
    ]


def test_bold_lines_tabs_boxes_and_deleted_text_of_odt() -> None:
    styles = '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    content = (
        "<text:tracked-changes><text:changed-region><text:p>ลบแล้ว</text:p></text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="B">5. ปัญหา อุปสรรค</text:p>'
        '<text:p><text:span text:style-name="B">ข้อเสนอแนะ</text:span></text:p>'
        '<text:p><text:span text:style-name="B">ข้อเสนอแนะ</text:span><text:tab/>ไม่มี</text:p>'
        "<text:p>หลัก<draw:frame><draw:text-box><text:p>ในกล่อง</text:p></draw:text-box></draw:frame></text:p>"
    )
    found = [(b.kind, b.bold, b.text) for b in blocks(odt(content, styles), "a.odt")]
    assert found == [
        (BlockKind.HEADING, True, "5. ปัญหา อุปสรรค"),
        (BlockKind.PARAGRAPH, True, "ข้อเสนอแนะ"),
        (BlockKind.PARAGRAPH, False, "ข้อเสนอแนะ\tไม่มี"),
        (BlockKind.PARAGRAPH, False, "หลัก"),
        (BlockKind.PARAGRAPH, False, "ในกล่อง"),
    ]


@pytest.mark.parametrize("count", ["-1", "0", "x", "99999999999", "٣"])
def test_a_broken_count_of_an_odt_cell_is_one_or_bounded(count: str) -> None:
    cell = f'<table:table-cell table:number-columns-spanned="{count}"><text:p>ก</text:p></table:table-cell>'
    (found,) = blocks(odt(f"<table:table><table:table-row>{cell}</table:table-row></table:table>"), "a.odt")
    assert 1 <= found.span_cols <= 200


def test_notes_stand_behind_their_number_below_their_line() -> None:
    body = "<text:note-body><text:p>ตามแบบ</text:p></text:note-body>"
    cited = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    found = blocks(odt(f"<text:p>ปัญหา{cited}</text:p><text:p>ไม่มี</text:p>"), "a.odt")
    assert [block.text for block in found] == ["ปัญหา", "¹ ตามแบบ", "ไม่มี"]
    words = ["".join(f"\\'{c:02x}" for c in word.encode("cp874")) for word in ("ปัญหา", "ตามแบบ", "ไม่มี")]
    source = r"{{\rtf1\ansi\ansicpg874 {}{{\footnote \pard\plain {}\par}}\par {}\par}}".format(*tuple(words))
    assert [block.text for block in blocks(source.encode(), "a.rtf")] == ["ปัญหา", "¹ ตามแบบ", "ไม่มี"]
