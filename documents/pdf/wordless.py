"""What a page shows and its text layer does not say, though nothing was read from it: small pictures, pen strokes.
Each is an image among the page's blocks: under a heading it may be the answer."""

from __future__ import annotations

from collections.abc import Sequence

from core.models.snapshot import Block, BlockKind
from documents.grid import Box
from documents.ocr.recognise import Part
from documents.pdf.drawn_lines import Picture
from documents.pdf.open_page import OpenPage
from documents.pdf.pictures import join_pictures
from documents.pdf.places import Extra, skeleton

_WORD = (14.0, 7.0)
"""Points, across and down: a word fits on it. What is smaller is a bullet, a tick or a piece of a line."""
_GROUND = 0.5
"""Share of the page from which a picture is its ground, or was looked at for writing."""
_MOST = 12
"""Of one page, the topmost."""
_MOST_SCRAWLS = 120
"""Curved shapes on a page up to which they may be writing; more are a chart or a map."""
_SAME = 2.0
"""Points by which the place of a picture may differ from page to page."""


class WordlessPictures:
    """The pictures and pen strokes of one document's pages without words, page after page."""

    def __init__(self) -> None:
        self._places: set[tuple[int, ...]] = set()

    def of_page(
        self, page: OpenPage, number: int, images: Sequence[Picture], scrawls: Sequence[Box], parts: Sequence[Part]
    ) -> tuple[Extra, ...]:
        """Those of a page (from 1); `parts` are pictures of which the writing is read. What stood in the same place of
        an earlier page belongs to the paper, as a letterhead does."""
        if not images and not scrawls:
            return ()
        bounds = page.page.get_bbox()
        drawn = scrawls if len(scrawls) <= _MOST_SCRAWLS else ()
        found = join_pictures((*images, *(Picture(box, 1.0) for box in drawn)), bounds)
        shown: list[Extra] = []
        for box, _ in sorted(found, key=lambda picture: -picture.box[3]):
            place = tuple(round(side / _SAME) for side in box)
            if not _may_be_word(box, bounds) or place in self._places or _is_read(box, bounds, parts):
                continue
            self._places.add(place)
            if len(shown) < _MOST and not skeleton(page.text_within(*box)) and not _is_crest(page, number, box, bounds):
                shown.append(image_at(box, bounds, number))
        return tuple(shown)


def image_at(box: Box, page: Box, number: int | None) -> Extra:
    """An image without a name at a place of a page, whose bounds in points are given."""
    width, height = page[2] - page[0], page[3] - page[1]
    fraction = (
        (box[0] - page[0]) / width, (page[3] - box[3]) / height,
        (box[2] - page[0]) / width, (page[3] - box[1]) / height,
    )  # fmt: skip
    return Extra(box, (Block(BlockKind.IMAGE, "", page=number, bbox=fraction),), wordless=True)


def _is_crest(page: OpenPage, number: int, box: Box, bounds: Box) -> bool:
    """Whether a picture stands above all that a document says."""
    middle = (box[1] + box[3]) / 2
    return number == 1 and not skeleton(page.text_within(bounds[0], middle, bounds[2], bounds[3]))


def _may_be_word(box: Box, page: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    whole = (page[2] - page[0]) * (page[3] - page[1])
    return wide >= _WORD[0] and tall >= _WORD[1] and wide * tall < _GROUND * whole


def _is_read(box: Box, page: Box, parts: Sequence[Part]) -> bool:
    """Whether the writing of a picture is read."""
    x = ((box[0] + box[2]) / 2 - page[0]) / (page[2] - page[0])
    y = (page[3] - (box[1] + box[3]) / 2) / (page[3] - page[1])
    return any(
        part.box is not None and part.box[0] <= x <= part.box[2] and part.box[1] <= y <= part.box[3] for part in parts
    )
