"""What a picture of a document shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.ocr.page_image import Box


@dataclass(frozen=True, slots=True)
class Highlight:
    """What to show: a quote on a page (from 1), and its box in fractions of the page where that is known."""

    page: int
    quote: str
    bbox: Box | None = None
