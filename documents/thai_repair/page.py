"""Repairs what exporting to PDF does to Thai text, where a page's own letters show the defect.

Three steps, each with more doubt than the one before. Sequences that no Thai text holds are written well
(`thai_marks`). An export in Greek letters is decoded. Then a page that shows signs of damage which only words can
undo (lost or exchanged sara am, lost, moved or replaced tone marks, spaces inside words) is read word by word with
just that damage allowed (`thai_words`); a page without such signs is never touched by this step.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick  # type: ignore[import-not-found]

from documents.thai_repair.costs import NEVER, Damage, known_damage
from documents.thai_repair.cross_check import am_from_witness
from documents.thai_repair.marks import broken, write_well
from documents.thai_repair.profile import Profile
from documents.thai_repair.words import is_words, mend, stood_for

# Pieces of everyday office words as each damage leaves them; none is a word, or a piece of two, in whole Thai.
# Each counts for its damage, or against it where whole words prove the opposite.
_SIGNS = {
    "am_lost": (
        "ดาเนิน สานัก จานวน กาหนด ประจาปี อาเภอ อานวย อานาจ สาหรับ จาเป็น สาคัญ สาเร็จ คาสั่ง คานึง จาหน่าย บารุง กากับ "
        "ตาบล ตาแหน่ง จากัด ทางาน แนะนา คาแนะ ผู้นา นาไป"
    ),
    "am_gained": "กำร ควำม งำน ปัญหำ ตำม และรำ จำก อำจ ศึกษำ สำมำรถ ด้ำน หน้ำ อย่ำง พัฒนำ ต่ำง สำขำ",
    "am_limited": "จำกัด",
    "aa": "การ ความ งาน ปัญหา ตาม ราย จาก ศึกษา ด้าน หน้า",
    "raised_lost": ("เพือ ซือ ชือ อืน พืน ขึน หนึง ซึง เปลียน เครือง ทังหมด ทังสิน ทังนี เรืองร้อง เนืองจาก เมือวัน ทีได้ ทีดี ทีเกียว"),
    "raised": "เพื่อ ซื้อ ชื่อ อื่น พื้น ขึ้น หนึ่ง ซึ่ง เปลี่ยน เครื่อง ทั้ง เรื่อง เนื่อง เมื่อ",
    "mark_lost": (
        "ขอมูล หนวยงาน ใหบริ ไดรับ ไดแก ผูบริ ผูอำนวย บงชี้ องคกร องคการ องคประกอบ เปนการ เปนแนว สงเสริม แกไข เกี่ยวของ "
        "คาใชจ เจาหนา ขาราชการ ปญหา ฝกอบรม สอดคลอง ใหสอด ผูเรียน ผูปฏิ พรอมทั้ง เพื่อใหการ เพื่อใหบ เพื่อใหส หนวย"
    ),
}
_OTHER = "[!-~]"
_INSIDE = re.compile(f"[ก-ฮ][ัิ-ู]?({_OTHER})(?=[ก-ฮเ-ไะาำ])")
_STAND_IN = re.compile(
    "เป@น|หน@วย|ข@อ[มเก]|อย@าง|ส@วน|ด@าน|องค@[กป]|ต@อ|ได@[รแจทก]|ให@[บมเกค]|ผู@[บอรสปเม]|ว@า|ประสงค@|ก@อน|เจ@าห|กลุ@ม|แห@ง|ร@อย|หน@า"
    "|ตัวบ@ง|พร@อม|ยุทธศาสตร@|ศูนย@|ไม@มี|ป@ญ|จ@า[งย]|เพิ@ม|ขั@น|ตั@ง|รั@ง|ครั@ง".replace("@", _OTHER)
)
"""Some everyday word with a foreign character in a mark's place; looked for before anything dear is tried."""
_STOP_AS_SO = re.compile("ศ(?<=[0-9๐-๙]ศ)(?=[ 0-9๐-๙])")
_ROUNDS = 4
_ASKED = 16
"""Runs of a page that are asked what a character in them stands for."""
_FEW = 3
"""Runs with a character from which a part of them tells what it stands for."""
_SPACED = 0.08
"""Letters cut off per space from which a page counts as one whose spaces say nothing."""
_BEYOND_REPAIR = 0.15
"""Share of Thai marks in impossible places; repaired pages of real reports stay below 0.03."""
_RUN = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_RUN_SPACED = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+(?: [ก-ฮะ-ฺเ-ๅ็-๎]+)*")


@dataclass(frozen=True, slots=True)
class PageText:
    """One page's repaired text, and which damage was undone on it, for pieces of the page read another way."""

    text: str
    undone: tuple[tuple[Damage, bool], ...]
    profile: Profile
    """The repaired text's own."""
    in_greek: bool = False
    """The page was exported in Greek letters: its pieces are too."""


