"""The program that stands between us and the browser, with a bound on what it may pass on.

Whatever a page does comes to this process as messages of that program: answers to what was asked, addresses and
headers of requests, texts of errors. None of them is bounded by the browser, and once a message was taken its memory
is spent in the process of all agencies. So the length that stands before each message is looked at first; what is too
long ends the program, and with it only the pages that are open. Private names of Playwright are used in this file
alone; tests/crawler/rendering/test_driver.py says which."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Any, cast

from playwright._impl.connection import Connection
from playwright._impl.out_of_process import PlaywrightClient
from playwright._impl.playwright import Playwright as Driver
from playwright.async_api import Playwright

from core.processes import make_scratch

MESSAGE = 32 << 20
"""Bytes of one message; the longest that we ask for, a part of a page's markup, takes half of it."""
ALLOWANCE = 160 << 20
"""Bytes of all messages of the pages that are open; the markup of one, and of what its clicks gave, may take 72 MB."""
SHARE = 16 << 20
"""Bytes by which it is renewed for a page that is begun while another is open: most take a tenth of that."""
_TEMPORARY = "TMPDIR"
_LONGEST = 60
"""Letters of a folder's path: browsers keep sockets below it, whose paths are short by law of the system."""
_TRIES, _REST = 10, 0.2
"""How often that folder is removed, and the seconds between."""
_HEAD = 4
"""Bytes before each message that tell its length."""


class BoundedReader:
    """The driver's messages as they come, up to the bounds; beyond them its output has ended."""

    def __init__(self, process: Any, message: int, allowance: int) -> None:
        self._process = process
        self._stream = process.stdout
        self._message = message
        self._allowance = allowance
        self._left = 0
        """Bytes of the present message that are still to come."""
        self._taken = 0

    def renew(self, *, is_alone: bool) -> None:
        """Let a further page have the whole allowance; one beside another gets a share, else that one had it anew."""
        self._taken = 0 if is_alone else max(0, self._taken - SHARE)

    async def readexactly(self, size: int) -> bytes:
        """Read so many bytes. Raises IncompleteReadError at the end, and where more comes than may."""
        data: bytes = await self._stream.readexactly(size)
        self._taken += size
        if self._left:
            self._left -= size
        elif size == _HEAD:
            self._left = int.from_bytes(data, "little")
        if self._left > self._message or self._taken + self._left > self._allowance:
            self._kill()
            raise asyncio.IncompleteReadError(b"", size)
        return data

    async def read(self) -> bytes:
        """Read the rest, which nobody looks at."""
        self._kill()
        return b""

    def _kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()


class _BoundedClient(PlaywrightClient):
    """Starts the driver, and puts the bounds before the first message is read."""

    reader: BoundedReader
    pid: int

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__()

    async def _run(self, connection: Connection) -> Driver:
        connect = self._transport.connect

        async def connect_bounded() -> None:
            if len(str(self._folder)) <= _LONGEST:
                # The driver takes its environment before anything else can run; there is no other way to give it one.
                before = os.environ.get(_TEMPORARY)
                os.environ[_TEMPORARY] = str(self._folder)
                asyncio.get_running_loop().call_soon(_set_back, before)
            await connect()
            process = self._transport._proc
            self.pid = process.pid
            self.reader = BoundedReader(process, MESSAGE, ALLOWANCE)
            process.stdout = cast(asyncio.StreamReader, self.reader)

        self._transport.connect = connect_bounded  # type: ignore[method-assign]
        return await super()._run(connection)


def _set_back(folder: str | None) -> None:
    if folder is None:
        os.environ.pop(_TEMPORARY, None)
    else:
        os.environ[_TEMPORARY] = folder


class BrowserDriver:
    """A started driver: what Playwright offers, the number of its process, and its end. What it and the browser keep on
    the disk lies in a folder that goes with them, also when they are killed."""

    def __init__(self, client: _BoundedClient, driver: Driver, folder: Path) -> None:
        self._client = client
        self.folder = folder
        self.playwright = Playwright(driver)
        self.pid = client.pid

    @classmethod
    async def start(cls) -> BrowserDriver:
        """Start one. Raises what Playwright raises."""
        folder = await asyncio.to_thread(make_scratch)
        try:
            client = _BoundedClient(folder)
            return cls(client, await client._playwright, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def renew_allowance(self, *, is_alone: bool) -> None:
        """Tell that a page begins, and whether it is the only one."""
        self._client.reader.renew(is_alone=is_alone)

    async def stop(self) -> None:
        """End it, and the browser that it started."""
        await self._client.stop()

    def clean(self) -> None:
        """Remove what was kept on the disk; a browser that is ending writes there for a moment yet."""
        for _ in range(_TRIES):
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                break
            time.sleep(_REST)
