"""The rules told to people, in Thai: what is to be confirmed with the manual, and what changed between editions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from checklist.rules.diff import Difference, ElementChange, ItemChange
from checklist.rules.model import Edition, Element, Rules
from checklist.rules.verify import Fact, facts_to_confirm, stakes
from reports.messages import Messages
from reports.workbook import WorkbookSheet, workbook

_BOX = "☐"
_GROUP = "rules"
_CONFIRM = "confirm"
_BASIS = "basis"
_CELL_LENGTH = 70


def verify_lines(edition: Edition, messages: Messages) -> tuple[str, ...]:
    """A sheet to tick off: a box per fact of the edition that is not confirmed with the manual."""
    word = messages.word
    facts = facts_to_confirm(edition)
    if not facts:
        return (word(_GROUP, "nothing", year=str(edition.year)),)
    lines = [word(_GROUP, "sheet", year=str(edition.year), count=str(len(facts)))]
    for (kind, item), group in groupby(facts, key=lambda f: (f.kind if not f.item else "", f.item)):
        listed = list(group)
        lines += ["", f"{item} {listed[0].title}" if item else word(_GROUP, kind)]
        lines += [f"  {_BOX} {_told(fact, messages)}" for fact in listed]
    return tuple(lines)


def _told(fact: Fact, messages: Messages) -> str:
    asked = messages.word(_GROUP, "the_item", title=fact.asked) if fact.kind == "item" else fact.asked
    said = [
        (fact.confidence and messages.word("confidence", fact.confidence)),
        (fact.source and messages.word(_GROUP, "source", source=fact.source)),
        messages.word(_GROUP, "page", page=fact.page or "____") if fact.item else "",
        messages.word(_GROUP, "counted") if fact.counts and fact.kind == "element" else "",
    ]
    return " · ".join([asked, *(part for part in said if part)])


def verify_workbook(edition: Edition, messages: Messages) -> bytes:
    """The same sheet as an XLSX file, with columns to write the answer in."""
    word = messages.word
    rows = [
        (
            _BOX,
            fact.item,
            fact.title,
            fact.asked,
            word("confidence", fact.confidence) if fact.confidence else "",
            fact.source,
            word(_GROUP, "counted") if fact.counts else "",
            fact.page,
            "",
        )
        for fact in facts_to_confirm(edition)
    ]
    columns = ("box", "item", "title", "asked", "confidence", "source_column", "counts", "page_column", "answer")
    header = tuple(word(_GROUP, name) for name in columns)
    name = word(_GROUP, "sheet_name", year=str(edition.year))
    return workbook(WorkbookSheet(name, header, rows, (5, 6, 35, 60, 14, 30, 16, 10, 35)))


def confirm_page(rules: Rules, messages: Messages) -> str:
    """A page in Markdown for who has the manuals: each edition's open facts, the dearest first."""
    word = messages.word
    lines = [f"# {word(_CONFIRM, 'title')}", "", word(_CONFIRM, "lead"), ""]
    for edition in sorted(rules.editions, key=lambda e: (bool(e.scheme), -e.year, e.scheme)):
        lines += _confirm_edition(edition, messages)
    return "\n".join(lines).rstrip("\n") + "\n"


def _confirm_edition(edition: Edition, messages: Messages) -> Iterator[str]:
    word = messages.word
    yield f"## {word(_CONFIRM, 'edition', name=edition.name)}"
    yield ""
    for text in edition.to_confirm:
        yield f"- {text}"
    if edition.to_confirm:
        yield ""
    listed = stakes(edition)
    if not listed:
        yield word(_CONFIRM, "nothing")
        yield ""
        return
    yield "| " + " | ".join(word(_CONFIRM, name) for name in ("points", "item", "named", "counted", "advised")) + " |"
    yield "|---:|---|---|---|---|"
    for stake in listed:
        basis = word(_BASIS, stake.item.title_basis or "unsaid")
        yield (
            f"| {stake.points:.2f} | {stake.item.id} {_cell(stake.item.title)} | {basis} "
            f"| {_elements(stake.counted, messages)} | {_elements(stake.advised, messages)} |"
        )
    yield ""


def _elements(elements: tuple[Element, ...], messages: Messages) -> str:
    """The elements by what they rest on: "memory: a; b"."""
    by_basis: dict[str, list[str]] = {}
    for element in elements:
        by_basis.setdefault(element.basis or "unsaid", []).append(_cell(element.text))
    return "<br>".join(f"{messages.word(_BASIS, basis)}: {'; '.join(texts)}" for basis, texts in by_basis.items())


def _cell(text: str) -> str:
    text = " ".join(text.replace("|", "/").split())
    return text if len(text) <= _CELL_LENGTH else f"{text[: _CELL_LENGTH - 1]}…"


def diff_lines(before: Edition, after: Edition, found: Difference, messages: Messages) -> tuple[str, ...]:
    """What changed from `before` to `after`, item by item."""
    word = messages.word
    years = {"before": str(before.year), "after": str(after.year)}
    same = sum(change.same for change in found.both)
    lines = [
        word(
            _GROUP,
            "diff",
            **years,
            old=str(len(before.items)),
            new=str(len(after.items)),
            same=str(same),
            moved=str(sum(change.moved for change in found.both)),
            came=str(len(found.came)),
            gone=str(len(found.gone)),
        )
    ]
    if found.gone:
        lines += ["", word(_GROUP, "gone"), *(f"  - {item.id} {item.title}" for item in found.gone)]
    if found.merged:
        lines += ["", word(_GROUP, "merged")]
        lines += [f"  > {old.id} {old.title} → {new.id} {new.title}" for old, new in found.merged]
    if found.came:
        lines += ["", word(_GROUP, "came"), *(f"  + {item.id} {item.title}" for item in found.came)]
    changed = [change for change in found.both if not change.same]
    if changed:
        lines += ["", word(_GROUP, "changed")]
    for change in changed:
        lines += [f"  {line}" for line in _item_lines(change, messages)]
    return tuple(lines)


def _item_lines(change: ItemChange, messages: Messages) -> Iterator[str]:
    number = f"{change.before.id} → {change.after.id}" if change.moved else f"{change.after.id}"
    yield f"~ {number} {change.after.title}"
    for name, old, new in change.settings:
        coded = name in ("year", "span")
        first, second = (messages.word("setting", f"{name}_{value}") if coded else value for value in (old, new))
        yield f"    {messages.word('setting', name)}: {first or '-'} → {second or '-'}"
    for element in change.elements:
        yield f"    {_element_line(element, messages)}"


def _element_line(change: ElementChange, messages: Messages) -> str:
    old, new = change.before, change.after
    if new is None:
        return f"- {old.text if old is not None else ''}"
    level = messages.word(_GROUP, new.level.value)
    if old is None:
        return f"+ {new.text} ({level})"
    if old.level is not new.level:
        return f"~ {new.text} ({messages.word(_GROUP, old.level.value)} → {level})"
    return f"~ {old.text} → {new.text}"
