"""Word documents as a person sees them: nothing that is hidden, everything that is drawn, typed or ticked."""

from __future__ import annotations

import pytest

from core.models.snapshot import BlockKind, Reading, ReadNote, ReadState, Zone
from documents import read_document
from documents.base import ReadLimits
from tests.documents.office.word import control, paragraph, run, word

_PARAGRAPH = paragraph("ขาดคน")


def read(body: bytes, limits: ReadLimits | None = None) -> Reading:
    return read_document(body, "https://a.go.th/x", "", "a.docx", limits or ReadLimits())


def texts(body: bytes) -> list[str]:
    return [block.text for block in read(body).blocks]


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph(run("ลับ", "<w:vanish/>")),
        paragraph("<w:del><w:r><w:delText>ลับ</w:delText></w:r></w:del>"),
        paragraph(f"<w:moveFrom>{run('ลับ')}</w:moveFrom>"),
        f"<w:moveFrom>{paragraph('ลับ')}</w:moveFrom>",
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>ลับ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>ลับ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        control(paragraph("คลิกเพื่อใส่ข้อความ"), "<w:showingPlcHdr/>"),
        paragraph(control(run("คลิกเพื่อใส่ข้อความ"), "<w:showingPlcHdr/>")),
        paragraph(run("ลับ"), props='<w:pStyle w:val="Ghost"/>'),
        paragraph(run("ลับ", '<w:rStyle w:val="Ghost"/>')),
        paragraph(run("ลับ", '<w:color w:val="FFFFFF"/>')),
        paragraph(run("ลับ", '<w:sz w:val="2"/>')),
        paragraph(run("ลับ", '<w:color w:val="FEFEFE"/>')),
        paragraph(run("ลับ"), props='<w:pStyle w:val="White"/>'),
        paragraph(run("ลับ", '<w:rStyle w:val="White"/>')),
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    styles = '<w:styles DECLARED><w:style w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style></w:styles>'
    assert texts(word(hidden, _PARAGRAPH, parts={"word/styles.xml": styles})) == ["ขาดคน"]


def test_a_switch_that_is_off_hides_nothing() -> None:
    assert texts(word(paragraph(run("เห็น", '<w:vanish w:val="0"/>')), paragraph(control(run("ไม่มี"))))) == ["เห็น", "ไม่มี"]


def test_white_letters_on_a_ground_are_seen() -> None:
    white = run("เห็น", '<w:color w:val="FFFFFF"/>')
    shade = '<w:tcPr><w:shd w:fill="000000"/></w:tcPr>'
    cell = f"<w:tbl><w:tr><w:tc>{shade}{paragraph(white)}</w:tc></w:tr></w:tbl>"
    assert texts(word(paragraph(white, props='<w:shd w:fill="000000"/>'), cell)) == ["เห็น", "เห็น"]


def test_white_letters_in_a_cell_without_a_ground_are_not_read() -> None:
    white = run("ลับ", '<w:color w:val="FFFFFF"/>')
    assert texts(word(f"<w:tbl><w:tr><w:tc>{paragraph(white)}</w:tc></w:tr></w:tbl>")) == [""]


def test_text_that_was_moved_here_is_read() -> None:
    assert texts(word(f"<w:moveTo>{paragraph('หนึ่ง')}</w:moveTo>", paragraph(f"<w:moveTo>{run('สอง')}</w:moveTo>"))) == [
        "หนึ่ง",
        "สอง",
    ]


