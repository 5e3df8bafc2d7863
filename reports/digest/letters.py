"""The letters of a digest, in Thai: to an agency, and to the province's secretary. Plain text, harmless in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ElementStatus, ItemStatus, Level, Verdict
from core.models.notice import NoticeKind
from core.sanitize import sanitize_text, shown_url
from reports.advice import advise
from reports.agency_json import moment
from reports.digest.findings import AgencyNews
from reports.measures.draft import measure_readiness
from reports.messages import Messages
from reports.ordering import DOUBTS
from reports.season import deadline, edition_notes

SCHEMA = "oit-digest/1"
_GROUP = "digest"
_TOLD = 12
"""Gaps that a letter explains; all of them are in the report that is attached."""
_AGENCIES = 60
_LINE = 700
_LACKING = (ElementStatus.MISSING, ElementStatus.EMPTY)


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject of one line, and the text."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the letters are from."""

    province: str
    secretary: str
    """Name of the person or section; may be empty."""
    email: str
    """To answer to; may be empty."""


def agency_letter(news: AgencyNews, edition: Edition, sender: Sender, messages: Messages) -> Letter:
    """Write the letter to an agency."""
    say = _Words(messages)
    name = sanitize_text(news.assessment.agency.name, 120)
    key = "unread" if news.findings.unread and news.kind is not NoticeKind.REMINDER else news.kind.value
    subject = say(f"subject_{key}", year=edition.name, name=name, **_counts(news))
    lines = [say("dear", name=name), "", say("about", province=_province(sender, messages), year=edition.name)]
    lines += [deadline(news.assessment, edition, messages), ""]
    if news.kind is NoticeKind.REMINDER:
        lines += [say("reminder", count=str(len(news.open))), ""]
    if news.findings.unread:
        lines += [say("unread", url=shown_url(news.assessment.agency.url), cause=_cause(news.assessment, messages)), ""]
    elif news.read_again:
        lines += [say("read_again"), ""]
    if news.fixed:
        lines += [say("fixed", items=", ".join(news.fixed)), ""]
    if news.dropped:
        lines += [say("dropped", items=", ".join(news.dropped)), ""]
    for key, verdicts in (("new", news.new), ("changed", news.changed), ("still", news.still)):
        if verdicts:
            lines += [say(key, count=str(len(verdicts))), *_gaps(verdicts, edition, messages), ""]
    doubts = sum(v.status in DOUBTS for v in news.assessment.verdicts)
    if doubts:
        lines += [say("doubts", count=str(doubts)), ""]
    elif not news.open and not news.findings.unread:
        lines += [say("no_gaps"), ""]
    lines += [*edition_notes(edition, news.assessment.as_of, messages), say("edition", year=edition.name)]
    lines += [say("attached"), say("object"), "", *_signature(sender, messages)]
    return _letter(subject, lines)


def secretary_letter(
    news: Sequence[AgencyNews],
    assessments: Sequence[Assessment],
    edition: Edition,
    sender: Sender,
    messages: Messages,
    problems: Sequence[str] = (),
) -> Letter:
    """Write the summary to the secretary: who changed, who is ready, who could not be told."""
    say, state = _Words(messages), measure_readiness(assessments)
    subject = say("subject_summary", year=edition.name, province=_province(sender, messages), count=str(len(news)))
    lines = [say("dear_secretary"), ""]
    lines += [say("ready", ready=str(state.ready), lacking=str(state.lacking), unsure=str(len(state.unsure)))]
    if assessments:
        lines += [deadline(assessments[0], edition, messages)]
    lines += ["", say("agencies", count=str(len(news)))]
    for each in news[:_AGENCIES]:
        if each.findings.unread:
            lines.append(say("line_unread", name=_name(each.assessment), cause=_cause(each.assessment, messages)))
        else:
            lines.append(say(f"line_{each.kind.value}", name=_name(each.assessment), **_counts(each)))
    if len(news) > _AGENCIES:
        lines.append(say("more", count=str(len(news) - _AGENCIES)))
    if problems:
        lines += ["", say("problems"), *(f"  - {problem}" for problem in problems)]
    as_of = max((a.as_of for a in assessments), default=None)
    lines += ["", *(edition_notes(edition, as_of, messages) if as_of else ()), say("edition", year=edition.name)]
    lines += ["", *_signature(sender, messages)]
    return _letter(subject, lines)


