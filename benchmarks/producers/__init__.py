"""One made-up Thai report, as PDF from several producers in several fonts, with its true text.

The PDFs are committed so that the benchmark of text repair runs without the producers; `make` makes them anew.
Fonts: Garuda, Norasi and Laksaman of the TLWG collection (GPL 2 or later with the exception for embedding).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
FONTS = ("Garuda", "Norasi", "Laksaman")
PRODUCERS = ("chromium", "libreoffice", "word-docx", "reportlab-plain", "reportlab-shaped")


@dataclass(frozen=True, slots=True)
class Report:
    """The report's parts in reading order: what is printed and nothing else."""

    heading: str
    subheadings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    closing: tuple[str, ...]
    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def truth(self) -> str:
        """The text as a reader of the page reads it, a line each for paragraphs, bullets and cells."""
        cells = [*self.head, *(cell for row in self.rows for cell in row)]
        first, second = self.subheadings
        return "\n".join((self.heading, first, *self.paragraphs, *self.bullets, *cells, second, *self.closing))


def load_report() -> Report:
    """The report of report.th.yaml."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / "report.th.yaml").read_text("utf-8"))
    table = data["table"]
    return Report(
        data["heading"],
        tuple(data["subheadings"]),
        tuple(data["paragraphs"]),
        tuple(data["bullets"]),
        tuple(data["closing"]),
        tuple(table["widths"]),
        tuple(map(str, table["head"])),
        tuple(tuple(map(str, row)) for row in table["rows"]),
    )
