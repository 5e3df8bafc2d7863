"""One item as the rules have it, for a person to read."""

from __future__ import annotations

from checklist.rules.model import Edition, Element


def show_item(edition: Edition, item_id: str) -> tuple[str, ...]:
    """Lines that describe an item of an edition; KeyError if it has none of that id."""
    item = edition.item(item_id)
    lines = [
        f"{item.id} {item.title}",
        f"  edition {edition.year}, sub-indicator {item.sub_indicator}, group {item.group or '-'}",
        f"  year: {item.year}, span: {item.span}, due: {item.due or '-'}, evidence: {item.evidence}",
    ]
    if item.aliases:
        lines.append(f"  aliases: {', '.join(item.aliases)}")
    if item.avoid:
        lines.append(f"  avoid: {', '.join(item.avoid)}")
    return (*lines, *(_element(e) for e in item.elements))


def _element(element: Element) -> str:
    mark = " (verify)" if element.verify else ""
    return f"  - {element.id} [{element.level.value}{mark}] {element.text}  <{element.match.kind}>"
