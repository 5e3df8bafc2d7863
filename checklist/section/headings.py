"""One line of a report: its number, and whether it is a heading of the section."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from checklist.section.checkboxes import read_choice
from checklist.section.instructions import asking_place, is_field, with_field_marks, without_asking_brackets
from checklist.section.lexicon import SectionWords
from core.thai.normalize import contains, is_thai, make_key

SectionPart = Literal["problems", "suggestions"]

_NUMBERING = re.compile(
    r"(?P<word>(?:ตอน|ส่วน|บท|หมวด|ภาค|หัวข้อ|ประเด็น|ข้อ|ลำดับ|ประการ)ที?่?|ที่|หัวข้อ|ข้อ|no\.?)?\s*"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?!\d)\ufe0f?\s?"
    r"(?P<mark>[.):\]】〕}\u20e3]|/(?!\s?\d)|(?:[^\w\s|%+*×=&\"'“”‘’(\[{<$฿°]|_)(?=\s?[ก-ฮเ-ไ]))?[\s.):]*"
)
_LATIN = re.compile(r"(?P<letters>[ivxlc]{1,5}|[a-z])\s?[.)]\s*(?![a-z.])")
_CHAPTERS = ("ตอน", "ส่วน", "บท", "หมวด", "ภาค")
_LOST_MARKS = re.compile("ที?่?$")
"""The end of ตอนที่ as bad text layers and recognition have it: ตอนที, ตอนท."""
_LETTERED = re.compile(r"(?P<letter>[กขคฆงจฉชซฌญ])\s?[.)]\s*(?!ศ)")
_MISREAD = re.compile(r"^[^\sก-๛]{1,3}[.)]\s+")
"""A number that recognition did not read as one (`«. ปัญหา/อุปสรรค`); no Thai stands in it."""
_LONE_LETTERS = re.compile(r"^(?:[^\Wก-๛]{1,2}|\d{1,2})\s+(?=[ก-๛])")
"""A bullet of a symbol font whose code the text layer shows as a letter (`o`, `Ø`, `v`), or a number without mark."""
_LOOSE_NUMBER = re.compile(r"^(?:\d{1,2}\s?[^\w\s]{1,3}\s?){0,4}(?:\d{1,2}\s?)?(?:[กขคงจฉช]\s?[.)]\s?)?(?=[ก-๛])")
"""Numbers and signs of any order, and a letter behind them: `4,1`, `5-1`, `5(1)`, `5ก.`."""
_FOREIGN = re.compile(r"^[a-z][a-z\s&,.'-]{1,60}[/|:(\[–-]\s*(?=[ก-๛])")
"""The same heading in English before the Thai one: `Problems / ปัญหา`."""
_FOREIGN_END = re.compile(r"^\s*(?:[/|(\[–-]\s*[a-z]|[a-z]{5})[a-z\s&/,.'-]{1,60}[)\]]?\s*$")
_MARKS = 24
"""Characters that may stand before a line's number or words."""
_LEADERS = re.compile(r"(?<![.…·_])[.…·_]{4,}+\s*+\(?\s*+[\dก-ฮ]{1,3}\s*+\)?\s*+$")
_ANY_BRACKET = re.compile(r"\([^()]{0,160}(?:\)|$)|\[[^\[\]]{0,160}(?:\]|$)|\{[^{}]{0,160}\}|<[^<>]{0,160}>")
"""A bracket, or one that the next line closes."""
_NO_LETTERS = r"[\-–—._…·\"'*“”()\[\]:;,/]+"
READ = 4_000
"""Characters of one block that the section check looks at: what a block is shows long before its end."""
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
_TAIL = 50
"""Key characters of words that no list knows behind the section's own: more of them are a sentence."""
_WEAK_LINE = 70
"""Key characters of a line that begins with the section's words and goes on with unknown ones."""
_HEAD = 400
"""Key characters of a line in which a heading and the beginning of its answer are looked for."""
COLUMN = "\t"
"""Parts a label from its answer and a column from the next in a line (documents/line_blocks.py, pdf/emphasis.py)."""
_NAMELESS = ":：=.…_"
"""What a name does not hold: an answer may stand behind it."""
_INLINE_START = re.compile(r"^[\s]*[:：=.…_\-–—>»→⇒►➔➜]+")


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
    sure: bool = True
    """Whether the words behind the section's own are known ones, or a name's."""
    others: str = ""
    """The key of what the line names before the section's words: `สรุปผล อภิปรายผล และ`."""
    doubtful: bool = False
    """The line offers a choice whose ticks cannot be told."""
    plain: bool = True
    """Nothing that is not on a list stands behind the words."""
    rest: str = ""
    """What stands behind the words and is neither known nor a name's end: it may be the answer."""


