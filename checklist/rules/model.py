"""rules.yaml as typed values: editions, items, elements and what each element is checked with.

A matcher is written as one key with its settings, e.g. ``match: {phrase: {any: [โครงสร้าง]}}``, or as
``match: {all: [...]}`` / ``{any: [...]}`` over other matchers. Adding a *kind* of matcher is a class here
and a module of the same name in checklist/matchers/; adding an item or element is only YAML.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.models.assessment import Level

Phrase = Annotated[str, Field(min_length=1, max_length=300)]
FileKind = Literal["pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "csv"]
Points = Annotated[float, Field(ge=0, le=100)]
Place = Literal["heading", "column", "label", "link", "text"]
PersonField = Literal["name", "position", "photo", "contact"]
ActivityField = Literal["date", "place", "people", "photos"]
YearOf = Literal["current", "previous"]
Confidence = Literal["", "low", "low-medium", "medium", "medium-high", "high"]
"""How sure a fact is; below medium it is advice."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceMatch(_Strict):
    """Present as soon as the item's evidence was found and holds something to read."""


class PhraseMatch(_Strict):
    """One of `any` (and one of every group in `all`) stands in the evidence.

    With `near`, one of these must stand within `within` characters of the hit. `where` limits the places:
    heading, column (table header), label (the link's label or the page's title), link, text (anywhere)."""

    any: tuple[Phrase, ...] = ()
    all: tuple[tuple[Phrase, ...], ...] = ()
    near: tuple[Phrase, ...] = ()
    within: int = Field(120, ge=1, le=2000)
    where: tuple[Place, ...] = Field(("text",), min_length=1)

    @model_validator(mode="after")
    def _something(self) -> PhraseMatch:
        if not (self.any or self.all) or not all(self.all):
            raise ValueError("a phrase needs words: `any: [...]`, or groups of them in `all`")
        return self


class SectionMatch(_Strict):
    """The section check of ปัญหา อุปสรรค / ข้อเสนอแนะ (heading, column, row or form field)."""

    part: Literal["problems", "suggestions"]


class TableMatch(_Strict):
    """A table that has one column per group of `columns` (alternatives) and at least `min_rows` rows.
    With `filled` each of these columns has something in one of its cells."""

    columns: tuple[Annotated[tuple[Phrase, ...], Field(min_length=1)], ...] = Field(min_length=1)
    min_rows: int = Field(1, ge=0)
    filled: bool = False


class MonthsMatch(_Strict):
    """At least `count` different months of the period are named, with data or "no procurement"."""

    count: int = Field(ge=1, le=12)
    year: YearOf = "current"


class PeopleMatch(_Strict):
    """At least `min` persons, each shown with `fields`; with `roles`, one of them in such a position.
    With `each`, it is for a person to see if some of those shown with a position have the fields and others not."""

    fields: tuple[PersonField, ...] = ("name",)
    roles: tuple[Phrase, ...] = ()
    min: int = Field(1, ge=1)
    each: bool = False


class ContactMatch(_Strict):
    """Contact data of the agency: one kind each."""

    field: Literal["address", "phone", "fax", "email", "map"]


class LinksMatch(_Strict):
    """At least `min` links in the evidence (or on the home page); with `opens`, at least one of them opens; with
    `alive`, not all of them are known to be dead. `min: 0` asks nothing where there are no such links.
    `hosts` limits them to these hosts (and their subdomains), `labels` to labels holding one of these."""

    min: int = Field(1, ge=0)
    opens: bool = False
    alive: bool = False
    hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...] = ()
    labels: tuple[Phrase, ...] = ()
    on: Literal["evidence", "home", "site"] = "evidence"


class NewsMatch(_Strict):
    """At least `min` dated news entries within the year."""

    min: int = Field(1, ge=1)
    year: YearOf = "current"


class ChannelMatch(_Strict):
    """A two-way channel (board, question form, live chat, chatbot): not a mere address."""

    any: tuple[Phrase, ...] = ()


class ServiceMatch(_Strict):
    """A form or an e-service that leads somewhere."""

    any: tuple[Phrase, ...] = ()


