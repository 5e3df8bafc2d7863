"""Text that a PDF has and a reader of the page does not see: without ink, in the colour of its ground, under an area
that was filled later, outside what is shown of the page, too small, or on a layer that is off. Such lines are marked as
hidden, not dropped."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from core.models.snapshot import Block, BlockKind
from documents.grid import Box
from documents.line_blocks import line_block
from documents.pdf.drawn_lines import CURVES, Drawn
from documents.pdf.packed import may_hold
from documents.pdf.page_objects import (
    UNIT,
    Counts,
    Floats,
    TextObjects,
    address,
    calls,
    clips_of,
    colours_of,
    floats_of,
    letter_calls,
    matrices_of,
    move_box,
)
from documents.pdf.places import is_skeleton, skeleton, skeleton_places, skeleton_text, word_start
from documents.pdf.struck import strikes, struck_pieces

_INVISIBLE = 3
_CLIP = 7
_STROKED = (1, 5)
"""Modes of text (PDF 32000, table 106): no ink, the edge of a clip, outlines alone."""
_PALE = 235
"""Of 255: the darkest of a colour's parts from which text may be lost on paper."""
_FAINT = 16
"""Of 255: a difference from the ground that nobody sees."""
_SMALLEST = 1.0
"""Points."""
_PARTS = np.array([1 << 24, 1 << 16, 1 << 8, 1], np.uint32)
_Which = npt.NDArray[np.bool_]
_Colour = tuple[int, int, int]
_Grounds = list[tuple[_Colour, list[Box]]]
"""Filled areas by their colour."""
_MOST = 20_000
_MOST_LETTERS = 60_000
_MOST_COVERS = 300
"""Areas that may lie over text, the largest of a page; a table may have thousands of shaded cells."""
_SCALE = 1.0
_LARGEST = 16_000_000
"""Square points of a page that is drawn; posters are 5 million."""
_BESIDE = 2
"""Pixels of the ground that are looked at beside a piece of text, so that a dash is not taken for the ground."""
_TRACE = 0.02
"""Part of a place that may differ from the ground: the marks of a neighbouring line."""
_SHORT = 4
"""Letters of a line that may stand on a page twice by chance."""
_LAYERS = re.compile(rb"/OCGs(?!\s*\[\s*\])")
"""Layers of a catalogue (PDF 32000, table 100); many programs write an empty list of them."""
_LAYER = "OC".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Unseen:
    """The pieces of text of a page, by their addresses, that nobody sees, or that are struck out."""

    items: frozenset[int]
    beyond: frozenset[int]
    """Those outside the sheet, which `pdftotext` leaves out. A table may run over its edge: its cells are kept."""
    sizeless: bool
    """Some have no size at all: pdfium leaves them out of the page's letters, `pdftotext` does not."""


def may_have_layers(body: bytes) -> bool:
    """Whether a PDF may have layers, which can be off: its catalogue says so, or nobody can tell."""
    return may_hold(body, b"/OCProperties") and may_hold(body, _LAYERS)


def unseen_text(page: Any, seen: Drawn, *, layers: bool) -> Unseen:
    """What nobody sees of the text of a page (pypdfium2). The page is drawn only where a colour or a layer leaves it
    open."""
    bounds, sheet = page.get_bbox(), page.get_mediabox()
    sure: set[int] = set()
    open_: list[tuple[int, Box]] = []
    beyond: set[int] = set()
    sizeless = False
    grounds = _by_colour(seen.grounds)
    covers = sorted(seen.covers, key=_size)[-_MOST_COVERS:]
    lines = strikes(seen.rules)
    for group in seen.texts:
        look = _Look(group)
        tiny, none = look.tiny()
        sure |= tiny
        sizeless |= none
        outside = look.outside(bounds)
        sure |= outside
        beyond |= outside if sheet == bounds else look.outside(sheet)
        sure |= look.inkless(seen)
        sure |= look.struck(lines)
        doubtful = look.pale() | look.alike(grounds) | look.covered(covers) | look.clipped()
        if layers:
            doubtful |= look.layered()
        if doubtful.any():
            open_ += [(item, box) for item, box in look.places(doubtful) if item not in sure]
    if open_:
        sure |= _lost(page, bounds, open_[:_MOST])
    return Unseen(frozenset(sure), frozenset(beyond), sizeless)


