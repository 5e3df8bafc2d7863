"""A paper as a scan that is too poor for any machine: coarse, blurred, noisy, crooked."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sample.paper import Bullets, Heading, Paper, Table, Text
from sample.render.pdf import picture_pdf

_FONT = Path(__file__).parent.parent / "fonts" / "ArundinaSans.ttf"
_SIZE = (420, 594)
"""About 50 dots per inch of an A4 sheet: letters are five dots high."""


def _lines(paper: Paper) -> list[str]:
    lines = [paper.title]
    for block in paper.blocks:
        match block:
            case Heading(text) | Text(text):
                lines.append(text)
            case Bullets(items):
                lines.extend(items)
            case Table(head, rows):
                lines.extend(" ".join(row) for row in (head, *rows))
            case _:
                continue
    return lines


def scan(paper: Paper) -> bytes:
    """The paper as a picture-only PDF of one page; the same paper gives the same bytes."""
    return picture_pdf([coarse_page(paper)])


def coarse_page(paper: Paper) -> bytes:
    """The paper as one JPEG; the same paper gives the same bytes."""
    image = Image.new("L", _SIZE, 225)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_FONT), 7, layout_engine=ImageFont.Layout.BASIC)
    y = 30
    for line in _lines(paper):
        for start in range(0, len(line), 90):
            draw.text((30, y), line[start : start + 90], fill=90, font=font)
            y += 11
    image = image.rotate(2.5, fillcolor=225).filter(ImageFilter.GaussianBlur(1.3))
    noise = Image.frombytes("L", _SIZE, _noise(_SIZE[0] * _SIZE[1]))
    image = Image.blend(image, noise, 0.3)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=18)
    return out.getvalue()


def _noise(count: int) -> bytes:
    """Grey noise that is the same in every run."""
    return random.Random(50).randbytes(count)
