"""Of a section that is absent the webmaster is shown the headings of the report, not of the page that links to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.matchers import run
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher
from core.models.agency import Agency
from core.models.snapshot import Block, BlockKind, FetchOutcome, ReadState, Resource, ResourceKind, Snapshot


def resource(name: str, kind: ResourceKind, *headings: str) -> Resource:
    blocks = tuple(Block(BlockKind.HEADING, text, level=2, page=1) for text in headings)
    return Resource(f"https://a.go.th/{name}", FetchOutcome.OK, kind=kind, blocks=blocks, read_state=ReadState.READ)


def test_headings_seen_are_those_of_the_report(shipped: Rules) -> None:
    page = resource("o12.html", ResourceKind.PAGE, "รายงานผลการดำเนินงาน")
    report = resource("o12.pdf", ResourceKind.DOCUMENT, "1. บทนำ", "2. ผลการดำเนินงาน")
    moment = datetime(2023, 4, 30, tzinfo=UTC)
    agency = Agency("a", "ก", "https://a.go.th/")
    snapshot = Snapshot(agency, moment, moment, True, "", (page, report), frozenset({"a.go.th"}))
    edition = shipped.edition(2566)
    parts = tuple(EvidencePart(r, 0, len(r.blocks)) for r in (page, report))
    known = {r.url: r for r in snapshot.resources}
    view = EvidenceView(
        edition.item("O12"), edition.year, date(2023, 4, 30), snapshot, parts, "", shipped.lexicon, known
    )
    result = run(Matcher.model_validate({"section": {"part": "problems"}}), view)
    assert result.seen == ("1. บทนำ", "2. ผลการดำเนินงาน")
