"""The skeleton of a new edition, made from an older one: everything is there, and everything is to be confirmed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from checklist.rules.loader import load_rules
from checklist.rules.model import Edition, Item
from core.errors import nearest
from core.marked_yaml import Tree, TreeReader

_DAY = re.compile(r"(\d{4})(-\d\d-\d\d)")
_DROPPED = ("source", "page", "verify", "confidence")
_COPIED = ("title", "answers_from", "answers_until", "due", "indicators", "weights", "bands")
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What the draft says of itself: the lines of `to_confirm`, and the `source` of every item."""

    to_confirm: tuple[str, ...]
    source: str


def add_draft(text: str, name: str, year: int, origin: str, words: DraftWords) -> str:
    """Return the rules' text with a draft of fiscal year `year` at its end, made from the edition named `origin`.

    The draft has the origin's list (`2570-ovec` from `2569-ovec`). Raises RulesError if the text has faults,
    ValueError if there is no such origin, or an edition of the new name already."""
    rules = load_rules(text, name)
    source = next((edition for edition in rules.editions if edition.name == origin), None)
    if source is None:
        raise ValueError(f"no edition {origin}{nearest(origin, [e.name for e in rules.editions])}")
    key = f"{year}-{source.scheme}" if source.scheme else str(year)
    if any(edition.name == key for edition in rules.editions):
        raise ValueError(f"there is an edition {key} already")
    top = TreeReader(name).read(text.removeprefix("\ufeff"))
    assert top is not None
    tree = top.entries["editions"].entries[source.name]
    whole = _edition(tree, source, year, words)
    body = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=None)
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{text.rstrip()}\n  {key}:\n{indented}"


def _edition(tree: Tree, source: Edition, year: int, words: DraftWords) -> dict[str, Any]:
    plain: dict[str, Any] = {key: tree.entries[key].plain() for key in _COPIED if key in tree.entries}
    shift = year - source.year
    items = {
        key: _item(below.plain(), source.item(key), words) for key, below in tree.entries["items"].entries.items()
    }  # fmt: skip
    first, last = source.items[0].id, source.items[-1].id
    whole = [first if first == last else f"{first}-{last}"]
    found = {
        "title": str(plain.pop("title")).replace(str(source.year), str(year)),
        "draft": True,
        "verify": True,
        "to_confirm": list(words.to_confirm),
        **{key: _shifted(value, shift) for key, value in plain.items()},
        "founded": {"other_year": whole, "titles": {"other_year": list(whole)}},
    }
    for unsure in ("weights", "bands"):
        listed = found.get(unsure, [])
        for entry in listed if isinstance(listed, list) else [listed]:
            entry.update(verify=True, confidence="low-medium")
            entry.pop("source", None)
    return {**found, "items": items}


def _item(plain: Any, item: Item, words: DraftWords) -> dict[str, Any]:
    """An item as it is written, each of its elements named and marked to be confirmed."""
    own: dict[str, Any] = dict(plain.get("elements") or {})
    elements = {}
    for element in item.elements:
        written = {key: value for key, value in (own.get(element.id) or {}).items() if key not in _DROPPED}
        elements[element.id] = {**written, "level": element.level.value, "verify": True}
    kept = {key: value for key, value in plain.items() if key not in (*_DROPPED, "elements")}
    return {**kept, "verify": True, "source": words.source, "page": "", "elements": elements}


def _shifted(value: Any, years: int) -> Any:
    """The value with its days so many years later."""
    if isinstance(value, dict):
        return {key: _shifted(below, years) for key, below in value.items()}
    if isinstance(value, list):
        return [_shifted(below, years) for below in value]
    if isinstance(value, str) and (day := _DAY.fullmatch(value)):
        return f"{int(day[1]) + years}{day[2]}"
    return value
