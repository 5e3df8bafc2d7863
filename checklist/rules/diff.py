"""What changed from one edition to another. Titles, other wordings and elements tell which item is which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.rules.model import Edition, Element, Item
from core.thai.normalize import make_key, similarity

_SAME_TITLE = 0.62
"""Likeness of titles (edit distance on Thai clusters) from which two items may be one."""
_SAME = 0.6
_TITLE_SHARE = 0.75
_SAME_ELEMENT = 0.8


@dataclass(frozen=True, slots=True)
class ElementChange:
    """An element that came (`before` is None), went (`after` is None), or counts or reads differently."""

    before: Element | None
    after: Element | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item in both editions. `settings` are (name, before, after) of what else differs: title, year, span,
    sub_indicator, due without its year, exempt."""

    before: Item
    after: Item
    settings: tuple[tuple[str, str, str], ...]
    elements: tuple[ElementChange, ...]

    @property
    def moved(self) -> bool:
        """Whether it has another number."""
        return self.before.id != self.after.id

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.moved or self.settings or self.elements)


@dataclass(frozen=True, slots=True)
class Difference:
    """Items of the earlier edition only, of the later only, and those of both; `merged` are those that went
    into one which another item already became."""

    gone: tuple[Item, ...]
    came: tuple[Item, ...]
    both: tuple[ItemChange, ...]
    merged: tuple[tuple[Item, Item], ...] = ()


def difference(before: Edition, after: Edition) -> Difference:
    """What changed between two editions; items are in the order of the later one."""
    pairs = _pairs(before, after)
    taken = set(pairs.values())
    both = (_change(before.item(pairs[item.id]), item) for item in after.items if item.id in pairs)
    left = [item for item in before.items if item.id not in taken]
    merged = tuple((old, new) for old in left for new in [_within(old, after)] if new is not None)
    return Difference(
        tuple(item for item in left if all(item is not old for old, _ in merged)),
        tuple(item for item in after.items if item.id not in pairs),
        tuple(both),
        merged,
    )


def _pairs(before: Edition, after: Edition) -> dict[str, str]:
    """Id in the later edition -> id in the earlier: the likest first, each item once."""
    rated = sorted(
        ((_likeness(old, new), old.id == new.id, old.id, new.id) for old in before.items for new in after.items),
        reverse=True,
    )
    pairs: dict[str, str] = {}
    for likeness, _, old, new in rated:
        if likeness >= _SAME and new not in pairs and old not in pairs.values():
            pairs[new] = old
    return pairs


def _within(old: Item, after: Edition) -> Item | None:
    """The item whose title, or another wording of it, holds the whole title of `old`."""
    title = _key(old.title)
    for item in after.items:
        if any(title in _key(wording) for wording in (item.title, *item.aliases)):
            return item
    return None


def _likeness(old: Item, new: Item) -> float:
    title = similarity(_text(old.title), _text(new.title))
    if title < 1:
        # Another wording of one that the other is called by: less than its own title, more than a likeness.
        known = max(_best(old.title, new.aliases), _best(new.title, old.aliases))
        common = {_key(w) for w in old.aliases} & {_key(w) for w in new.aliases}
        title = max(title, 0.95 * known, 0.85 if common else 0.0)
    if title < _SAME_TITLE:
        return 0.0
    texts_old, texts_new = {_text(e.text) for e in old.elements}, {_text(e.text) for e in new.elements}
    shared = len(texts_old & texts_new) / max(1, min(len(texts_old), len(texts_new)))
    return _TITLE_SHARE * title + (1 - _TITLE_SHARE) * shared


def _best(title: str, wordings: tuple[str, ...]) -> float:
    return max((similarity(_text(title), _text(wording)) for wording in wordings), default=0.0)


def _key(wording: str) -> str:
    return make_key(_text(wording)).text


def _change(old: Item, new: Item) -> ItemChange:
    settings = tuple(
        (name, first, second) for name, first, second in _settings(old, new) if _text(first) != _text(second)
    )
    return ItemChange(old, new, settings, tuple(_elements(old, new)))


def _settings(old: Item, new: Item) -> Iterator[tuple[str, str, str]]:
    yield "title", old.title, new.title
    yield "sub_indicator", old.sub_indicator, new.sub_indicator
    yield "year", old.year, new.year
    yield "span", old.span, new.span
    yield "due", (old.due or "")[5:], (new.due or "")[5:]
    yield "exempt", ", ".join(old.exempt), ", ".join(new.exempt)


def _elements(old: Item, new: Item) -> Iterator[ElementChange]:
    rated = sorted(
        (
            (similarity(_text(first.text), _text(second.text)), first.id == second.id, at, to)
            for at, first in enumerate(old.elements)
            for to, second in enumerate(new.elements)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for likeness, same_id, at, to in rated:
        if (likeness >= _SAME_ELEMENT or same_id) and to not in pairs and at not in pairs.values():
            pairs[to] = at
    for at, element in enumerate(old.elements):
        if at not in pairs.values():
            yield ElementChange(element, None)
    for to, element in enumerate(new.elements):
        before = old.elements[pairs[to]] if to in pairs else None
        if before is None or before.level is not element.level or _text(before.text) != _text(element.text):
            yield ElementChange(before, element)


def _text(text: str) -> str:
    """A text without the years and item numbers that differ in every edition."""
    return "".join("#" if c.isdigit() else c for c in text)