class _Look:
    """One group's pieces of text as arrays."""

    def __init__(self, group: TextObjects) -> None:
        call = calls()
        self._group = group
        self._items = group.items
        self._modes = np.fromiter(map(call.text_mode, group.items), np.int32, len(group.items))
        self._filled = not self._modes.any()
        self._colours: Counts = colours_of(call.fill_colour, group.items)
        stroked = np.isin(self._modes, _STROKED) if not self._filled else None
        if stroked is not None and stroked.any():
            self._colours[stroked] = colours_of(call.stroke_colour, self._of(stroked))
        # A page's text has few colours: what is asked of each piece is asked of them first.
        self._codes = self._colours @ _PARTS
        self._few = [
            ((code >> 24, code >> 16 & 255, code >> 8 & 255), code & 255) for code in set(self._codes.tolist())
        ]
        self._boxes = _moved(floats_of(call.bounds, group.items, 4), group)

    def places(self, which: _Which) -> list[tuple[int, Box]]:
        """Some of the pieces with their bounds."""
        boxes = self._boxes[which].tolist()
        return [(item, (x0, y0, x1, y1)) for item, (x0, y0, x1, y1) in zip(self._of(which), boxes, strict=True)]

    def tiny(self) -> tuple[set[int], bool]:
        """Pieces of no size that can be read, and whether one has none at all."""
        low = (self._boxes[:, 3] - self._boxes[:, 1] < _SMALLEST) | (self._boxes[:, 2] - self._boxes[:, 0] < _SMALLEST)
        if not low.any():
            return set(), False
        items = self._of(low)
        sizes = np.abs(floats_of(calls().text_size, items, 1)[:, 0])
        a, b, c, d, _, _ = self._group.matrix
        p, q, r, s, _, _ = matrices_of(items).T
        sizes *= np.minimum(np.hypot(p * a + q * c, p * b + q * d), np.hypot(r * a + s * c, r * b + s * d))
        return {items[at] for at in np.flatnonzero(sizes < _SMALLEST).tolist()}, bool((sizes == 0).any())

    def outside(self, bounds: Box) -> set[int]:
        """Pieces that have no part within bounds."""
        left, bottom, right, top = bounds
        x0, y0, x1, y1 = self._boxes.T
        away = (x1 <= left) | (x0 >= right) | (y1 <= bottom) | (y0 >= top)
        return set(self._of(away & (x1 > x0) & (y1 > y0))) if away.any() else set()

    def inkless(self, seen: Drawn) -> set[int]:
        """Pieces without ink; those over a picture, or on a page whose letters are shapes, are what it says."""
        if self._filled:
            return set()
        without = self._modes == _INVISIBLE
        if not without.any() or seen.curves >= CURVES:
            return set()
        return set(self._of(without & ~self._within([box for box, _ in seen.images])))

    def struck(self, lines: Sequence[Box]) -> set[int]:
        """Pieces that a line strikes out."""
        return set(self._of(struck_pieces(self._boxes, lines))) if lines else set()

    def pale(self) -> _Which:
        """Which have a colour that paper may swallow, or let everything through."""
        if self._filled and not any(min(colour) >= _PALE or cover <= _FAINT for colour, cover in self._few):
            return np.zeros(len(self._items), bool)
        pale = self._colours[:, :3].min(axis=1) >= _PALE
        clear = self._colours[:, 3] <= _FAINT
        which: _Which = (pale | clear | (self._modes == _CLIP)) & (self._modes != _INVISIBLE)
        return which

    def alike(self, grounds: _Grounds) -> _Which:
        """Which stand on an area of their own colour."""
        which = np.zeros(len(self._items), bool)
        for colour, areas in grounds:
            if any(_is_near(colour, own) for own, _ in self._few):
                own = self._colours[:, :3].astype(np.int32)
                which |= (np.abs(own - np.array(colour)).max(axis=1) <= _FAINT) & self._within(areas)
        found: _Which = which & (self._modes != _INVISIBLE)
        return found

    def covered(self, covers: Sequence[tuple[float, Box]]) -> _Which:
        """Which lie under an area that is filled later."""
        which = np.zeros(len(self._items), bool)
        first = self._group.order.min(initial=np.inf)
        for moment, area in covers:
            if moment > first:
                which |= (self._group.order < moment) & self._within([area])
        found: _Which = which & (self._modes != _INVISIBLE)
        return found

    def clipped(self) -> _Which:
        """Which stand beside the rectangle within which they are shown."""
        clips = clips_of(self._items)
        none = np.zeros(len(self._items), bool)
        if not clips.any():
            return none
        corners = np.concatenate(
            [np.minimum(clips[:, :2], clips[:, 2:]), np.maximum(clips[:, :2], clips[:, 2:])], axis=1
        )
        left, bottom, right, top = _moved(corners, self._group).T
        x0, y0, x1, y1 = self._boxes.T
        beside = (x1 <= left) | (x0 >= right) | (y1 <= bottom) | (y0 >= top)
        found: _Which = beside & (right > left) & (top > bottom) & (self._modes != _INVISIBLE)
        return found

    def layered(self) -> _Which:
        """Which belong to a layer."""
        counts = map(calls().marks, self._items)
        known: dict[int, bool] = {}
        which = [
            any([_is_layer(calls().mark(item, at), known) for at in range(count)])
            for item, count in zip(self._items, counts, strict=True)
        ]
        return np.array(which, bool)

    def _of(self, which: _Which) -> list[int]:
        return [self._items[at] for at in np.flatnonzero(which).tolist()]

    def _within(self, areas: Iterable[Box]) -> _Which:
        x = (self._boxes[:, 0] + self._boxes[:, 2]) / 2
        y = (self._boxes[:, 1] + self._boxes[:, 3]) / 2
        found = np.zeros(len(self._items), bool)
        for left, bottom, right, top in areas:
            found |= (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        return found


def _size(cover: tuple[float, Box]) -> float:
    left, bottom, right, top = cover[1]
    return (right - left) * (top - bottom)


def _by_colour(grounds: Sequence[tuple[int, Box]]) -> _Grounds:
    areas: dict[_Colour, list[Box]] = {}
    colours = colours_of(calls().fill_colour, [item for item, _ in grounds])[:, :3].tolist()
    for (red, green, blue), (_, box) in zip(colours, grounds, strict=True):
        areas.setdefault((red, green, blue), []).append(box)
    return list(areas.items())


def _is_near(one: _Colour, other: _Colour) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(one[2] - other[2])) <= _FAINT


