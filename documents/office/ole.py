"""Compound files (OLE2): which program wrote one, and whether it is locked."""

from __future__ import annotations

import io
import struct

import olefile

from core.models.snapshot import ReadNote
from documents.base import ReadError

_FIB_ENCRYPTED = 0x0100
_FILE_PASS = 0x002F
_BIFF_RECORDS = 200
_LOCKED_SHOW = 0xF3D1C4DF
_MAX_STREAM = 256 << 20
_ERRORS = (OSError, ValueError, IndexError, struct.error, RecursionError, TypeError, AttributeError, KeyError)


def is_locked(body: bytes, kind: str) -> bool:
    """Whether a DOC, XLS or PPT asks for a password; False for what cannot be told."""
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as file:
            match kind:
                case "doc":
                    head = file.openstream("WordDocument").read(12)
                    return len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & _FIB_ENCRYPTED)
                case "xls":
                    name = "Workbook" if file.exists("Workbook") else "Book"
                    return _has_file_pass(file.openstream(name).read(1 << 16))
                case "ppt":
                    head = file.openstream("Current User").read(16) if file.exists("Current User") else b""
                    return len(head) == 16 and struct.unpack_from("<I", head, 12)[0] == _LOCKED_SHOW
                case _:
                    return False
    except _ERRORS:
        return False


def stream(body: bytes, name: str) -> bytes:
    """A stream's bytes, empty if there is none of that name. Raises ReadError."""
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as file:
            if not file.exists(name):
                return b""
            if file.get_size(name) > min(_MAX_STREAM, 4 * len(body)):
                raise ReadError(ReadNote.BROKEN, f"{name} is larger than the file")
            return bytes(file.openstream(name).read())
    except _ERRORS as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error


def _has_file_pass(data: bytes) -> bool:
    at = 0
    for _ in range(_BIFF_RECORDS):
        if at + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False
