"""Lines that say when and by whom something was put up, and how often it was read: they say nothing of what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from core.thai.dates import date_mentions
from core.thai.normalize import clusters, make_key

_LISTS = ("posted_words", "visit_counter")
_LONGEST = 200
_LEFT = 4
"""Thai clusters that may be left over: a name of a month cut short, a dash between two words."""
WORDLESS = re.compile(r"[\W\d_]*(?:(?:o|oit|pdf|docx?|xlsx?|zip|kb|mb|hot|new|download)[\W\d_]*)*")
"""Numbers, kinds of files and the like beside a label, as `make_key` has them."""
_NUMBERS = re.compile(r"[\W\d_]+")


def is_posting_info(text: str, lexicon: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a line is nothing but days, figures and the words that stand beside them ("ลงวันที่ 5 เม.ย. 2566 เปิดอ่าน 88
    ครั้ง")."""
    if not text.strip() or len(text) > _LONGEST:
        return False
    rest = text
    for mention in reversed(date_mentions(text)):
        rest = f"{rest[: mention.start]} {rest[mention.stop :]}"
    key = make_key(rest).text
    for word in _words(tuple(lexicon.get(name, ()) for name in _LISTS)):
        key = key.replace(word, " ")
    if WORDLESS.fullmatch(key):
        return True
    left = _NUMBERS.sub("", key)
    return len(clusters(left)) < _LEFT and left != _NUMBERS.sub("", make_key(text).text)


@lru_cache(maxsize=8)
def _words(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The words as keys, the longest first."""
    return tuple(sorted({make_key(word).text for words in lists for word in words} - {""}, key=len, reverse=True))
