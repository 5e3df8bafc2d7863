"""The tables of the open data, described once: CSV, datapackage and SQLite are written from this description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.models.assessment import Assessment, Verdict
from core.models.decision import Decision
from core.models.history import Place, StatusSpan
from core.sanitize import sanitize_lines, sanitize_text
from reports.agency_json import moment, points

Value = str | int | float | None
_LONG = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `type` is Table Schema's: string, integer, number, boolean, date, datetime."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table. `rows` are made anew at each call, so that a country's rows need not be held."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[Value, ...]]]
    refers: Mapping[str, str]
    """Column -> the table whose column of the same name (`id` there) it refers to."""


@dataclass(frozen=True, slots=True)
class OpenData:
    """What is told: the agencies' assessments as people decided them, their history, what people said."""

    assessments: Iterable[Assessment]
    spans: Mapping[str, Mapping[Place, Sequence[StatusSpan]]]
    decisions: Sequence[Decision]


def open_tables(data: OpenData) -> tuple[OpenTable, ...]:
    """All tables, agencies first."""
    of_agency = {"agency": "agencies"}
    place = ("agency", "item")
    return (
        OpenTable("agencies", "One row per agency", _AGENCIES, ("id",), lambda: _agencies(data), {}),
        OpenTable("items", "One row per agency and item", _ITEMS, place, lambda: _items(data), of_agency),
        OpenTable(
            "elements",
            "One row per element of an item",
            _ELEMENTS,
            (*place, "element"),
            lambda: _elements(data),
            of_agency,
        ),
        OpenTable(
            "evidence",
            "One row per page or document that serves as evidence",
            _EVIDENCE,
            (*place, "position"),
            lambda: _evidence(data),
            of_agency,
        ),
        OpenTable(
            "history",
            "One row per span of time in which a status held",
            _HISTORY,
            (*place, "element", "since"),
            lambda: _history(data),
            of_agency,
        ),
        OpenTable("decisions", "What people decided or objected", _DECISIONS, (), lambda: _decisions(data), {}),
    )


_AGENCY = Field("agency", "string", "Id of the agency")
_ITEM = Field("item", "string", "Number of the item in its edition")
_ELEMENT = Field("element", "string", "Id of the element; empty for the item itself")
_AGENCIES = (
    Field("id", "string", "Id of the agency"),
    Field("name", "string", "Name of the agency"),
    Field("url", "string", "Main web site"),
    Field("kind", "string", "Kind of agency"),
    Field("edition", "integer", "Buddhist-era fiscal year of the manual"),
    Field("scheme", "string", "The sector's list that it was judged by; empty for the general one"),
    Field("as_of", "date", "Date of the judgement"),
    Field("lowest", "number", "OIT score (0-100) that counts complete items only"),
    Field("highest", "number", "OIT score that counts undecided items too"),
    Field("crawled", "datetime", "Begin of the crawl that was judged, UTC"),
    Field("complete", "boolean", "Whether the whole site was read"),
    Field("stale", "boolean", "Whether the last night could not read the site, so that this is an earlier result"),
    Field("pages", "integer", "Pages read"),
    Field("documents", "integer", "Documents read"),
    Field("failed", "integer", "Addresses that could not be read"),
)
_ITEMS = (
    _AGENCY,
    _ITEM,
    Field("title", "string", "Title of the item"),
    Field("sub_indicator", "string", "Sub-indicator that it counts for"),
    Field(
        "status", "string", "complete, incomplete, outdated, missing, unreachable, unchecked, review, not_due, exempt"
    ),
    Field("cost", "number", "Points of the OIT score that the item is worth"),
    Field("due", "date", "From when the manual asks for it"),
    Field("if_due", "string", "What it would be today, where it is not due yet"),
    Field("decided_by", "string", "Who decided it, where a person did"),
)
_ELEMENTS = (
    _AGENCY,
    _ITEM,
    Field("element", "string", "Id of the element"),
    Field("text", "string", "What the manual asks for"),
    Field("level", "string", "required or advised"),
    Field("status", "string", "present, missing, empty, review"),
    Field("says_none", "boolean", "Whether the document says that there is none"),
    Field("quote", "string", "First quote"),
    Field("page", "integer", "Page of the quote"),
    Field("url", "string", "Address of the quote"),
)
_EVIDENCE = (
    _AGENCY,
    _ITEM,
    Field("position", "integer", "Place among the item's evidence"),
    Field("url", "string", "Address"),
    Field("label", "string", "Text of the link"),
    Field("content_type", "string", "Media type"),
    Field("sha256", "string", "SHA-256 of the body"),
    Field("fetched", "datetime", "When it was fetched, UTC"),
    Field("http_status", "integer", "Status of the answer"),
)
_HISTORY = (
    _AGENCY,
    Field("edition", "integer", "Buddhist-era fiscal year of the manual"),
    _ITEM,
    _ELEMENT,
    Field("status", "string", "Status in this span"),
    Field("since", "datetime", "First night of the span, UTC"),
    Field("last_seen", "datetime", "Last night that saw it, UTC"),
    Field("until", "datetime", "Night that saw another status, UTC; empty if it holds now"),
)
_DECISIONS = (
    _AGENCY,
    Field("edition", "integer", "Buddhist-era fiscal year of the manual"),
    Field("scheme", "string", "The sector's list; empty for the general one"),
    _ITEM,
    _ELEMENT,
    Field("kind", "string", "decision or objection"),
    Field("answer", "string", "accept, refuse, unknown"),
    Field("why", "string", "The person's reason"),
    Field("url", "string", "Page that an objection names"),
    Field("by", "string", "Who"),
    Field("at", "datetime", "When, UTC"),
)


