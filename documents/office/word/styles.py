"""Styles and list numbers of Word: what a paragraph's style adds to it, and the number that Word prints before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEPTH = 12
"""Styles that one may be based on, one after the other."""
_LEVELS = 9
_TINY = 2
"""Half points; nobody reads letters of one point."""
_WHITE = re.compile(r"(?:F[3-9A-F]){3}")
_LONGEST_LABEL = 24
_HEADING = re.compile(r"^heading\s*(\d)?")
_PLACE = re.compile(r"%([1-9])")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_UNNUMBERED = frozenset({"bullet", "none"})
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What a style and those it is based on say; `level` is a heading's, 0 for text, `list_id` empty for no list."""

    level: int = 0
    bold: bool = False
    hidden: bool = False
    unseen: bool = False
    """White or tiny letters on paper that nothing colours."""
    struck: bool = False
    """Taken back by its author."""
    list_id: str = ""
    list_level: int = 0


class Styles:
    """The styles of one document by their ids."""

    def __init__(self, root: Any | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._elements = {style.get(f"{W}styleId") or "": style for style in found}
        self._known: dict[str, WordStyle] = {}
        default = (style for style in found if style.get(f"{W}default") in ("1", "true") and _is_paragraph(style))
        self._default = next((style.get(f"{W}styleId") or "" for style in default), "")

    def of(self, style_id: str) -> WordStyle:
        """Return a style with all that it inherits; an unknown one is told by its id."""
        style_id = style_id or self._default
        known = self._known.get(style_id)
        if known is None:
            known = self._known[style_id] = self._merged(style_id)
        return known

    def shades(self, style_id: str) -> bool:
        """Whether a style of tables colours the ground of any cell."""
        at, seen = style_id, 0
        while at in self._elements and seen < _DEPTH:
            if self._elements[at].find(f".//{W}shd") is not None:
                return True
            at, seen = value(self._elements[at].find(f"{W}basedOn")), seen + 1
        return False

    def _merged(self, style_id: str) -> WordStyle:
        chain: list[Any] = []
        at = style_id
        while at in self._elements and len(chain) < _DEPTH:
            chain.append(self._elements[at])
            at = value(chain[-1].find(f"{W}basedOn"))
        if not chain:
            return WordStyle(level=_level_of_name(style_id))
        run = [style.find(f"{W}rPr") for style in chain]
        numbering = next((n for n in (s.find(f"{W}pPr/{W}numPr") for s in chain) if n is not None), None)
        return WordStyle(
            level=next((found for found in (_level(style) for style in chain) if found is not None), 0),
            bold=first_switch(run, "b", "bCs"),
            hidden=first_switch(run, "vanish"),
            unseen=is_unseen(run, shaded=any(style.find(f"{W}pPr/{W}shd") is not None for style in chain)),
            struck=first_switch(run, "strike", "dstrike"),
            list_id=value(numbering.find(f"{W}numId")) if numbering is not None else "",
            list_level=_count(numbering.find(f"{W}ilvl"), 0) if numbering is not None else 0,
        )


def is_unseen(properties: list[Any], *, shaded: bool) -> bool:
    """Whether letters on white paper are white, or too small to be seen; the first of some run properties decides."""
    said = [each for each in properties if each is not None]
    if shaded or any(each.find(f"{W}{name}") is not None for each in said for name in ("shd", "highlight")):
        return False
    size = next((value(mark) for each in said if (mark := each.find(f"{W}sz")) is not None), "")
    colour = next((value(mark) for each in said if (mark := each.find(f"{W}color")) is not None), "")
    return (size.isascii() and size.isdigit() and int(size) <= _TINY) or is_white(colour)


def is_white(colour: str) -> bool:
    """Whether a colour, as six digits, cannot be told from paper."""
    return _WHITE.fullmatch(colour.upper()) is not None


def _is_paragraph(style: Any) -> bool:
    return style.get(f"{W}type") in (None, "paragraph")


def _level(style: Any) -> int | None:
    """A style's rank among headings; None if it says nothing itself."""
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    if outline is not None:
        return outline_level(outline)
    return _level_of_name(value(style.find(f"{W}name"))) or None


def outline_level(mark: Any) -> int:
    """Return a heading's level from a mark that counts from 0; 9 stands for text."""
    found = _count(mark, _LEVELS)
    return found + 1 if found < _LEVELS else 0


def _level_of_name(name: str) -> int:
    name = name.strip().lower()
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1] or 1) or 1
    return 1 if name in ("title", "subtitle") else 0