def webhook_data(
    news: Sequence[AgencyNews], edition: Edition, province: str, editions: Mapping[str, Edition]
) -> dict[str, object]:
    """Return what a webhook is sent, `oit-digest/1`: the agencies whose findings changed. `editions` are those by
    scheme."""
    return {
        "schema": SCHEMA,
        "edition": edition.year,
        "province": sanitize_text(province),
        "agencies": [
            {
                "id": each.assessment.agency.id,
                "name": _name(each.assessment),
                "edition": editions.get(each.assessment.scheme, edition).name,
                "as_of": each.assessment.as_of.isoformat(),
                "crawled": moment(each.assessment.crawl.started),
                "kind": each.kind.value,
                "unread": each.findings.unread,
                "gaps": sorted(each.findings.gaps),
                "new": [v.item for v in each.new],
                "changed": [v.item for v in each.changed],
                "fixed": list(each.fixed),
                "dropped": list(each.dropped),
                "report": f"{edition.year}/{each.assessment.agency.id}/report.json",
            }
            for each in news
        ],
    }


class _Words:
    """The group's words, their values made harmless."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def __call__(self, key: str, **values: str) -> str:
        harmless = {name: sanitize_text(text, _LINE) for name, text in values.items()}
        return self._messages.word(_GROUP, key, **harmless)


def _gaps(verdicts: Sequence[Verdict], edition: Edition, messages: Messages) -> Iterator[str]:
    say = _Words(messages)
    for verdict in verdicts[:_TOLD]:
        status = messages.word("status", verdict.status.value)
        yield say("gap", item=verdict.item, title=verdict.title, status=status)
        lacks = [f.text for f in verdict.findings if f.level is Level.REQUIRED and f.status in _LACKING]
        if lacks and verdict.status is ItemStatus.INCOMPLETE:
            yield say("gap_lacks", lacks=" · ".join(lacks))
        yield say("gap_do", advice=advise(verdict, edition, messages).text)
    if len(verdicts) > _TOLD:
        yield say("more_gaps", count=str(len(verdicts) - _TOLD))


def _counts(news: AgencyNews) -> dict[str, str]:
    return {
        "new": str(len(news.new)),
        "changed": str(len(news.changed)),
        "fixed": str(len(news.fixed)),
        "open": str(len(news.open)),
    }


def _cause(assessment: Assessment, messages: Messages) -> str:
    crawl = assessment.crawl
    code = crawl.stale_cause or crawl.home_outcome.value
    for group in ("outcome", "stopped_by"):
        if messages.knows(group, code):
            return messages.word(group, code)
    return sanitize_text(code, 60)


def _name(assessment: Assessment) -> str:
    return sanitize_text(assessment.agency.name, 120)


def _province(sender: Sender, messages: Messages) -> str:
    return sanitize_text(sender.province, 120) or messages.word("measures", "province")


def _signature(sender: Sender, messages: Messages) -> Iterator[str]:
    yield messages.word(_GROUP, "signature")
    yield " ".join(part for part in (sanitize_text(sender.secretary, 120), _province(sender, messages)) if part)
    if sender.email:
        yield sanitize_text(sender.email, 200)


def _letter(subject: str, lines: Sequence[str]) -> Letter:
    text = "\n".join(sanitize_text(line, 4 * _LINE) if line.strip() == line else _indented(line) for line in lines)
    return Letter(sanitize_text(subject, 200), f"{text.rstrip()}\n")


def _indented(line: str) -> str:
    room = len(line) - len(line.lstrip(" "))
    return " " * room + sanitize_text(line, 4 * _LINE)
