"""A copy of a data folder that can be put back: the database of one moment, bodies, verdicts, recognitions."""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from core.errors import InputError, RunError
from core.storage.objects.base import URL_FILE as OBJECTS_FILE
from core.storage.store import Store
from core.store_folder import DATABASE, URL_FILE

_FOLDERS = ("bodies", "judged", "ocr", "warc")


def back_up(data: Path, target: Path) -> int:
    """Write a data folder into a .tar file, also while a run is under way; returns the bytes written.

    Bodies are stored before the rows that name them, so the database is copied first and misses none. Raises InputError
    if there is no store or the target is there already, OSError if it cannot be written."""
    if (data / URL_FILE).is_file():
        raise InputError(f"{data}: the tables are on a server: use pg_dump, and copy the folder")
    if (data / OBJECTS_FILE).is_file():
        raise InputError(
            f"{data}: the bodies are in an object store: copy it, and the folder while no run is under way"
        )
    if not (data / DATABASE).is_file():
        raise InputError(f"{data}: there is no store here")
    if target.exists():
        raise InputError(f"{target} is there already")
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder, tarfile.open(part, "w") as tar:
            copy = Path(folder) / DATABASE
            with (
                closing(sqlite3.connect(f"file:{data / DATABASE}?mode=ro", uri=True)) as live,
                closing(sqlite3.connect(copy)) as into,
            ):
                live.backup(into)
            tar.add(copy, DATABASE)
            for name in _FOLDERS:
                if (data / name).is_dir():
                    tar.add(data / name, name)
        part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def restore(source: Path, data: Path) -> None:
    """Unpack a backup into a folder that is not there yet, and open it. Raises InputError, RunError or OSError."""
    if data.exists() and any(data.iterdir()):
        raise InputError(f"{data} is not empty; a backup is put back into a new folder")
    try:
        with tarfile.open(source) as tar:
            data.mkdir(parents=True, exist_ok=True)
            _unpack(tar, data)
    except tarfile.TarError as error:
        raise RunError(f"{source}: cannot be read as a backup ({error})") from error
    upgrade(data)


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Write the files of a backup into a folder and nowhere else. Raises TarError for one that leads out of it.

    Python 3.11.2, which Debian 12 has, knows no filters yet."""
    if hasattr(tarfile, "data_filter"):
        tar.extractall(folder, filter="data")
        return
    root = folder.resolve()
    for member in tar.getmembers():
        if not (member.isreg() or member.isdir()) or not (root / member.name).resolve().is_relative_to(root):
            raise tarfile.TarError(f"{member.name} is no file of a backup")
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        tar.extract(member, root)


def upgrade(data: Path) -> int:
    """Bring a store to this program's schema, as opening it always does; returns the number of runs in it."""
    store = Store(data)
    try:
        return len(store.runs(1_000_000))
    finally:
        store.close()
