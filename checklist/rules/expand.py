"""From the file's short form to whole items: `use:`, word lists, placeholders and what follows from confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from core.errors import nearest
from core.marked_yaml import Mark, Scalar, Tree, TreeReader

LOW = ("low", "low-medium")
CONFIDENCES = (*LOW, "medium", "medium-high", "high")
_PLACEHOLDER = re.compile(r"\{([^{}]{0,40})\}")


class Resolver:
    """Knows the shared parts of one file; faults go to the reader."""

    def __init__(self, reader: TreeReader, top: Tree) -> None:
        self.reader = reader
        self.lexicon: dict[str, Tree] = _entries(top, "lexicon")
        shared = top.entries.get("shared", _nothing(top.mark))
        self.shared_elements = _entries(shared, "elements")
        self.shared_items = _entries(shared, "items")
        self.used_words: set[str] = set()
        # A word list may hold another; one level is enough, and cannot run in circles.
        self.lexicon = {name: self._worded(words) for name, words in self.lexicon.items()}

    # ------------------------------------------------------------------ elements

    def element(self, tree: Tree) -> Tree:
        """One element with what it uses put in."""
        name = tree.entries.get("use")
        if name is None:
            return tree
        shared = self.shared_elements.get(name.text)
        if shared is None:
            self._unknown("shared element", name, self.shared_elements)
            return _over(_stand_in(tree.mark), _without(tree, "use"))
        if "use" in shared.entries:
            self.reader.fault(shared.key_mark("use"), "a shared element stands for itself; it uses no other")
            shared = _without(shared, "use")
        return _over(shared, _without(tree, "use"))

    def finished(self, tree: Tree, years: Mapping[str, str]) -> Tree:
        """An element or item ready to be read: words put in, placeholders filled, level from confidence."""
        confidence = tree.entries.get("confidence")
        if confidence is not None and confidence.text in LOW:
            defaults: dict[str, Scalar] = {"level": "advised", "verify": True}
            tree = _over(_scalars(confidence.mark, defaults), tree)
        return self._filled(self._worded(tree), years)

    # ------------------------------------------------------------------ items

    def item(self, tree: Tree) -> Tree:
        """One item with what it uses put in; its elements are whole, but not finished."""
        name = tree.entries.get("use")
        base = _nothing(tree.mark)
        unknown = False
        if name is not None:
            shared = self.shared_items.get(name.text)
            if shared is None:
                self._unknown("shared item", name, self.shared_items)
                unknown = True
            elif "use" in shared.entries:
                self.reader.fault(shared.key_mark("use"), "a shared item stands for itself; it uses no other")
            else:
                base = shared
        if unknown:
            # What it would have held is not known: no further fault follows from that.
            own = tree.entries.get("elements", _nothing(tree.mark)).entries or {"unknown": _nothing(tree.mark)}
            base = Tree(
                tree.mark,
                {
                    "title": Tree(tree.mark, "unknown"),
                    "elements": Tree(tree.mark, {key: _stand_in(tree.mark) for key in own}),
                },
            )
            tree = _without(tree, "without", "keep")
        elements = self._elements(base, tree)
        rest = ("use", "without", "keep", "confidence", "elements")
        whole = _over(_without(base, *rest), _without(tree, *rest))
        keys = {**whole.keys, "elements": tree.keys.get("elements", base.key_mark("elements"))}
        return Tree(whole.mark, {**whole.entries, "elements": elements}, keys)

    def _elements(self, base: Tree, tree: Tree) -> Tree:
        under = base.entries.get("elements", _nothing(tree.mark))
        own = tree.entries.get("elements", _nothing(tree.mark))
        found = {key: self.element(element) for key, element in under.entries.items()}
        if "keep" in tree.entries:
            found = self._kept(found, tree.entries["keep"])
        keys = {**under.keys, **own.keys}
        confidence = tree.entries.get("confidence")
        if confidence is not None:
            given = Tree(confidence.mark, {"confidence": confidence}, {"confidence": tree.key_mark("confidence")})
            found = {key: _over(element, given) for key, element in found.items()}
        for key, element in own.entries.items():
            whole = self.element(element)
            if "use" not in element.entries and key in found:
                whole = _over(found[key], element)
            elif confidence is not None and "confidence" not in whole.entries:
                whole = _over(whole, given)
            found[key] = whole
        for name in _names(tree.entries.get("without")):
            if name.text in found:
                del found[name.text]
            else:
                self._unknown("element", name, found)
        return Tree(own.mark if own.entries else under.mark, found, keys)

    def _kept(self, found: dict[str, Tree], wanted: Tree) -> dict[str, Tree]:
        for name in _names(wanted):
            if name.text not in found:
                self._unknown("element", name, found)
        names = {name.text for name in _names(wanted)}
        return {key: element for key, element in found.items() if key in names}

    # ------------------------------------------------------------------ words and years

    def _worded(self, tree: Tree) -> Tree:
        """`$name` in a list of phrases stands for the lexicon's list of that name."""
        if isinstance(tree.value, dict):
            return replace(tree, value={key: self._worded(below) for key, below in tree.value.items()})
        if not isinstance(tree.value, list):
            return tree
        found: list[Tree] = []
        for entry in tree.value:
            if not entry.text.startswith("$"):
                found.append(self._worded(entry))
                continue
            words = self.lexicon.get(entry.text[1:])
            if words is None:
                known = [f"${name}" for name in self.lexicon]
                self.reader.fault(entry.mark, f"unknown word list {entry.text!r}{nearest(entry.text, known)}")
                continue
            self.used_words.add(entry.text[1:])
            found.extend(Tree(entry.mark, word.value) for word in _names(words))
        return replace(tree, value=found)

    def _filled(self, tree: Tree, years: Mapping[str, str]) -> Tree:
        if isinstance(tree.value, dict):
            return replace(tree, value={key: self._filled(below, years) for key, below in tree.value.items()})
        if isinstance(tree.value, list):
            return replace(tree, value=[self._filled(below, years) for below in tree.value])
        if not isinstance(tree.value, str) or "{" not in tree.value:
            return tree

        def fill(match: re.Match[str]) -> str:
            if match[1] not in years:
                known = [f"{{{name}}}" for name in years]
                message = f"unknown placeholder {match[0]!r}{nearest(match[0], known)} (known: {', '.join(known)})"
                self.reader.fault(tree.mark, message)
            return years.get(match[1], match[0])

        return replace(tree, value=_PLACEHOLDER.sub(fill, tree.value))

    def _unknown(self, what: str, name: Tree, known: Mapping[str, Tree]) -> None:
        shown = name.text or str(name.plain())[:40]
        self.reader.fault(name.mark, f"unknown {what} {shown!r}{nearest(shown, tuple(known))}")


