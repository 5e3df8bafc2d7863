"""Panes of a page (tabs, pills, modals, folds, sections): which label opens which, and which blocks stand in them.

A label names its pane by id: `href="#x"`, `data-target`, `aria-controls`, an argument of its onclick, or the pane
names its label (`aria-labelledby`); or both go by their place. Nothing here knows a script library: whatever names an
id of the page is a label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from urllib.parse import unquote

from bs4.element import Tag

from core.models.snapshot import Block, Zone
from documents.html.placed_panes import placed_panes
from documents.html.tree import PageTree

_NO_POINTERS = frozenset(
    ["id", "class", "name", "style", "for", "headers", "form", "list", "aria-labelledby", "aria-describedby", "title"]
)
_NO_PANES = frozenset(
    ["input", "select", "option", "textarea", "button", "img", "svg", "script", "style", "html", "body", "form"]
)
_POINTS = frozenset({"a", "span", "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that mark a place: what follows is theirs up to the next such place."""
_PANE_CLASS = re.compile(r"(?:^|[\s_-])(?:pane|panel|tab|tabs|tabcontent|collapse|modal|accordion)(?:$|[\s_-])", re.I)
_SECTIONS = frozenset({"section", "article", "details", "dialog"})
_ARGUMENT = re.compile(r"""['"]#?([\w.:-]{1,80})['"]""")
_TARGETS = ("data-target", "data-bs-target", "href")
_NAMES_PANE = frozenset({"aria-controls", "aria-owns", "popovertarget", "commandfor"})
_IDS_PER_VALUE = 6
_NEAREST = 4
"""Panes kept per block: nesting deeper than that says nothing more."""
_LONGEST_ID = 80
_PLACED = "oit-pane-"
"""Begins the id that a pane without one gets."""


