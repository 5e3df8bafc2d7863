"""Boxes to tick under a heading: `( ) ไม่มี (/) มี ระบุ ...`, whatever glyph a form draws for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from checklist.section.lexicon import SectionWords
from core.thai.normalize import is_thai

BLANK = "...."
"""What a form leaves open."""
_SYMBOLS = [chr(code) for code in (*range(0x2000, 0x2C00), *range(0x1F300, 0x1FB00))]


def _named(*beginnings: str) -> str:
    """All symbols whose Unicode name begins with one of these words, as the inside of a class of a pattern."""
    found = (c for c in _SYMBOLS if unicodedata.name(c, "").startswith(beginnings))
    return "".join(re.escape(c) for c in found)


_PRIVATE_TICKED = "\uf0fe\uf0fd\uf0fc\uf0fb\uf052\uf053\uf054\uf050\uf04f"
_PRIVATE_OPEN = "\uf0a8\uf06f\uf071\uf072\uf0a3\uf0a1\uf06d"
"""Boxes of Wingdings as PDFs keep them: in the private use area, by their place in the font."""
_TICKED = (
    _named("BALLOT BOX WITH", "CHECK MARK", "HEAVY CHECK", "WHITE HEAVY CHECK", "BALLOT X", "BALLOT SCRIPT X",
           "BALLOT BOLD", "HEAVY BALLOT X", "FISHEYE", "LIGHT CHECK", "SQUARED TIMES", "MULTIPLICATION X",
           "NEGATIVE SQUARED CROSS", "CROSS MARK", "INVERSE CHECK", "RADIO BUTTON", "WHITE SQUARE CONTAINING")
    + "√" + _PRIVATE_TICKED
)  # fmt: skip
_OPEN = _named(
    "BALLOT BOX", "WHITE SQUARE", "WHITE MEDIUM", "WHITE LARGE", "WHITE SMALL", "WHITE VERY SMALL", "WHITE CIRCLE",
    "LARGE CIRCLE", "SHADOWED WHITE", "WHITE RECTANGLE", "WHITE VERTICAL", "SQUARE WITH ROUNDED", "DOTTED SQUARE",
    "DOTTED CIRCLE", "LOWER RIGHT SHADOWED", "UPPER RIGHT SHADOWED", "LOWER RIGHT DROP", "UPPER RIGHT DROP",
    "COMBINING ENCLOSING SQUARE", "WHITE SHOGI", "MEDIUM WHITE", "LARGE SQUARE", "EMPTY PAGE", "WHITE SQUARE BUTTON",
    "SQUARE LOZENGE",
) + "\u3007" + _PRIVATE_OPEN  # fmt: skip
_FILLED = _named(
    "BLACK SQUARE", "BLACK CIRCLE", "BLACK LARGE", "BLACK MEDIUM", "LARGE RED CIRCLE", "BLACK SQUARE BUTTON"
)
_OPEN = "".join(c for c in _OPEN if c not in _TICKED)
_MARK = re.compile(
    f"(?P<ticked>[(\\[{{<]\\s*[/x✓v\\\\●*×+{_TICKED}{_FILLED}]\\s*[)\\]}}>]|[{_TICKED}])"
    f"|(?P<filled>[{_FILLED}])"
    f"|[(\\[{{]\\s*[._]{{0,6}}\\s*[)\\]}}]|[(\\[{{<]\\s*[{_OPEN}]\\s*[)\\]}}>]|[{_OPEN}]"
)
_ALONE = re.compile(f"\\s*[/×{_TICKED}]\\s*")
_PLACE = re.compile(f"(?P<ticked>[._…·–—-]++\\s?[/xv✓×{_TICKED}{_FILLED}]\\s?[._…·–—-]++)|[._·–—-]{{3,}}+|…++[._…]*+")
"""A dotted place before each of several words, in which one is ticked by hand: `.....ไม่มี  ..../.... มี`."""
_TOLD = 8
"""Letters behind a box that tell something."""
_LONGEST = 400
"""Characters of a line that offers a choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line's key before its boxes, and what they say: the text of the ticked one, dots if none is ticked or it says
    no more than that there is something; None if the line offers no choice. `doubtful`: nobody can tell from the text
    whether one is ticked."""

    before: str
    said: str | None = None
    doubtful: bool = False


class _Mark(NamedTuple):
    """A place to tick: where it stands in a key, and whether it is ticked."""

    start: int
    stop: int
    ticked: bool


def read_choice(key: str, words: SectionWords) -> Choice:
    """Read the boxes of one line."""
    key = key[:_LONGEST]
    found = list(_MARK.finditer(key))
    if any(mark["filled"] is not None for mark in found):
        # A black square is a tick among white ones, and a bullet elsewhere.
        has_open = any(mark["filled"] is None and mark["ticked"] is None for mark in found)
        found = [mark for mark in found if mark["filled"] is None or has_open]
    marks = [
        _Mark(mark.start(), mark.end(), mark["ticked"] is not None or mark["filled"] is not None) for mark in found
    ]
    if marks:
        choice = _of_known_marks(key, marks, words)
        if choice is not None:
            return choice
    dotted = _dotted_places(key, words)
    choice = _of_known_marks(key, dotted, words) if dotted else None
    return choice or _of_lost_marks(key, words)


def offers_places(key: str, words: SectionWords) -> bool:
    """Whether a key offers "none" and "some" behind a dotted place each."""
    return bool(_dotted_places(key[:_LONGEST], words))


def _dotted_places(key: str, words: SectionWords) -> list[_Mark]:
    """The dotted places of a key that stand before "none" and before "some", nothing else with them: dots elsewhere
    are what is left to be filled in. Empty if they do not offer both."""
    marks = [
        _Mark(mark.start(), mark.end(), mark["ticked"] is not None)
        for mark in _PLACE.finditer(key)
        if words.no_or_yes.match(key[mark.end() :].lstrip())
    ]
    options = [text for _, text in _options(key, marks)]
    nays = [words.none.match("".join(text.split())) is not None for text in options]
    yeas = [not nay and words.yes.match(text) is not None for nay, text in zip(nays, options, strict=True)]
    return marks if any(nays) and any(yeas) and sum(nays) + sum(yeas) == len(marks) else []


def _options(key: str, marks: list[_Mark]) -> list[tuple[bool, str]]:
    stops = [*(mark.start for mark in marks[1:]), len(key)][: len(marks)]
    return [(mark.ticked, key[mark.stop : stop].strip()) for mark, stop in zip(marks, stops, strict=True)]


def _of_known_marks(key: str, marks: list[_Mark], words: SectionWords) -> Choice | None:
    options = _options(key, marks)
    if not any(words.no_or_yes.match(text) for _, text in options):
        return None
    before = key[: marks[0].start].rstrip()
    ticked = [text for is_ticked, text in options if is_ticked and text]
    if not ticked:
        # Who wrote what there is need not have ticked the box before it, or its mark was lost.
        told = any(_tells(text, words) for _, text in options)
        return Choice(before, BLANK, doubtful=told)
    nays = [words.none.match("".join(text.split())) is not None for text in ticked]
    return Choice(before, _said(ticked[0], words), doubtful=any(nays) and not all(nays))


def _of_lost_marks(key: str, words: SectionWords) -> Choice:
    """A line that offers both "none" and "some" with marks that no list knows, or with none at all."""
    for pattern in (words.forms.none_then_yes, words.forms.yes_then_none):
        match = pattern.match(key)
        if match is None:
            continue
        left = words.forms.write.sub("", words.forms.asks.sub("", match["rest"]))
        if any(c.isalnum() for c in left):
            continue
        same = bool(match["first"]) and match["first"].strip() == match["second"].strip()
        before = key[: match.start("first")].rstrip()
        # Equal marks tick nothing. Boxes that are drawn leave no letter at all, ticked or not.
        return Choice(before, BLANK, doubtful=not same)
    return Choice(key)


def _tells(option: str, words: SectionWords) -> bool:
    """Whether more stands behind the words of a box than the form's own."""
    said = _said(option, words) if words.yes.match(option) else BLANK
    left = words.forms.detail.sub("", words.forms.write.sub("", words.forms.asks.sub("", _unasked(said, words))))
    return said != BLANK and sum(map(is_thai, left)) >= _TOLD and not words.none.match("".join(said.split()))


def _unasked(said: str, words: SectionWords) -> str:
    return words.forms.tells.sub("", said, count=1)


def _said(text: str, words: SectionWords) -> str:
    yes = words.yes.match(text)
    if yes is None:
        return text
    return text[yes.end() :].strip(" .:…_") or BLANK


def is_tick(text: str) -> bool:
    """Whether a text is a mark alone: what it marks stands elsewhere, such as over its column (ไม่มี | มี)."""
    return _ALONE.fullmatch(text) is not None
