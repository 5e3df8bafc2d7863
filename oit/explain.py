"""Why a verdict is what it is, as lines that a person can follow from the site to the status."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from oit.model import Assessment, Candidate, Finding, Quote, Reason, Verdict

_MAX_QUOTE = 300
_WAY = " > "


def explain_lines(assessment: Assessment, verdict: Verdict) -> Iterator[str]:
    """Verdict, crawl, candidates looked at, evidence with the way there, then element by element with quotes.

    Text from the site has no control characters left in it: a terminal would obey them."""
    crawl = assessment.crawl
    when = f"edition {assessment.edition}, as of {assessment.as_of}"
    yield f"{verdict.item} {verdict.title}: {verdict.status.value} ({when})"
    yield f"costs {verdict.cost:.2f} points of the OIT score if failed; sub-indicator {verdict.sub_indicator}"
    for reason in verdict.reasons:
        yield f"  because {_reason(reason)}"
    cause = "" if crawl.complete else f" not ({crawl.stopped_by or 'errors'})"
    whole = f"the whole site was{cause} read"
    old = ", an earlier night's" if crawl.stale else ""
    read = f"{crawl.pages} pages, {crawl.documents} documents"
    yield f"crawl of {crawl.started:%Y-%m-%d %H:%M} UTC{old}: {read}; {whole}"
    yield f"candidates looked at: {len(verdict.candidates) or 'none'}"
    for candidate in verdict.candidates:
        yield from _candidate(candidate)
    yield f"evidence: {len(verdict.evidence) or 'none'}"
    for evidence in verdict.evidence:
        yield f"  {address(evidence.url)}"
        if evidence.found_via:
            yield f"    way: {_WAY.join(address(url) for url in evidence.found_via)}"
        yield f"    label: {clean(evidence.label)}" if evidence.label else "    no label"
    yield f"elements: {len(verdict.findings) or 'none judged'}"
    for finding in verdict.findings:
        yield from _finding(finding)


def _candidate(candidate: Candidate) -> Iterator[str]:
    mark = "*" if candidate.chosen else "-"
    yield f"  {mark} {candidate.score:.2f} {address(candidate.url)} {clean(candidate.label)}".rstrip()
    for reason in candidate.reasons:
        yield f"      {_reason(reason)}"


def _finding(finding: Finding) -> Iterator[str]:
    marks = [finding.level.value]
    if finding.says_none:
        marks.append("says none")
    if finding.verify:
        marks.append("the manual's wording is to be verified")
    yield f"  {finding.element} ({clean(finding.text)}): {finding.status.value} [{', '.join(marks)}]"
    if finding.reason is not None:
        yield f"      {_reason(finding.reason)}"
    for quote in finding.quotes:
        yield f"      {_place(quote)}: {clean(quote.quote)}"
    if finding.seen:
        yield f"      headings seen: {' | '.join(clean(text, 80) for text in finding.seen)}"


def _place(quote: Quote) -> str:
    places = [
        f"page {quote.page}" if quote.page else "",
        f"line {quote.line}" if quote.line else "",
        clean(quote.sheet),
    ]
    return ", ".join([address(quote.url), *(place for place in places if place), quote.method.value])


def _reason(reason: Reason) -> str:
    values = ", ".join(f"{name} {clean(value)}" for name, value in reason.values.items() if value)
    return f"{reason.code}: {values}" if values else reason.code


def address(url: str) -> str:
    """An address with its Thai letters readable."""
    return clean(unquote(url, errors="replace"))


def clean(text: str, longest: int = _MAX_QUOTE) -> str:
    """Text of a site in one line, safe for a terminal; cut with an ellipsis."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