def numbering(line: str) -> Numbering | None:
    """The number at the start of a line, or None."""
    return _numbering(make_key(line[:_HEAD]).text)[0]


def _numbering(key: str) -> tuple[Numbering | None, int]:
    """A key's number and where the text behind it begins. Marks of any kind may stand before it: what is no letter
    and no digit, by Unicode's categories."""
    at = 0
    circled: Numbering | None = None
    while at < min(len(key), _MARKS) and not (key[at].isalpha() or key[at].isdecimal() or is_thai(key[at])):
        if circled is None and unicodedata.category(key[at]) in ("No", "Nl"):
            value = unicodedata.numeric(key[at], -1)
            if 0 < value < 100 and value == int(value):
                circled = Numbering("circled", (int(value),))
        at += 1
    if circled is not None:
        return circled, at
    match = _NUMBERING.match(key, at)
    if match and (match["mark"] or match["word"] or "." in match["number"]):
        value_of = tuple(int(n) for n in match["number"].split("."))
        word = _LOST_MARKS.sub("ที่", match["word"] or "")
        chapter = word.startswith(_CHAPTERS)
        return Numbering(f"{word}{len(value_of)}{match['mark'] or ''}", value_of, chapter), match.end()
    lettered = _LETTERED.match(key, at)
    if lettered:
        return Numbering("letter", (ord(lettered["letter"]),)), lettered.end()
    latin = _LATIN.match(key, at)
    if latin:
        letters = latin["letters"]
        roman = _roman(letters) if letters.strip("ivxlc") == "" else 0
        value_one = roman or ord(letters[0])
        return Numbering("roman" if roman else "latin", (value_one,)), latin.end()
    return None, at


def _roman(letters: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in letters]
    return sum(-v if any(v < after for after in values[at + 1 : at + 2]) else v for at, v in enumerate(values))


def has_leaders(line: str) -> bool:
    """Whether a line ends like one of a table of contents: dots and a page number."""
    return bool(_LEADERS.search(make_key(line[-_HEAD:]).text))


def section_heading(line: str, words: SectionWords, *, marked: bool) -> SectionHeading | None:
    """The line as a heading of the section, or None.

    `marked` says that the page itself sets it off (heading, bold, table header): such a line may hold the
    words anywhere, any other only at its beginning."""
    line = with_field_marks(line[:READ])
    if is_field(line):
        return None
    key = make_key(line).text
    # (ถ้ามี) offers no choice between มี and the ไม่มี behind it.
    choice = read_choice(words.forms.if_any.sub(" ", key[:_HEAD]) + key[_HEAD:], words)
    key = choice.before
    instruction = bool(words.instruction.search(key[:_HEAD]))
    if instruction:
        asked = _without_instructions(key, words)
        if asked is None:
            return None
        key = asked
    number, at = _numbering(key)
    rest = _words_alone(key, at)
    start = words.lead_in.match(rest[:_HEAD])
    body = rest[start.end() :] if start else rest
    found, others = _at_start(body, words), ""
    if found is None and marked and len(rest) <= _HEADING_LENGTH:
        found, others = _inside(body, words)
    if found is None or (others and ends_in_none(rest, words)):
        # ไม่มีข้อเสนอแนะ in bold letters answers.
        return None
    parts, remedies, strong, tail = found
    if words.not_heading.search(rest[:_HEADING_LENGTH]) and not _own_words(rest, words):
        return None
    if choice.said is not None:
        return SectionHeading(parts, remedies, number, choice.said, instruction, strong, doubtful=choice.doubtful)
    stroke = rest[: len(rest) - len(tail)].rstrip().endswith("/") and _names_more(tail, words)
    behind = _behind(tail, words, marked=marked, numbered=number is not None, strong=strong)
    if stroke and strong:
        behind = _Behind(plain=False)
    if behind is None and number is not None and words.apart.search(line[:_HEAD]) and is_sentence(tail, words):
        # 3. ปัญหาที่พบ ครูมีภาระงานมาก: a heading with its answer, or a sentence about a problem.
        behind = _Behind(sure=False, plain=False)
    if behind is None or (not behind.sure and len(rest) > _WEAK_LINE):
        return None
    return SectionHeading(
        parts,
        remedies,
        number,
        behind.answer,
        instruction,
        strong,
        behind.sure,
        others=others,
        plain=behind.plain,
        rest=behind.rest,
    )


