"""The program that stands between us and the browser, with a bound on what it may pass on.

Whatever a page does comes to this process as messages of that program: answers to what was asked, addresses and
headers of requests, texts of errors. None of them is bounded by the browser, and once a message was taken its memory
is spent in the process of all agencies. So the length that stands before each message is looked at first; what is too
long ends the program, and with it only the pages that are open. Private names of Playwright are used in this file
alone; tests/crawler/rendering/test_driver.py says which."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from playwright._impl.connection import Connection
from playwright._impl.out_of_process import PlaywrightClient
from playwright._impl.playwright import Playwright as Driver
from playwright.async_api import Playwright

MESSAGE = 32 << 20
"""Bytes of one message; the longest that we ask for, a part of a page's markup, takes half of it."""
ALLOWANCE = 160 << 20
"""Bytes of all messages of the pages that are open; the markup of one, and of what its clicks gave, may take 72 MB."""
SHARE = 16 << 20
"""Bytes by which it is renewed for a page that is begun while another is open: most take a tenth of that."""
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

    async def _run(self, connection: Connection) -> Driver:
        connect = self._transport.connect

        async def connect_bounded() -> None:
            await connect()
            process = self._transport._proc
            self.pid = process.pid
            self.reader = BoundedReader(process, MESSAGE, ALLOWANCE)
            process.stdout = cast(asyncio.StreamReader, self.reader)

        self._transport.connect = connect_bounded  # type: ignore[method-assign]
        return await super()._run(connection)


class BrowserDriver:
    """A started driver: what Playwright offers, the number of its process, and its end."""

    def __init__(self, client: _BoundedClient, driver: Driver) -> None:
        self._client = client
        self.playwright = Playwright(driver)
        self.pid = client.pid

    @classmethod
    async def start(cls) -> BrowserDriver:
        """Start one. Raises what Playwright raises."""
        client = _BoundedClient()
        return cls(client, await client._playwright)

    def renew_allowance(self, *, is_alone: bool) -> None:
        """Tell that a page begins, and whether it is the only one."""
        self._client.reader.renew(is_alone=is_alone)

    async def stop(self) -> None:
        """End it, and the browser that it started."""
        await self._client.stop()
