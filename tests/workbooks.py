"""Workbooks as offices save them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl


def make_workbook(rows: Sequence[Sequence[object]], **strays: object) -> bytes:
    """One sheet of rows, with more cells anywhere by their place: XFD1048576="x"."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in strays.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