def tabbed_heading(line: str, words: SectionWords, *, marked: bool) -> SectionHeading | None:
    """The heading that a line of an office document is whose name ends at a tab: what stands behind it answers.

    None if it is no such line, or if more than one name stands there, or one that goes on behind the tab."""
    name, _, said = line[:READ].partition(COLUMN)
    said = said.replace(COLUMN, " ").strip()
    found = section_heading(name, words, marked=marked) if said else None
    if found is None or not (found.sure and found.plain and found.strong) or found.answer or found.rest:
        return None
    said = _INLINE_START.sub("", said, count=1).strip() or "-"
    if words.part.match(make_key(said).text) or words.phrase.match(make_key(said).text):
        return None
    return replace(found, answer=said)


def begins_with_section(line: str, words: SectionWords) -> bool:
    """Whether the section's words begin the line, behind its number and words such as สรุป."""
    rest = strip_number(line[:_HEAD].replace("\n", " "))
    start = words.lead_in.match(rest)
    return words.part.match(rest[start.end() :] if start else rest) is not None


def strip_number(line: str) -> str:
    """The key of a line without its number."""
    key = make_key(line[:READ]).text
    return _words_alone(key, _numbering(key)[1])


def _words_alone(key: str, at: int) -> str:
    """A key from behind its number, without what else may stand before its words."""
    text = _LONE_LETTERS.sub("", _MISREAD.sub("", key[at:], count=1), count=1)
    text = _LOOSE_NUMBER.sub("", text, count=1)
    start = 0
    while start < min(len(text), _MARKS) and not (text[start].isalnum() or is_thai(text[start])):
        start += 1
    return _FOREIGN.sub("", text[start:], count=1)


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
    key = without_asking_brackets(key, words)
    loose = asking_place(key, words)
    if loose is None:
        return key
    asked = words.instruction.sub("", key[loose:])
    explained = sum(is_thai(c) for c in re.sub(r"ไม่มี", "", asked))
    return key[:loose] if explained <= _ASKED else None


_NOT = "ไม่"
_BETWEEN, _AND = 60, 5
"""Key characters in which the second word of a name is looked for, and before it the word for `and`."""
_Found = tuple[frozenset[SectionPart], bool, bool, str]


def _at_start(body: str, words: SectionWords) -> _Found | None:
    run = words.part.match(body[:_HEAD])
    if run is None:
        return None
    head = run.group()
    return _parts(head, body[run.end() :], words)


def _inside(rest: str, words: SectionWords) -> tuple[_Found | None, str]:
    """The section's words within a line, and what the line names before them."""
    for pattern in (words.problems, words.suggestions):
        match = pattern.search(rest)
        if match is not None and match.start() <= _BEFORE:
            run = words.part.match(rest[match.start() :])
            stop = match.start() + (run.end() if run else len(match.group()))
            return _parts(rest[match.start() : stop], rest[stop:], words), rest[: match.start()]
    return None, ""


