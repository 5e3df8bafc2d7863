"""The examples in rules.yaml, run: texts that must and that must not satisfy an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from checklist.matchers import run
from checklist.rules.model import Edition, Element, Item, Rules
from checklist.view import EvidenceView, Part
from oit.model import (
    Agency,
    Block,
    BlockKind,
    ElementStatus,
    Link,
    Outcome,
    ReadState,
    Resource,
    ResourceKind,
    Snapshot,
)

_HOME = "https://www.example.go.th/"
_PAGE = _HOME + "evidence"
_LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<url>[^)\s]*)\)")
_IMAGE = re.compile(r"!\[(?P<label>[^\]]*)\]\((?P<url>[^)\s]*)\)")


@dataclass(frozen=True, slots=True)
class FailedExample:
    """An example that came out otherwise than it should. `wanted` says whether it must match."""

    edition: int
    item: str
    element: str
    text: str
    wanted: bool
    status: ElementStatus

    def __str__(self) -> str:
        must = "must be found in" if self.wanted else "must not be found in"
        shown = self.text.replace("\n", " / ")[:120]
        return f"{self.edition} {self.item} {self.element}: {must} {shown!r}, got {self.status.value}"


def run_examples(rules: Rules) -> tuple[FailedExample, ...]:
    """All examples of all editions that fail; each distinct one is run once."""
    return tuple(failed for edition in rules.editions for failed in _edition(rules, edition))


def count_examples(rules: Rules) -> int:
    """How many examples `run_examples` looks at."""
    elements = [e for edition in rules.editions for item in edition.items for e in item.elements]
    return sum(len(e.examples.match) + len(e.examples.reject) for e in elements)


def _edition(rules: Rules, edition: Edition) -> Iterator[FailedExample]:
    for item in edition.items:
        for element in item.elements:
            yield from _element(rules, edition, item, element)


def _element(rules: Rules, edition: Edition, item: Item, element: Element) -> Iterator[FailedExample]:
    for wanted, texts in ((True, element.examples.match), (False, element.examples.reject)):
        for text in texts:
            status = run(element.match, example_view(text, rules, edition, item)).status
            if (status is ElementStatus.PRESENT) is not wanted:
                yield FailedExample(edition.year, item.id, element.id, text, wanted, status)


def example_view(text: str, rules: Rules, edition: Edition, item: Item) -> EvidenceView:
    """A one-page site from a text, a block per line: `# ` heading, `|a|b|` table row (the first of a table is its
    header), `[label](url)` link, `![alt](url)` picture, `form: ` a form's labels; any other line a paragraph."""
    blocks: list[Block] = []
    links: list[Link] = []
    for block, found in _lines(text):
        links.extend(Link(_absolute(m["url"]), m["label"], m["label"], block=len(blocks)) for m in found)
        blocks.append(block)
    page = Resource(
        _PAGE, Outcome.OK, final_url=_PAGE, kind=ResourceKind.PAGE, found_via=(_HOME,), blocks=tuple(blocks),
        links=tuple(links), read_state=ReadState.READ,
    )  # fmt: skip
    agency = Agency("example", "example", _HOME)
    start = datetime(edition.year - 543, 1, 1, tzinfo=UTC)
    resources = (page,) if blocks else ()
    snapshot = Snapshot(agency, start, start, complete=True, stopped_by="", resources=resources)
    parts = (Part(page, 0, len(blocks)),) if blocks else ()
    return EvidenceView(
        item, edition, date.fromisoformat(edition.answers_until), snapshot, parts,
        lexicon=rules.lexicon, by_url={page.url: page},
    )  # fmt: skip


def _lines(text: str) -> Iterator[tuple[Block, tuple[re.Match[str], ...]]]:
    table, row = -1, -1
    for line in text.split("\n"):
        line = line.strip()
        if not line.startswith("|"):
            row = -1
        if not line:
            continue
        image = _IMAGE.fullmatch(line)
        if line.startswith("|"):
            row += 1
            table += row == 0
            for col, cell in enumerate(line.strip("|").split("|")):
                yield Block(BlockKind.CELL, cell.strip(), table=table, row=row, col=col, header=row == 0), ()
        elif line.startswith("# "):
            yield Block(BlockKind.HEADING, line[2:].strip(), level=2), ()
        elif line.startswith("form: "):
            yield Block(BlockKind.FORM, line[6:].strip(), src=_PAGE + "/send"), ()
        elif image is not None:
            yield Block(BlockKind.IMAGE, image["label"], src=_absolute(image["url"])), ()
        else:
            found = tuple(_LINK.finditer(line))
            yield Block(BlockKind.PARAGRAPH, _LINK.sub(r"\g<label>", line)), found


def _absolute(url: str) -> str:
    return url if "://" in url else _HOME + url.lstrip("/")
