"""Reports as files whose section only their format can hold: boxes, hidden and struck text, placeholders, pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches, RGBColor

from sample.labelled_documents import office, raster
from sample.labelled_documents.open_document import odt
from sample.paper import Heading, Paper, Text
from sample.render.docx import docx
from sample.render.pdf import pdf

Lines = tuple[str, str, str, str]
"""Heading and text of the problems, heading and text of the suggestions."""
_W = nsdecls("w")


def _open(paper: Paper) -> Any:  # python-docx names no public type here
    return Document(io.BytesIO(docx(paper)))


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return office.timeless(out.getvalue())


def _whole(paper: Paper, lines: Lines) -> Paper:
    blocks = tuple(Text(line) if i % 2 else Heading(line) for i, line in enumerate(lines))
    return Paper(paper.title, (*paper.blocks, *blocks), paper.raw)


def _with(paper: Paper, *parts: str) -> bytes:
    """The paper in Word with these parts of WordprocessingML at its end."""
    document = _open(paper)
    for part in parts:
        document.element.body.insert(-1, parse_xml(part))
    return _saved(document)


def _line(text: str, look: str = "") -> str:
    return f"<w:p {_W}><w:r>{look}<w:t>{escape(text)}</w:t></w:r></w:p>"


def boxed(paper: Paper, lines: Lines) -> bytes:
    """The section stands in a text box."""
    inner = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    return _with(
        paper,
        f'<w:p {_W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape style="width:400pt;height:200pt">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    )


def white(paper: Paper, lines: Lines) -> bytes:
    """The section is written in white."""
    document = _open(paper)
    for line in lines:
        document.add_paragraph().add_run(line).font.color.rgb = RGBColor(255, 255, 255)
    return _saved(document)


def hidden(paper: Paper, lines: Lines) -> bytes:
    """The section is hidden text."""
    return _with(paper, *(_line(line, "<w:rPr><w:vanish/></w:rPr>") for line in lines))


def struck(paper: Paper, lines: Lines) -> bytes:
    """The section was deleted with tracked changes."""
    return _with(
        paper,
        *(
            f'<w:p {_W}><w:del w:id="{900 + i}" w:author="a" w:date="2022-03-01T00:00:00Z"><w:r>'
            f"<w:delText>{escape(line)}</w:delText></w:r></w:del></w:p>"
            for i, line in enumerate(lines)
        ),
    )


def placeholders(paper: Paper, lines: Lines) -> bytes:
    """The headings stand over fields that nobody filled."""
    field = (
        f"<w:sdt {_W}><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:p><w:r>"
        "<w:t>คลิกหรือแตะที่นี่เพื่อใส่ข้อความ</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    return _with(paper, _line(lines[0]), field, _line(lines[2]), field)


def filled_fields(paper: Paper, lines: Lines) -> bytes:
    """The headings stand over fields that somebody filled."""
    fields = (
        f"<w:sdt {_W}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
        for text in lines[1::2]
    )
    first, second = fields
    return _with(paper, _line(lines[0]), first, _line(lines[2]), second)


def pictured(paper: Paper, lines: Lines) -> bytes:
    """The section is a picture that no machine can read."""
    document = _open(paper)
    page = raster.pictures(_whole(Paper("ภาคผนวก", ()), lines), raster.QUALITIES["poor"], 7)[0]
    document.add_picture(io.BytesIO(raster.encode_page(page, "JPEG", raster.QUALITIES["poor"])), width=Inches(6))
    return _saved(document)


@dataclass(frozen=True, slots=True)
class Made:
    """A file's ending, how it is made of a report without its section and the section's lines, and the truth:
    the status of problems and suggestions, "" where only a person can tell."""

    ending: str
    build: Callable[[Paper, Lines], bytes]
    truth: str


MADE: Mapping[str, Made] = {
    "boxed": Made("docx", boxed, "present"),
    "white": Made("docx", white, "missing"),
    "hidden": Made("docx", hidden, "missing"),
    "struck": Made("docx", struck, "missing"),
    "placeholders": Made("docx", placeholders, "empty"),
    "filled_fields": Made("docx", filled_fields, "present"),
    "pictured": Made("docx", pictured, ""),
    "turned": Made("pdf", lambda paper, lines: pdf(_whole(paper, lines), turned=True), "present"),
    "sheet": Made("xlsx", lambda paper, lines: office.xlsx(_whole(paper, lines), merged=True), "present"),
    "slides": Made("pptx", lambda paper, lines: office.pptx(_whole(paper, lines)), "present"),
    "open_document": Made("odt", lambda paper, lines: odt(_whole(paper, lines)), "present"),
}
"""Name -> how a report's file is made."""
