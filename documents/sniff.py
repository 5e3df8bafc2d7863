"""What a body is, by its bytes: names and Content-Type headers lie."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
)
_HEAD = 1024
_MIME_HEAD = 8192
_MHTML = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)", re.I | re.M)
"""A page saved with its pictures in one file; Word gives it the name of a document."""
_MANIFEST = "META-INF/manifest.xml"
_MANIFEST_BYTES = 1 << 20


def sniff(body: bytes, content_type: str = "", name: str = "") -> str:
    """One of: html, mhtml, pdf, docx, xlsx, pptx, odt, ods, odp, zip, doc, xls, ppt, ole, encrypted, rtf, image, rar,
    7z, csv, text, xml, empty, binary. `content_type` and `name` only tell csv from text and html from text."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not body.strip():
        return "empty"
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        # Excel's "Unicode text", and what Notepad calls Unicode.
        text = body[: _HEAD & ~1].decode("utf-16", "replace").removeprefix("\ufeff").encode()
        return sniff(text, content_type, name)
    if body.startswith(b"PK\x03\x04"):
        return _zipped(body)
    if body.startswith(_OLE):
        return _ole(body)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if body.startswith(b"Rar!"):
        return "rar"
    if body.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    # Behind the archives: one may hold a PDF as it is, right behind its own name.
    if b"%PDF-" in body[:_HEAD]:
        return "pdf"
    if any(body.startswith(magic) for magic, _ in _IMAGES) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP"):
        return "image"
    lowered = head.lower()
    if b"mime-version:" in lowered and _MHTML.search(body[:_MIME_HEAD]):
        return "mhtml"
    if any(tag in lowered for tag in (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<script")):
        return "html"
    if lowered.startswith(b"<?xml"):
        return "html" if b"xhtml" in lowered else "xml"
    kind = content_type.split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return "html"
    if _is_text(body[:_HEAD]):
        if lowered.startswith(b"<"):
            return "html"
        return "csv" if kind == "text/csv" or name.lower().endswith(".csv") else "text"
    return "binary"


def _zipped(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist()[:2000])
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype").decode("ascii", "replace")
                small = _MANIFEST in names and archive.getinfo(_MANIFEST).file_size < _MANIFEST_BYTES
                if small and b"encryption-data" in archive.read(_MANIFEST):
                    return "encrypted"
                for suffix, kind in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")):
                    if mime.startswith("application/vnd.oasis.opendocument." + suffix):
                        return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return "zip"
    for prefix, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[Content_Types].xml" in names and any(n.startswith(prefix) for n in names):
            return kind
    return "zip"


def _ole(body: bytes) -> str:
    for marker, kind in (
        # An Office file with a password is a compound file around a sealed package.
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("PowerPoint Document", "ppt"),
    ):
        if marker.encode("utf-16-le") in body:
            return kind
    return "ole"


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    control = sum(b < 0x20 and b not in (9, 10, 12, 13) for b in head)
    return control <= len(head) // 50
