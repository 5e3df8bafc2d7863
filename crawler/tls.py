"""What is wrong with a site's certificate, found by one verified handshake beside the crawl.

A server may take its time over each byte of it, and a name server over its answer: neither waits in a thread that
other agencies need, and both together end when the time is up."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from crawler.addresses import is_public

_TIMEOUT = 10.0


async def certificate_problem(url: str, local: frozenset[str], seconds: float = _TIMEOUT) -> str:
    """One of expired, self-signed, incomplete-chain, wrong-host, legacy, other; empty if all is well, the
    address is no https, or no connection can be made (then the crawl itself will say why)."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return ""
    port = parts.port or 443
    opened = f"{parts.hostname}:{port}" in local
    try:
        async with asyncio.timeout(seconds):
            address = await _resolve(parts.hostname, port)
            if not opened and not is_public(address):
                return ""
            context = ssl.create_default_context()
            # As browsers do, whatever this machine's library allows.
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            _, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname=parts.hostname)
            writer.transport.abort()
            return ""
    except ssl.SSLCertVerificationError as error:
        return _named(error)
    except ssl.SSLError:
        return "legacy"
    except (OSError, UnicodeError):
        return ""


async def _resolve(host: str, port: int) -> str:
    """The first address of a name. In a thread of its own: the common ones are few, and write what all sites sent."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[str] = loop.create_future()

    def tell(address: str, error: Exception | None) -> None:
        if found.done():
            return
        if error is not None:
            found.set_exception(error)
        else:
            found.set_result(address)

    def ask() -> None:
        address, failed = "", None
        try:
            address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
        except (OSError, UnicodeError) as error:
            failed = error
        with suppress(RuntimeError):  # the run has ended meanwhile
            loop.call_soon_threadsafe(tell, address, failed)

    threading.Thread(target=ask, daemon=True).start()
    return await found


def _named(error: ssl.SSLCertVerificationError) -> str:
    # Codes of OpenSSL's X509_V_ERR_*.
    return {
        10: "expired",
        18: "self-signed",
        19: "self-signed",
        20: "incomplete-chain",
        21: "incomplete-chain",
        62: "wrong-host",
        64: "wrong-host",
    }.get(error.verify_code, "other")
