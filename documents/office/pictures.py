"""Pictures in office documents: recognised where they may hold writing, and put where they stand."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState
from documents.base import ReadError, ReadLimits
from documents.line_blocks import reading_from_blocks

if TYPE_CHECKING:
    from documents.ocr.page_image import Grey

EMU = 914_400
"""English metric units to the inch."""
_WIDE, _TALL = 1.6, 0.3
"""Inches; a section of a report does not fit on less: what is smaller is a crest, an icon or a signature."""
_PIXELS = (200, 40)
_WORD = (0.2, 0.1)
"""Inches; a word fits on it. What is smaller is a bullet, a line or an ornament."""
_WORD_PIXELS = (24, 12)
_PAPER = 200
"""Grey from which a pixel is paper."""
_PAPER_SHARE = 0.55
"""A sheet with writing is mostly paper; a photo is not."""
_SQUARE = 8
_GREY_PAPER = 140
_EVEN = 14
"""Greys by which squares of the same paper differ."""
_HARDLY = 12
"""Letters recognised on a sheet of writing below which it was not read."""
_MAX_PICTURES = 400
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, RuntimeError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a document: the index of the block before which it stands, its name, who gives its bytes by that
    name (raising ReadError or KeyError), its size on the page in inches (0: not known) and its page."""

    at: int
    name: str
    load: Callable[[str], bytes]
    inches: tuple[float, float] = (0.0, 0.0)
    page: int | None = None


def loose_pictures(images: list[bytes], at: int) -> list[Picture]:
    """Return pictures of which only the bytes are known, before the block of an index."""
    return [Picture(at, str(number), lambda name: images[int(name)]) for number in range(len(images))]


@dataclass(slots=True)
class _Sheet:
    """One distinct picture that may hold writing. `places` are the indexes of blocks where it stands."""

    name: str
    body: bytes
    inches: tuple[float, float]
    places: list[tuple[int, int | None]]


def reading_with_pictures(
    blocks: list[Block], pictures: list[Picture], limits: ReadLimits, cache: Path | None, *, cut: bool = False
) -> Reading:
    """Return a document's blocks with the writing on its pictures as a reading.

    A photo that holds no writing is an image with its name; one that nobody looked at for its size has none, and one
    that could not be looked at makes the reading partial. `cut` says that a part was left out for its size."""
    sheets, words, lost = _sheets(pictures)
    note = ReadNote.TOO_LARGE if cut else ReadNote.NO_TEXT_LAYER if lost else ReadNote.NONE
    made = 0
    drawn = {at: [Block(BlockKind.IMAGE, "", page=page)] for at, page in words}
    if not sheets:
        blocks = _merged(blocks, drawn)
    else:
        from documents.ocr.recognise import available

        if available():
            blocks, seen, made = _recognise(blocks, sheets, drawn, limits, cache)
            note = seen or note
        else:
            note = ReadNote.NEEDS_TOOL
    reading = replace(reading_from_blocks(blocks), recognised=made)
    if not note:
        return reading
    return replace(reading, state=ReadState.PARTIAL if blocks else ReadState.UNREAD, note=note)


def _merged(blocks: list[Block], pictures: Mapping[int, Sequence[Block]]) -> list[Block]:
    """Blocks with those of pictures before the block of an index."""
    if not pictures:
        return blocks
    merged: list[Block] = []
    for at in range(len(blocks) + 1):
        merged += pictures.get(at, ())
        merged += blocks[at : at + 1]
    return merged


def _sheets(pictures: list[Picture]) -> tuple[list[_Sheet], list[tuple[int, int | None]], bool]:
    """The pictures that may hold a section of a report, each once; where those stand that hold no more than a few words
    (crests and signatures too); and whether one could not be opened."""
    found: dict[str, _Sheet] = {}
    words: list[tuple[int, int | None]] = []
    lost = len(pictures) > _MAX_PICTURES
    for picture in pictures[:_MAX_PICTURES]:
        wide, tall = picture.inches
        if wide and tall and (wide < _WIDE or tall < _TALL):
            if wide >= _WORD[0] and tall >= _WORD[1]:
                words.append((picture.at, picture.page))
            continue
        try:
            body = picture.load(picture.name)
        except (ReadError, *_BROKEN):
            lost = True
            continue
        key = sha256(body).hexdigest()
        if key in found:
            found[key].places.append((picture.at, picture.page))
            continue
        size = _size(body)
        if size is None:
            # Drawings of Windows (EMF, WMF) are charts and pasted tables: they may say anything.
            lost = True
        elif size[0] >= _PIXELS[0] and size[1] >= _PIXELS[1]:
            found[key] = _Sheet(picture.name, body, picture.inches, [(picture.at, picture.page)])
        elif size[0] >= _WORD_PIXELS[0] and size[1] >= _WORD_PIXELS[1]:
            words.append((picture.at, picture.page))
    return list(found.values()), words, lost


