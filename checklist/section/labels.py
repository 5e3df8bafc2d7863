"""Labels within a line or a cell, each with what it says (`ปัญหา : ไม่มี  ข้อเสนอแนะ : ควรเพิ่มงบประมาณ`), and those
that stand below their texts as captions do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from checklist.evidence_view import EvidencePart
from checklist.section.answers import is_set_off
from checklist.section.classify import Answer, Content, classify
from checklist.section.headings import COLUMN, SectionHeading, SectionPart, section_heading
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind, Zone
from core.thai.normalize import make_key

_NAME = 60
"""Characters of the longest name of the section."""
_BOX = 4_000
"""Characters of a box that is looked at."""

_Rows = dict[int, list[int]]
_LONGEST = 2_000
_SIGN = re.compile(r"\s*[:：]\s*")
_DASH = re.compile(r"\s*[-–—]\s*")
_BEFORE = re.compile(r"(?:^|[\s(/,;|])(?:[(\[]?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})*[.)\]]?\s*|[-–•*]\s*)?$")
_BOTH = frozenset({"problems", "suggestions"})
_ORDER = (Content.TEXT, Content.NONE, Content.DOUBT, Content.DOTS, Content.DASH, Content.NOTHING)


def labelled_parts(text: str, words: SectionWords) -> dict[SectionPart, Answer] | None:
    """What stands behind the labels of both parts in one text; None if it does not label both. A label stands at the
    text's or a line's beginning or behind a space, and a colon behind it, or a dash where it begins a line."""
    tabbed = _between_tabs(text, words) if COLUMN in text and len(text) <= _LONGEST else None
    if tabbed is not None:
        return tabbed
    if not 0 < len(text) <= _LONGEST or len(words.matter.findall(make_key(text).text)) < 2:
        return None
    labels: list[tuple[int, int, frozenset[SectionPart]]] = []
    key = ""
    for line in text.splitlines():
        first = len(key)
        key += make_key(line).text.strip() + " "
        at = first
        while (hit := words.matter.search(key, at)) is not None:
            run = words.part.match(key[hit.start() :])
            stop = hit.start() + (run.end() if run else len(hit.group()))
            named = key[hit.start() : stop].rstrip(" -–—")
            stop = hit.start() + len(named)
            begins = not key[first : hit.start()].strip(" -–•*.()0123456789")
            sign = _SIGN.match(key, stop) or (_DASH.match(key, stop) if begins else None)
            # A key has no spaces between Thai words: whether one stands before the label, the line itself says.
            apart = _BEFORE.search(key[: hit.start()]) is not None or f" {named}" in line
            if sign is not None and sign.end() > stop and apart:
                labels.append((hit.start(), sign.end(), _parts(named, words)))
                stop = sign.end()
            at = max(stop, hit.end())
    if words.instruction.search(key) or _BOTH - {part for _, _, parts in labels for part in parts}:
        return None
    found: dict[SectionPart, Answer] = {}
    for (_, begin, parts), end in zip(labels, [*(start for start, _, _ in labels[1:]), len(key)], strict=True):
        said = key[begin:end].strip(" ,;/|")
        answer = Answer(classify(said, words), said, 0)
        for part in parts:
            if part not in found or _ORDER.index(answer.content) < _ORDER.index(found[part].content):
                found[part] = answer
    return found


def _between_tabs(text: str, words: SectionWords) -> dict[SectionPart, Answer] | None:
    """What stands behind each label of a line that begins with one, where tabs part labels and answers and no two
    labels stand side by side; None if it is no such line of both parts."""
    pieces = [piece.strip() for piece in text.split(COLUMN) if piece.strip()]
    labels = [_label(piece, words) for piece in pieces]
    if len(pieces) < 2 or not labels[0] or any(first and second for first, second in pairwise(labels)):
        return None
    found: dict[SectionPart, Answer] = {}
    for at, parts in enumerate(labels):
        said = pieces[at + 1] if at + 1 < len(pieces) else ""
        found |= {part: Answer(classify(said, words), said, 0) for part in parts}
    return found if len(found) == len(_BOTH) else None


def _label(piece: str, words: SectionWords) -> frozenset[SectionPart]:
    found = _alone(piece, words)
    return found.parts if found is not None else frozenset()


def _alone(text: str, words: SectionWords) -> SectionHeading | None:
    """The name of the section that a text is, and nothing else."""
    found = section_heading(text.replace("\n", " "), words, marked=True)
    alone = found is not None and found.sure and found.plain and found.strong and not (found.answer or found.rest)
    return found if alone else None


def _parts(named: str, words: SectionWords) -> frozenset[SectionPart]:
    parts: set[SectionPart] = set()
    if words.problems.search(named) or words.bare_problems.search(named):
        parts.add("problems")
    if words.suggestions.search(named):
        parts.add("suggestions")
    return frozenset(parts)


@dataclass(frozen=True, slots=True)
class Caption:
    """A name of the section and the text above it; both are indexes of blocks."""

    name: int
    text: int
    parts: frozenset[SectionPart]


def captions_below(part: EvidencePart, words: SectionWords) -> tuple[Caption, ...]:
    """Find names below their texts: in a table of one row of texts over one of names, at the end of every cell of a
    row, and under box after box down the page.

    Read from the top such a name has the next box's text, and the last one nothing: which text is whose only a person
    may say. A name above a box, or a table that begins with one, shows that a document's names stand above."""
    tables: dict[int, _Rows] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            tables.setdefault(block.table, {}).setdefault(block.row, []).append(index)
    found = [
        caption for rows in tables.values() for caption in (*_under_row(part, rows, words), *_within(part, rows, words))
    ]
    return (*found, *_down_the_page(part, tables, words))


