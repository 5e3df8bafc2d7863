"""Words against damage: which words a damaged run of Thai letters most likely was.

Marks are what exporting loses, moves or exchanges; base letters survive. So a run is read as base letters with the
marks seen at each, dictionary words are looked up by their base letters, and the cheapest way through the run is
taken: a word costs by how rare it is, a difference in marks by how well the page's own damage explains it. What no
word explains stays as it is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick  # type: ignore[import-not-found]

_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_TONES = frozenset("่้๊๋")
_UPPER = frozenset("ัิีึื็")
_LOST = frozenset("่้๊๋์็ัิีึื")
_VOWELS = frozenset("ัิีึื")
_TALL = "ปฝฟฬ"
"""Letters whose ascender pushes marks to the left: there old fonts use glyphs of their own, and vowels are lost too."""
_BASE = re.compile("[ก-ฮะาเแโใไๅฤฦ]")
_WORD = re.compile("[ก-ฮะ-ฺเ-๎]+")
_LONGEST = 24
_LEAST = 200
_DOUBT = 20
"""A word of the frequency list that no dictionary has must be common, and counts for a part only."""
_UNKNOWN = 13.0
"""Cost of a letter that no word explains; the rarest word costs about as much."""
_NEVER = math.inf

# Words of office reports that common dictionaries do not have.
_OFFICE = (
    "ปีงบประมาณ", "งบประมาณ", "สำนักปลัด", "กองช่าง", "เทศบาล", "องค์การบริหารส่วนตำบล", "จัดซื้อ", "จัดจ้าง",
    "จัดซื้อจัดจ้าง", "ประพฤติมิชอบ", "ตัวชี้วัด", "ข้อเสนอแนะ", "ปัญหา", "อุปสรรค", "ดำเนินงาน", "ดำเนินการ",
    "แผนงาน", "ครุภัณฑ์", "ไตรมาส", "เบิกจ่าย", "หน่วยงาน", "ภารกิจ", "ธรรมาภิบาล", "โปร่งใส", "ร้องเรียน",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damage:
    """What one page's letters have suffered, and what undoing each costs; infinite where the page shows no sign."""

    am_lost: float = _NEVER
    """aa that was sara am."""
    am_gained: float = _NEVER
    """Sara am that was aa (bold print read twice)."""
    raised_lost: float = _NEVER
    """A tone mark over an upper vowel is gone."""
    mark_lost: float = _NEVER
    """Any upper mark is gone."""
    moved: float = _NEVER
    """Marks stand one letter too late."""
    stand_ins: str = ""
    """Characters of other scripts that stand where marks were."""
    meant: str = ""
    """The mark that each stand-in is, once the page has told; empty before."""

    @property
    def none(self) -> bool:
        """Whether the page shows no damage that words could undo."""
        return self == Damage()


@dataclass(frozen=True, slots=True)
class _Entry:
    word: str
    cost: float
    marks: tuple[str, ...]
    bases: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    bases: frozenset[str]
    """Words by their base letters."""
    automaton: Any
    """Finds every word's base letters in a run, each with its entries."""


def mend(run: str, damage: Damage) -> str:
    """A run of Thai letters as the words that it most likely was; damage's stand-ins and spaces may stand in it.

    A space within what turns out to be one word goes, others stay."""
    words, spaces = _words(run, damage)
    out: list[str] = []
    at = 0
    for word, letters in words:
        if at in spaces:
            out.append(" ")
        out.append(word)
        at += letters
    return "".join(out)


def stood_for(run: str, letter: str, damage: Damage, *, inside: bool) -> str | None:
    """The marks that `letter` stands for in a run if words explain all of it, else None.

    With `inside`, only if each stands within a word of three letters or more and not at its end."""
    words, _ = _words(run, damage)
    known = _lexicon().bases
    if not all(_fold(word) in known for word, _ in words):
        return None
    cells = _with_marks(run, damage.stand_ins)
    marks: list[str] = []
    at = 0
    for word, count in words:
        for offset, wanted in enumerate(_cells(word)[1]):
            there = cells[at + offset]
            if letter not in there:
                continue
            if inside and (count < 3 or offset == count - 1):
                return None
            missing = [mark for mark in wanted if mark not in there]
            if len(missing) == 1:
                marks += missing
        at += count
    return "".join(marks)


