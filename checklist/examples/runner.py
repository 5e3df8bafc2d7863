"""Rules that defend themselves: the examples in rules.yaml, run against their own matchers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.examples.notation import HOME, read_example
from checklist.matchers import run
from checklist.rules.model import Edition, Element, Item, Rules
from checklist.rules.specs import Matcher, SectionMatch
from core.models.agency import Agency
from core.models.assessment import ElementStatus
from core.models.snapshot import Snapshot, StopReason


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
    """Every example of every element and word list that does not hold; empty if all do."""
    elements = (
        failure
        for edition in rules.editions
        for item in edition.items
        for element in item.elements
        for failure in _element(rules, edition, item, element)
    )
    return (*elements, *_word_notes(rules))


def _word_notes(rules: Rules) -> list[Failure]:
    """The examples of word lists, each judged as the section of problems of a yearly report."""
    edition, item = rules.newest, rules.newest.items[0]
    section = Matcher(section=SectionMatch(part="problems"))
    return [
        failure
        for note in rules.word_notes
        for failure in _element(
            rules, edition, item, Element(id=note.id, text=note.says, match=section, examples=note.examples)
        )
    ]


def bare_elements(rules: Rules) -> tuple[str, ...]:
    """Elements that have no example that must match, or none that must not: a fault in them may go unseen."""
    return tuple(
        f"edition {edition.year} {item.id} {element.id}"
        for edition in rules.editions
        for item in edition.items
        for element in item.elements
        if not (element.examples.match and element.examples.reject)
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
    """The evidence that an example of an item shows, as it would be seen on the edition's last day of answering."""
    example = read_example(text, item.title)
    day = date.fromisoformat(edition.answers_until)
    moment = _midnight(day)
    resources = (example.home, example.resource, *example.others)
    hosts = frozenset({"www.example.go.th"})
    snapshot = Snapshot(Agency("example", "example", HOME), moment, moment, True, StopReason.NONE, resources, hosts)
    part = EvidencePart(example.resource, 0, len(example.resource.blocks), example.resource.label)
    by_url = {resource.url: resource for resource in resources}
    return EvidenceView(item, edition.year, day, snapshot, (part,), item.title, rules.lexicon, by_url)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
