"""The words of the section check, compiled once from the lexicon lists named ``section_*`` in rules.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.thai.normalize import make_key

_MAI_EK = "\u0e48"
_NOT = "ไม่"
_JOINER = r"[\s/,·+&|\-]*"
_TONE = re.compile("[่-๋]")
_ANY_TONE = "[่-๋]?"
_LOST_MARK = r"(?:[^\w\s\u0e00-\u0e7f.,…_:;/\"'-]{1,3}|(?<![a-z0-9])[a-z0]{1,2}(?=\s))?"
"""What a box whose glyph is not known leaves before its words."""


@dataclass(frozen=True)
class FormWords:
    """Patterns of what a form says to its writer and of the choices that it offers."""

    if_none: re.Pattern[str]
    """What asks a writer to do something if there is nothing to tell."""
    write: re.Pattern[str]
    """A word that tells somebody to write."""
    asks: re.Pattern[str]
    """What asks a writer wherever it stands in a line: `โปรดระบุ`."""
    placeholder: re.Pattern[str]
    """The words by which an empty field asks for its content."""
    prompt: re.Pattern[str]
    """A line that is nothing but such words, or one letter over and over."""
    detail: re.Pattern[str]
    """What a form asks for: "details", "a reason", "as above"."""
    label: re.Pattern[str]
    """A line that is nothing but such a word: the label of a place to write in."""
    quoted: re.Pattern[str]
    """The end of what stands before words that somebody else wrote: `เขียนว่า`."""
    question: re.Pattern[str]
    """The end of a line that asks something."""
    says_none: re.Pattern[str]
    """Words that say there is none, wherever they stand."""
    if_any: re.Pattern[str]
    """A bracket behind a heading's name that asks nothing: `(ถ้ามี)`."""
    tells: re.Pattern[str]
    """The verb that tells its writer to write, at the start of what a form asks: `โปรดอธิบาย`."""
    told: re.Pattern[str]
    """A line that tells its writer to write of problems or suggestions, up to what is said beyond that."""
    leads: re.Pattern[str]
    """The end of words behind which the answer is still to come: `ดังนี้`."""
    unsaid: re.Pattern[str]
    """A line that says no more than that nothing was told."""
    says: re.Pattern[str]
    """The verb or noun that begins what is told of the section's matter in a sentence: `คือ`."""
    basis: re.Pattern[str]
    """The beginning of a note that says by what something is written: `ตามแบบรายงาน`."""
    elsewhere: re.Pattern[str]
    """A line that only says where it is told, with what else it says (`rest`): `ตามเอกสารแนบ 1`."""
    says_next: re.Pattern[str]
    """What begins it right behind the matter's name: `ว่า`."""
    told_before: re.Pattern[str]
    """The verb right before the name, with what makes it a condition (`not`): `หากมี`."""
    none_before: re.Pattern[str]
    """A text that ends in `ไม่มี`."""
    none_then_yes: re.Pattern[str]
    """A line that offers "none", then "some", each behind a mark of any kind or none."""
    yes_then_none: re.Pattern[str]


