"""Repairs what exporting to PDF does to Thai text, where a page's own letters show the defect.

Three steps, each with more doubt than the one before. Sequences that no Thai text holds are written well
(`thai_marks`). An export in Greek letters is decoded. Then a page that shows signs of damage which only words can
undo (lost or exchanged sara am, lost, moved or replaced tone marks, spaces inside words) is read word by word with
just that damage allowed (`thai_words`); a page without such signs is never touched by this step.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.readers.thai_marks import broken, write_well
from crawler.readers.thai_words import Damage, mend, stood_for

_GREEK = re.compile("[\u0391-\u03ff]")
_ARCHAIC = re.compile("[\u03cf-\u03ff]")
_THAI = re.compile("[\u0e01-\u0e5b]")
_CONSONANTS = re.compile("[ก-ฮ]")
_LETTERS = re.compile(r"[^\W\d_]")

# Pieces of everyday office words as each damage leaves them; none is a word, or a piece of two, in whole Thai.
_AM_LOST = re.compile(
    "ดาเนิน|สานัก|จานวน|กาหนด|ประจาปี|อาเภอ|อานวย|อานาจ|สาหรับ|จาเป็น|สาคัญ|สาเร็จ|คาสั่ง|คานึง|จาหน่าย|บารุง|กากับ"
    "|ตาบล|ตาแหน่ง|จากัด|ทางาน|แนะนา|คาแนะ|ผู้นา|นาไป"
)
_AM_GAINED = re.compile("กำร|ควำม|งำน|ปัญหำ|ตำม|และรำ|รำยงำน|จำก(?!ัด)|อำจ|ศึกษำ|สำมำรถ|ด้ำน|หน้ำ|อย่ำง|พัฒนำ|ต่ำง|สำขำ")
_HEALTHY = re.compile("การ|ความ|งาน|ปัญหา|ตาม|ราย|จาก|ศึกษา|ด้าน|หน้า")
_RAISED_LOST = re.compile("เพือ|ซือ|ชือ|อืน|พืน|ขึน|หนึง|ซึง|เปลียน|เครือง|ทังหมด|ทังสิน|ทังนี|เรืองร้อง|เนืองจาก|เมือวัน")
_RAISED = re.compile("เพื่อ|ซื้อ|ชื่อ|อื่น|พื้น|ขึ้น|หนึ่ง|ซึ่ง|เปลี่ยน|เครื่อง|ทั้ง|เรื่อง|เนื่อง|เมื่อ")
_MARK_LOST = re.compile(
    "ขอมูล|หนวยงาน|ใหบริ|ไดรับ|ไดแก|ผูบริ|ผูอำนวย|ผูอํานวย|บงชี้|องคกร|องคการ|องคประกอบ|เปนการ|เปนแนว|สงเสริม|แกไข"
    "|เกี่ยวของ|คาใชจ|เจาหนา|ขาราชการ|ปญหา|ฝกอบรม|สอดคลอง|ใหสอด|เพื่อให(?=ส|ก|บ)|ผูเรียน|ผูปฏิ|พรอม|ดำเนินการให(?=ม|ก|บ)"
)
_MOVED = re.compile("[าะเแโใไ][ัิ-ู็-์]")
_INSIDE = re.compile("[ก-ฮ][ัิ-ู]?([!-&*-@A-Za-z])(?=[ก-ฮเ-ไะาำ])")
_SPLIT = re.compile("(?:[ัเแโใไ]|ื) (?=[ก-ฮ])|(?<=[ก-ฮ่-๋]) (?=ะ)")
_LONE = re.compile("(?<![^ \n])[ก-ฮ](?![^ \n])")
_WORD = re.compile("[ก-๎]{2,}")
_STOP_AS_SO = re.compile("(?<=[0-9๐-๙])ศ(?=[ 0-9๐-๙])|(?<=พ)ศ(?=ศศ)")
_ROUNDS = 4
_RUN = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_RUN_SPACED = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+(?: [ก-ฮะ-ฺเ-ๅ็-๎]+)*")


def repair(text: str) -> str:
    """One page's text, repaired. Text without signs of damage comes back as it is; never raises."""
    text = write_well(_greek_to_thai(text) if _in_greek(text) else text)
    if _THAI.search(text) is None:
        return text
    if len(_STOP_AS_SO.findall(text)) >= 2:
        text = _STOP_AS_SO.sub(".", text).replace("พ.ศศศ", "พ.ศ.")
    for _ in range(_ROUNDS):
        # One damage hides the signs of another: what a page shows is looked at again after each.
        damage, spaced = assess(text)
        if damage.none and not spaced:
            break
        mended = undo(text, damage, spaced=spaced)
        if mended == text:
            break
        text = mended
    return text


