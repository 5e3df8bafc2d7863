"""Ends of TLS connections that Twisted does not expect."""

from __future__ import annotations

from typing import Any

from OpenSSL.SSL import Error
from twisted.protocols import tls

_represents_eof = tls._representsEOF


def expect_bare_ends() -> None:
    """Take an end that OpenSSL tells nothing more of for the end that it is.

    A server that sends "close notify" in the middle of the handshake is told as `ZeroReturnError()`; Twisted looks for
    its first argument, and each such connection ended in an IndexError and a traceback."""
    known: Any = tls
    known._representsEOF = _is_end


def _is_end(error: Error) -> bool:
    return not error.args or _represents_eof(error)
