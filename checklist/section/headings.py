"""One line of a report: its number, and whether it is a heading of the section."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from checklist.section.checkboxes import before_choices
from checklist.section.lexicon import SectionWords
from core.thai.normalize import is_thai, make_key

SectionPart = Literal["problems", "suggestions"]

_NUMBERING = re.compile(
    r"^[\s\"'(\[*•▪➢●○◦❖✓>-]{0,6}"
    r"(?P<word>(?:ตอน|ส่วน|บท|หัวข้อ|ประเด็น|ข้อ)ที?่?|หัวข้อ|ข้อ)?\s*"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\s?(?P<mark>[.):])?\s*"
)
_CHAPTERS = ("ตอน", "ส่วน", "บท")
_LOST_MARKS = re.compile("ที?่?$")
"""The end of ตอนที่ as bad text layers and recognition have it: ตอนที, ตอนท."""
_LETTERED = re.compile(r"^\s*\(?(?P<letter>[กขคฆงจฉชซฌญ])[.)]\s*(?!ศ)")
_MISREAD = re.compile(r"^[^\sก-๛]{1,3}[.)]\s+")
"""A number that recognition did not read as one (`«. ปัญหา/อุปสรรค`); no Thai stands in it."""
_BULLET = re.compile(r"^[\s\"'*•▪➢●○◦❖✓>-]+")
_LEADERS = re.compile(r"[.…·_]{4,}\s*\(?\s*[\dก-ฮ]{1,3}\s*\)?\s*$")
_PARENTHESIS = re.compile(r"\([^()]{0,160}\)|\[[^\[\]]{0,160}\]")
_HEADING_LENGTH = 95
"""Key characters; a longer line is prose even if it begins like the heading."""
_BEFORE = 40
"""Key characters that may stand before the words in a marked line: `สรุปผลและ...`, not a sentence."""
_ASKED = 12
"""Letters beside the instruction's own words; more of them tell a writer what to write."""
_SENTENCE = 200
"""Characters; in a longer text the last clause is not what it says."""
_YEAR = re.compile(r"^[\s(]*(?:พ\.?\s?ศ\.?\s?)?\d{2,4}[\s)]*(?:[-–]\s*\d{2,4}[\s)]*)?$")
"""What may follow ประจำปีงบประมาณ in a heading."""
_JOINED = re.compile(r"^[\s/,·+&|\-]+")
_INLINE_START = re.compile(r"^[\s]*[:：=.…_\-–—]+")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A line's number: its style (what may follow it), its value and depth (1.2.3 has depth 3)."""

    style: str
    value: tuple[int, ...]
    chapter: bool = False
    """Numbers a chapter or part (บทที่, ส่วนที่, ตอนที่)."""


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A line taken for the section's heading. `answer` is what stands on the same line behind it."""

    parts: frozenset[SectionPart]
    remedies: bool
    numbering: Numbering | None
    answer: str
    instruction: bool
    strong: bool
    """Says ปัญหา and อุปสรรค, or ข้อเสนอแนะ, not one loose word."""


def numbering(line: str) -> Numbering | None:
    """The number at the start of a line, or None."""
    key = make_key(line).text
    match = _NUMBERING.match(key)
    if match and (match["mark"] or match["word"] or "." in match["number"]):
        value = tuple(int(n) for n in match["number"].split("."))
        word = _LOST_MARKS.sub("ที่", match["word"] or "")
        return Numbering(f"{word}{len(value)}{match['mark'] or ''}", value, word.startswith(_CHAPTERS))
    lettered = _LETTERED.match(key)
    if lettered:
        return Numbering("letter", (ord(lettered["letter"]),))
    return None


def has_leaders(line: str) -> bool:
    """Whether a line ends like one of a table of contents: dots and a page number."""
    return bool(_LEADERS.search(make_key(line).text))


def section_heading(line: str, words: SectionWords, *, marked: bool) -> SectionHeading | None:
    """The line as a heading of the section, or None.

    `marked` says that the page itself sets it off (heading, bold, table header): such a line may hold the
    words anywhere, any other only at its beginning."""
    key: str | None
    key, chosen = before_choices(make_key(line).text, words)
    instruction = bool(words.instruction.search(key))
    key = _without_instructions(key, words) if instruction else key
    if key is None:
        return None
    number = numbering(line)
    rest = _unnumbered(key)
    start = words.lead_in.match(rest)
    body = rest[start.end() :] if start else rest
    found = _at_start(body, words)
    if found is None and marked and len(rest) <= _HEADING_LENGTH:
        found = _inside(rest, words)
    if found is None:
        return None
    parts, remedies, strong, tail = found
    if words.not_heading.search(rest[:_HEADING_LENGTH]) and not _own_words(rest, words):
        return None
    answer = chosen or _answer(tail, words, marked=marked or number is not None, strong=strong)
    if answer is None:
        return None
    return SectionHeading(parts, remedies, number, answer, instruction, strong)


def begins_with_section(line: str, words: SectionWords) -> bool:
    """Whether the section's words begin the line, behind its number and words such as สรุป."""
    rest = _unnumbered(make_key(line.replace("\n", " ")).text)
    start = words.lead_in.match(rest)
    return words.part.match(rest[start.end() :] if start else rest) is not None