@dataclass(slots=True)
class Panes:
    """The panes of one page; filled while the page is walked."""

    ids: frozenset[str] = frozenset()
    labels: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Ids that an element points to, by the element's identity."""
    pointed: frozenset[str] = frozenset()
    """Ids that something on the page points to."""
    classes: frozenset[str] = frozenset()
    """Classes (`.x`) that something opens as a whole."""
    _spans: list[tuple[int, int, str]] = field(default_factory=list)
    _points: list[tuple[int, Zone, str]] = field(default_factory=list)
    _marks: dict[int, list[str]] = field(default_factory=dict)
    """Ids that nothing on the page points to, by the first block of their elements: other pages may."""

    def targets_of(self, tag: Tag) -> tuple[str, ...]:
        """Return the ids of the panes that an element opens."""
        return self.labels.get(id(tag), ()) if self.labels else ()

    def close(self, tag: Tag, start: int, end: int, zone: Zone) -> None:
        """Note that an element which was walked gave the blocks from `start` to `end`."""
        if not (name := pane_id(tag)):
            return
        if name not in self.ids:
            if zone is Zone.CONTENT:
                self._marks.setdefault(start, []).append(name)
            return
        if tag.name in _POINTS or start == end:
            self._points.append((start, zone, name))
        else:
            self._spans.append((start, end, name))

    def anchor_blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return the blocks with the ids of their panes, and of the places that begin with them."""
        spans = [*self._spans, *self._sections(blocks)]
        if not spans and not self._marks:
            return tuple(blocks)
        # Outer spans begin first; of two with the same beginning the longer is the outer one.
        waiting = sorted(spans, key=lambda span: (span[0], -span[1]), reverse=True)
        around: list[tuple[int, str]] = []
        found = []
        for at, block in enumerate(blocks):
            while waiting and waiting[-1][0] <= at:
                _, end, name = waiting.pop()
                around.append((end, name))
            while around and around[-1][0] <= at:
                around.pop()
            names = dict.fromkeys(name for end, name in reversed(around[-2 * _NEAREST :]) if end > at)
            own = [*list(names)[:_NEAREST], *self._marks.get(at, ())[:_NEAREST]]
            found.append(replace(block, anchor=" ".join(own)) if own else block)
        return tuple(found)

    def _sections(self, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
        """What follows a marked place in its zone is its own up to the next one."""
        at_start: dict[int, list[tuple[Zone, str]]] = {}
        for start, zone, name in self._points:
            at_start.setdefault(start, []).append((zone, name))
        starts = sorted(at_start)
        for start, end in pairwise([*starts, len(blocks)]):
            for zone, name in at_start[start][-_NEAREST:]:
                last = start
                while last < end and blocks[last].zone is zone:
                    last += 1
                yield start, last, name


def find_panes(tree: PageTree, own: Callable[[str], bool]) -> Panes:
    """Find the panes of a page and the labels that open them; `own` tells whether a reference is to the page."""
    named: dict[str, Tag] = {}
    pointing: list[Tag] = []
    labelled: list[tuple[Tag, str]] = []
    for tag in tree.elements:
        attributes = tag.attrs
        if not attributes:
            continue
        if (name := pane_id(tag)) and tag.name not in _NO_PANES:
            named.setdefault(name, tag)
        if "aria-labelledby" in attributes:
            labelled.append((tag, str(attributes["aria-labelledby"])))
        if any(key not in _NO_POINTERS for key in attributes):
            pointing.append(tag)
    labels: dict[int, tuple[str, ...]] = {}
    for tag in pointing if named else ():
        found = [name for name in dict.fromkeys(_pointers(tag, own)) if name in named and not _within(tag, named[name])]
        if found:
            labels[id(tag)] = tuple(found[:_IDS_PER_VALUE])
    _add_labelled(tree, labelled, labels)
    _add_placed(tree, named, labels)
    pointed = {name for names in labels.values() for name in names}
    every = frozenset(pointed | {name for name, tag in named.items() if is_pane(tag)})
    classes = {str(tag.get(name) or "")[:_LONGEST_ID] for tag in pointing for name in _TARGETS if tag.has_attr(name)}
    return Panes(every, labels, frozenset(pointed), frozenset(name for name in classes if name.startswith(".")))


def pane_id(tag: Tag) -> str:
    """Return the id under which an element can be pointed to; empty if it has none."""
    name = str(tag.get("id") or (tag.get("name") if tag.name == "a" else "") or "").strip()
    return name if len(name) <= _LONGEST_ID and " " not in name else ""


def _pointers(tag: Tag, own: Callable[[str], bool]) -> Iterator[str]:
    """The ids that an element's attributes may name; whether there are such is for the caller to see."""
    for key, value in tag.attrs.items():
        if key in _NO_POINTERS or not isinstance(value, str):
            continue
        if key.startswith("on"):
            yield from _ARGUMENT.findall(value[:1000])[:_IDS_PER_VALUE]
        elif value.startswith("#"):
            yield unquote(value[1 : _LONGEST_ID * 3 + 1])
        elif key == "href":
            if "'" in value and value[:11].lower() == "javascript:":
                yield from _ARGUMENT.findall(unquote(value[:1000]))[:_IDS_PER_VALUE]
            elif "#" in value and own(value):
                yield unquote(value.partition("#")[2][: _LONGEST_ID * 3])
        elif key in _NAMES_PANE:
            yield from value[:500].split()[:_IDS_PER_VALUE]
        elif key.startswith("data-") and len(value) <= _LONGEST_ID:
            yield value


def _add_labelled(tree: PageTree, labelled: list[tuple[Tag, str]], labels: dict[int, tuple[str, ...]]) -> None:
    """A pane may name its label instead of being named by it."""
    wanted = {name: pane_id(pane) for pane, names in labelled for name in names.split()[:1] if pane_id(pane)}
    for tag in tree.elements if wanted else ():
        name = wanted.get(str(tag.get("id") or ""))
        if name is not None and id(tag) not in labels and name != tag.get("id"):
            labels[id(tag)] = (name,)


def _add_placed(tree: PageTree, named: dict[str, Tag], labels: dict[int, tuple[str, ...]]) -> None:
    """Labels that name no pane open the one in their place."""
    for number, (label, box) in enumerate(placed_panes(tree)):
        if id(label) in labels:
            continue
        name = pane_id(box)
        if not name:
            name = box["id"] = f"{_PLACED}{number}"
        named.setdefault(name, box)
        labels[id(label)] = (name,)


def is_pane(tag: Tag) -> bool:
    """Whether an element is a pane by what it is, whatever points to it."""
    if tag.name in _SECTIONS or tag.get("role") == "tabpanel":
        return True
    return bool(_PANE_CLASS.search(" ".join(tag.get("class") or [])))


def _within(tag: Tag, pane: Tag) -> bool:
    """Whether a label stands in what it points to: "back to the top" opens nothing."""
    return pane is tag or any(above is pane for above in tag.parents)
