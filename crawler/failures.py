"""How a fetch ended, from Scrapy's response or error: the one place that names causes."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import IgnoreRequest

from core.models.snapshot import Outcome
from crawler.addresses import UnsafeAddressError

TRANSIENT = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.RESET,
        Outcome.REFUSED,
        Outcome.SERVER_ERROR,
        Outcome.RATE_LIMITED,
        Outcome.OTHER,
    }
)
"""Causes that may heal within the night: asked once more at the end, with longer limits."""

BLINDING = TRANSIENT | {Outcome.DNS, Outcome.TLS, Outcome.CHALLENGE, Outcome.SCRIPT_ONLY, Outcome.BUDGET}
"""Causes for which a page of the site stays unread although the public may see it: nothing is missing then."""

_BY_STATUS = {
    401: Outcome.FORBIDDEN,
    403: Outcome.FORBIDDEN,
    407: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    410: Outcome.NOT_FOUND,
    408: Outcome.TIMEOUT,
    429: Outcome.RATE_LIMITED,
}


def of_status(status: int, *, retry_after: bool) -> Outcome:
    """The outcome of an HTTP status. 2xx and 304 are OK."""
    if 200 <= status < 300 or status == 304:
        return Outcome.OK
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status == 503 and retry_after:
        return Outcome.RATE_LIMITED
    if status >= 500:
        return Outcome.SERVER_ERROR
    return Outcome.OTHER


def of_note(note: str) -> Outcome:
    """The outcome that a reader's note reveals behind a 200."""
    return {
        "login-page": Outcome.LOGIN,
        "not-found-page": Outcome.SOFT_404,
        "challenge-page": Outcome.CHALLENGE,
    }.get(note, Outcome.OK)


def of_error(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of a failed download and its cause in a few words."""
    detail = f"{type(error).__name__}: {error}".replace("\n", " ")[:200]
    if isinstance(error, UnsafeAddressError):
        return Outcome.UNSAFE_ADDRESS, detail
    if isinstance(error, IgnoreRequest):
        text = str(error).lower()
        if text.startswith("forbidden by robots"):
            return Outcome.ROBOTS, "robots.txt"
        if text == "budget":
            return Outcome.BUDGET, ""
        if "exceeded download_maxsize" in text:
            return Outcome.TOO_LARGE, "unfolds to more than the limit"
        if "max redirections" in text:
            return Outcome.REDIRECT_LOOP, detail
        return Outcome.OTHER, detail
    names = {cls.__name__ for cls in type(error).__mro__}
    return _by_name(names, detail, error), detail


def _by_name(names: set[str], detail: str, error: BaseException) -> Outcome:
    text = detail.lower()
    if "unsafe address" in text:
        return Outcome.UNSAFE_ADDRESS
    if names & {"DNSLookupError", "CannotResolveHostError", "gaierror", "UnknownHostError"}:
        return Outcome.DNS
    if (
        names & {"SSLError", "CertificateError", "VerificationError"}
        or "ssl" in text
        or "tls" in text
        or "certificate" in text
    ):
        return Outcome.TLS
    if names & {"ConnectionRefusedError", "ConnectError", "DownloadConnectionRefusedError"}:
        return Outcome.REFUSED
    if names & {"TimeoutError", "TCPTimedOutError", "DownloadTimeoutError", "UserTimeoutError"} or "timeout" in text:
        return Outcome.TIMEOUT
    if (
        "cancel" in text
        or "maxsize" in text
        or "larger than" in text
        or "CancelledError" in names
        or "DownloadCancelledError" in names
    ):
        return Outcome.TOO_LARGE
    if names & {
        "ResponseFailed",
        "ConnectionLost",
        "ConnectionDone",
        "ResponseNeverReceived",
        "DownloadFailedError",
        "ResponseDataLossError",
    }:
        return _nested(error)
    return Outcome.OTHER


def _nested(error: BaseException) -> Outcome:
    reasons: Any = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None) or ()
    for failure in reasons:
        inner = getattr(failure, "value", None)
        if type(inner).__name__ == "ConnectionAborted":  # by ourselves: headers without end
            return Outcome.TOO_LARGE
        if inner is not None and "SSL" in type(inner).__module__:
            return Outcome.TLS
        if inner is not None and type(inner).__name__ == "Error" and "OpenSSL" in type(inner).__module__:
            return Outcome.TLS
    return Outcome.RESET
