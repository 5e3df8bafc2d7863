"""Text layers as broken as those of real PDFs: the page looks right, the text behind it does not read so.

Each way is one that was counted in published documents; the letters in the text layer are changed, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TONES = "่้๊๋"
_LOW = dict(zip("่้๊๋์", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
_LEFT = {"ิ": "\uf701", "ี": "\uf702", "ึ": "\uf703", "ื": "\uf704", "ั": "\uf710", "็": "\uf712"}
_ASCII = {"่": "-", "้": "/", "์": ")"}


def _split_sara_am(text: str) -> str:
    return re.sub(rf"([{_TONES}]?)ำ", lambda m: f"{m[1]}ํา", text)


def _marks_before(text: str) -> str:
    return re.sub(rf"([{_TONES}]?)ำ", lambda m: f"ํ{m[1]}า", text)


def _sara_am_space(text: str) -> str:
    return text.replace("ำ", " า")


def _sara_am_lost(text: str) -> str:
    return text.replace("ำ", "า")


def _private(text: str) -> str:
    """Glyphs of the old Thai fonts: a low tone mark, a vowel moved left above ป ฝ ฟ."""
    text = re.sub(r"([ปฝฟ])([ิีึืั็])", lambda m: m[1] + _LEFT[m[2]], text)
    return re.sub(r"([ก-ฮ])([่้๊๋์])", lambda m: m[1] + _LOW[m[2]], text)


def _doubled(text: str) -> str:
    return re.sub(r"([ิีึืั็่้๊๋์])", r"\1\1", text)


def _shifted(text: str) -> str:
    """The mark stands behind the next consonant, and a blank behind it: `วนั ที่`, `ปญั หา`."""
    return re.sub(r"([ก-ฮ])([ิีึืั])([ก-ฮ])(?=[ก-ฮะ-ไ])", r"\1\3\2 ", text)


def _spaced(text: str) -> str:
    """A blank behind each consonant with its marks: `ปั ญ หา`."""
    return re.sub(r"([ก-ฮ][ัิ-ฺ็-๎]*[ะาำ]?)(?=[เ-ไก-ฮ])", r"\1 ", text)


def _bold_aa(text: str) -> str:
    return text.replace("า", "ำ")


def _replacement(text: str) -> str:
    return text.replace("ำ", "\ufffd")


def glue(text: str) -> str:
    """Thai as the accounting system of the local authorities writes it: blanks and slashes inside are lost."""
    return re.sub(r"(?<=[ก-๎])[ /]+(?=[ก-๎])", "", _split_sara_am(text))


def greek(char: str) -> str:
    """The letter that the same system's font tells for a Thai one."""
    marks = {"่": 0x395, "้": 0x396, "๊": 0x397, "๋": 0x398, "์": 0x399}
    if char in marks:
        return chr(marks[char])
    if "ก" <= char <= "ฺ":
        return chr(ord(char) - 0xA5E)
    return chr(ord(char) - 0xA61) if "เ" <= char <= "ํ" else char


def _ascii_marks(text: str) -> str:
    return "".join(_ASCII.get(char, char) for char in text)


def _twice_e(text: str) -> str:
    return text.replace("แ", "เเ")


BREAKS: Mapping[str, Callable[[str], str]] = {
    "split": _split_sara_am,
    "before": _marks_before,
    "space": _sara_am_space,
    "lost": _sara_am_lost,
    "private": _private,
    "doubled": _doubled,
    "shifted": _shifted,
    "spaced": _spaced,
    "bold": _bold_aa,
    "fffd": _replacement,
    "ascii": _ascii_marks,
    "twice_e": _twice_e,
}
