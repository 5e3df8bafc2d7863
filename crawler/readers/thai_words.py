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
from itertools import repeat

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
    entries: dict[str, tuple[_Entry, ...]]
    beginnings: frozenset[str]


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
    entries = _lexicon().entries
    if not all(_fold(word) in entries for word, _ in words):
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
    lexicon = _lexicon()
    count = len(bases)
    costs = [0.0] + [_NEVER] * count
    pieces: list[tuple[int, str]] = [(0, "")] * (count + 1)
    folded = bases.replace("ำ", "า")
    for start in range(count):
        here = costs[start]
        as_it_is = here + _UNKNOWN + (0.0 if _stands_alone(bases[start], seen[start]) else 4.0)
        if as_it_is < costs[start + 1]:
            costs[start + 1] = as_it_is
            pieces[start + 1] = (start, bases[start] + seen[start])
        for stop in range(start + 1, min(count, start + _LONGEST) + 1):
            key = folded[start:stop]
            if key not in lexicon.beginnings:
                break
            for entry in lexicon.entries.get(key, ()):
                price = here + entry.cost
                if price < costs[stop]:
                    price += _difference(entry, bases, seen, start, damage)
                    if price < costs[stop]:
                        costs[stop] = price
                        pieces[stop] = (start, entry.word)
    out: list[tuple[str, int]] = []
    at = count
    while at > 0:
        start, piece = pieces[at]
        out.append((piece, at - start))
        at = start
    return tuple(reversed(out))


def _stands_alone(base: str, marks: str) -> bool:
    return not marks or "ก" <= base <= "ฮ"


def _difference(entry: _Entry, bases: str, seen: tuple[str, ...], start: int, damage: Damage) -> float:
    """What the damage asks for turning a word into what is seen; infinite if it cannot."""
    price = 0.0
    for offset, base in enumerate(entry.bases):
        there = bases[start + offset]
        if there != base:
            price += damage.am_lost if base == "ำ" else damage.am_gained
            if price == _NEVER:
                return _NEVER
    window = seen[start : start + len(entry.bases)]
    if window == entry.marks:
        return price
    if len(window) == 1 and damage.mark_lost < _NEVER and not window[0]:
        # One letter is an abbreviation sooner than a word without its mark.
        return _NEVER
    after = (*entry.bases[1:], "")
    in_place = sum(map(_marks_price, entry.marks, window, entry.bases, after, repeat(damage)))
    if damage.moved < _NEVER:
        return price + min(in_place, _moved_price(entry.marks, window, damage))
    return price + in_place


def _marks_price(wanted: str, there: str, base: str, after: str, damage: Damage) -> float:
    """What turning the marks of one letter into those wanted costs; `after` is the next base letter."""
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
        if mark in _TONES and (after == "ำ" or any(vowel in _UPPER for vowel in there)):
            price += min(damage.raised_lost, damage.mark_lost)
        elif mark in _LOST and (mark not in _VOWELS or base in _TALL):
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
    beginnings: set[str] = set()
    for word, count in counts.items():
        bases, marks = _cells(word)
        key = bases.replace("ำ", "า")
        if len(bases) > _LONGEST:
            continue
        entries.setdefault(key, []).append(_Entry(word, total - math.log(count), marks, bases))
        beginnings.update(key[:n] for n in range(1, len(key) + 1))
    return _Lexicon({key: tuple(found) for key, found in entries.items()}, frozenset(beginnings))
