"""The one normaliser: every text is compared through its key, and quoted as it stands.

A key folds what carries no meaning in Thai office documents (spaces between Thai letters, the ways of
writing sara am, mark order, digit systems, letter case, invisible characters) and nothing that does:
tone marks stay, since folding them collides 5.9% of dictionary words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_TONE = "\u0e48-\u0e4b"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"

# Private-use glyphs of old Thai fonts (Windows and Mac layouts).
_PRIVATE_USE = {
    0xF70A: "่", 0xF70B: "้", 0xF70C: "๊", 0xF70D: "๋", 0xF70E: "์",
    0xF705: "่", 0xF706: "้", 0xF707: "๊", 0xF708: "๋", 0xF709: "์",
    0xF713: "่", 0xF714: "้", 0xF715: "๊", 0xF716: "๋", 0xF717: "์",
    0xF701: "ิ", 0xF702: "ี", 0xF703: "ึ", 0xF704: "ื",
    0xF710: "ั", 0xF711: "ํ", 0xF712: "็",
    0xF718: "ุ", 0xF719: "ู", 0xF71A: "ฺ", 0xF700: "ฐ", 0xF70F: "ญ",
}  # fmt: skip


def _character_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: None for code in range(0x20)}
    table.update({code: " " for code in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000)})
    table.update({code: " " for code in range(0x2000, 0x200B)})
    invisible = (0xAD, 0x061C, 0x180E, 0xFEFF, 0x7F, *range(0x200B, 0x2010), *range(0x2028, 0x202F))
    table.update({code: None for code in (*invisible, *range(0x2060, 0x2070))})
    table.update({0x0E50 + n: str(n) for n in range(10)})
    table.update({upper: chr(upper + 32) for upper in range(ord("A"), ord("Z") + 1)})
    table.update({code: "-" for code in (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212)})
    table.update({code: '"' for code in (0x201C, 0x201D, 0x201E, 0x00AB, 0x00BB)})
    table.update({code: "'" for code in (0x2018, 0x2019, 0x201A)})
    table.update({0xFF01 + n: chr(0x21 + n) for n in range(94)})
    table.update(_PRIVATE_USE)
    return table


_CHARACTERS = _character_table()
_DIGITS = {**{0x0E50 + n: str(n) for n in range(10)}, **_PRIVATE_USE}

# A search that finds the few letters to fold takes a tenth of what `str.translate` takes to look each letter up.
_FOLDED = re.compile(f"[{''.join(map(re.escape, map(chr, _CHARACTERS)))}]")
_FOLDED_DIGITS = re.compile(f"[{''.join(map(chr, _DIGITS))}]")

_SPACES = re.compile(" {2,}")
# Applied in this order, for the key and for its offsets alike; each changes only texts that have its sign.
_STEPS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("เเ", re.compile("เเ"), "แ"),
    # lakkhangyao, which only ฤ and ฦ have, is typed for sara aa
    ("ๅ", re.compile("(?<![ฤฦ])ๅ"), "า"),
    ("ํ", re.compile(f"ํ([{_TONE}]?)\\s*า"), r"\1ำ"),
    ("ำ", re.compile(f"ำ([{_TONE}])"), r"\1ำ"),
    # `ส านักงาน`: no Thai word begins with sara aa, so a space before it is a lost nikhahit. The letter before is
    # looked for behind the space: a pattern that begins with a letter is searched faster.
    (" ", re.compile(f" (?<=[ก-ฮ{_TONE}] ) *[าำ]"), "ำ"),
    (" ", re.compile(f" (?<=[{_THAI}ๆฯ] ) *(?=[{_THAI}ๆฯ])"), ""),
    ("  ", _SPACES, " "),
    ("", re.compile(f"([{_TONE}์])([ัิ-ู็])"), r"\2\1"),
    ("", re.compile(f"([{_MARKS}ำ])\\1+"), r"\1"),
)

_WINDOW = 40
"""Characters of context given to the word cutter on each side of a hit."""


@dataclass(frozen=True)
class Key:
    """A text's key. `text` is compared, `source` is quoted."""

    source: str
    text: str

    @cached_property
    def _offsets(self) -> list[int]:
        return _trace(self.source)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Offsets in `source` of the run `text[start:stop]` (marks that belong to its end included)."""
        offsets = self._offsets
        begin = offsets[start] if start < len(offsets) else len(self.source)
        end = offsets[stop] if stop < len(offsets) else len(self.source)
        while end > begin and self.source[end - 1].isspace():
            end -= 1
        return begin, end


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: offsets and quote are of the source text."""

    start: int
    stop: int
    quote: str


