"""Lines that were drawn after all others into the room that those left: answers of a form that was flattened, writing
stamped over a page. Text is given in the order of drawing, so they would stand behind the page's last line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from documents.reading_order.columns import Piece

_APART = 7.0
"""Points between the feet of two lines of small print; nearer ones are one line."""
_INDENT = 72.0
"""Points that a line may begin beside a short one above or below it."""
_MOST = 40
"""Late lines of a page; more of them are a page that is drawn in an order of its own."""
_DOTTED = re.compile(r"[._…·]{3}\W*$")


def reading_order(texts: Sequence[str], places: Sequence[Piece | None]) -> list[int]:
    """The lines of a page, given in the order of drawing, in the order of reading: each late one behind the line above
    it. A line is late if it stands between two that were drawn one after the other before it, in the room between
    them, or behind one that ends in a dotted line. None stands for a line whose place is not known. Where half of the
    lines stand above one before them and go down themselves, the page's foot was drawn first, and they are in order."""
    order: list[int] = []
    moved = 0
    late: list[float] = []
    lowest = math.inf
    for at, piece in enumerate(places):
        # Most lines stand below all before them, which leaves no room for them there.
        may_be_late = piece is not None and piece.low - lowest >= _APART
        late += [piece.low] if piece is not None and may_be_late else []
        place = _room_for(piece, order, texts, places) if piece is not None and may_be_late and moved < _MOST else None
        lowest = lowest if piece is None else min(lowest, piece.low)
        if place is None:
            order.append(at)
        else:
            order.insert(place, at)
            moved += 1
    go_down = all(below < above + _APART for above, below in pairwise(late))
    foot_first = go_down and 2 * len(late) >= sum(piece is not None for piece in places)
    return list(range(len(places))) if foot_first else order


def _room_for(piece: Piece, order: Sequence[int], texts: Sequence[str], places: Sequence[Piece | None]) -> int | None:
    """Where among the lines before it a line has room; None if it is not late."""
    known = [(place, at, line) for place, at in enumerate(order) if (line := places[at]) is not None]
    for number, (own, at, above) in enumerate(known[:-1]):
        place, _, below = known[number + 1]
        if piece.low - below.low < _APART:
            continue
        if abs(above.low - piece.low) < _APART:
            if above.right <= piece.left and _DOTTED.search(texts[at]):
                return place
        elif above.low > piece.low and _are_one_column(above, piece):
            # Dots without a place between them are the blank that it was written on; a signature stands aside.
            blank = any(_DOTTED.search(texts[between]) for between in order[own + 1 : place])
            if blank or _are_one_column(piece, below):
                return place
    return None


def _are_one_column(one: Piece, other: Piece) -> bool:
    return min(one.right, other.right) > max(one.left, other.left) or abs(one.left - other.left) <= _INDENT
