"""File formats: one table of kinds, media types and file endings for crawler, readers and checklist.

A new format is one row here and one reader in `documents/` (docs/adding.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What a file of a format is for whoever looks for disclosures in it."""

    PAGE = "page"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    IMAGE = "image"
    USELESS = "useless"
    """Holds no disclosure that can be read: video, program, style sheet."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format. `kind` is what `documents.sniff` answers for its bytes; `endings` are lower-case, undotted."""

    kind: str
    family: Family
    media_type: str
    endings: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

FORMATS = (
    FileFormat("html", Family.PAGE, "text/html", ("html", "htm", "xhtml")),
    FileFormat("pdf", Family.DOCUMENT, "application/pdf", ("pdf",)),
    FileFormat("docx", Family.DOCUMENT, f"{_OPEN_XML}.wordprocessingml.document", ("docx",)),
    FileFormat("xlsx", Family.DOCUMENT, f"{_OPEN_XML}.spreadsheetml.sheet", ("xlsx",)),
    FileFormat("pptx", Family.DOCUMENT, f"{_OPEN_XML}.presentationml.presentation", ("pptx",)),
    FileFormat("odt", Family.DOCUMENT, f"{_OPEN_DOCUMENT}.text", ("odt",)),
    FileFormat("ods", Family.DOCUMENT, f"{_OPEN_DOCUMENT}.spreadsheet", ("ods",)),
    FileFormat("odp", Family.DOCUMENT, f"{_OPEN_DOCUMENT}.presentation", ("odp",)),
    FileFormat("doc", Family.DOCUMENT, "application/msword", ("doc",)),
    FileFormat("xls", Family.DOCUMENT, "application/vnd.ms-excel", ("xls",)),
    FileFormat("ppt", Family.DOCUMENT, "application/vnd.ms-powerpoint", ("ppt",)),
    FileFormat("mhtml", Family.DOCUMENT, "multipart/related", ("mht", "mhtml")),
    FileFormat("rtf", Family.DOCUMENT, "application/rtf", ("rtf",)),
    FileFormat("csv", Family.DOCUMENT, "text/csv", ("csv",)),
    FileFormat("text", Family.DOCUMENT, "text/plain", ("txt",)),
    FileFormat("zip", Family.ARCHIVE, "application/zip", ("zip",)),
    FileFormat("rar", Family.ARCHIVE, "application/vnd.rar", ("rar",)),
    FileFormat("7z", Family.ARCHIVE, "application/x-7z-compressed", ("7z",)),
    FileFormat("image", Family.IMAGE, "", ("jpg", "jpeg", "png", "tif", "tiff", "webp", "gif", "bmp")),
    FileFormat("binary", Family.USELESS, "", (
        "mp4", "mp3", "avi", "mov", "wmv", "flv", "mkv", "wav", "exe", "msi", "apk", "iso", "dmg", "css", "js", "woff",
        "woff2", "ttf", "ico", "svg", "swf", "psd", "ai",
    )),
)  # fmt: skip


def endings_of(*families: Family) -> frozenset[str]:
    """Return the file endings of all formats of these families, lower-case and without the dot."""
    return frozenset(ending for each in FORMATS if each.family in families for ending in each.endings)


def media_type_of(kind: str) -> str:
    """Return the media type of a kind, empty if the kind has none of its own."""
    return next((each.media_type for each in FORMATS if each.kind == kind), "")


def family_of(kind: str) -> Family | None:
    """Return the family of a kind; None for kinds that are no format (empty, encrypted, xml)."""
    return next((each.family for each in FORMATS if each.kind == kind), None)
