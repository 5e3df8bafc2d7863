"""What a form tells its writer (`หากไม่มี ให้ระบุว่า "ไม่มี"`) or shows in an empty field, told from an answer that uses
the same words."""

from __future__ import annotations

import re

from checklist.section.lexicon import SectionWords
from core.thai.normalize import is_thai

_BRACKETS = re.compile(r"\([^()]{0,160}\)|\[[^\[\]]{0,160}\]")
_NEAR = 60
"""Characters between a condition and what to write if it holds."""
_LEFT_OVER = 12
"""Letters behind `หากไม่มี`; more of them are a sentence: `หากไม่มีงบประมาณเพิ่มจะดำเนินการต่อไม่ได้`."""
_HITS = 8
_NUMBER_WORD = 8
"""Letters of the word that numbers a line."""
_NAMED = re.compile(r"«([^«»]{1,160})»")
"""How word processors show a field of a letter that was never merged with its data."""
_FIELD = re.compile(r"^[^\w⟦]{0,8}⟦[^⟦⟧]{0,160}⟧\W{0,8}$")


def without_asking_brackets(key: str, words: SectionWords) -> str:
    """A key without the brackets that ask its writer something."""

    def drop(match: re.Match[str]) -> str:
        return " " if words.instruction.search(match.group()) else match.group()

    return _BRACKETS.sub(drop, key)


def asks_writer(key: str, words: SectionWords) -> bool:
    """Whether a line tells somebody what to write, and says nothing itself.

    An answer may hold the same words: `ผู้เข้าร่วมระบุว่าห้องคับแคบ` reports, `ควรให้ระบุวันนัด` suggests."""
    rest = without_asking_brackets(key, words)
    if rest != key and not any(is_thai(c) or c.isalpha() for c in rest):
        return True
    return asking_place(rest, words) is not None or _opens_bracket(rest, words)


def may_answer(key: str, words: SectionWords) -> bool:
    """Whether a line that asks its writer something may be an answer all the same: it asks for nothing of the section's
    own, and says more than that.

    `ให้ระบุระยะเวลาส่งงานไว้ในสัญญา` is what a report suggests or what a form wants; only a person can tell."""
    rest = without_asking_brackets(key, words)
    at = asking_place(rest, words)
    if at is None:
        return False
    verb = words.instruction.match(rest, at)
    wanted = rest[verb.end() if verb else at :]
    if any(
        word.search(rest) for word in (words.matter, words.forms.if_none, words.forms.detail, words.forms.says_none)
    ):
        return False
    if not any(is_thai(c) for c in wanted):
        return False
    return sum(is_thai(c) for c in rest) > _LEFT_OVER


def asking_place(key: str, words: SectionWords) -> int | None:
    """Where a line begins to tell its writer what to do; None if it does not."""
    for number, hit in enumerate(words.instruction.finditer(key)):
        if number >= _HITS:
            break
        if (words.forms.asks.match(key, hit.start()) and not _is_cited(key, hit.start(), words)) or (
            _asks_if_none(key, hit, words)
            if words.forms.if_none.match(key, hit.start())
            else _begins(key[: hit.start()], words)
        ):
            return hit.start()
    return None


def _is_cited(key: str, start: int, words: SectionWords) -> bool:
    """Whether what asks is what somebody wrote, or stands in quotation marks within a sentence that goes on behind
    them: it tells of a form."""
    opened = key[:start].rstrip()
    if words.forms.quoted.search(opened) and sum(map(is_thai, opened)) > _LEFT_OVER and not _begins(opened, words):
        return True
    closed = key.find('"', start)
    if not opened.endswith('"') or closed < 0 or _begins(opened, words):
        return False
    return sum(is_thai(c) for c in key[closed:]) > _LEFT_OVER


def _asks_if_none(key: str, hit: re.Match[str], words: SectionWords) -> bool:
    """Whether a condition (`หากไม่มี`) is followed by what to write then, or by nothing."""
    behind = key[hit.end() : hit.end() + _NEAR]
    return words.forms.write.search(behind) is not None or sum(is_thai(c) for c in key[hit.end() :]) <= _LEFT_OVER


def _begins(before: str, words: SectionWords) -> bool:
    """Whether nothing but the section's own words stands before an imperative: it is said to the writer."""
    rest = re.sub(r"^[\W\d_]+", "", before)
    named = words.matter.search(rest)
    if named is not None and sum(is_thai(c) for c in rest[: named.start()]) <= _NUMBER_WORD:
        # ข้อ 7, ส่วนที่ 3
        rest = rest[named.start() :]
    start = words.lead_in.match(rest)
    rest = rest[start.end() :] if start else rest
    run = words.part.match(rest)
    rest = rest[run.end() :] if run else rest
    while True:
        suffix = words.suffix.match(rest.lstrip())
        if suffix is None or not suffix.end():
            break
        rest = rest.lstrip()[suffix.end() :]
    return not any(is_thai(c) or c.isalnum() for c in rest)


def _opens_bracket(key: str, words: SectionWords) -> bool:
    """Whether a line opens a bracket that asks and does not close it: the next line ends it."""
    opened = key.rfind("(")
    if opened < 0 or ")" in key[opened:]:
        return False
    return words.instruction.search(key, opened) is not None and not any(is_thai(c) for c in key[:opened])


def with_field_marks(text: str) -> str:
    """Return a text with brackets of one kind around the names of fields; readers put them around what a form shows
    by itself (documents.office.symbols)."""
    return _NAMED.sub(r"⟦\1⟧", text) if "«" in text else text


def is_field(text: str) -> bool:
    """Whether a text is nothing but what a field or a form shows by itself: nobody wrote or chose it."""
    return _FIELD.match(text) is not None
