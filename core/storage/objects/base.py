"""Where whole values lie by name: below the data folder, or in an object store that the folder names.

A file `objects.url` in the folder holds one line such as `s3://oit/chiangrai`. Keys and the server's address stand
where every S3 client looks for them (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`, `~/.aws`), not in that line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.atomic import write_changed
from core.errors import StoreError

if TYPE_CHECKING:
    from core.storage.objects.remote import RemoteObjects

URL_FILE = "objects.url"
SCHEMES = ("s3", "file")


class ObjectStore(Protocol):
    """Values by names such as `judged/2566/a.json`. A reader never sees half of one.

    All raise OSError or StoreError where the value cannot be had for a cause on this side."""

    def has(self, name: str) -> bool:
        """Whether there is such a value."""

    def read(self, name: str) -> bytes | None:
        """Return a value; None if there is none."""

    def write(self, name: str, value: bytes) -> None:
        """Put a value in place of the one of this name, in one step."""

    def stamp(self, name: str) -> str:
        """Return what tells two states of a value apart without reading it; empty if there is none."""

    def stamps(self, folder: str) -> dict[str, str]:
        """Return the stamps of all values below a folder, by the rest of their names."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove values; those that are not there are none."""


class FolderObjects:
    """Files below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self._folder / name).exists()

    def read(self, name: str) -> bytes | None:
        """Return what a file holds; None if it cannot be read."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, value: bytes) -> None:
        """Write a file whole, unless it holds the same. Raises OSError."""
        write_changed(self._folder / name, value)

    def stamp(self, name: str) -> str:
        """Return a file's time and size."""
        try:
            return _stamp((self._folder / name).stat())
        except OSError:
            return ""

    def stamps(self, folder: str) -> dict[str, str]:
        """Return time and size of all files below a folder."""
        found: dict[str, str] = {}
        waiting = [""]
        while waiting:
            inner = waiting.pop()
            try:
                with os.scandir(self._folder / folder / inner) as entries:
                    for entry in entries:
                        if entry.is_dir():
                            waiting.append(f"{inner}{entry.name}/")
                        else:
                            found[f"{inner}{entry.name}"] = _stamp(entry.stat())
            except FileNotFoundError:
                continue
        return found

    def remove(self, names: Iterable[str]) -> None:
        """Delete files."""
        for name in names:
            (self._folder / name).unlink(missing_ok=True)


def _stamp(state: os.stat_result) -> str:
    return f"{state.st_mtime_ns}-{state.st_size}"


def open_objects(folder: Path) -> ObjectStore:
    """Return where a data folder's values lie: below it, or in the object store that it names. Raises StoreError."""
    return remote_objects(folder) or FolderObjects(folder)


def remote_objects(folder: Path) -> RemoteObjects | None:
    """Return the object store that a data folder names; None if it names none. Raises StoreError.

    It is opened once in a process, however often it is asked for."""
    file = folder / URL_FILE
    try:
        line = file.read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{file}: cannot be read ({error})") from error
    scheme, _, path = line.partition("://")
    if scheme not in SCHEMES or not path.strip("/") or "\n" in line:
        raise StoreError(f"{file}: no address of an object store, such as s3://bucket/prefix")
    try:
        return _opened(line.rstrip("/"), os.getpid())
    except ModuleNotFoundError as error:
        raise StoreError(f"{file} needs the extra `objects`: pip install 'oit[objects]'") from error


@lru_cache(maxsize=4)
def _opened(url: str, _: int) -> RemoteObjects:
    from core.storage.objects.remote import RemoteObjects  # its libraries take 60 MB: only where they are used

    return RemoteObjects(url)
