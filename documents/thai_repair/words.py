"""Words against damage: which words a damaged run of Thai letters most likely was.

Marks are what exporting loses, moves or exchanges; base letters survive. So a run is read as base letters with the
marks seen at each, dictionary words are looked up by their base letters, and the cheapest way through the run is
taken: a word costs by how rare it is, a difference in marks by how well the page's own damage explains it. What no
word explains stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from documents.thai_repair.costs import NEVER, Damage, moved_price, pricer_of
from documents.thai_repair.lexicon import cells_of, fold, lexicon

_CELL = re.compile("[ก-ฮะาำเ-ๅ][^ก-ฮะาำเ-ๅ]*|^[^ก-ฮะาำเ-ๅ]+")
_UNKNOWN = 13.0
"""Cost of a letter that no word explains; the rarest word costs about as much."""


def mend(run: str, damage: Damage) -> str:
    """A run of Thai letters as the words that it most likely was; damage's stand-ins and spaces may stand in it.

    A space within what turns out to be one word goes, others stay."""
    words, spaces = _words(run, damage.only(run))
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
    words, _ = _words(run, damage.only(run))
    known = lexicon().bases
    if not all([_folded(word) in known for word, _ in words]):
        return None
    cells = _with_marks(run)
    marks: list[str] = []
    at = 0
    for word, count in words:
        for offset, wanted in enumerate(_cells(word)):
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


def is_words(run: str) -> bool:
    """Whether a run of Thai letters is written words of two letters or more, one behind the other."""
    words, _ = _words(run, Damage())
    return all(count > 1 and _is_word(word) for word, count in words)


def _is_word(word: str) -> bool:
    _, _, entries = lexicon().automaton.get(_folded(word), (0, 0.0, ()))
    return any(entry.word == word for entry in entries)


@lru_cache(maxsize=1 << 12)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=1 << 12)
def _cells(word: str) -> tuple[str, ...]:
    return cells_of(word)[1]


def _with_marks(run: str) -> list[str]:
    """Base letters of a run, each with the marks and stand-ins at it."""
    cells: list[str] = _CELL.findall(run)
    return cells


def forget() -> None:
    """Drop what is remembered of runs mended before; the dictionary stays."""
    _words.cache_clear()
    _best.cache_clear()
    _folded.cache_clear()
    _cells.cache_clear()
    pricer_of.cache_clear()


@lru_cache(maxsize=1 << 14)
def _words(run: str, damage: Damage) -> tuple[tuple[tuple[str, int], ...], frozenset[int]]:
    """Words with their counts of base letters, and the base letters that a space stands before."""
    spaces: frozenset[int] = frozenset()
    if " " in run:
        parts = [_with_marks(part) for part in run.split(" ") if part]
        spaces = frozenset(accumulate(len(part) for part in parts[:-1]))
        cells = [cell for part in parts for cell in part]
    else:
        cells = _with_marks(run)
    return _best("".join([cell[0] for cell in cells]), tuple([cell[1:] for cell in cells]), damage), spaces


@lru_cache(maxsize=1 << 14)
def _best(bases: str, seen: tuple[str, ...], damage: Damage) -> tuple[tuple[str, int], ...]:
    if damage.moved < NEVER:
        return _best_moved(bases, seen, damage)
    pricer = pricer_of(damage)
    plain = pricer.plain
    text = "".join([base + marks for base, marks in zip(bases, seen, strict=True)])
    places = [0, *accumulate([1 + len(marks) for marks in seen])]
    count = len(bases)
    foreign = [0] * (count + 1)
    if damage.stand_ins:
        foreign[1:] = accumulate([any([letter in damage.stand_ins for letter in marks]) for marks in seen])
    costs = [NEVER] * (count + 1)
    costs[0] = 0.0
    pieces: list[tuple[int, str]] = [(0, "")] * (count + 1)
    own = [_UNKNOWN + _oddness(base, marks) if marks else _UNKNOWN for base, marks in zip(bases, seen, strict=True)]
    done = 0
    known, remembered = pricer.known.get, plain.known.get
    for end, (length, least, entries) in lexicon().automaton.iter(bases.replace("ำ", "า")):
        stop = end + 1
        while done < stop:
            # A letter that no word explains, as it is.
            cost = costs[done] + own[done]
            done += 1
            if cost < costs[done]:
                costs[done] = cost
                pieces[done] = (done - 1, "")
        start = stop - length
        here = costs[start]
        if here + least >= costs[stop]:
            # The commonest word of these letters, undamaged, would be no cheaper way: 4 of 10 end here.
            continue
        piece = text[places[start] : places[stop]]
        whole = foreign[start] == foreign[stop]
        found = remembered(piece) if whole else known(piece)
        if found is None:
            asked = plain if whole else pricer
            found = asked.cheapest(piece, entries, bases[start:stop], seen[start:stop])
        cost, word = found
        price = here + cost
        if price < costs[stop]:
            costs[stop] = price
            pieces[stop] = (start, word)
    for at in range(done, count):
        cost = costs[at] + own[at]
        if cost < costs[at + 1]:
            costs[at + 1] = cost
            pieces[at + 1] = (at, "")
    out: list[tuple[str, int]] = []
    at = count
    while at > 0:
        start, word = pieces[at]
        out.append((word or bases[start] + seen[start], at - start))
        at = start
    return tuple(reversed(out))


def _best_moved(bases: str, seen: tuple[str, ...], damage: Damage) -> tuple[tuple[str, int], ...]:
    """As `_best`, where a word's last marks may stand at the first letter of the next word."""
    pricer = pricer_of(damage)
    count = len(bases)
    # Two ways to stand before each letter: its marks are still its own, or the word before took them.
    costs = [[NEVER, NEVER] for _ in range(count + 1)]
    costs[0][0] = 0.0
    pieces: list[list[tuple[int, int, str]]] = [[(0, 0, ""), (0, 0, "")] for _ in range(count + 1)]
    done = 0

    def keep(at: int) -> None:
        for taken, cost in enumerate(costs[at]):
            marks = "" if taken else seen[at]
            cost += _UNKNOWN + _oddness(bases[at], marks)
            if cost < costs[at + 1][0]:
                costs[at + 1][0] = cost
                pieces[at + 1][0] = (at, taken, bases[at] + marks)

    for end, (length, _, entries) in lexicon().automaton.iter(bases.replace("ำ", "า")):
        stop = end + 1
        while done < stop:
            keep(done)
            done += 1
        start = stop - length
        spill = seen[stop] if stop < count else ""
        for taken, here in enumerate(costs[start]):
            if here == NEVER:
                continue
            span, window = bases[start:stop], ("", *seen[start + 1 : stop]) if taken else seen[start:stop]
            rows = pricer.rows(window)
            for entry in entries:
                price = here + entry.cost
                if price >= max(costs[stop]):
                    break
                at_end = price + min(
                    pricer.price(entry, span, rows, NEVER),
                    moved_price(entry.marks, window, damage) if entry.bases == span else NEVER,
                )
                if at_end < costs[stop][0]:
                    costs[stop][0] = at_end
                    pieces[stop][0] = (start, taken, entry.word)
                if spill and entry.marks[-1] and entry.bases == span:
                    beyond = price + moved_price((*entry.marks, ""), (*window, spill), damage)
                    if beyond < costs[stop][1]:
                        costs[stop][1] = beyond
                        pieces[stop][1] = (start, taken, entry.word)
    while done < count:
        keep(done)
        done += 1
    out: list[tuple[str, int]] = []
    at, taken = count, 0
    while at > 0:
        start, before, piece = pieces[at][taken]
        out.append((piece, at - start))
        at, taken = start, before
    return tuple(reversed(out))


def _oddness(base: str, marks: str) -> float:
    """What a letter that stands alone costs more for marks that it cannot have."""
    return 0.0 if not marks or "ก" <= base <= "ฮ" else 4.0