@dataclass(frozen=True)
class SectionWords:
    """Compiled patterns; all are applied to keys, never to raw text."""

    problems: re.Pattern[str]
    bare_problems: re.Pattern[str]
    apart: re.Pattern[str]
    """A loose word for problems that stands apart from what follows: applied to raw text, whose spaces keys lack."""
    suggestions: re.Pattern[str]
    remedies: re.Pattern[str]
    lead_in: re.Pattern[str]
    suffix: re.Pattern[str]
    none: re.Pattern[str]
    not_heading: re.Pattern[str]
    instruction: re.Pattern[str]
    contents: re.Pattern[str]
    questionnaire: re.Pattern[str]
    category: re.Pattern[str]
    """Words that make ข้อเสนอแนะ before them a kind of complaint."""
    memo: tuple[tuple[str, re.Pattern[str]], ...]
    swot: re.Pattern[str]
    signature: re.Pattern[str]
    none_of: re.Pattern[str]
    """The end of a text without spaces that says there were no problems, no suggestions, or neither."""
    matter: re.Pattern[str]
    """Any word for problems or suggestions."""
    signed: re.Pattern[str]
    """The line of who signs: behind it stand his name and office, nothing else."""
    no_or_yes: re.Pattern[str]
    """The beginning of what a box to tick says: that there is none, or some."""
    yes: re.Pattern[str]
    """The words of a box that says there is some, up to what is told of it."""
    runs_on: re.Pattern[str]
    """The end of a heading that goes on in the next line."""
    goes_on: re.Pattern[str]
    """The beginning of a line that goes on with the heading above it."""
    ends: re.Pattern[str]
    """Lines that end a report's section: appendix, pictures, the name of another section."""
    part: re.Pattern[str]
    """Any of the section's words, or a joiner between them, at the start of a text."""
    phrase: re.Pattern[str]
    """The beginning of words that go on with a heading's name: `ของ`, `ใน`, `จาก`."""
    actor: re.Pattern[str]
    """Those of them that may begin a sentence as well: `ผู้`, `หน่วยงาน`."""
    latin: Mapping[str, re.Pattern[str]]
    """What names each part in a line without Thai: for a person."""
    everyday: Mapping[str, re.Pattern[str]]
    """Each part in everyday words within a short line over a text: for a person."""
    names: tuple[str, ...]
    """The section's own names, without joiners and spaces."""
    predicates: tuple[str, ...]
    """Words that make a line a sentence."""
    states: re.Pattern[str]
    """Predicates that only say that something is there, or was done: none behind a ไม่."""
    relative: re.Pattern[str]
    """A predicate within a name: `ที่ได้จาก`."""
    aspect: re.Pattern[str]
    """The beginning of the name of a part of the section: `ด้าน`."""
    record: re.Pattern[str]
    """The whole name of a column whose cells name what a table's rows are."""
    topic: re.Pattern[str]
    """The beginning of names of other matters of a report."""
    turn: re.Pattern[str]
    """Words with which a paragraph turns to its matter: `สำหรับ`, `ทั้งนี้`."""
    figure: re.Pattern[str]
    """The beginning of a caption: what it is of, and its number."""
    forms: FormWords
    wordings: Mapping[str, tuple[str, ...]]
    """The names of each part as they stand on a page, for likeness to misread ones."""


def section_words(lexicon: Mapping[str, tuple[str, ...]], *, recognised: bool = False) -> SectionWords:
    """Compile the lexicon. Missing lists never match. For `recognised` text tone marks may be lost or another: the
    mark that recognition misreads most, and no phrase of the lists becomes another phrase by it."""
    names = (
        "problems",
        "bare_problems",
        "suggestions",
        "remedies",
        "lead_in",
        "suffix",
        "none",
        "none_tail",
        "not_heading",
        "instruction",
        "contents",
        "questionnaire",
        "memo",
        "swot",
        "signature",
        "joiner",
        "category",
        "signed",
        "yes",
        "yes_tail",
        "ends",
        "next",
        "if_none",
        "write",
        "asks",
        "if_any",
        "tells",
        "phrase",
        "actor",
        "predicate",
        "states",
        "relative",
        "placeholder",
        "prompt",
        "unsaid",
        "topic",
        "says",
        "latin_problems",
        "latin_suggestions",
        "everyday_problems",
        "everyday_suggestions",
        "refers",
        "elsewhere",
        "says_next",
        "told",
        "told_not",
        "aspect",
        "detail",
        "record",
        "question",
        "figure",
        "turn",
        "quotes",
    )
    lists = [(name, tuple(lexicon.get(f"section_{name}", ()))) for name in names]
    return _compile((*lists, ("titles", tuple(lexicon.get("person_titles", ())))), recognised)


