"""Archives: ZIP by the standard library, RAR and 7z by libarchive where it is installed. One level deep."""

from __future__ import annotations

import ctypes
import io
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.models.snapshot import Block, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.office.zip_limits import check_expansion

Reader = Callable[[bytes, str, ReadLimits], Reading]
"""Reads one member: its bytes, its name and what is left of the limits."""

_NAME = 80
_FORMATS = ((b"Rar!\x1a\x07\x01\x00", "rar5"), (b"Rar!", "rar"), (b"7z\xbc\xaf\x27\x1c", "7zip"))
_LOCKED = ("passphrase", "password", "encrypt")
_SMALL = 1 << 16
"""Bytes; the ratio of a smaller archive says nothing."""


@dataclass(frozen=True, slots=True)
class _Member:
    """One file of an archive; `data` is None where only its name could be read (`note` says why)."""

    name: str
    data: bytes | None
    note: ReadNote = ReadNote.NONE


def read_zip(body: bytes, limits: ReadLimits, read: Reader) -> Reading:
    """Read a ZIP archive's members with `read`; each member's name stands in `Block.sheet`. What a member could not
    give makes the whole partly read. Raises ReadError for a bomb or a broken archive."""
    return _gathered(_zip_members(body, limits), limits, read)


def read_packed(body: bytes, limits: ReadLimits, read: Reader) -> Reading:
    """Read a RAR or 7z archive as `read_zip` reads a ZIP. Raises ReadError, `needs-tool` without libarchive."""
    return _gathered(_packed_members(body, limits), limits, read)


def _zip_members(body: bytes, limits: ReadLimits) -> Iterator[_Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
            for info in archive.infolist():
                if info.is_dir():
                    continue
                if info.flag_bits & 1:
                    yield _Member(info.filename, None, ReadNote.ENCRYPTED)
                    continue
                # What the directory promises is checked above; a member that holds more than that breaks here.
                yield _Member(info.filename, archive.read(info))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error


def _packed_members(body: bytes, limits: ReadLimits) -> Iterator[_Member]:
    library = _libarchive()
    # Named, not guessed: some of the formats that the library knows refer to files of this machine.
    kind = next(name for magic, name in _FORMATS if body.startswith(magic))
    left = min(limits.expanded, max(len(body), _SMALL) * limits.ratio)
    try:
        with library.memory_reader(body, kind) as archive:
            for entry in archive:
                if not entry.isfile:
                    continue
                name = str(entry.pathname)
                if library.ffi.libarchive.archive_entry_is_encrypted(ctypes.c_void_p(entry._entry_p)):
                    yield _Member(name, None, ReadNote.ENCRYPTED)
                    continue
                if (entry.size or 0) > left:
                    raise ReadError(ReadNote.TOO_LARGE)
                pieces: list[bytes] = []
                for piece in entry.get_blocks():
                    left -= len(piece)
                    if left < 0:
                        raise ReadError(ReadNote.TOO_LARGE)
                    pieces.append(bytes(piece))
                yield _Member(name, b"".join(pieces))
    except library.exception.ArchiveError as error:
        locked = any(word in str(error).lower() for word in _LOCKED)
        raise ReadError(ReadNote.ENCRYPTED if locked else ReadNote.BROKEN, str(error)[:200]) from error


def _libarchive() -> Any:
    """The library's module. Raises ReadError where its shared object is absent."""
    try:
        import libarchive  # type: ignore[import-untyped]
    except (ImportError, OSError, AttributeError, TypeError) as error:
        raise ReadError(ReadNote.NEEDS_TOOL, "libarchive") from error
    return libarchive


def _gathered(members: Iterator[_Member], limits: ReadLimits, read: Reader) -> Reading:
    end = time.monotonic() + limits.seconds
    blocks: list[Block] = []
    notes: set[ReadNote] = set()
    tables = seen = recognised = 0
    try:
        for member in members:
            seen += 1
            if seen > limits.members or len(blocks) >= limits.blocks or time.monotonic() >= end:
                notes.add(ReadNote.PARTIAL)
                break
            if member.data is None:
                notes.add(member.note)
                continue
            rest = replace(
                limits, ocr_pages=max(0, limits.ocr_pages - recognised), seconds=max(1.0, end - time.monotonic())
            )
            reading = read(member.data, member.name, rest)
            recognised += reading.recognised
            if reading.state is not ReadState.READ:
                notes.add(reading.note or ReadNote.PARTIAL)
            name = member.name.rsplit("/", 1)[-1][:_NAME]
            for block in reading.blocks:
                table = None if block.table is None else block.table + tables
                blocks.append(replace(block, sheet=name, table=table))
            tables = max([tables, *(b.table + 1 for b in blocks if b.table is not None)])
    except ReadError as error:
        # A bomb is a bomb however far it was read; of a damaged or locked archive the beginning counts.
        if error.note == ReadNote.TOO_LARGE or not blocks:
            raise
        notes.add(error.note)
    return _reading(blocks[: limits.blocks], notes, seen, recognised)


def _reading(blocks: list[Block], notes: set[ReadNote], seen: int, recognised: int) -> Reading:
    if not blocks:
        # One cause is named; of several none is the cause.
        note = next(iter(notes)) if len(notes) == 1 else ReadNote.UNREAD
        note = note if seen and notes else ReadNote.EMPTY
        return Reading(kind=ResourceKind.DOCUMENT, state=ReadState.UNREAD, note=note, recognised=recognised)
    # What waits for tomorrow must not be taken for final.
    note = next(
        (n for n in (ReadNote.OCR_QUEUED, ReadNote.NEEDS_TOOL) if n in notes),
        ReadNote.PARTIAL if notes else ReadNote.NONE,
    )
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.PARTIAL if notes else ReadState.READ,
        blocks=tuple(blocks),
        note=note,
        recognised=recognised,
    )
