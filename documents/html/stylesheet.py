"""The style sheets that a page carries itself, as far as they decide whether something is seen.

Selectors of names (elements, classes, ids) one within the other are understood; a rule with any other selector says
nothing here, but for the states (`:target`, `:checked`, `.open`) in which it shows something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4.element import Tag

from documents.html.tree import PageTree

_LENGTH = 200_000
"""Characters of style sheets in a page that are looked through."""
_RULES = 3_000
_INLINE = 2_000
_STEPS = 3_000_000
"""Comparisons of rules and elements; after them only what an element says itself counts."""
_PER_CLASS = 40
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_NAME = r"[\w\u0e00-\u0e7f-]{1,80}"
_COMPOUND = re.compile(rf"(?:{_NAME}|\*)?(?:[.#]{_NAME})*")
_PART = re.compile(rf"([.#]?)({_NAME})")
_STATE = re.compile(
    r":(?:target|checked|hover|focus|focus-within|active|open|popover-open|not\([^()]*\))|\[[^\]]{1,60}\]"
)
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")
_DECLARATION = re.compile(r"([a-z-]{3,40})\s*:\s*([^;{}]{1,200})", re.I)
_PROPERTIES = frozenset(
    [
        "display", "visibility", "opacity", "font-size", "text-indent", "left", "right", "top", "margin-left", "clip",
        "clip-path", "color", "background", "background-color", "background-image", "background-clip",
        "-webkit-background-clip", "height", "max-height", "width", "max-width", "overflow", "position", "cursor",
        "transform", "text-shadow", "text-decoration", "text-decoration-line",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Names:
    """What one compound selector asks of an element."""

    element: str
    classes: frozenset[str]
    id: str

    def match(self, tag: Tag) -> bool:
        return (
            (not self.element or tag.name == self.element)
            and (not self.id or tag.get("id") == self.id)
            and (not self.classes or self.classes <= set(tag.get("class") or ()))
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    above: tuple[_Names, ...]
    """What the ancestors must be, the outermost first."""
    own: _Names
    weight: tuple[int, int, int, int]
    declared: Mapping[str, str]
    state: bool = False
    """Holds in a state only, such as `:target`."""


@dataclass(slots=True)
class StyleSheet:
    """The rules of one page that may hide something or show it again."""

    _by_name: dict[str, list[_Rule]] = field(default_factory=dict)
    imports: bool = False
    """Whether there are style sheets that were not read."""
    _known: dict[int, dict[str, str]] = field(default_factory=dict)
    _with_class: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    """The classes of rules that show something, by each of them."""
    _left: int = _STEPS

    @classmethod
    def of(cls, tree: PageTree) -> StyleSheet:
        """Read the style sheets in a page."""
        sheet = cls()
        sheet.imports = any("stylesheet" in (link.get("rel") or ()) for link in tree.tags_named("link"))
        left, order = _LENGTH, 0
        for style in tree.tags_named("style"):
            if "print" in str(style.get("media") or "").lower():
                continue
            text = _COMMENT.sub(" ", style.get_text()[:left])
            left -= len(text)
            sheet.imports = sheet.imports or "@import" in text
            for selectors, body in _rules(text):
                if order >= _RULES:
                    return sheet
                order += 1
                sheet._add(selectors, _declarations(body), order)
        return sheet

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def _add(self, selectors: str, declared: dict[str, str], order: int) -> None:
        if not declared:
            return
        for selector in selectors.split(",")[:20]:
            rule = _rule(selector.strip(), declared, order)
            if rule is not None:
                key = f"#{rule.own.id}" if rule.own.id else f".{min(rule.own.classes)}" if rule.own.classes else ""
                self._by_name.setdefault(key or rule.own.element or "*", []).append(rule)
                if len(rule.own.classes) > 1 and not rule.state and shows(declared):
                    for name in rule.own.classes:
                        if len(self._with_class.setdefault(name, [])) < _PER_CLASS:
                            self._with_class[name].append(rule.own.classes)

    def declarations_of(self, tag: Tag) -> Mapping[str, str]:
        """Return what the page says of the looks of an element itself; inherited looks are not among it."""
        known = self._known.get(id(tag))
        if known is None:
            rules = sorted((r for r in self._rules_of(tag) if not r.state), key=lambda rule: rule.weight)
            known = {}
            for rule in rules:
                known.update(rule.declared)
            known.update(_declarations(str(tag.get("style") or "")[:_INLINE]))
            self._known[id(tag)] = known
        return known

    def in_states(self, tag: Tag) -> Iterator[Mapping[str, str]]:
        """Return what the page says of an element in a state that a reader can bring about without a script."""
        return (rule.declared for rule in self._rules_of(tag) if rule.state)

    def shows_with_class(self, tag: Tag) -> bool:
        """Whether a class that an element lacks would show it: a script adds that class."""
        own = set(tag.get("class") or ())
        return any(wanted > own for name in own for wanted in self._with_class.get(name, ()))

    def _rules_of(self, tag: Tag) -> Iterator[_Rule]:
        keys = [tag.name, "*", *(f".{name}" for name in (tag.get("class") or ())[:40])]
        if tag.get("id"):
            keys.append(f"#{tag['id']}")
        for key in keys:
            for rule in self._by_name.get(key, ()):
                self._left -= 1
                if self._left < 0:
                    return
                if rule.own.match(tag) and (rule.state or self._within(tag, rule.above)):
                    yield rule

    def _within(self, tag: Tag, above: tuple[_Names, ...]) -> bool:
        wanted = list(above)
        for parent in tag.parents if wanted else ():
            self._left -= 1
            if wanted[-1].match(parent):
                wanted.pop()
                if not wanted:
                    return True
        return not wanted


def shows(declared: Mapping[str, str]) -> bool:
    """Whether declarations give something a place on the screen."""
    return (
        declared.get("display", "none") != "none"
        or declared.get("visibility") == "visible"
        or declared.get("opacity", "0").strip("0.") != ""
        or declared.get("max-height", declared.get("height", "0")).strip("0px ") != ""
    )


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of the rules for every screen; what holds for some of them, or for paper, hides nothing from
    the others."""
    at, inside = 0, False
    while True:
        opened = text.find("{", at)
        if opened < 0:
            return
        head = text[at:opened].rpartition("}")[2].rpartition(";")[2].strip().lower()
        if head.startswith(("@media", "@supports", "@layer")) and not inside and _for_all(head):
            at, inside = opened + 1, True
            continue
        if head.startswith("@"):
            at = _end_of_block(text, opened)
            continue
        if "}" in text[at:opened]:
            inside = False
        closed = text.find("}", opened)
        closed = len(text) if closed < 0 else closed
        yield text[at:opened].rpartition("}")[2].strip(), text[opened + 1 : closed]
        at = closed + 1


