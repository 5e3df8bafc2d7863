"""Whether something on a page opens what it hides: a label that points to it, a heading above it that a script opens
it with, a tab at its place in a row of tabs, or a state in a style sheet.

What is opened so is no hidden text: a citizen gets to see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bs4.element import Tag

from documents.html.forms import OPENED
from documents.html.panes import Panes, pane_id
from documents.html.stylesheet import StyleSheet, shows
from documents.html.tree import PageTree

_SCRIPTS = 100_000
"""Characters of inline scripts that are looked through."""
_OPENS = re.compile(
    r"toggle|\.show\b|slide|fade|expand|\.style\b|classList|removeClass|addClass|\.hidden\b|removeAttribute|setAttribute"
    r"|\.css\(|showModal|next|maxHeight",
    re.I,
)
_CLICK = re.compile(r"click|onchange|change['\"(]|addEventListener|accordion\(|tabs\(|collapse\(|modal\(", re.I)
_NEAR = 300
"""Characters of a script around a name within which it is shown."""
_LITERAL = re.compile(r"['\"`]([^'\"`\n]{1,120})['\"`]")
_PIECE = re.compile(r"[.#]?[\w\u0e00-\u0e7f-]{1,80}")
_CLICKABLE = re.compile(
    r"(?:^|[\s_-])(?:accordion|acc|toggle|toggler|collapsible|collapse|faq|tab|tabs|expand|expander|question|trigger|opener"
    r"|clickable|dropdown)(?:$|[\s_-])",
    re.I,
)
_LABELS = frozenset(
    {"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "label", "legend", "div", "li", "p", "span"}
)
_HEADS = frozenset({"button", "h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_LABEL_LENGTH = 300
_MOST_TABS = 40
_SIBLINGS = 60


@dataclass(slots=True)
class Openers:
    """What opens the hidden parts of one page."""

    panes: Panes
    sheet: StyleSheet
    scripted: bool = False
    """Whether the page has scripts at all."""
    named: frozenset[str] = frozenset()
    """Elements, classes (`.x`) and ids (`#x`, `x`) that inline scripts name where they show or hide something."""

    @classmethod
    def of(cls, tree: PageTree, panes: Panes, sheet: StyleSheet) -> Openers:
        """Read what a page's scripts, style sheets and labels say."""
        every = tree.tags_named("script")
        text = "\n".join(tag.get_text() for tag in every if not tag.get("src"))[:_SCRIPTS]
        named = frozenset(_shown_names(text)) if _CLICK.search(text) else frozenset()
        return cls(panes, sheet, bool(every), named)

    def open(self, tag: Tag) -> bool:
        """Whether a reader can get to see an element that is not shown at first."""
        if tag.name in ("details", "summary") or pane_id(tag) in self.panes.pointed:
            return True
        if any(f".{name}" in self.panes.classes for name in tag.get("class") or ()):
            return True
        if any(shows(said) for said in self.sheet.in_states(tag)):
            return True
        return self.scripted and (
            self.sheet.shows_with_class(tag)
            or any(name in self.named for name in _selectors(tag))
            or self._has_head(tag)
            or _has_tab(tag)
        )

    def _has_head(self, tag: Tag) -> bool:
        """Whether the element before one is its opener: it asks for a click, or a script opens what follows it, and
        the same structure stands beside it."""
        head = _before(tag)
        if head is None or len(head.get_text(strip=True)) not in range(1, _LABEL_LENGTH):
            return False
        if self.panes.targets_of(head) or head.has_attr(OPENED) or head.has_attr("aria-expanded"):
            return True
        if head.has_attr("onclick") or any(
            t.has_attr("onclick") for t in head.find_all(["a", "button", "span"], limit=4)
        ):
            return True
        if any(name in self.named for name in _selectors(head)) or (head.name in _HEADS and head.name in self.named):
            return True
        return self._asks_for_click(head) and _is_repeated(tag, head)

    def _asks_for_click(self, head: Tag) -> bool:
        inner = [head, *head.find_all(["a", "button"], limit=4)]
        return any(
            each.name == "button"
            or each.get("role") == "button"
            or each.has_attr("tabindex")
            or (each.name == "a" and str(each.get("href") or "#").startswith(("#", "javascript:")))
            or self.sheet.declarations_of(each).get("cursor") == "pointer"
            or _CLICKABLE.search(" ".join(each.get("class") or ())) is not None
            for each in inner
        )


def _shown_names(scripts: str) -> Iterator[str]:
    """What stands in the literals of scripts near to words for showing and hiding."""
    for literal in _LITERAL.finditer(scripts):
        if _OPENS.search(scripts, max(0, literal.start() - _NEAR), literal.end() + _NEAR):
            yield from _PIECE.findall(literal[1])


def _selectors(tag: Tag) -> Iterator[str]:
    if tag.get("id"):
        yield f"#{tag['id']}"
        yield str(tag["id"])
    for name in (tag.get("class") or ())[:6]:
        yield f".{name}"
        yield name


def _before(tag: Tag) -> Tag | None:
    for sibling in islice(tag.previous_siblings, 6):
        if isinstance(sibling, Tag):
            return sibling if sibling.name in _LABELS else None
        if str(sibling).strip():
            return None
    return None


def _is_repeated(tag: Tag, head: Tag) -> bool:
    """Whether two pairs of such a heading and what it opens stand beside each other, in one box or in a box each."""
    parent = tag.parent
    if parent is None:
        return False

    def pairs(box: Tag) -> int:
        found = 0
        for each in box.find_all(tag.name, recursive=False, limit=_SIBLINGS):
            above = _before(each)
            found += above is not None and above.name == head.name and above.get("class") == head.get("class")
        return found

    if pairs(parent) >= 2:
        return True
    boxes = parent.parent.find_all(parent.name, recursive=False, limit=_SIBLINGS) if parent.parent is not None else []
    return sum(pairs(box) > 0 for box in boxes) >= 2


def _has_tab(tag: Tag) -> bool:
    """Whether an element is one of as many siblings as a list before them has labels: tabs go by their place."""
    parent = tag.parent
    if parent is None:
        return False
    panels = parent.find_all(tag.name, recursive=False, limit=_MOST_TABS + 1)
    alike = [each for each in panels if set(each.get("class") or ()) & set(tag.get("class") or ())] or panels
    if not 2 <= len(alike) <= _MOST_TABS:
        return False
    before = [each for each in islice(alike[0].previous_siblings, 6) if isinstance(each, Tag)]
    before += [each for each in islice(parent.previous_siblings, 6) if isinstance(each, Tag)]
    return any(_labels(each) == len(alike) for each in before)


def _labels(row: Tag) -> int:
    """Short labels that ask for a click in a list or a row of buttons; 0 if there is anything else in it."""
    items = row.find_all(["li", "a", "button"], recursive=False, limit=_MOST_TABS + 1)
    own = len(row.get_text(strip=True))
    said = sum(len(item.get_text(strip=True)) for item in items)
    if not items or own != said or said > len(items) * 80:
        return 0
    leads = any(str(a.get("href") or "#")[:1] not in ("#", "j") for a in row.find_all("a", limit=_MOST_TABS))
    return 0 if leads else len(items)
