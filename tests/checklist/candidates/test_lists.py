"""Which list a site follows: numbers before their own titles decide, and only when they are plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from checklist.assess import assess
from checklist.candidates.lists import followed_list, list_fits, other_list, suggest_list
from checklist.rules.model import Edition, Rules
from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.reasons import ReasonCode
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    ReadState,
    Resource,
    ResourceKind,
    Snapshot,
    StopReason,
)

HOME = "https://college.example.ac.th/"
NOW = datetime(2025, 4, 30, tzinfo=UTC)
_GAPS = {ItemStatus.MISSING, ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.UNREACHABLE}


def site(labels: Sequence[str], *, kind: str = "provincial", scheme: str = "") -> Snapshot:
    """A site of one page with a list of links, each of which opens a page with nothing on it."""
    blocks = tuple(Block(BlockKind.LIST_ITEM, label) for label in labels)
    links = tuple(Link(f"{HOME}p{n}", label, label, block=n) for n, label in enumerate(labels))
    home = Resource(
        HOME, FetchOutcome.OK, HOME, ResourceKind.PAGE, "text/html", 200, blocks=blocks, links=links,
        read_state=ReadState.READ,
    )  # fmt: skip
    pages = tuple(
        Resource(
            link.url, FetchOutcome.OK, link.url, ResourceKind.PAGE, "text/html", 200, read_state=ReadState.READ,
            blocks=(Block(BlockKind.PARAGRAPH, "อยู่ระหว่างปรับปรุง"),),
        )
        for link in links
    )  # fmt: skip
    agency = Agency("college", "วิทยาลัย", HOME, kind, scheme=scheme)
    return Snapshot(agency, NOW, NOW, complete=True, stopped_by=StopReason.NONE, resources=(home, *pages))


def labels_of(edition: Edition, form: str = "{id} {title}") -> list[str]:
    return [form.format(id=item.id, title=item.title) for item in edition.items]


def test_a_list_is_known_by_its_numbers_and_titles(shipped: Rules) -> None:
    for edition in shipped.editions:
        found = followed_list(list_fits(site(labels_of(edition)), shipped.editions))
        assert found is not None, edition.name
        assert found.edition.name == edition.name
        assert found.agreed > 0.8 * len(edition.items)


def test_titles_without_numbers_prove_nothing(shipped: Rules) -> None:
    snapshot = site(labels_of(shipped.edition(2568, "ovec"), "{title}"))
    assert followed_list(list_fits(snapshot, shipped.editions)) is None


def test_a_few_numbers_prove_nothing(shipped: Rules) -> None:
    snapshot = site(labels_of(shipped.edition(2568, "ovec"))[10:14])
    assert followed_list(list_fits(snapshot, shipped.editions)) is None


def test_a_site_with_two_lists_is_left_alone(shipped: Rules) -> None:
    both = [*labels_of(shipped.edition(2568)), *labels_of(shipped.edition(2568, "ovec"))]
    assert other_list(site(both), shipped.edition(2568), shipped.editions) is None


def test_last_years_general_list_is_no_other_list(shipped: Rules) -> None:
    """Its gaps are gaps: the year's own list is asked for."""
    old = site(labels_of(shipped.edition(2566)))
    assert other_list(old, shipped.edition(2568), shipped.editions) is None
    found = assess(old, shipped.edition(2568), date(2025, 4, 30), shipped.lexicon, shipped.editions)
    assert not found.follows
    assert {v.status for v in found.verdicts} & _GAPS


def test_another_list_gives_one_note_and_no_gap(shipped: Rules) -> None:
    general, sector = shipped.edition(2568), shipped.edition(2568, "ovec")
    for snapshot, edition, code in (
        (site(labels_of(sector)), general, ReasonCode.OTHER_LIST),
        (site(labels_of(general), scheme="ovec"), sector, ReasonCode.GENERAL_LIST),
    ):
        found = assess(snapshot, edition, date(2025, 4, 30), shipped.lexicon, shipped.editions)
        assert [note.code for note in found.notes] == [code]
        assert found.follows == (sector if edition is general else general).name
        assert not {v.status for v in found.verdicts} & _GAPS
        assert found.score.highest == 100
        before = assess(snapshot, edition, date(2025, 1, 15), shipped.lexicon, shipped.editions)
        assert not {v.as_if_due().status for v in before.verdicts} & _GAPS


def test_by_its_own_list_gaps_are_told(shipped: Rules) -> None:
    sector = shipped.edition(2568, "ovec")
    found = assess(site(labels_of(sector), scheme="ovec"), sector, date(2025, 4, 30), shipped.lexicon, shipped.editions)
    assert not found.notes
    assert found.scheme == "ovec"
    assert {v.status for v in found.verdicts} & _GAPS


def test_moit_is_numbered_by_its_own_letters(shipped: Rules) -> None:
    moit = shipped.edition(2565, "moit")
    for form in ("MOIT {n} {t}", "MOIT{n} {t}", "moit {n} : {t}"):
        labels = [form.format(n=n, t=item.title) for n, item in enumerate(moit.items, 1)]
        found = followed_list(list_fits(site(labels), shipped.editions))
        assert found is not None
        assert found.edition is moit
        assert found.agreed == 23


def test_a_suggestion_has_its_reasons(shipped: Rules) -> None:
    snapshot = site(labels_of(shipped.edition(2569, "ovec")))
    suggestion = suggest_list(snapshot.agency, snapshot, shipped.editions)
    assert suggestion.differs
    assert suggestion.followed is not None
    assert suggestion.followed.edition.name == "2569-ovec"
    assert suggestion.followed.examples[0].startswith("O1 ")
    assert len({fit.edition.scheme for fit in suggestion.fits}) == len(suggestion.fits) > 1
    own = suggest_list(replace(snapshot.agency, scheme="ovec"), snapshot, shipped.editions)
    assert not own.differs
    assert not suggest_list(snapshot.agency, None, shipped.editions).crawled


def test_thousands_of_labels_are_looked_at_up_to_a_bound(shipped: Rules) -> None:
    many = [f"O{n % 40 + 1} เรื่องที่ {n}" for n in range(5000)]
    assert all(fit.agreed + fit.contradicted <= 43 for fit in list_fits(site(many), shipped.editions[:2]))


def test_an_agency_may_be_judged_by_a_draft(shipped: Rules) -> None:
    """A draft is no list that a site is said to follow; whoever names it is judged by it all the same."""
    draft = shipped.edition(2568).model_copy(update={"draft": True})
    others = tuple(draft if e.name == "2568" else e for e in shipped.editions)
    assert other_list(site(labels_of(draft)), draft, others) is None
    assert other_list(site(["ข่าว"]), draft, others) is None
