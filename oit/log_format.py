"""Log lines that a site cannot forge: one line a message, nothing in it that a terminal would obey."""

from __future__ import annotations

import copy
import logging

from core.sanitize import sanitize_text

_MESSAGE = 4000
_TRACE = 1000


class PlainFormatter(logging.Formatter):
    """Formats a record as one line; the lines of a traceback follow it, set in, so that none can pass for a message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text."""
        plain = copy.copy(record)
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = str(record.msg)
        plain.msg, plain.args = sanitize_text(message, _MESSAGE), None
        first, *rest = super().format(plain).split("\n")
        return "\n".join([first, *(f"    {sanitize_text(line, _TRACE)}" for line in rest)])