def value(mark: Any) -> str:
    """Return a mark's value, empty for a mark that is not there."""
    return (mark.get(f"{W}val") or "") if mark is not None else ""


def is_on(mark: Any) -> bool:
    """Whether a switch such as `w:b` is set."""
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off", "none")


def first_switch(properties: list[Any], *names: str) -> bool:
    """Whether the first of some run properties that names a switch sets it."""
    for each in properties:
        for name in names:
            mark = each.find(f"{W}{name}") if each is not None else None
            if mark is not None:
                return is_on(mark)
    return False


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool


@dataclass(slots=True)
class _List:
    key: str
    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The running list numbers of one document. Lists of one definition count on together, as in Word."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        abstract: dict[str, dict[int, _Level]] = {}
        counts: dict[str, list[int | None]] = {}
        for each in root.findall(f"{W}abstractNum") if root is not None else ():
            abstract[each.get(f"{W}abstractNumId") or ""] = _levels(each.findall(f"{W}lvl"))
        for each in root.findall(f"{W}num") if root is not None else ():
            key = value(each.find(f"{W}abstractNumId"))
            levels = dict(abstract.get(key, {}))
            overrides = each.findall(f"{W}lvlOverride")
            for override in overrides:
                levels.update(_levels(override.findall(f"{W}lvl")))
                place, start = _count_of(override.get(f"{W}ilvl"), 0), override.find(f"{W}startOverride")
                if start is not None and place in levels:
                    old = levels[place]
                    levels[place] = _Level(_count(start, 1), old.form, old.text, old.legal)
            made = _List(key, levels)
            if not overrides:
                made.counts = counts.setdefault(key, made.counts)
            self._lists[each.get(f"{W}numId") or ""] = made

    def next_label(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and return the number before it; empty for bullets and unknown lists."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        for above in range(level):
            if found.counts[above] is None and above in found.levels:
                found.counts[above] = found.levels[above].start
        now = found.counts[level]
        found.counts[level] = found.levels[level].start if now is None else now + 1
        found.counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        own = found.levels[level]
        if own.form in _UNNUMBERED:
            return ""

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = found.levels[place].form if place in found.levels and not own.legal else "decimal"
            return _formed(found.counts[place] or 0, form)

        return " ".join(_PLACE.sub(number, own.text).split())[:_LONGEST_LABEL]


def _levels(elements: list[Any]) -> dict[int, _Level]:
    return {
        _count_of(each.get(f"{W}ilvl"), 0): _Level(
            _count(each.find(f"{W}start"), 0),
            value(each.find(f"{W}numFmt")) or "decimal",
            value(each.find(f"{W}lvlText"))[:_LONGEST_LABEL],
            is_on(each.find(f"{W}isLgl")),
        )
        for each in elements
    }


def _formed(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for worth, letters in _ROMAN:
            text += letters * (number // worth)
            number %= worth
        return text.upper() if form == "upperRoman" else text
    if form == "thaiLetters" and number > 0:
        return _THAI_LETTERS[(number - 1) % len(_THAI_LETTERS)]
    if form == "thaiNumbers":
        return "".join(chr(ord("๐") + int(digit)) for digit in str(number))
    return str(number)


def _count(mark: Any, otherwise: int) -> int:
    return _count_of(value(mark), otherwise)


def _count_of(text: str | None, otherwise: int) -> int:
    return min(int(text), 32_767) if text and text.isascii() and text.isdigit() else otherwise


def list_place(mark: Any, style: WordStyle) -> tuple[str, int]:
    """Return the list and level of a paragraph, from its own `w:numPr` or from its style; an empty id for none."""
    if mark is None:
        return ("", 0) if style.list_id in ("", "0") else (style.list_id, style.list_level)
    own = value(mark.find(f"{W}numId")) or style.list_id
    level = _count(mark.find(f"{W}ilvl"), style.list_level if not value(mark.find(f"{W}numId")) else 0)
    return ("", 0) if own in ("", "0") or level >= _LEVELS else (own, level)
