"""What a person with the manual in hand must still confirm."""

from __future__ import annotations

from checklist.rules.model import Edition


def verify_lines(edition: Edition) -> tuple[str, ...]:
    """A sheet to tick off: a line per fact of the edition that is marked `verify`."""
    lines = [f"edition {edition.year}: to confirm with the manual"]
    if edition.verify:
        lines.append(f"[ ] {edition.title}")
    for item in edition.items:
        if item.verify:
            lines.append(f"[ ] {item.id} {item.title}")
        lines += [f"[ ] {item.id} {e.text} ({e.confidence or '-'})" for e in item.elements if e.verify]
    lines += [f"[ ] {band.rating} >= {band.at_least:g}" for band in edition.bands if band.verify]
    return tuple(lines)
