"""What an element asks for: one class per kind of matcher, as rules.yaml states it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Phrase = Annotated[str, Field(min_length=1, max_length=300)]
Place = Literal["heading", "column", "label", "link", "text"]
PersonField = Literal["name", "position", "photo", "contact"]
ActivityField = Literal["date", "place", "people", "photos"]
FileKind = Literal["pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "csv"]
YearOf = Literal["current", "previous"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceMatch(_Strict):
    """Present as soon as the item's evidence was found and holds something to read."""


class PhraseMatch(_Strict):
    """One of `any` (and one of every group in `all`) stands in the evidence.

    With `near`, one of these must stand within `within` characters of the hit. Where nothing else is found, one of
    `perhaps` makes it a person's: the manual asks for a matter that has no wording of its own. `where` limits the
    places: heading, column (table header), label (the link's label or the page's title), link, text (anywhere). With
    `subject`, one among the choices of a form is a person's, unless the page's title or a heading has one as well;
    and the heading over a form counts, whatever it is called. Below a heading that begins with one of `not_below`
    (วัตถุประสงค์) a document only announces: that counts for nothing, or is a person's where the rest of it has a
    list. With `field` the words name a column or a line of a form: within what a table lists (โครงการลดระยะเวลารอคอย)
    they are part of a name, unless a cell or a part of it begins with them."""

    any: tuple[Phrase, ...] = ()
    all: tuple[tuple[Phrase, ...], ...] = ()
    near: tuple[Phrase, ...] = ()
    within: int = Field(120, ge=1, le=2000)
    perhaps: tuple[Phrase, ...] = ()
    where: tuple[Place, ...] = Field(("text",), min_length=1)
    subject: bool = False
    not_below: tuple[Phrase, ...] = ()
    field: bool = False

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
    With `filled` each of these columns has something in one of its cells; with `amounts` what its cells say is not all
    words: where money comes from is no amount."""

    columns: tuple[Annotated[tuple[Phrase, ...], Field(min_length=1)], ...] = Field(min_length=1)
    min_rows: int = Field(1, ge=0)
    filled: bool = False
    amounts: bool = False


class RowsMatch(_Strict):
    """At least `min` rows of a table have an amount and different names that begin with one of `begin`. So many rows
    with amounts under a column named as one of `perhaps` are a person's."""

    begin: tuple[Phrase, ...] = Field(min_length=1)
    min: int = Field(2, ge=1)
    perhaps: tuple[Phrase, ...] = ()


class CalendarMatch(_Strict):
    """A table has at least `min` columns of months or quarters with a mark below them, or a column of such times."""

    min: int = Field(3, ge=2, le=12)


class FiguresMatch(_Strict):
    """Numbers that count one of `of`, in one sentence, row or column with it. `matter` names what the evidence is
    about, `counts` are the words that only say that something is counted, with the units."""

    of: tuple[Phrase, ...] = Field(min_length=1)
    matter: tuple[Phrase, ...] = ()
    counts: tuple[Phrase, ...] = ()


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
    (October-March), `covers` (a plan of several years that includes it), `within` (dated inside it). `signed`: the day
    on which it was signed is its time, as that of a notice, also where that is before the year."""

    year: YearOf = "current"
    span: Literal["year", "first_6_months", "covers", "within"] = "year"
    signed: bool = False


class MoneyMatch(_Strict):
    """Amounts of money are stated, near one of `near` if given. With `lines` in so many lines of which each names
    first, before one of `near`, what the money was used for."""

    near: tuple[Phrase, ...] = ()
    lines: int = Field(0, ge=0)


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


class BoxesMatch(_Strict):
    """A row of a table, or a line with columns, has at least `min` names side by side that begin with one of `begin`,
    as the boxes of a chart have."""

    begin: tuple[Phrase, ...] = Field(min_length=1)
    min: int = Field(3, ge=2)


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
    rows: RowsMatch | None = None
    calendar: CalendarMatch | None = None
    figures: FiguresMatch | None = None
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
    boxes: BoxesMatch | None = None
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
