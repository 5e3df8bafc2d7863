"""Writes that a passing fault of the machine kept from being made are made again: a full disk, a locked database, no
descriptors. What a site gave must not be lost because another program took the disk for two seconds."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.errors import ObjectStoreError, is_out_of_threads

RESTS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0)
"""Seconds between the tries: a minute and a half in all, longer than a backup holds a database."""
_PASSING = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EIO, errno.ENOBUFS}
)
_PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
    }
)
Result = TypeVar("Result")


def is_passing(error: BaseException) -> bool:
    """Whether an error is of this machine and may be over in a moment."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError | ObjectStoreError) or (isinstance(seen, OSError) and seen.errno in _PASSING):
            return True
        if is_out_of_threads(seen):
            return True
        if any(each.__name__ == "OperationalError" and each.__module__ == "psycopg" for each in type(seen).__mro__):
            return True  # the server went away
        code = getattr(seen, "sqlite_errorcode", None)
        if isinstance(code, int) and code & 0xFF in _PASSING_CODES:
            return True
        seen = seen.__cause__
    return False


def try_again(write: Callable[[], Result], rest: Callable[[float], None] = time.sleep) -> Result:
    """Write, again after a rest where a passing fault kept it. Raises what the last try raised."""
    for seconds in RESTS:
        try:
            return write()
        except Exception as error:
            if not is_passing(error):
                raise
        rest(seconds)
    return write()


async def try_again_later(
    write: Callable[[], Result], rest: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> Result:
    """Do the same without keeping an event loop waiting."""
    for seconds in RESTS:
        try:
            return write()
        except Exception as error:
            if not is_passing(error):
                raise
        await rest(seconds)
    return write()
