"""How each fact of an edition is founded: `founded:` of rules.yaml, spread over items and elements.

The table stands apart from the items, so that a person sees at a glance what is only remembered:

    founded:
      copy: [O1-O9, O12.problems]      # items, ranges of items, single elements
      memory: [O12]                    # the rest of O12
      titles: {copies: [O39-O41], copy: [O1-O38]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from checklist.rules.model import BASES, Item
from core.errors import nearest
from core.marked_yaml import Tree, TreeReader

_RANGE = re.compile(r"([A-Z]+)([1-9][0-9]?)\s*-\s*([A-Z]+)([1-9][0-9]?)")
_KEYS = (*BASES, "titles")
_Key = TypeVar("_Key", str, tuple[str, str])


@dataclass(slots=True)
class Founding:
    """Basis of an element by (item, element id), of a whole item's elements by item, of titles by item."""

    elements: dict[tuple[str, str], str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def apply(self, item: Item) -> Item:
        """The item with the basis of its title and elements."""
        elements = tuple(
            element.model_copy(
                update={"basis": self.elements.get((item.id, element.id)) or self.items.get(item.id, element.basis)}
            )
            for element in item.elements
        )
        return item.model_copy(update={"elements": elements, "title_basis": self.titles.get(item.id, item.title_basis)})


def read_founding(
    reader: TreeReader, tree: Tree | None, elements: Mapping[str, Sequence[str]], *, whole: bool = True
) -> Founding:
    """Read `founded:` of an edition that has these element ids by item; faults go to the reader.

    Without `whole` some items could not be read, and a name that is not among them is no fault."""
    found = Founding()
    for basis, listed in _lists(reader, tree, _KEYS):
        if basis == "titles":
            for name, titles in _lists(reader, listed, BASES):
                for entry, item, element in _references(reader, titles, elements, whole=whole):
                    if element:
                        reader.fault(entry.mark, f"a title is an item's, not an element's: {entry.text!r}")
                    _note(reader, entry, found.titles, item, name)
            continue
        for entry, item, element in _references(reader, listed, elements, whole=whole):
            if element:
                _note(reader, entry, found.elements, (item, element), basis)
            else:
                _note(reader, entry, found.items, item, basis)
    return found


def _note(reader: TreeReader, entry: Tree, into: dict[_Key, str], key: _Key, basis: str) -> None:
    if into.setdefault(key, basis) != basis:
        reader.fault(entry.mark, f"{entry.text!r} stands under {into[key]!r} already")


def _lists(reader: TreeReader, tree: Tree | None, known: Sequence[str]) -> Iterator[tuple[str, Tree]]:
    if tree is None:
        return
    if not isinstance(tree.value, dict):
        reader.fault(tree.mark, f"`founded` must be a mapping of {', '.join(known)}")
        return
    for key, below in tree.entries.items():
        if key not in known:
            message = f"unknown key {key!r}{nearest(key, known)} (known: {', '.join(known)})"
            reader.fault(tree.key_mark(key), message)
        elif key != "titles" and not isinstance(below.value, list):
            reader.fault(below.mark, f"a list of items such as [O1, O12.problems] is needed; got {below.plain()!r:.40}")
        else:
            yield key, below


def _references(
    reader: TreeReader, listed: Tree, elements: Mapping[str, Sequence[str]], *, whole: bool
) -> Iterator[tuple[Tree, str, str]]:
    """Each entry of a list with the items and elements that it names."""
    for entry in listed.value if isinstance(listed.value, list) else []:
        span = _RANGE.fullmatch(entry.text)
        if span is not None:
            names = [f"{span[1]}{number}" for number in range(int(span[2]), int(span[4]) + 1)]
            if span[1] != span[3] or not names:
                reader.fault(entry.mark, f"a range goes up, such as O1-O9; got {entry.text!r}")
            ends = [name for name in (f"{span[1]}{span[2]}", f"{span[3]}{span[4]}") if name not in elements]
            for name in ends[:1] if whole else ():
                reader.fault(entry.mark, f"no item {name!r} in this edition{nearest(name, tuple(elements))}")
            yield from ((entry, name, "") for name in names if name in elements)
            continue
        item, _, element = entry.text.partition(".")
        if item not in elements:
            shown = entry.text or str(entry.plain())[:40]
            if whole:
                reader.fault(entry.mark, f"no item {shown!r} in this edition{nearest(item, tuple(elements))}")
        elif element and element not in elements[item]:
            if whole:
                reader.fault(entry.mark, f"{item} has no element {element!r}{nearest(element, elements[item])}")
        else:
            yield entry, item, element