class PeriodMatch(_Strict):
    """The evidence is of the right time. `span`: `year` (the whole fiscal year), `first_6_months`
    (October-March), `covers` (a plan of several years that includes it), `within` (dated inside it)."""

    year: YearOf = "current"
    span: Literal["year", "first_6_months", "covers", "within"] = "year"


class MoneyMatch(_Strict):
    """Amounts of money are stated, near one of `near` if given."""

    near: tuple[Phrase, ...] = ()


class ReachableMatch(_Strict):
    """The evidence was reached by links from the main web site."""


class CountMatch(_Strict):
    """At least `min` documents or entries of the kind are published."""

    min: int = Field(1, ge=1)


class FilesMatch(_Strict):
    """One of the documents is a file of one of these formats, such as the spreadsheet beside the PDF."""

    any: tuple[FileKind, ...] = Field(min_length=1)


class SignedMatch(_Strict):
    """Announced by the highest executive; with `signature`, also signed by him or her."""

    signature: bool = False


class PhotosMatch(_Strict):
    """At least `min` pictures in the evidence."""

    min: int = Field(1, ge=1)


class FollowsMatch(_Strict):
    """A report names the plan that it follows (`plan`: how plans of the kind are called), of the year `year`."""

    plan: tuple[Phrase, ...] = Field(min_length=1)
    year: YearOf = "current"


class ActivityMatch(_Strict):
    """An activity is told with each of `fields`: its date (within the year), place, people, pictures."""

    fields: tuple[ActivityField, ...] = Field(("date", "place"), min_length=1)
    year: YearOf = "current"


class Matcher(_Strict):
    """Exactly one key."""

    evidence: EvidenceMatch | None = None
    phrase: PhraseMatch | None = None
    section: SectionMatch | None = None
    table: TableMatch | None = None
    months: MonthsMatch | None = None
    people: PeopleMatch | None = None
    contact: ContactMatch | None = None
    links: LinksMatch | None = None
    news: NewsMatch | None = None
    channel: ChannelMatch | None = None
    service: ServiceMatch | None = None
    period: PeriodMatch | None = None
    money: MoneyMatch | None = None
    reachable: ReachableMatch | None = None
    count: CountMatch | None = None
    files: FilesMatch | None = None
    signed: SignedMatch | None = None
    photos: PhotosMatch | None = None
    follows: FollowsMatch | None = None
    activity: ActivityMatch | None = None
    all: tuple[Matcher, ...] | None = None
    any: tuple[Matcher, ...] | None = None

    @model_validator(mode="after")
    def _one_key(self) -> Matcher:
        if len(self.model_fields_set) != 1:
            raise ValueError("a matcher has exactly one key")
        if self.any == () or self.all == ():
            raise ValueError("`any` and `all` need at least one matcher")
        return self

    @property
    def kind(self) -> str:
        """Name of the one key."""
        return next(iter(self.model_fields_set))


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
    examples: Examples = Examples()


class Item(_Strict):
    """One thing to disclose. `due` is when the manual asks for it (ISO date); before it: not_due."""

    id: str = Field(pattern=r"^O[1-9][0-9]?$")
    title: Phrase
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


class Edition(_Strict):
    """One fiscal year's manual. `year` is Buddhist-era; answering and scoring dates are ISO."""

    year: int = Field(ge=2500, le=2700)
    title: str
    verify: bool = False
    to_confirm: tuple[Phrase, ...] = ()
    """What of the edition as a whole is not confirmed with the manual, a line each."""
    answers_from: str
    answers_until: str
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=1)
    weights: Weights = Weights()
    bands: tuple[Band, ...] = Field(min_length=1)
    bands_source: str = ""
    """Where the bands and their conditions come from."""

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
    """A kind of agency that agencies.yaml may name."""

    id: str
    title: str


class Rules(_Strict):
    """The whole of rules.yaml. `lexicon` holds named lists of Thai words that matchers use."""

    agency_kinds: tuple[AgencyKind, ...]
    lexicon: dict[str, tuple[str, ...]]
    editions: tuple[Edition, ...]

    def edition(self, year: int) -> Edition:
        """The edition of a Buddhist-era fiscal year; KeyError if the rules have none."""
        for edition in self.editions:
            if edition.year == year:
                return edition
        raise KeyError(year)

    @property
    def newest(self) -> Edition:
        """The newest edition."""
        return max(self.editions, key=lambda e: e.year)