def unnumbered(line: str) -> str:
    """The key of a line without its number."""
    return _unnumbered(make_key(line).text)


def _own_words(rest: str, words: SectionWords) -> bool:
    """Whether the section's words stand at the very start, before what else would disqualify the line."""
    match = words.part.match(rest)
    return (
        match is not None
        and (words.problems.match(rest) or words.suggestions.match(rest)) is not None
        and not (words.not_heading.match(rest))
        # A kind of complaint, or a box that takes them: ข้อเสนอแนะ/คำชมเชย.
        and not words.category.match(rest[match.end() :])
    )


def _without_instructions(key: str, words: SectionWords) -> str | None:
    """The line without what it asks the writer; None if it does nothing but explain how to fill in a form."""

    def drop(match: re.Match[str]) -> str:
        return " " if words.instruction.search(match.group()) else match.group()

    key = _PARENTHESIS.sub(drop, key)
    loose = words.instruction.search(key)
    if loose is None:
        return key
    asked = words.instruction.sub("", key[loose.start() :])
    explained = sum(is_thai(c) for c in re.sub(r"ไม่มี", "", asked))
    return key[: loose.start()] if explained <= _ASKED else None


def _unnumbered(key: str) -> str:
    match = _NUMBERING.match(key)
    if match and (match["mark"] or match["word"] or "." in match["number"]):
        key = key[match.end() :]
    else:
        lettered = _LETTERED.match(key)
        if lettered:
            key = key[lettered.end() :]
    return _BULLET.sub("", _MISREAD.sub("", key))


_Found = tuple[frozenset[SectionPart], bool, bool, str]


def _at_start(body: str, words: SectionWords) -> _Found | None:
    run = words.part.match(body)
    if run is None:
        return None
    head = run.group()
    return _parts(head, body[run.end() :], words)


def _inside(rest: str, words: SectionWords) -> _Found | None:
    for pattern in (words.problems, words.suggestions):
        match = pattern.search(rest)
        if match is not None and match.start() <= _BEFORE:
            run = words.part.match(rest[match.start() :])
            stop = match.start() + (run.end() if run else len(match.group()))
            return _parts(rest[match.start() : stop], rest[stop:], words)
    return None


def _parts(head: str, tail: str, words: SectionWords) -> _Found | None:
    parts: set[SectionPart] = set()
    strong = False
    if words.problems.search(head):
        parts.add("problems")
        strong = True
    elif words.bare_problems.match(head):
        parts.add("problems")
    if words.suggestions.search(head):
        parts.add("suggestions")
        strong = True
    elif parts:
        match = words.suggestions.search(tail[:60])
        # `ปัญหา อุปสรรคในการดำเนินงาน และข้อเสนอแนะ`: a suffix stands between the two, and no sentence.
        if match is not None and (strong or not _says_more(tail[: match.start()], words)):
            parts.add("suggestions")
            tail = tail[match.end() :]
    remedies = bool(words.remedies.search(head) or words.remedies.search(tail[:40]))
    if not parts and not remedies:
        return None
    return frozenset(parts), remedies, strong, tail


def _answer(tail: str, words: SectionWords, *, marked: bool, strong: bool) -> str | None:
    """What follows the heading's words on its line; None if that shows the line to be prose."""
    text = _PARENTHESIS.sub(" ", tail) if _PARENTHESIS.match(tail.strip()) else tail
    beyond = _beyond_suffixes(text, words)
    text = "" if beyond != text.strip() and _YEAR.match(beyond) else beyond
    if not any(is_thai(c) or c.isalnum() for c in text):
        return text
    if _INLINE_START.match(text):
        return _INLINE_START.sub("", text, count=1).strip() or "-"
    if is_none(text, words):
        return text
    if not marked:
        return None
    if len(text) <= 50 and strong:
        return ""
    return text if strong else None


def _says_more(text: str, words: SectionWords) -> bool:
    return any(is_thai(c) for c in _beyond_suffixes(text, words))


def _beyond_suffixes(text: str, words: SectionWords) -> str:
    text = text.strip()
    while True:
        suffix = words.suffix.match(text)
        if suffix is None or suffix.end() == 0:
            return words.goes_on.sub("", text) if words.goes_on.fullmatch(text) else text
        text = text[suffix.end() :].lstrip()
        if words.suffix.match(_JOINED.sub("", text)):
            text = _JOINED.sub("", text)


def is_none(text: str, words: SectionWords) -> bool:
    """Whether a text is an explicit "there is none", and not one that only begins like it."""
    return bool(words.none.match(_letters_alone(text)))


def ends_in_none(text: str, words: SectionWords) -> bool:
    """Whether a sentence speaks of problems or suggestions only to say that there were none:
    `การดำเนินงานเป็นไปตามแผน ไม่มีปัญหาและอุปสรรค`."""
    if len(text) > _SENTENCE:
        return False
    said = words.none_of.search(_letters_alone(text))
    return said is not None and not words.matter.search(said.string[: said.start()])


def _letters_alone(text: str) -> str:
    key = make_key(text).text
    key = re.sub(r"[\-–—._…·\"'*“”()\[\]:;,/]+", "", key)
    key = re.sub(r"^\s*\d{1,2}\s*", "", key)
    return "".join(key.split())
