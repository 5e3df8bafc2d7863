"""Readers: one body in, its blocks out. The content decides which reader, never the name."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from core.formats import FORMATS, Family, family_of, media_type_of
from core.models.snapshot import Link, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits, cut_short, unreadable
from documents.office.ole import is_locked
from documents.sniff import sniff
from documents.stand_in import told_as_error

_ARCHIVES = frozenset(each.kind for each in FORMATS if each.family is Family.ARCHIVE)
_READERS = {
    "pdf": "documents.pdf.reader:read_pdf",
    "docx": "documents.office.word.docx:read_docx",
    "xlsx": "documents.office.sheets.spreadsheet:read_sheets",
    "xls": "documents.office.sheets.spreadsheet:read_sheets",
    "ods": "documents.office.sheets.spreadsheet:read_sheets",
    "doc": "documents.office.word.doc:read_doc",
    "mhtml": "documents.office.mhtml:read_mhtml",
    "rtf": "documents.office.rtf:read_rtf",
    "odt": "documents.office.odf:read_odt",
    "odp": "documents.office.odf:read_odt",
    "pptx": "documents.office.pptx:read_pptx",
    "ppt": "documents.office.ppt:read_ppt",
    "image": "documents.ocr.image_reader:read_image",
    "csv": "documents.text:read_csv",
    "text": "documents.text:read_text",
}
"""Module and function per kind, imported late: a crawl of pages alone must not load the office libraries."""
_PDF_END = 2048
"""Bytes at the end of a PDF in which its mark stands; some servers write a little behind it."""
_DAMAGE = (zlib.error, struct.error, zipfile.BadZipFile, EOFError, UnicodeError, RecursionError)
"""What libraries raise for damaged or nested files beyond what each reader names itself."""


def read_document(
    body: bytes, url: str, content_type: str, name: str, limits: ReadLimits, cache: Path | None = None
) -> Reading:
    """Read one body of any kind. Never raises for what a web site sends; `Reading.note` says what went wrong.

    `cache` is the store's folder, where recognised pages are remembered by hash."""
    kind = sniff(body, content_type, name)
    try:
        reading = _read(kind, body, url, content_type, limits, cache)
    except ReadError as error:
        reading = unreadable(_resource_kind(kind), error.note)
    except _DAMAGE:
        reading = unreadable(_resource_kind(kind), ReadNote.BROKEN)
    links = _kept_links(reading.links, limits)
    if len(reading.blocks) >= limits.blocks or len(links) < len(reading.links):
        # Every reader stops there. What is handed on is kept in the memory of the process that crawls.
        reading = cut_short(replace(reading, links=links))
    if kind == "pdf" and reading.state is ReadState.READ and not _is_whole_pdf(body):
        # It opens, with the pages that came: a library mends what broke off.
        reading = replace(reading, state=ReadState.PARTIAL, note=ReadNote.BROKEN)
    if kind in ("html", "text", "xml"):
        reading = told_as_error(reading, url, name)
    given = media_type_of(kind) or content_type.split(";")[0].strip().lower()
    return replace(reading, content_type=given[:100])


def _kept_links(links: tuple[Link, ...], limits: ReadLimits) -> tuple[Link, ...]:
    """The links of a body up to their limits."""
    left = limits.link_letters
    for at, link in enumerate(links):
        left -= len(link.url) + len(link.label) + len(link.context)
        if at >= limits.links or left < 0:
            return links[:at]
    return links


def _is_whole_pdf(body: bytes) -> bool:
    return b"%%EOF" in body[-_PDF_END:] or b"%%EOF" in body.rstrip(b"\0 \t\r\n")[-_PDF_END:]


def _read(kind: str, body: bytes, url: str, content_type: str, limits: ReadLimits, cache: Path | None) -> Reading:
    if kind == "html":
        # Imported late: the processes that crawl read nothing themselves.
        from documents.html.hidden import without_unseen
        from documents.html.reader import read_html

        return without_unseen(read_html(body, url, content_type, limits), body)
    if kind == "empty":
        return Reading(kind=ResourceKind.OTHER, state=ReadState.UNREAD, note=ReadNote.EMPTY)
    if kind == "encrypted" or (kind in ("doc", "xls", "ppt") and is_locked(body, kind)):
        raise ReadError(ReadNote.ENCRYPTED)
    if kind in _ARCHIVES:
        return _archive(kind, body, url, limits, cache)
    reader = _reader_of(kind)
    if reader is None:
        return unreadable(_resource_kind(kind), ReadNote.UNSUPPORTED_KIND)
    return reader(body, limits, cache)


def _archive(kind: str, body: bytes, url: str, limits: ReadLimits, cache: Path | None) -> Reading:
    from documents.archive import read_packed, read_zip

    def member(data: bytes, name: str, left: ReadLimits) -> Reading:
        inner = sniff(data, "", name)
        if inner in _ARCHIVES | {"html"}:
            # One level only: an archive in an archive is a way to hide a bomb.
            return unreadable(_resource_kind(inner), ReadNote.UNSUPPORTED_KIND)
        try:
            return _read(inner, data, url, "", left, cache)
        except ReadError as error:
            return unreadable(_resource_kind(inner), error.note)
        except _DAMAGE:
            return unreadable(_resource_kind(inner), ReadNote.BROKEN)

    return (read_zip if kind == "zip" else read_packed)(body, limits, member)


def _reader_of(kind: str) -> Callable[[bytes, ReadLimits, Path | None], Reading] | None:
    place = _READERS.get(kind)
    if place is None:
        return None
    module, _, function = place.partition(":")
    reader: Callable[[bytes, ReadLimits, Path | None], Reading] = getattr(import_module(module), function)
    return reader


def _resource_kind(kind: str) -> ResourceKind:
    if kind == "html":
        return ResourceKind.PAGE
    family = family_of(kind)
    if family is Family.IMAGE:
        return ResourceKind.IMAGE
    return ResourceKind.OTHER if family is Family.USELESS or kind == "xml" else ResourceKind.DOCUMENT
