"""Lines of a document's text to blocks: which of them look like headings."""

from __future__ import annotations

import re

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind
from core.thai.normalize import is_thai

_NUMBERED = re.compile(
    r"^\s*(?:(?:ตอนที่|ส่วนที่|บทที่|หัวข้อ|ข้อ)\s*)?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2}){0,3}\s?[.):]?\s+\S|^\s*[\d๐-๙]{1,2}[.)]\S"
)
_HEADING_LENGTH = 70
_LEADERS = re.compile(r"[.…·_]{4,}")


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = 6
"""Characters of a number or bullet before a tab."""


def written_line(text: str) -> str:
    """A line of an office document as it is kept: single spaces, and the tabs between its words, which part a label
    from its answer and a column from the next. What indents a line, fills its end or sets off its number is none."""
    pieces = [" ".join(piece.split()) for piece in text.split("\t")]
    while pieces and not pieces[-1]:
        pieces.pop()
    while pieces and not pieces[0]:
        pieces.pop(0)
    if len(pieces) > 1 and len(pieces[0]) <= _MARK and not (pieces[0][-1].isalnum() or is_thai(pieces[0][-1])):
        first = next(at for at, piece in enumerate(pieces) if at and piece)
        pieces[: first + 1] = [f"{pieces[0]} {pieces[first]}"]
    return "\t".join(pieces)


def note_line(number: int, text: str) -> str:
    """The first line of a foot or end note, behind its raised number."""
    return f"{str(number).translate(_RAISED)} {text}"


def line_block(text: str, *, page: int | None = None, line: int | None = None, bold: bool = False) -> Block:
    """A block of one line. A short numbered line without dot leaders is taken for a heading."""
    heading = bold and len(text) <= _HEADING_LENGTH and _NUMBERED.match(text) is not None and not _LEADERS.search(text)
    return Block(
        BlockKind.HEADING if heading else BlockKind.PARAGRAPH,
        text,
        level=5 if heading else 0,
        page=page,
        line=line,
        bold=bold,
    )


def reading_from_lines(text: str) -> Reading:
    """Return a text as a read document, a block a line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return reading_from_blocks([line_block(line, line=at) for at, line in enumerate(lines, 1) if line])


def reading_from_blocks(blocks: list[Block]) -> Reading:
    """Return blocks as a read document; one without any is noted as empty."""
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(blocks),
        note=ReadNote.NONE if blocks else ReadNote.EMPTY,
    )
