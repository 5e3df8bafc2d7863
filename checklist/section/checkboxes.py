"""Boxes to tick under a heading: `( ) ไม่มี (/) มี ระบุ ...`."""

from __future__ import annotations

import re

from checklist.section.lexicon import SectionWords

_MARK = re.compile(r"(?P<ticked>[(\[]\s*[/x✓✔√☑●*]\s*[)\]]|[☑☒✓✔🗹◉])|[(\[]\s*[)\]]|[☐□○◯❏❑]")
_BLANK = "...."
"""What a form leaves open."""


def before_choices(key: str, words: SectionWords) -> tuple[str, str | None]:
    """A line's key before its boxes, and what they say: the text of the ticked one, dots if none is ticked or it says
    no more than that there is something; None if the line offers no such choice."""
    marks = list(_MARK.finditer(key))
    if not marks:
        return key, None
    stops = [mark.start() for mark in marks[1:]] + [len(key)]
    options = [
        (mark["ticked"] is not None, key[mark.end() : stop].strip()) for mark, stop in zip(marks, stops, strict=True)
    ]
    if not any(words.no_or_yes.match(text) for _, text in options):
        return key, None
    ticked = [text for is_ticked, text in options if is_ticked]
    return key[: marks[0].start()].rstrip(), _said(ticked[0], words) if ticked else _BLANK


def _said(text: str, words: SectionWords) -> str:
    yes = words.yes.match(text)
    if yes is None:
        return text
    return text[yes.end() :].strip(" .:…_") or _BLANK
