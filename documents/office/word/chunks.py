"""Documents that a Word file takes in whole (`w:altChunk`): programs that build reports put web pages there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.models.snapshot import Block, BlockKind
from documents.base import ReadError, ReadLimits
from documents.html.reader import read_html
from documents.office.open_xml import Package, R
from documents.sniff import sniff
from documents.text import read_text


def chunk_blocks(mark: Any, package: Package, part: str, limits: ReadLimits, *, tables: int) -> list[Block]:
    """Read the web page or text that a mark in `part` takes in; its tables are numbered from `tables` on.

    What is of another format makes the package `cut`: somebody must look."""
    name = package.relations(part).get(mark.get(f"{R}id") or "", "")
    if name not in package.names:
        return []
    try:
        body = package.read(name)
    except ReadError:
        return []
    kind = sniff(body, "", name)
    if kind == "html":
        read = read_html(body, "https://chunk.invalid/", "", limits).blocks
    elif kind == "text":
        read = read_text(body, limits).blocks
    else:
        package.cut = package.cut or kind != "empty"
        return []
    shown = (block for block in read if not block.hidden and block.kind not in (BlockKind.FORM, BlockKind.IFRAME))
    return [replace(b, table=b.table + tables if b.table is not None else None) for b in shown]
