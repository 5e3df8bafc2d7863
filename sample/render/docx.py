"""A paper as a Word file (DOCX); the same paper gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx import Document

from sample.paper import Bullets, Heading, Paper, Table, Text

_WHEN = datetime(2022, 3, 1, tzinfo=UTC)


def docx(paper: Paper) -> bytes:
    """The paper as DOCX; ValueError for blocks that only a web page can show."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = _WHEN
    document.core_properties.title = paper.title
    document.add_heading(paper.title, 1)
    for block in paper.blocks:
        match block:
            case Heading(text, level, bold_only):
                if bold_only:
                    document.add_paragraph().add_run(text).bold = True
                else:
                    document.add_heading(text, level)
            case Text(text):
                document.add_paragraph(text)
            case Bullets(items):
                for item in items:
                    document.add_paragraph(item, style="List Bullet")
            case Table(head, rows):
                table = document.add_table(rows=0, cols=len(head), style="Table Grid")
                for row in (head, *rows):
                    for cell, value in zip(table.add_row().cells, row, strict=True):
                        cell.text = value
            case _:
                raise ValueError(f"a Word file of the sample cannot show a {type(block).__name__}")
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same archive without the time of its making in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            target.writestr(zipfile.ZipInfo(name, (2022, 3, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
