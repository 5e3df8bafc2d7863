"""The letters of one page, written the one way in which Thai is written: what needs no dictionary and no guess.

Everything here turns a sequence that no correct Thai text holds into the one that it stands for, so correct text
stays as it is. The defects and how often they were met: docs of the real reports (PDF text layers of Word, LibreOffice,
page layout programs and converters).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from documents.thai_repair.profile import ABOVE, MARKS, Profile

# Private-use glyphs of old Thai fonts (Windows and Mac layouts).
_PRIVATE_USE = {
    0xF70A: "่", 0xF70B: "้", 0xF70C: "๊", 0xF70D: "๋", 0xF70E: "์",
    0xF705: "่", 0xF706: "้", 0xF707: "๊", 0xF708: "๋", 0xF709: "์",
    0xF713: "่", 0xF714: "้", 0xF715: "๊", 0xF716: "๋", 0xF717: "์",
    0xF701: "ิ", 0xF702: "ี", 0xF703: "ึ", 0xF704: "ื",
    0xF710: "ั", 0xF711: "ํ", 0xF712: "็",
    0xF718: "ุ", 0xF719: "ู", 0xF71A: "ฺ", 0xF700: "ฐ", 0xF70F: "ญ",
}  # fmt: skip
_GONE = {code: None for code in (0x00, 0xAD, 0x200B, 0x2060, 0xFEFF)}
_TABLE = {**_PRIVATE_USE, **_GONE}

_CONSONANT = "ก-ฮ"
_TONE = "่-๋"
_UPPER = "ัิ-ื็"
_MARK = "ัิ-ฺ็-๎"
_GAP = "[ \u00a0\u200c\u200d]"
_TALL = "ปฝฟ"
_BREAK = "[ \u00a0]*\\r?\n[ \u00a0]*"

_LOW = ("lower",)
_LATE = ("tone", "silencer", "nikhahit")
_Step = tuple[re.Pattern[str], str]
_Sign = Callable[[Profile], object]

# Each group with the sign without which none of its steps finds anything: most pages need one group or two.
_STEPS: tuple[tuple[_Sign, tuple[_Step, ...]], ...] = (
    # Joiners say nothing in Thai; elsewhere they do.
    (
        lambda page: page.count("joiner"),
        ((re.compile("(?<=[ก-๛])[\u200c\u200d]+|[\u200c\u200d]+(?=[ก-๛])"), ""),),
    ),
    (lambda page: page.pairs(("e",), ("e",)), ((re.compile("เเ"), "แ"),)),
    # Letters drawn one by one leave a line each.
    (
        lambda page: page.pairs(("line",), (*MARKS, "am")),
        ((re.compile(f"(?<=[{_CONSONANT}{_MARK}]){_BREAK}(?=[{_MARK}ำ])"), ""),),
    ),
    # No mark stands after a space: the space is a piece of the cluster.
    (
        lambda page: page.pairs(("space",), MARKS),
        ((re.compile(f"(?<=[{_CONSONANT}{_MARK}]){_GAP}+(?=[{_MARK}])"), ""),),
    ),
    (
        lambda page: page.count("nikhahit"),
        (
            (re.compile(f"(?<=[{_CONSONANT}])({_GAP}*)ํ{_GAP}*([{_TONE}]?){_GAP}*า"), r"\2ำ"),
            (re.compile(f"(?<=[{_CONSONANT}])([{_TONE}]){_GAP}*ํ{_GAP}*า"), r"\1ำ"),
        ),
    ),
    (
        lambda page: page.pairs(("space",), ("am", "aa")),
        (
            (re.compile(f"(?<=[{_CONSONANT}{_TONE}]){_GAP}+ำ"), "ำ"),
            (re.compile(f"([{_TALL}][{_TONE}]){_GAP}+า"), r"\1า"),
        ),
    ),
    (
        lambda page: page.cut_off,
        (
            (re.compile(f"([ัื][{_TONE}]?|[เแโใไ]){_GAP}+(?=[{_CONSONANT}])"), r"\1"),
            (re.compile(f"(?<![เแโใไ])(?<![เแโใไ].)((?!บ่)[{_CONSONANT}][{_TONE}]){_GAP}+(?=[{_CONSONANT}])"), r"\1"),
        ),
    ),
    (
        lambda page: page.pairs(("tone", "silencer"), (*ABOVE, "lower")),
        (
            (re.compile(f"([{_UPPER}ุู][{_TONE}์])\\1+"), r"\1"),
            (re.compile(f"(?<![{_TONE}์])([{_TONE}์]++)([{_UPPER}ุู]+)"), r"\2\1"),
        ),
    ),
    (
        lambda page: page.pairs(ABOVE, ABOVE) + page.pairs(_LOW, _LOW) + page.pairs(_LATE, _LATE),
        ((re.compile(f"([{_MARK}])\\1+"), r"\1"),),
    ),
    (
        lambda page: page.pairs(("am",), ("am", "aa", "tone")),
        (
            (re.compile(f"ำ([{_TONE}])"), r"\1ำ"),
            (re.compile("ำ[ำา]+"), "ำ"),
        ),
    ),
)  # fmt: skip

# A page layout program writes a sign of nothing instead of sara am or its nikhahit, or after any stack of marks.
_NOTHING_FOR_AM = re.compile(f"(?<=[{_CONSONANT}])\ufffd")
_NOTHING_AFTER_MARKS: _Step = (re.compile(f"(?<=[{_MARK}ำ])\ufffd+"), "")
_NOTHING: tuple[_Step, ...] = (
    (re.compile(f"(?<=[{_CONSONANT}{_TONE}])\ufffd ?[าำ]"), "ำ"),
    (re.compile(f"(?<=[{_CONSONANT}])([{_TONE}])\ufffd(?![าำ{_MARK}])(?=[^{_CONSONANT}]|$)"), r"\1ำ"),
    _NOTHING_AFTER_MARKS,
    (_NOTHING_FOR_AM, "ำ"),
)
_LONG_STROKE = re.compile("(?<![ฤฦ])ๅ")
_SPACED_AA = re.compile(f"(?<=[{_CONSONANT}{_TONE}]){_GAP}+า")
_NUMBER = re.compile("[0-9๐-๙]+(?:[,.][0-9๐-๙]+)*")
_MIXED = re.compile("[0-9][๐-๙]|[๐-๙][0-9]")
_TO_THAI: dict[int, str] = {ord("0") + n: chr(0x0E50 + n) for n in range(10)}
_TO_ARABIC: dict[int, str] = {0x0E50 + n: str(n) for n in range(10)}


def write_well(text: str, profile: Profile | None = None) -> str:
    """The text with every impossible sequence of Thai marks turned into what it stands for.

    A second pass changes nothing; the text never grows. `profile` is the text's own, if it is there already."""
    if "ๅ" in text:
        # The long stroke stands after ฤ and ฦ alone; on many keyboards it is taken for sara aa.
        text, profile = _LONG_STROKE.sub("า", text), None
    profile = profile or Profile(text)
    while profile.suspect:
        done = text.translate(_TABLE) if profile.count("gone", "old_glyph") else text
        if profile.count("unknown"):
            done = _without_nothing(done)
        for sign, steps in _STEPS:
            if sign(profile):
                for pattern, replacement in steps:
                    done = pattern.sub(replacement, done)
        if profile.pairs(("space",), ("aa",)):
            done = _close_before_aa(done)
        if done == text:
            break
        text = done
        profile = Profile(text)
    return _one_digit_system(text) if profile.mixed_digits else text


