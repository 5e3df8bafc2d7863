"""Repairs what exporting to PDF does to Thai text, where a page's own statistics show the defect.

What the comparison key folds anyway (split sara am, mark order, private-use glyphs) is left to it; here is what
changes letters: the Greek-lettered export of the local accounting system, U+FFFD for sara am, bold aa read as
sara am. Clean text is never touched.
"""

from __future__ import annotations

import re

_GREEK = re.compile("[\u0391-\u03ff]")
_THAI = re.compile("[\u0e01-\u0e5b]")
_AM_FOR_AA = re.compile("(?<=[ก-ฮ่-๋])ำ")
_FFFD = re.compile("(?<=[ก-ฮ่-๋])\ufffd")
_LETTERS = re.compile(r"[^\W\d_]")
# Words of any Thai office text, as they look when every aa became sara am.
_TELLTALE = re.compile("กำร|ควำม|งำน|ปัญหำ|ตำม|และรำ|รำยงำน|จำก|อำจ")
_HEALTHY = re.compile("การ|ความ|งาน|ปัญหา|ตาม|ราย|จาก")


def repair(text: str) -> str:
    """One page's text, repaired. The same text comes out of a second repair."""
    text = text.replace("\x00", "")
    if len(_GREEK.findall(text)) > 20 and not _THAI.search(text):
        text = _greek_to_thai(text)
    if "\ufffd" in text:
        text = _FFFD.sub("ำ", text)
    bad = len(_TELLTALE.findall(text))
    if bad >= 3 and bad > 4 * len(_HEALTHY.findall(text)):
        text = _AM_FOR_AA.sub("า", text)
    return text


def _greek_to_thai(text: str) -> str:
    """JasperReports exports without ToUnicode: Greek code points at fixed distances from the Thai ones."""
    marks = dict(zip(range(0x0395, 0x039A), "่้๊๋์", strict=True))
    out = []
    for letter in text:
        code = ord(letter)
        if code in marks:
            out.append(marks[code])
        elif 0x03A3 <= code <= 0x03DC:
            out.append(chr(code + 0xA5E))
        elif 0x03DD <= code <= 0x03FF:
            out.append(chr(code + 0xA61))
        else:
            out.append(letter)
    return re.sub("ํ([่-๋]?)า", r"\1ำ", "".join(out))


def usable(text: str, images: bool) -> bool:
    """Whether a page's text layer says what the page shows: enough letters, most of them of a known script."""
    letters = _LETTERS.findall(text)
    if not letters:
        return not images
    thai = len(_THAI.findall(text))
    if images and thai < 30 and len(letters) < 200:
        return False
    strange = text.count("\ufffd") + sum("\ue000" <= c <= "\uf8ff" and not "\uf700" <= c <= "\uf71a" for c in text)
    return strange < 0.2 * len(letters)
