"""Panes that no name ties to their labels: the first label of a row opens the first of as many boxes below it.

Many tabs go by their place (`$('.pane').eq($(this).index())`). That is seen in the markup: a row of labels that ask for
a click and lead nowhere, or are called tabs, and right behind it as many boxes of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bs4.element import Comment, NavigableString, Tag

from documents.html.tree import PageTree, walk

_MOST = 60
_LABEL_LENGTH = 300
_NO_BOXES = frozenset({"a", "button", "span", "td", "tr", "th", "option", "input", "label", "img", "tbody", "thead"})
_DISCLOSED = frozenset({"div", "section", "article", "table", "dd", "p"})
_NOTHING = frozenset({"br", "hr", "script", "style", "link", "template"})
_UNWRAPPED = 3
_CALLED_TABS = re.compile(r"(?:^|[\s_-])(?:tab|tabs|accordion)(?:$|[\s_-])", re.I)
"""What a script elsewhere makes tabs of (`resp-tabs-list`): it sets the clicks when the page is there. Without any
script nothing opens."""


def placed_panes(tree: PageTree) -> Iterator[tuple[Tag, Tag]]:
    """Yield labels and the boxes that they open by their place."""
    yield from _disclosed(tree)
    scripted = any(True for _ in tree.tags_named("script"))
    for parent in tree.elements:
        rows = _rows(parent)
        if len(rows) > 1:
            for row, below in pairwise(rows):
                tabs = scripted and len(row) == 1 and row[0].name in ("ul", "ol", "div") and _is_called_tabs(row[0])
                boxes = _boxes(below)
                yield from _paired(_labels(row), boxes, tabs=tabs) or _paired(_labels(row), tuple(below), tabs=tabs)


def _disclosed(tree: PageTree) -> Iterator[tuple[Tag, Tag]]:
    """Labels that say that they open something (`aria-expanded`) and not what: the box right behind them. What a menu
    opens are lists."""
    for label in tree.elements:
        if (
            label.get("aria-expanded") != "false"
            or label.has_attr("aria-haspopup")
            or _asks(label, called=True) is None
        ):
            continue
        behind = _behind(label)
        if behind is not None and behind.name in _DISCLOSED and not any(above.name == "nav" for above in label.parents):
            yield label, behind


def _behind(label: Tag) -> Tag | None:
    """The element right behind a label, or behind the one that holds nothing else."""
    for _ in range(_UNWRAPPED):
        for node in label.next_siblings:
            if isinstance(node, Tag) and node.name not in _NOTHING:
                return node
            if type(node) is NavigableString and node.strip():
                return None
        if label.parent is None or any(isinstance(node, Tag) for node in label.previous_siblings):
            return None
        label = label.parent
    return None


def _is_called_tabs(row: Tag) -> bool:
    return _CALLED_TABS.search(" ".join(row.get("class") or [])) is not None


def _paired(labels: Sequence[Tag], boxes: Sequence[Tag], *, tabs: bool) -> tuple[tuple[Tag, Tag], ...]:
    if not 2 <= len(labels) <= _MOST or len(labels) != len(boxes):
        return ()
    found = [tag for label in labels if (tag := _asks(label, called=tabs)) is not None]
    if len(found) < len(labels) or any(box.name in _NO_BOXES or _asks(box) is not None for box in boxes):
        return ()
    return tuple(zip(found, boxes, strict=True))


def _rows(parent: Tag) -> list[list[Tag]]:
    """The children of an element as runs of elements of one kind; text between them ends a run."""
    rows: list[list[Tag]] = []
    kind: tuple[str, str] | None = None
    for child in parent.children:
        if isinstance(child, Tag):
            if child.name in _NOTHING:
                continue
            own = (child.name, str((child.get("class") or [""])[0]))
            if own == kind:
                rows[-1].append(child)
            else:
                rows.append([child])
            kind = own
        elif type(child) is NavigableString and not isinstance(child, Comment) and child.strip():
            kind = None
    return rows


def _labels(row: list[Tag]) -> Sequence[Tag]:
    """A row of labels: the elements themselves, or those within the one element there is."""
    return _within(row[0]) if len(row) == 1 else row


def _boxes(row: list[Tag]) -> Sequence[Tag]:
    return _within(row[0]) if len(row) == 1 else ()


def _within(box: Tag) -> Sequence[Tag]:
    """The children of an element, if all are of one kind; wrappers around them are left out."""
    for _ in range(_UNWRAPPED):
        rows = _rows(box)
        if len(rows) != 1:
            return ()
        if len(rows[0]) > 1:
            return rows[0]
        (box,) = rows[0]
    return ()


def _asks(label: Tag, *, called: bool = False) -> Tag | None:
    """What of a label asks for a click, if it is a short text that leads nowhere; the label itself where its row is
    `called` one of tabs."""
    if not 0 < _letters(label) <= _LABEL_LENGTH:
        return None
    inner = [label, *(tag for tag, _ in zip(walk(label), range(8), strict=False))]
    if any(_leads(tag) for tag in inner):
        return None
    for tag in inner:
        clicked = tag.name in ("a", "button") or tag.get("role") in ("tab", "button")
        if (
            clicked
            or tag.has_attr("onclick")
            or tag.has_attr("tabindex")
            or any(k.startswith("data-") for k in tag.attrs)
        ):
            return tag
    return label if called else None


def _letters(tag: Tag) -> int:
    """How long a text is, counted up to where it is no label."""
    said = 0
    for text in tag.strings:
        said += len(text.strip())
        if said > _LABEL_LENGTH:
            break
    return said


def _leads(tag: Tag) -> bool:
    if tag.name in ("img", "input", "select", "textarea", "table"):
        return tag.name != "img"
    href = str(tag.get("href") or "").strip().lower() if tag.name == "a" else ""
    return bool(href) and not href.startswith(("#", "javascript:"))
