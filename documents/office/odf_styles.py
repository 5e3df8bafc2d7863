"""Styles of OpenDocument: what is bold, what is hidden, the numbers of lists and headings, what form fields hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.office.symbols import box

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LENGTH = re.compile(r"^([\d.]{1,12})(in|cm|mm|pt)$")
_PER_INCH = {"in": 1.0, "cm": 2.54, "mm": 25.4, "pt": 72.0}
_LEVELS = 10
_DEPTH = 12
_LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    before: str
    behind: str
    start: int
    shown: int
    """How many levels the number shows: 1.2 shows two."""


@dataclass(slots=True)
class _Open:
    """A list that is being read, with its level from 0."""

    levels: dict[int, _Level]
    counts: list[int]
    level: int


_WHITE = re.compile(r"#(?:f[3-9a-f]){3}")


@dataclass(slots=True)
class Styles:
    """The styles of one document. Lists are entered and left in reading order, since their numbers run on."""

    roots: list[Any]
    bold: frozenset[str] = frozenset()
    _hidden: frozenset[str] = frozenset()
    _unseen: Mapping[str, bool] = field(default_factory=dict)
    _lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _outline: dict[int, _Level] = field(default_factory=dict)
    _outline_counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    _open: list[_Open] = field(default_factory=list)
    _last: dict[str, list[int]] = field(default_factory=dict)
    _named: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        styles = {
            str(style.get(f"{_STYLE}name")): style for root in self.roots for style in root.iter(f"{_STYLE}style")
        }
        self.bold = frozenset(name for name in styles if _has(styles, name, _is_bold))
        self._hidden = frozenset(name for name in styles if _has(styles, name, _hides))
        said = {name: _first(styles, name, _blends) for name in styles}
        self._unseen = {name: found for name, found in said.items() if found is not None}
        for root in self.roots:
            for style in root.iter(f"{_TEXT}list-style"):
                self._lists[str(style.get(f"{_STYLE}name"))] = _levels(style)
            for style in root.iter(f"{_TEXT}outline-style"):
                self._outline = _levels(style)

    def is_hidden(self, element: Any) -> bool:
        """Whether an element and all in it is not shown."""
        if element.get(f"{_TEXT}display") == "none":
            return True
        if element.tag == f"{_DRAW}page":
            return element.get(f"{_DRAW}style-name") in self._hidden
        return element.get(f"{_TEXT}style-name") in self._hidden

    def is_unseen(self, element: Any, *, inherited: bool) -> bool:
        """Whether letters in an element are too small to be seen, or white on paper that nothing colours."""
        return self._unseen.get(str(element.get(f"{_TEXT}style-name")), inherited)

    def enter_list(self, element: Any) -> None:
        """Begin a list, or one within a list."""
        name = str(element.get(f"{_TEXT}style-name") or "")
        above = self._open[-1] if self._open else None
        level = above.level + 1 if above else 0
        levels = self._lists.get(name) or (above.levels if above else {})
        counts = above.counts if above else [0] * _LEVELS
        if above is None:
            continued = element.get(f"{_TEXT}continue-list")
            if continued in self._named:
                counts = self._named[continued]
            elif element.get(f"{_TEXT}continue-numbering") == "true" and name in self._last:
                counts = self._last[name]
            self._last[name] = counts
            if element.get(_XML_ID):
                self._named[element.get(_XML_ID)] = counts
        self._open.append(_Open(levels, counts, min(level, _LEVELS - 1)))

    def leave_list(self) -> None:
        """End the list that was entered last."""
        self._open.pop()

    def next_label(self, item: Any) -> str:
        """Count one item and return the number before it; empty for bullets. An item that only holds a list below it
        shows no number and counts none."""
        first = next(iter(item), None)
        if first is None or first.tag == f"{_TEXT}list":
            return ""
        now = self._open[-1]
        return _next(now.levels, now.counts, now.level, item.get(f"{_TEXT}start-value"))

    def outline_label(self, level: int) -> str:
        """Count one heading and return the number that its outline gives it; empty for none."""
        return _next(self._outline, self._outline_counts, min(level, _LEVELS) - 1, None)


def _next(levels: dict[int, _Level], counts: list[int], level: int, start: str | None) -> str:
    own = levels.get(level)
    if own is None:
        return ""
    counts[level] = counts[level] + 1 if counts[level] else own.start
    if start and start.isascii() and start.isdigit():
        counts[level] = min(int(start), 9999)
    counts[level + 1 :] = [0] * (_LEVELS - level - 1)
    if not own.form:
        return ""
    parts = [
        _formed(counts[at] or 1, levels[at].form)
        for at in range(max(0, level + 1 - own.shown), level + 1)
        if at in levels and levels[at].form
    ]
    return f"{own.before}{'.'.join(parts)}{own.behind}".strip()[:_LONGEST_LABEL]


def _formed(number: int, form: str) -> str:
    if form in ("a", "A"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "A" else letter
    if form.startswith("ก"):
        return "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"[(number - 1) % 42]
    if form.startswith("๑"):
        return "".join(chr(ord("๐") + int(digit)) for digit in str(number))
    return str(number)


def _levels(style: Any) -> dict[int, _Level]:
    found = {}
    for each in style:
        if each.tag not in (f"{_TEXT}list-level-style-number", f"{_TEXT}outline-level-style"):
            continue
        level = count(each, f"{_TEXT}level", _LEVELS) - 1
        found[level] = _Level(
            (each.get(f"{_STYLE}num-format") or "")[:4],
            (each.get(f"{_STYLE}num-prefix") or "")[:_LONGEST_LABEL],
            (each.get(f"{_STYLE}num-suffix") or "")[:_LONGEST_LABEL],
            count(each, f"{_TEXT}start-value", 9999),
            count(each, f"{_TEXT}display-levels", _LEVELS),
        )
    return found


def _has(styles: dict[str, Any], name: str, says: Callable[[Any], bool | None]) -> bool:
    return bool(_first(styles, name, says))


def _first(styles: dict[str, Any], name: str, says: Callable[[Any], bool | None]) -> bool | None:
    """What the first style in a chain that says anything says."""
    for _ in range(_DEPTH):
        style = styles.get(name)
        if style is None:
            return None
        said = says(style)
        if said is not None:
            return said
        name = str(style.get(f"{_STYLE}parent-style-name"))
    return None


def _blends(style: Any) -> bool | None:
    """Whether a style's letters cannot be seen; None if it says nothing of their colour and size."""
    grounds = [each.get(f"{_FO}background-color") for each in style.iter() if each.get(f"{_FO}background-color")]
    if any(ground not in ("transparent", "#ffffff") for ground in grounds):
        return False
    for kind in style.iter(f"{_STYLE}text-properties"):
        colour, size = kind.get(f"{_FO}color"), _LENGTH.match(kind.get(f"{_FO}font-size") or "")
        tiny = size is not None and size[1].count(".") <= 1 and size[2] == "pt" and float(size[1].strip(".") or 9) <= 1
        if tiny or colour:
            return tiny or _WHITE.fullmatch(str(colour).lower()) is not None
    return None


