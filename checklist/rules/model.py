"""The manual as data: editions, indicators, items, elements.

Years are Buddhist-era fiscal years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from checklist.rules.specs import Matcher, Phrase, _Strict
from core.models.assessment import Level

Points = Annotated[float, Field(ge=0, le=100)]
Confidence = Literal["", "low", "low-medium", "medium", "medium-high", "high"]
"""How sure a fact is; below medium it is advice."""
Basis = Literal["", "official", "copies", "copy", "other_year", "variant", "memory"]
BASES = ("official", "copies", "copy", "other_year", "variant", "memory")
"""What a fact rests on, from the best to the worst: an official text; three or more independent copies of the same
edition; one or two; a copy of another year; a sector's own list; memory alone."""


class Examples(_Strict):
    """Texts that must and must not satisfy the element; run by `oit rules`."""

    match: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


class Element(_Strict):
    """One required or advised part of an item."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: Phrase
    level: Level = Level.REQUIRED
    verify: bool = False
    match: Matcher
    kinds: tuple[str, ...] = ()
    """Agency kinds it applies to; empty: all."""
    source: str = ""
    """Where the fact comes from, for who has the manual in hand."""
    page: str = ""
    """Page of the manual, if known."""
    confidence: str = ""
    basis: Basis = ""
    """What it rests on; as a rule set from the edition's `founded`."""
    examples: Examples = Examples()


class Item(_Strict):
    """One thing to disclose. `due` is when the manual asks for it (ISO date); before it: not_due."""

    id: str = Field(pattern=r"^(?:O|[A-Z]{2,8})[1-9][0-9]?$")
    title: Phrase
    title_basis: Basis = ""
    """What its number and title rest on; as a rule set from the edition's `founded`."""
    aliases: tuple[Phrase, ...] = ()
    """Other wordings of the title, as sites print them."""
    avoid: tuple[Phrase, ...] = ()
    """Wordings that look alike but belong to another item."""
    sub_indicator: str
    group: str = ""
    year: Literal["current", "previous", "none"] = "none"
    """Which fiscal year the evidence must be of."""
    span: Literal["year", "first_6_months", "covers", "within"] = "year"
    due: str | None = None
    evidence: Literal["document", "page", "site", "any"] = "any"
    """Where it usually stands: site = features of the main site itself (news, board, social links)."""
    exempt: tuple[str, ...] = ()
    """Agency kinds that need not answer it."""
    verify: bool = False
    """The item itself (that it exists, its number, its title) is not confirmed with the manual."""
    source: str = ""
    page: str = ""
    advice: str = ""
    elements: tuple[Element, ...] = Field(min_length=1)


class SubIndicator(_Strict):
    """A group of items that is averaged, e.g. 9.2."""

    id: str
    title: str


class Indicator(_Strict):
    """An indicator of the OIT instrument, e.g. 9."""

    id: str
    title: str
    sub_indicators: tuple[SubIndicator, ...] = Field(min_length=1)


class Band(_Strict):
    """A rating from `at_least` points up; `each_at_least` must hold for every instrument of the edition's weights."""

    rating: str
    at_least: Points
    each_at_least: Points = 0.0
    verify: bool = False
    confidence: Confidence = ""