def _moved(boxes: Floats, group: TextObjects) -> Floats:
    return boxes if group.matrix == UNIT else move_box(boxes, group.matrix).astype(np.float32)


def _is_layer(mark: int, known: dict[int, bool]) -> bool:
    """Whether a mark is of a layer; pieces that follow each other share theirs."""
    if mark not in known:
        name = (ctypes.c_ushort * 8)()
        size = ctypes.c_ulong()
        handle = ctypes.cast(mark, pdfium_c.FPDF_PAGEOBJECTMARK)
        read = pdfium_c.FPDFPageObjMark_GetName(handle, name, ctypes.sizeof(name), size)
        known[mark] = bool(read) and bytes(name)[: max(0, size.value - 2)] == _LAYER
    return known[mark]


def _lost(page: Any, bounds: Box, places: Sequence[tuple[int, Box]]) -> set[int]:
    """The pieces of text at whose place nothing is seen when the page is drawn."""
    width, height = page.get_size()
    if width * height > _LARGEST:
        return set()
    try:
        bitmap = page.render(scale=_SCALE, draw_annots=False, may_draw_forms=False)
    except (pdfium.PdfiumError, ValueError, MemoryError):
        return set()
    try:
        pixels = bitmap.to_numpy()[:, :, :3].astype(np.int16)
    finally:
        bitmap.close()
    left, _, _, high = bounds
    found: set[int] = set()
    for item, (x0, y0, x1, y1) in places:
        if x1 <= x0 or y1 <= y0:
            continue
        rows = slice(max(0, int((high - y1) * _SCALE)), max(0, math.ceil((high - y0) * _SCALE)))
        columns = slice(max(0, int((x0 - left) * _SCALE) - _BESIDE), max(0, math.ceil((x1 - left) * _SCALE) + _BESIDE))
        part = pixels[rows, columns].reshape(-1, 3)
        if part.size and _is_flat(part):
            found.add(item)
    return found


