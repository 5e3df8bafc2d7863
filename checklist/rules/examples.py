"""Rules that defend themselves: the examples in rules.yaml, run against their own matchers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from checklist.matchers import run
from checklist.rules.model import Edition, Element, Item, Rules
from checklist.view import EvidenceView, Part
from oit.model import Agency, Block, BlockKind, ElementStatus, Outcome, ReadState, Resource, ResourceKind, Snapshot

_ADDRESS = "https://example.go.th/example"


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold."""

    edition: int
    item: str
    element: str
    text: str
    wanted: bool

    def __str__(self) -> str:
        verb = "must match" if self.wanted else "must not match"
        return f"edition {self.edition} {self.item} {self.element}: example {verb}: {self.text[:80]!r}"


def run_examples(rules: Rules) -> tuple[Failure, ...]:
    """Every example of every element that does not hold; empty if all do."""
    return tuple(
        failure
        for edition in rules.editions
        for item in edition.items
        for element in item.elements
        for failure in _element(rules, edition, item, element)
    )


def _element(rules: Rules, edition: Edition, item: Item, element: Element) -> list[Failure]:
    failures = []
    for wanted, texts in ((True, element.examples.match), (False, element.examples.reject)):
        for text in texts:
            result = run(element.match, example_view(rules, edition, item, text))
            if (result.status is ElementStatus.PRESENT) is not wanted:
                failures.append(Failure(edition.year, item.id, element.id, text, wanted))
    return failures


def example_view(rules: Rules, edition: Edition, item: Item, text: str) -> EvidenceView:
    """A small piece of evidence from a text: a line is a block, `# ` makes it a heading, `|a|b|` a table's row."""
    blocks: list[Block] = []
    row = 0
    for line in text.splitlines():
        if line.startswith("|") and line.endswith("|"):
            cells = line.strip("|").split("|")
            blocks += [
                Block(BlockKind.CELL, cell.strip(), table=0, row=row, col=col, header=row == 0)
                for col, cell in enumerate(cells)
            ]
            row += 1
        elif line.startswith("# "):
            blocks.append(Block(BlockKind.HEADING, line[2:], level=2))
        elif line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, line.strip()))
    resource = Resource(
        _ADDRESS,
        Outcome.OK,
        kind=ResourceKind.DOCUMENT,
        blocks=tuple(blocks),
        read_state=ReadState.READ,
        found_via=("https://example.go.th/",),
    )
    agency = Agency("example", "example", "https://example.go.th/")
    day = date.fromisoformat(edition.answers_until)
    moment = _midnight(day)
    snapshot = Snapshot(agency, moment, moment, True, "", (resource,))
    part = Part(resource, 0, len(blocks))
    return EvidenceView(item, edition, day, snapshot, (part,), "", rules.lexicon, {_ADDRESS: resource})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
