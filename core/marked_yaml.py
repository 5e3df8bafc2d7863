"""A YAML text as a tree in which every value and key knows its place.

Values are read more strictly than YAML 1.1 does: what a reader would take for text must not silently
become a truth value, an octal number or a moment in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from core.errors import InputFault

MAX_LENGTH = 4 << 20
"""Characters of a rules file; five editions whole take about 0.3 million."""
MAX_DEPTH = 40
"""The deepest sensible place, a matcher within two others of an element of an item, has some 15 levels."""
MAX_FAULTS = 200
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, which refuses half a character (\\ud800) that no file can hold; the one in Python takes it for text."""
_PREFIX = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,15}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file, counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Tree:
    """A value with its place: a scalar, a list of trees or a mapping of trees (`keys` has its keys' places)."""

    mark: Mark
    value: Scalar | list[Tree] | dict[str, Tree]
    keys: dict[str, Mark] = field(default_factory=dict)

    @property
    def entries(self) -> dict[str, Tree]:
        """The mapping, empty if this is none."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def text(self) -> str:
        """The text, empty if this is none."""
        return self.value if isinstance(self.value, str) else ""

    def key_mark(self, key: str) -> Mark:
        """The place of a key; of the whole mapping if it has no such key."""
        return self.keys.get(key, self.mark)

    def plain(self) -> object:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: tree.plain() for key, tree in self.value.items()}
        if isinstance(self.value, list):
            return [tree.plain() for tree in self.value]
        return self.value

    def at(self, path: tuple[int | str, ...]) -> Tree:
        """The tree at a path, or the deepest one on the way that exists."""
        tree: Tree = self
        for step in path:
            if isinstance(tree.value, dict) and step in tree.value:
                tree = tree.value[str(step)]
            elif isinstance(tree.value, list) and isinstance(step, int) and step < len(tree.value):
                tree = tree.value[step]
            else:
                break
        return tree

    def walk(self) -> Iterator[Tree]:
        """This tree and all below it."""
        yield self
        if isinstance(self.value, dict):
            for tree in self.value.values():
                yield from tree.walk()
        elif isinstance(self.value, list):
            for tree in self.value:
                yield from tree.walk()


class TreeReader:
    """Reads one text; gathers faults with their places instead of stopping at the first."""

    def __init__(
        self, name: str, wanted: str = "a rules file is a mapping that begins with `schema: oit-rules/1`"
    ) -> None:
        self.name = name
        self._wanted = wanted
        self.faults: list[InputFault] = []
        self.unreadable: set[Mark] = set()
        """Values that were told already: what else is wrong with them only follows from that."""

    def fault(self, mark: Mark, message: str) -> None:
        """Note one fault. After too many the rest are not noted: they repeat."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(InputFault(self.name, mark.line, mark.column, message))

    def read(self, text: str) -> Tree | None:
        """The text as a tree; None if it is no YAML mapping or is made to harm."""
        start = Mark(1, 1)
        if len(text) > MAX_LENGTH:
            self.fault(start, f"too large: {len(text)} characters, at most {MAX_LENGTH} are read")
            return None
        try:
            if not self._harmless(text):
                return None
            node = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Mark(mark.line + 1, mark.column + 1) if mark else start
            self.fault(*_not_yaml(text, place, str(error.problem or error.context)))
            return None
        except yaml.YAMLError as error:
            position = getattr(error, "position", None)
            self.fault(_place_of(text, position), f"not YAML: {getattr(error, 'reason', 'unreadable')}")
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault(start, self._wanted)
            return None
        return self._tree(node)

    def _harmless(self, text: str) -> bool:
        """Nesting and repetition are looked at before anything is built from them."""
        depth = 0
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                self.fault(_mark(event), f"nested deeper than {MAX_DEPTH} levels")
                return False
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self.fault(_mark(event), "anchors (&name, *name) are not used here; share with `use:` instead")
                return False
        return True

    def _tree(self, node: yaml.Node) -> Tree:
        mark = _mark(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, mark)
        if isinstance(node, yaml.SequenceNode):
            return Tree(mark, [self._tree(entry) for entry in node.value])
        return Tree(mark, self._scalar(node, mark))

    def _mapping(self, node: yaml.MappingNode, mark: Mark) -> Tree:
        found: dict[str, Tree] = {}
        keys: dict[str, Mark] = {}
        for key_node, value_node in node.value:
            place = _mark(key_node)
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str) or not key:
                self.fault(place, "a key must be a word")
            elif key == "<<":
                self.fault(place, "merging (<<) is not used here; share with `use:` instead")
            elif key in found:
                self.fault(place, f"key {key!r} stands twice, first in line {keys[key].line}")
            else:
                found[key] = self._tree(value_node)
                keys[key] = place
        return Tree(mark, found, keys)

    def _scalar(self, node: yaml.Node, mark: Mark) -> Scalar:
        text = str(node.value)
        tag = str(node.tag)
        kind = tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else ""
        if kind == "str":
            return text
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind == "int" and _WHOLE.fullmatch(text):
            return int(text)
        if kind == "float" and _DECIMAL.fullmatch(text):
            return float(text)
        if kind == "timestamp" and _DAY.fullmatch(text):
            return text
        self.unreadable.add(mark)
        if kind == "null":
            self.fault(mark, "no value here")
        elif kind == "bool":
            self.fault(mark, f"{text} is read as true or false; write true, false or put it in quotes: '{text}'")
        elif kind in ("int", "float"):
            self.fault(mark, f"{text} is not read as it looks; put it in quotes: '{text}'")
        elif kind == "timestamp":
            self.fault(mark, f"{text} is read as a time; write a day as 2022-04-30 or put it in quotes")
        else:
            self.fault(mark, f"tags such as {tag[:40]} are not used here")
        return text


def _not_yaml(text: str, place: Mark, problem: str) -> tuple[Mark, str]:
    """Where the mistake was made, which is often not where the reader stumbled, and what it is."""
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if line[place.column - 1 : place.column] == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return Mark(place.line, line.index("\t") + 1), "not YAML: a tab; indent with spaces"
    quote = _open_quote(text)
    if quote is not None:
        opened, closed = quote
        return opened, f"not YAML: the quote that opens here is closed only in line {closed}, or never"
    if "mapping values are not allowed" in problem:
        problem += "; a text with a colon and a space is put in quotes"
    return place, f"not YAML: {problem}"


def _open_quote(text: str) -> tuple[Mark, int] | None:
    """The last quoted text that runs over a line's end before the reader gave up: (its place, its last line)."""
    found: tuple[Mark, int] | None = None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                start, stop = token.start_mark, token.end_mark
                found = (Mark(start.line + 1, start.column + 1), stop.line + 1) if stop.line > start.line else None
    except yaml.MarkedYAMLError as error:
        context = error.context_mark
        if context is not None and "quoted scalar" in str(error.context):
            return Mark(context.line + 1, context.column + 1), text.count("\n") + 1
    except yaml.YAMLError:
        return None
    return found


def _mark(thing: yaml.Node | yaml.Event) -> Mark:
    start = thing.start_mark
    return Mark(start.line + 1, start.column + 1) if start is not None else Mark(1, 1)


def _place_of(text: str, position: int | None) -> Mark:
    if position is None or not 0 <= position <= len(text):
        return Mark(1, 1)
    before = text[:position]
    return Mark(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
