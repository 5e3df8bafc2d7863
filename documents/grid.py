"""Ruled tables: from drawn lines to cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_THIN = 3.0
"""Points; a thicker thing is no rule."""
_SNAP = 3.0
_MIN_CELL = 6.0
_MAX_LINES = 200
_EVEN = 0.8
"""Cells of a table of shaded areas alone, as a share of rows times columns."""

Box = tuple[float, float, float, float]
_Flags = npt.NDArray[np.bool_]
_Lines = tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell in page points (origin bottom left); row and col count from 0."""

    row: int
    col: int
    span_rows: int
    span_cols: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a page."""

    top: float
    bottom: float
    cells: tuple[GridCell, ...]

    @property
    def left(self) -> float:
        """Its left edge."""
        return min(cell.left for cell in self.cells)

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(cell.right for cell in self.cells)


class _Rule(NamedTuple):
    at: float
    start: float
    stop: float


def find_grids(boxes: Sequence[Box], width: float, height: float, fills: Sequence[Box] = ()) -> list[Grid]:
    """Tables of at least two rows or columns, from the bounds of drawn lines and frames, in points.

    `fills` are areas without an outline. Within a ruled table they are shading; elsewhere their edges may be the only
    rules that a table has, but only whole rows and columns of them make one."""
    lines = _lines(boxes, width, height)
    ruled = _grids(lines)
    # Each grid's bounds once: a page may have thousands of areas, and a grid's edges are sought among all its cells.
    bounds = [(grid.left, grid.bottom, grid.right, grid.top) for grid in ruled]
    loose = [fill for fill in fills if not any([_is_within(fill, grid) for grid in bounds])]
    if not loose:
        return ruled
    more = _lines(loose, width, height)
    grids = _grids((lines[0] + more[0], lines[1] + more[1]))
    return [grid for grid in grids if _is_even(grid) or any(_is_over(grid, other) for other in ruled)]


def _is_within(fill: Box, grid: Box) -> bool:
    x, y = (fill[0] + fill[2]) / 2, (fill[1] + fill[3]) / 2
    return grid[1] <= y <= grid[3] and grid[0] <= x <= grid[2]


def _is_over(grid: Grid, other: Grid) -> bool:
    return grid.bottom <= other.top and other.bottom <= grid.top


def _is_even(grid: Grid) -> bool:
    """Whether its cells stand in rows and columns: words with shaded ground behind them do not."""
    rows, cols = max(cell.row for cell in grid.cells) + 1, max(cell.col for cell in grid.cells) + 1
    return rows >= 2 and cols >= 2 and len(grid.cells) >= _EVEN * rows * cols


def _grids(lines: _Lines) -> list[Grid]:
    grids = []
    for rows, cols in _groups(_merged(lines[0]), _merged(lines[1])):
        cells = _cells(rows, cols)
        if len(cells) >= 2:
            grids.append(Grid(max(c.top for c in cells), min(c.bottom for c in cells), tuple(cells)))
    return grids


def _lines(boxes: Sequence[Box], width: float, height: float) -> _Lines:
    """Flat and upright lines, unmerged: where each is, and where it begins and ends."""
    flat: list[tuple[float, float, float]] = []
    upright: list[tuple[float, float, float]] = []
    for left, bottom, right, top in boxes:
        wide, tall = right - left, top - bottom
        if tall <= _THIN and wide >= _MIN_CELL:
            flat.append(((top + bottom) / 2, left, right))
        elif wide <= _THIN and tall >= _MIN_CELL:
            upright.append(((left + right) / 2, bottom, top))
        elif wide >= _MIN_CELL and tall >= _MIN_CELL and not (wide > 0.97 * width and tall > 0.97 * height):
            flat += [(bottom, left, right), (top, left, right)]
            upright += [(left, bottom, top), (right, bottom, top)]
    return flat, upright


def _merged(lines: list[tuple[float, float, float]]) -> list[_Rule]:
    """Rules at the same place that touch are one: tables draw a piece per cell."""
    merged: list[_Rule] = []
    ordered = sorted([(round(at / _SNAP), start, at, stop) for at, start, stop in lines])
    last_at, last_start, last_stop = -math.inf, 0.0, 0.0
    for _, start, at, stop in ordered:
        if abs(last_at - at) <= _SNAP and start <= last_stop + _SNAP:
            last_stop = max(last_stop, stop)
        else:
            if last_at > -math.inf:
                merged.append(_Rule(last_at, last_start, last_stop))
            last_at, last_start, last_stop = at, start, stop
    if last_at > -math.inf:
        merged.append(_Rule(last_at, last_start, last_stop))
    return merged


def _groups(flat: list[_Rule], upright: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that cross each other belong to one table."""
    if not 2 <= len(flat) <= _MAX_LINES or not 2 <= len(upright) <= _MAX_LINES:
        return []
    left = set(range(len(flat)))
    across, along = _crossings(flat, upright)
    groups = []
    while left:
        first = left.pop()
        rows, cols = 1 << first, across[first]
        before = 0
        while cols != before:
            # Bit by bit: the rows that cross the columns found last, then the columns that cross those rows.
            rows |= _together(along, cols & ~before)
            before, cols = cols, _together(across, rows)
        found, others = _numbers(rows), _numbers(cols)
        left.difference_update(found)
        if len(found) >= 2 and len(others) >= 2:
            groups.append(([flat[r] for r in found], [upright[c] for c in others]))
    return groups