def _parts(head: str, tail: str, words: SectionWords) -> _Found | None:
    parts: set[SectionPart] = set()
    strong = False
    remedy = words.remedies.match(head)
    # แนวทางแก้ไขปัญหา อุปสรรค: the remedies of problems are no problems.
    named = head[remedy.end() :] if remedy else head
    cured = words.problems.match(named) or words.bare_problems.match(named) if remedy else None
    named = named[cured.end() :] if cured else named
    if words.problems.search(named):
        parts.add("problems")
        strong = True
    elif words.bare_problems.match(named):
        parts.add("problems")
        # `ปัญหาในการดำเนินงาน และอุปสรรค`: a suffix stands between the two words of the name.
        rest = words.bare_problems.search(tail[:_BETWEEN])
        between = tail[: rest.start()] if rest is not None else ""
        if rest is not None and _joined(between, words) and not says_more(between, words):
            strong, tail = True, tail[rest.end() :]
    if words.suggestions.search(named):
        parts.add("suggestions")
        strong = True
    elif parts or (remedy and words.goes_on.match(tail)):
        match = words.suggestions.search(tail[:60])
        # `ปัญหา อุปสรรคในการดำเนินงาน และข้อเสนอแนะ`: a suffix stands between the two, and no sentence.
        between = tail[: match.start()] if match is not None else ""
        if match is not None and not is_none(between, words) and (strong or not says_more(between, words)):
            parts.add("suggestions")
            tail = tail[match.end() :]
    remedies = bool(words.remedies.search(head) or words.remedies.search(tail[:40]))
    if not parts and not remedies:
        return None
    return frozenset(parts), remedies, strong, tail


def _joined(text: str, words: SectionWords) -> bool:
    """Whether a text ends in a word for `and`."""
    return any(words.goes_on.fullmatch(text[-size:].strip()) for size in range(1, _AND + 1))


@dataclass(frozen=True, slots=True)
class _Behind:
    """What follows the heading's words on its line."""

    answer: str = ""
    sure: bool = True
    plain: bool = True
    rest: str = ""


def _behind(tail: str, words: SectionWords, *, marked: bool, numbered: bool, strong: bool) -> _Behind | None:
    """What follows the heading's words on its line; None if that shows the line to be prose."""
    text, bracket = _beyond_names(tail, words)
    if bracket and not any(is_thai(c) or c.isalnum() for c in text):
        # `ข้อเสนอแนะ (ไม่มี)` answers, `ข้อเสนอแนะ (ภาพรวมของโครงการ)` only says of what.
        if is_none(bracket, words) or is_sentence(bracket, words):
            return _Behind(bracket)
        return _Behind(text)
    if text != tail.strip() and _YEAR.match(text):
        return _Behind()
    if not any(is_thai(c) or c.isalnum() for c in text):
        return _Behind(text)
    if _INLINE_START.match(text):
        return _Behind(_INLINE_START.sub("", text, count=1).strip() or "-")
    if is_none(text, words) or ends_in_none(text, words):
        return _Behind(text)
    if _leads_in(tail, text, words):
        return _Behind(text)
    set_off = marked or numbered
    longest = _HEADING_LENGTH if set_off and strong else _TAIL
    name = len(text) <= longest and words.phrase.match(text) is not None and not is_sentence(text, words)
    if name and (strong or set_off):
        # Who did what may be all there is to say: ผู้เข้าร่วมกิจกรรมมาสาย.
        told = words.actor.match(text) is not None
        return _Behind(sure=strong, plain=False, rest=text if told else "")
    if set_off:
        if len(text) <= _TAIL and strong and not _answers(text, tail, words):
            return _Behind(plain=False, rest=text)
        return _Behind(text) if strong else None
    return _Behind(sure=False, plain=False) if strong else None


def _leads_in(tail: str, text: str, words: SectionWords) -> bool:
    """Whether a name ends with a word after which only what it names can stand: `ปัญหา อุปสรรค ได้แก่ ฝนตกหนัก`."""
    whole = tail.strip()
    return len(text) < len(whole) and words.forms.leads.search(whole[: len(whole) - len(text)].rstrip()) is not None