def _fold(word: str) -> str:
    return "".join("า" if letter == "ำ" else letter for letter in word if letter not in _MARKS)


def _with_marks(run: str, stand_ins: str) -> list[str]:
    """Base letters of a run, each with what stands at it."""
    cells: list[str] = []
    for letter in run:
        if cells and (letter in _MARKS or letter in stand_ins):
            cells[-1] += letter
        elif not letter.isspace():
            cells.append(letter)
    return cells


def _words(run: str, damage: Damage) -> tuple[tuple[tuple[str, int], ...], frozenset[int]]:
    """Words with their counts of base letters, and the base letters that a space stands before."""
    bases: list[str] = []
    marks: list[str] = []
    spaces: set[int] = set()
    for letter in run:
        if letter.isspace():
            spaces.add(len(bases))
        elif bases and (letter in _MARKS or letter in damage.stand_ins):
            marks[-1] += letter
        else:
            bases.append(letter)
            marks.append("")
    return _best("".join(bases), tuple(marks), damage), frozenset(spaces - {0})


@lru_cache(maxsize=1 << 14)
def _best(bases: str, seen: tuple[str, ...], damage: Damage) -> tuple[tuple[str, int], ...]:
    pricer = _pricer(damage)
    count = len(bases)
    costs = [_NEVER] * (count + 1)
    costs[0] = 0.0
    pieces: list[tuple[int, str]] = [(0, "")] * (count + 1)
    done = 0
    for end, (length, entries) in _lexicon().automaton.iter(bases.replace("ำ", "า")):
        stop = end + 1
        while done < stop:
            _keep_letter(done, bases, seen, costs, pieces)
            done += 1
        start = stop - length
        here, best = costs[start], costs[stop]
        for entry in entries:
            price = here + entry.cost
            if price >= best:
                # Entries come cheapest first.
                break
            price += pricer.price(entry, bases[start:stop], seen[start:stop], best - price)
            if price < best:
                best = costs[stop] = price
                pieces[stop] = (start, entry.word)
    while done < count:
        _keep_letter(done, bases, seen, costs, pieces)
        done += 1
    out: list[tuple[str, int]] = []
    at = count
    while at > 0:
        start, piece = pieces[at]
        out.append((piece, at - start))
        at = start
    return tuple(reversed(out))


def _keep_letter(at: int, bases: str, seen: tuple[str, ...], costs: list[float], pieces: list[tuple[int, str]]) -> None:
    """A letter that no word explains, as it is."""
    cost = costs[at] + _UNKNOWN + (0.0 if _stands_alone(bases[at], seen[at]) else 4.0)
    if cost < costs[at + 1]:
        costs[at + 1] = cost
        pieces[at + 1] = (at, bases[at] + seen[at])


def _stands_alone(base: str, marks: str) -> bool:
    return not marks or "ก" <= base <= "ฮ"


class _Pricer:
    """What differences between a word and what is seen cost under one damage."""

    def __init__(self, damage: Damage) -> None:
        self._damage = damage
        self._known: dict[tuple[str, str, bool, bool], float] = {}

    def price(self, entry: _Entry, bases: str, seen: tuple[str, ...], limit: float) -> float:
        """What the damage asks for turning a word into what is seen; infinite if it cannot, or for `limit` or more."""
        damage = self._damage
        price = 0.0
        if entry.bases != bases:
            for base, there in zip(entry.bases, bases, strict=True):
                if base != there:
                    price += damage.am_lost if base == "ำ" else damage.am_gained
            if price >= limit:
                return _NEVER
        if seen == entry.marks:
            return price
        if len(seen) == 1 and damage.mark_lost < _NEVER and not seen[0]:
            # One letter is an abbreviation sooner than a word without its mark.
            return _NEVER
        in_place = price + self._in_place(entry, seen, limit - price)
        if damage.moved < _NEVER:
            return min(in_place, price + _moved_price(entry.marks, seen, damage))
        return in_place

    def _in_place(self, entry: _Entry, seen: tuple[str, ...], limit: float) -> float:
        price = 0.0
        for at, (wanted, there) in enumerate(zip(entry.marks, seen, strict=True)):
            if wanted != there:
                before_am = entry.bases[at + 1 : at + 2] == "ำ"
                key = (wanted, there, entry.bases[at] in _TALL, before_am)
                step = self._known.get(key)
                if step is None:
                    step = self._known[key] = _marks_price(*key, self._damage)
                price += step
                if price >= limit:
                    return _NEVER
        return price