def _for_all(head: str) -> bool:
    return not head.startswith("@media") or not ("print" in head or "width" in head or "(" in head)


def _end_of_block(text: str, opened: int) -> int:
    depth, at = 0, opened
    for brace in re.compile(r"[{}]").finditer(text, opened):
        depth += 1 if brace.group() == "{" else -1
        at = brace.end()
        if depth <= 0:
            return at
    return len(text)


def _declarations(text: str) -> dict[str, str]:
    found = {}
    for name, said in _DECLARATION.findall(text):
        name = name.lower()
        if name in _PROPERTIES:
            found[name] = said.lower().replace("!important", "").strip()
    return found


def _rule(selector: str, declared: Mapping[str, str], order: int) -> _Rule | None:
    bare = _STATE.sub("", selector)
    state = bare != selector
    parts = [part for part in _COMBINATOR.split(bare.strip()) if part]
    if not parts or len(parts) > 8 or not all(_COMPOUND.fullmatch(part) for part in parts):
        return None
    if not state and re.search(r"[+~]", selector):
        # Beside what it stands is not looked at; a rule that hides nothing of its own is left out.
        return None
    names = [_names(part) for part in parts]
    weight = (sum(bool(n.id) for n in names), sum(len(n.classes) for n in names), sum(bool(n.element) for n in names))
    return _Rule(tuple(names[:-1]), names[-1], (*weight, order), declared, state)


def _names(compound: str) -> _Names:
    parts = _PART.findall(compound)
    element = next((name.lower() for mark, name in parts if not mark), "")
    classes = frozenset(name for mark, name in parts if mark == ".")
    own_id = next((name for mark, name in parts if mark == "#"), "")
    return _Names(element, classes, own_id)
