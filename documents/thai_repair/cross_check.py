"""One page read by two extractors: what one lost, the other may have kept.

Extractors agree on base letters and differ in marks, spaces and order. So texts are compared by their base letters:
sara am that one reader drops (`ดาเนิน`) is seen in the other (`ด าเนิน`), and a table cell cut out by its place on the
page is found again in the page's repaired text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process

_NOT_BASE = re.compile("[^ก-ฮะาำเ-ๅ]+")
_BASES = re.compile("[ก-ฮะาำเ-ๅ]+")
_DIGITS = re.compile("[0-9๐-๙]")
_ONLY_MARKS = re.compile("[ัิ-ฺ็-๎ ]*")
_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
_CONTEXTS = ((4, 5), (2, 3))
"""Base letters before and after an aa that tell it from others on the page."""
_ECHOES = 6
_ECHO = re.compile("([ก-ฮ][ัิ-ฺ็-๎]+)(.{0,8}?)\\1 ?")
_ALIKE = 80
"""Likeness (of 100) of base letters from which two lines of one page are one."""
_LATE_MARKS = re.compile("^ ?[À-ÿัิ-ฺ็-๎]+(?= |$)")
_ONLY_LATE = re.compile("[À-ÿัิ-ฺ็-๎ ]+")
"""Marks of fonts whose glyphs pdfium names by their place in a Latin code page come after their letters too."""
_WORDS = 24
"""Words of a line that may be another cell's; one with more is looked at as a whole."""
_PUNCTUATION = frozenset("ฯๆ.,:;()[]/-–—\"'”’!?…")
_LONG = 8
"""Base letters from which a piece may be found in the middle of a run."""


def am_from_witness(text: str, witness: str) -> str:
    """The text with sara am wherever a witness of the same page has it; unchanged where the two contradict."""
    there = _NOT_BASE.sub("", witness)
    if "ำ" not in there:
        return text
    for before, after in _CONTEXTS:
        kinds: dict[tuple[str, str], set[str]] = {}
        for context, letter in _aas(there, before, after):
            kinds.setdefault(context, set()).add(letter)
        here = _NOT_BASE.sub("", text)
        wanted = [kinds.get(context) == {"ำ"} for context, _ in _aas(here, before, after)]
        pieces = re.split("([าำ])", text)
        for number, am in enumerate(wanted):
            if am:
                pieces[2 * number + 1] = "ำ"
        text = "".join(pieces)
    return text


def _aas(bases: str, before: int, after: int) -> Iterator[tuple[tuple[str, str], str]]:
    plain = bases.replace("ำ", "า")
    at = plain.find("า")
    while at != -1:
        yield (plain[max(0, at - before) : at], plain[at + 1 : at + 1 + after]), bases[at]
        at = plain.find("า", at + 1)


class Witness:
    """A page's repaired text, to find pieces of the page in."""

    def __init__(self, text: str, mend: Callable[[str], str]) -> None:
        """`mend` repairs a piece that is not found."""
        self._text = text
        self._mend = mend
        self._lines: dict[str, str] | None = None
        self._bases = ""
        self._places: list[int] = []
        self._known: dict[str, str] = {}

    def line(self, piece: str) -> str:
        """A line cut out of the page, with the marks that the page's text has for it."""
        found = self._known.get(piece)
        if found is None:
            # A table's cells say the same again and again.
            found = self._known[piece] = self._line(piece)
        return found

    def _line(self, piece: str) -> str:
        piece = " ".join(piece.split()).lstrip(_MARKS).lstrip()
        if not piece or piece in self._text:
            return "" if _ONLY_MARKS.fullmatch(piece) else piece
        if _NOT_BASE.fullmatch(piece):
            return "" if _ONLY_LATE.fullmatch(piece) else piece
        return self._found(piece) or self._like(piece) or self._without_echo(piece) or self._mend(piece)

    def _without_echo(self, piece: str) -> str | None:
        """A piece without the clusters that pdfium wrote twice (`ขั้นขั้ ตอน`), if the page has it so."""
        for _ in range(_ECHOES):
            echo = _ECHO.search(piece)
            if echo is None:
                return None
            joined = piece[: echo.end(1)] + echo[2].rstrip() + piece[echo.end() :]
            if joined in self._text:
                return joined
            piece = piece[: echo.end(1)] + echo[2] + piece[echo.end() :]
            if piece in self._text:
                return piece
        return None

    def _like(self, piece: str) -> str | None:
        """The page's line that a piece is, or the words of it, where the other extractor wrote letters of it twice or
        left some out."""
        wanted = _NOT_BASE.sub("", piece)
        if self._lines is None:
            lines = (" ".join(line.split()) for line in self._text.splitlines())
            self._lines = {line: _NOT_BASE.sub("", line) for line in lines}
        best = process.extractOne(wanted, self._lines, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is None:
            return None
        stretch = _likest(str(best[2]), wanted)
        if _DIGITS.findall(stretch) != _DIGITS.findall(piece):
            return None
        if len(wanted) < _LONG and not _within(_NOT_BASE.sub("", stretch), wanted):
            return None
        return stretch

    def _found(self, piece: str) -> str | None:
        if not self._places:
            for run in _BASES.finditer(self._text):
                self._places += range(*run.span())
            self._bases = _NOT_BASE.sub("", self._text).replace("ำ", "า")
        wanted = _NOT_BASE.sub("", piece)
        first, last = piece.index(wanted[0]), piece.rindex(wanted[-1])
        wanted = wanted.replace("ำ", "า")
        at = self._bases.find(wanted)
        while at != -1:
            start, stop = self._places[at], self._places[at + len(wanted) - 1] + 1
            while stop < len(self._text) and _is_mark(self._text[stop]):
                stop += 1
            if len(wanted) >= _LONG or not self._runs_on(start, stop):
                found = " ".join(self._text[start:stop].split())
                if _DIGITS.findall(found) == _DIGITS.findall(piece[first : last + 1]):
                    return piece[:first] + found + self._tail(piece[last + 1 :], stop)
            at = self._bases.find(wanted, at + 1)
        return None

    def _tail(self, tail: str, stop: int) -> str:
        """What follows a piece's last letter, without the marks that came too late or in another guise."""
        after = self._text[stop : stop + 1]
        if tail and tail[0] != after and not tail[0].isspace() and tail[0] not in _PUNCTUATION:
            tail = tail[1:]
        return _LATE_MARKS.sub("", tail)

    def _runs_on(self, start: int, stop: int) -> bool:
        before = self._text[start - 1] if start else " "
        after = self._text[stop] if stop < len(self._text) else " "
        return "ก" <= before <= "๎" or "ก" <= after <= "๎"


def _likest(line: str, wanted: str) -> str:
    """The words of a line, one behind the other, whose base letters are most like those wanted: the line of a table's
    row holds its other cells too."""
    words = line.split(" ")
    if len(words) > _WORDS:
        return line
    bases = [_NOT_BASE.sub("", word) for word in words]
    best, found = fuzz.ratio("".join(bases), wanted), line
    for start in range(len(words)):
        for stop in range(len(words), start, -1):
            # A tie is the longer stretch's: signs and digits have no base letters.
            like = fuzz.ratio("".join(bases[start:stop]), wanted)
            if like > best:
                best, found = like, " ".join(words[start:stop])
    return found


def _within(short: str, long: str) -> bool:
    """Whether a text is another one with letters left out."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _is_mark(letter: str) -> bool:
    return letter == "ั" or "ิ" <= letter <= "ฺ" or "็" <= letter <= "๎"