def _is_bold(style: Any) -> bool | None:
    for kind in style.iter(f"{_STYLE}text-properties"):
        weight = kind.get(f"{_FO}font-weight") or kind.get(f"{_STYLE}font-weight-complex")
        if weight:
            return "bold" in weight
    return None


def _hides(style: Any) -> bool | None:
    for kind in style.iter(f"{_STYLE}text-properties"):
        if kind.get(f"{_TEXT}display"):
            return bool(kind.get(f"{_TEXT}display") == "none")
        struck = kind.get(f"{_STYLE}text-line-through-style") or kind.get(f"{_STYLE}text-line-through-type")
        if struck:
            return bool(struck != "none")
    for kind in style.iter(f"{_STYLE}drawing-page-properties"):
        if kind.get(f"{_PRESENTATION}visibility"):
            return bool(kind.get(f"{_PRESENTATION}visibility") == "hidden")
    return None


def form_fields(root: Any) -> dict[str, str]:
    """Return what each form field shows, by its id: a box with its label, or what was typed or chosen."""
    found: dict[str, str] = {}
    for each in root.iter():
        key = each.get(f"{_FORM}id") or each.get(_XML_ID)
        if not key or not str(each.tag).startswith(_FORM):
            continue
        if each.tag in (f"{_FORM}checkbox", f"{_FORM}radio"):
            state = each.get(f"{_FORM}current-state") or each.get(f"{_FORM}current-selected")
            ticked = state in ("checked", "true")
            found[key] = f"{box(ticked=ticked)}{each.get(f'{_FORM}label') or ''} "
        else:
            found[key] = f" {each.get(f'{_FORM}current-value') or ''} "
    return found


def count(element: Any, name: str, most: int) -> int:
    """An attribute as a count; a broken one counts as if it were not there."""
    value = element.get(name) or ""
    return min(int(value), most) if value.isascii() and value.isdigit() and int(value) else 1


def length(frame: Any, side: str) -> float:
    """A side of a frame in inches, 0 if it is not said."""
    match = _LENGTH.match(frame.get(f"{_SVG}{side}") or "")
    return float(match[1]) / _PER_INCH[match[2]] if match and match[1].count(".") <= 1 and match[1] != "." else 0.0
