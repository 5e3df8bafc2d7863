"""Makers of files for which there is no library that writes them: compound files, presentations of 97-2003, RAR."""

from __future__ import annotations

import binascii
import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
"""Bytes; shorter streams would have to go to another place of the file."""


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE2) with the given streams, each filled up with zeros to 4096 bytes."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(_SMALLEST, b"\0")
        pieces = [data[n : n + _SECTOR].ljust(_SECTOR, b"\0") for n in range(0, len(data), _SECTOR)]
        start = len(sectors)
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, start, len(data), right=right))
        sectors += pieces
        chain += [*range(start + 1, start + len(pieces)), _END]
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    first = len(sectors)
    count = len(directory) // _SECTOR
    sectors += [directory[n : n + _SECTOR] for n in range(0, len(directory), _SECTOR)]
    chain += [*range(first + 1, first + count), _END]
    fat_at = len(sectors)
    fats = 1
    while (fat_at + fats) * 4 > fats * _SECTOR:
        fats += 1
    chain += [_FAT] * fats
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * _SECTOR, b"\xff")
    sectors += [table[n : n + _SECTOR] for n in range(0, len(table), _SECTOR)]
    places = [*range(fat_at, fat_at + fats), *[_FREE] * (109 - fats)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, first, 0, _SMALLEST, _END, 0, _END, 0)
    return header + struct.pack("<109I", *places) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    head = coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def record(kind: int, content: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    """One record of a presentation."""
    return struct.pack("<HHI", (instance << 4) | (0x0F if container else 0), kind, len(content)) + content


def presentation(
    slides: Sequence[tuple[str, str]], *, stale: str = "", locked: bool = False, pictures: bytes = b""
) -> bytes:
    """A presentation of 97-2003: a title (in the slide list) and a text box (in the slide) per slide.

    `stale` is the text of an earlier version of the first slide that a quick save has left in the file."""
    stream = b""
    places: dict[int, int] = {}
    if stale:
        stream += record(1006, record(4000, stale.encode("utf-16-le")), container=True)
    listed = b""
    for number, (title, text) in enumerate(slides, 2):
        places[number] = len(stream)
        old_thai = text.encode("cp874")
        box = record(0xF00D, record(3999, struct.pack("<I", 4)) + record(4008, old_thai), container=True)
        stream += record(1006, record(1036, box, container=True), container=True)
        listed += record(1011, struct.pack("<IIIII", number, 0, 0, 0, 0))
        listed += record(3999, struct.pack("<I", 0)) + record(4000, title.encode("utf-16-le"))
    places[1] = len(stream)
    stream += record(1000, record(4080, listed, container=True), container=True)
    directory = len(stream)
    ordered = [places[n] for n in sorted(places)]
    stream += record(6002, struct.pack(f"<I{len(ordered)}I", 1 | len(ordered) << 20, *ordered))
    edit = len(stream)
    stream += record(4085, struct.pack("<IIIIII", 0, 0, 0, directory, 1, 0))
    user = struct.pack("<HHIIII", 0, 0x0FF6, 20, 20, 0xF3D1C4DF if locked else 0xE391C05F, edit)
    more = {"Pictures": pictures} if pictures else {}
    return compound({"PowerPoint Document": stream, "Current User": user, **more})


def rar(files: Mapping[str, bytes], *, locked: bool = False) -> bytes:
    """A RAR archive (version 4) with stored members; `locked` marks them as encrypted."""
    out = b"Rar!\x1a\x07\x00" + _rar_block(0x73, 0, bytes(6))
    for name, data in files.items():
        coded = name.encode()
        body = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, binascii.crc32(data), 0x5A21_0000, 20, 0x30, len(coded), 0o100644
        )
        out += _rar_block(0x74, 0x8000 | (0x04 if locked else 0), body + coded) + data
    return out + _rar_block(0x7B, 0x4000, b"")


def _rar_block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", binascii.crc32(head) & 0xFFFF) + head
