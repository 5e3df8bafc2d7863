"""Places that a program fills in: a field's own name, or what a form shows until somebody chooses."""

from __future__ import annotations

import re

_NAMED = re.compile(r"«([^«»]{1,160})»")
"""How word processors show a field of a letter that was never merged with its data."""
_FIELD = re.compile(r"^[^\w⟦]{0,8}⟦[^⟦⟧]{0,160}⟧\W{0,8}$")


def with_field_marks(text: str) -> str:
    """Return a text with brackets of one kind around the names of fields; readers put them around what a form shows
    by itself (documents.office.symbols)."""
    return _NAMED.sub(r"⟦\1⟧", text) if "«" in text else text


def is_field(text: str) -> bool:
    """Whether a text is nothing but what a field or a form shows by itself: nobody wrote or chose it."""
    return _FIELD.match(text) is not None
