"""Documents that a Word file takes in whole (`w:altChunk`): programs that build or join reports put them there."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from core.models.snapshot import Block, BlockKind, Reading, ReadState
from documents.base import ReadError, ReadLimits
from documents.office.open_xml import Package, R
from documents.sniff import sniff

_NOT_SHOWN = (BlockKind.FORM, BlockKind.IFRAME)
# Imported when they are needed: the first of them reads what is taken in, and is taken in.
_READERS = {
    "docx": "documents.office.word.docx:read_docx",
    "rtf": "documents.office.rtf:read_rtf",
    "mhtml": "documents.office.mhtml:read_mhtml",
    "text": "documents.text:read_text",
}


def chunk_blocks(mark: Any, package: Package, part: str, limits: ReadLimits, *, tables: int) -> list[Block]:
    """Read the document that a mark in `part` takes in; its tables are numbered from `tables` on.

    What cannot be read, or not all of it, makes the package `cut`: somebody must look. One level only."""
    name = package.relations(part).get(mark.get(f"{R}id") or "", "")
    if name not in package.names:
        # A document beside the file, or nowhere.
        package.cut = True
        return []
    try:
        body = package.read(name)
        kind = sniff(body, "", name)
        if kind == "empty":
            return []
        read = _read(body, kind, package, replace(limits, ocr_pages=0))
    except ReadError:
        read = None
    if read is None or read.state is not ReadState.READ:
        package.cut = True
    shown = [b for b in (read.blocks if read else ()) if not b.hidden and b.kind not in _NOT_SHOWN]
    return [replace(b, table=b.table + tables if b.table is not None else None) for b in shown]


def _read(body: bytes, kind: str, package: Package, limits: ReadLimits) -> Reading | None:
    """A document that was taken in; None for a format that no word processor takes in. Raises ReadError."""
    if kind == "html":
        from documents.html.reader import read_html

        return read_html(body, "https://chunk.invalid/", "", limits)
    place = _READERS.get(kind)
    if place is None or (kind == "docx" and package.taken_in):
        return None
    module, _, function = place.partition(":")
    inside = {"taken_in": True} if kind == "docx" else {}
    read: Reading = getattr(import_module(module), function)(body, limits, **inside)
    return read
