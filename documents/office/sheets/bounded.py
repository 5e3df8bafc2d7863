"""Workbooks that people hand over (lists of agencies), made fit for a library that sets a place aside for every cell
between the first and the last, and copies a shared text for every cell that has it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from itertools import pairwise

from defusedxml.ElementTree import fromstring

from core.models.snapshot import ReadNote
from documents.base import ReadError, ReadLimits
from documents.office.sheets.extent import TABLE, closed_up, closed_up_table, is_spread, takes_too_much
from documents.office.zip_limits import check_expansion

_MEDIA = ("xl/media/", "Pictures/")
_CONTENT = "content.xml"
_SHEETS = "xl/worksheets/"
_TEXTS = "xl/sharedStrings.xml"
_SHARED = re.compile(rb"<(?:\w+:)?si\b")
_CELL_OF_SHARED = re.compile(rb"<(?:\w+:)?c\b[^<>]*\st=[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v>(\d{1,9})<")


def bounded_workbook(body: bytes, limits: ReadLimits) -> bytes:
    """Return a workbook whose cells can be held: as it is, or without its long runs of empty rows and columns.

    Raises ReadError for one that unfolds to too much or whose cells are spread too widely all the same."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        check_expansion(archive, len(body), limits)
        names = archive.namelist()
        near = _near_tables(archive.read(_CONTENT)) if _CONTENT in names else _near_sheets(archive, limits)
        return with_parts(archive, near) if near else body


def _near_sheets(archive: zipfile.ZipFile, limits: ReadLimits) -> dict[str, bytes]:
    names = archive.namelist()
    # What stands between two texts is theirs as well: no text is taken for shorter than it is.
    texts = archive.read(_TEXTS) if _TEXTS in names else b""
    starts = [mark.start() for mark in _SHARED.finditer(texts)]
    lengths = [stop - start for start, stop in pairwise([*starts, len(texts)])]
    near: dict[str, bytes] = {}
    copied = 0
    for name in names:
        if not name.startswith(_SHEETS):
            continue
        part = archive.read(name)
        closed = closed_up(part)
        if takes_too_much(closed):
            raise ReadError(ReadNote.TOO_LARGE, "its cells stand too far apart")
        copied += sum(lengths[n] for found in _CELL_OF_SHARED.findall(part) if (n := int(found)) < len(lengths))
        if copied > limits.expanded:
            raise ReadError(ReadNote.TOO_LARGE, "its cells hold too much text")
        if closed is not part:
            near[name] = closed
    return near


def _near_tables(content: bytes) -> dict[str, bytes]:
    if not _is_any_spread(content):
        return {}
    content = closed_up_table(content)
    if _is_any_spread(content):
        raise ReadError(ReadNote.TOO_LARGE, "its cells stand too far apart")
    return {_CONTENT: content}


def _is_any_spread(content: bytes) -> bool:
    return any(is_spread(table) for table in fromstring(content).iter(f"{TABLE}table"))


def with_parts(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return a copy of a workbook for the library that reads its cells, with some of its parts changed and no
    pictures."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in archive.namelist():
            if not name.startswith(_MEDIA):
                copy.writestr(name, changed[name] if name in changed else archive.read(name))
    return out.getvalue()