@lru_cache(maxsize=1 << 16)
def make_key(text: str) -> Key:
    """The key of a text of any length. The same text always gives the same key."""
    return Key(text, key_text(text))


def key_text(text: str) -> str:
    """A key's text alone, not remembered: for those who see a text once."""
    folded = _FOLDED.sub(_fold, text)
    if folded.isascii():  # an address, a number: all other steps are about Thai letters
        return _SPACES.sub(" ", folded) if "  " in folded else folded
    for sign, pattern, replacement in _STEPS:
        if sign in folded:
            folded = pattern.sub(replacement, folded)
    return folded


def _fold(letter: re.Match[str]) -> str:
    return _CHARACTERS[ord(letter.group())] or ""


def _trace(text: str) -> list[int]:
    """For each character of the key, the offset in `text` that it came from."""
    letters: list[str] = []
    offsets: list[int] = []
    for index, letter in enumerate(text):
        mapped = _CHARACTERS.get(ord(letter), letter) or ""
        letters.append(mapped)
        offsets.extend([index] * len(mapped))
    folded = "".join(letters)
    for _, pattern, replacement in _STEPS:
        folded, offsets = _substitute(pattern, replacement, folded, offsets)
    return offsets


def _substitute(pattern: re.Pattern[str], replacement: str, text: str, offsets: list[int]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    kept: list[int] = []
    done = 0
    for match in pattern.finditer(text):
        start, stop = match.span()
        pieces.append(text[done:start])
        kept.extend(offsets[done:start])
        new = match.expand(replacement)
        pieces.append(new)
        kept.extend(offsets[start + min(n, stop - start - 1)] for n in range(len(new)))
        done = stop
    pieces.append(text[done:])
    kept.extend(offsets[done:])
    return "".join(pieces), kept


def digits(text: str) -> str:
    """The text with Thai digits written as Arabic ones and private-use glyphs as what they show; same length."""
    return _FOLDED_DIGITS.sub(lambda letter: _DIGITS[ord(letter.group())], text)


def is_thai(letter: str) -> bool:
    """Whether a character is a Thai letter, vowel or mark (not a digit)."""
    return "\u0e01" <= letter <= "\u0e3a" or "\u0e40" <= letter <= "\u0e4e"


def find_phrase(phrase: str, text: str | Key, *, whole: bool = True) -> tuple[Hit, ...]:
    """Where a phrase stands in a text, compared by key.

    A hit never cuts a Thai cluster (O1 is not in O12, ข้อ not in ข้อง). With `whole`, it begins and ends at
    a word boundary as newmm cuts the words around it, so ข้อเสนอแนะ is not in ข้อเสนอแนะนำ.
    """
    key = make_key(text) if isinstance(text, str) else text
    wanted = make_key(phrase).text.strip()
    if not wanted:
        return ()
    hits: list[Hit] = []
    start = key.text.find(wanted)
    while start != -1:
        stop = start + len(wanted)
        if _clean_edges(key.text, start, stop) and (not whole or _whole_words(key, start, stop)):
            begin, end = key.span(start, stop)
            hits.append(Hit(begin, end, key.source[begin:end]))
        start = key.text.find(wanted, start + 1)
    return tuple(hits)


def contains(phrase: str, text: str | Key) -> bool:
    """Whether a phrase stands in a text as whole words."""
    return bool(find_phrase(phrase, text))


def _clean_edges(text: str, start: int, stop: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[stop] if stop < len(text) else " "
    first, last = text[start], text[stop - 1]
    if is_thai(first) and before in "เแโใไ":
        return False
    if is_thai(last) and (after in "ะาำๅ" or "\u0e30" < after <= "\u0e3a" or "\u0e47" <= after <= "\u0e4e"):
        return False
    return not (_runs_on(before, first) or _runs_on(last, after))


def _runs_on(left: str, right: str) -> bool:
    """Whether two neighbours belong to one Latin word or one number."""
    if left.isdigit() or right.isdigit():
        return (left.isdigit() and right.isdigit()) or (
            left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
        )
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


def _whole_words(key: Key, start: int, stop: int) -> bool:
    text = key.text
    before = text[start - 1] if start else " "
    after = text[stop] if stop < len(text) else " "
    if is_thai(before) and is_thai(text[start]) and not _spaced(key, start):
        left = text[max(0, start - _WINDOW) : stop]
        found = _boundaries(left)
        at = start - max(0, start - _WINDOW)
        # ผลการวิเคราะห์ is one word of the dictionary, and วิเคราะห์ is what it says.
        noun = next((len(prefix) for prefix in _NOUNS if left.endswith(prefix, 0, at)), 0)
        if at not in found and not (noun and (at == noun or at - noun in found)):
            return False
    if is_thai(after) and is_thai(text[stop - 1]) and not _spaced(key, stop):
        right = text[start : stop + _WINDOW]
        if stop - start not in _boundaries(right):
            return False
    return True


def _spaced(key: Key, position: int) -> bool:
    """Whether the source has white space where the key has none."""
    offset = key._offsets[position] if position < len(key._offsets) else len(key.source)
    return offset > 0 and key.source[offset - 1].isspace()


_NOUNS = ("ผลการ", "การ")
"""What makes a noun of a verb and leaves what it says."""
_ALWAYS_WORDS = re.compile("(?:โครงการ|เจ้าพนักงาน)(?![\u0e30-\u0e3a\u0e47-\u0e4e])")
"""Words that newmm splits although they stand whole: โครงการอบรม as โครง|การอบรม, เจ้าพนักงานธุรการ as เจ้า|พนักงานธุรการ, no
more words than the right cut."""


@lru_cache(maxsize=1 << 14)
def _boundaries(text: str) -> frozenset[int]:
    """Offsets at which newmm begins a word."""
    cut = _cutter()
    ends: list[int] = []
    position = 0
    for word in cut(text):
        position += len(word)
        ends.append(position)
    starts = {0, *ends}
    for match in _ALWAYS_WORDS.finditer(text):
        if match.start() in starts:
            ends.append(match.end())
    return frozenset(ends)


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    # Imported late: most texts need no cutting.
    from pythainlp.tokenize import word_tokenize

    from core.thai.dictionary import GrowingTrie

    words = GrowingTrie()

    def cut(text: str) -> list[str]:
        return list(word_tokenize(text, custom_dict=words, engine="newmm", keep_whitespace=True))

    return cut


_CLUSTER = re.compile("[เแโใไ]?[ก-ฮ][ัิ-ฺ็-๎ะาำๅ]*|[0-9]+|[a-z]+|[^\\s\\w]|\\S")


@lru_cache(maxsize=1 << 14)
def clusters(text: str) -> tuple[str, ...]:
    """The text's key cut into Thai clusters, Latin words and numbers; white space and punctuation dropped."""
    return tuple(c for c in _CLUSTER.findall(make_key(text).text) if c[0].isalnum() or is_thai(c[0]))


def similarity(first: str, second: str) -> float:
    """Likeness of two short texts, 0-1, as edit distance on Thai clusters (insertions and deletions)."""
    from rapidfuzz import fuzz

    one, two = clusters(first), clusters(second)
    if not one or not two:
        return 0.0
    return fuzz.ratio(one, two) / 100.0


def partial_similarity(phrase: str, text: str) -> float:
    """How well the best-fitting run of clusters in `text` matches the whole phrase, 0-1."""
    from rapidfuzz import fuzz

    one, two = clusters(phrase), clusters(text)
    if not one or not two:
        return 0.0
    if len(one) > len(two):
        return fuzz.ratio(one, two) / 100.0
    return fuzz.partial_ratio(one, two) / 100.0
