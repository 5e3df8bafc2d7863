"""Whose an object store is: two stores in one place would throw each other's bodies away."""

from __future__ import annotations

import uuid

from core.errors import StoreError
from core.storage.memory import CacheRows
from core.storage.objects.base import ObjectStore

OWNER = "oit-store"
"""The value that names the store whose place it is."""
_KIND, _KEY = "objects", "owner"


def check_owner(objects: ObjectStore, url: str, cache: CacheRows, *, claim: bool) -> None:
    """Raise StoreError if an object store does not answer, or is not that of the database with this cache.

    With `claim` a place that is nobody's becomes this database's, and is shown to be writable."""
    known = cache.get(_KIND, _KEY)
    found = objects.read(OWNER)
    if found is not None and found != known:
        raise StoreError(f"{url} holds the bodies of another store; use another place (or delete {OWNER} there)")
    if claim:
        if known is None:
            known = uuid.uuid4().hex.encode()
            cache.put(_KIND, _KEY, known)
        objects.write(OWNER, known)
