"""Links that a page never closes: browsers end them with the cell, row or item that they stand in, lxml does not.

Left as they are, each link of a table swallows the rest of it, and every label is that of all links behind it.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(a|td|th|tr|li|dd|dt|table|ul|ol)(?=[\s>/])", re.I)


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
