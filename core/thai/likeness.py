"""Likeness of misread Thai: recognition loses the marks first, then takes letters for others."""

from __future__ import annotations

import re

from core.thai.normalize import make_key

_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_NOT_THAI = re.compile("[^\u0e01-\u0e2e\u0e30-\u0e33\u0e40-\u0e44]")
_LENGTHS = (0, -1, 1)
"""Letters that a misread phrase may have more than the phrase."""


def bare_letters(text: str) -> str:
    """A text's Thai letters without the marks above and below them, without spaces, digits and foreign letters."""
    return _NOT_THAI.sub("", _MARKS.sub("", make_key(text).text.replace("ำ", "า")))


def fewest_edits(phrase: str, text: str, first: int) -> int:
    """Letters to change, add or drop until the best fitting stretch of `text` is `phrase`; a stretch begins at one of
    the letters up to `first`. Both are bare letters."""
    from rapidfuzz.distance import Levenshtein

    least = len(phrase)
    for start in range(min(first, max(0, len(text) - 1)) + 1):
        for more in _LENGTHS:
            least = min(least, Levenshtein.distance(phrase, text[start : start + len(phrase) + more]))
        if not least:
            break
    return least