def years_of(edition: int) -> dict[str, str]:
    """The placeholders of an edition: fiscal years around it, also as two digits and in the Christian era."""
    years = {"earlier": edition - 2, "previous": edition - 1, "year": edition, "next": edition + 1}
    found = {name: str(year) for name, year in years.items()}
    found.update({f"{name}_short": f"{year % 100:02d}" for name, year in years.items()})
    found.update({f"{name}_ce": str(year - 543) for name, year in years.items()})
    return found


def _nothing(mark: Mark) -> Tree:
    return Tree(mark, {})


def _stand_in(mark: Mark) -> Tree:
    """An element in place of one that is not known."""
    return Tree(mark, {"text": Tree(mark, "unknown"), "match": Tree(mark, {"evidence": Tree(mark, {})})})


def _scalars(mark: Mark, values: Mapping[str, Scalar]) -> Tree:
    return Tree(mark, {key: Tree(mark, value) for key, value in values.items()}, dict.fromkeys(values, mark))


def _entries(tree: Tree, key: str) -> dict[str, Tree]:
    found = tree.entries.get(key)
    return found.entries if found is not None else {}


def _names(tree: Tree | None) -> list[Tree]:
    return tree.value if tree is not None and isinstance(tree.value, list) else []


def _without(tree: Tree, *names: str) -> Tree:
    if not isinstance(tree.value, dict):
        return tree
    kept = {key: below for key, below in tree.value.items() if key not in names}
    return Tree(tree.mark, kept, {key: mark for key, mark in tree.keys.items() if key in kept})


def _over(base: Tree, upper: Tree) -> Tree:
    """The keys of both; those of `upper` win."""
    if not isinstance(upper.value, dict) or not isinstance(base.value, dict):
        return upper
    return Tree(upper.mark, {**base.value, **upper.value}, {**base.keys, **upper.keys})
