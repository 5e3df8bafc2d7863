"""A long list is read to its end only where it is print."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from documents.ocr import cells
from documents.ocr.cells import CellText, read_cells
from documents.ocr.page_image import Grey
from documents.ocr.table_lines import RuledCell, RuledTable
from documents.ocr.tesseract import Line

ROWS = 20


def table() -> tuple[Grey, RuledTable]:
    """A list of two columns; the grey of a cell's ink says which one it is."""
    page = np.full((ROWS * 40, 400), 255, np.uint8)
    found = []
    for row in range(ROWS):
        for col in range(2):
            box = (200 * col + 5, 40 * row + 5, 200 * col + 195, 40 * row + 35)
            page[box[1] + 8 : box[3] - 8, box[0] + 20 : box[2] - 20 : 12] = 10 + 60 * col
            found.append(RuledCell(row, col, 1, 1, box))
    return page, RuledTable((0, 0, 400, ROWS * 40), tuple(found))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """How many cells were read together, and whether Latin was sought; the second column is scribble below its name."""
    calls: list[tuple[int, bool]] = []
    seen = [0, 0]

    def read(pictures: Sequence[Grey], *_: object, latin: bool = True) -> list[list[Line]]:
        calls.append((len(pictures), latin))
        found = []
        for picture in pictures:
            col = int(picture.min() > 40)
            named = seen[col] == 0
            seen[col] += 1
            sure = named or not col
            found.append([Line("ชื่อ" if sure else "ธี Avo}", 0.93 if sure else 0.4, (0, 0, 9, 9))])
        return found

    monkeypatch.setattr(cells, "read_cell_lines", read)
    return calls


def test_signatures_are_tried_at_the_top_of_a_list_only(asked: list[tuple[int, bool]]) -> None:
    page, ruled = table()
    found = read_cells(page, 200, ruled, 9)
    assert [count for count, _ in asked] == [10, ROWS - 5]
    assert [text.cell for text in found] == list(ruled.cells)
    names = [text.confidence for text in found if text.cell.col == 0]
    signatures = [(text.confidence, text.text) for text in found if text.cell.col == 1]
    assert names == [0.93] * ROWS
    assert signatures[0] == (0.93, "ชื่อ")
    assert signatures[5:] == [(0.0, "")] * (ROWS - 5), "cells that were not read must not pass for empty ones"


def told(col: int, *confidences: float) -> list[CellText]:
    return [CellText(RuledCell(row, col, 1, 1, (0, 0, 9, 9)), "ธี", sure) for row, sure in enumerate(confidences)]


def test_a_column_is_given_up_when_hardly_one_of_its_cells_is_legible() -> None:
    few, scribbles, lucky, print_, poor = (
        told(0, 0.4, 0.5), told(1, 0.4, 0.5, 0.3), told(2, 0.4, 0.5, 0.3, 0.8, 0.2), told(3, 0.9, 0.95, 0.8),
        told(4, 0.6, 0.8, 0.76, 0.6, 0.5),
    )  # fmt: skip
    assert cells.scribbled([*few, *scribbles, *lucky, *print_, *poor]) == {1, 2}


def test_a_column_of_which_too_little_is_known_is_tried_once_more() -> None:
    left = [RuledCell(row, col, 1, 1, (0, 0, 9, 9)) for row in range(8, 20) for col in range(3)]
    found = cells.samples([*told(0, 0.4, 0.5), *told(1, 0.9), *told(2, 0.4, 0.4, 0.4)], left)
    assert [(cell.row, cell.col) for cell in found] == [(8, 0)]


def test_a_short_table_is_read_whole(asked: list[tuple[int, bool]]) -> None:
    page, ruled = table()
    short = RuledTable(ruled.box, ruled.cells[:24])
    assert [text.confidence for text in read_cells(page, 200, short, 9)].count(0.4) == 11
    assert asked == [(24, True)]


def test_a_piece_of_a_rule_in_a_cell_is_no_writing(asked: list[tuple[int, bool]]) -> None:
    page = np.full((200, 400), 255, np.uint8)
    boxes = [(5, 5, 195, 95), (205, 5, 395, 95), (5, 105, 195, 195), (205, 105, 395, 195)]
    page[50:53, 15:195] = 0
    page[50:53, 250:290] = 0
    ruled = RuledTable((0, 0, 400, 200), tuple(RuledCell(n // 2, n % 2, 1, 1, box) for n, box in enumerate(boxes)))
    found = [(text.text, text.confidence) for text in read_cells(page, 200, ruled, 9)]
    assert found == [("", 1.0), ("-", 1.0), ("", 1.0), ("", 1.0)]
    assert not any(count for count, _ in asked)