@lru_cache(maxsize=8)
def _compile(lists: tuple[tuple[str, tuple[str, ...]], ...], recognised: bool) -> SectionWords:
    words = dict(lists)

    literal = _literal_as_recognised if recognised else re.escape

    def either(name: str) -> str:
        return "|".join(literal(w) for w in _longest(words[name])) or "(?!)"

    def spaced(wording: str) -> str:
        """A wording as a pattern; a vertical bar in it stands for any joiner (/, และ, nothing)."""
        return gap.join(literal(piece.strip()) for piece in wording.split("|"))

    joiner, suffix, bare, remedies, tail = map(either, ("joiner", "suffix", "bare_problems", "remedies", "none_tail"))
    # Possessive, as below: what can be read in two ways must not be tried in all of them.
    gap = f"(?:{_JOINER}+(?:(?:{joiner}){_JOINER}+)?)"
    problems = "|".join(spaced(w) for w in _longest(words["problems"]))
    suggestions = "|".join(spaced(w) for w in _longest(words["suggestions"]))
    anything = "|".join(p for p in (problems, suggestions, remedies, bare, joiner) if p)
    return SectionWords(
        problems=re.compile(problems or "(?!)"),
        bare_problems=re.compile(bare),
        apart=re.compile(f"(?:{bare})\\s"),
        suggestions=re.compile(suggestions or "(?!)"),
        remedies=re.compile(remedies),
        lead_in=re.compile(f"^(?:(?:{either('lead_in')}){gap})*"),
        suffix=re.compile(f"^(?:{suffix})"),
        none=re.compile(f"^(?:{either('none')})(?:{_JOINER}(?:{tail}|{joiner}))*+[\\s.]*$"),
        none_of=_compile_none_of(either("none"), f"{problems}|{bare}|{suggestions}", f"{tail}|{joiner}"),
        matter=re.compile("|".join(p for p in (problems, bare, suggestions) if p) or "(?!)"),
        not_heading=re.compile(either("not_heading")),
        instruction=re.compile(either("instruction")),
        contents=re.compile(f"^\\W*(?:{either('contents')})"),
        questionnaire=re.compile(either("questionnaire")),
        category=re.compile(f"^(?:(?:{either('lead_in')}){gap}){{0,6}}(?:{either('category')})"),
        memo=tuple((w, re.compile(literal(make_key(w).text))) for w in words["memo"]),
        swot=re.compile(either("swot")),
        signature=_compile_signature(either),
        signed=re.compile(f"^\\W*(?:{either('signed')})|^\\(\\s*(?:{either('titles')})[^()]*\\)$"),
        no_or_yes=re.compile(f"^(?:{either('none')}|{either('yes')})"),
        yes=re.compile(f"^(?:{either('yes')})(?:[\\s.:…_()]*(?:{tail}|{either('yes_tail')}))*[\\s.:…_()]*"),
        runs_on=re.compile(f"(?:{joiner}|[/,])\\s*$"),
        goes_on=re.compile(f"^\\s*(?:{joiner}|/)"),
        ends=_compile_ends(either, f"{suffix}|{joiner}"),
        part=re.compile(f"^(?:(?:{anything}){_JOINER})+"),
        phrase=re.compile(f"^{_JOINER}(?:{either('phrase')})"),
        actor=re.compile(f"^(?:{either('actor')})"),
        latin=_by_part(either, "latin"),
        everyday=_by_part(either, "everyday"),
        names=tuple(w.replace("|", "") for name in ("problems", "suggestions") for w in _longest(words[name])),
        predicates=words["predicate"],
        states=re.compile(f"(?<!{_NOT})(?:{either('states')})"),
        relative=re.compile(either("relative")),
        aspect=re.compile(f"^(?:{either('aspect')})"),
        topic=re.compile(f"^(?:{either('topic')})"),
        turn=re.compile(f"^\\W*(?:(?:{either('turn')})\\s?){{1,2}}"),
        figure=re.compile(f"^\\W*(?:{either('figure')})\\s?(?:ที่|no\\.?)?\\s?\\d"),
        wordings=_written(words),
        record=re.compile(f"^(?:{either('record')})(?:{gap}(?:{either('record')}))*+\\W*$"),
        forms=_compile_forms(either, tail, f"(?:(?:{anything}|{suffix}){_JOINER})+"),
    )


def _literal_as_recognised(text: str) -> str:
    return _as_recognised(re.escape(text))


def _as_recognised(escaped: str) -> str:
    return _TONE.sub(_ANY_TONE, escaped).replace("ๆ", "[ๆฯ]")


def _compile_none_of(none: str, matter: str, tail: str) -> re.Pattern[str]:
    return re.compile(f"(?:(?:{none})(?:{matter})(?:{_JOINER}(?:{tail}))*+{_JOINER})++$")


