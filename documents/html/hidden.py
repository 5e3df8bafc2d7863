"""What a page does not show and nothing on it opens: parts without a place on the screen, text without size or in the
colour of what lies under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bs4.element import Comment, NavigableString, PageElement, Tag

from core.models.snapshot import Reading
from documents.html.fields import SKIPPED, own_text, text_of
from documents.html.openers import Openers
from documents.html.panes import Panes
from documents.html.stylesheet import StyleSheet
from documents.html.tree import PageTree

_NUMBER = re.compile(r"^-?\d{0,6}(?:\.\d{1,6})?")
_FAR = -900
"""Pixels (or characters) out of the page from which nothing of a text is left on it."""
_TINY = 2.0
"""Pixels; letters of this size are a line."""
_SCALES = {"pt": 1.34, "em": 16.0, "rem": 16.0, "%": 0.16, "ex": 8.0, "in": 96.0, "cm": 37.8, "mm": 3.8}
_CUT = re.compile(
    r"rect\((?:[\s,]*[01](?:px)?){4}[\s,]*\)|inset\(\s*(?:50|[6-9]\d|100)%|circle\(\s*0|polygon\(\s*0\s*0\s*\)"
)
_HEX = re.compile(r"#([0-9a-f]{3,8})$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]{1,6})%?\s*)?\)")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_ALIKE = 12
"""Difference of two colours, in each of their three parts, below which no eye tells them apart."""
_OWN_COLOUR = frozenset({"a", "button", "input", "select", "textarea", "mark"})
"""Elements that a browser colours itself."""
_STYLE = 2_000
_STYLES = 400_000
"""Characters of styles that are looked through for colours; see `_is_legible`."""
_NOT_SURELY_UNSEEN = re.compile(rb"stylesheet|@import|line-through|<(?:del|s|strike)[\s>]", re.I)
"""What makes a page look otherwise than its own markup and styles say; and what is struck out, which is seen."""
_CONCEALS = re.compile(
    r"line-through|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*\.?0|clip|overflow\s*:\s*(?:hidden|clip)|:\s*-\d{3}|scale"
)
"""What may take something off the screen, whatever else is said."""
_SIZES = re.compile(r"font-size\s*:\s*([^;}]{1,20})")
_COLOURS = re.compile(r"(?<![\w-])color\s*:\s*([^;}]{1,60})")
_GROUNDS = re.compile(r"background(?:-color)?\s*:\s*([^;}]{1,60})")
_MOST_PAIRS = 10_000
_WHITE = (255, 255, 255)
_STRUCK = ("del", "s", "strike")
"""What an author took back: it is seen, and is no longer said."""
_UNSAID = frozenset({"", "transparent", "none", "inherit", "initial", "unset"})
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Looks:
    """How text in an element looks, as far as the page says; inherited from what it stands in."""

    tiny: bool = False
    colour: str = ""
    ground: str = ""
    """What it stands on; empty where nothing says."""
    named: bool = False
    """Whether an element around it has a name by which a style sheet can colour it."""


@dataclass(slots=True)
class Visibility:
    """What is seen of one page."""

    sheet: StyleSheet
    openers: Openers
    plain: bool
    """Whether nothing on the page can be hidden."""
    legible: bool = False
    """Whether no letters on the page can have the colour of their ground, or no size."""
    _looks: dict[int, _Looks] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: PageTree, panes: Panes) -> Visibility:
        """Read what a page says of the looks of its parts."""
        styles = [str(tag["style"])[:_STYLE] for tag in tree.elements if tag.has_attr("style")]
        text = ";".join([*styles, *(style.get_text() for style in tree.tags_named("style"))]).lower()
        legible = len(text) <= _STYLES and _is_legible(tree, text)
        # What is longer than that is looked at element by element.
        plain = (
            legible and not _CONCEALS.search(text) and not any(tree.tags_named(name) for name in ("dialog", *_STRUCK))
        )
        plain = plain and not any(tag.has_attr("hidden") for tag in tree.elements)
        sheet = StyleSheet() if plain else StyleSheet.of(tree)
        return cls(sheet, Openers(panes, sheet) if plain else Openers.of(tree, panes, sheet), plain, legible)

    def hides(self, tag: Tag) -> bool:
        """Whether an element and all that stands in it is not shown, and nothing opens it."""
        if self.plain:
            return False
        if tag.name in _STRUCK:
            return True
        said = self.sheet.declarations_of(tag)
        if not said and not tag.has_attr("hidden") and tag.name != "dialog":
            return False
        if ("clip" in said or "clip-path" in said) and _CUT.search(f"{said.get('clip')} {said.get('clip-path')}"):
            return True
        if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
            return True
        return (_is_closed(tag, said) or _is_away(said)) and not self.openers.open(tag)

    def unseen(self, tag: Tag) -> bool:
        """Whether text that stands in an element itself has no size, or the colour of its ground."""
        if self.legible:
            return False
        looks = self._looks_of(tag)
        return looks.tiny or self._is_blended(tag, looks)

    def split(self, nodes: list[PageElement]) -> tuple[str, str]:
        """Return the text of running nodes that is seen, and the text that is not; line breaks are kept."""
        if self.plain:
            return "".join(text_of(node) for node in nodes), ""
        seen: list[str] = []
        unseen: list[str] = []
        for node in nodes:
            self._add(node, seen, unseen, hidden=False)
        return "".join(seen), "".join(unseen)

    def _add(self, node: PageElement, seen: list[str], unseen: list[str], *, hidden: bool) -> None:
        if isinstance(node, NavigableString):
            if type(node) is NavigableString and not isinstance(node, Comment):
                parent = node.parent
                hidden = hidden or (parent is not None and bool(node.strip()) and self.unseen(parent))
                (unseen if hidden else seen).append(str(node))
        elif isinstance(node, Tag) and node.name not in SKIPPED:
            hidden = hidden or self.hides(node)
            piece = own_text(node)
            if piece is not None:
                (unseen if hidden else seen).append(piece)
                return
            for child in node.children:
                self._add(child, seen, unseen, hidden=hidden)

    def _looks_of(self, tag: Tag) -> _Looks:
        path: list[Tag] = []
        at: Tag | None = tag
        while at is not None and id(at) not in self._looks:
            path.append(at)
            at = at.parent
        looks = self._looks[id(at)] if at is not None else _Looks()
        for each in reversed(path):
            looks = self._looks[id(each)] = _inherited(looks, each, self.sheet.declarations_of(each))
        return looks

    def _is_blended(self, tag: Tag, looks: _Looks) -> bool:
        if not looks.colour:
            return False
        said = self.sheet.declarations_of(tag)
        if "text" in (said.get("background-clip"), said.get("-webkit-background-clip")) or "text-shadow" in said:
            return False
        if looks.colour == "transparent":
            return True
        colour = _read_colour(looks.colour)
        if colour is None:
            return False
        if looks.ground:
            ground = _read_colour(looks.ground)
            return ground is not None and _alike(colour, ground)
        # Nothing says what lies under it: white, unless a style sheet that was not read may colour it.
        return _alike(colour, _WHITE) and not (self.sheet.imports and looks.named)


def _is_legible(tree: PageTree, text: str) -> bool:
    """Whether no colour that the page names for letters is one that it names for a ground, and no size is tiny."""
    sizes = [_pixels(size.strip()) for size in _SIZES.findall(text)]
    if any(size is not None and size < _TINY for size in sizes):
        return False
    named = {*_COLOURS.findall(text), *(str(tag["color"]).lower() for tag in tree.elements if tag.has_attr("color"))}
    under = {
        *_GROUNDS.findall(text),
        *(str(tag["bgcolor"]).lower() for tag in tree.elements if tag.has_attr("bgcolor")),
    }
    letters = {colour for each in named if (colour := _read_colour(each)) is not None}
    grounds = {colour for each in under if (colour := _read_colour(each)) is not None} | {_WHITE}
    if any("transparent" in each for each in named) or len(letters) * len(grounds) > _MOST_PAIRS:
        return False
    return not any(_alike(one, other) for one in letters for other in grounds)


def _inherited(above: _Looks, tag: Tag, said: Mapping[str, str]) -> _Looks:
    """What an element's text looks like, from what its parent's does and what is said of itself."""
    tiny, colour, ground = above.tiny, above.colour, above.ground
    size = said.get("font-size", "")
    pixels = _pixels(size) if size else None
    if pixels is not None:
        tiny = pixels < _TINY if not size.endswith(("em", "%")) else tiny or pixels == 0
    own = said.get("color") or str(tag.get("color") or "").strip().lower()
    if own not in ("", "inherit", "currentcolor"):
        colour = own
    elif not own and tag.name in _OWN_COLOUR:
        colour = ""
    image = said.get("background-image", "none")
    under = said.get("background-color") or said.get("background") or str(tag.get("bgcolor") or "").lower()
    if image != "none":
        ground = image
    elif under.partition(" ")[0] not in _UNSAID:
        ground = under
    return _Looks(tiny, colour, ground, above.named or bool(tag.get("class") or tag.get("id")))


def _is_closed(tag: Tag, said: Mapping[str, str]) -> bool:
    shown = said.get("display")
    if shown == "none" or (shown is None and tag.has_attr("hidden") and tag.get("hidden") != "until-found"):
        return True
    if shown is None and tag.name == "dialog" and not tag.has_attr("open"):
        return True
    if said.get("visibility") in ("hidden", "collapse") or _is_zero(said.get("opacity")):
        return True
    cut = said.get("overflow", "").startswith(("hidden", "clip"))
    return cut and any(_is_zero(said.get(side)) for side in ("height", "max-height", "width", "max-width"))


def _is_away(said: Mapping[str, str]) -> bool:
    if said.get("transform", "").startswith(("scale(0)", "scale(0,")):
        return True
    return any(
        (_pixels(said.get(side, "")) or 0) <= _FAR for side in ("left", "top", "text-indent", "margin-left")
    ) or (said.get("position") in ("absolute", "fixed") and (_pixels(said.get("right", "")) or 0) <= _FAR)


def _is_zero(said: str | None) -> bool:
    return said is not None and _pixels(said) == 0


def _pixels(said: str) -> float | None:
    number = _NUMBER.match(said)
    if not said or number is None or number.group() in ("", "-", "."):
        return None
    unit = said[number.end() :].strip()
    return float(number.group()) * _SCALES.get(unit, 1.0)


def _read_colour(said: str) -> _Colour | None:
    """A colour as it is written, None for one that cannot be told (a picture, a variable, one that is see-through)."""
    word = said.strip()
    rgb = _RGB.match(word)
    if rgb:
        if rgb[4] is not None and float(rgb[4].strip(".") or 0) == 0:
            return None
        return (min(int(rgb[1]), 255), min(int(rgb[2]), 255), min(int(rgb[3]), 255))
    word = word.partition(" ")[0]
    if word in _NAMED:
        return _NAMED[word]
    hexed = _HEX.match(word)
    if hexed is None:
        return None
    digits = hexed[1]
    if len(digits) in (3, 4):
        digits = "".join(2 * digit for digit in digits)
    if len(digits) not in (6, 8):
        return None
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def _alike(one: _Colour, other: _Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def without_unseen(reading: Reading, body: bytes) -> Reading:
    """A page's reading without the text that it hides, if it has no scripts, takes no styles from elsewhere and strikes
    nothing out: there a part without a place on the screen is as if it were not written. Its blocks keep their
    places."""
    if reading.scripted or not any(block.hidden for block in reading.blocks) or _NOT_SURELY_UNSEEN.search(body):
        return reading
    blocks = tuple(replace(block, text="") if block.hidden else block for block in reading.blocks)
    return replace(reading, blocks=blocks)