class Weights(_Strict):
    """Share of each instrument in the overall ITA score; they add up to 100.

    Up to 2565 EIT is one instrument (`eit`); from 2566 on it has two parts, `eit1` (answered on the web by who
    deals with the agency) and `eit2` (asked by the commission), and `eit` is their sum."""

    iit: Points = 30
    eit: Points = 30
    eit1: Points | None = None
    eit2: Points | None = None
    oit: Points = 40
    verify: bool = False
    source: str = ""
    confidence: Confidence = ""

    @model_validator(mode="before")
    @classmethod
    def _sum_of_parts(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        parts = [given[name] for name in ("eit1", "eit2") if isinstance(given.get(name), int | float)]
        if "eit" in given or len(parts) != 2:
            return given
        return {**given, "eit": sum(parts)}

    @model_validator(mode="after")
    def _whole_or_parts(self) -> Weights:
        if (self.eit1 is None) != (self.eit2 is None):
            raise ValueError("`eit1` and `eit2` go together")
        if self.eit1 is not None and self.eit2 is not None and self.eit != self.eit1 + self.eit2:
            raise ValueError("either `eit`, or its parts `eit1` and `eit2`")
        return self

    @property
    def instruments(self) -> tuple[tuple[str, float], ...]:
        """Name and weight of each instrument: iit, eit, oit, or iit, eit1, eit2, oit."""
        if self.eit1 is None or self.eit2 is None:
            return (("iit", self.iit), ("eit", self.eit), ("oit", self.oit))
        return (("iit", self.iit), ("eit1", self.eit1), ("eit2", self.eit2), ("oit", self.oit))


@dataclass(frozen=True, slots=True)
class ItemName:
    """How one item is called, and what it is not called."""

    id: str
    title: str
    aliases: tuple[str, ...]
    avoid: tuple[str, ...]
    running: bool = False
    """Asks for something of the year under way."""


EVENT = "activity"
"""Id of the element that asks for an event."""


@dataclass(frozen=True, slots=True)
class Naming:
    """All that an edition says of whose a label is. What a page lists depends on nothing else of an edition."""

    year: int
    prefix: str
    items: tuple[ItemName, ...]
    groups: tuple[str, ...]
    """Ids of the sub-indicators: 9.2."""
    everyday: tuple[str, ...] = ()
    """Ids of the items that ask for what any site has: an address, news, answers; none of them is a document."""
    group_titles: tuple[str, ...] = ()
    """Titles of the sub-indicators, in the order of their ids."""
    events: tuple[str, ...] = ()
    """Ids of the items that ask for an event: told with its day, place, people."""


class Edition(_Strict):
    """One fiscal year's manual. `year` is Buddhist-era; answering and scoring dates are ISO."""

    year: int = Field(ge=2500, le=2700)
    scheme: str = ""
    """Whose list it is: a sector's (ovec, moit), or empty for the commission's general one."""
    title: str
    draft: bool = False
    """A skeleton that is still being filled in: never taken unless it is named."""
    not_checked: tuple[str, ...] = ()
    """Items that the manual has and this file does not: their titles or contents were not found."""
    verify: bool = False
    to_confirm: tuple[Phrase, ...] = ()
    """What of the edition as a whole is not confirmed with the manual, a line each."""
    answers_from: str
    answers_until: str
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=1)
    weights: Weights = Weights()
    bands: tuple[Band, ...] = ()
    """Empty only in a sector's list whose ratings are not known."""
    bands_source: str = ""
    """Where the bands and their conditions come from."""

    @property
    def name(self) -> str:
        """How it is called on the command line and in files: `2568`, or `2568-ovec`."""
        return f"{self.year}-{self.scheme}" if self.scheme else str(self.year)

    @property
    def prefix(self) -> str:
        """What stands before the numbers of its items: O, or MOIT."""
        return self.items[0].id.rstrip("0123456789")

    @property
    def naming(self) -> Naming:
        """How its items are called."""
        return Naming(
            self.year,
            self.prefix,
            tuple(
                ItemName(item.id, item.title, item.aliases, item.avoid, item.year == "current") for item in self.items
            ),
            tuple(sub.id for part in self.indicators for sub in part.sub_indicators),
            tuple(item.id for item in self.items if item.evidence != "document"),
            tuple(sub.title for part in self.indicators for sub in part.sub_indicators),
            tuple(item.id for item in self.items if any(element.id == EVENT for element in item.elements)),
        )

    @property
    def is_complete(self) -> bool:
        """Whether every item of the manual is in it, and it is no draft."""
        return not (self.not_checked or self.draft)

    @property
    def unconfirmed(self) -> tuple[int, int]:
        """How many elements are not confirmed with the manual, of how many."""
        elements = [element for item in self.items for element in item.elements]
        return sum(element.verify for element in elements), len(elements)

    def item(self, item_id: str) -> Item:
        """The item with this id; KeyError if there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)


class AgencyKind(_Strict):
    """A kind of agency that agencies.yaml may name. What applies to the kind `within` applies to it too."""

    id: str
    title: str
    within: str = ""


class Scheme(_Strict):
    """A sector's own list. `prefix` stands before the numbers of its items."""

    id: str
    title: str
    prefix: str = Field("O", pattern=r"^[A-Z]{1,8}$")


class WordNote(_Strict):
    """What a word list of the section check is for. `examples` show, or do not show, a section of problems."""

    id: str
    speech: Phrase
    """Part of speech of its words."""
    says: Phrase
    examples: Examples = Examples()


class Rules(_Strict):
    """The whole of rules.yaml. `lexicon` holds named lists of Thai words that matchers use."""

    agency_kinds: tuple[AgencyKind, ...]
    schemes: tuple[Scheme, ...] = ()
    lexicon: dict[str, tuple[str, ...]]
    word_notes: tuple[WordNote, ...] = ()
    editions: tuple[Edition, ...]

    def edition(self, year: int, scheme: str = "") -> Edition:
        """The edition of a Buddhist-era fiscal year, of the general list or a sector's; KeyError if there is none."""
        for edition in self.editions:
            if (edition.year, edition.scheme) == (year, scheme):
                return edition
        raise KeyError(year)

    @property
    def newest(self) -> Edition:
        """The newest edition of the general list; a draft only if there is nothing else."""
        return max(self.editions, key=lambda e: (not e.scheme, not e.draft, e.year))

    @property
    def newest_complete(self) -> Edition | None:
        """The newest edition of the general list that holds every item; None if there is none."""
        complete = [e for e in self.editions if e.is_complete and not e.scheme]
        return max(complete, key=lambda e: e.year, default=None)
