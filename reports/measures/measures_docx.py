"""measures.docx: the leader's page and the measures, a draft in the form that provincial offices use.

An office may put a template of its own in place of ours: its letterhead, styles, header and footer stay, words in
double braces are filled in. They are replaced as text; nothing in a template is ever run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.errors import InputError, first_line
from core.sanitize import sanitize_text
from core.steady_zip import steady
from reports.measures.content import Grid, Heading, MeasuresContent, Part, Prose

TEMPLATE = "measures.docx"
"""The template's name in an office's folder."""
PLACES = ("leader", "measures")
"""Paragraphs that hold nothing but `{{leader}}` or `{{measures}}` are replaced by that part."""
_FONT = "TH SarabunPSK"
"""What government offices write in; Word takes another Thai font where it is not there."""
_SIZE = 16
_TABLE_SIZE = 14
_SHARES = (19, 36, 18, 27)
"""Parts of a hundred of the text's width for the columns of a table of four."""
_MARGIN, _PAGE = Mm(20), (Mm(210), Mm(297))
_HANGING = Mm(8)
_WORD = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def read_template(folder: Path | None) -> bytes | None:
    """Return the office's template if its folder has one. Raises InputError for a file that is no DOCX, or has no
    place for the measures."""
    if folder is None:
        return None
    path = folder / TEMPLATE
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder of templates")
    if not path.exists():
        return None
    try:
        body = path.read_bytes()
        document = Document(io.BytesIO(body))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error
    except Exception as error:  # python-docx has no error of its own for a file that is none
        raise InputError(f"{path}: not a DOCX file ({first_line(error)})") from error
    if not any(_place(paragraph) for paragraph in document.paragraphs):
        raise InputError(f"{path}: has no paragraph {{{{leader}}}} or {{{{measures}}}}")
    return body


@lru_cache(maxsize=1)
def measures_template() -> bytes:
    """Our own template, to be changed by an office."""
    document: Any = Document()
    _set_up(document)
    document.add_paragraph("{{leader}}")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("{{measures}}")
    last = document.add_paragraph("*****\n{{unit}}")
    last.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return _saved(document)


def measures_docx(content: MeasuresContent, template: bytes | None = None) -> bytes:
    """Write the document, into a template if there is one."""
    document: Any = Document(io.BytesIO(template or measures_template()))
    parts = {"leader": content.leader, "measures": content.measures}
    for paragraph in list(document.paragraphs):
        place = _place(paragraph)
        if place:
            _Writer(document, paragraph).write(parts[place])
            paragraph._p.getparent().remove(paragraph._p)
    for paragraph in _all_paragraphs(document):
        _fill(paragraph, content.values)
    document.core_properties.title = sanitize_text(content.title, 250)
    document.core_properties.author = "oit"
    return _saved(document)


def _place(paragraph: Any) -> str:
    found = _WORD.fullmatch(paragraph.text.strip())
    return found[1] if found and found[1] in PLACES else ""


def _all_paragraphs(document: Any) -> Iterator[Any]:
    """The paragraphs that may hold words to fill in: of the text, its tables, heads and feet."""
    parts = [document]
    for section in document.sections:
        ends = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        # Looking into one that is not there would make it.
        parts += [end for end in ends if not end.is_linked_to_previous]
    for part in parts:
        yield from part.paragraphs
        for table in part.tables:
            for row in table.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def _fill(paragraph: Any, values: Mapping[str, str]) -> None:
    """Replace the words that are known; Word may have cut one into several runs."""
    text = paragraph.text
    if "{{" not in text or not any(name in values for name in _WORD.findall(text)):
        return
    if not any(_WORD.search(run.text) for run in paragraph.runs):
        first, *rest = paragraph.runs
        first.text = text
        for run in rest:
            run.text = ""
    for run in paragraph.runs:
        if _WORD.search(run.text):
            run.text = _WORD.sub(lambda found: values.get(found[1], found[0]), run.text)


