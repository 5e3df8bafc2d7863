"""Recognised pages in an object store, by the body that they are of.

Readers have no connection: they know the data folder alone. Before a body is read, its pages are put there; what was
recognised anew is taken from there afterwards. A place that is away for a moment costs time, no body its reading: what
could not be fetched or kept is recognised again."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from core.atomic import write_atomic
from core.errors import ObjectStoreError
from core.storage.objects.base import ObjectStore

FOLDER = "ocr"
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}-\d+\.json")


class RecognisedPages:
    """The pages of each body, in one value; `folder` is the data folder of this machine."""

    def __init__(self, objects: ObjectStore, folder: Path) -> None:
        self._objects = objects
        self._folder = folder / FOLDER

    def fetch(self, sha256: str) -> frozenset[str]:
        """Put the pages of a body into the data folder, where they are not there. Returns the names of its pages."""
        packed = None
        with suppress(ObjectStoreError):
            packed = self._objects.read(_name(sha256))
        if packed is None:
            return frozenset()
        try:
            pages = {str(name): str(text) for name, text in json.loads(zlib.decompress(packed)).items()}
        except (zlib.error, ValueError, AttributeError):
            return frozenset()  # they can be recognised again
        found = {name: text for name, text in pages.items() if _NAME.fullmatch(name)}
        for name, text in found.items():
            if not (self._folder / name).exists():
                write_atomic(self._folder / name, text)
        return frozenset(found)

    def keep(self, sha256: str, names: Collection[str], known: Collection[str]) -> None:
        """Take the named pages of a body from the data folder, unless these are the known ones."""
        if not set(names) - set(known):
            return
        pages = {}
        for name in names:
            path = self._folder / name
            if _NAME.fullmatch(name) and path.exists():
                pages[name] = path.read_text("utf-8")
        if not pages:
            return
        with suppress(ObjectStoreError):
            self._objects.write(_name(sha256), zlib.compress(json.dumps(pages, ensure_ascii=False).encode(), 1))

    def sweep(self, used: Collection[str]) -> None:
        """Forget the pages of bodies whose hash is not in `used`."""
        stamps = self._objects.stamps(FOLDER)
        self._objects.remove(f"{FOLDER}/{name}" for name in stamps if name.rpartition("/")[2] not in used)


def _name(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"
