"""What stands for a page as a person saw it: its words, pictures and links, without what changes by itself each night.

A decision holds while this is the same. Only what is proved to be a visit counter or a clock is left out; whatever
else changes, the person is asked again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from core.models.snapshot import Block, ReadState, Resource, ResourceKind
from core.thai.dates import date_mentions
from core.thai.normalize import clusters, key_text

COUNTERS, CLOCKS = "visit_counter", "page_clock"
_SHORT = 48
"""Thai clusters of "จำนวนผู้เข้าชมเว็บไซต์ทั้งหมด 1,234,567 ครั้ง"; a sentence with figures is longer."""
_LETTERS = 200
_HAS_FIGURE = re.compile(r"\d").search
_NUMBER = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?:25|20)\d\d")
_FIGURES = re.compile(r"[\d,.\s:|/()-]+")
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d[:.]\d\d\b")


def shown_digest(resource: Resource, lexicon: Mapping[str, tuple[str, ...]]) -> str:
    """Return the SHA-256 of what a page shows; empty for what is no page or was not read whole, whose body counts."""
    if resource.kind is not ResourceKind.PAGE or resource.read_state is not ReadState.READ or resource.read_note:
        return ""
    made = hashlib.sha256()
    for line in _lines(resource, _keys(lexicon, COUNTERS), _keys(lexicon, CLOCKS)):
        made.update(line.encode("utf-8", "replace") + b"\n")
    return made.hexdigest()


def _keys(lexicon: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(key_text(word) for word in lexicon.get(name, ()))


def _lines(resource: Resource, counters: tuple[str, ...], clocks: tuple[str, ...]) -> Iterator[str]:
    before = ""
    yield " ".join(resource.title.split())
    for block in resource.blocks:
        text = " ".join(block.text.split())
        shown = text
        if _HAS_FIGURE(text):
            if _is_clock(text, clocks):
                shown = "clock"
            elif _is_counter(text, counters) or (_FIGURES.fullmatch(text) and _is_label(before, counters)):
                # A year stays: the words "visitors" may stand in a table of real statistics.
                shown = _NUMBER.sub(lambda found: found[0] if _YEAR.fullmatch(found[0]) else "#", text)
        before = text
        yield f"{block.kind.value} {block.zone.value} {block.hidden} {_picture(block)} {shown}"
    for link in resource.links:
        yield f"{link.url} {' '.join(link.label.split())}"


def _is_label(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text names a counter whose figure stands in the next cell."""
    return not _HAS_FIGURE(text) and _is_counter(text, words)


def _is_counter(text: str, words: tuple[str, ...]) -> bool:
    if not text or len(text) > _LETTERS or len(clusters(text)) > _SHORT:
        return False
    key = key_text(text)
    return any(word in key for word in words)


def _is_clock(text: str, words: tuple[str, ...]) -> bool:
    """Whether a short text is the day that is today when the page is made: it says so, or has a time to the second."""
    if len(text) > _LETTERS or len(clusters(text)) > _SHORT or not date_mentions(text):
        return False
    key = key_text(text)
    return bool(_TIME.search(text)) or any(word in key for word in words)


def _picture(block: Block) -> str:
    """A picture's address without its query, which often is a time."""
    return urlsplit(block.src)._replace(query="", fragment="").geturl() if block.src else ""
