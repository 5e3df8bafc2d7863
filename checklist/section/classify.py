"""What stands under a heading: a text, an explicit none, a dash, dots, nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from checklist.section.checkboxes import is_tick, offers_places, read_choice
from checklist.section.headings import READ, denies, ends_in_none, is_none
from checklist.section.instructions import (
    asks_writer,
    is_field,
    may_answer,
    with_field_marks,
    without_asking_brackets,
)
from checklist.section.lexicon import SectionWords
from core.thai.dates import date_mentions
from core.thai.normalize import is_thai, make_key

_MIN_LETTERS = 4
_FILLER = re.compile(r"[\W_]+")
_SHORT = 80
"""Characters; page numbers and running titles stand in the last ones of a line."""
_PLACE = 16
"""Letters behind such a place that name it: `ตามเอกสารแนบท้ายรายงานนี้`."""
_WRITE_END = 4
"""Key characters that may follow the word for writing at a line's end: `ระบุว่า`."""
_PAGE_NUMBER = re.compile(r"^\W*(?:หน้า(?:ที่)?\s*)?\d{1,3}\W*(?:/\s*\d{1,3}\W*)?$")
_RUNNING = re.compile(r"(?<!ดู)(?<!ใน)(?<!ตาม)(?<!ละเอียด)(?:หน้า(?:ที่)?|page)\d{1,3}(?:(?:/|จาก|of)\d{1,3})?\W*$")
"""The end of a running title: a page's number behind its name."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_DAY_WORDS = re.compile(r"วันที่|ณ|เดือน|พ\.?\s?ศ\.?|[\d\W]")
_FIELD = re.compile(r"^\W{0,8}(?:<[^<>]{1,160}>|\{[^{}]{1,160}\}|\[[^\[\]]{1,160}\])[\W]{0,8}$")
"""A line that is nothing but a name in angle brackets, braces or square ones: what a template wants filled in."""
_NOTE = re.compile(r"^\s{0,3}[⁰¹²³⁴-⁹]{1,3}\s?(?=[^\W\d])")
"""The raised number before a note."""
_REMARK = re.compile(r"^\([^()]{1,160}\)$")
"""A line that is nothing but words in brackets."""
_LOOSE_BOX = re.compile(r"^[a-z0]{1,2}\s+")
"""A box or circle as recognition and fonts without names have it: a letter before the words."""


class Content(StrEnum):
    """What a place holds."""

    TEXT = "text"
    NONE = "none"
    DOUBT = "doubt"
    """Something that only a person can tell from an answer: boxes whose ticks are drawn."""
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
    text = text[:READ]
    if not text.strip():
        return Content.NOTHING
    if is_tick(text):
        return Content.DOUBT
    if _NOTE.match(text):
        return _of_note(text, words)
    text = with_field_marks(text)
    if is_field(text):
        return Content.DOUBT
    if "\n" in text and words.instruction.search(make_key(text).text):
        # A cell of several lines: what one of them asks says nothing of the others.
        return first_answer(text.split("\n"), words).content
    choice = read_choice(make_key(text).text, words)
    if choice.doubtful:
        return Content.DOUBT
    if choice.said is not None:
        return classify(choice.said, words)
    key = choice.before
    if is_none(text.strip("<>{} "), words) or ends_in_none(text, words):
        return Content.NONE
    loose = _LOOSE_BOX.match(key)
    if loose and is_none(key[loose.end() :], words):
        return Content.DOUBT
    if len(key) <= _SHORT and (words.forms.unsaid.match(key) or _is_elsewhere(key, words)):
        return Content.DOUBT
    if _is_nothing(text, key, words):
        return Content.NOTHING
    if asks_writer(key, words):
        return Content.DOUBT if may_answer(key, words) else Content.NOTHING
    told = words.forms.told.match(key) if len(key) <= _SHORT else None
    if told is not None:
        # อธิบายปัญหาที่พบ: a form's own words. Beyond them it may be an answer, but one to look at.
        return Content.DOUBT if any(is_thai(c) for c in key[told.end() :]) else Content.NOTHING
    if _REMARK.match(key):
        # (ขีดฆ่าข้อความที่ไม่ใช้): what a form adds in brackets, more often than an answer.
        return Content.DOUBT
    key = _ADDRESS.sub(" ", without_asking_brackets(key, words))
    letters = sum(is_thai(c) or (c.isalpha() and c.isascii()) for c in _FILLER.sub("", key))
    if letters >= _MIN_LETTERS:
        return Content.DOUBT if _FIELD.match(key) else Content.TEXT
    if re.search(r"[.…_·]{3,}", key):
        return Content.DOTS
    if re.search(r"[\-–—]", text):
        return Content.DASH
    return Content.NOTHING


def _of_note(text: str, words: SectionWords) -> Content:
    """What a note to a heading is: one that says by what form or rule it is written answers nothing, and of any other
    only a person can tell."""
    key = make_key(text[1:]).text
    return Content.NOTHING if words.forms.basis.match(key) or asks_writer(key, words) else Content.DOUBT


def _is_elsewhere(key: str, words: SectionWords) -> bool:
    """Whether a line says no more than where something is told."""
    said = words.forms.elsewhere.match(key)
    return said is not None and sum(map(is_thai, said["rest"])) <= _PLACE


def _is_nothing(text: str, key: str, words: SectionWords) -> bool:
    """Whether a line is a signature, a page's number, a day or an empty field's own words."""
    end = key[-_SHORT:]
    # `ตำแหน่งสายช่างว่างเพราะไม่มีผู้สอบผ่าน` tells of posts and signs nothing; what has a day tells of what the data are.
    signs = words.signature.match(key) is not None and not (denies(key, words) and not date_mentions(text[:_SHORT]))
    return bool(
        signs
        or words.forms.label.match(key)
        or (len(key) <= _SHORT and _PAGE_NUMBER.match(key))
        or _RUNNING.search("".join(end.split()))
        or words.forms.placeholder.match(key)
        or (len(key) <= _SHORT and words.forms.prompt.match(key))
        or _only_day(text)
    )


def _only_day(text: str) -> bool:
    """Whether a line is the day of a report and nothing else."""
    days = date_mentions(text) if len(text) <= 60 else ()
    for day in reversed(days):
        text = text[: day.start] + text[day.stop :]
    return bool(days) and not _DAY_WORDS.sub("", text)


def first_answer(texts: Iterable[str], words: SectionWords) -> Answer:
    """The first text that answers; else the best trace of an empty place (a doubt, dash, dots)."""
    trace = Answer(Content.NOTHING)
    for index, text, content in _contents(texts, words):
        if content.filled:
            return Answer(content, text, index)
        if content is Content.DOUBT and trace.content is not Content.DOUBT:
            trace = Answer(content, text, index)
        if content is not Content.NOTHING and trace.content is Content.NOTHING:
            trace = Answer(content, text, index)
    return trace


def _contents(texts: Iterable[str], words: SectionWords) -> Iterator[tuple[int, str, Content]]:
    """What each text is, seen with its neighbour: options one below the other are a choice, and an instruction may
    go on in the next line."""
    each = list(texts)
    at = 0
    while at < len(each):
        text = each[at]
        both = f"{text} {each[at + 1]}" if at + 1 < len(each) and len(text) + len(each[at + 1]) <= _SHORT * 2 else ""
        key = make_key(both).text if both else ""
        if key and _offers_both(key, words):
            joint = read_choice(key, words)
            if joint.said is not None and not _is_choice(text, words) and not _is_choice(each[at + 1], words):
                yield at, text, Content.DOUBT if joint.doubtful else Content.DOTS
                at += 2
                continue
        yield at, text, classify(text, words)
        own = make_key(text[:READ]).text
        if at + 1 < len(each) and asks_writer(own, words) and _goes_on(own, words):
            at += 1
        at += 1


def _offers_both(key: str, words: SectionWords) -> bool:
    forms = words.forms
    return bool(forms.none_then_yes.match(key) or forms.yes_then_none.match(key)) or offers_places(key, words)


def _is_choice(text: str, words: SectionWords) -> bool:
    return read_choice(make_key(text).text, words).said is not None


def _goes_on(key: str, words: SectionWords) -> bool:
    """Whether an instruction ends in the next line: its bracket is open, or it says what to write there."""
    if key.count("(") > key.count(")"):
        return True
    return any(len(key) - hit.end() <= _WRITE_END for hit in words.forms.write.finditer(key))
