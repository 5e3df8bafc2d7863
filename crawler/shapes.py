"""Facets: one path with ever other sets of parameters (colour, size, author ...), which multiply without end."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

_MOST_SETS = 20
"""Different sets of parameter names under one path. A content system that answers everything from one path, with
all its views, has about a dozen."""


class Facets:
    """Counts the sets of parameters that each path was linked with."""

    def __init__(self) -> None:
        self._sets: dict[str, set[int]] = defaultdict(set)

    def trap(self, url: str) -> bool:
        """Whether an address is one combination too many."""
        parts = urlsplit(url)
        if "&" not in parts.query:
            return False
        names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        if len(names) - len(set(names)) > 1:
            return True
        known = self._sets[parts.path]
        mark = hash(frozenset(names))
        if mark not in known and len(known) < _MOST_SETS:
            known.add(mark)
        return mark not in known