def _field(data: str, shown: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>', "☑"),
        (run("\uf0a8", '<w:rFonts w:ascii="Wingdings"/>'), "☐"),
        (run("o", '<w:rFonts w:ascii="Wingdings"/>'), "☐"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        (_field("<w:checkBox><w:checked/></w:checkBox>"), "☑"),
        (_field('<w:checkBox><w:default w:val="0"/></w:checkBox>'), "☐"),
        (_field('<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☑"),
        (_field('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "☐"),
        (control(run("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), "☑"),
        (control(run("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'), "☐"),
    ],
)
def test_boxes_show_whether_they_are_ticked(box: str, shown: str) -> None:
    assert texts(word(paragraph(box, run("ไม่มี")))) in ([f"{shown} ไม่มี"], [f"{shown}ไม่มี"])


def test_fields_of_forms_are_filled_or_not() -> None:
    default = '<w:textInput><w:default w:val="กรอกที่นี่"/></w:textInput>'
    chosen = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="เลือก"/><w:listEntry w:val="ไม่มี"/></w:ddList>'
    body = word(paragraph(_field(default, "กรอกที่นี่")), paragraph(_field(default, "ขาดคน")), paragraph(_field(chosen)))
    assert texts(body) == ["ขาดคน", "ไม่มี"]


def test_what_a_form_shows_before_anybody_chose_is_marked() -> None:
    listed = '<w:listEntry w:val="- เลือก -"/><w:listEntry w:val="ไม่มี"/>'
    assert texts(word(paragraph(_field(f"<w:ddList>{listed}</w:ddList>")))) == ["⟦- เลือก -⟧"]
    begun = f'<w:ddList><w:default w:val="1"/>{listed}</w:ddList>'
    assert texts(word(paragraph(_field(begun)))) == ["⟦ไม่มี⟧"]
    entry = '<w:listItem w:displayText="{}" w:value="{}"/>'
    items = f"<w:dropDownList>{entry.format('เลือก', '')}{entry.format('ไม่มี', 1)}</w:dropDownList>"
    assert texts(word(paragraph(control(run("เลือก"), items)), paragraph(control(run("ไม่มี"), items)))) == ["ไม่มี"]


def test_a_field_of_a_letter_that_was_not_merged_says_nothing() -> None:
    simple = '<w:fldSimple w:instr=" MERGEFIELD ปัญหา ">{}</w:fldSimple>'
    body = word(paragraph(simple.format(run("«ปัญหา»"))), paragraph(simple.format(run("ขาดคน"))))
    assert texts(body) == ["ขาดคน"]
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText> MERGEFIELD ปัญหา </w:instrText></w:r>"
    whole = marks.format("begin"), code, marks.format("separate"), run("«ปัญหา»"), marks.format("end")
    assert texts(word(paragraph(run("ก"), *whole))) == ["ก"]


def _numbering(levels: str, more: str = "") -> dict[str, str]:
    return {
        "word/numbering.xml": f'<w:numbering DECLARED><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}</w:numbering>'
    }


def _level(at: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def _listed(text: str, level: int = 0, number: int = 1) -> str:
    props = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, props=props)


def test_numbers_that_word_prints_are_part_of_the_text() -> None:
    levels = _level(0, "decimal", "%1.") + _level(1, "decimal", "%1.%2")
    body = word(
        _listed("ก"), _listed("ข"), _listed("ค", 1), _listed("ง", 1), _listed("จ"), _listed("ฉ", 1),
        parts=_numbering(levels),
    )  # fmt: skip
    assert texts(body) == ["1. ก", "2. ข", "2.1 ค", "2.2 ง", "3. จ", "3.1 ฉ"]


@pytest.mark.parametrize(
    ("form", "printed"),
    [("thaiNumbers", "๓)"), ("thaiLetters", "ค)"), ("lowerRoman", "iii)"), ("upperLetter", "C)"), ("bullet", "")],
)
def test_numbers_of_every_form(form: str, printed: str) -> None:
    body = word(_listed("ปัญหา"), parts=_numbering(_level(0, form, "%1)", start=3)))
    assert texts(body) == [f"{printed} ปัญหา".strip()]


def test_a_list_may_begin_anew() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = word(
        _listed("ก"),
        _listed("ข"),
        _listed("ค", 0, 2),
        _listed("ง"),
        parts=_numbering(_level(0, "decimal", "%1."), again),
    )
    assert texts(body) == ["1. ก", "2. ข", "1. ค", "3. ง"]


def test_styles_give_levels_weight_and_numbers() -> None:
    styles = (
        '<w:styles DECLARED><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a9"><w:basedOn w:val="1"/></w:style></w:styles>'
    )
    parts = {"word/styles.xml": styles, **_numbering(_level(0, "decimal", "%1."))}
    blocks = read(word(paragraph("ปัญหา", props='<w:pStyle w:val="a9"/>'), parts=parts)).blocks
    assert [(b.kind, b.level, b.bold, b.text) for b in blocks] == [(BlockKind.HEADING, 2, True, "1. ปัญหา")]


def test_a_strict_file_reads_as_another() -> None:
    content = (_listed("ปัญหา"), paragraph(run("ขาดคน", "<w:b/>")))
    parts = _numbering(_level(0, "decimal", "%1."))
    assert read(word(*content, parts=parts, strict=True)).blocks == read(word(*content, parts=parts)).blocks


def test_the_main_part_may_have_another_name() -> None:
    assert texts(word(_PARAGRAPH, name="word/document2.xml")) == ["ขาดคน"]


def _drawing(content: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><a:graphic><a:graphicData>'
        f"{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_smartart_is_read_in_the_order_of_its_tree() -> None:
    points = "".join(
        f'<dgm:pt modelId="{n}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for n, text in ((3, "ขาดคน"), (1, "ปัญหา อุปสรรค"), (4, "เพิ่มคน"), (2, "ข้อเสนอแนะ"))
    )
    links = "".join(
        f'<dgm:cxn srcId="{a}" destId="{b}" srcOrd="{order}"/>'
        for a, b, order in ((0, 1, 0), (0, 2, 1), (1, 3, 0), (2, 4, 0))
    )
    data = (
        f'<dgm:dataModel DECLARED><dgm:ptLst><dgm:pt modelId="0" type="doc"/>{points}</dgm:ptLst>'
        f"<dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    )
    body = word(
        paragraph(_drawing('<dgm:relIds r:dm="d1"/>')),
        parts={"word/diagrams/data1.xml": data},
        targets={"d1": "diagrams/data1.xml"},
    )
    assert texts(body) == ["ปัญหา อุปสรรค", "ขาดคน", "ข้อเสนอแนะ", "เพิ่มคน"]


def test_word_art_and_boxes_in_cells_are_read() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="ข้อเสนอแนะ"/></v:shape></w:pict></w:r>'
    inner = f"<v:textbox><w:txbxContent>{_PARAGRAPH}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{inner}</v:shape></w:pict></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('ปัญหา', box)}</w:tc></w:tr></w:tbl>"
    assert texts(word(paragraph(art), table)) == ["ข้อเสนอแนะ", "ปัญหา\nขาดคน"]


def test_a_part_that_is_too_large_costs_itself() -> None:
    limits = ReadLimits(expanded=1 << 20)
    header = f"<w:hdr DECLARED>{paragraph('ก' * (1 << 20))}</w:hdr>"
    found = read(word(_PARAGRAPH, parts={"word/header1.xml": header, "word/media/x.emf": bytes(4 << 20)}), limits)
    assert [block.text for block in found.blocks] == ["ขาดคน"]
    assert (found.state, found.note) == (ReadState.PARTIAL, ReadNote.TOO_LARGE)
    media = read(word(_PARAGRAPH, parts={"word/media/x.emf": bytes(4 << 20)}), limits)
    assert (media.state, len(media.blocks)) == (ReadState.READ, 1)


_NOTE = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'


def _notes(kind: str, **texts: str) -> str:
    """A part of notes, with the line that Word draws above them."""
    notes = "".join(f'<w:{kind} w:id="{key[1:]}">{paragraph(text)}</w:{kind}>' for key, text in texts.items())
    line = f'<w:{kind} w:type="separator" w:id="-1">{paragraph("เส้น")}</w:{kind}>'
    return f"<w:{kind}s DECLARED>{line}{notes}</w:{kind}s>"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_where_the_text_refers_to_it(kind: str) -> None:
    refers = paragraph(run("1. ปัญหา"), _NOTE.format(kind, 2))
    parts = {f"word/{kind}s.xml": _notes(kind, n2="ขาดคน", n3="ไม่มีใครอ้าง")}
    assert texts(word(refers, paragraph("2. ข้อเสนอแนะ"), parts=parts)) == ["1. ปัญหา", "¹ ขาดคน", "2. ข้อเสนอแนะ"]


def test_a_note_that_is_referred_to_twice_is_read_once() -> None:
    refers = _NOTE.format("footnote", 2)
    parts = {"word/footnotes.xml": _notes("footnote", n2="ขาดคน")}
    assert texts(word(paragraph("หนึ่ง", refers), paragraph("สอง", refers), parts=parts)) == ["หนึ่ง", "¹ ขาดคน", "สอง"]


def test_a_note_of_a_cell_stands_in_the_cell() -> None:
    cell = f"<w:tc>{paragraph('ดูหมายเหตุ', _NOTE.format('footnote', 2))}</w:tc>"
    table = f"<w:tbl><w:tr>{cell}<w:tc>{paragraph('ข')}</w:tc></w:tr></w:tbl>"
    found = texts(word(table, parts={"word/footnotes.xml": _notes("footnote", n2="ขาดคน")}))
    assert found == ["ดูหมายเหตุ\n¹ ขาดคน", "ข"]


def test_a_note_that_refers_to_itself_ends() -> None:
    note = f'<w:footnote w:id="2">{paragraph("ขาดคน", _NOTE.format("footnote", 2))}</w:footnote>'
    parts = {"word/footnotes.xml": f"<w:footnotes DECLARED>{note}</w:footnotes>"}
    assert texts(word(paragraph("ก", _NOTE.format("footnote", 2)), parts=parts)) == ["ก", "¹ ขาดคน"]


def test_the_lines_above_and_below_a_page_are_no_content_of_it() -> None:
    parts = {
        f"word/{name}1.xml": f"<w:{tag} DECLARED>{paragraph(text)}</w:{tag}>"
        for name, tag, text in (("header", "hdr", "หัวกระดาษ"), ("footer", "ftr", "ท้ายกระดาษ"))
    }
    found = read(word(_PARAGRAPH, parts=parts)).blocks
    assert [(block.text, block.zone) for block in found] == [
        ("ขาดคน", Zone.CONTENT),
        ("หัวกระดาษ", Zone.FOOTER),
        ("ท้ายกระดาษ", Zone.FOOTER),
    ]
