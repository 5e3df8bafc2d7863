"""What to do next about one item, in Thai, with a paragraph ready to paste where a section is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checklist.rules.model import Edition, Item
from core.models.assessment import ElementStatus, Finding, ItemStatus, Level, Verdict
from reports.messages import Messages

_SECTION = ("problems", "suggestions")
_PERIOD = "period"
_LACKING = (ElementStatus.MISSING, ElementStatus.EMPTY)
_FOUND = (ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.REVIEW)
"""Evidence is there, so what it lacks can be told."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and what to paste (may be empty)."""

    text: str
    paste: str


def advise(verdict: Verdict, edition: Edition, messages: Messages) -> Advice:
    """The advice for one verdict. An item that the edition does not have (any more) gets the general advice."""
    if verdict.if_due is not None:
        today = advise(verdict.as_if_due(), edition, messages)
        before = messages.word("advice", "before_due", day=messages.day(verdict.due))
        return Advice(f"{before} {today.text}", today.paste)
    item = next((i for i in edition.items if i.id == verdict.item), None)
    values = {"id": verdict.item, "title": verdict.title, "year": str(_year(item, edition))}
    sentences: list[str] = []
    if verdict.status is not ItemStatus.INCOMPLETE:
        sentences.append(messages.word("advice", verdict.status.value, **values))
        if verdict.status is ItemStatus.MISSING and item is not None and item.advice:
            sentences.append(item.advice)
    lacking = [f for f in verdict.findings if f.level is Level.REQUIRED and f.status in _LACKING]
    if verdict.status not in _FOUND:
        return Advice(" ".join(sentences), "")
    section = [f for f in lacking if f.element in _SECTION]
    months = _months_lacking(lacking)
    others = [f.text for f in lacking if f.element not in (*_SECTION, _PERIOD) and not _counts_months(f)]
    if others:
        sentences.append(messages.word("advice", "incomplete", lacks=" · ".join(others)))
    if months:
        sentences.append(messages.word("advice", "months", months=messages.months(months)))
    if any(f.element == _PERIOD for f in lacking) and verdict.status is not ItemStatus.OUTDATED:
        sentences.append(messages.word("advice", "outdated", **values))
    sentences += _section_sentences(section, messages)
    if not sentences:
        sentences.append(messages.word("advice", "incomplete_unnamed"))
    paste = [_paste(section, messages)] if section else []
    paste += [messages.word("paste", "month", month=month) for month in messages.long_months(months)]
    return Advice(_numbered(list(dict.fromkeys(sentences))), "\n".join(paste))


def _numbered(sentences: Sequence[str]) -> str:
    """Several steps with numbers: Thai sentences end without a sign."""
    if len(sentences) == 1:
        return sentences[0]
    return " ".join(f"({number}) {sentence}" for number, sentence in enumerate(sentences, 1))


def _counts_months(finding: Finding) -> bool:
    return finding.reason is not None and finding.reason.code == "months_counted" and "months" in finding.reason.values


def _months_lacking(lacking: Sequence[Finding]) -> str:
    return " ".join(str(f.reason.values["months"]) for f in lacking if f.reason is not None and _counts_months(f))


def _section_sentences(section: Sequence[Finding], messages: Messages) -> list[str]:
    sentences = []
    for status, key in ((ElementStatus.MISSING, "section_absent"), (ElementStatus.EMPTY, "section_empty")):
        part = [f for f in section if f.status is status]
        if part:
            heading = messages.word("section", _name(part))
            sentences.append(messages.word("advice", key, heading=heading))
    if any(f.reason is not None and f.reason.code == "remedies_only" for f in section):
        sentences.append(messages.word("advice", "remedies_only"))
    return sentences


def _paste(section: Sequence[Finding], messages: Messages) -> str:
    return messages.word("paste", _name(section))


def _name(section: Sequence[Finding]) -> str:
    names = {f.element for f in section}
    return "both" if len(names) > 1 else next(iter(names))


def _year(item: Item | None, edition: Edition) -> int:
    return edition.year - 1 if item is not None and item.year == "previous" else edition.year
