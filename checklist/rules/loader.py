"""rules.yaml as `Rules`: read whole, checked whole, all faults told at once with line and column."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from checklist.rules.expand import CONFIDENCES, Resolver, years_of
from checklist.rules.founding import read_founding
from checklist.rules.lexicon import BUILT_IN
from checklist.rules.model import (
    AgencyKind,
    Band,
    Edition,
    Element,
    Indicator,
    Item,
    Rules,
    Scheme,
    SubIndicator,
    Weights,
    WordNote,
)
from checklist.rules.specs import EvidenceMatch, Matcher
from checklist.rules.validation import build, day
from core.errors import RulesError, nearest
from core.marked_yaml import Mark, Tree, TreeReader

__all__ = ["SCHEMA", "RulesError", "load_rules"]

SCHEMA = "oit-rules/1"
_Model = TypeVar("_Model", bound=BaseModel)
_TOP = ("schema", "agency_kinds", "schemes", "lexicon", "word_notes", "shared", "editions")
_SHARED = ("elements", "items")
_SPANS = ("year", "first_6_months", "covers", "within")
_STANDS_FOR_FAULTY = Element(id="faulty", text="faulty", match=Matcher(evidence=EvidenceMatch()))
"""Lets an item whose elements have faults be checked for its own."""


def load_rules(text: str, name: str) -> Rules:
    """The rules in a text; `name` is the file's name in faults. Raises RulesError with every fault found."""
    reader = TreeReader(name)
    top = reader.read(text.removeprefix("\ufeff"))
    if top is None:
        raise RulesError(reader.faults)
    rules = _Loader(reader, top).rules()
    if reader.faults:
        raise RulesError(reader.faults)
    return rules


