"""Papers as RTF, CSV, TXT and HTML, and packed in a ZIP."""

from __future__ import annotations

import csv
import io
import zipfile
from html import escape

from sample.labelled_documents.office import rows_of
from sample.paper import Bullets, Heading, Paper, Table, Text


def txt(paper: Paper, encoding: str = "utf-8") -> bytes:
    """The paper as lines of text; a table's cells are divided by tabs."""
    return "\r\n".join("\t".join(row) for row in rows_of(paper)).encode(encoding, "replace")


def csv_file(paper: Paper) -> bytes:
    """The paper as a CSV file as Excel saves it, with a byte order mark."""
    out = io.StringIO()
    csv.writer(out).writerows(rows_of(paper))
    return out.getvalue().encode("utf-8-sig")


def rtf(paper: Paper) -> bytes:
    """The paper as rich text, Thai letters escaped as Unicode."""
    parts = [r"{\rtf1\ansi\ansicpg874\deff0{\fonttbl{\f0 TH Sarabun New;}}" + "\n"]
    for row in rows_of(paper):
        if len(row) == 1:
            parts.append(f"\\pard {_escaped(row[0])}\\par\n")
        else:
            edges = "".join(f"\\cellx{2000 * i}" for i in range(1, len(row) + 1))
            cells = "".join(f"{_escaped(value)}\\cell " for value in row)
            parts.append(f"\\trowd{edges}\\pard\\intbl {cells}\\row\n")
    return "".join([*parts, "}"]).encode("ascii")


def _escaped(text: str) -> str:
    return "".join(
        f"\\u{ord(c)}?" if ord(c) > 127 else ("\\" + c if c in "\\{}" else ("\\line " if c == "\n" else c))
        for c in text
    )


def html(paper: Paper) -> bytes:
    """The paper as a web page."""
    parts = [
        f"<!doctype html><meta charset=utf-8><title>{escape(paper.title)}</title><body><main><h1>{escape(paper.title)}</h1>"
    ]
    for block in paper.blocks:
        match block:
            case Heading(text, level):
                parts.append(f"<h{level}>{escape(text)}</h{level}>")
            case Text(text):
                parts.append(f"<p>{escape(text)}</p>")
            case Bullets(items):
                parts.append(f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>")
            case Table(head, rows):
                cells = "".join(f"<th>{escape(name)}</th>" for name in head)
                body = "".join(f"<tr>{''.join(f'<td>{escape(v)}</td>' for v in row)}</tr>" for row in rows)
                parts.append(f"<table><tr>{cells}</tr>{body}</table>")
            case _:
                raise ValueError(f"a page of the set cannot show a {type(block).__name__}")
    return ("".join(parts) + "</main></body>").encode()


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP that holds the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(zipfile.ZipInfo(name, (2022, 3, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
