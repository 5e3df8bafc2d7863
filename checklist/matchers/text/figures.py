"""`figures`: numbers that say themselves that they count what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, own_hits
from checklist.matchers.text.phrase import evidence_titles, only_names
from checklist.matchers.text.table import Rows, tables_of
from checklist.rules.specs import FiguresMatch
from core.models.assessment import ElementStatus, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ResourceKind, Zone
from core.thai.dates import date_mentions, month_mentions
from core.thai.normalize import digits, find_phrase, is_thai, make_key

_NUMBER = re.compile(r"(?<![\d,.:/-])\d++(?:,\d++)*+(?![.:/-]?\d)")
_YEAR = re.compile(r"(?<!\d)(?:25|20)\d\d(?![\d,])")
_ITS_NUMBER = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]")
"""The number of a section."""
_SENTENCE = re.compile(r"[\n|•·;]| {3}")
_BRACKETS = re.compile(r"[(]([^()\d]{2,30})[)]")
_CAPTION = 2
"""Blocks above a table among which its title stands."""
_MARKS = " .:()[]-–*"
_BEFORE = 30
"""Characters between the word that counts and its number: `จำนวนผู้รับบริการทั้งสิ้น 120`."""
_NEAR = 3
"""Lines of a document below one that says what is counted, in which its numbers stand."""
_CELL, _HEAD = 24, 160
"""Characters of a number with its unit, and of the heads of its column."""
_SPAN, _DIGITS = 64, 6
"""Columns that a head may span, and digits of a row's number."""


