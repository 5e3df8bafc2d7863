"""Recognition of pages without a text layer (Thai and English): which pages tonight, two at a time, each once."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from core.models.snapshot import Block, BlockKind, ReadNote
from documents.base import ReadLimits
from documents.ocr.digits.years import GlyphYear, believed, with_years
from documents.ocr.page import Piece, read_page
from documents.ocr.page_image import Box, PageImage, cut_out, render_page
from documents.ocr.slots import cores, slot
from documents.ocr.tesseract import TesseractError, available

__all__ = ["Part", "Recognised", "available", "recognise_images", "recognise_pages"]

_RECIPE = 9
"""Raised whenever the same picture gives other pieces: older results are then made anew."""
_SHARE = 0.75
"""Part of the time for one body that recognition may take; the pages after that wait for the next night."""
_AT_ONCE = 2
_MANY, _LEGIBLE = 60, 0.6
"""A page of more letters than this, read with less confidence on the average, is also named as unread: noise alone
reaches 0.55."""
_MIN_CONFIDENCE = 0.3
"""A line below this is dirt."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What came of some pages. `unread` are pages (from 1) without text still, `queued` whether some of them wait
    for the next night, `made` how many pages were recognised anew."""

    blocks: tuple[Block, ...]
    unread: tuple[int, ...]
    queued: bool
    made: int

    @property
    def note(self) -> ReadNote:
        """The code for `core.models.snapshot.Reading`."""
        return ReadNote.OCR_QUEUED if self.queued else ReadNote.NO_TEXT_LAYER if self.unread else ReadNote.NONE


@dataclass(frozen=True, slots=True)
class Part:
    """A page (from 1) that is to be recognised, or what lies within a box on it, left, top, right, bottom in
    fractions of the page; `known` are lines that the text layer has, which are painted over."""

    page: int
    box: Box | None = None
    known: tuple[Box, ...] = ()
    stretch: float = 1.0
    """How many times wider the picture is in its own pixels than on the page: letters drawn out are not legible."""


def recognise_pages(
    document: Any,
    parts: Sequence[Part],
    limits: ReadLimits,
    cache: Path | None,
    first_table: int = 0,
) -> Recognised:
    """Recognise pages and parts of pages of a PDF (pypdfium2). What was recognised before costs nothing; of the others
    at most `limits.ocr_pages` are done, as far as the time for one body reaches. A page too large to be drawn, or
    damaged, stays unread alone. The blocks of a page's parts stand in the order of the parts."""

    def images() -> Iterator[tuple[int, PageImage | None]]:
        for at, part in enumerate(parts):
            try:
                page = document[part.page - 1]
            except pdfium.PdfiumError:
                yield at, None
                continue
            try:
                image = render_page(page)
            finally:
                page.close()
            yield at, image if image is None or part.box is None else cut_out(image, part.box, part.known, part.stretch)

    found = recognise_images(images(), list(range(len(parts))), limits, cache, first_table)
    blocks = tuple(_on_page(block, parts[block.page or 0]) for block in found.blocks)
    return replace(found, blocks=blocks, unread=tuple(sorted({parts[at].page for at in found.unread})))


def _on_page(block: Block, part: Part) -> Block:
    box = block.bbox
    if box is not None and part.box is not None:
        left, top, right, bottom = part.box
        wide, tall = right - left, bottom - top
        box = (left + wide * box[0], top + tall * box[1], left + wide * box[2], top + tall * box[3])
    return replace(block, page=part.page, bbox=box)


