"""The store's tables, and readings as compressed JSON."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from oit.model import Block, BlockKind, Link, Reading, ReadState, ResourceKind, Zone

READING_FORMAT = 2
"""Raised whenever readers give other blocks for the same body: older readings are then made anew."""

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),
    Column("agencies", Text, nullable=False),
)
snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("agency_id", String(100), nullable=False),
    Column("url", Text, nullable=False),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),
    Column("complete", Integer, nullable=False, default=0),
    Column("stopped_by", String(20), nullable=False, default=""),
    Column("home_ok", Integer, nullable=False, default=0),
    Column("hosts", Text, nullable=False, default="[]"),
    Index("snapshots_by_agency", "agency_id", "id"),
)
resources = Table(
    "resources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("snapshot_id", Integer, ForeignKey("snapshots.id", ondelete="CASCADE"), nullable=False),
    Column("url", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reading", String(64), nullable=False, default=""),
    Column("sha256", String(64), nullable=False, default=""),
    Column("data", Text, nullable=False),
    Index("resources_by_snapshot", "snapshot_id", "url", unique=True),
)
readings = Table(
    "readings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("format", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
cache = Table(
    "cache",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("used", Float, nullable=False),
)


def pack_reading(reading: Reading) -> bytes:
    """A reading as compressed JSON; defaults are left out."""
    data = {
        "kind": reading.kind.value, "state": reading.state.value, "type": reading.content_type, "title": reading.title,
        "note": reading.note, "pages": reading.page_count, "encoding": reading.encoding, "unread": reading.unread_pages,
        "blocks": [_sparse(b, _BLOCK_DEFAULTS) for b in reading.blocks],
        "links": [_sparse(li, _LINK_DEFAULTS) for li in reading.links],
    }  # fmt: skip
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 6)


def unpack_reading(packed: bytes) -> Reading:
    """The reading that `pack_reading` packed."""
    data = json.loads(zlib.decompress(packed))
    return Reading(
        kind=ResourceKind(data["kind"]), state=ReadState(data["state"]), content_type=data["type"], title=data["title"],
        blocks=tuple(_block(b) for b in data["blocks"]), links=tuple(_link(li) for li in data["links"]),
        note=data["note"], page_count=data["pages"], encoding=data["encoding"], unread_pages=tuple(data["unread"]),
    )  # fmt: skip


_BLOCK_DEFAULTS = Block(BlockKind.PARAGRAPH, "")
_LINK_DEFAULTS = Link("", "")
_KINDS = {k.value: k for k in BlockKind}
_ZONES = {z.value: z for z in Zone}


def _sparse(value: Any, defaults: Any) -> dict[str, Any]:
    return {
        f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) != getattr(defaults, f.name)
    }


def _block(data: dict[str, Any]) -> Block:
    data["kind"] = _KINDS[data.get("kind", "paragraph")]
    if "zone" in data:
        data["zone"] = _ZONES[data["zone"]]
    if data.get("bbox"):
        data["bbox"] = tuple(data["bbox"])
    data.setdefault("text", "")
    return Block(**data)


def _link(data: dict[str, Any]) -> Link:
    if "zone" in data:
        data["zone"] = _ZONES[data["zone"]]
    data.setdefault("url", "")
    data.setdefault("label", "")
    return Link(**data)
