"""Small values that can be made again: what was once found out, kept for the next time."""

from __future__ import annotations

import time
from collections.abc import Mapping

from sqlalchemy import Engine, delete, select

from core.storage.engine import insert_of
from core.storage.schema import cache


class CacheRows:
    """Rows of the table `cache`. Safe for several processes: the last of two that write the same key counts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, kind: str, key: str) -> bytes | None:
        """Return a value remembered under a kind and key."""
        with self._engine.connect() as db:
            value = db.execute(select(cache.c.value).where(cache.c.kind == kind, cache.c.key == key)).scalar()
        return bytes(value) if value is not None else None

    def all(self, kind: str, prefix: str) -> dict[str, bytes]:
        """Return all values of a kind whose key begins so, by the rest of their key."""
        query = select(cache.c.key, cache.c.value).where(
            cache.c.kind == kind, cache.c.key.startswith(prefix, autoescape=True)
        )
        with self._engine.connect() as db:
            return {key[len(prefix) :]: bytes(value) for key, value in db.execute(query)}

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value."""
        self.put_all(kind, {key: value})

    def put_all(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Remember several values of a kind in one transaction."""
        if not values:
            return
        now = time.time()
        insert = insert_of(self._engine.dialect.name)
        new = insert(cache)
        statement = new.on_conflict_do_update(
            index_elements=[cache.c.kind, cache.c.key], set_={"value": new.excluded.value, "used": new.excluded.used}
        )
        rows = [{"kind": kind, "key": key, "value": value, "used": now} for key, value in values.items()]
        with self._engine.begin() as db:
            db.execute(statement, rows)

    def drop(self, kind: str, prefix: str) -> None:
        """Forget all values of a kind whose key begins so."""
        with self._engine.begin() as db:
            db.execute(delete(cache).where(cache.c.kind == kind, cache.c.key.startswith(prefix, autoescape=True)))
