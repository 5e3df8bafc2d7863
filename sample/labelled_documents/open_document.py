"""Papers as OpenDocument files (ODT, ODS): the least that a valid file of the format holds."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from sample.labelled_documents.office import rows_of
from sample.paper import Bullets, Heading, Paper, Table, Text

_MIME = "application/vnd.oasis.opendocument."
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_CONTENT = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2">'


def odt(paper: Paper) -> bytes:
    """The paper as a text document."""
    parts = [f'<text:h text:outline-level="1">{escape(paper.title)}</text:h>']
    for block in paper.blocks:
        match block:
            case Heading(text, level):
                parts.append(f'<text:h text:outline-level="{level}">{escape(text)}</text:h>')
            case Text(text):
                parts.append(f"<text:p>{escape(text)}</text:p>")
            case Bullets(items):
                listed = "".join(f"<text:list-item><text:p>{escape(i)}</text:p></text:list-item>" for i in items)
                parts.append(f"<text:list>{listed}</text:list>")
            case Table(head, rows):
                parts.append(_table("ตาราง", [head, *rows]))
            case _:
                raise ValueError(f"an ODT cannot show a {type(block).__name__}")
    return _package("text", f"<office:text>{''.join(parts)}</office:text>")


def ods(paper: Paper) -> bytes:
    """The paper as one sheet."""
    return _package("spreadsheet", f"<office:spreadsheet>{_table('รายงาน', rows_of(paper))}</office:spreadsheet>")


def _table(name: str, rows: list[tuple[str, ...]]) -> str:
    width = max(len(row) for row in rows)
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
            if value
            else "<table:table-cell/>"
            for value in (*row, *[""] * (width - len(row)))
        )
        + "</table:table-row>"
        for row in rows
    )
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f'<table:table table:name="{name}">{columns}{body}</table:table>'


def _package(kind: str, body: str) -> bytes:
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = f"<manifest:manifest {space}>{entry.format('/', _MIME + kind)}{entry.format('content.xml', 'text/xml')}</manifest:manifest>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in (
            ("mimetype", _MIME + kind),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", f"{_CONTENT}<office:body>{body}</office:body></office:document-content>"),
        ):
            target.writestr(zipfile.ZipInfo(name, (2022, 3, 1, 0, 0, 0)), text)
    return out.getvalue()
