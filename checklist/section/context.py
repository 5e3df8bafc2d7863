"""What stands around the section's words and makes them something else: contents, running titles, questionnaires,
earlier years, memos, SWOT tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from checklist.candidates.page_links import blocks_up
from checklist.evidence_view import EvidencePart
from checklist.section.headings import (
    Numbering,
    has_leaders,
    is_none,
    is_sentence,
    numbering,
    section_heading,
    strip_number,
)
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind
from core.thai.likeness import bare_letters
from core.thai.normalize import is_thai, make_key, similarity

_CONTENTS_LINES = 3
_PAGE_AT_END = re.compile(r"\D\s\d{1,3}\s*$")
_TITLE_BLOCKS = 5
TITLE_LETTERS = 16
"""Key characters; a shorter line may be an answer that is given again."""
_YEAR = re.compile(r"(?<!\d)25[4-9]\d(?!\d)")
_FURNITURE_PAGES = 4
_FURNITURE_LETTERS = 8
_OCR_WORD = 0.8
_BARE = 2
"""Headings of other matters in a row without a text."""
_NAMES = 3
"""Cells of a column of names."""
_EDGE = 4
"""Lines of a running header or footer."""
_EDGE_LENGTH = 120
_PAGE_NUMBERS = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_NUMBERS = re.compile(r"\d+")


def contents_blocks(part: EvidencePart, words: SectionWords) -> frozenset[int]:
    """Blocks of tables of contents: what stands below สารบัญ on its page, or among several lines with dot leaders. A
    short report has its contents and its text on one page."""
    pages: dict[int | None, list[int]] = {}
    headed: set[int | None] = set()
    leaders: dict[int | None, int] = {}
    for index, block in part.numbered_blocks():
        pages.setdefault(block.page, []).append(index)
        if words.contents.match(make_key(block.text).text) and len(block.text) < 40:
            headed.add(block.page)
        if has_leaders(block.text):
            leaders[block.page] = leaders.get(block.page, 0) + 1
    found: set[int] = set()
    for page, indexes in pages.items():
        if page is None:
            found.update(_unpaged_contents(part, indexes, words))
        elif page in headed or leaders.get(page, 0) >= _CONTENTS_LINES:
            found.update(_listed_on_page(part, indexes, words))
    return frozenset(found)


def _listed_on_page(part: EvidencePart, indexes: list[int], words: SectionWords) -> list[int]:
    """The lines of a page from its contents' title, or the first line with leaders, to the last one that names a page;
    all of them where none does: its numbers may stand in a column of their own."""
    blocks = part.resource.blocks
    title = (at for at, i in enumerate(indexes) if words.contents.match(make_key(blocks[i].text).text))
    named = [at for at, i in enumerate(indexes) if _names_page(blocks[i].text)]
    start = next(title, named[0] if named else 0)
    if not any(at > start for at in named):
        return indexes
    for at in range(start + 1, len(indexes)):
        if at - 1 in named and _behind_contents(indexes[:at], indexes[at:], blocks):
            return indexes[start:at]
    return indexes[start:]


def _unpaged_contents(part: EvidencePart, indexes: list[int], words: SectionWords) -> Iterator[int]:
    """Without pages (HTML, DOCX) the contents end at the next heading that repeats nothing of them, or with their last
    line that names a page."""
    blocks = part.resource.blocks
    inside = False
    for place, index in enumerate(indexes):
        block = blocks[index]
        if words.contents.match(make_key(block.text).text) and len(block.text) < 40:
            inside = True
        elif inside and (block.kind is BlockKind.HEADING or _behind_contents(indexes[:place], indexes[place:], blocks)):
            inside = False
        if inside or has_leaders(block.text):
            yield index


def _behind_contents(before: list[int], after: list[int], blocks: tuple[Block, ...]) -> bool:
    """Whether two lines without a page's number follow one with it: a single one may be an entry's first half."""
    named = [_names_page(blocks[i].text) for i in (*before[-1:], *after[:2])]
    return len(named) == 3 and named[0] and not named[1] and not named[2]


def _names_page(text: str) -> bool:
    return has_leaders(text) or _PAGE_AT_END.search(make_key(text).text) is not None


def line_widths(part: EvidencePart) -> dict[int, int]:
    """The longest line of each page, in characters; nothing for documents without pages, whose lines are whole."""
    widths: dict[int, int] = {}
    for _, block in part.numbered_blocks():
        if block.page is not None and block.kind is BlockKind.PARAGRAPH:
            widths[block.page] = max(widths.get(block.page, 0), len(block.text))
    return widths


def furniture_blocks(part: EvidencePart, words: SectionWords) -> frozenset[int]:
    """Lines that return on many pages: running headers and footers, never a section's content."""
    pages: dict[str, set[int]] = {}
    where: dict[str, list[int]] = {}
    for index, block in part.numbered_blocks():
        if block.page is not None and block.kind is not BlockKind.CELL and len(block.text) <= 120:
            key = "".join(c for c in make_key(block.text).text if is_thai(c) or c.isalpha())
            if len(key) >= _FURNITURE_LETTERS:
                pages.setdefault(key, set()).add(block.page)
                where.setdefault(key, []).append(index)
    count = max((b.page or 0 for b in part.blocks), default=0)
    needed = max(_FURNITURE_PAGES, count // 4)
    often = (i for key, on in pages.items() if len(on) >= needed for i in where[key] if not _short_answer(key))
    return frozenset(often) | _numbered_edges(part, words) | _repeated_title(part, words)


def ways_back(part: EvidencePart) -> frozenset[int]:
    """Lines of a web page that are nothing but a link to a page on the way to it (กลับหน้าหลัก), or up to its top."""
    page = part.resource
    above = set(page.found_via)
    return blocks_up(page) | frozenset(
        link.block
        for link in page.links
        if link.url in above and 0 <= link.block < len(page.blocks) and page.blocks[link.block].text == link.label
    )


def _repeated_title(part: EvidencePart, words: SectionWords) -> frozenset[int]:
    """Lines of later pages, or of the first one's end, that say again what the document's first lines say: its title
    as a running header."""
    lines = [(index, make_key(b.text).text) for index, b in part.numbered_blocks() if b.page is not None and b.text]
    titles = {key for _, key in lines[:_TITLE_BLOCKS] if len(key) >= TITLE_LETTERS}
    titles = {key for key in titles if not names_section(key, words)}
    return frozenset(index for index, key in lines[_TITLE_BLOCKS:] if key in titles)


def _numbered_edges(part: EvidencePart, words: SectionWords) -> frozenset[int]:
    """First and last lines of pages that are alike on every page but for the page's number: `1 | อบต.บ้านทดลอง`, the
    same lines beside them, and longer lines that are the same on all pages."""
    pages: dict[int, list[int]] = {}
    for index, block in part.numbered_blocks():
        if block.page is not None and block.text:
            pages.setdefault(block.page, []).append(index)
    if len(pages) < 2:
        return frozenset()
    alike: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
    plain: dict[tuple[int, str], list[int]] = {}
    for page, indexes in pages.items():
        for place in range(-_EDGE, _EDGE):
            if not -len(indexes) <= place < len(indexes):
                continue
            index = indexes[place]
            text = make_key(part.resource.blocks[index].text[:_EDGE_LENGTH]).text
            if numbering(text) is not None:
                # 1. ไม่มี, บทที่ 2: numbers of a list or of chapters.
                continue
            plain.setdefault((place, text), []).append(index)
            for number in {int(one) for one in _PAGE_NUMBERS.findall(text)}:
                alike.setdefault((place, _NUMBERS.sub("#", text)), []).append((index, page, number - page))
    found: set[int] = set()
    for lines in alike.values():
        for offset in {offset for _, _, offset in lines}:
            numbered = [(index, page) for index, page, own in lines if own == offset]
            if len({page for _, page in numbered}) >= max(2, len(pages) // 2):
                found.update(index for index, _ in numbered)
    for (_, text), same in plain.items():
        beside = all(index + 1 in found or index - 1 in found for index in same)
        long = len(text) >= TITLE_LETTERS and not names_section(text, words) and not _answers_each(part, same, words)
        if len(same) == len(pages) and (beside or long) and not is_none(text, words):
            found.update(same)
    return frozenset(found)


def names_section(text: str, words: SectionWords) -> bool:
    """Whether a line that returns on each page heads the section there: a form for each project."""
    heading = section_heading(text, words, marked=True)
    return heading is not None and bool(heading.parts)


def _answers_each(part: EvidencePart, indexes: Sequence[int], words: SectionWords) -> bool:
    """Whether a line stands right under a heading of the section wherever it returns: a form a page, answered alike."""
    blocks = part.resource.blocks
    return all(index > 0 and names_section(make_key(blocks[index - 1].text).text, words) for index in indexes)


def _short_answer(key: str) -> bool:
    """`ไม่มี` returns on many pages too, and is an answer each time."""
    return len(key) < 16


def questionnaire_blocks(part: EvidencePart, words: SectionWords) -> frozenset[int]:
    """Blocks of pages that ask the reader; without pages, from the heading over the question to the next like it."""
    asking = [(i, b) for i, b in part.numbered_blocks() if words.questionnaire.search(make_key(b.text).text)]
    pages = {block.page for _, block in asking if block.page is not None}
    found = {index for index, block in part.numbered_blocks() if block.page in pages}
    blocks = part.resource.blocks
    for index, block in asking:
        if block.page is not None or index in found:
            continue
        first = next((i for i in range(index, part.start - 1, -1) if blocks[i].kind is BlockKind.HEADING), index)
        rank = blocks[first].level or 9
        for later in range(first, part.stop):
            if later > index and blocks[later].kind is BlockKind.HEADING and (blocks[later].level or 9) <= rank:
                break
            found.add(later)
    return frozenset(found)


def title_year(part: EvidencePart) -> int | None:
    """The latest year that the document's first lines name: its own."""
    years = [year for _, block in list(part.numbered_blocks())[:_TITLE_BLOCKS] for year in _years(block.text)]
    return max(years, default=None)


def of_earlier_year(text: str, own: int) -> bool:
    """A heading that names only earlier years than the document's title quotes an earlier report."""
    years = _years(text)
    return bool(years) and max(years) < own


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(make_key(text).text)]


def is_memo(part: EvidencePart, words: SectionWords) -> bool:
    """The skeleton of an office memo has its own ข้อเสนอแนะ: what the writer asks the superior to do."""
    if not words.memo:
        return False
    found = {
        word
        for _, block in part.numbered_blocks()
        if len(block.text) < 60
        for word, pattern in words.memo
        if pattern.search(make_key(block.text).text)
        # Its marks may be lost or a letter misread; then nothing else may stand on the line.
        or (block.ocr and _is_misread(word, strip_number(block.text)))
    }
    return len(found) >= 2


def _is_misread(word: str, line: str) -> bool:
    return bare_letters(word) == bare_letters(line) or similarity(word, line) >= _OCR_WORD


def near_swot(part: EvidencePart, index: int, words: SectionWords) -> bool:
    nearby = part.resource.blocks[max(part.start, index - 6) : min(part.stop, index + 7)]
    return any(words.swot.search(make_key(b.text).text) for b in nearby)


def in_bare_run(part: EvidencePart, index: int, words: SectionWords) -> bool:
    """Whether the headings of other matters that are numbered before one stand right above it, all without a text: the
    texts may stand in a column beside them, wherever the file has them. Under a heading with the number before its own
    they are that one's list."""
    blocks = part.resource.blocks
    own = last = numbering(blocks[index].text)
    bare = 0
    for block in reversed(blocks[part.start : index]):
        key = make_key(block.text[:_EDGE_LENGTH]).text
        number = numbering(key)
        if last is None or number is None or block.kind is BlockKind.CELL or len(block.text) > _EDGE_LENGTH // 2:
            break
        if not _is_next(number, last):
            if last is not own and own is not None and _is_next(number, own):
                return False
            break
        last = number
        bare += not names_section(key, words)
    return bare >= _BARE


def _is_next(number: Numbering, after: Numbering) -> bool:
    return number.style == after.style and (*number.value[:-1], number.value[-1] + 1) == after.value


def in_names_column(part: EvidencePart, index: int, words: SectionWords) -> bool:
    """Whether a cell is one of a table of one column that is nothing but names, with lines of text right behind it: the
    column beside it, whose cells have no rules, and nobody can tell which line stands beside which name."""
    blocks = part.resource.blocks
    own = blocks[index]
    if own.kind is not BlockKind.CELL or own.page is None:
        return False
    cells = [i for i, b in part.numbered_blocks() if b.kind is BlockKind.CELL and b.table == own.table]
    behind = blocks[cells[-1] + 1] if cells[-1] + 1 < part.stop else None
    if len(cells) < _NAMES or behind is None or behind.kind is BlockKind.CELL or behind.page != own.page:
        return False
    texts = [blocks[i].text for i in cells]
    return all(
        not blocks[i].col and 0 < len(text) <= _EDGE_LENGTH // 2 and not is_none(text, words)
        for i, text in zip(cells, texts, strict=True)
    ) and not any(is_sentence(text, words) for text in texts if not names_section(text, words))


def is_broken_off(part: EvidencePart, index: int, widths: Mapping[int, int]) -> bool:
    """Whether a line is much shorter than the document's lines: one that goes on below stands in a narrow column."""
    block = part.resource.blocks[index]
    return block.page is not None and len(block.text) < max(widths.values(), default=0) / 2
