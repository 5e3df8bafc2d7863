"""White letters on a slide: seen on a coloured ground, not on paper."""

from __future__ import annotations

from typing import Any

from documents.office.open_xml import A
from documents.office.word.styles import is_white

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_PAPER = ("bg1", "lt1")
"""Theme colours of the paper (ECMA-376, 20.1.10.54)."""
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")


def is_on_paper(slide: Any) -> bool:
    """Whether a slide's ground is white and nothing lies on it that could be a ground for letters: no picture, and no
    shape with a colour, on the slide, its layout or its master. Where that is not sure, it is not."""
    layout = slide.slide_layout
    every = (slide, layout, layout.slide_master)
    grounds = (each._element.find(f"{_P}cSld/{_P}bg") for each in every)
    ground = next((each for each in grounds if each is not None), None)
    return (ground is None or _is_pale(ground)) and not any(_has_colour(each._element) for each in every)


def is_white_run(run: Any) -> bool:
    """Whether a run of letters says of itself that it is white."""
    look = run._r.find(f"{A}rPr")
    fill = look.find(f"{A}solidFill") if look is not None else None
    return fill is not None and _is_white_fill(fill)


def _is_pale(ground: Any) -> bool:
    named = ground.find(f"{_P}bgRef")
    fill = named if named is not None else ground.find(f"{_P}bgPr/{A}solidFill")
    return fill is not None and _is_white_fill(fill)


def _is_white_fill(fill: Any) -> bool:
    plain, theme = fill.find(f"{A}srgbClr"), fill.find(f"{A}schemeClr")
    if plain is not None:
        return len(plain) == 0 and is_white(plain.get("val") or "")
    return theme is not None and len(theme) == 0 and theme.get("val") in _PAPER


def _has_colour(element: Any) -> bool:
    if next(element.iter(f"{_P}pic", f"{_P}graphicFrame"), None) is not None:
        return True
    for shape in element.iter(f"{_P}sp"):
        look = shape.find(f"{_P}spPr")
        filled = look is not None and any(look.find(f"{A}{name}") is not None for name in _FILLS)
        # A style of a shape fills it too.
        if filled or shape.find(f"{_P}style/{A}fillRef") is not None:
            return True
    return False
