"""How a fetch ended, from Scrapy's response or error: the one place that names causes."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import IgnoreRequest

from core.models.snapshot import FetchOutcome, ReadNote
from crawler.addresses import UnsafeAddressError

TRANSIENT = frozenset(
    {
        FetchOutcome.TIMEOUT,
        FetchOutcome.RESET,
        FetchOutcome.REFUSED,
        FetchOutcome.SERVER_ERROR,
        FetchOutcome.RATE_LIMITED,
        FetchOutcome.OTHER,
    }
)
"""Causes that may heal within the night: asked once more at the end, with longer limits."""

BLINDING = TRANSIENT | {
    FetchOutcome.DNS,
    FetchOutcome.TLS,
    FetchOutcome.CHALLENGE,
    FetchOutcome.SCRIPT_ONLY,
    FetchOutcome.BUDGET,
}
"""Causes for which a page of the site stays unread although the public may see it: nothing is missing then."""

_BY_STATUS = {
    401: FetchOutcome.FORBIDDEN,
    403: FetchOutcome.FORBIDDEN,
    407: FetchOutcome.FORBIDDEN,
    404: FetchOutcome.NOT_FOUND,
    410: FetchOutcome.NOT_FOUND,
    408: FetchOutcome.TIMEOUT,
    429: FetchOutcome.RATE_LIMITED,
}


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
    detail = f"{type(error).__name__}: {error}".replace("\n", " ")[:200]
    if isinstance(error, UnsafeAddressError):
        return FetchOutcome.UNSAFE_ADDRESS, detail
    if isinstance(error, IgnoreRequest):
        text = str(error).lower()
        if text.startswith("forbidden by robots"):
            return FetchOutcome.ROBOTS, "robots.txt"
        if text == "budget":
            return FetchOutcome.BUDGET, ""
        if "exceeded download_maxsize" in text:
            return FetchOutcome.TOO_LARGE, "unfolds to more than the limit"
        if "max redirections" in text:
            return FetchOutcome.REDIRECT_LOOP, detail
        return FetchOutcome.OTHER, detail
    names = {cls.__name__ for cls in type(error).__mro__}
    return _by_name(names, detail, error), detail


def _by_name(names: set[str], detail: str, error: BaseException) -> FetchOutcome:
    text = detail.lower()
    if "unsafe address" in text:
        return FetchOutcome.UNSAFE_ADDRESS
    if names & {"DNSLookupError", "CannotResolveHostError", "gaierror", "UnknownHostError"}:
        return FetchOutcome.DNS
    if (
        names & {"SSLError", "CertificateError", "VerificationError"}
        or "ssl" in text
        or "tls" in text
        or "certificate" in text
    ):
        return FetchOutcome.TLS
    if names & {"ConnectionRefusedError", "ConnectError", "DownloadConnectionRefusedError"}:
        return FetchOutcome.REFUSED
    if names & {"TimeoutError", "TCPTimedOutError", "DownloadTimeoutError", "UserTimeoutError"} or "timeout" in text:
        return FetchOutcome.TIMEOUT
    if (
        "cancel" in text
        or "maxsize" in text
        or "larger than" in text
        or "CancelledError" in names
        or "DownloadCancelledError" in names
    ):
        return FetchOutcome.TOO_LARGE
    if names & {
        "ResponseFailed",
        "ConnectionLost",
        "ConnectionDone",
        "ResponseNeverReceived",
        "DownloadFailedError",
        "ResponseDataLossError",
    }:
        return _nested(error)
    return FetchOutcome.OTHER


def _nested(error: BaseException) -> FetchOutcome:
    reasons: Any = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None) or ()
    for failure in reasons:
        inner = getattr(failure, "value", None)
        if type(inner).__name__ == "ConnectionAborted":  # by ourselves: headers without end
            return FetchOutcome.TOO_LARGE
        if inner is not None and "SSL" in type(inner).__module__:
            return FetchOutcome.TLS
        if inner is not None and type(inner).__name__ == "Error" and "OpenSSL" in type(inner).__module__:
            return FetchOutcome.TLS
    return FetchOutcome.RESET
