"""Names of columns of a page's table that has no rules, and whose columns its reader could not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from checklist.evidence_view import EvidencePart
from checklist.section.answers import is_set_off
from checklist.section.headings import COLUMN, numbering
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import digits

_NAMES = 60
"""Characters of a line of such names."""
_REST = 8
"""Characters of what is left of a name in its next line, whose letters may not show that they are bold."""
_LINES = 12
_MORE = 3
"""Lines of names from which no gap between two of them is asked for."""
_FIRST_ROW = re.compile(r"\s*1(?:\s*[.)]?\t|\s)\s*\D")
_DIGIT = re.compile(r"\d")


def among_names(part: EvidencePart, index: int) -> bool:
    """Whether a line stands among names of columns, right above the first of numbered rows: what stands below may be
    another column's, and its own may stand anywhere."""
    blocks = part.resource.blocks
    own = blocks[index]
    if own.page is None or not _may_name(own, own):
        return False

    def run(around: Iterable[Block]) -> list[Block]:
        return list(takewhile(lambda block: _may_name(block, own), around))

    below = run(blocks[index + 1 : min(part.stop, index + 1 + _LINES)])
    behind = index + 1 + len(below)
    if behind >= part.stop or blocks[behind].page != own.page or not _FIRST_ROW.match(digits(blocks[behind].text)):
        return False
    others = [*run(reversed(blocks[max(part.start, index - _LINES) : index])), *below]
    return len(others) >= _MORE or any(COLUMN in block.text.strip(COLUMN) for block in others)


def _may_name(block: Block, own: Block) -> bool:
    alike = is_set_off(block) == is_set_off(own) or len(block.text) <= _REST
    return (
        alike
        and block.page == own.page
        and block.kind is not BlockKind.CELL
        and 0 < len(block.text) <= _NAMES
        and numbering(block.text) is None
        and not _DIGIT.search(digits(block.text))
    )