def _caption(text: str, words: SectionWords) -> SectionHeading | None:
    """The name below a box that a text is: a number belongs to a heading over its text."""
    found = _alone(text, words) if 0 < len(text) <= _NAME else None
    return found if found is not None and found.parts and found.numbering is None else None


def _is_text(text: str, words: SectionWords) -> bool:
    lines = text[:_BOX].split("\n")
    heads = (section_heading(line, words, marked=False) for line in lines)
    return classify(text, words).filled and not any(head is not None and head.sure and head.parts for head in heads)


def _under_row(part: EvidencePart, rows: _Rows, words: SectionWords) -> Iterator[Caption]:
    """A table of two rows, texts over names."""
    blocks = part.resource.blocks
    texts, names = rows[min(rows)], rows[max(rows)]
    if len(rows) != 2 or [blocks[at].col for at in texts] != [blocks[at].col for at in names]:
        return
    each = [_caption(blocks[at].text, words) for at in names]
    if len(names) < 2 or not all(_is_text(blocks[at].text, words) and not blocks[at].header for at in texts):
        return
    if all(found is not None for found in each):
        for text, name, found in zip(texts, names, each, strict=True):
            if found is not None:
                yield Caption(name, text, found.parts)


def _within(part: EvidencePart, rows: _Rows, words: SectionWords) -> Iterator[Caption]:
    """Cells of a table's one row that all end in a name."""
    cells = rows[min(rows)] if len(rows) == 1 else []
    found: list[Caption] = []
    for at in cells:
        text, _, last = part.resource.blocks[at].text.rpartition("\n")
        name = _caption(last, words)
        if name is None or not _is_text(text, words):
            return
        found.append(Caption(at, at, name.parts))
    yield from found


def _down_the_page(part: EvidencePart, tables: dict[int, _Rows], words: SectionWords) -> Iterator[Caption]:
    """Boxes of one cell, each with a name under it, from the first box on to the last name."""
    first = {table: min(rows) for table, rows in tables.items()}
    run: list[Caption] = []
    box = before = -1
    for index, block in part.numbered_blocks():
        if block.zone is not Zone.CONTENT or not block.text.strip():
            continue
        boxed = block.kind is BlockKind.CELL and _is_alone(block, tables)
        name = _caption(block.text, words) if boxed or block.kind is not BlockKind.CELL else None
        if name is not None and box >= 0 and before == box:
            run.append(Caption(index, box, name.parts))
            box = -1
        elif name is None and boxed and (run or _begins(part, index, before, first, words)) and before != box:
            box = index if _is_text(block.text, words) else -1
        else:
            yield from _ended(part, run, box)
            run, box = [], -1
        before = index
    yield from _ended(part, run, box)


def _is_alone(block: Block, tables: dict[int, _Rows]) -> bool:
    return block.table is not None and len(tables.get(block.table, {}).get(block.row or 0, [])) == 1


def _begins(part: EvidencePart, index: int, before: int, first: dict[int, int], words: SectionWords) -> bool:
    """Whether a box is the first of its table, whose first rows are given, and stands under no name of the section or
    set-off line."""
    block = part.resource.blocks[index]
    begins = block.table is not None and block.row == first[block.table]
    above = part.resource.blocks[before] if before >= 0 else None
    return begins and (above is None or not (_caption(above.text, words) or is_set_off(above)))


def _ended(part: EvidencePart, run: list[Caption], box: int) -> list[Caption]:
    """A run that counts: no box is left without a name, and one pair alone stands in one table."""
    blocks = part.resource.blocks
    whole = len(run) > 1 or (len(run) == 1 and blocks[run[0].name].table == blocks[run[0].text].table)
    return run if whole and box < 0 else []