def assess(text: str) -> tuple[Damage, bool]:
    """What a page's letters have suffered that only words can undo, and whether spaces stand inside words."""
    am = text.count("ำ")
    am_lost = len(_AM_LOST.findall(text))
    am_gained = len(_AM_GAINED.findall(text)) if am else 0
    raised = len(_RAISED_LOST.findall(text))
    moved = len(_MOVED.findall(text))
    lost = len(_MARK_LOST.findall(text))
    stand_ins, meant = _stand_ins(text)
    never = Damage().am_lost
    damage = Damage(
        am_lost=never if am_lost < 2 and (am or not am_lost) else (0.5 if 4 * am < am_lost else 6.0),
        am_gained=never if not am_gained else (0.5 if am_gained > len(_HEALTHY.findall(text)) else 2.0),
        raised_lost=never if raised < 2 else (1.0 if raised > len(_RAISED.findall(text)) else 2.0),
        mark_lost=2.0 if lost >= 3 or stand_ins else never,
        moved=0.7 if moved >= 2 else never,
        stand_ins=stand_ins,
        meant=meant,
    )
    return damage, moved >= 2 or _is_spaced(text)


def undo(text: str, damage: Damage, *, spaced: bool = False) -> str:
    """A page's text with one damage undone, run by run; with `spaced`, over the spaces within words too."""
    if damage.stand_ins:
        more = re.escape(damage.stand_ins)
        pattern = re.compile(f"[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎{more}]*")
    else:
        pattern = _RUN_SPACED if spaced else _RUN
    return write_well("\n".join(pattern.sub(lambda run: _mended(run, damage), line) for line in text.split("\n")))


def _mended(run: re.Match[str], damage: Damage) -> str:
    found = run[0]
    if len(found) <= 4 and found.isalpha() and run.string[run.end() : run.end() + 1] == ".":
        # An abbreviation is no damaged word.
        return found
    return mend(found, damage)


def usable(text: str, images: bool) -> bool:
    """Whether a page's text layer says what the page shows: enough letters, most of them of a known script, in
    places where letters can stand. A page that fails is for OCR."""
    letters = len(_LETTERS.findall(text))
    if not letters:
        return not images
    thai = len(_THAI.findall(text))
    if images and thai < 30 and (letters < 200 or _gibberish(text)):
        return False
    strange = text.count("\ufffd") + sum("\ue000" <= c <= "\uf8ff" and not "\uf700" <= c <= "\uf71a" for c in text)
    return strange < 0.2 * letters and (thai < 30 or broken(text) < 0.15)


_LATIN = re.compile(r"\S*[A-Za-z]\S*")
_WORDLIKE = re.compile(
    r"[(\"'“‘]*(?:[A-Za-z]?[a-z]*[aeiouy][a-z]*|[A-Z]{2,}|[A-Z]\.|[a-z]+[-/@.][\w./@-]+)[,.;:)\"'”’?!]*"
)


def _gibberish(text: str) -> bool:
    """Latin letters that no language writes: what English recognition makes of a Thai scan."""
    words = _LATIN.findall(text)
    return len(words) >= 20 and sum(_WORDLIKE.fullmatch(word) is not None for word in words) < 0.6 * len(words)


def _is_spaced(text: str) -> bool:
    lone = len(_LONE.findall(text)) + 2 * len(_SPLIT.findall(text))
    return lone >= 6 and lone > 0.08 * len(_WORD.findall(text))


def _stand_ins(text: str) -> tuple[str, str]:
    """Characters that stand where Thai marks were, and the marks that they are: they make words, and only with a
    mark in their place. Once one is sure, less is asked of others."""
    counts = Counter(m[1] for m in _INSIDE.finditer(text))
    found: dict[str, str] = {}
    tried = [letter for letter, count in counts.most_common(12) if count >= 3]
    for first in (True, False):
        for letter in tried:
            mark = _meaning(text, letter, found, inside=first)
            if mark:
                found[letter] = mark
        if not found:
            break
        tried = [letter for letter, _ in counts.most_common(24) if letter not in found]
    return "".join(found), "".join(found.values())


def _meaning(text: str, letter: str, known: dict[str, str], *, inside: bool) -> str:
    """The mark that a character stands for; empty if it is a character like any other."""
    all_of_them = "".join((*known, letter))
    within = f"[ก-ฮะ-ฺเ-ๅ็-๎{re.escape(all_of_them)}]*"
    runs = sorted(set(re.findall(f"[ก-ฮเ-ไ]{within}{re.escape(letter)}{within}", text)))[:30]
    damage = Damage(mark_lost=2.0, stand_ins=all_of_them)
    votes: Counter[str] = Counter()
    good = 0
    for run in runs:
        marks = stood_for(run, letter, damage, inside=inside)
        good += marks is not None
        votes.update(marks or "")
    if good < (2 if inside else 1) or good <= (0.3 if inside else 0.5) * len(runs) or not votes:
        return ""
    mark, count = votes.most_common(1)[0]
    return mark if count >= 0.6 * votes.total() else ""


def _in_greek(text: str) -> bool:
    """The accounting system's export uses letters that no modern Greek text has."""
    greek = len(_GREEK.findall(text))
    return greek > 20 and len(_ARCHAIC.findall(text)) > 0.1 * greek


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
    return "".join(out)