def _is_paper(grey: Grey) -> bool:
    """Whether most of a picture is paper: white, or of one grey under the grain of a worn scan, which small squares
    level out."""
    if float((grey[::4, ::4] > _PAPER).mean()) >= _PAPER_SHARE:
        return True
    high, wide = (n - n % _SQUARE for n in grey.shape)
    if not high or not wide:
        return False
    squares = grey[:high, :wide].reshape(high // _SQUARE, _SQUARE, wide // _SQUARE, _SQUARE).mean(axis=(1, 3))
    ordered = squares.ravel().copy()
    ordered.sort()
    ground = float(ordered[len(ordered) * 3 // 4])
    return ground >= _GREY_PAPER and float((abs(squares - ground) <= _EVEN).mean()) >= _PAPER_SHARE


def may_hold_section(body: bytes) -> bool:
    """Whether a picture's size in pixels has room for a section of a report."""
    size = _size(body)
    return size is not None and size[0] >= _PIXELS[0] and size[1] >= _PIXELS[1]


def _size(body: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(body)) as picture:
            return None if picture.format in ("WMF", "EMF") else picture.size
    except _BROKEN:
        return None


def _recognise(
    blocks: list[Block],
    sheets: list[_Sheet],
    drawn: Mapping[int, list[Block]],
    limits: ReadLimits,
    cache: Path | None,
) -> tuple[list[Block], ReadNote, int]:
    from documents.ocr.image_reader import frames
    from documents.ocr.page_image import PageImage
    from documents.ocr.recognise import recognise_images
    from documents.ocr.writing import Look

    broken: set[int] = set()
    paper: dict[int, bool] = {}
    written: set[int] = set()

    def images() -> Iterator[tuple[int, PageImage]]:
        for number, sheet in enumerate(sheets, 1):
            try:
                with Image.open(io.BytesIO(sheet.body)) as picture:
                    if sheet.inches[0]:
                        dpi = picture.width / sheet.inches[0]
                        picture.info["dpi"] = (dpi, dpi)
                    image = next(frames(picture, 1))
            except (ReadError, *_BROKEN):
                broken.add(number)
                continue
            look = Look.at(image.grey, image.dpi)
            paper[number] = _is_paper(image.grey) and not look.is_bare_photograph()
            if paper[number] and not look.has_no_lines():
                written.add(number)
            yield number, image

    numbers = list(range(1, len(sheets) + 1))
    tables = max((b.table + 1 for b in blocks if b.table is not None), default=0)
    read = recognise_images(images(), numbers, limits, cache, tables)
    by_place: dict[int, list[Block]] = {at: list(each) for at, each in drawn.items()}
    for number, sheet in enumerate(sheets, 1):
        seen = [b for b in read.blocks if b.page == number]
        if not seen and not paper.get(number, True):
            seen = [Block(BlockKind.IMAGE, "", src=sheet.name)]
        for at, page in sheet.places:
            by_place.setdefault(at, []).extend(replace(b, page=page, bbox=None, line=None) for b in seen)
    merged = _merged(blocks, by_place)
    letters = Counter({number: 0 for number in numbers})
    for block in read.blocks:
        letters[block.page or 0] += sum(map(str.isalpha, block.text))
    # Signs too few and too poor to make a line are nothing that was read, nor are some on a sheet with lines of it.
    said = {block.page for block in read.blocks} - {n for n in written if letters[n] < _HARDLY}
    waiting = [number for number in numbers if number not in broken and (number in read.unread or number not in said)]
    # A sheet of paper on which nothing could be read may say anything; a photo without writing says nothing.
    doubtful = broken or any(paper.get(number, True) for number in waiting)
    note = ReadNote.OCR_QUEUED if read.queued and waiting else ReadNote.NO_TEXT_LAYER if doubtful else ReadNote.NONE
    return merged, note, read.made
