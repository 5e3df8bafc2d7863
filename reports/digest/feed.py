"""feed.xml: what changed at an agency, night by night, for feed readers (Atom). A night without a change adds nothing,
so the file stays the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from core.models.assessment import Assessment, ItemStatus
from core.models.history import Place, StatusSpan
from core.sanitize import sanitize_text
from reports.messages import Messages
from reports.ordering import GAPS

_ATOM = "http://www.w3.org/2005/Atom"
_NIGHTS = 40
"""Nights with a change that a feed keeps."""
_GAPS = frozenset(status.value for status in GAPS)
_TEXT = 2000
Spans = Mapping[Place, Sequence[StatusSpan]]
"""Item and element -> its spans, the oldest first."""


def agency_feed(assessment: Assessment, spans: Spans, messages: Messages) -> bytes:
    """Return an agency's feed: an entry for each night on which a gap came, came back or was closed."""
    agency, edition = assessment.agency, assessment.edition
    coming = frozenset(v.item for v in assessment.verdicts if v.if_due is not None)
    nights = _nights(spans, coming)
    # The list says no address of the pages: names that stay the same do.
    name = f"urn:oit:{agency.id}:{edition}"
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "th"})
    _add(feed, "id", name)
    _add(feed, "title", messages.word("feed", "title", year=str(edition), name=sanitize_text(agency.name)))
    newest = max(nights, default=min((s.since for held in spans.values() for s in held), default=None))
    _add(feed, "updated", _moment(newest or datetime(1970, 1, 1, tzinfo=UTC)))
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", "oit")
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": "feed.xml"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": "report.html"})
    for at in sorted(nights, reverse=True)[:_NIGHTS]:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", f"{name}:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        _add(entry, "updated", _moment(at))
        told = _told(nights[at], messages)
        _add(entry, "title", messages.word("feed", "entry", day=messages.day(at), changes=told))
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": "report.html"})
        content = ElementTree.SubElement(entry, "content", {"type": "text"})
        content.text = "\n".join(_lines(nights[at], assessment, messages))
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


_Changes = dict[str, list[StatusSpan]]


def _nights(spans: Spans, coming: frozenset[str]) -> dict[datetime, _Changes]:
    """Night -> kind of change -> the spans that began so. What is not due yet is no gap yet."""
    nights: dict[datetime, _Changes] = defaultdict(lambda: defaultdict(list))
    for (item, element), held in spans.items():
        if element or item in coming:
            continue
        was_gap, known = False, False
        for span in held:
            is_gap = span.status in _GAPS
            if is_gap and not was_gap:
                nights[span.since]["back" if known else "new"].append(span)
            elif was_gap and not is_gap:
                nights[span.since]["fixed"].append(span)
            was_gap, known = is_gap, known or is_gap
    return dict(nights)


def _told(changes: _Changes, messages: Messages) -> str:
    told = (
        messages.word("feed", kind, items=", ".join(span.item for span in changes[kind]))
        for kind in ("fixed", "new", "back")
        if changes.get(kind)
    )
    return " · ".join(told)


def _lines(changes: _Changes, assessment: Assessment, messages: Messages) -> list[str]:
    titles = {v.item: v.title for v in assessment.verdicts}
    lines = []
    for kind in ("fixed", "new", "back"):
        for span in changes.get(kind, ()):
            known = span.status in ItemStatus.__members__.values()
            status = messages.word("status", span.status) if known else sanitize_text(span.status)
            item = sanitize_text(f"{span.item} {titles.get(span.item, '')}")
            lines.append(sanitize_text(messages.word("feed", "gap", item=item, status=status), _TEXT))
    return lines


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = sanitize_text(text, _TEXT)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
