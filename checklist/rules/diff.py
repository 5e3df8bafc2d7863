"""What changed from one edition to another."""

from __future__ import annotations

from checklist.rules.model import Edition, Item


def diff_lines(before: Edition, after: Edition) -> tuple[str, ...]:
    """Lines about items that came, went, changed their number or their elements. Titles tell which is which."""
    old = {item.title: item for item in before.items}
    new = {item.title: item for item in after.items}
    lines = [f"- {item.id} {item.title}" for title, item in old.items() if title not in new]
    lines += [f"+ {item.id} {item.title}" for title, item in new.items() if title not in old]
    for title, item in new.items():
        if title in old:
            lines += _changes(old[title], item)
    return tuple(lines) or ("no difference",)


def _changes(old: Item, new: Item) -> list[str]:
    lines = [f"~ {old.id} -> {new.id} {new.title}"] if old.id != new.id else []
    before = {_text(e.text): e.level.value for e in old.elements}
    after = {_text(e.text): e.level.value for e in new.elements}
    lines += [f"    {new.id} - {text}" for text in before if text not in after]
    lines += [f"    {new.id} + {text}" for text in after if text not in before]
    lines += [
        f"    {new.id} ~ {text}: {before[text]} -> {after[text]}"
        for text in after
        if text in before and before[text] != after[text]
    ]
    return lines


def _text(text: str) -> str:
    """An element's text without the years that differ in every edition."""
    return "".join("#" if c.isdigit() else c for c in text)
