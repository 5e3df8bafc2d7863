"""Readings as compressed JSON in two parts: the head with the links, which a crawl needs of an unchanged page, and
the blocks, which only judging needs."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, NewType

from core.models.snapshot import Block, BlockKind, Link, Reading, ReadNote, ReadState, ResourceKind, Zone

EncodedReading = NewType("EncodedReading", bytes)


class StoredReading(bytes):
    """An encoded reading as it came out of the store, with its key there: it need not be stored again."""

    key: str

    @classmethod
    def of(cls, key: str, data: bytes) -> EncodedReading:
        """A reading with its key."""
        found = cls(data)
        found.key = key
        return EncodedReading(found)


_MARK = b"R2"
_LENGTH = struct.Struct(">I")
_START = len(_MARK) + _LENGTH.size
_LEVEL = 3
"""A fifth larger than at the default level, in a third of the time."""

_BLOCK = Block(BlockKind.PARAGRAPH, "")
_LINK = Link("", "")
_BLOCK_FIELDS = tuple((f.name, getattr(_BLOCK, f.name)) for f in fields(Block))
_LINK_FIELDS = tuple((f.name, getattr(_LINK, f.name)) for f in fields(Link))
_KINDS = {k.value: k for k in BlockKind}
_ZONES = {z.value: z for z in Zone}


def encode_reading(reading: Reading, signature: str = "") -> EncodedReading:
    """A reading as bytes; defaults are left out. `signature` is what tells two answers for the same page."""
    head = {
        "kind": reading.kind.value,
        "state": reading.state.value,
        "type": reading.content_type,
        "title": reading.title,
        "note": reading.note,
        "pages": reading.page_count,
        "encoding": reading.encoding,
        "unread": reading.unread_pages,
        "scripted": reading.scripted,
        "letters": reading.letters,
        "links": [_sparse(link, _LINK_FIELDS) for link in reading.links],
        "signature": signature,
    }
    first = _squeezed(head)
    return EncodedReading(
        _MARK + _LENGTH.pack(len(first)) + first + _squeezed([_sparse(b, _BLOCK_FIELDS) for b in reading.blocks])
    )


def decode_reading(packed: bytes) -> Reading:
    """The reading that `encode_reading` packed."""
    head, rest = _parts(packed)
    return _reading(head, _blocks(head, rest))


def decode_head(packed: bytes) -> tuple[Reading, str]:
    """The reading without its blocks, and its signature."""
    head, _ = _parts(packed)
    return _reading(head, ()), str(head.get("signature", ""))


def decode_blocks(packed: bytes) -> tuple[Block, ...]:
    """The blocks of a reading alone."""
    if packed.startswith(_MARK):
        return _blocks({}, packed[_head_end(packed) :])
    return _blocks(*_parts(packed))


def _parts(packed: bytes) -> tuple[dict[str, Any], bytes | None]:
    if not packed.startswith(_MARK):  # of an earlier version: one part
        return json.loads(zlib.decompress(packed)), None
    end = _head_end(packed)
    return json.loads(zlib.decompress(packed[_START:end])), packed[end:]


def _head_end(packed: bytes) -> int:
    (length,) = _LENGTH.unpack_from(packed, len(_MARK))
    return _START + int(length)


def _blocks(head: Mapping[str, Any], rest: bytes | None) -> tuple[Block, ...]:
    return tuple(_block(b) for b in (head["blocks"] if rest is None else json.loads(zlib.decompress(rest))))


def _reading(head: Mapping[str, Any], blocks: tuple[Block, ...]) -> Reading:
    return Reading(
        kind=ResourceKind(head["kind"]),
        state=ReadState(head["state"]),
        content_type=head["type"],
        title=head["title"],
        blocks=blocks,
        links=tuple(_link(**li) for li in head["links"]),
        note=_read_note(head["note"]),
        page_count=head["pages"],
        encoding=head["encoding"],
        unread_pages=tuple(head["unread"]),
        scripted=bool(head.get("scripted", False)),
        letters=int(head.get("letters", 0)),
    )


def _read_note(value: str) -> ReadNote:
    """A note of an earlier or later version that is not known here says that the body was not read well."""
    try:
        return ReadNote(value)
    except ValueError:
        return ReadNote.UNREAD


def _squeezed(data: object) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), _LEVEL)


def _sparse(value: object, defaults: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    found = {}
    for name, default in defaults:
        held = getattr(value, name)
        if held is not default and held != default:
            found[name] = held
    return found


def _block(data: dict[str, Any]) -> Block:
    data["kind"] = _KINDS[data.get("kind", "paragraph")]
    if "zone" in data:
        data["zone"] = _ZONES[data["zone"]]
    if data.get("bbox"):
        data["bbox"] = tuple(data["bbox"])
    data.setdefault("text", "")
    return Block(**data)


@lru_cache(maxsize=4096)
def _link(url: str = "", label: str = "", zone: str = Zone.CONTENT, **others: Any) -> Link:
    """A link from its fields. Kept, as those of menus and footers stand on every page of a site."""
    return Link(url, label, zone=_ZONES[zone], **others)