def repair(text: str) -> str:
    """One page's text, repaired. Text without signs of damage comes back as it is; never raises."""
    return repair_page(text).text


def repair_page(text: str, other: Callable[[], str] | None = None) -> PageText:
    """One page's text, repaired; `other` gives the same page as another extractor reads it, asked only if needed."""
    profile = Profile(text)
    in_greek = _in_greek(profile)
    if in_greek:
        text = greek_to_thai(text)
        profile = Profile(text)
    elif not profile.thai and not profile.count("gone", "old_glyph"):
        return PageText(text, (), profile)
    text = write_well(text, profile)
    if text.count("พศศศ") + len(_STOP_AS_SO.findall(text)) >= 2:
        text = _STOP_AS_SO.sub(".", text.replace("พศศศ", "พ.ศ."))
    undone: list[tuple[Damage, bool]] = []
    profile = Profile(text)
    for _ in range(_ROUNDS):
        # One damage hides the signs of another: what a page shows is looked at again after each.
        damage, spaced = assess(text, profile)
        if damage.none and not spaced:
            break
        if other is not None and damage.am_lost < NEVER:
            mended, other = am_from_witness(text, write_well(other())), None
        else:
            undone.append((damage, spaced))
            mended = undo(text, damage, spaced=spaced)
            if mended == text:
                break
        text, profile = mended, Profile(mended)
    return PageText(text, tuple(undone), profile, in_greek)


def assess(text: str, profile: Profile | None = None) -> tuple[Damage, bool]:
    """What a page's letters have suffered that only words can undo, and whether spaces stand inside words."""
    profile = profile or Profile(text)
    seen: Counter[str] = Counter()
    for _, kind in _signs().iter(text):
        seen[kind] += 1
    am = profile.count("am")
    am_lost = seen["am_lost"]
    am_gained = seen["am_gained"] - seen["am_limited"]
    raised = seen["raised_lost"]
    moved = profile.moved
    foreign = profile.pairs(("consonant", "upper", "bound", "lower"), ("digit", "latin", "ascii"))
    found = _stand_ins(text) if foreign else _NO_STAND_INS
    damage = Damage(
        am_lost=NEVER if am_lost < 2 and (am or not am_lost) else (0.5 if 4 * am < am_lost else 6.0),
        am_gained=NEVER if am_gained < 2 else (0.5 if am_gained > seen["aa"] else 4.0),
        raised_lost=NEVER if raised < 3 else (1.0 if raised > seen["raised"] else 3.0),
        mark_lost=2.0 if seen["mark_lost"] >= 3 or found.many else NEVER,
        moved=0.7 if moved >= 2 else NEVER,
        stand_ins=found.letters,
        meant=found.marks,
    )
    lone = profile.lone
    return known_damage(damage), moved >= 2 or (lone >= 6 and lone > _SPACED * profile.count("space", "line"))


@lru_cache(maxsize=1)
def _signs() -> Any:
    """All signs in one automaton: a page is read once for all of them."""
    automaton = ahocorasick.Automaton()
    for kind, words in _SIGNS.items():
        for word in words.split():
            automaton.add_word(word, kind)
    automaton.make_automaton()
    return automaton


def undo(text: str, damage: Damage, *, spaced: bool = False) -> str:
    """A page's text with one damage undone, run by run; with `spaced`, over the spaces within words too."""
    if damage.stand_ins:
        more = re.escape(damage.stand_ins)
        pattern = re.compile(f"[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎{more}]*")
    else:
        pattern = _RUN_SPACED if spaced else _RUN
    touched = _touched(damage, spaced=spaced)
    lines = text.split("\n")
    return write_well("\n".join(pattern.sub(lambda run: _mended(run, damage, touched), line) for line in lines))


def _mended(run: re.Match[str], damage: Damage, touched: re.Pattern[str] | None) -> str:
    found = run[0]
    if touched is not None and touched.search(found) is None:
        return found
    if len(found) <= 4 and found.isalpha() and run.string[run.end() : run.end() + 1] == ".":
        # An abbreviation is no damaged word.
        return found
    return mend(found, damage)


def _touched(damage: Damage, *, spaced: bool) -> re.Pattern[str] | None:
    """What a run must hold for a damage to have touched it; None if any run may be."""
    if spaced or damage.moved < NEVER or damage.mark_lost < NEVER:
        return None
    signs = [f"[{re.escape(damage.stand_ins)}]"] if damage.stand_ins else []
    if damage.am_lost < NEVER:
        signs.append("า")
    if damage.am_gained < NEVER:
        signs.append("ำ")
    if damage.raised_lost < NEVER:
        signs.append("[ัิ-ื็](?![่-์])|(?<![่-๋])ำ")
    return re.compile("|".join(signs))