def _without_nothing(text: str) -> str:
    steps = _NOTHING if _NOTHING_FOR_AM.search(text) is not None else (_NOTHING_AFTER_MARKS,)
    for pattern, replacement in steps:
        text = pattern.sub(replacement, text)
    return text


def _close_before_aa(text: str) -> str:
    """No word begins with aa, so a space before it is either a lost nikhahit or a gap between glyphs: the first where
    the page has hardly any sara am, the second where its sara am are whole."""
    gaps = len(_SPACED_AA.findall(text))
    return _SPACED_AA.sub("ำ" if text.count("ำ") <= gaps else "า", text) if gaps else text


def _one_digit_system(text: str) -> str:
    """A number written half in Thai digits and half in Arabic ones, in those that most of it is written in; where
    that is even, in those that the page uses more."""

    def thai_ones(part: str) -> int:
        return sum("๐" <= letter <= "๙" for letter in part)

    def arabic_ones(part: str) -> int:
        return sum("0" <= letter <= "9" for letter in part)

    page = thai_ones(text) > arabic_ones(text)

    def unify(match: re.Match[str]) -> str:
        run = match[0]
        if _MIXED.search(run) is None:
            return run
        thai, arabic = thai_ones(run), arabic_ones(run)
        return run.translate(_TO_THAI if (thai > arabic if thai != arabic else page) else _TO_ARABIC)

    return _NUMBER.sub(unify, text)


def broken(profile: Profile) -> float:
    """The share of Thai letters that stand where no Thai letter can, and of glyphs without meaning; 0-1."""
    wrong = profile.impossible
    return wrong / max(profile.thai + wrong, 1)
