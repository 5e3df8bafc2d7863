"""What a page's letters are and which stand beside which, counted at once.

A page has thousands of letters and the crawler reads many thousands of pages: everything that is asked of each page
(does it hold Thai, may something be broken, how much stands where it cannot) is answered from these counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

_KINDS = (
    "other", "consonant", "upper", "bound", "lower", "tone", "silencer", "nikhahit", "am", "aa", "a", "e", "lead",
    "sign", "space", "line", "gone", "joiner", "old_glyph", "unknown", "glyph", "thai_digit", "digit", "latin", "ascii",
    "greek", "archaic", "letter",
)  # fmt: skip
_K = {name: number for number, name in enumerate(_KINDS)}
_COUNT = len(_KINDS)
ABOVE = ("upper", "bound")
MARKS = (*ABOVE, "lower", "tone", "silencer", "nikhahit")
_BEARERS = ("consonant", *MARKS)
_THAI = ("consonant", *MARKS, "am", "aa", "a", "e", "lead", "sign")


class Profile:
    """Counts of one page. Cheap to make: some thirty microseconds for two thousand letters."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(("\n" + text + "\n").encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
        kinds = _table()[codes]
        self._kinds = kinds
        self._pairs: list[int] = np.bincount(kinds[:-1] * _COUNT + kinds[1:], minlength=_COUNT * _COUNT).tolist()
        self._each: list[int] = np.bincount(kinds, minlength=_COUNT).tolist()

    def count(self, *kinds: str) -> int:
        """Characters of some kinds."""
        each = self._each
        return sum([each[_K[kind]] for kind in kinds])

    def pairs(self, first: tuple[str, ...], second: tuple[str, ...]) -> int:
        """Places where a character of the first kinds stands right before one of the second."""
        pairs = self._pairs
        return sum([pairs[place] for place in _places(first, second)])

    @property
    def thai(self) -> int:
        """Thai letters, vowels and marks, without digits."""
        return self.count(*_THAI)

    @property
    def letters(self) -> int:
        """Letters of any script; Thai marks are not counted."""
        return self.count("consonant", "am", "aa", "a", "e", "lead", "sign", "latin", "letter", "greek", "archaic")

    @property
    def suspect(self) -> bool:
        """Whether anything stands here that no well-written Thai text holds."""
        odd = self.count("gone", "joiner", "old_glyph", "unknown", "nikhahit")
        pairs = self._pairs
        return bool(odd or any([pairs[place] for place in _SUSPECT]) or self.cut_off)

    @property
    def cut_off(self) -> bool:
        """Whether a space may stand where a syllable needs another letter."""
        if self.pairs(("bound", "e", "lead"), ("space",)):
            return True
        if not self.pairs(("tone",), ("space",)):
            return False
        kinds = self._kinds
        cut = (kinds[1:-1] == _K["tone"]) & (kinds[2:] == _K["space"])
        # Few words end with a tone mark right on a consonant, and those begin with their vowel.
        return bool((cut & ((kinds[:-2] == _K["bound"]) | (kinds[:-2] == _K["consonant"]))).any())

    @property
    def mixed_digits(self) -> bool:
        """Whether a number is written in both digit systems."""
        return self.pairs(("thai_digit",), ("digit",)) + self.pairs(("digit",), ("thai_digit",)) > 0

    @property
    def moved(self) -> int:
        """Marks on vowels that stand beside a consonant: they were moved there."""
        return self.pairs(("aa", "a", "e", "lead"), (*ABOVE, "lower", "tone", "silencer"))

    @property
    def lone(self) -> int:
        """Consonants and leading vowels that are cut from what they belong to by a space."""
        kinds = self._kinds
        if len(kinds) < 3:
            return 0
        gaps = (kinds == _K["space"]) | (kinds == _K["line"])
        alone = int(((kinds[1:-1] == _K["consonant"]) & gaps[:-2] & gaps[2:]).sum())
        return alone + 2 * self.pairs(("e", "lead"), ("space",))

    @property
    def impossible(self) -> int:
        """Marks where no mark can stand, and glyphs that say nothing."""
        pairs = self._pairs
        unborne = sum([pairs[place] for place in _UNBORNE])
        return unborne + self.count("unknown", "glyph")


@lru_cache(maxsize=64)
def _places(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(_K[one] * _COUNT + _K[other] for one in first for other in second)


_SUSPECT = (
    *_places(("e",), ("e",)),
    *_places(("space",), (*MARKS, "am", "aa")),
    *_places(("line",), (*MARKS, "am")),
    *_places(("tone", "silencer"), (*ABOVE, "lower")),
    *_places(ABOVE, ABOVE),
    *_places(("lower",), ("lower",)),
    *_places(("tone", "silencer"), ("tone", "silencer")),
    *_places(("am",), ("am", "aa", "tone")),
)
_UNBORNE = (
    *_places(tuple(kind for kind in _KINDS if kind not in _BEARERS), (*MARKS, "am")),
    *_places(ABOVE, ABOVE),
    *_places(("tone", "silencer"), ("tone", "silencer")),
    *_places(("e", "lead"), ("a", "aa")),
)


@lru_cache(maxsize=1)
def _table() -> Any:
    """The kind of each character of the basic plane; what lies beyond it counts as two of no kind."""
    table = np.zeros(0x10000, dtype=np.int32)
    table[[code for code in range(0x80, 0xD800) if chr(code).isalpha()]] = _K["letter"]
    table[0x21:0x7F] = _K["ascii"]

    def put(kind: str, *codes: int) -> None:
        table[list(codes)] = _K[kind]

    put("latin", *range(0x41, 0x5B), *range(0x61, 0x7B))
    put("digit", *range(0x30, 0x3A))
    put("space", 0x20, 0x09, 0xA0)
    put("line", 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029)
    put("gone", 0x00, 0xAD, 0x200B, 0x2060, 0xFEFF)
    put("joiner", 0x200C, 0x200D)
    put("greek", *range(0x0391, 0x03CF))
    put("archaic", *range(0x03CF, 0x0400))
    put("glyph", *range(0xE000, 0xF900))
    put("old_glyph", *range(0xF700, 0xF71B))
    put("unknown", 0xFFFD)
    put("consonant", *range(0x0E01, 0x0E2F))
    put("sign", 0x0E2F, 0x0E3F, 0x0E46, 0x0E4F, 0x0E5A, 0x0E5B)
    put("a", 0x0E30)
    put("upper", 0x0E34, 0x0E35, 0x0E36, 0x0E47)
    # Vowels that no word ends with.
    put("bound", 0x0E31, 0x0E37)
    put("aa", 0x0E32, 0x0E45)
    put("am", 0x0E33)
    put("lower", 0x0E38, 0x0E39, 0x0E3A)
    put("e", 0x0E40)
    put("lead", *range(0x0E41, 0x0E45))
    put("tone", *range(0x0E48, 0x0E4C))
    put("silencer", 0x0E4C, 0x0E4E)
    put("nikhahit", 0x0E4D)
    put("thai_digit", *range(0x0E50, 0x0E5A))
    return table
