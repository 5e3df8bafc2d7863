"""What a matcher sees: the evidence of one item, as parts of resources, with the site behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from checklist.rules.model import Item
from core.models.assessment import ElementStatus, Quote, Reason
from core.models.snapshot import Block, Resource, Snapshot
from core.thai.normalize import make_key


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """A run of blocks of one resource that serves as evidence: a whole document, or the section of an
    index page that stands under the item's label. `stop` is exclusive."""

    resource: Resource
    start: int
    stop: int
    label: str = ""
    skip: frozenset[int] = frozenset()
    """Blocks that only name what is read elsewhere: the labels of links whose targets are evidence themselves."""
    bound: bool = False
    """A document of its own within a file of several, from the page on to which an entry leads."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of this part, in reading order."""
        return self.resource.blocks[self.start : self.stop]

    @property
    def key(self) -> tuple[str, int, int]:
        """Where it is: its address and the places of its blocks."""
        return self.resource.url, self.start, self.stop

    @property
    def document(self) -> Resource | None:
        """What it is of as a whole: its resource, or one of the documents bound in that, with pages of its own. None
        for a section of a page."""
        if self.is_whole:
            return self.resource
        if not self.bound:
            return None
        before = (self.blocks[0].page or 1) - 1
        own = tuple(replace(block, page=block.page - before if block.page else None) for block in self.blocks)
        return replace(self.resource, blocks=own, title="")

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its resource."""
        return self.start == 0 and self.stop >= len(self.resource.blocks)

    def numbered_blocks(self) -> Iterator[tuple[int, Block]]:
        """Each block with its index in `resource.blocks`, without those to skip."""
        pairs = zip(range(self.start, self.stop), self.blocks, strict=False)
        return (pair for pair in pairs if pair[0] not in self.skip) if self.skip else pairs


PartKey = tuple[str, int, int, frozenset[int]]
"""The address of a part, its first block and the one behind it, and the blocks that are skipped."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One item's evidence. `parts` is ordered, the likeliest first; `label` is the index entry's text."""

    item: Item
    assessment_year: int
    """The Buddhist-era fiscal year of the edition, all that a matcher may know of it."""
    as_of: date
    snapshot: Snapshot
    parts: tuple[EvidencePart, ...]
    label: str = ""
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_url: Mapping[str, Resource] = field(default_factory=dict)
    """Every resource of the snapshot by its address (final address too)."""
    blank_names: dict[PartKey, frozenset[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What matchers found of each part's columns, which many of them ask for (checklist/matchers/columns.py). A view
    with other parts begins anew: what is shown of a document differs from what is written in it."""
    part_names: frozenset[str] = field(init=False)
    """Keys of what the parts are called."""

    def __post_init__(self) -> None:
        """Make the keys once: of many parts, each is asked about with the names of all."""
        names = frozenset(make_key(part.label).text for part in self.parts if part.label)
        object.__setattr__(self, "part_names", names)

    @property
    def home(self) -> Resource | None:
        """The home page as it was read, if it was."""
        return self.by_url.get(self.snapshot.agency.url) or (
            self.snapshot.resources[0] if self.snapshot.resources else None
        )

    @property
    def year(self) -> int:
        """The Buddhist-era fiscal year that this item's evidence must be of."""
        return self.assessment_year - (self.item.year == "previous")


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What a matcher found. Matchers answer for what they can see; whether something unread lies beside
    it (and `missing` must become `review`) is decided in one place, by the judge."""

    status: ElementStatus
    quotes: tuple[Quote, ...] = ()
    says_none: bool = False
    reason: Reason | None = None
    seen: tuple[str, ...] = ()
    outdated: bool = False
    """Only of matchers that ask for a time: the evidence is of another year."""