def check(spec: FiguresMatch, view: EvidenceView) -> MatchResult:
    """Present if a number counts one of `of`: in one sentence with it, or in a table whose column, row or heads say so.
    What a table counts without saying so is for a person, if the evidence is called after the `matter`.

    A row with a link is an entry of a list: its numbers count the entry's readers, whatever the entry is called."""
    unsure: Quote | None = None
    for part in view.parts:
        seen = _Seen(spec, view, part, evidence_titles(view, part))
        for quote, sure in chain(seen.in_tables(), seen.in_sentences()):
            if sure:
                return MatchResult(ElementStatus.PRESENT, (quote,))
            unsure = unsure or quote
    if unsure is not None:
        return MatchResult(ElementStatus.REVIEW, (unsure,), reason=Reason(ReasonCode.SECTION_UNSURE))
    return MatchResult(ElementStatus.MISSING)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One part of the evidence, with what it is called."""

    spec: FiguresMatch
    view: EvidenceView
    part: EvidencePart
    titles: tuple[str, ...]

    def in_tables(self) -> Iterator[tuple[Quote, bool]]:
        """The first number of each table that may count what is asked for, and whether it is proved to."""
        about = self._is_about()
        for rows in tables_of(self.part).values():
            texts = (block.text for cells in rows.values() for _, block in cells if not self._is_number(block.text))
            named = any(map(self._names_matter, texts))
            captioned = self._is_captioned(rows)
            unsure: Quote | None = None
            proved: dict[tuple[str, str], bool] = {}
            for index, block, head, label in self._numbers(rows):
                key = (head, "" if head and not named else label)
                if key not in proved:
                    proved[key] = captioned or self._is_proved(*key, named=named, about=named or about)
                if proved[key]:
                    yield block_quote(self.part, index, block), True
                    break
                if unsure is None and (named or about):
                    unsure = block_quote(self.part, index, block)
            if unsure is not None:
                yield unsure, False

    def _is_proved(self, head: str, label: str, *, named: bool, about: bool) -> bool:
        if self._says(self.spec.of, head) or (named and bool(label) and self._only_counts(label)):
            return True
        return self._only_counts(head) and (about if head else self._names_matter(label))

    def _is_captioned(self, rows: Rows) -> bool:
        """Whether the line above a table says that it counts what is asked for, and in what:
        `สถิติผู้มาขอรับบริการ จำแนกตามงาน (หน่วย : ราย)`. Whatever its columns are called, its numbers are of that."""
        first = min(at for cells in rows.values() for at, _ in cells)
        blocks = self.part.resource.blocks
        above = (blocks[at].text for at in range(first - 1, max(self.part.start, first - 1 - _CAPTION) - 1, -1))
        caption = next((text for text in above if text.strip()), "")
        if len(caption) > _HEAD or not any(find_phrase(w, caption, whole=False) for w in self.spec.matter):
            return False
        units = (found[1] for found in _BRACKETS.finditer(digits(caption)))
        return self._names_matter(caption) and any(map(self._only_counts, units))

    def _numbers(self, rows: Rows) -> Iterator[tuple[int, Block, str, str]]:
        """The cells that are numbers, with what stands above each and beside it in its row, but for rows' numbers."""
        page = self.part.resource.kind is ResourceKind.PAGE
        linked = {link.block for link in self.part.resource.links} if page else frozenset[int]()
        counted = _counting_columns(rows)
        heads: dict[int, str] = {}
        for row in sorted(rows):
            numbers = [(at, block) for at, block in rows[row] if self._is_number(block.text)]
            others = [block for _, block in rows[row] if not self._is_number(block.text)]
            label = " ".join(block.text for block in others)[:_HEAD]
            if not any(index in linked for index, _ in rows[row]):
                for index, block in numbers:
                    if block.col not in counted:
                        yield index, block, heads.get(block.col or 0, ""), label
            for block in others:
                for column in range(block.col or 0, (block.col or 0) + min(max(1, block.span_cols), _SPAN)):
                    heads[column] = f"{heads.get(column, '')} {block.text}".strip()[:_HEAD]

    def in_sentences(self) -> Iterator[tuple[Quote, bool]]:
        """Numbers in sentences that say what they count, or right beside a line that does."""
        lines = [
            (index, block)
            for index, block in self.part.numbered_blocks()
            if block.text.strip() and block.kind is not BlockKind.FORM
            if self.part.resource.kind is not ResourceKind.PAGE or block.zone is Zone.CONTENT
        ]
        texts = [block.text for _, block in lines]
        document = self.part.resource.kind is ResourceKind.DOCUMENT
        beside = self._below if document else self._beside
        for at, (index, block) in enumerate(lines):
            sentences = _SENTENCE.split(block.text)
            sure = any(map(self._is_counted, sentences)) or (
                None if block.kind is BlockKind.CELL and document else beside(texts, at)
            )
            if sure is None and any(map(self._is_title_with_number, (*sentences, " ".join(texts[at : at + 2])))):
                sure = False
            if sure is not None:
                yield block_quote(self.part, index, block), sure

    def _without_titles(self, sentence: str) -> str:
        key = make_key(sentence).text
        for title in sorted(self.titles, key=len, reverse=True):
            key = key.replace(title, " ")
        return key

    def _is_title_with_number(self, sentence: str) -> bool:
        """Whether a sentence has nothing but the evidence's name and so many of a unit:
        `สถิติการให้บริการ ต.ค. 65 14 ราย`."""
        rest = self._without_titles(sentence) if _NUMBER.search(digits(sentence)) else sentence
        named = len(rest) < len(make_key(sentence).text)
        number = _NUMBER.search(_timeless(rest)) if named and self._only_counts(rest) else None
        return number is not None and any(map(is_thai, number.string[number.end() :]))

    def _is_counted(self, sentence: str) -> bool:
        if not _NUMBER.search(digits(sentence)):
            return False
        sentence = self._without_titles(sentence)
        if not any(own_hits(word, sentence, self.view, whole=False) for word in self.spec.of):
            return False
        text = _timeless(sentence)
        for number in _NUMBER.finditer(text):
            before = make_key(text[max(0, number.start() - _BEFORE) : number.start()]).text.rstrip(_MARKS)
            behind = make_key(text[number.end() : number.end() + _CELL]).text.lstrip(_MARKS)
            if any(before.endswith(make_key(word).text) for word in self.spec.of) or any(
                key in before or behind.startswith(key) for key in (make_key(word).text for word in self.spec.counts)
            ):
                return True
        return False

    def _beside(self, texts: list[str], at: int) -> bool | None:
        """True if a line of a page says what is counted, and the one before or behind it is nothing but a number."""
        line = self._without_titles(texts[at])
        said = any(own_hits(word, line, self.view, whole=False) for word in self.spec.of)
        numbers = (self._is_number(text) for text in (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2]))
        return True if said and any(numbers) else None

    def _below(self, texts: list[str], at: int) -> bool | None:
        """Whether a line of a document is the head of what is counted, with numbers in the lines below: rows of a table
        without rules. False if it counts something that it does not name, below words of the matter; else None."""
        around = "\n".join(texts[max(0, at - _NEAR) : at + _NEAR + 1])
        counted = any(own_hits(word, texts[at], self.view) for word in self.spec.counts)
        heads = counted or bool(month_mentions(texts[at]))
        words = (*self.spec.of, *self.spec.matter) if heads else self.spec.of
        line = self._without_titles(texts[at])
        said = any(own_hits(word, line, self.view, whole=False) for word in words)
        about = counted and any(find_phrase(word, around, whole=False) for word in self.spec.matter)
        if not (said or about) or not any(
            _NUMBER.search(_ITS_NUMBER.sub("", _timeless(text))) for text in texts[at : at + _NEAR + 1]
        ):
            return None
        return said or self._only_counts(texts[at])

    def _says(self, words: tuple[str, ...], text: str) -> bool:
        """Whether a text has one of the words, and not only in the evidence's own name."""
        hits = (word for word in words if own_hits(word, text, self.view, whole=False))
        return any(not only_names(word, text, self.titles) for word in hits)

    def _names_matter(self, text: str) -> bool:
        return self._says((*self.spec.of, *self.spec.matter), text)

    def _is_about(self) -> bool:
        """Whether the evidence's own title or first heading is of the matter."""
        texts = (self.part.resource.title, *(block.text for block in self.part.blocks[: 2 * _NEAR]))
        return any(find_phrase(word, text, whole=False) for text in texts for word in self.spec.matter)

    def _is_number(self, text: str) -> bool:
        """Whether a text is a number, with nothing but what is counted behind it; a year is none."""
        plain = _timeless(text).strip(_MARKS) if len(text) <= _CELL else ""
        number = _NUMBER.match(plain)
        return number is not None and self._only_counts(plain[number.end() :])

    def _only_counts(self, text: str) -> bool:
        """Whether a text says no more than that something is counted, or when: `จำนวน (ราย)`, `ต.ค. 65`."""
        text = _without(text, [(month.start, month.stop) for month in month_mentions(text)])
        key = make_key(_timeless(text)).text
        for word in sorted((make_key(word).text for word in self.spec.counts), key=len, reverse=True):
            key = key.replace(word, " ")
        return not any(is_thai(letter) or letter.isalpha() for letter in key)


def _timeless(text: str) -> str:
    """A text without its days and years, in plain digits."""
    return _YEAR.sub(" ", digits(_without(text, [(day.start, day.stop) for day in date_mentions(text)])))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without some runs of it, which stand in order and apart."""
    starts, stops = (0, *(stop for _, stop in spans)), (*(start for start, _ in spans), len(text))
    return "".join(text[start:stop] for start, stop in zip(starts, stops, strict=True))


def _counting_columns(rows: Rows) -> frozenset[int | None]:
    """The columns whose numbers are those of their rows: 1, 2, 3."""
    columns: dict[int | None, list[int]] = {}
    for row in sorted(rows):
        for _, block in rows[row]:
            text = digits(block.text).strip(_MARKS)
            if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
                columns.setdefault(block.col, []).append(int(text))
    return frozenset(
        column for column, found in columns.items() if len(found) > 1 and found == list(range(1, len(found) + 1))
    )