def _agencies(data: OpenData) -> Iterator[tuple[Value, ...]]:
    for one in data.assessments:
        agency, crawl = one.agency, one.crawl
        yield (
            agency.id,
            _text(agency.name),
            _text(agency.url, _LONG),
            agency.kind,
            one.edition,
            one.scheme,
            one.as_of.isoformat(),
            points(one.score.lowest),
            points(one.score.highest),
            moment(crawl.started),
            _flag(crawl.complete),
            _flag(crawl.stale),
            crawl.pages,
            crawl.documents,
            crawl.failed,
        )


def _verdicts(data: OpenData) -> Iterator[tuple[str, Verdict]]:
    for one in data.assessments:
        for verdict in one.verdicts:
            yield one.agency.id, verdict


def _items(data: OpenData) -> Iterator[tuple[Value, ...]]:
    for agency, verdict in _verdicts(data):
        decided = next((d.decision.by for d in verdict.decisions if d.holds and not d.decision.element), "")
        yield (
            agency,
            verdict.item,
            _text(verdict.title),
            verdict.sub_indicator,
            verdict.status.value,
            round(verdict.cost, 4),
            verdict.due.isoformat() if verdict.due else None,
            verdict.if_due.status.value if verdict.if_due else "",
            _text(decided),
        )


def _elements(data: OpenData) -> Iterator[tuple[Value, ...]]:
    for agency, verdict in _verdicts(data):
        for finding in verdict.findings:
            quote = finding.quotes[0] if finding.quotes else None
            yield (
                agency,
                verdict.item,
                finding.element,
                _text(finding.text),
                finding.level.value,
                finding.status.value,
                _flag(finding.says_none),
                _text(quote.quote) if quote else "",
                quote.page if quote else None,
                _text(quote.url, _LONG) if quote else "",
            )


def _evidence(data: OpenData) -> Iterator[tuple[Value, ...]]:
    for agency, verdict in _verdicts(data):
        for position, each in enumerate(verdict.evidence, 1):
            yield (
                agency,
                verdict.item,
                position,
                _text(each.url, _LONG),
                _text(each.label),
                _text(each.content_type),
                each.sha256,
                moment(each.fetched),
                each.http_status,
            )


def _history(data: OpenData) -> Iterator[tuple[Value, ...]]:
    for one in data.assessments:
        for (item, element), held in sorted(data.spans.get(one.agency.id, {}).items()):
            for span in held:
                times = (_moment(span.since), _moment(span.last_seen), _moment(span.until))
                yield one.agency.id, one.edition, item, element, span.status, *times


def _decisions(data: OpenData) -> Iterator[tuple[Value, ...]]:
    for each in data.decisions:
        yield (
            each.agency,
            each.edition,
            each.scheme,
            each.item,
            each.element,
            each.kind.value,
            each.answer.value,
            sanitize_lines(each.why, _LONG).replace("\n", " "),
            _text(each.url, _LONG),
            _text(each.by),
            _moment(each.at),
        )


def _text(text: str, length: int = 1000) -> str:
    return sanitize_text(text, length)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _moment(value: datetime | None) -> str | None:
    return moment(value)