def recognise_images(
    images: Iterator[tuple[int, PageImage | None]], pages: list[int], limits: ReadLimits, cache: Path | None,
    first_table: int = 0,
) -> Recognised:  # fmt: skip
    """Recognise page images given one after the other with their numbers, as `recognise_pages` does; None stands for
    one that could not be had."""
    if limits.ocr_pages <= 0 and cache is None:
        # Nothing may be recognised and nothing can be remembered: drawing a page would be for nothing.
        return Recognised((), tuple(pages), bool(pages), 0)
    end = time.monotonic() + _SHARE * limits.seconds
    folder = cache / "ocr" if cache is not None else None
    done: dict[int, _Page] = {}
    under_way: dict[Future[_Page], int] = {}
    made = 0
    # Pages are drawn here (pdfium knows no threads) and recognised beside it; few wait, since each takes memory.
    with ThreadPoolExecutor(min(_AT_ONCE, cores())) as threads:
        for number, image in images:
            if image is None:
                done[number] = _Page(None)
                continue
            path = _path(folder, image)
            if path is not None:
                limits.name_page(f"{path.parent.name}/{path.name}")
            known = _remembered(path)
            if known is not None:
                done[number] = known
                continue
            if made >= limits.ocr_pages or time.monotonic() >= end:
                break
            made += 1
            under_way[threads.submit(_recognised, folder, path, image, limits, end)] = number
            limits.tell_progress(len(done), len(pages))
            while len(under_way) > _AT_ONCE:
                _collect(under_way, done)
        while under_way:
            limits.tell_progress(len(done), len(pages))
            _collect(under_way, done)
    blocks: list[Block] = []
    years = believed(year for page in done.values() for piece in page.pieces or () for year in piece.years)
    for number in sorted(done):
        found = _blocks(done[number].pieces or (), number, first_table, years)
        first_table = max([first_table, *(b.table + 1 for b in found if b.table is not None)])
        blocks.extend(found)
    unread = tuple(n for n in pages if n not in done or not done[n].legible)
    queued = any(n not in done or done[n].waits for n in pages)
    return Recognised(tuple(blocks), unread, queued, made)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page's pieces, None if nothing could be read; `waits` if there was no time to try."""

    pieces: tuple[Piece, ...] | None
    waits: bool = False

    @property
    def legible(self) -> bool:
        """Whether what was read can be all that stands there: much that was read as noise is cannot."""
        if self.pieces is None:
            return False
        letters = sum(len(piece.text) for piece in self.pieces)
        sure = sum(piece.confidence * len(piece.text) for piece in self.pieces)
        return letters < _MANY or sure >= _LEGIBLE * letters


def _collect(under_way: dict[Future[_Page], int], done: dict[int, _Page]) -> None:
    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
        done[under_way.pop(future)] = future.result()


def _recognised(folder: Path | None, path: Path | None, image: PageImage, limits: ReadLimits, end: float) -> _Page:
    with slot(folder):
        left = end - time.monotonic()
        if left <= 0:
            return _Page(None, waits=True)
        try:
            page = _Page(read_page(image, min(limits.ocr_seconds, left)))
        except TesseractError:
            if left < limits.ocr_seconds:
                return _Page(None, waits=True)
            page = _Page(None)
    # What could not be read is remembered too: trying it again each night would keep others waiting.
    if path is not None:
        pieces = None if page.pieces is None else [asdict(piece) for piece in page.pieces]
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        part.write_text(json.dumps(pieces, ensure_ascii=False), "utf-8")
        part.replace(path)
    return page


def _path(folder: Path | None, image: PageImage) -> Path | None:
    if folder is None:
        return None
    key = hashlib.sha256(f"{image.grey.shape} {image.dpi} ".encode() + image.grey.tobytes()).hexdigest()
    return folder / key[:2] / f"{key}-{_RECIPE}.json"


def _remembered(path: Path | None) -> _Page | None:
    if path is None:
        return None
    try:
        pieces = json.loads(path.read_text("utf-8"))
        # Its time says when it was last of use: what nobody asks for is swept away one day.
        os.utime(path)
        return _Page(None if pieces is None else tuple(map(_piece, pieces)))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _piece(kept: dict[str, Any]) -> Piece:
    years = tuple(GlyphYear(**year) for year in kept["years"])
    return Piece(**{**kept, "box": tuple(kept["box"]), "years": years})


def _blocks(pieces: tuple[Piece, ...], page: int, first_table: int, years: frozenset[int]) -> list[Block]:
    blocks = []
    line = 0
    for piece in pieces:
        text = "\n".join(" ".join(part.split()) for part in piece.text.splitlines() if part.strip())
        if piece.row is None:
            line += 1
            # A line without text is writing that was passed over: it stays, to be seen.
            if bool(piece.text) and (piece.confidence < _MIN_CONFIDENCE or not text):
                continue
        table = None if piece.table is None else piece.table + first_table
        blocks.append(
            Block(
                BlockKind.PARAGRAPH if piece.row is None else BlockKind.CELL,
                text,
                page=page,
                line=line if piece.row is None else None,
                table=table,
                row=piece.row,
                col=piece.col,
                span_rows=piece.span_rows,
                span_cols=piece.span_cols,
                ocr=True,
                confidence=piece.confidence,
                bbox=piece.box,
                reread=with_years(piece.text, piece.years, years),
            )
        )
    return blocks
