"""Links and letter formats that a page never closes: browsers end them with the cell, row or item that they stand in,
lxml does not.

Left as they are, each link of a table swallows the rest of it, and every label is that of all links behind it; a
format swallows the rows that follow.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(a|td|th|tr|li|dd|dt|table|ul|ol)(?=[\s>/])", re.I)
_FORMATS = "font|b|i|u|big|small|strong|em|span"
_OLD = re.compile(r"<font[\s>]", re.I)
_CELL = re.compile(rf"<(/?)({_FORMATS}|td|th|tr|table)(?=[\s>/])", re.I)
_DEEPEST = 64


def close_formats(text: str) -> str:
    """Close the letter formats of an old page (`<font>`) that are still open where their cell ends."""
    if not _OLD.search(text):
        return text
    pieces: list[str] = []
    written = 0
    cells: list[list[str]] = []
    """The formats open in the current cell of each table around."""
    for tag in _CELL.finditer(text):
        closes, name = bool(tag.group(1)), tag.group(2).lower()
        if name == "table":
            if not closes and len(cells) < _DEEPEST:
                cells.append([])
                continue
        elif name not in ("td", "th", "tr"):
            if cells and not closes:
                cells[-1].append(name)
            elif cells and name in cells[-1]:
                del cells[-1][len(cells[-1]) - 1 - cells[-1][::-1].index(name)]
            continue
        if cells and cells[-1]:
            pieces += [text[written : tag.start()], *(f"</{each}>" for each in reversed(cells[-1]))]
            written = tag.start()
            cells[-1] = []
        if name == "table" and cells:
            cells.pop()
    return "".join((*pieces, text[written:])) if pieces else text


def close_links(text: str) -> str:
    """Close the links of a page that are still open where their cell, row or list item ends."""
    ends: list[int] = []
    waiting: int | None = None
    """Where the open link must end at the latest, -1 while nothing has ended it."""
    for tag in _TAG.finditer(text):
        closes, name = tag.group(1), tag.group(2).lower()
        if name == "a" and closes:
            waiting = None
        elif name == "a":
            if waiting is not None:
                ends.append(tag.start() if waiting < 0 else waiting)
            waiting = -1
        elif waiting is not None and waiting < 0:
            waiting = tag.start()
    if waiting is not None and waiting >= 0:
        ends.append(waiting)
    if not ends:
        return text
    pieces = [text[start:stop] for start, stop in zip([0, *ends], [*ends, len(text)], strict=True)]
    return "</a>".join(pieces)
