"""How a fetch ended, from Scrapy's response or error: the one place that names causes.

Causes come from statuses, notes of readers and the types of exceptions; never from an error's text, which may hold
the address: a timeout of /certificate.html is a timeout.
"""

from __future__ import annotations

import errno
import socket
import sqlite3
import ssl
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from service_identity import VerificationError
from twisted.internet.error import (
    CertificateError,
    ConnectError,
    ConnectionAborted,
    ConnectionClosed,
    DNSLookupError,
    TCPTimedOutError,
    UnknownHostError,
)
from twisted.internet.error import SSLError as TwistedSSLError
from twisted.internet.error import TimeoutError as TwistedTimeoutError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from core.errors import RunError, is_out_of_threads
from core.models.snapshot import FetchOutcome, ReadNote
from crawler.addresses import UnsafeAddressError, UnsafeNameError

_BY_STATUS = {
    401: FetchOutcome.FORBIDDEN,
    403: FetchOutcome.FORBIDDEN,
    407: FetchOutcome.FORBIDDEN,
    404: FetchOutcome.NOT_FOUND,
    410: FetchOutcome.NOT_FOUND,
    408: FetchOutcome.TIMEOUT,
    429: FetchOutcome.RATE_LIMITED,
}

_OF_THIS_MACHINE = frozenset(
    {
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.ENOBUFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EAGAIN,
        errno.EROFS,
        errno.EIO,
        errno.EACCES,
        errno.EPERM,
        errno.EADDRNOTAVAIL,
        errno.ENETDOWN,
    }
)
"""Errors of this machine's files, memory and network: they say nothing about the site."""

_BY_TYPE: tuple[tuple[FetchOutcome, tuple[type[BaseException], ...]], ...] = (
    (FetchOutcome.UNSAFE_ADDRESS, (UnsafeAddressError, UnsafeNameError)),
    (FetchOutcome.MACHINE, (MemoryError, sqlite3.Error, RunError)),
    (FetchOutcome.TOO_LARGE, (ConnectionAborted,)),  # by ourselves: headers without end
    (FetchOutcome.TLS, (CertificateError, TwistedSSLError, VerificationError, SSL.Error, ssl.SSLError)),
    (FetchOutcome.DNS, (CannotResolveHostError, DNSLookupError, UnknownHostError, socket.gaierror)),
    (FetchOutcome.TIMEOUT, (DownloadTimeoutError, TwistedTimeoutError, TCPTimedOutError, TimeoutError)),
    (FetchOutcome.TOO_LARGE, (DownloadCancelledError,)),  # only a body beyond DOWNLOAD_MAXSIZE is cancelled
    (FetchOutcome.REFUSED, (DownloadConnectionRefusedError, ConnectError, ConnectionRefusedError)),
    (
        FetchOutcome.RESET,
        (
            DownloadFailedError,
            ResponseDataLossError,
            ResponseFailed,
            ResponseNeverReceived,
            ConnectionClosed,
            ConnectionError,
        ),
    ),
)
"""Causes by exception class, the first that fits: an error wraps others, and the inner ones know more."""
_MOST_NESTED = 20


class RefusedError(IgnoreRequest):
    """A request or answer that this project refuses, with the cause."""

    def __init__(self, outcome: FetchOutcome, detail: str = "") -> None:
        super().__init__(detail or outcome.value)
        self.outcome = outcome
        self.detail = detail


def outcome_from_status(status: int, *, retry_after: bool) -> FetchOutcome:
    """The outcome of an HTTP status. 2xx and 304 are OK."""
    if 200 <= status < 300 or status == 304:
        return FetchOutcome.OK
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status == 503 and retry_after:
        return FetchOutcome.RATE_LIMITED
    if status >= 500:
        return FetchOutcome.SERVER_ERROR
    return FetchOutcome.OTHER


def outcome_from_note(note: ReadNote) -> FetchOutcome:
    """The outcome that a reader's note reveals behind a 200."""
    return {
        ReadNote.LOGIN_PAGE: FetchOutcome.LOGIN,
        ReadNote.NOT_FOUND_PAGE: FetchOutcome.SOFT_404,
        ReadNote.CHALLENGE_PAGE: FetchOutcome.CHALLENGE,
    }.get(note, FetchOutcome.OK)


def outcome_from_exception(error: BaseException) -> tuple[FetchOutcome, str]:
    """The outcome of a failed download and its cause in a few words."""
    if isinstance(error, RefusedError):
        return error.outcome, error.detail
    detail = f"{type(error).__name__}: {error}".replace("\n", " ")[:200]
    nested = tuple(_nested(error))
    if any(_is_of_this_machine(each) for each in nested):
        return FetchOutcome.MACHINE, detail
    for outcome, classes in _BY_TYPE:
        if any(isinstance(each, classes) for each in nested):
            return outcome, detail
    return FetchOutcome.OTHER, detail


def _nested(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it was made from: its causes, and the reasons that Twisted collects."""
    waiting: list[BaseException] = [error]
    for _ in range(_MOST_NESTED):
        if not waiting:
            return
        each = waiting.pop(0)
        yield each
        if each.__cause__ is not None:
            waiting.append(each.__cause__)
        reasons = getattr(each, "reasons", None)
        if isinstance(reasons, list | tuple):
            inner = [reason.value if isinstance(reason, Failure) else reason for reason in reasons]
            waiting += [each for each in inner if isinstance(each, BaseException)]


def _is_of_this_machine(error: BaseException) -> bool:
    """Whether an error is one of this machine's files, memory or network. What names a file is never a site's."""
    has_file = isinstance(error, OSError) and error.filename is not None
    return has_file or _errno(error) in _OF_THIS_MACHINE or is_out_of_threads(error)


def _errno(error: BaseException) -> int | None:
    """The number of a system error; Twisted keeps that of a connection that could not be made apart."""
    number = error.osError if isinstance(error, ConnectError) else getattr(error, "errno", None)
    return number if isinstance(number, int) else None
