"""What a sample agency publishes, before it becomes a web page, a PDF or a Word file: a title and blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 2 is the highest inside a paper. `bold_only` shows it as a bold line instead."""

    text: str
    level: int = 2
    bold_only: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one line per item."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with one row of column headers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the site's `pictures` folder."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link that stands alone on its line."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """An iframe, e.g. a map."""

    src: str
    title: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form with labelled fields."""

    title: str
    fields: tuple[str, ...]
    button: str
    action: str


Block = Heading | Text | Bullets | Table | Picture | Anchor | Frame | Form
WEB_ONLY = (Picture, Anchor, Frame, Form)
"""Blocks that only a web page can show."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One publication. `raw` texts are kept from the change of digits (addresses, telephone numbers)."""

    title: str
    blocks: tuple[Block, ...]
    raw: bool = False

    @property
    def web_only(self) -> bool:
        """True if it holds forms, frames, pictures or links and so has to be a web page."""
        return any(isinstance(block, WEB_ONLY) for block in self.blocks)

    def rewritten(self, change: Callable[[str], str]) -> Paper:
        """The same paper with every visible text changed by `change`."""
        if self.raw:
            return self
        return Paper(change(self.title), tuple(_rewritten(block, change) for block in self.blocks))


def _rewritten(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading() | Text():
            return replace(block, text=change(block.text))
        case Bullets():
            return Bullets(tuple(change(item) for item in block.items))
        case Table():
            return Table(
                tuple(change(cell) for cell in block.head),
                tuple(tuple(change(cell) for cell in row) for row in block.rows),
            )
        case _:
            return block