class _Writer:
    """Writes parts before one paragraph of a document."""

    def __init__(self, document: Any, anchor: Any) -> None:
        self._document = document
        self._anchor = anchor
        self._styles = {style.name: style for style in document.styles}
        section = document.sections[0]
        self._width = section.page_width - section.left_margin - section.right_margin

    def write(self, parts: Sequence[Part]) -> None:
        for part in parts:
            if isinstance(part, Heading):
                self._paragraph(part.text, f"Heading {part.level}")
            elif isinstance(part, Prose):
                self._prose(part)
            else:
                self._grid(part)

    def _paragraph(self, text: str, style: str = "") -> Any:
        known = self._styles.get(style)
        paragraph = self._anchor.insert_paragraph_before("", known)
        run = paragraph.add_run(text)
        if style and known is None:
            run.bold = run.font.cs_bold = True
        return paragraph

    def _prose(self, part: Prose) -> None:
        paragraph = self._paragraph(f"{part.mark}\t{part.text}" if part.mark else part.text)
        form = paragraph.paragraph_format
        form.space_after = Pt(4)
        if part.mark:
            form.left_indent, form.first_line_indent = _HANGING, -_HANGING
            form.tab_stops.add_tab_stop(_HANGING)
        if part.strong:
            form.keep_with_next = True
            for run in paragraph.runs:
                run.bold = run.font.cs_bold = True

    def _grid(self, part: Grid) -> None:
        table = self._document.add_table(rows=1, cols=len(part.heads))
        self._anchor._p.addprevious(table._tbl)
        if "Table Grid" in self._styles:
            table.style = self._styles["Table Grid"]
        else:
            _draw_lines(table)
        table.autofit = False
        for cell, text in zip(table.rows[0].cells, part.heads, strict=True):
            _write_cell(cell, text, strong=True)
            _shade(cell)
        _repeat(table.rows[0])
        for texts in part.rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                _write_cell(cell, text)
        widths = [self._width * share // 100 for share in _SHARES]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width


def _write_cell(cell: Any, text: str, *, strong: bool = False) -> None:
    """A paragraph per line, in letters small enough for a column of four."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(2)
        run = paragraph.add_run(line)
        _size(run, _TABLE_SIZE)
        if strong:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.bold = run.font.cs_bold = True


def _size(run: Any, points: int) -> None:
    run.font.size = Pt(points)
    run._r.rPr.find(qn("w:sz")).addnext(_valued("w:szCs", points * 2))


def _valued(tag: str, value: object) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), str(value))
    return element


def _shade(cell: Any) -> None:
    shade = _valued("w:shd", "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), "E6EBF1")
    cell._tc.get_or_add_tcPr().append(shade)


def _draw_lines(table: Any) -> None:
    """Lines around every cell, where the template has no style for them."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = _valued(f"w:{side}", "single")
        line.set(qn("w:sz"), "4")
        borders.append(line)
    # The order of these elements is fixed; Word calls a file damaged that has another.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(borders)


def _repeat(row: Any) -> None:
    """Make the row print on top of every page that the table goes on to."""
    row._tr.get_or_add_trPr().append(_valued("w:tblHeader", "true"))


def _set_up(document: Any) -> None:
    """A4, a Thai font in every style that is used, page numbers below."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    for name, size in (("Normal", _SIZE), ("Heading 1", _SIZE + 4), ("Heading 2", _SIZE + 1)):
        _set_font(document.styles[name], size)
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = style.font.cs_bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(4)
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(0), 1.0
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _set_font(style: Any, size: int) -> None:
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    fonts.set(qn("w:eastAsia"), _FONT)
    properties = style.element.rPr
    for old in properties.findall(qn("w:szCs")) + properties.findall(qn("w:lang")):
        properties.remove(old)
    # Word takes the size of Thai letters from szCs alone, and breaks lines between Thai words by this language.
    properties.find(qn("w:sz")).addnext(_valued("w:szCs", size * 2))
    language = _valued("w:lang", "en-US")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())
