"""The folder of a store, as far as it tells something without the database: which files name it, and when the newest
crawl of an agency began and ended.

Whoever shows a verdict that was given already learns from the latter that no crawl has come since, without the
database's library, which takes longer to load than the verdict to show. The database has the last word: where the file
is not there (a crawl is under way or gave nothing new to judge, a backup was put back), it is asked instead."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from core.atomic import write_atomic

URL_FILE = "database.url"
DATABASE = "oit.sqlite"
_NEWEST = "newest"


def has_store(folder: Path) -> bool:
    """Whether a folder has a database or names one."""
    return (folder / DATABASE).is_file() or is_served(folder)


def is_served(folder: Path) -> bool:
    """Whether a server has the tables of the folder's store."""
    return (folder / URL_FILE).is_file()


def note_newest(folder: Path, agency_id: str, started: str, finished: str) -> None:
    """Say when the newest finished crawl of an agency began and ended. What cannot be written is asked of the
    database."""
    if is_served(folder):
        return
    with suppress(OSError):
        write_atomic(_path(folder, agency_id), f"{started} {finished}\n")


def forget_newest(folder: Path, agency_id: str) -> None:
    """Say nothing of an agency until its next crawl has ended. Raises OSError."""
    _path(folder, agency_id).unlink(missing_ok=True)


def read_newest(folder: Path, agency_id: str) -> tuple[datetime, datetime] | None:
    """Return when the newest crawl of an agency began and ended; None if only the database knows."""
    if is_served(folder) or not has_store(folder):
        return None
    try:
        started, finished = _path(folder, agency_id).read_text("ascii").removesuffix("\n").split(" ")
        return datetime.fromisoformat(started), datetime.fromisoformat(finished)
    except (OSError, ValueError):
        return None


def _path(folder: Path, agency_id: str) -> Path:
    return folder / _NEWEST / agency_id