class _Loader:
    def __init__(self, reader: TreeReader, top: Tree) -> None:
        self.reader = reader
        self.top = top
        self.resolver = Resolver(reader, top)
        self.kinds = self._part("agency_kinds")
        self.schemes = self._part("schemes")

    def rules(self) -> Rules:
        self._keys(self.top, _TOP)
        schema = self.top.entries.get("schema")
        if schema is None or schema.value != SCHEMA:
            self.reader.fault(schema.mark if schema else self.top.mark, f"schema must be {SCHEMA}")
        kinds = tuple(self._named("agency_kinds", self.kinds, AgencyKind))
        schemes = tuple(self._named("schemes", self.schemes, Scheme))
        self._part("lexicon")
        lexicon = {key: self._words(key, tree) for key, tree in self.resolver.lexicon.items()}
        notes = tuple(self._word_notes())
        self._shared()
        editions = [self._edition(key, tree) for key, tree in self._part("editions").items()]
        if not editions:
            self.reader.fault(self.top.key_mark("editions"), "no edition")
        self._unused_words()
        return Rules(
            agency_kinds=kinds,
            schemes=schemes,
            lexicon=lexicon,
            word_notes=notes,
            editions=tuple(e for e in editions if e is not None),
        )

    # ------------------------------------------------------------------ small parts

    def _part(self, key: str) -> dict[str, Tree]:
        tree = self.top.entries.get(key)
        if tree is not None and not isinstance(tree.value, dict):
            self.reader.fault(tree.mark, f"`{key}` must be a mapping")
        return tree.entries if tree is not None else {}

    def _named(self, part: str, found: Mapping[str, Tree], model: type[_Model]) -> Iterator[_Model]:
        """Entries `id: title`, or `id: {title: ...}` with what else the model has."""
        place = self.top.entries.get(part)
        for key, below in found.items():
            mark = place.key_mark(key) if place is not None else below.mark
            whole = below if isinstance(below.value, dict) else Tree(below.mark, {"title": below})
            within = whole.entries.get("within")
            if within is not None and (within.text not in found or within.text == key):
                self.reader.fault(within.mark, f"unknown agency kind {within.text!r}{nearest(within.text, found)}")
            made = self._built(model, whole, {"id": key}, mark if whole is below else below.mark)
            if made is not None:
                yield made

    def _keys(self, tree: Tree, known: Collection[str]) -> None:
        for key in tree.entries:
            if key not in known:
                message = f"unknown key {key!r}{nearest(key, known)} (known: {', '.join(known)})"
                self.reader.fault(tree.key_mark(key), message)

    def _words(self, name: str, tree: Tree) -> tuple[str, ...]:
        if not isinstance(tree.value, list):
            self.reader.fault(tree.mark, f"word list {name!r} must be a list")
            return ()
        for word in tree.value:
            if not word.text.strip():
                self.reader.fault(word.mark, f"text is needed; put {word.plain()!r:.40} in quotes")
        return tuple(word.text for word in tree.value)

    def _word_notes(self) -> Iterator[WordNote]:
        place = self.top.entries.get("word_notes")
        for key, below in self._part("word_notes").items():
            mark = place.key_mark(key) if place is not None else below.mark
            if key not in self.resolver.lexicon:
                self.reader.fault(mark, f"no word list {key!r}{nearest(key, tuple(self.resolver.lexicon))}")
            made = self._built(WordNote, below, {"id": key}, mark)
            if made is not None:
                yield made

    def _unused_words(self) -> None:
        """A misspelt list would leave its matcher without words, and nobody would see it."""
        known = {*BUILT_IN, *self.resolver.used_words}
        lexicon = self.top.entries.get("lexicon")
        for name in self._part("lexicon"):
            if name not in known and lexicon is not None:
                message = f"no matcher uses the word list {name!r}{nearest(name, BUILT_IN)}"
                self.reader.fault(lexicon.key_mark(name), message)

    def _shared(self) -> None:
        """Shared parts are checked on their own too: a fault in one that nobody uses yet is still a fault."""
        shared = self.top.entries.get("shared")
        if shared is None:
            return
        self._keys(shared, _SHARED)
        years = years_of(2500)
        for key, tree in self.resolver.shared_elements.items():
            self._element(key, tree, shared.entries["elements"].key_mark(key), years)
        for key, tree in self.resolver.shared_items.items():
            mark = shared.entries["items"].key_mark(key)
            self._item("O1", self.resolver.item(tree), mark, years, ("",), {}, placed=False)

    # ------------------------------------------------------------------ editions

    def _edition(self, key: str, tree: Tree) -> Edition | None:
        mark = self.top.entries["editions"].key_mark(key)
        known, scheme = self._year_and_scheme(key, mark)
        year = known or 2500
        start, stop = (
            day(self.reader, tree.entries.get("answers_from"), known),
            day(self.reader, tree.entries.get("answers_until"), known),
        )
        if start and stop and stop < start:
            self.reader.fault(tree.entries["answers_until"].mark, "answers_until lies before answers_from")
        due = self._due(tree, known)
        indicators = self._indicators(tree)
        subs = tuple(s.id for i in indicators for s in i.sub_indicators)
        items = tree.entries.get("items", Tree(tree.mark, {}))
        built = [
            self._item(item, self.resolver.item(below), items.key_mark(item), years_of(year), subs, due)
            if self._mapping(below)
            else None
            for item, below in items.entries.items()
        ]
        own = {name: item for name, item in zip(items.entries, built, strict=True) if item is not None}
        elements = {name: [e.id for e in own[name].elements] if name in own else [] for name in items.entries}
        # Items and elements that are written wrongly are missing here: no further fault follows from that.
        whole = not self.reader.faults
        founding = read_founding(self.reader, tree.entries.get("founded"), elements, whole=whole)
        self._not_checked(tree, items)
        self._prefixes(items, scheme)
        given: dict[str, object] = {
            "year": year,
            "scheme": scheme,
            "indicators": indicators or (_ANY_INDICATOR,),
            "items": tuple(founding.apply(item) for item in own.values()) or (_ANY_ITEM,),
            "bands": tuple(self._list(tree, "bands", Band)),
            "weights": self._weights(tree),
        }
        for name in ("indicators", "items") if scheme else ("indicators", "items", "bands"):
            if name not in tree.entries or not tree.entries[name].value:
                self.reader.fault(mark, f"edition {key}: `{name}` is missing")
        for sub in set(subs) - {item.sub_indicator for item in built if item is not None}:
            if all(item is not None for item in built):
                self.reader.fault(tree.key_mark("indicators"), f"sub_indicator {sub!r} has no item")
        rest = Tree(tree.mark, {k: v for k, v in tree.entries.items() if k not in ("due", "founded")}, tree.keys)
        return self._built(Edition, rest, given, mark)

    def _year_and_scheme(self, key: str, mark: Mark) -> tuple[int | None, str]:
        """What an edition's key says: `2568` or `2568-ovec`."""
        number, _, scheme = key.partition("-")
        year = int(number) if number.isascii() and number.isdigit() and len(number) == 4 else 0
        if scheme and scheme not in self.schemes:
            meant = nearest(scheme, self.schemes).replace("'", f"'{number}-", 1)
            self.reader.fault(mark, f"unknown list {scheme!r} in {key!r}{meant}; `schemes` names the lists")
        elif key.endswith("-") or not 2500 <= year <= 2700:
            message = f"bad year {key!r}: a Buddhist-era fiscal year such as 2566 is needed"
            if 1957 <= year <= 2157:
                message += f", did you mean '{year + 543}'?"
            self.reader.fault(mark, message)
        return (year if 2500 <= year <= 2700 else None), scheme

    def _prefixes(self, items: Tree, scheme: str) -> None:
        """Items of one list begin with the same letters; of a sector's, with those that `schemes` says."""
        given = self.schemes.get(scheme)
        prefix = (given.entries["prefix"].text if given is not None and "prefix" in given.entries else "") or "O"
        for key in items.entries:
            letters = key.rstrip("0123456789")
            if letters.isascii() and letters.isupper() and letters != key and letters != prefix:
                self.reader.fault(items.key_mark(key), f"items of this list are {prefix}1, {prefix}2 ...; got {key!r}")

    def _not_checked(self, tree: Tree, items: Tree) -> None:
        listed = tree.entries.get("not_checked")
        for entry in listed.value if listed is not None and isinstance(listed.value, list) else []:
            if entry.text in items.entries:
                self.reader.fault(entry.mark, f"{entry.text} is among the items, so it is checked")

    def _due(self, tree: Tree, year: int | None) -> dict[str, str]:
        due = tree.entries.get("due")
        if due is None:
            return {}
        self._keys(due, _SPANS)
        return {span: below.text for span, below in due.entries.items() if day(self.reader, below, year)}

    def _indicators(self, tree: Tree) -> tuple[Indicator, ...]:
        found: list[Indicator] = []
        seen: dict[str, Mark] = {}
        part = tree.entries.get("indicators", Tree(tree.mark, {}))
        for key, below in part.entries.items():
            subs = below.entries.get("sub_indicators", Tree(below.mark, {}))
            built = []
            for sub, title in subs.entries.items():
                if sub in seen:
                    self.reader.fault(
                        subs.key_mark(sub),
                        f"sub_indicator {sub!r} stands twice, first in line {seen[sub].line}",
                    )
                seen.setdefault(sub, subs.key_mark(sub))
                holder = Tree(title.mark, {"title": title})
                made = self._built(SubIndicator, holder, {"id": sub}, subs.key_mark(sub))
                built.extend([made] if made else [])
            given = {"id": key, "sub_indicators": tuple(built)}
            indicator = self._built(Indicator, below, given, part.key_mark(key))
            found.extend([indicator] if indicator else [])
        return tuple(found)

    def _list(self, tree: Tree, key: str, model: type[Band]) -> Iterator[Band]:
        part = tree.entries.get(key)
        for below in part.value if part is not None and isinstance(part.value, list) else []:
            made = self._built(model, below, {}, below.mark)
            if made is not None:
                yield made

    def _weights(self, tree: Tree) -> Weights:
        part = tree.entries.get("weights")
        if part is None:
            return Weights()
        made = self._built(Weights, part, {}, part.mark) or Weights()
        if abs(sum(weight for _, weight in made.instruments) - 100) > 1e-6:
            self.reader.fault(part.mark, "weights must add up to 100")
        return made

    # ------------------------------------------------------------------ items

    def _mapping(self, tree: Tree) -> bool:
        if not isinstance(tree.value, dict) and tree.mark not in self.reader.unreadable:
            self.reader.fault(tree.mark, f"a mapping is needed here, got {tree.plain()!r:.60}")
        return isinstance(tree.value, dict)

    def _item(
        self,
        key: str,
        tree: Tree,
        mark: Mark,
        years: Mapping[str, str],
        subs: Collection[str],
        due: Mapping[str, str],
        *,
        placed: bool = True,
    ) -> Item | None:
        elements = tree.entries["elements"]
        built = [self._element(k, below, elements.key_mark(k), years) for k, below in elements.entries.items()]
        if not elements.entries:
            self.reader.fault(mark, "item without elements")
        rest = self.resolver.finished(
            Tree(tree.mark, {k: v for k, v in tree.entries.items() if k != "elements"}, tree.keys), years
        )
        self._known_kinds(rest, "exempt")
        day(self.reader, rest.entries.get("due"))
        given: dict[str, object] = {
            "id": key,
            "elements": tuple(e or _STANDS_FOR_FAULTY for e in built) or (_STANDS_FOR_FAULTY,),
        }
        if not placed and "sub_indicator" not in rest.entries:
            given["sub_indicator"] = ""
        span = rest.entries.get("span")
        day_due = due.get(span.text if span else "year")
        if day_due and "due" not in rest.entries:
            given["due"] = day_due
        sub = rest.entries.get("sub_indicator")
        if placed and sub is not None and sub.text and sub.text not in subs:
            self.reader.fault(sub.mark, f"no sub_indicator {sub.text!r} in this edition{nearest(sub.text, subs)}")
        made = self._built(Item, rest, given, mark)
        return made and made.model_copy(update={"exempt": self._with_parts(made.exempt)})

    def _element(self, key: str, tree: Tree, mark: Mark, years: Mapping[str, str]) -> Element | None:
        whole = self.resolver.finished(self.resolver.element(tree), years)
        self._known_kinds(whole, "kinds")
        confidence = whole.entries.get("confidence")
        if confidence is not None and confidence.text and confidence.text not in CONFIDENCES:
            known = ", ".join(CONFIDENCES)
            self.reader.fault(confidence.mark, f"confidence must be one of {known}; got {confidence.plain()!r:.40}")
        made = self._built(Element, whole, {"id": key}, mark)
        return made and made.model_copy(update={"kinds": self._with_parts(made.kinds)})

    def _with_parts(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Agency kinds with those that are within them: all local governments for `local`."""
        parts = (key for key, below in self.kinds.items() if "within" in below.entries)
        return (*kinds, *(key for key in parts if self.kinds[key].entries["within"].text in kinds and key not in kinds))

    def _known_kinds(self, tree: Tree, key: str) -> None:
        listed = tree.entries.get(key)
        for kind in listed.value if listed is not None and isinstance(listed.value, list) else []:
            if kind.text not in self.kinds:
                self.reader.fault(
                    kind.mark, f"unknown agency kind {kind.text!r}{nearest(kind.text, tuple(self.kinds))}"
                )

    def _built(self, model: type[_Model], tree: Tree, given: Mapping[str, object], mark: Mark) -> _Model | None:
        return build(self.reader, model, tree, given, mark)


_ANY_ITEM = Item(id="O1", title="faulty", sub_indicator="", elements=(_STANDS_FOR_FAULTY,))
_ANY_INDICATOR = Indicator(id="", title="", sub_indicators=(SubIndicator(id="", title=""),))
