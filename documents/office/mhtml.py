"""Read a page saved as one file (MHTML), as Word does under the name of a document."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from core.models.snapshot import BlockKind, Reading, ReadNote, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.html.reader import read_html
from documents.office.pictures import loose_pictures, reading_with_pictures

_PAGES = ("text/html", "application/xhtml+xml")
_DRAWN = (BlockKind.IMAGE, BlockKind.IFRAME)
_MAX_PARTS = 2_000


def read_mhtml(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read the first page of an MHTML file, then the writing on its pictures. Raises ReadError if it holds no page."""
    message = message_from_bytes(body, policy=policy.compat32)
    pages: list[tuple[bytes, str]] = []
    images: list[bytes] = []
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in _PAGES:
            pages.append((_content(part), f"{kind}; charset={part.get_content_charset() or ''}"))
        elif kind.startswith("image/"):
            images.append(_content(part))
    if not pages:
        raise ReadError(ReadNote.BROKEN, "no page in it")
    page, content_type = pages[0]
    read = read_html(page, "", content_type, limits)
    blocks = [block for block in read.blocks if block.kind not in _DRAWN]
    found = reading_with_pictures(blocks, loose_pictures(images, len(blocks)), limits, cache)
    return replace(found, kind=ResourceKind.DOCUMENT, title=read.title, encoding=read.encoding)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
