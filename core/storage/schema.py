"""The store's tables."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

READING_FORMAT = 4
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
