"""Values in an object store, through fsspec: S3 and what speaks like it, or a folder elsewhere."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import fsspec

from core.errors import ObjectStoreError, StoreError, first_line

_S3: dict[str, Any] = {
    "connect_timeout": 5,
    "read_timeout": 60,
    "retries": {"max_attempts": 4, "mode": "standard"},
    # Servers other than Amazon's do not know the checksums that its own library adds to every request.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_BUCKET = "NoSuchBucket"


class RemoteObjects:
    """Values below a URL such as s3://bucket/prefix. Safe for several threads.

    What fails is a fault on this side: ObjectStoreError if it may pass, StoreError if not (a wrong key, no such
    bucket)."""

    def __init__(self, url: str) -> None:
        scheme, _, path = url.partition("://")
        self.url = url
        self._root = path
        self._is_atomic = scheme == "s3"  # a value of S3 is there once all of it is
        options: dict[str, Any] = {"auto_mkdir": True} if scheme == "file" else {"config_kwargs": _s3_options()}
        # Listings are asked for anew: other machines write too.
        with self._told(""):
            self._files: Any = fsspec.filesystem(scheme, use_listings_cache=False, skip_instance_cache=True, **options)

    def has(self, name: str) -> bool:
        """Whether there is such a value."""
        return bool(self._info(name))

    def read(self, name: str) -> bytes | None:
        """Return a value; None if there is none."""
        with self._told(name):
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except FileNotFoundError as error:
                _refuse_no_bucket(error)
                return None

    def write(self, name: str, value: bytes) -> None:
        """Put a value in place of the one of this name, in one step."""
        path = self._path(name)
        with self._told(name):
            if self._is_atomic:
                self._files.pipe_file(path, value)
                return
            part = f"{path}.{uuid.uuid4().hex}.part"
            try:
                self._files.pipe_file(part, value)
                self._files.mv(part, path)
            except BaseException:
                if self._files.exists(part):
                    self._files.rm_file(part)
                raise

    def stamp(self, name: str) -> str:
        """Return what tells two states of a value apart; empty if there is none."""
        return _stamp(self._info(name))

    def stamps(self, folder: str) -> dict[str, str]:
        """Return the stamps of all values below a folder, by the rest of their names."""
        top = f"{self._path(folder)}/"
        with self._told(folder):
            try:
                found = self._files.find(top, detail=True)
            except FileNotFoundError as error:
                _refuse_no_bucket(error)
                return {}
        return {path.partition(top)[2]: _stamp(info) for path, info in found.items()}

    def remove(self, names: Iterable[str]) -> None:
        """Remove values, up to a thousand in one request."""
        paths = [self._path(name) for name in names]
        with self._told(""):
            if paths:
                self._files.rm(paths)

    def _info(self, name: str) -> dict[str, Any]:
        with self._told(name):
            try:
                return dict(self._files.info(self._path(name)))
            except FileNotFoundError as error:
                _refuse_no_bucket(error)
                return {}

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Errors of whichever library is below, in one line of ours."""
        try:
            yield
        except StoreError:
            raise
        except ModuleNotFoundError:
            raise
        except Exception as error:
            place = f"{self.url}/{name}" if name else self.url
            told = f"{place}: {first_line(error)}"
            if isinstance(error, FileNotFoundError | PermissionError) or "Credentials" in type(error).__name__:
                raise StoreError(told) from error
            raise ObjectStoreError(told) from error


def _s3_options() -> dict[str, Any]:
    # A server of one's own has one name, not one for every bucket.
    style = "path" if any(os.environ.get(name) for name in _ENDPOINTS) else "auto"
    return {**_S3, "s3": {"addressing_style": style}}


def _refuse_no_bucket(error: FileNotFoundError) -> None:
    """A bucket that is not there is no value that is not there."""
    answer = getattr(error.__cause__, "response", None)
    if isinstance(answer, dict) and answer.get("Error", {}).get("Code") == _BUCKET:
        raise error


def _stamp(info: dict[str, Any]) -> str:
    if not info:
        return ""
    tag = str(info.get("ETag", "")).strip('"')
    return tag or f"{info.get('mtime', info.get('LastModified', ''))}-{info['size']}"
