"""How a fetch ended, from Scrapy's response or error: the one place that names causes."""

from __future__ import annotations

import re

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.challenge import has_marks
from crawler.gate import UnsafeAddressError
from oit.model import Outcome

TRANSIENT = frozenset(
    {
        Outcome.DNS,
        Outcome.TIMEOUT,
        Outcome.RESET,
        Outcome.REFUSED,
        Outcome.SERVER_ERROR,
        Outcome.RATE_LIMITED,
        Outcome.OTHER,
    }
)
"""Causes that may heal within the night: asked once more at the end, with longer limits."""

BLINDING = TRANSIENT | {
    Outcome.TLS,
    Outcome.CHALLENGE,
    Outcome.ROBOTS,
    Outcome.SCRIPT_ONLY,
    Outcome.BUDGET,
    Outcome.TOO_LARGE,
}
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
_BY_ERROR = (
    (Outcome.DNS, {"CannotResolveHostError", "DNSLookupError", "gaierror"}),
    (Outcome.REFUSED, {"DownloadConnectionRefusedError", "ConnectionRefusedError"}),
    (Outcome.TIMEOUT, {"DownloadTimeoutError", "TimeoutError", "TCPTimedOutError"}),
    (Outcome.TOO_LARGE, {"DownloadCancelledError", "CancelledError"}),
)
"""Names of exception classes, of Scrapy's own download errors and of what lies under them."""
_RESET = {
    "DownloadFailedError",
    "ResponseFailed",
    "ConnectionLost",
    "ConnectionDone",
    "ResponseNeverReceived",
    "ResponseDataLossError",
    "ConnectionResetError",
    "RequestTransmissionFailed",
}
_TLS = re.compile(r"OpenSSL|certificate|ssl3?_|tls_|SSL routines|handshake", re.I)


def of_response(response: Response) -> Outcome:
    """The outcome of an HTTP answer by status and head; 2xx and 304 are OK."""
    outcome = of_status(response.status, retry_after="Retry-After" in response.headers)
    guarded = (Outcome.FORBIDDEN, Outcome.RATE_LIMITED, Outcome.SERVER_ERROR)
    if b"challenge" in (response.headers.get("cf-mitigated") or b"").lower():
        return Outcome.CHALLENGE
    # Bot walls answer 403, 429 and 503 with a page that a browser gets past.
    return Outcome.CHALLENGE if outcome in guarded and has_marks(response.body) else outcome


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
    chain = tuple(_chain(error))
    if any(isinstance(one, UnsafeAddressError) for one in chain):
        return Outcome.UNSAFE_ADDRESS, detail
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error).lower()), detail
    names = {cls.__name__ for one in chain for cls in type(one).__mro__}
    if any(type(one).__module__.startswith("OpenSSL") or _TLS.search(type(one).__name__) for one in chain):
        return Outcome.TLS, detail
    for outcome, known in _BY_ERROR:
        if names & known:
            return outcome, detail
    if names & _RESET:
        return (Outcome.TLS if _TLS.search(_without_address(detail)) else Outcome.RESET), detail
    return Outcome.OTHER, detail


def _ignored(text: str) -> Outcome:
    if "robots.txt" in text:
        return Outcome.ROBOTS
    if "redirect" in text:
        return Outcome.REDIRECT_LOOP
    if "download_maxsize" in text or "exceeded" in text:
        return Outcome.TOO_LARGE
    return Outcome.OTHER


def _chain(error: BaseException) -> list[BaseException]:
    """The error, its causes, and the reasons that Twisted packs into it; bounded."""
    found: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo and len(found) < 20:
        one = todo.pop(0)
        if one is None or one in found:
            continue
        found.append(one)
        todo.append(one.__cause__)
        todo.extend(getattr(failure, "value", None) for failure in getattr(one, "reasons", None) or ())
    return found


def _without_address(detail: str) -> str:
    """The text without addresses: a host may well be called ssl or tls something."""
    return re.sub(r"https?://\S+", "", detail)
