"""What tables without rules are made of: lines of rows, edges of columns, and the room between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from documents.grid import Grid, GridCell
from documents.pdf.unruled.written_lines import WrittenLine

FREE = 0.08
"""Of a line's height: the least room between two columns, through all rows."""
WORDS = 0.3
"""The same: more room than two words leave between them."""
ASIDE = 0.35
"""The same for how far writing at the left edge of one column may begin from it."""
NEAR = 1.12
"""Times the least step between two lines that lines of one row are apart at most."""
Letters = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """The lines with which its rows begin, the first line behind it, and the edges of its columns."""

    starts: tuple[int, ...]
    stop: int
    edges: tuple[float, ...]
    names: frozenset[str] = frozenset()
    """The pieces of its columns' names."""


def within(line: WrittenLine, gap: tuple[float, float]) -> Letters:
    """The edges of a line's letters that reach into a gap."""
    letters = line.letters
    return letters[(letters[:, 1] > gap[0]) & (letters[:, 0] < gap[1])]


def free(letters: Letters, gap: tuple[float, float], least: float) -> list[tuple[float, float]]:
    """The stretches of a gap that no letter reaches into."""
    found = []
    reach = gap[0]
    for left, right in letters[np.argsort(letters[:, 0])].tolist():
        if left - reach >= least:
            found.append((reach, left))
        reach = max(reach, right)
    if gap[1] - reach >= least:
        found.append((reach, gap[1]))
    return found


def cut(lines: Sequence[WrittenLine], table: PlacedTable) -> Grid:
    """The cells of a table."""
    first = lines[table.starts[0]]
    above = lines[table.starts[0] - 1].low if table.starts[0] else first.low + 2 * first.height
    flat = [min(first.low + first.height, above) + 0.5]
    flat += [(lines[at - 1].low + lines[at].low + lines[at].height) / 2 for at in table.starts[1:]]
    flat.append(lines[table.stop - 1].low - 1.0)
    cells = tuple(
        GridCell(row, col, 1, 1, left, bottom, right, top)
        for row, (top, bottom) in enumerate(pairwise(flat))
        for col, (left, right) in enumerate(pairwise(table.edges))
    )
    return Grid(flat[0], flat[-1], cells)
