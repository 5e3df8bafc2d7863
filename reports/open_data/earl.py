"""Test results in EARL (the W3C's Evaluation and Report Language) as JSON-LD: an assertion per agency and item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklist.rules.model import Edition
from core.atomic import open_atomic
from core.models.assessment import Assessment, ItemStatus, Verdict
from core.sanitize import safe_link, sanitize_text
from reports.agency_json import moment
from reports.messages import Messages

CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "info": "earl:info",
    "title": "dct:title",
    "date": {"@id": "dct:date", "@type": "xsd:dateTime"},
    "source": {"@id": "dct:source", "@type": "@id"},
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "release": "doap:release",
}
OUTCOMES: Mapping[ItemStatus, str] = {
    ItemStatus.COMPLETE: "earl:passed",
    ItemStatus.INCOMPLETE: "earl:failed",
    ItemStatus.OUTDATED: "earl:failed",
    ItemStatus.MISSING: "earl:failed",
    ItemStatus.UNREACHABLE: "earl:failed",
    ItemStatus.REVIEW: "earl:cantTell",
    ItemStatus.UNCHECKED: "earl:untested",
    ItemStatus.NOT_DUE: "earl:inapplicable",
    ItemStatus.EXEMPT: "earl:inapplicable",
}
"""What could not be read is untested, never failed."""
_TOOL = "urn:oit:program"


@dataclass(frozen=True, slots=True)
class EarlData:
    """What is told. `assessments` are gone through twice, `sectors` are the editions by scheme, `release` is the
    program's version."""

    assessments: Iterable[Assessment]
    edition: Edition
    sectors: Mapping[str, Edition]
    messages: Messages
    release: str


def write_earl(path: Path, data: EarlData) -> None:
    """Write the results of all agencies, each node as it is made: a country's are 400,000. Raises OSError."""
    with open_atomic(path) as file:
        file.write(f'{{\n "@context": {_json(CONTEXT, 1)},\n "@graph": ['.encode())
        comma = ""
        for node in _nodes(data):
            file.write(f"{comma}\n  {_json(node, 2)}".encode("utf-8", "replace"))
            comma = ","
        file.write(b"\n ]\n}\n")


def _json(value: Mapping[str, Any], deep: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * deep)


def _nodes(data: EarlData) -> Iterator[dict[str, Any]]:
    yield {"@id": _TOOL, "@type": ["earl:Assertor", "earl:Software"], "title": "oit", "release": data.release}
    used = {a.scheme: data.sectors.get(a.scheme, data.edition) for a in data.assessments}
    for each in used.values():
        for item in each.items:
            yield {"@id": _test(each, item.id), "@type": "earl:TestRequirement", "title": f"{item.id} {item.title}"}
    for one in data.assessments:
        yield _subject(one)
        for verdict in one.verdicts:
            yield _assertion(one, verdict, used[one.scheme], data.messages)


def _subject(one: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": f"urn:oit:agency:{one.agency.id}",
        "@type": "earl:TestSubject",
        "title": sanitize_text(one.agency.name),
    }
    source = safe_link(one.agency.url)
    return {**found, "source": source} if source else found


def _assertion(one: Assessment, verdict: Verdict, edition: Edition, messages: Messages) -> dict[str, Any]:
    reasons = [messages.reason(reason) for reason in verdict.reasons]
    lacks = [f.text for f in verdict.findings if f.status.value in ("missing", "empty") and f.level.value == "required"]
    info = " · ".join(sanitize_text(text) for text in (*reasons, *lacks))
    # A person's word, where it decided, is no machine's finding.
    manual = any(shown.holds for shown in verdict.decisions)
    result: dict[str, Any] = {
        "@type": "earl:TestResult",
        "outcome": OUTCOMES[verdict.status],
        "title": messages.word("status", verdict.status.value),
        "date": moment(one.crawl.finished or one.crawl.started),
    }
    if info:
        result["info"] = sanitize_text(info, 2000)
    sources = [url for each in verdict.evidence if (url := safe_link(each.url))]
    if sources:
        result["source"] = sources
    return {
        "@type": "earl:Assertion",
        "assertedBy": _TOOL,
        "subject": f"urn:oit:agency:{one.agency.id}",
        "test": _test(edition, verdict.item),
        "mode": "earl:semiAuto" if manual else "earl:automatic",
        "result": result,
    }


def _test(edition: Edition, item: str) -> str:
    return f"urn:oit:edition:{edition.name}:{item}"
