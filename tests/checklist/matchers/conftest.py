"""One way to judge a small piece of evidence by one matcher, for the tests of all matchers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.examples.runner import example_view
from checklist.matchers import run
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher
from core.models.agency import Agency
from core.models.snapshot import Block, FetchOutcome, Resource, ResourceKind, Snapshot, StopReason
from core.storage.store import with_reading
from documents.base import ReadLimits
from documents.html.reader import read_html

Spec = dict[str, object]
HOME = "https://a.go.th/"
PAGE = "https://a.go.th/o/"


def _scanned(part: EvidencePart) -> EvidencePart:
    def scanned(block: Block) -> Block:
        text = re.sub(r"25\d\d", "๒๕๒", block.text)
        return replace(block, text=text, ocr=True, reread=block.text if text != block.text else "")

    return replace(part, resource=replace(part.resource, blocks=tuple(map(scanned, part.resource.blocks))))


class Judge:
    """Says the status of one matcher in edition 2566."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._edition = rules.edition(2566)

    def __call__(self, spec: Spec, text: str, item: str = "O13") -> str:
        """Judge evidence that is written as the examples in rules.yaml are."""
        view = example_view(self._rules, self._edition, self._edition.item(item), text)
        return run(Matcher.model_validate(spec), view).status.value

    def scanned(self, spec: Spec, text: str, item: str = "O13") -> MatchResult:
        """The same of a scan: recognition read nothing right of the years, their digits' shapes told them."""
        view = example_view(self._rules, self._edition, self._edition.item(item), text)
        return run(Matcher.model_validate(spec), replace(view, parts=tuple(map(_scanned, view.parts))))

    def whole(self, spec: Spec, text: str, item: str = "O13") -> MatchResult:
        """The same with its reason and quotes."""
        view = example_view(self._rules, self._edition, self._edition.item(item), text)
        return run(Matcher.model_validate(spec), view)

    def document(self, spec: Spec, *blocks: Block, item: str = "O13") -> str:
        """The same of an office document with these blocks."""
        view = example_view(self._rules, self._edition, self._edition.item(item), "-")
        resource = replace(view.parts[0].resource, kind=ResourceKind.DOCUMENT, blocks=blocks)
        part = EvidencePart(resource, 0, len(blocks))
        return run(Matcher.model_validate(spec), replace(view, parts=(part,))).status.value

    def page(self, spec: Spec, html: str, item: str = "O13", **others: FetchOutcome) -> str:
        """Judge a web page; `others` are outcomes of further addresses of the site, by path."""
        reading = read_html(f"<html><body>{html}</body></html>".encode(), PAGE, "text/html", ReadLimits())
        page = with_reading(
            Resource(PAGE, FetchOutcome.OK, final_url=PAGE, kind=ResourceKind.PAGE, found_via=(HOME,)), reading
        )
        home = Resource(HOME, FetchOutcome.OK, kind=ResourceKind.PAGE, links=page.links)
        more = [Resource(f"{HOME}{name}", outcome) for name, outcome in others.items()]
        moment = datetime(2023, 4, 30, tzinfo=UTC)
        resources = (home, page, *more)
        snapshot = Snapshot(
            Agency("a", "ก", HOME), moment, moment, True, StopReason.NONE, resources, frozenset({"a.go.th"})
        )
        view = EvidenceView(
            self._edition.item(item),
            self._edition.year,
            moment.date(),
            snapshot,
            (EvidencePart(page, 0, len(page.blocks)),),
            "",
            self._rules.lexicon,
            {r.url: r for r in resources},
        )
        return run(Matcher.model_validate(spec), view).status.value


@pytest.fixture
def judge(shipped: Rules) -> Judge:
    """Judges small pieces of evidence by the shipped rules."""
    return Judge(shipped)