def _crossings(flat: list[_Rule], upright: list[_Rule]) -> tuple[list[int], list[int]]:
    """For each flat rule the upright ones that it crosses, and for each upright one the flat ones; a bit each."""
    rows, cols = np.array(flat), np.array(upright)
    met = _reach(rows, cols[:, 0]) & _reach(cols, rows[:, 0]).T
    return _as_bits(met), _as_bits(met.T)


def _reach(rules: npt.NDArray[np.float64], places: npt.NDArray[np.float64]) -> _Flags:
    """Which rules, a row each, run past which places."""
    start, stop = rules[:, 1:2] - _SNAP, rules[:, 2:3] + _SNAP
    return (start <= places) & (places <= stop)


def _as_bits(flags: _Flags) -> list[int]:
    """Each row of flags as a number: bit 0 is the first."""
    rows = np.packbits(flags, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in rows]


def _together(bits: list[int], which: int) -> int:
    found = 0
    for number in _numbers(which):
        found |= bits[number]
    return found


def _numbers(bits: int) -> list[int]:
    """The places of the bits that are set, from the lowest."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _positions(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _cells(rows: list[_Rule], cols: list[_Rule]) -> list[GridCell]:
    ys = sorted(_positions([r.at for r in rows]), reverse=True)
    xs = _positions([c.at for c in cols])
    if len(ys) < 2 or len(xs) < 2:
        return []
    # Bit c of upright[r]: whether row r has a line at its left edge c; of flat[r]: whether column c has one at its top.
    upright = _as_bits(_drawn_along(cols, xs, ys).T)
    flat = _as_bits(_drawn_along(rows, ys, xs))
    taken = [0] * (len(ys) - 1)
    cells = []
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if taken[row] >> col & 1:
                continue
            right, down = col + 1, row + 1
            while right < len(xs) - 1 and not (upright[row] | taken[row]) >> right & 1:
                right += 1
            across, within = (1 << right) - (1 << col), (1 << right) - (1 << col + 1)
            # A cell goes on into the next row if no line is under any part of it and none through its part there.
            while down < len(ys) - 1 and not flat[down] & across and not upright[down] & within:
                down += 1
            for r in range(row, down):
                taken[r] |= across
            if xs[right] - xs[col] >= _MIN_CELL and ys[row] - ys[down] >= _MIN_CELL:
                cells.append(GridCell(row, col, down - row, right - col, xs[col], ys[down], xs[right], ys[row]))
    return cells


def _drawn_along(rules: list[_Rule], places: list[float], others: list[float]) -> _Flags:
    """For each place, a row each, and each stretch between two other lines: whether a rule runs along its middle."""
    table = np.array(rules)
    edges = np.array(others)
    near = np.abs(table[:, 0] - np.array(places)[:, None]) <= _SNAP
    covered = _reach(table, (edges[:-1] + edges[1:]) / 2)
    # As numbers: numpy multiplies those at once.
    along: _Flags = near.astype(np.float32) @ covered.astype(np.float32) > 0
    return along
