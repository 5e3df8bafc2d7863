"""PowerPoint 97-2003: the text atoms of the slides as last saved.

Layout: [MS-PPT]. A file that was saved quickly holds earlier versions of its slides too; the edit chain says which
count. Where the chain is broken all text atoms are taken in the order in which they stand.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.models.snapshot import Block, BlockKind, Reading, ReadNote
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block
from documents.office.embedded_images import embedded_images
from documents.office.ole import stream
from documents.office.pictures import loose_pictures, reading_with_pictures

_HEADER = struct.Struct("<HHI")
_CONTAINER = 0x0F
_DOCUMENT, _SLIDE, _NOTES = 1000, 1006, 1008
_SLIDE_PERSIST = 1011
_TEXT_HEADER = 3999
_TEXT_CHARS, _TEXT_BYTES = 4000, 4008
_SLIDE_LIST = 4080
_USER_EDIT, _PERSIST_DIRECTORY = 4085, 6002
_TITLES = (0, 6)
"""Text types: title, centred title."""
_MAX_DEPTH = 40
_MAX_RECORDS = 200_000
_MAX_EDITS = 500
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n"})

_Record = tuple[int, int, int, int]
"""Instance, type, start and stop of the content."""


def read_ppt(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a presentation of 97-2003, then the writing on its pictures; the slide's number is the page.

    Raises ReadError."""
    data = stream(body, "PowerPoint Document")
    if not data:
        raise ReadError(ReadNote.BROKEN, "no presentation in it")
    try:
        slides = list(_slides(data, stream(body, "Current User")))
    except (struct.error, IndexError, KeyError, ValueError):
        slides = []
    if not any(slides):
        slides = [list(_texts(data, 0, len(data)))]
    blocks: list[Block] = []
    for number, texts in enumerate(slides, 1):
        seen: set[str] = set()
        for kind, text in texts:
            for line in text[: limits.text].translate(_LINE_ENDS).splitlines():
                line = " ".join(line.replace("\x00", "").split())
                if not line or line in seen:
                    continue
                seen.add(line)
                if kind in _TITLES:
                    blocks.append(Block(BlockKind.HEADING, line, level=1, page=number))
                else:
                    blocks.append(replace(line_block(line), page=number))
        if len(blocks) >= limits.blocks:
            break
    blocks = blocks[: limits.blocks]
    # Which slide shows which picture is said elsewhere: behind all slides loses nothing.
    pictures = loose_pictures(embedded_images(stream(body, "Pictures")), len(blocks))
    return replace(reading_with_pictures(blocks, pictures, limits, cache), page_count=len(slides))


def _slides(data: bytes, user: bytes) -> Iterator[list[tuple[int, str]]]:
    """Each slide's texts with their types, by the newest edit. Raises struct.error, KeyError or ValueError."""
    (edit,) = struct.unpack_from("<I", user, 16)
    places: dict[int, int] = {}
    document = -1
    for _ in range(_MAX_EDITS):
        _, kind, start, _ = _record(data, edit)
        if kind != _USER_EDIT:
            raise ValueError("no edit there")
        last, directory, main = struct.unpack_from("<III", data, start + 8)
        document = main if document < 0 else document
        _directory(data, directory, places)
        if not last:
            break
        edit = last
    _, kind, start, stop = _record(data, places[document])
    if kind != _DOCUMENT:
        raise ValueError("no document there")
    for instance, kind, inner, end in _records(data, start, stop):
        if kind == _SLIDE_LIST and instance == 0:
            yield from _listed(data, inner, end, places)


def _listed(data: bytes, start: int, stop: int, places: dict[int, int]) -> Iterator[list[tuple[int, str]]]:
    """Slides of a slide list: the texts of placeholders stand in the list, those of other shapes in the slide."""
    current: list[tuple[int, str]] | None = None
    text_type = -1
    for _, kind, inner, end in _records(data, start, stop):
        if kind == _SLIDE_PERSIST:
            if current is not None:
                yield current
            (reference,) = struct.unpack_from("<I", data, inner)
            current = []
            if reference in places:
                _, _, slide, slide_end = _record(data, places[reference])
                current.extend(_texts(data, slide, slide_end))
            text_type = -1
        elif kind == _TEXT_HEADER:
            (text_type,) = struct.unpack_from("<I", data, inner)
        elif kind in (_TEXT_CHARS, _TEXT_BYTES) and current is not None:
            text = (text_type, _text(data, kind, inner, end))
            current.insert(0, text) if text_type in _TITLES else current.append(text)
    if current is not None:
        yield current


def _directory(data: bytes, at: int, places: dict[int, int]) -> None:
    _, kind, start, stop = _record(data, at)
    if kind != _PERSIST_DIRECTORY:
        raise ValueError("no directory there")
    while start + 4 <= stop:
        (entry,) = struct.unpack_from("<I", data, start)
        first, count = entry & 0xFFFFF, entry >> 20
        start += 4
        for number in range(count):
            (place,) = struct.unpack_from("<I", data, start)
            # Edits are walked from the newest back: what is known already is newer.
            places.setdefault(first + number, place)
            start += 4


def _texts(data: bytes, start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Text atoms anywhere inside, with their types. Notes are not shown and not read."""
    pending = [(start, stop, 0)]
    text_type = -1
    count = 0
    while pending:
        at, end, depth = pending.pop()
        while at + _HEADER.size <= end and count < _MAX_RECORDS:
            count += 1
            version, kind, size = _HEADER.unpack_from(data, at)
            inner, after = at + _HEADER.size, min(end, at + _HEADER.size + size)
            if version & _CONTAINER == _CONTAINER:
                if kind != _NOTES and depth < _MAX_DEPTH:
                    pending.append((after, end, depth))
                    at, end, depth = inner, after, depth + 1
                    continue
            elif kind == _TEXT_HEADER and after - inner >= 4:
                (text_type,) = struct.unpack_from("<I", data, inner)
            elif kind in (_TEXT_CHARS, _TEXT_BYTES):
                yield text_type, _text(data, kind, inner, after)
            at = after


def _text(data: bytes, kind: int, start: int, stop: int) -> str:
    raw = data[start:stop]
    if kind == _TEXT_CHARS:
        return raw.decode("utf-16-le", "replace")
    # By the book these are Latin letters; old Thai programs put windows-874 there.
    return raw.decode("cp874", "replace") if any(b >= 0xA1 for b in raw) else raw.decode("latin-1")


def _record(data: bytes, at: int) -> _Record:
    version, kind, size = _HEADER.unpack_from(data, at)
    start = at + _HEADER.size
    return version >> 4, kind, start, min(len(data), start + size)


def _records(data: bytes, start: int, stop: int) -> Iterator[_Record]:
    while start + _HEADER.size <= stop:
        record = _record(data, start)
        yield record
        start = max(record[3], start + _HEADER.size)
