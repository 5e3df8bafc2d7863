"""Why a verdict is what it is, as lines that a person can follow from the site to the status, in Thai."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Candidate, Finding, Quote, Verdict
from core.rounding import format_points
from reports.advice import advise
from reports.messages import Messages

_MAX_QUOTE = 300
_WAY = " > "


def explain_lines(assessment: Assessment, verdict: Verdict, edition: Edition, messages: Messages) -> Iterator[str]:
    """In the order in which the verdict came about: what was read, which candidates were looked at, what serves as
    evidence and the way there, element by element with quotes, why this status follows, what to do next.

    Text from the site has no control characters left in it: a terminal would obey them."""
    say = Phrases(messages)
    status = messages.word("status", verdict.status.value)
    yield f"{verdict.item} {verdict.title}: {status} ({verdict.status.value})"
    day = messages.day(assessment.as_of)
    yield say(
        "rules", edition=str(assessment.edition), day=day, sub=verdict.sub_indicator, cost=format_points(verdict.cost)
    )
    crawl = assessment.crawl
    yield ""
    whole = messages.word("page", "complete_crawl" if crawl.complete else "incomplete_crawl")
    if not crawl.complete:
        whole += f" ({messages.word('stopped_by', crawl.stopped_by or '')})"
    yield say(
        "read", when=messages.moment(crawl.started), pages=str(crawl.pages), documents=str(crawl.documents), whole=whole
    )
    for note in assessment.notes:
        yield f"   {messages.reason(note)}"
    yield say("candidates", count=str(len(verdict.candidates)))
    for candidate in verdict.candidates:
        yield from _candidate(candidate, say)
    yield say("evidence", count=str(len(verdict.evidence)))
    for evidence in verdict.evidence:
        yield f"   {address(evidence.url)}"
        way = [address(url) for url in evidence.found_via]
        label = f"“{clean(evidence.label)}”" if evidence.label else say("no_label")
        yield f"      {messages.word('page', 'way')}: {_WAY.join([*way, label])}"
    yield say("elements", count=str(len(verdict.findings)))
    for finding in verdict.findings:
        yield from _finding(finding, say)
    yield say("therefore", status=status, means=messages.detail("status", verdict.status.value, "means"))
    for reason in verdict.reasons:
        yield f"   {clean(messages.reason(reason))}"
    advice = advise(verdict, edition, messages)
    yield say("next", advice=advice.text)
    for line in advice.paste.splitlines():
        yield f"      {line}"


class Phrases:
    """The sentences of an explanation."""

    def __init__(self, messages: Messages) -> None:
        self.messages = messages

    def __call__(self, key: str, **values: str) -> str:
        return self.messages.word("explain", key, **values)


def _candidate(candidate: Candidate, say: Phrases) -> Iterator[str]:
    mark = "*" if candidate.chosen else "-"
    yield f"   {mark} {candidate.score:.2f} {address(candidate.url)} {clean(candidate.label)}".rstrip()
    for reason in candidate.reasons:
        yield f"        {clean(say.messages.reason(reason))}"


def _finding(finding: Finding, say: Phrases) -> Iterator[str]:
    word = say.messages.word
    marks = [word("advised", "")] if finding.level.value == "advised" else []
    if finding.says_none:
        marks.append(word("says_none", ""))
    if finding.verify:
        marks.append(word("verify", ""))
    mark = say.messages.detail("element", finding.status.value, "mark")
    told = f" [{', '.join(marks)}]" if marks else ""
    yield f"   {mark} {word('element', finding.status.value)}: {clean(finding.text)} ({finding.element}){told}"
    if finding.reason is not None:
        yield f"        {clean(say.messages.reason(finding.reason))}"
    for quote in finding.quotes:
        yield f"        “{clean(quote.quote)}” — {_place(quote, say)}"
    if finding.seen:
        yield f"        {word('page', 'saw_headings')}: {' | '.join(clean(text, 80) for text in finding.seen)}"


def _place(quote: Quote, say: Phrases) -> str:
    word = say.messages.word
    places = [
        address(quote.url),
        f"{word('page', 'page_no')} {quote.page}" if quote.page else "",
        f"{word('page', 'line_no')} {quote.line}" if quote.line else "",
        clean(quote.sheet),
        word("method", quote.method.value),
    ]
    return ", ".join(place for place in places if place)


def address(url: str) -> str:
    """An address with its Thai letters readable."""
    return clean(unquote(url, errors="replace"))


def clean(text: str, longest: int = _MAX_QUOTE) -> str:
    """Text of a site in one line, safe for a terminal; cut with an ellipsis."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
