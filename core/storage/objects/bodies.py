"""Bodies named by their hash: the same bytes are stored once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from core.storage.objects.base import ObjectStore

_FOLDER = "bodies"


class BodyStore(Protocol):
    """Where the bodies of a store lie."""

    def has(self, sha256: str) -> bool:
        """Whether the body with this hash is there."""

    def read(self, sha256: str) -> bytes | None:
        """Return a stored body, None if it is no longer there."""

    def source(self, sha256: str) -> Path | bytes | None:
        """Return where another process of this machine can read a body, or the body itself if nowhere."""

    def file(self, sha256: str) -> Path | None:
        """Return the body's file of this machine, None if there is none."""

    def add(self, body: bytes) -> str:
        """Store a body and return its SHA-256. Raises OSError or StoreError."""

    def sweep(self, used: Collection[str]) -> None:
        """Delete every body whose hash is not in `used`."""


class BodyFiles:
    """The bodies under a store's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _FOLDER

    def has(self, sha256: str) -> bool:
        """Whether the body with this hash is there."""
        return self._path(sha256).exists()

    def read(self, sha256: str) -> bytes | None:
        """Return a stored body, None if it is no longer there."""
        try:
            return self._path(sha256).read_bytes()
        except OSError:
            return None

    def source(self, sha256: str) -> Path | None:
        """Return the body's file."""
        return self.file(sha256)

    def file(self, sha256: str) -> Path | None:
        """Return the body's file, None if it is no longer there."""
        path = self._path(sha256)
        return path if path.exists() else None

    def add(self, body: bytes) -> str:
        """Store a body and return its SHA-256. Raises OSError."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
                try:
                    handle.write(body)
                    handle.flush()
                except OSError as error:
                    Path(handle.name).unlink(missing_ok=True)
                    error.filename = str(path)  # a full disk names no file by itself
                    raise
            Path(handle.name).rename(path)
        return sha256

    def sweep(self, used: Collection[str]) -> None:
        """Delete every body whose hash is not in `used`."""
        for path in self._folder.glob("??/??/*"):
            if path.name not in used:
                path.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256


class BodyObjects:
    """Bodies in an object store, in folders as the files have them."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    def has(self, sha256: str) -> bool:
        """Whether the body with this hash is there."""
        return self._objects.has(_name(sha256))

    def read(self, sha256: str) -> bytes | None:
        """Return a stored body, None if it is no longer there."""
        return self._objects.read(_name(sha256))

    def source(self, sha256: str) -> bytes | None:
        """Return the body: other processes have no connection to the object store."""
        return self.read(sha256)

    def file(self, sha256: str) -> None:
        """Return None: the bodies are elsewhere."""

    def add(self, body: bytes) -> str:
        """Store a body and return its SHA-256."""
        sha256 = hashlib.sha256(body).hexdigest()
        if not self.has(sha256):
            self._objects.write(_name(sha256), body)
        return sha256

    def sweep(self, used: Collection[str]) -> None:
        """Delete every body whose hash is not in `used`: a 256th at a time, since a country has a million."""
        for part in range(256):
            folder = f"{_FOLDER}/{part:02x}"
            unused = [name for name in self._objects.stamps(folder) if name.rpartition("/")[2] not in used]
            self._objects.remove(f"{folder}/{name}" for name in unused)


def _name(sha256: str) -> str:
    return f"{_FOLDER}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
