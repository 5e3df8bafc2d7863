"""What is wrong with a site's certificate, found by one verified handshake beside the crawl."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit

from crawler.addresses import is_public

_TIMEOUT = 10.0


def certificate_problem(url: str, local: frozenset[str]) -> str:
    """One of expired, self-signed, incomplete-chain, wrong-host, legacy, other; empty if all is well, the
    address is no https, or no connection can be made (then the crawl itself will say why)."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return ""
    port = parts.port or 443
    opened = f"{parts.hostname}:{port}" in local
    try:
        address = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)[0][4]
        if not opened and not is_public(str(address[0])):
            return ""
        with (
            socket.create_connection((str(address[0]), port), timeout=_TIMEOUT) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname),
        ):
            return ""
    except ssl.SSLCertVerificationError as error:
        return _named(error)
    except ssl.SSLError:
        return "legacy"
    except OSError:
        return ""


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