@lru_cache(maxsize=256)
def _pricer(damage: Damage) -> _Pricer:
    return _Pricer(damage)


def _marks_price(wanted: str, there: str, tall: bool, before_am: bool, damage: Damage) -> float:
    """What turning the marks of one letter into those wanted costs; the letter's shape and what follows decide too."""
    if wanted == there:
        return 0.0
    price = 0.0
    wild = "".join(mark for mark in there if mark not in _MARKS)
    if wild:
        there = "".join(mark for mark in there if mark in _MARKS)
        for letter in wild:
            known = damage.meant[damage.stand_ins.index(letter)] if damage.meant else ""
            missing = [mark for mark in wanted if mark not in there and mark in (known or _LOST)]
            if not missing:
                return _NEVER
            # A stand-in is a mark: taking it for one is what the page asks for.
            price += 0.2 if known else 0.5
            wanted = wanted.replace(missing[-1], "", 1)
        if wanted == there:
            return price
    if not set(there) <= set(wanted):
        return _NEVER
    for mark in wanted:
        if mark in there:
            continue
        if mark in _TONES and (before_am or any(vowel in _UPPER for vowel in there)):
            price += min(damage.raised_lost, damage.mark_lost)
        elif mark in _LOST and (mark not in _VOWELS or tall):
            price += damage.mark_lost
        else:
            return _NEVER
    return price


def _moved_price(wanted: tuple[str, ...], there: tuple[str, ...], damage: Damage) -> float:
    """The same marks in the same order, none earlier than in the word and none more than one letter late."""
    expected = [(mark, at) for at, marks in enumerate(wanted) for mark in marks]
    found = [(mark, at) for at, marks in enumerate(there) for mark in marks]
    if len(expected) != len(found):
        return _NEVER
    late = 0
    # A tone may arrive before its vowel, so letters at one place are compared as a set.
    for (mark, at), (other, place) in zip(sorted(expected), sorted(found), strict=True):
        if mark != other or not 0 <= place - at <= 1:
            return _NEVER
        late += place - at
    return damage.moved * late


def _cells(word: str) -> tuple[str, tuple[str, ...]]:
    """Base letters of a well-written word, and the marks at each."""
    bases: list[str] = []
    marks: list[str] = []
    for letter in word:
        if bases and letter in _MARKS:
            marks[-1] += letter
        else:
            bases.append(letter)
            marks.append("")
    return "".join(bases), tuple(marks)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    # Imported late: only pages with damaged words need it.
    from pythainlp.corpus import thai_words, tnc

    known = thai_words()
    counts = {word: 1 for word in known if _WORD.fullmatch(word) and word[0] not in _MARKS}
    for word, count in tnc.unigram_word_freqs().items():
        if word in counts:
            counts[word] = max(1, count)
        elif count >= _LEAST and len(word) > 2 and "ำ" not in word and _WORD.fullmatch(word) and _BASE.match(word):
            counts[word] = count // _DOUBT
    for word in _OFFICE:
        counts[word] = max(counts.get(word, 0), 2000)
    total = math.log(sum(counts.values()))
    entries: dict[str, list[_Entry]] = {}
    for word, count in counts.items():
        bases, marks = _cells(word)
        if len(bases) <= _LONGEST:
            entries.setdefault(_fold(word), []).append(_Entry(word, total - math.log(count), marks, bases))
    automaton = ahocorasick.Automaton()
    for key, found in entries.items():
        automaton.add_word(key, (len(key), tuple(sorted(found, key=lambda entry: entry.cost))))
    automaton.make_automaton()
    return _Lexicon(frozenset(entries), automaton)
