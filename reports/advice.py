"""What to do next about one item, in Thai, with a paragraph ready to paste where a section is lacking."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.rules.model import Edition
from oit.model import ElementStatus, Finding, ItemStatus, Level, Verdict
from reports.messages import Messages

_SECTION = ("problems", "suggestions")
_LACKING = (ElementStatus.MISSING, ElementStatus.EMPTY)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and what to paste (may be empty)."""

    text: str
    paste: str


def advise(verdict: Verdict, edition: Edition, messages: Messages) -> Advice:
    """The advice for one verdict."""
    lacking = [f for f in verdict.findings if f.level is Level.REQUIRED and f.status in _LACKING]
    section = [f for f in lacking if f.element in _SECTION]
    year = _year(verdict, edition)
    values = {"id": verdict.item, "title": verdict.title, "year": str(year)}
    if verdict.status is not ItemStatus.INCOMPLETE:
        text = messages.word("advice", verdict.status.value, **values)
        own = edition.item(verdict.item).advice
        return Advice(f"{text} {own}".strip() if own and verdict.status is ItemStatus.MISSING else text, "")
    sentences = []
    others = [f for f in lacking if f not in section and f.element != "period"]
    if others:
        sentences.append(messages.word("advice", "incomplete", lacks=" · ".join(f.text for f in others)))
    period = next((f for f in lacking if f.element == "period"), None)
    if period is not None:
        sentences.append(messages.word("advice", "outdated", **values))
    sentences += _section_sentences(section, messages)
    return Advice(" ".join(dict.fromkeys(sentences)), _paste(section, messages))


def _section_sentences(section: list[Finding], messages: Messages) -> list[str]:
    if not section:
        return []
    name = _name(section)
    heading = messages.word("section", name)
    sentences = []
    if any(f.status is ElementStatus.MISSING for f in section):
        absent = _name([f for f in section if f.status is ElementStatus.MISSING])
        sentences.append(messages.word("advice", "section_absent", heading=messages.word("section", absent)))
    if any(f.status is ElementStatus.EMPTY for f in section):
        empty = _name([f for f in section if f.status is ElementStatus.EMPTY])
        heading = messages.word("section", empty)
        sentences.append(messages.word("advice", "section_empty", heading=heading))
    if any(f.reason is not None and f.reason.code == "remedies_only" for f in section):
        sentences.append(messages.word("advice", "remedies_only"))
    return sentences


def _paste(section: list[Finding], messages: Messages) -> str:
    return messages.word("paste", _name(section)) if section else ""


def _name(section: list[Finding]) -> str:
    names = {f.element for f in section}
    return "both" if len(names) > 1 else next(iter(names))


def _year(verdict: Verdict, edition: Edition) -> int:
    return edition.year - 1 if edition.item(verdict.item).year == "previous" else edition.year
