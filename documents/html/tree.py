"""Walks over a parsed page, in the order of the document.

BeautifulSoup's own searches make a filter for every call and match every node against it: a third of the time of
reading a page. Here the element's children are looked at directly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from bs4.element import PageElement, Tag

_NONE: tuple[Tag, ...] = ()


class PageTree:
    """The elements of a parsed page as it came from the parser, by their name."""

    def __init__(self, soup: Tag) -> None:
        self.root = soup
        self.elements = tags_in(soup)
        self._named: dict[str, list[Tag]] = {}
        for tag in self.elements:
            self._named.setdefault(tag.name, []).append(tag)

    @cached_property
    def by_id(self) -> Mapping[str, Tag]:
        """The first element with each id."""
        found: dict[str, Tag] = {}
        for tag in self.elements:
            if tag.has_attr("id"):
                found.setdefault(str(tag["id"]), tag)
        return found

    def tags_named(self, name: str) -> Collection[Tag]:
        """Return the elements with a name."""
        return self._named.get(name, _NONE)

    def first(self, name: str) -> Tag | None:
        """Return the first element with a name, None if there is none."""
        return next(iter(self.tags_named(name)), None)


def tags_in(tag: Tag) -> list[Tag]:
    """Return all elements within one."""
    return list(walk(tag))


def tags_named(tag: Tag, names: Collection[str]) -> list[Tag]:
    """Return the elements within one that have one of the names."""
    return [each for each in walk(tag) if each.name in names]


def has_named(tag: Tag, names: Collection[str]) -> bool:
    """Whether an element with one of the names is within one."""
    return any(each.name in names for each in walk(tag))


def children_named(tag: Tag, names: Collection[str]) -> list[Tag]:
    """Return the children of an element that have one of the names."""
    return [each for each in tag.contents if isinstance(each, Tag) and each.name in names]


def rows_of(table: Tag) -> list[Tag]:
    """Return the rows of a table, those of tables within it left out."""
    return [each for each in walk(table, closed=("table",)) if each.name == "tr"]


def walk(tag: Tag, closed: Collection[str] = ()) -> Iterator[Tag]:
    """Yield the elements within one; those within an element with a name of `closed` are left out."""
    waiting: list[PageElement] = tag.contents[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            yield node
            if node.contents and node.name not in closed:
                waiting += node.contents[::-1]