def usable(text: str, images: bool, profile: Profile | None = None) -> bool:
    """Whether a page's text layer says what the page shows: enough letters, most of them of a known script, in
    places where letters can stand. A page that fails is for OCR. `profile` is the text's own."""
    profile = profile or Profile(text)
    letters, thai = profile.letters, profile.thai
    if not letters:
        return not images
    if images and thai < 30 and (letters < 200 or _gibberish(text)):
        return False
    if profile.count("unknown", "glyph") >= 0.2 * letters:
        return False
    return thai < 30 or broken(profile) < _BEYOND_REPAIR


_LATIN = re.compile(r"(?<!\S)[^\sA-Za-z]*+[A-Za-z]\S*+")
_WORDLIKE = re.compile(
    r"[(\"'“‘]*+(?:(?=[A-Za-z]?[a-z]*?[aeiouy])[A-Za-z]?[a-z]*+|[A-Z]{2,}+|[A-Z]\.|[a-z]++[-/@.][\w./@-]++)"
    r"[,.;:)\"'”’?!]*+"
)


_SMALL_WORDS = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to")
)


def _gibberish(text: str) -> bool:
    """Latin letters that no language writes: what English recognition makes of a Thai scan."""
    words = _LATIN.findall(text)
    if len(words) < 20:
        return False
    # Of what somebody wrote in English every third or fourth word is one of these.
    small = sum(word.strip(".,;:()").lower() in _SMALL_WORDS for word in words)
    return sum(_WORDLIKE.fullmatch(word) is not None for word in words) < 0.6 * len(words) or small < 0.04 * len(words)


@dataclass(frozen=True, slots=True)
class _StandIns:
    """Characters that stand where Thai marks were, and the marks that they are; `many` if one of them comes so often
    that other marks of the page may have been lost too."""

    letters: str = ""
    marks: str = ""
    many: bool = False


_NO_STAND_INS = _StandIns()


def _stand_ins(text: str) -> _StandIns:
    """A page's stand-ins: they make words, and only with a mark in their place. Once one is sure, less is asked of
    others."""
    if _STAND_IN.search(text) is None:
        return _NO_STAND_INS
    counts = Counter(m[1] for m in _INSIDE.finditer(text))
    found: dict[str, str] = {}
    tried = [letter for letter, _ in counts.most_common(12)]
    for first in (True, False):
        for letter in tried:
            mark = _meaning(text, letter, found, first=first)
            if mark:
                found[letter] = mark
        if not found:
            break
        tried = [letter for letter, _ in counts.most_common(12) if letter not in found]
    many = any(counts[letter] >= _FEW for letter in found)
    return _StandIns("".join(found), "".join(found.values()), many)


def _meaning(text: str, letter: str, known: dict[str, str], *, first: bool) -> str:
    """The mark that a character stands for; empty if it is a character like any other."""
    all_of_them = "".join((*known, letter))
    within = f"[ก-ฮะ-ฺเ-ๅ็-๎{re.escape(all_of_them)}]*"
    runs = sorted({run for run in re.findall(f"[ก-ฮเ-ไ]{within}+", text) if letter in run[1:]})[:_ASKED]
    few = first and len(runs) < _FEW
    if few and (letter == "." or any(all(map(is_words, filter(None, run.split(letter)))) for run in runs)):
        # Each of a few must be words with a mark there and none without it: ไม;มี, not วัด/บ้าน. Abbreviations are none.
        return ""
    damage = known_damage(Damage(mark_lost=NEVER if few else 2.0, stand_ins=all_of_them))
    votes: Counter[str] = Counter()
    needed = len(runs) if few else max(2, int(0.3 * len(runs)) + 1) if first else max(1, int(0.5 * len(runs)) + 1)
    good = 0
    for left, run in zip(range(len(runs) - 1, -1, -1), runs, strict=True):
        marks = stood_for(run, letter, damage, inside=first and not few)
        good += marks is not None
        if good + left < needed:
            # Most characters stand for nothing: half of their runs need not be asked.
            return ""
        votes.update(marks or "")
    if not votes:
        return ""
    mark, count = votes.most_common(1)[0]
    return mark if count >= 0.6 * votes.total() else ""


def _in_greek(profile: Profile) -> bool:
    """The accounting system's export uses letters that no modern Greek text has."""
    archaic = profile.count("archaic")
    return archaic > 2 and archaic > 0.1 * profile.count("greek", "archaic")


def greek_to_thai(text: str) -> str:
    """JasperReports exports without ToUnicode: Greek code points at fixed distances from the Thai ones."""
    return text.translate(_greek())


@lru_cache(maxsize=1)
def _greek() -> dict[int, int]:
    table = {code: code + 0xA5E for code in range(0x03A3, 0x03DD)}
    table |= {code: code + 0xA61 for code in range(0x03DD, 0x0400)}
    return table | {code: ord(mark) for code, mark in zip(range(0x0395, 0x039A), "่้๊๋์", strict=True)}
