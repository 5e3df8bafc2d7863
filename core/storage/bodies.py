"""Bodies as files named by their hash: the same bytes are stored once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection
from pathlib import Path


class BodyFiles:
    """The bodies under a store's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "bodies"

    def path(self, sha256: str) -> Path:
        """Return where the body with this hash is or would be."""
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def read(self, sha256: str) -> bytes | None:
        """Return a stored body, None if it is no longer there."""
        try:
            return self.path(sha256).read_bytes()
        except OSError:
            return None

    def add(self, body: bytes) -> str:
        """Store a body and return its SHA-256. Raises OSError."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self.path(sha256)
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
