"""Reports copied to where people read them: a folder or a web root, each agency's under an address that cannot be
guessed if that is wanted."""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.atomic import write_changed
from core.errors import InputError

KEY = "publish.key"
_MANIFEST = ".oit-published.json"
_PROVINCE = "province"
_TOKEN = 26
"""Hexadecimal digits of an address: 104 bits."""
_LINK = re.compile(rb'(href|src)="([a-z0-9][a-z0-9-]*)/')


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: files written and taken away, and the folder of each agency below the target (`province` for the
    pages of the whole list)."""

    written: int
    removed: int
    folders: Mapping[str, Path]


def publish_reports(source: Path, target: Path, key: bytes | None = None) -> Published:
    """Copy an edition's folder of reports (OUT/<edition>) into a folder below `target`.

    With a key, each agency's folder and the province's pages get names that only the key gives, the same every night;
    no page names the others but the province's. Files that were published earlier and are no longer reports are taken
    away, nothing else there is touched. Raises InputError if there is nothing to publish or the folders lie in each
    other, OSError."""
    reports = sorted(source.glob("*/report.json"))
    if not reports:
        raise InputError(f"{source}: there are no reports; run oit audit or oit report first")
    inside = target.resolve()
    if source.resolve().is_relative_to(inside) or inside.is_relative_to(source.resolve()):
        raise InputError(f"{target}: reports cannot be published into their own folder, nor the other way round")
    agencies = [path.parent.name for path in reports]
    edition = Path(source.name)
    folders = {name: edition / (_token(key, source.name, name) if key else name) for name in agencies}
    folders[_PROVINCE] = edition / _token(key, source.name, "") if key else edition
    manifest = target / edition / _MANIFEST
    before = _listed(manifest)
    now: list[str] = []
    written = 0
    for file, place in _copies(source, agencies, folders):
        body = file.read_bytes()
        if key and file.parent == source and file.suffix == ".html":
            body = _with_links(body, folders)
        written += write_changed(target / place, body)
        now.append(str(place))
    removed = [name for name in before if name not in set(now)]
    for name in removed:
        (target / name).unlink(missing_ok=True)
        _drop_empty((target / name).parent, target)
    write_changed(manifest, json.dumps(now, ensure_ascii=False).encode())
    return Published(written, len(removed), folders)


def publishing_key(data: Path) -> bytes:
    """Return the key of addresses that cannot be guessed, made on the first call; only its owner may read it."""
    path = data / KEY
    try:
        return path.read_bytes()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
        key = secrets.token_hex(32).encode()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
        return key


def _token(key: bytes | None, edition: str, name: str) -> str:
    return hmac.new(key or b"", f"{edition}/{name}".encode(), "sha256").hexdigest()[:_TOKEN]


def _copies(source: Path, agencies: list[str], folders: Mapping[str, Path]) -> Iterator[tuple[Path, Path]]:
    """Each file and where it goes below the target."""
    for path in sorted(source.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            yield path, folders[_PROVINCE] / path.name
    for name in agencies:
        for path in sorted((source / name).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path, folders[name] / path.relative_to(source / name)


def _with_links(page: bytes, folders: Mapping[str, Path]) -> bytes:
    """The province's page with the agencies' addresses in its links."""

    def link(found: re.Match[bytes]) -> bytes:
        folder = folders.get(found[2].decode())
        return found[0] if folder is None else found[1] + b'="../' + folder.name.encode() + b"/"

    return _LINK.sub(link, page)


def _listed(manifest: Path) -> list[str]:
    """What was published earlier; names that lead out of the folder are none of ours."""
    try:
        found = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return [name for name in names if not Path(name).is_absolute() and ".." not in Path(name).parts]


def _drop_empty(folder: Path, end: Path) -> None:
    while folder != end and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
