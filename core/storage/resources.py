"""Resources as rows: written and looked up by the hundred thousand, so straight in SQL, without a layer between."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.models.snapshot import FetchOutcome, Reading, Resource, ResourceKind
from core.storage.codec import EncodedReading, decode_reading
from core.storage.schema import READING_FORMAT

_PLAIN = (
    "url", "final_url", "content_type", "http_status", "detail", "sha256", "size", "etag", "last_modified", "label",
    "context", "depth", "tls_problem",
)  # fmt: skip
_ADD = "INSERT OR REPLACE INTO resources (snapshot_id, url, outcome, reading, sha256, data) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_READING = """INSERT INTO readings VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE
    SET format = excluded.format, data = excluded.data
    WHERE format <> excluded.format OR data <> excluded.data"""
"""A reading that is there already costs no writing: on most nights most pages are what they were."""
_EARLIER = """SELECT resources.data, readings.data FROM resources
    LEFT JOIN readings ON readings.key = resources.reading AND readings.format = ?
    WHERE resources.snapshot_id = ? AND resources.url = ? AND resources.outcome = ?"""
_VALIDATORS = """SELECT resources.data FROM resources JOIN readings ON readings.key = resources.reading
    WHERE readings.format = ? AND snapshot_id = ? AND url = ? AND outcome = ?"""
_LAST = "SELECT id FROM snapshots WHERE agency_id = ? AND finished IS NOT NULL AND home_ok = 1 ORDER BY id DESC LIMIT 1"


class ResourceRows:
    """The rows of resources and readings. Every `add` is committed before it returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = threading.local()
        self._last: dict[str, int] = {}

    def add(self, snapshot_id: int, resource: Resource, key: str, packed: EncodedReading | None) -> None:
        """Keep one address; one seen again in the snapshot replaces the earlier row."""
        row = (snapshot_id, resource.url, resource.outcome.value, key, resource.sha256, encode_resource(resource))
        db = self._db()
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute(_ADD, row)
            if packed is not None and key:
                db.execute(_ADD_READING, (key, READING_FORMAT, packed))
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def reading(self, key: str) -> EncodedReading | None:
        """A reading by its key, if the readers have not changed since."""
        query = "SELECT data FROM readings WHERE key = ? AND format = ?"
        row = self._db().execute(query, (key, READING_FORMAT)).fetchone()
        return EncodedReading(row[0]) if row is not None else None

    def last_good(self, agency_id: str) -> int | None:
        """The id of the agency's last finished snapshot whose home page was read; asked once."""
        known = self._last.get(agency_id)
        if known is None:
            row = self._db().execute(_LAST, (agency_id,)).fetchone()
            if row is None:
                return None
            known = self._last[agency_id] = int(row[0])
        return known

    def reset_last_good(self) -> None:
        """Look the last good snapshots up anew."""
        self._last.clear()

    def earlier(self, agency_id: str, url: str) -> tuple[Resource, EncodedReading | None] | None:
        """The last good snapshot's row for an address that was read well."""
        last = self.last_good(agency_id)
        if last is None:
            return None
        row = self._db().execute(_EARLIER, (READING_FORMAT, last, url, FetchOutcome.OK.value)).fetchone()
        if row is None:
            return None
        return decode_resource(row[0]), EncodedReading(row[1]) if row[1] is not None else None

    def validators(self, agency_id: str, url: str) -> tuple[str, str, str] | None:
        """ETag, Last-Modified and hash of an address in the last good snapshot, if its reading is of use still."""
        last = self.last_good(agency_id)
        if last is None:
            return None
        row = self._db().execute(_VALIDATORS, (READING_FORMAT, last, url, FetchOutcome.OK.value)).fetchone()
        if row is None:
            return None
        data = json.loads(row[0])
        return data.get("etag", ""), data.get("last_modified", ""), data["sha256"]

    def close(self) -> None:
        """Let go of the database file."""
        db = getattr(self._own, "db", None)
        if db is not None:
            db.close()
            del self._own.db

    def _db(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._own, "db", None)
        if db is None:
            db = sqlite3.connect(self._path, timeout=60, isolation_level=None, cached_statements=32)
            for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
                db.execute(f"PRAGMA {pragma}")
            self._own.db = db
        return db


def reading_key(sha256: str, url: str, kind: ResourceKind) -> str:
    """A page's links depend on its address, a document's content does not."""
    if not sha256:
        return ""
    return hashlib.sha256(f"{sha256} {url}".encode()).hexdigest() if kind is ResourceKind.PAGE else sha256


def encode_resource(resource: Resource) -> str:
    """A resource without its reading, as JSON."""
    data: dict[str, Any] = {name: getattr(resource, name) for name in _PLAIN}
    data["outcome"] = resource.outcome.value
    data["kind"] = resource.kind.value
    data["found_via"] = list(resource.found_via)
    data["fetched"] = resource.fetched.isoformat() if resource.fetched else None
    return json.dumps(data, ensure_ascii=False)


def decode_resource(text: str) -> Resource:
    """The resource that `encode_resource` packed."""
    data = json.loads(text)
    return Resource(
        outcome=FetchOutcome(data["outcome"]),
        kind=ResourceKind(data["kind"]),
        found_via=tuple(data["found_via"]),
        fetched=datetime.fromisoformat(data["fetched"]) if data["fetched"] else None,
        **{name: data[name] for name in _PLAIN},
    )


def with_stored_reading(resource: Resource, packed: bytes | None) -> Resource:
    """A resource with its reading, if it has one."""
    return with_reading(resource, decode_reading(packed)) if packed is not None else resource


def with_reading(resource: Resource, reading: Reading) -> Resource:
    """A resource with what its body's reading gave."""
    return replace(
        resource,
        kind=reading.kind,
        content_type=reading.content_type or resource.content_type,
        title=reading.title,
        blocks=reading.blocks,
        links=reading.links,
        read_state=reading.state,
        read_note=reading.note,
        page_count=reading.page_count,
    )
