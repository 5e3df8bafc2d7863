"""The few small pictures that every sample site shows, drawn by program."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

_BACK = (226, 232, 240)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _person(number: int) -> bytes:
    image = Image.new("RGB", (120, 150), _BACK)
    draw = ImageDraw.Draw(image)
    tone = (90 + 20 * number, 110, 150)
    draw.ellipse((38, 25, 82, 75), fill=(214, 178, 150))
    draw.ellipse((15, 85, 105, 200), fill=tone)
    return _png(image)


def _activity(number: int) -> bytes:
    image = Image.new("RGB", (320, 200), (190, 215, 235))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 140, 320, 200), fill=(150, 160, 140))
    dice = random.Random(number)
    for i in range(9):
        x = 20 + 33 * i + dice.randint(-6, 6)
        draw.ellipse((x - 8, 95, x + 8, 112), fill=(214, 178, 150))
        draw.rectangle((x - 11, 112, x + 11, 165), fill=(60 + 15 * i, 80, 140))
    return _png(image)


def _chart() -> bytes:
    image = Image.new("RGB", (400, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((150, 15, 250, 55), outline="black")
    for i in range(4):
        draw.rectangle((10 + 98 * i, 120, 96 + 98 * i, 165), outline="black")
        draw.line((200, 55, 53 + 98 * i, 120), fill="black")
    return _png(image)


def _button() -> bytes:
    image = Image.new("RGB", (80, 24), (30, 90, 160))
    ImageDraw.Draw(image).polygon(((34, 6), (34, 18), (46, 12)), fill="white")
    return _png(image)


def pictures() -> dict[str, bytes]:
    """File name -> PNG bytes; the same bytes in every run."""
    found = {f"person{i}.png": _person(i) for i in range(4)}
    found |= {f"activity{i}.png": _activity(i) for i in range(3)}
    return found | {"chart.png": _chart(), "button.png": _button()}
