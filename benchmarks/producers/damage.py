"""What exporting does to Thai text, one defect at a time, as counted in real reports; seeded, so always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

_TONES = "่้๊๋"
_MARKS = "ัิ-ฺ็-์"
_TALL = "ปฝฟ"
_UPPER = "ัิีึื็"
_HIGH = dict(zip("่้๊๋์", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
_LEFT = {**dict(zip("่้๊๋์", "\uf713\uf714\uf715\uf716\uf717", strict=True)), "ั": "\uf710", "ิ": "\uf701", "ี": "\uf702"}
_STAND_INS = {"่": "%", "้": "4", "็": "$", "์": "7"}
_INVISIBLE = ("\x00", "\u200b", "\u00ad", "\u200c")


def _am_split(text: str, _: random.Random) -> str:
    return text.replace("ำ", "ํา")


def _am_two_orders(text: str, dice: random.Random) -> str:
    pattern = f"([{_TONES}]?)ำ"
    return re.sub(pattern, lambda m: f"{m[1]}ํา" if dice.random() < 0.8 else f"ํ{m[1]}า", text)


def _am_lost(text: str, _: random.Random) -> str:
    return text.replace("ำ", "า")


def _am_spaced(text: str, _: random.Random) -> str:
    return text.replace("ำ", " า")


def _am_unknown(text: str, dice: random.Random) -> str:
    return re.sub("ำ", lambda _: "\ufffdา" if dice.random() < 0.5 else "\ufffd", text)


def _aa_as_am(text: str, _: random.Random) -> str:
    return text.replace("า", "ำ")


def _old_glyphs(text: str, _: random.Random) -> str:
    text = re.sub(f"(?<=[{_TALL}])[ัิี่-์]", lambda m: _LEFT[m[0]], text)
    return re.sub("(?<=[ก-ฮ])[่-์]", lambda m: _HIGH[m[0]], text).replace("ำ", "\uf711า")


def _moved(text: str, dice: random.Random) -> str:
    """`วันที่` as `วนั ที่`: a mark is written after the next letter, with a space."""
    pattern = f"([ก-ฮ])([{_MARKS}]+)([ก-ฮเ-ไ])(?![{_MARKS}ำ])"
    return re.sub(pattern, lambda m: f"{m[1]}{m[3]}{m[2]} " if dice.random() < 0.4 else m[0], text)


def _doubled(text: str, dice: random.Random) -> str:
    def twice(match: re.Match[str]) -> str:
        return match[0] * 2 + ("\ufffd" if dice.random() < 0.1 else "") if dice.random() < 0.7 else match[0]

    return re.sub(f"[{_MARKS}ำ]", twice, text)


def _tone_first(text: str, dice: random.Random) -> str:
    return re.sub("([ิ-ู])([่-์])", lambda m: m[2] + m[1] if dice.random() < 0.7 else m[0], text)


def _raised_lost(text: str, _: random.Random) -> str:
    return re.sub(f"(?<=[{_UPPER}])[{_TONES}]", "", text)


def _stood_in(text: str, dice: random.Random) -> str:
    return re.sub("(?<=[ก-ฮ])[่้็์]", lambda m: "" if dice.random() < 0.1 else _STAND_INS[m[0]], text)


def _marks_lost(text: str, dice: random.Random) -> str:
    return re.sub("(?<=[ก-ฮ])[่้็์]", lambda m: "" if dice.random() < 0.8 else m[0], text)


def _spaced(text: str, dice: random.Random) -> str:
    cluster = f"(?<=[ก-ฮะาำ{_MARKS}])(?=[ก-ฮ])"
    return re.sub(cluster, lambda _: " " if dice.random() < 0.15 else "", text)


def _split_marks(text: str, dice: random.Random) -> str:
    return re.sub(f"(?<=[ก-ฮ])(?=[{_MARKS}ำ])", lambda _: " " if dice.random() < 0.3 else "", text)


def _mixed_digits(text: str, dice: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        code = ord(match[0])
        if dice.random() > 0.25:
            return match[0]
        return chr(code - 0x0E50 + 0x30) if code >= 0x0E50 else chr(code - 0x30 + 0x0E50)

    return re.sub("(?<=[0-9๐-๙])[0-9๐-๙]", other, text)


def _invisible(text: str, dice: random.Random) -> str:
    return re.sub("(?<=[ก-๎])(?=[ก-๎])", lambda _: dice.choice(_INVISIBLE) if dice.random() < 0.05 else "", text)


def _in_greek(text: str, _: random.Random) -> str:
    """The accounting system's export; digits, spaces and punctuation between Thai letters are lost with it."""
    marks = dict(zip("่้๊๋์", (chr(code) for code in range(0x0395, 0x039A)), strict=True))
    out = []
    for letter in text.replace("ำ", "ํา"):
        code = ord(letter)
        if letter in marks:
            out.append(marks[letter])
        elif 0x0E01 <= code <= 0x0E3A:
            out.append(chr(code - 0xA5E))
        elif 0x0E40 <= code <= 0x0E5B:
            out.append(chr(code - 0xA61))
        elif letter == "\n":
            out.append(letter)
    return "".join(out)


DAMAGES: Mapping[str, Callable[[str, random.Random], str]] = {
    "sara am split": _am_split,
    "sara am split, two orders": _am_two_orders,
    "sara am lost": _am_lost,
    "sara am as space + aa": _am_spaced,
    "sara am as U+FFFD": _am_unknown,
    "bold aa as sara am": _aa_as_am,
    "private-use glyphs": _old_glyphs,
    "marks moved": _moved,
    "marks doubled": _doubled,
    "tone before vowel": _tone_first,
    "raised tones lost": _raised_lost,
    "marks as ASCII": _stood_in,
    "marks lost": _marks_lost,
    "spaces in words": _spaced,
    "spaces before marks": _split_marks,
    "mixed digit systems": _mixed_digits,
    "invisible characters": _invisible,
    "Greek letters": _in_greek,
}


def damaged(text: str, name: str, seed: int = 1) -> str:
    """A text with one defect at the rate at which files that have it show it."""
    return DAMAGES[name](text, random.Random(seed))