def _compile_ends(either: Callable[[str], str], between: str) -> re.Pattern[str]:
    """What ends a section without being a heading: closing words, or the next part's name alone with its year."""
    return re.compile(
        f"^\\W*(?:{either('ends')})"
        f"|^(?:{either('next')})(?:{_JOINER}(?:{between}|{either('next')}|\\d{{2,4}}(?!\\d)))*+[\\s:.()]*$"
    )


def _compile_signature(either: Callable[[str], str]) -> re.Pattern[str]:
    """What signs: its own words, a name in brackets, a name with the office of who reports."""
    named = f"(?:{either('titles')})"
    return re.compile(
        f"^\\W*(?:{either('signature')})|^\\(\\s*{named}[^()]*\\)$|^{named}[^()]{{1,50}}(?:{either('signed')})\\W*$"
    )


def _compile_forms(either: Callable[[str], str], tail: str, named: str) -> FormWords:
    blank = r"[\s.:…_()]*"
    nay = f"(?:{either('none')})(?:{_JOINER}(?:{tail}))*+"
    yea = f"(?:{either('yes')})(?:{blank}(?:{tail}|{either('yes_tail')}))*+{blank}+"
    before = f"^.{{0,120}}?(?P<first>{_LOST_MARK})\\s*+"
    # มี/ไม่มี offers both, and nobody crossed one out.
    second = f"(?:[/|]\\s*+)?(?P<second>{_LOST_MARK})\\s*+"
    return FormWords(
        if_none=re.compile(either("if_none")),
        write=re.compile(either("write")),
        asks=re.compile(either("asks")),
        placeholder=re.compile(f"^\\W*(?:{either('placeholder')})"),
        prompt=re.compile(f"^\\W*(?:(?:{either('prompt')})|(?P<same>[a-z])(?P=same){{2,}})\\W*$"),
        detail=re.compile(either("detail")),
        label=re.compile(f"^\\W*(?:{either('detail')}|{either('record')})\\W*$"),
        quoted=re.compile(f"(?:{either('quotes')})\\s*$"),
        question=re.compile(f"(?:{either('question')})\\W*$|\\?\\W*$"),
        says_none=re.compile(either("none")),
        if_any=re.compile(f"[(\\[]\\s*(?:{either('if_any')})\\s*[)\\]]"),
        tells=re.compile(f"^\\W*(?:{either('tells')})"),
        told=re.compile(f"^\\W*(?:{either('tells')})\\s*{named}"),
        leads=re.compile(f"(?:{either('yes_tail')})[\\s.:…]*$"),
        unsaid=re.compile(f"^\\W*(?:{either('unsaid')})(?:\\s*(?:{either('phrase')})[^.,;:\\s]{{1,30}})?\\W*$"),
        says=re.compile(either("says")),
        basis=re.compile(f"^\\W*(?:{either('refers')})"),
        elsewhere=re.compile(f"^\\W*+(?:{either('refers')}).{{0,30}}?(?:{either('elsewhere')})(?P<rest>.*)$"),
        says_next=re.compile(f"^\\s{{0,3}}(?:{either('says_next')})"),
        told_before=re.compile(f"(?P<not>(?:{either('told_not')}))?\\s?(?:{either('told')})\\s?$"),
        none_before=re.compile(f"(?:{either('none')})\\s*$"),
        none_then_yes=re.compile(f"{before}{nay}\\s*+{second}{yea}(?P<rest>.*)$"),
        yes_then_none=re.compile(f"{before}(?<!{_MAI_EK}){yea}{second}{nay}(?P<rest>.*)$"),
    )


def _by_part(either: Callable[[str], str], name: str) -> dict[str, re.Pattern[str]]:
    return {part: re.compile(either(f"{name}_{part}")) for part in ("problems", "suggestions")}


def _written(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each part's names as somebody writes them: their pieces one behind the other, or joined by a word."""

    def joined(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w.replace("|", between) for between in ("", "และ") for w in words[name]))

    return {"problems": (*joined("problems"), *words["bare_problems"]), "suggestions": joined("suggestions")}


def _longest(words: tuple[str, ...]) -> list[str]:
    return sorted((make_key(w).text for w in words), key=len, reverse=True)
