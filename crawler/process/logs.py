"""Lines that a crawl process logs: one an event, the agency's id first, and few of a kind.

What fails in it fails once per connection, and sites make connections by the thousand."""

from __future__ import annotations

import logging
from collections import Counter

from core.errors import first_line
from core.sanitize import sanitize_text

_MOST = 5
"""Lines of one kind of one agency; the last says that more are not told."""
_LENGTH = 500


class BriefFormatter(logging.Formatter):
    """Formats a record as one line: of an exception its class, what it says and where it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            said = str(record.msg)
        agency, kind = agency_of(record), _kind_of(record)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        told = f"{kind}: {first_line(error)}" if error is not None else ""
        parts = [part for part in (agency, said.split("\n", 1)[0].strip(), told) if part]
        more = " (more of these are not told)" if getattr(record, "is_last", False) else ""
        return sanitize_text(f"{record.levelname} {': '.join(parts)}", _LENGTH) + more


class FewOfAKind(logging.Filter):
    """Lets few records of one kind pass for each agency."""

    def __init__(self) -> None:
        super().__init__()
        self._passed: Counter[tuple[str, str]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is told."""
        kind = (agency_of(record), _kind_of(record))
        self._passed[kind] += 1
        record.is_last = self._passed[kind] == _MOST
        return self._passed[kind] <= _MOST


def agency_of(record: logging.LogRecord) -> str:
    """The id of the agency that a record is about, empty if it does not tell."""
    site = getattr(getattr(record, "spider", None), "site", None)
    return str(site.agency.id) if site is not None else ""


def _kind_of(record: logging.LogRecord) -> str:
    """What records that say the same have in common: the exception and its place, else the message's own form."""
    if not isinstance(record.exc_info, tuple) or record.exc_info[1] is None:
        return f"{record.name} {str(record.msg)[:80]}"
    trace = record.exc_info[2]
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}" if trace is not None else ""
    return f"{type(record.exc_info[1]).__name__}{place}"


def log_briefly() -> None:
    """Make what is logged from now on brief. To be called when Scrapy has set its logging up."""
    from twisted.logger import globalLogBeginner

    # Twisted itself would print each traceback a second time.
    globalLogBeginner.beginLoggingTo([], redirectStandardIO=False, discardBuffer=True)
    few = FewOfAKind()
    for handler in logging.getLogger().handlers:
        handler.setFormatter(BriefFormatter())
        handler.addFilter(few)
