"""Lines that say when and by whom something was put up, and how often it was read: they say nothing of what it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from checklist.evidence_view import EvidencePart, EvidenceView
from core.models.snapshot import Block, BlockKind, ResourceKind
from core.thai.dates import BE_OFFSET, date_mentions, year_mentions
from core.thai.normalize import clusters, make_key

_LISTS = ("posted_words", "visit_counter")
_LONGEST = 200
_LEFT = 4
"""Thai clusters that may be left over: a name of a month cut short, a dash between two words."""
_CATEGORY, _NAME = 16, 40
"""Thai clusters of a kind of news before its author, and letters of an author's name."""
_CUT = "\x00"
WORDLESS = re.compile(r"[\W\d_]*(?:(?:o|oit|pdf|docx?|xlsx?|zip|kb|mb|hot|new|download)[\W\d_]*)*")
"""Numbers, kinds of files and the like beside a label, as `make_key` has them."""
_NUMBERS = re.compile(r"[\W\d_]+")


def is_posting_info(text: str, lexicon: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a line is nothing but days, figures and the words that stand beside them ("ลงวันที่ 5 เม.ย. 2566 เปิดอ่าน 88
    ครั้ง")."""
    if not text.strip() or len(text) > _LONGEST:
        return False
    rest = text
    for mention in reversed(date_mentions(text)):
        rest = f"{rest[: mention.start]} {rest[mention.stop :]}"
    whole = key = make_key(rest).text
    author = _author(tuple(lexicon.get("posted_by", ())))
    named = author.search(whole) is not None
    for word in _words(tuple(lexicon.get(name, ()) for name in _LISTS)):
        key = key.replace(word, _CUT)
    counted = named and _counter(tuple(lexicon.get("read_counter", ()))).search(whole) is not None
    if named and (_CUT in key or rest != text):
        key = author.sub(" ", key)
    key = key.replace(_CUT, " ")
    if WORDLESS.fullmatch(key):
        return True
    left = _NUMBERS.sub("", key)
    # A line with its author and how often it was read may begin with what kind of news it is.
    most = _CATEGORY if counted else _LEFT
    return len(clusters(left)) < most and left != _NUMBERS.sub("", make_key(text).text)


def without_postings(part: EvidencePart, view: EvidenceView, stated: Collection[int] = ()) -> EvidencePart:
    """A page without the lines that say when something was put up: that is no year of what was. Days of a calendar year
    that it has `stated` itself stay: its event may be of the fiscal year that began in it."""
    lines = {at for at, block in part.numbered_blocks() if is_posting_info(block.text, view.lexicon)}
    lines = {at for at in lines if not _days_years(part.resource.blocks[at].text) & set(stated)}
    return replace(part, skip=part.skip | lines) if lines else part


def without_days_of_others(part: EvidencePart, view: EvidenceView, wanted: int) -> EvidencePart:
    """A page without the days beside what it lists under titles of other years: on them something was put up."""
    if part.resource.kind is not ResourceKind.PAGE:
        return part
    linked = {link.block for link in part.resource.links}
    days: set[int] = set()
    for entry in _entries(part):
        others = [at for at, block in entry if not is_posting_info(block.text, view.lexicon)]
        blocks = part.resource.blocks
        years = {mention.year for at in others for mention in year_mentions(blocks[at].text)}
        if years and wanted not in years and any(at in linked for at, _ in entry):
            # An event of a calendar year may be of the fiscal year that began in it.
            days.update(at for at, block in entry if at not in others and not _days_years(block.text) & years)
    return replace(part, skip=part.skip | days) if days else part


def _days_years(text: str) -> set[int]:
    return {mention.date.year + BE_OFFSET for mention in date_mentions(text)}


def _entries(part: EvidencePart) -> Iterator[list[tuple[int, Block]]]:
    """The rows of a page's tables, and each two lines of its text that follow each other."""
    rows: dict[tuple[int | None, int | None], list[tuple[int, Block]]] = {}
    last: tuple[int, Block] | None = None
    for at, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL:
            rows.setdefault((block.table, block.row), []).append((at, block))
            last = None
            continue
        if last is not None:
            yield [last, (at, block)]
        last = (at, block)
    yield from rows.values()


@lru_cache(maxsize=8)
def _author(words: tuple[str, ...]) -> re.Pattern[str]:
    """What names who put something up: one of the words and what follows it, up to a figure or the next word."""
    by = "|".join(re.escape(make_key(word).text) for word in words) or r"(?!)"
    return re.compile(rf"(?:{by})[^\d|{_CUT}]{{1,{_NAME}}}")


@lru_cache(maxsize=8)
def _counter(words: tuple[str, ...]) -> re.Pattern[str]:
    """How often something was read: one of the words, a number and what may stand between."""
    read = "|".join(re.escape(make_key(word).text) for word in words) or r"(?!)"
    return re.compile(rf"(?:{read})\W{{0,4}}\d|\d\W{{0,2}}(?:{read})")


@lru_cache(maxsize=8)
def _words(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The words as keys, the longest first."""
    return tuple(sorted({make_key(word).text for words in lists for word in words} - {""}, key=len, reverse=True))