def _names_more(tail: str, words: SectionWords) -> bool:
    """Whether what follows a stroke behind a heading's words is a second name (`ข้อเสนอแนะ/แนวทางปรับปรุง`): no text that
    answers stands behind one, and a name says nothing of anything."""
    name = _beyond_names(tail, words)[0]
    if name != tail.strip() or not 0 < len(name) <= _TAIL or words.category.match(name) or is_sentence(name, words):
        return False
    return is_thai(name[0]) and not any(c in _NAMELESS or c.isdecimal() for c in name)


def _answers(text: str, tail: str, words: SectionWords) -> bool:
    """Whether what no list knows behind a heading's words says something (`ข้อเสนอแนะ ควรเพิ่มงบประมาณ`): it begins
    with a predicate, or is a sentence behind the known end of a name (`ปัญหาในการดำเนินงาน ได้แก่ คนไม่พอ`)."""
    if words.phrase.match(text) is not None or not is_sentence(text, words):
        return False
    if words.forms.leads.search(text):
        # มีข้อสรุปดังต่อไปนี้: what it says is still to come.
        return False
    return text.startswith(words.predicates) or len(text) < len(tail.strip())


def is_sentence(text: str, words: SectionWords) -> bool:
    """Whether a short text says something of something, and does not only name it."""
    key = words.relative.sub(" ", make_key(text[:_HEAD]).text)
    return any(contains(word, key) for word in words.predicates)


def denies(text: str, words: SectionWords) -> bool:
    """Whether a short text says of something what it is not: captions, notes and signatures hardly do."""
    return _NOT in make_key(text[:_HEAD]).text and is_sentence(text, words)


def says_more(text: str, words: SectionWords) -> bool:
    """Whether a text behind the section's words holds more than the known ends of its name."""
    return any(is_thai(c) for c in _beyond_names(text, words)[0])


def _beyond_names(text: str, words: SectionWords) -> tuple[str, str]:
    """What follows the known ends of a heading's name, and what stands in brackets among them."""
    text = _FOREIGN_END.sub("", text.strip())
    bracket = ""
    while True:
        opened = _ANY_BRACKET.match(text)
        if opened:
            bracket = bracket or opened.group().strip("()[]{}<> ")
            text = text[opened.end() :].lstrip()
            continue
        suffix = words.suffix.match(text)
        if suffix is None or suffix.end() == 0:
            rest = words.goes_on.sub("", text) if words.goes_on.fullmatch(text) else text
            cures = words.remedies.match(words.goes_on.sub("", text).lstrip()) if words.goes_on.match(text) else None
            if cures is None:
                return rest, bracket
            # ข้อจำกัดในการดำเนินงานและแนวทางแก้ไข: the name goes on with the remedies.
            text = words.goes_on.sub("", text).lstrip()[cures.end() :].lstrip()
            continue
        text = text[suffix.end() :].lstrip()
        if words.suffix.match(_JOINED.sub("", text)):
            text = _JOINED.sub("", text)


def is_none(text: str, words: SectionWords) -> bool:
    """Whether a text is an explicit "there is none", and not one that only begins like it."""
    return len(text) <= READ and bool(words.none.match(_letters_alone(text)))


def ends_in_none(text: str, words: SectionWords) -> bool:
    """Whether a sentence speaks of problems or suggestions only to say that there were none:
    `การดำเนินงานเป็นไปตามแผน ไม่มีปัญหาและอุปสรรค`."""
    if len(text) > _SENTENCE:
        return False
    said = words.none_of.search(_letters_alone(text))
    return said is not None and not words.matter.search(said.string[: said.start()])


def _letters_alone(text: str) -> str:
    key = make_key(text[:READ]).text
    key = re.sub(r"^[\W\d_]+", "", re.sub(_NO_LETTERS, "", key))
    return "".join(key.split())
