"""Links in a Word document: a disclosure list may be a document whose lines lead to the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.models.snapshot import Link
from documents.office.open_xml import R
from documents.office.word.styles import W
from documents.written_links import written_link

_MOST = 400
_CONTEXT = 300


def read_links(body: Any, addresses: Mapping[str, str]) -> tuple[Link, ...]:
    """Return the links to web addresses in order, each with its words and those of the row or paragraph around it."""
    if not addresses:
        return ()
    found: list[Link] = []
    for holder in _holders(body):
        links = list(holder.iter(f"{W}hyperlink"))
        if not links:
            continue
        around = _text(holder)
        for link in links:
            written = addresses.get(link.get(f"{R}id") or "", "")
            if (made := written_link(written, _text(link), around)) is not None:
                found.append(made)
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST])


def _holders(element: Any) -> Iterator[Any]:
    """The rows of tables and the paragraphs outside of them."""
    for child in element:
        if child.tag in (f"{W}tr", f"{W}p"):
            yield child
        else:
            yield from _holders(child)


def _text(element: Any) -> str:
    """The words of an element; its cells and paragraphs are parted."""
    pieces: list[str] = []
    for piece in element.iter():
        if piece.tag == f"{W}t":
            pieces.append(piece.text or "")
        elif piece.tag in (f"{W}p", f"{W}tc", f"{W}tab", f"{W}br"):
            pieces.append(" ")
        if len(pieces) > _CONTEXT:
            break
    return " ".join("".join(pieces).split())[:_CONTEXT]
