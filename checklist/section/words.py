"""The words of the section check, compiled once from the lexicon lists named ``section_*`` in rules.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checklist.thai.key import make_key

_JOINER = r"[\s/,·+&|\-]*"


@dataclass(frozen=True)
class SectionWords:
    """Compiled patterns; all are applied to keys, never to raw text."""

    problems: re.Pattern[str]
    bare_problems: re.Pattern[str]
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
    memo: tuple[str, ...]
    swot: re.Pattern[str]
    signature: re.Pattern[str]
    part: re.Pattern[str]
    """Any of the section's words, or a joiner between them, at the start of a text."""


def section_words(lexicon: Mapping[str, tuple[str, ...]]) -> SectionWords:
    """Compile the lexicon. Missing lists never match."""
    names = (
        "problems", "bare_problems", "suggestions", "remedies", "lead_in", "suffix", "none", "none_tail",
        "not_heading", "instruction", "contents", "questionnaire", "memo", "swot", "signature", "joiner", "category",
    )  # fmt: skip
    return _compile(tuple((name, tuple(lexicon.get(f"section_{name}", ()))) for name in names))


@lru_cache(maxsize=8)
def _compile(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> SectionWords:
    words = dict(lists)
    joiner = _either(words["joiner"])
    gap = f"(?:{_JOINER}(?:{joiner})?{_JOINER})"
    problems = "|".join(_spaced(w, gap) for w in _longest(words["problems"]))
    suggestions = "|".join(_spaced(w, gap) for w in _longest(words["suggestions"]))
    bare = _either(words["bare_problems"])
    remedies = _either(words["remedies"])
    tail = _either(words["none_tail"])
    anything = "|".join(p for p in (problems, suggestions, remedies, bare, joiner) if p)
    return SectionWords(
        problems=re.compile(problems or "(?!)"),
        bare_problems=re.compile(bare),
        suggestions=re.compile(suggestions or "(?!)"),
        remedies=re.compile(remedies),
        lead_in=re.compile(f"^(?:(?:{_either(words['lead_in'])}){_JOINER}(?:{joiner})?{_JOINER})*"),
        suffix=re.compile(f"^(?:{_either(words['suffix'])})"),
        none=re.compile(f"^(?:{_either(words['none'])})(?:{_JOINER}(?:{tail}|{joiner}))*[\\s.]*$"),
        not_heading=re.compile(_either(words["not_heading"])),
        instruction=re.compile(_either(words["instruction"])),
        contents=re.compile(f"^\\W*(?:{_either(words['contents'])})"),
        questionnaire=re.compile(_either(words["questionnaire"])),
        category=re.compile(
            f"^(?:(?:{_either(words['lead_in'])}){_JOINER}(?:{joiner})?{_JOINER})*(?:{_either(words['category'])})"
        ),
        memo=tuple(make_key(w).text for w in words["memo"]),
        swot=re.compile(_either(words["swot"])),
        signature=re.compile(f"^\\W*(?:{_either(words['signature'])})"),
        part=re.compile(f"^(?:(?:{anything}){_JOINER})+"),
    )


def _longest(words: tuple[str, ...]) -> list[str]:
    return sorted((make_key(w).text for w in words), key=len, reverse=True)


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in _longest(words)) or "(?!)"


def _spaced(wording: str, gap: str) -> str:
    """A wording as a pattern; a vertical bar in it stands for any joiner (/, และ, nothing)."""
    return gap.join(re.escape(piece.strip()) for piece in wording.split("|"))
