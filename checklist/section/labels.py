"""Labels within a line or a cell, each with what it says: `ปัญหา : ไม่มี  ข้อเสนอแนะ : ควรเพิ่มงบประมาณ`."""

from __future__ import annotations

import re

from checklist.section.classify import Answer, Content, classify
from checklist.section.headings import SectionPart
from checklist.section.lexicon import SectionWords
from core.thai.normalize import make_key

_LONGEST = 2_000
_SIGN = re.compile(r"\s*[:：]\s*")
_DASH = re.compile(r"\s*[-–—]\s*")
_BEFORE = re.compile(r"(?:^|[\s(/,;|])(?:[(\[]?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})*[.)\]]?\s*|[-–•*]\s*)?$")
_ORDER = (Content.TEXT, Content.NONE, Content.DOUBT, Content.DOTS, Content.DASH, Content.NOTHING)


def labelled_parts(text: str, words: SectionWords) -> dict[SectionPart, Answer] | None:
    """What stands behind the labels of both parts in one text; None if it does not label both. A label stands at the
    text's or a line's beginning or behind a space, and a colon behind it, or a dash where it begins a line."""
    if not 0 < len(text) <= _LONGEST or len(words.matter.findall(make_key(text).text)) < 2:
        return None
    labels: list[tuple[int, int, frozenset[SectionPart]]] = []
    key = ""
    for line in text.splitlines():
        first = len(key)
        key += make_key(line).text.strip() + " "
        at = first
        while (hit := words.matter.search(key, at)) is not None:
            run = words.part.match(key[hit.start() :])
            stop = hit.start() + (run.end() if run else len(hit.group()))
            named = key[hit.start() : stop].rstrip(" -–—")
            stop = hit.start() + len(named)
            begins = not key[first : hit.start()].strip(" -–•*.()0123456789")
            sign = _SIGN.match(key, stop) or (_DASH.match(key, stop) if begins else None)
            # A key has no spaces between Thai words: whether one stands before the label, the line itself says.
            apart = _BEFORE.search(key[: hit.start()]) is not None or f" {named}" in line
            if sign is not None and sign.end() > stop and apart:
                labels.append((hit.start(), sign.end(), _parts(named, words)))
                stop = sign.end()
            at = max(stop, hit.end())
    if words.instruction.search(key) or {"problems", "suggestions"} - {
        part for _, _, parts in labels for part in parts
    }:
        return None
    found: dict[SectionPart, Answer] = {}
    for (_, begin, parts), end in zip(labels, [*(start for start, _, _ in labels[1:]), len(key)], strict=True):
        said = key[begin:end].strip(" ,;/|")
        answer = Answer(classify(said, words), said, 0)
        for part in parts:
            if part not in found or _ORDER.index(answer.content) < _ORDER.index(found[part].content):
                found[part] = answer
    return found


def _parts(named: str, words: SectionWords) -> frozenset[SectionPart]:
    parts: set[SectionPart] = set()
    if words.problems.search(named) or words.bare_problems.search(named):
        parts.add("problems")
    if words.suggestions.search(named):
        parts.add("suggestions")
    return frozenset(parts)
