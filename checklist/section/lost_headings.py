"""Where a scan may hold a heading that recognition misread or passed over: of what a scan lacks only such a place makes
a doubt. Measured on worn pages between a good copy and one that no machine can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checklist.evidence_view import EvidencePart
from checklist.section.answers import heading_of, is_set_off
from checklist.section.classify import classify
from checklist.section.headings import COLUMN, SectionPart, is_none, numbering, section_heading, strip_number
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind, Zone
from core.thai.likeness import bare_letters, fewest_edits
from core.thai.normalize import is_thai, make_key

_SURE, _FAIR = 0.85, 0.75
_EDITS = {"sure": 0.3, "fair": 0.4, "unsure": 0.6}
"""Part of a heading's letters that may be others. A line read with confidence 0.75 to 0.85 had 30 % wrong, one below
60 %."""
_LEAD = 12
"""Letters that a word such as สรุป, a number and their misreadings take before a heading's own."""
_SHORT = 5
"""Letters of a phrase that stands in many words: it must begin the line."""
_PREFIX = 24
"""Key characters that may number a line in a way of their own: `Part 3`, `รายการที่ 3`."""
_LETTER_NUMBER = re.compile("[กขคงจฉช]")
"""A letter that numbers a line, without a sign behind it: a key has no space there (`ก ปัญหา อุปสรรค`)."""
_TWICE = re.compile(r"(.)\1")
_CUT = 2
"""Letters that a name may have lost at its end."""
_ANSWERED = (":", "：", "=", "-", "–", "—")
_NAMED, _ONE_OFF = 6, 8
"""Letters of a name that is told without its marks, and of one that is told without one of its letters."""
_LONGEST = 90
"""Characters; a longer line is prose."""
_HEAD = 50
"""Characters of a heading in everyday words."""
_FEWEST = 3
_NAME_WORDS = 4
_TOLD = 12
"""Letters behind a name that may answer it."""
_UNREAD = 0.5
"""Confidence of a cell of which nothing that was read need stand there."""
_TOP = 3
"""Rows that may name a table's columns, from its first row of several names: titles may stand in merged rows above."""
_NAMES = 3
_DIGITS = 4
_ORDINAL, _NUMBERED, _MOSTLY = 3, 5, 0.8
"""Characters of a row's number; a column that counts rows has so many cells, and such a part of all, with no more."""
_SMALL_TABLE = 3
"""Letters; a table with fewer is a picture in a frame."""
_PAGE_LETTERS = 60
_PAGE_SURE = 0.8
_PAGE_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that may hold the heading; `misread` if its letters are like it."""

    index: int
    misread: bool


def lost_heading(wanted: SectionPart, part: EvidencePart, words: SectionWords) -> Doubt | None:
    """Find a recognised place that may be the section's heading: letters like it, writing that was passed over, a cell
    that names a column or row and could not be read, or a page with too much that is not sure."""
    phrases = tuple(dict.fromkeys(bare_letters(p) for p in words.wordings[wanted]))
    plain = tuple(make_key(p).text for p in words.wordings[wanted])
    for index, block in part.numbered_blocks():
        if block.ocr and _is_like(block, phrases, plain):
            return Doubt(index, misread=True)
    for index in (*_passed_over(part), *_unread_names(part), *_unsure_pages(part)):
        return Doubt(index, misread=False)
    return None


def unsure_heading(
    wanted: SectionPart, part: EvidencePart, words: SectionWords, contents: frozenset[int]
) -> int | None:
    """The first line of written text that has the letters of one of the part's names but not its marks, all but one of
    its letters, all but its last ones or each letter twice (a font without marks, a slip of the writer), or that is the
    name behind something that may number it, in another language, in everyday words, or of a column without rules."""
    names = {make_key(p).text: bare_letters(p) for p in words.wordings[wanted]}
    long = [(name, bare) for name, bare in names.items() if len(bare) >= _NAMED]
    for index, block in part.numbered_blocks():
        if block.ocr or block.zone is not Zone.CONTENT or index in contents or not block.text:
            continue
        if block.page is None and block.kind is not BlockKind.CELL and _begins_with_name(wanted, block.text, words):
            return index
        if len(block.text) > _LONGEST:
            continue
        if _asks(wanted, block.text, words) and _is_answered(part, index, words):
            return index
        if _is_everyday(wanted, part, index, words):
            return index
        if COLUMN in block.text and _names_column(wanted, block.text, words):
            return index
        text = strip_number(block.text.replace("\n", ""))
        if words.latin[wanted].search(text) and not any(map(is_thai, text)):
            return index
        if (_ends_in_name(text, long) or _names_within(text, long, words)) and not words.instruction.search(text):
            return index
        start = words.lead_in.match(text)
        letters = bare_letters(text[start.end() :] if start else text)
        alike = [name for name, bare in long if _is_written(bare, letters)]
        key = "".join(make_key(block.text).text.split())
        if alike and not any(name in key for name in alike):
            # What was written letter by letter was judged as it stands.
            return index
    return None


def _begins_with_name(wanted: SectionPart, text: str, words: SectionWords) -> bool:
    """Whether a paragraph begins with the part's whole name, a space and what no name goes on with: a label with its
    answer, or prose."""
    tokens = text[: 4 * _LONGEST].split()
    for count in range(1, min(_NAME_WORDS, len(tokens) - 1) + 1):
        key = strip_number(" ".join(tokens[:count]))
        name = words.part.match(key)
        if name is None or name.end() < len(key):
            return False
        rest = make_key(" ".join(tokens[count:])).text
        goes_on = words.phrase.match(rest) or words.part.match(rest) or words.suffix.match(rest)
        pattern = words.problems if wanted == "problems" else words.suggestions
        if pattern.search(key) and not goes_on and sum(map(is_thai, rest)) >= _TOLD:
            return True
    return False


def _asks(wanted: SectionPart, text: str, words: SectionWords) -> bool:
    """Whether a line asks for the part: `มีข้อเสนอแนะอย่างไร`."""
    key = strip_number(text)
    found = words.suggestions.search(key) if wanted == "suggestions" else words.problems.search(key)
    if found is None and wanted == "problems":
        found = words.bare_problems.search(key)
    return found is not None and words.forms.question.search(key) is not None and not words.instruction.search(key)


def _is_everyday(wanted: SectionPart, part: EvidencePart, index: int, words: SectionWords) -> bool:
    """Whether a short line heads a text and holds the part in everyday words: `อยากเสนอแนะอะไร`. A line of a page heads
    one where it is set off or numbered, one of a list of lines alike never does."""
    block = part.resource.blocks[index]
    if block.kind in (BlockKind.CELL, BlockKind.LIST_ITEM, BlockKind.FORM) or len(block.text) > _HEAD:
        return False
    judged = heading_of(block, words)
    if judged is not None and judged.sure and wanted in judged.parts:
        # One of the section's own names, which stands for another year or among strengths and weaknesses.
        return False
    key, number = strip_number(block.text), numbering(block.text)
    if words.everyday[wanted].search(key) is None or words.not_heading.search(key) or words.instruction.search(key):
        return False
    if block.page is not None and number is None and not is_set_off(block):
        return False
    below = part.resource.blocks[index + 1] if index + 1 < part.stop else None
    beside = numbering(below.text) if below is not None else None
    return not (number is not None and beside is not None and beside.style == number.style) and _is_answered(
        part, index, words
    )


def _is_answered(part: EvidencePart, index: int, words: SectionWords) -> bool:
    """Whether something answers a question in the line below it, and is no question too."""
    below = part.resource.blocks[index + 1] if index + 1 < part.stop else None
    if below is None or below.kind is BlockKind.FORM or words.forms.question.search(strip_number(below.text)):
        return False
    return classify(below.text, words).filled


def _names_column(wanted: SectionPart, line: str, words: SectionWords) -> bool:
    """Whether one of several names side by side is the section's: under it stand its answers, and nobody can tell which
    lines of the page those are."""
    each = (section_heading(piece, words, marked=True) for piece in line.split(COLUMN))
    return any(found is not None and found.sure and found.plain and wanted in found.parts for found in each)


def _is_written(name: str, letters: str) -> bool:
    """Whether a line's letters are a name's, all but one of them or its last ones, or each of them twice."""
    if fewest_edits(name, letters, 0) <= (len(name) >= _ONE_OFF):
        return True
    begun = len(letters) >= max(_NAMED, len(name) - _CUT) and name.startswith(letters)
    return begun or _TWICE.sub(r"\1", letters).startswith(name)


def _names_within(key: str, names: list[tuple[str, str]], words: SectionWords) -> bool:
    """Whether a name stands behind a sign within a line and something answers it there: `… / ข้อเสนอแนะ : ไม่มี`."""
    for name, _ in names:
        at = key.find(name, 1)
        before, behind = key[:at].rstrip(), key[at + len(name) :].lstrip()
        if at > 0 and before and not is_thai(before[-1]) and (behind[:1] in _ANSWERED or is_none(behind, words)):
            return bool(behind)
    return False


def _ends_in_name(key: str, names: list[tuple[str, str]]) -> bool:
    """Whether a short line ends with a name, and a sign, a digit or a lone letter stands right before it."""
    key = key.rstrip(" :.")
    before = [key[: -len(name)].rstrip() for name, _ in names if key.endswith(name)]
    return any(
        0 < len(text) <= _PREFIX and (not is_thai(text[-1]) or _LETTER_NUMBER.fullmatch(text) is not None)
        for text in before
    )


def _is_like(block: Block, phrases: tuple[str, ...], plain: tuple[str, ...]) -> bool:
    confidence = block.confidence or 0.0
    text = block.text.replace("\n", "")
    if not text or len(text) > _LONGEST:
        return False
    letters = bare_letters(strip_number(text))
    if len(letters) < _FEWEST:
        return False
    kind = "sure" if confidence >= _SURE else "fair" if confidence >= _FAIR else "unsure"
    key = "".join(c for c in make_key(text).text if is_thai(c))
    for phrase, exact in zip(phrases, plain, strict=False):
        allowed = int(_EDITS[kind] * len(phrase))
        first = 0 if len(phrase) <= _SHORT else len(letters) if kind == "unsure" else _LEAD
        # What was read letter by letter was judged as it stands.
        if exact not in key and fewest_edits(phrase, letters, first) <= max(1, allowed):
            return True
    return False


def _passed_over(part: EvidencePart) -> Iterator[int]:
    """Lines without text: writing that begins where headings do and could not be read."""
    for index, block in part.numbered_blocks():
        if block.ocr and block.kind is not BlockKind.CELL and not block.text:
            yield index


def _unread_names(part: EvidencePart) -> Iterator[int]:
    """Cells at the top or the left of a table that hold writing which was not read."""
    tables: dict[tuple[int, int | None], list[int]] = {}
    for index, block in part.numbered_blocks():
        if block.ocr and block.kind is BlockKind.CELL and block.table is not None:
            tables.setdefault((block.table, block.page), []).append(index)
    blocks = part.resource.blocks
    for cells in tables.values():
        read = sum(c.isalpha() for i in cells for c in blocks[i].text if (blocks[i].confidence or 0.0) >= _FAIR)
        if read < _SMALL_TABLE:
            continue
        top = _first_names([blocks[i] for i in cells])
        counted = _counts_rows([blocks[i] for i in cells if not blocks[i].col])
        for index in cells:
            block = blocks[index]
            confidence = block.confidence or 0.0
            at_top = (block.row or 0) < top + _TOP
            at_left = not block.col and not (counted and 0 < len(block.text) <= _ORDINAL)
            # A number that was misread names nothing.
            unread = confidence < _UNREAD or (confidence < _FAIR and sum(map(is_thai, block.text)) > _SHORT)
            if unread and (at_top or at_left) and not _is_amount(block.text):
                yield index


def _counts_rows(column: list[Block]) -> bool:
    """Whether a table's first column holds the numbers of its rows, whatever recognition made of them: a mark or three
    in nearly every cell."""
    written = [block for block in column if block.text]
    short = sum(len(block.text) <= _ORDINAL for block in written)
    return short >= _NUMBERED and short >= _MOSTLY * len(written)


def _is_amount(text: str) -> bool:
    """Whether nothing but a long number was read: however wrong its digits are, no heading looks like that."""
    return sum(map(str.isdigit, text)) >= _DIGITS and not any(map(str.isalpha, text))


def _first_names(cells: list[Block]) -> int:
    """The first row of a table that has writing in several cells, read or not."""
    rows = [cell.row or 0 for cell in cells if cell.text or not cell.confidence]
    return min((row for row in rows if rows.count(row) >= _NAMES), default=min(rows, default=0))


def _unsure_pages(part: EvidencePart) -> Iterator[int]:
    letters: dict[int | None, int] = {}
    unsure: dict[int | None, int] = {}
    first: dict[int | None, int] = {}
    for index, block in part.numbered_blocks():
        if block.ocr:
            count = sum(map(is_thai, block.text))
            first.setdefault(block.page, index)
            letters[block.page] = letters.get(block.page, 0) + count
            if (block.confidence or 0.0) < _PAGE_SURE:
                unsure[block.page] = unsure.get(block.page, 0) + count
    for page, count in unsure.items():
        if letters[page] >= _PAGE_LETTERS and count >= _PAGE_SHARE * letters[page]:
            yield first[page]
