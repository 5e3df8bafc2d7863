"""Which recognised pages may hold what was not found on them: enough writing, too little of it read for sure."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.evidence_view import EvidencePart

_WRITING = 60
"""Letters; fewer are the lettering on a photo, a stamp or dirt: no section of a report stands there."""
_SURE = 0.75
"""Confidence of a line that was read as it stands: clean lines give 0.9, misread ones 0.6."""
_HEADING = 7
"""Letters of the shortest heading; a signature or a number that was misread hides none."""
_WRITTEN = 200
"""Letters read for sure from which a scan may lack something: a report on one page has 400."""
_UNSURE_SHARE = 0.2
"""Part of a page's letters that may stand in unsure lines; a heading among them is likely to be lost beyond it."""


@dataclass(frozen=True, slots=True)
class PoorPages:
    """Pages of which a lack proves nothing. `unnumbered` says that a picture of a document without pages is one."""

    pages: tuple[int, ...] = ()
    unnumbered: bool = False

    def __bool__(self) -> bool:
        return bool(self.pages) or self.unnumbered


def poor_pages(part: EvidencePart) -> PoorPages:
    """Find the pages with enough writing and too little confidence; photos without writing are none of them."""
    letters: dict[int | None, int] = {}
    unsure: dict[int | None, int] = {}
    for _, block in part.numbered_blocks():
        if block.ocr:
            count = sum(c.isalpha() for c in block.text)
            letters[block.page] = letters.get(block.page, 0) + count
            if (block.confidence or 0.0) < _SURE and count >= _HEADING:
                unsure[block.page] = unsure.get(block.page, 0) + count
    poor = [
        page for page, count in unsure.items() if letters[page] >= _WRITING and count >= _UNSURE_SHARE * letters[page]
    ]
    return PoorPages(tuple(sorted(page for page in poor if page is not None)), None in poor)


def is_scan(part: EvidencePart) -> bool:
    """Whether most of a document's writing was recognised. What such a document lacks may be what recognition passed
    over; in one with a text layer the pictures beside it are not where the section stands."""
    read = [0, 0]
    for _, block in part.numbered_blocks():
        read[block.ocr] += sum(c.isalpha() for c in block.text)
    return read[True] > read[False]


def is_hardly_read(part: EvidencePart) -> bool:
    """Whether so little of a scan was read for sure that there must be more on it."""
    sure = (block for _, block in part.numbered_blocks() if block.ocr and (block.confidence or 0.0) >= _SURE)
    return sum(c.isalpha() for block in sure for c in block.text) < _WRITTEN