def _is_flat(part: npt.NDArray[np.int16]) -> bool:
    if (np.ptp(part, axis=0) <= _FAINT).all():
        return True
    ground = np.median(part, axis=0)
    return bool((np.abs(part - ground).max(axis=1) > _FAINT).mean() <= _TRACE)


def mark_unseen(blocks: Sequence[Block], textpage: Any, unseen: Unseen) -> list[Block]:
    """The blocks of a page (pypdfium2 text page) with what nobody sees of them marked as hidden; a line that is seen
    in part is parted."""
    letters = _Letters(textpage, unseen)
    if not letters.has_unseen:
        return list(blocks)
    done: list[Block] = []
    for block in blocks:
        pieces = [
            piece
            for line in block.text.split("\n")
            for piece in letters.split_line(line, cell=block.kind is BlockKind.CELL)
        ]
        plain = [text for text, hidden in pieces if not hidden and text]
        gone = [text for text, hidden in pieces if hidden]
        if not gone:
            done.append(block)
        elif not plain:
            done.append(replace(block, hidden=True))
        elif block.kind is BlockKind.CELL:
            done.append(replace(block, text="\n".join(plain)))
        else:
            shown = line_block(" ".join(plain), page=block.page, line=block.line, bold=block.bold)
            done += [shown, replace(block, text=" ".join(gone), hidden=True)]
    return done


class _Letters:
    """A page's letters in pdfium's order, and which of them nobody sees."""

    def __init__(self, textpage: Any, unseen: Unseen) -> None:
        count = max(0, min(textpage.count_chars(), _MOST_LETTERS))
        raw, call = textpage.raw, letter_calls()
        handle = address(raw)
        codes = np.fromiter(map(call.unicode, repeat(handle), range(count)), np.uint32, count)
        kept = np.flatnonzero(is_skeleton(codes))
        codes = codes[kept]
        owners = list(map(call.owner, repeat(handle), kept.tolist()))
        gone = np.fromiter((owner in unseen.items for owner in owners), np.bool_, len(owners))
        beyond = np.fromiter((owner in unseen.beyond for owner in owners), np.bool_, len(owners))
        self._bare = skeleton_text(codes[~beyond])
        self._gone: list[bool] = gone[~beyond].tolist()
        self._seen = skeleton_text(codes[~gone])
        self._unseen = skeleton_text(codes[gone & ~beyond])
        self._beyond = skeleton_text(codes[beyond])
        self._sizeless = unseen.sizeless
        self._at = 0
        self.has_unseen = unseen.sizeless or bool(gone.any())

    def split_line(self, line: str, *, cell: bool) -> list[tuple[str, bool]]:
        """The pieces of a line, and whether each is unseen."""
        wanted = skeleton(line)
        if not wanted:
            return [(line, False)]
        start = self._start(wanted)
        if start is None:
            return self._by_words(line, cell=cell)
        self._at = start + len(wanted)
        flags = self._gone[start : self._at]
        if all(flags) or not any(flags):
            return [(line, flags[0])]
        places = skeleton_places(line)
        pieces: list[tuple[str, bool]] = []
        begin = at = 0
        for gone, run in groupby(flags):
            at += len(list(run))
            end = word_start(line, places[at]) if at < len(places) else len(line)
            pieces.append((line[begin:end].strip(), gone))
            begin = end
        return pieces

    def _start(self, wanted: str) -> int | None:
        """Where a line's letters stand; the next such place, but a few letters only where they follow."""
        if self._bare.startswith(wanted, self._at):
            return self._at
        if len(wanted) < _SHORT and wanted in self._seen:
            return None
        start = self._bare.find(wanted, self._at)
        if start < 0:
            start = self._bare.find(wanted)
        return start if start >= 0 else None

    def _by_words(self, line: str, *, cell: bool) -> list[tuple[str, bool]]:
        """The pieces of a line that the page has in another order, or not at all."""
        words = [(word, self._is_gone(skeleton(word), cell=cell)) for word in line.split(" ")]
        return [(" ".join(word for word, _ in run), gone) for gone, run in groupby(words, key=lambda word: word[1])]

    def _is_gone(self, wanted: str, *, cell: bool) -> bool:
        if not wanted or wanted in self._seen:
            return False
        return self._sizeless or wanted in self._unseen or (not cell and wanted in self._beyond)
