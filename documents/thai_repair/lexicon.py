"""Thai words by their base letters: what is left of a word when its marks are not looked at."""

from __future__ import annotations

import gc
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any

import ahocorasick  # type: ignore[import-not-found]

TALL, BEFORE_AM = "<", ">"
"""Signs in `Entry.wanted`: the letter is a tall one; the next is sara am."""
_TALL_LETTERS = "ปฝฟฬ"
"""Letters whose ascender pushes marks to the left: there old fonts use glyphs of their own, and vowels are lost too."""
MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_BASE = re.compile("[ก-ฮะาเแโใไๅฤฦ]")
_WORD = re.compile("[ก-ฮะ-ฺเ-๎]+")
_LONGEST = 24
_LEAST = 200
_DOUBT = 20
"""A word of the frequency list that no dictionary has must be common, and counts for a part only."""

# Words of office reports that common dictionaries do not have.
_OFFICE = (
    "ปีงบประมาณ", "งบประมาณ", "สำนักปลัด", "กองช่าง", "เทศบาล", "องค์การบริหารส่วนตำบล", "จัดซื้อ", "จัดจ้าง",
    "จัดซื้อจัดจ้าง", "ประพฤติมิชอบ", "ตัวชี้วัด", "ข้อเสนอแนะ", "ปัญหา", "อุปสรรค", "ดำเนินงาน", "ดำเนินการ",
    "แผนงาน", "ครุภัณฑ์", "ไตรมาส", "เบิกจ่าย", "หน่วยงาน", "ภารกิจ", "ธรรมาภิบาล", "โปร่งใส", "ร้องเรียน", "ไม่มี",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, what its rareness costs (nats), the marks at each of its base letters, and these."""

    word: str
    cost: float
    marks: tuple[str, ...]
    bases: str
    wanted: tuple[str, ...]
    """The marks once more, each with the signs of what else decides whether they are easily lost."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, to be looked up by base letters."""

    bases: frozenset[str]
    """Words by their base letters."""
    automaton: Any
    """Finds every word's base letters in a run: how many, what the commonest entry costs, and all, cheapest first."""


def cells_of(word: str) -> tuple[str, tuple[str, ...]]:
    """Base letters of a well-written word, and the marks at each."""
    bases: list[str] = []
    marks: list[str] = []
    for letter in word:
        if bases and letter in MARKS:
            marks[-1] += letter
        else:
            bases.append(letter)
            marks.append("")
    return "".join(bases), tuple(marks)


def fold(word: str) -> str:
    """A word's base letters with sara am as aa: by these words are looked up."""
    return "".join("า" if letter == "ำ" else letter for letter in word if letter not in MARKS)


def _wanted(bases: str, marks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        intern(mark + TALL * (base in _TALL_LETTERS) + BEFORE_AM * (after == "ำ"))
        for mark, base, after in zip(marks, bases, bases[1:] + " ", strict=True)
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """PyThaiNLP's dictionary with its frequency list; takes most of a second and some 50 MB, once a process."""
    # Imported late: only pages with damaged words need it.
    from pythainlp.corpus import thai_words, tnc

    known = thai_words()
    counts = {word: 1 for word in known if _WORD.fullmatch(word) and word[0] not in MARKS}
    for word, count in tnc.unigram_word_freqs().items():
        if word in counts:
            counts[word] = max(1, count)
        elif count >= _LEAST and len(word) > 2 and "ำ" not in word and _WORD.fullmatch(word) and _BASE.match(word):
            counts[word] = count // _DOUBT
    for word in _OFFICE:
        counts[word] = max(counts.get(word, 0), 2000)
    total = math.log(sum(counts.values()))
    entries: dict[str, list[Entry]] = {}
    for word, count in counts.items():
        bases, marks = cells_of(word)
        if len(bases) <= _LONGEST:
            entry = Entry(word, total - math.log(count), marks, bases, _wanted(bases, marks))
            entries.setdefault(fold(word), []).append(entry)
    automaton = ahocorasick.Automaton()
    for key, found in entries.items():
        by_cost = tuple(sorted(found, key=lambda entry: entry.cost))
        automaton.add_word(key, (len(key), by_cost[0].cost, by_cost))
    automaton.make_automaton()
    # It stays as long as the process: without this, each full collection walks its hundred thousand words again,
    # which costs a tenth of a second every few pages.
    gc.collect()
    gc.freeze()
    return Lexicon(frozenset(entries), automaton)
