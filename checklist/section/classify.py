"""What stands under a heading: a text, an explicit none, a dash, dots, nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from checklist.section.checkboxes import before_choices
from checklist.section.headings import ends_in_none, is_none
from checklist.section.lexicon import SectionWords
from core.thai.dates import date_mentions
from core.thai.normalize import is_thai, make_key

_MIN_LETTERS = 4
_FILLER = re.compile(r"[\s.…·_\-–—=*•▪➢●○|:;,/\\\"'()\[\]]+")
_PAGE_NUMBER = re.compile(r"^\W*(?:หน้า(?:ที่)?\s*)?\d{1,3}\W*(?:/\s*\d{1,3}\W*)?$")
_RUNNING = re.compile(r"(?<!ดู)(?<!ใน)(?<!ตาม)(?<!ละเอียด)(?:หน้า(?:ที่)?|page)\d{1,3}(?:(?:/|จาก|of)\d{1,3})?\W*$")
"""The end of a running title: a page's number behind its name."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_DAY_WORDS = re.compile(r"วันที่|ณ|เดือน|พ\.?\s?ศ\.?|[\d\W]")


class Content(StrEnum):
    """What a place holds."""

    TEXT = "text"
    NONE = "none"
    DASH = "dash"
    DOTS = "dots"
    NOTHING = "nothing"

    @property
    def filled(self) -> bool:
        """Whether the manual's "detail must appear" is met."""
        return self in (Content.TEXT, Content.NONE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The content of a place, with the text that shows it and that text's index among the given ones."""

    content: Content
    quote: str = ""
    index: int = -1


def classify(text: str, words: SectionWords) -> Content:
    """What one text is. Instructions of a form and signature lines are nothing."""
    if not text.strip():
        return Content.NOTHING
    key, chosen = before_choices(make_key(text).text, words)
    if chosen is not None:
        return classify(chosen, words)
    if is_none(text, words) or ends_in_none(text, words):
        return Content.NONE
    if (
        words.signature.match(key)
        or _PAGE_NUMBER.match(key)
        or _RUNNING.search("".join(key.split()))
        or _only_day(text)
    ):
        return Content.NOTHING
    key = _ADDRESS.sub(" ", key)
    if words.instruction.search(key):
        rest = re.sub(r"\([^()]*\)", "", key)
        if words.instruction.search(rest) or not any(is_thai(c) for c in rest):
            return Content.NOTHING
        key = rest
    letters = sum(is_thai(c) or (c.isalpha() and c.isascii()) for c in _FILLER.sub("", key))
    if letters >= _MIN_LETTERS:
        return Content.TEXT
    if re.search(r"[.…_·]{3,}", key):
        return Content.DOTS
    if re.search(r"[\-–—]", text):
        return Content.DASH
    return Content.NOTHING


def _only_day(text: str) -> bool:
    """Whether a line is the day of a report and nothing else."""
    days = date_mentions(text) if len(text) <= 60 else ()
    for day in reversed(days):
        text = text[: day.start] + text[day.stop :]
    return bool(days) and not _DAY_WORDS.sub("", text)


def first_answer(texts: Iterable[str], words: SectionWords) -> Answer:
    """The first text that answers; else the best trace of an empty place (dash, dots)."""
    trace = Answer(Content.NOTHING)
    for index, text in enumerate(texts):
        content = classify(text, words)
        if content.filled:
            return Answer(content, text, index)
        if content is not Content.NOTHING and trace.content is Content.NOTHING:
            trace = Answer(content, text, index)
    return trace
