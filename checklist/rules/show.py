"""One item as the rules have it, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from checklist.rules.model import BASES, Edition, Element, Rules

_TOLD = {
    "official": "official", "copies": "several copies", "copy": "one or two copies", "other_year": "another year",
    "variant": "a sector's list", "memory": "memory", "": "not said",
}  # fmt: skip


def edition_lines(rules: Rules) -> tuple[str, ...]:
    """What the rules hold, edition by edition: how much, how sure, what is left out; and which is the highest whole."""
    lines: list[str] = []
    for edition in sorted(rules.editions, key=lambda e: (e.year, e.scheme)):
        elements = [element for item in edition.items for element in item.elements]
        required = sum(element.level.value == "required" for element in elements)
        unconfirmed = sum(element.verify for element in elements)
        lines.append(
            f"edition {edition.name}: {len(edition.items)} items, {len(elements)} elements "
            f"({required} required, {unconfirmed} to verify)" + (" - a draft" if edition.draft else "")
        )
        lines.append(f"  titles rest on: {_counted(item.title_basis for item in edition.items)}")
        lines.append(f"  elements rest on: {_counted(element.basis for element in elements)}")
        if edition.not_checked:
            lines.append(f"  partial: {', '.join(edition.not_checked)} not checked")
    whole = rules.newest_complete
    lines.append(f"highest complete edition: {whole.name if whole else 'none'}")
    return tuple(lines)


def _counted(bases: Iterable[str]) -> str:
    counts = Counter(bases)
    return ", ".join(f"{counts[basis]} {_TOLD[basis]}" for basis in (*BASES, "") if counts[basis])


def word_lines(rules: Rules) -> tuple[str, ...]:
    """Each word list: how many words, its part of speech and what it is for, where a note says so."""
    notes = {note.id: note for note in rules.word_notes}
    lines = []
    for name, words in rules.lexicon.items():
        note = notes.get(name)
        lines.append(f"{name} ({len(words)}): {f'{note.speech}: {note.says}' if note else '-'}")
    return tuple(lines)


def show_item(edition: Edition, item_id: str) -> tuple[str, ...]:
    """Lines that describe an item of an edition; KeyError if it has none of that id."""
    item = edition.item(item_id)
    lines = [
        f"{item.id} {item.title}",
        f"  edition {edition.name}, sub-indicator {item.sub_indicator}, group {item.group or '-'}",
        f"  number and title rest on: {_TOLD[item.title_basis]}",
        f"  year: {item.year}, span: {item.span}, due: {item.due or '-'}, evidence: {item.evidence}",
    ]
    if item.aliases:
        lines.append(f"  aliases: {', '.join(item.aliases)}")
    if item.avoid:
        lines.append(f"  avoid: {', '.join(item.avoid)}")
    return (*lines, *(_element(e) for e in item.elements))


def _element(element: Element) -> str:
    mark = " (verify)" if element.verify else ""
    level = f"{element.level.value}{mark}"
    return f"  - {element.id} [{level}] {element.text}  <{element.match.kind}> ({_TOLD[element.basis]})"
