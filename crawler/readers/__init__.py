"""Readers: one body in, its blocks out. The content decides which reader, never the name."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.models.snapshot import Reading, ReadState, ResourceKind
from crawler.readers.base import ReadError, ReadLimits, unread
from crawler.readers.compound import is_locked
from crawler.readers.sniff import sniff

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "csv": "text/csv",
    "text": "text/plain",
}

_ARCHIVES = ("zip", "rar", "7z")
_DAMAGE = (zlib.error, struct.error, zipfile.BadZipFile, EOFError, UnicodeError, RecursionError)
"""What libraries raise for damaged or nested files beyond what each reader names itself."""


def read_body(
    body: bytes, url: str, content_type: str, name: str, limits: ReadLimits, cache: Path | None = None
) -> Reading:
    """Read one body of any kind. Never raises for what a web site sends; `Reading.note` says what went wrong.

    `cache` is the store's folder, where recognised pages are remembered by hash."""
    kind = sniff(body, content_type, name)
    try:
        reading = _read(kind, body, url, content_type, limits, cache)
    except ReadError as error:
        reading = unread(_kind(kind), error.note)
    except _DAMAGE:
        reading = unread(_kind(kind), "broken")
    given = CONTENT_TYPES.get(kind) or ("text/html" if kind == "html" else content_type.split(";")[0].strip().lower())
    return replace(reading, content_type=given[:100])


def _read(kind: str, body: bytes, url: str, content_type: str, limits: ReadLimits, cache: Path | None) -> Reading:
    if kind == "html":
        # Imported late: the processes that crawl read nothing themselves.
        from crawler.readers.html import read_html

        return read_html(body, url, content_type, limits)
    if kind == "empty":
        return Reading(kind=ResourceKind.OTHER, state=ReadState.UNREAD, note="empty")
    if kind == "encrypted" or (kind in ("doc", "xls", "ppt") and is_locked(body, kind)):
        raise ReadError("encrypted")
    if kind in _ARCHIVES:
        return _archive(kind, body, url, limits, cache)
    reader = _readers().get(kind)
    if reader is None:
        return unread(_kind(kind), "unsupported-kind")
    return reader(body, limits, cache)


def _archive(kind: str, body: bytes, url: str, limits: ReadLimits, cache: Path | None) -> Reading:
    from crawler.readers.archive import read_packed, read_zip

    def member(data: bytes, name: str, left: ReadLimits) -> Reading:
        inner = sniff(data, "", name)
        if inner in (*_ARCHIVES, "html"):
            # One level only: an archive in an archive is a way to hide a bomb.
            return unread(_kind(inner), "unsupported-kind")
        try:
            return _read(inner, data, url, "", left, cache)
        except ReadError as error:
            return unread(_kind(inner), error.note)
        except _DAMAGE:
            return unread(_kind(inner), "broken")

    return (read_zip if kind == "zip" else read_packed)(body, limits, member)


def _readers() -> dict[str, Callable[[bytes, ReadLimits, Path | None], Reading]]:
    # Imported here: a crawl of pages alone must not load the office libraries.
    from crawler.readers import legacy, office, opendocument, pdf, picture, ppt, text

    return {
        "pdf": pdf.read_pdf,
        "docx": office.read_docx,
        "xlsx": office.read_sheets,
        "xls": office.read_sheets,
        "ods": office.read_sheets,
        "doc": legacy.read_doc,
        "rtf": legacy.read_rtf,
        "odt": opendocument.read_odt,
        "odp": opendocument.read_odt,
        "pptx": legacy.read_pptx,
        "ppt": ppt.read_ppt,
        "image": picture.read_image,
        "csv": text.read_csv,
        "text": text.read_text,
    }


def _kind(kind: str) -> ResourceKind:
    if kind == "image":
        return ResourceKind.IMAGE
    return ResourceKind.OTHER if kind in ("binary", "xml") else ResourceKind.DOCUMENT
