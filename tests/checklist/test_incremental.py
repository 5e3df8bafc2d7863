"""Verdicts that still stand are given again; what an edit touches is judged anew, and as if judged whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from checklist.assess import judgements
from checklist.incremental import Judgement, RuleFingerprints
from checklist.rules.model import Edition, Rules
from core.models.agency import Agency
from core.models.snapshot import Block, BlockKind, FetchOutcome, Link, ReadState, Resource, ResourceKind, Snapshot

HOME = "https://a.go.th/"
PEOPLE = "https://a.go.th/people"
AS_OF = date(2023, 4, 30)


def snapshot() -> Snapshot:
    label = "O2 ข้อมูลผู้บริหาร"
    home = Resource(
        HOME,
        FetchOutcome.OK,
        kind=ResourceKind.PAGE,
        read_state=ReadState.READ,
        sha256="ab",
        blocks=(Block(BlockKind.LIST_ITEM, label),),
        links=(Link(PEOPLE, label, label, block=0),),
    )
    people = Resource(
        PEOPLE,
        FetchOutcome.OK,
        kind=ResourceKind.PAGE,
        read_state=ReadState.READ,
        sha256="cd",
        found_via=(HOME,),
        blocks=(
            Block(BlockKind.HEADING, "ข้อมูลผู้บริหาร", level=1),
            Block(BlockKind.PARAGRAPH, "นายสมชาย ใจดี ผู้ว่าราชการจังหวัด โทร 0 2123 4567 somchai@example.go.th"),
        ),
    )
    moment = datetime(2023, 4, 30, tzinfo=UTC)
    return Snapshot(Agency("a", "ก", HOME), moment, moment, True, "", (home, people), frozenset({"a.go.th"}))


def judged(edition: Edition, rules: Rules, before: dict[str, Judgement] | None = None) -> dict[str, Judgement]:
    return {j.verdict.item: j for j in judgements(snapshot(), edition, AS_OF, rules.lexicon, before)}


def new(edition: Edition, lexicon: dict[str, tuple[str, ...]], as_of: date, found: dict[str, Judgement]) -> set[str]:
    ground = RuleFingerprints(edition, as_of, lexicon)
    return {item.id for item in edition.items if not ground.stands(item, found[item.id].basis)}


def edited(edition: Edition, item_id: str, **values: object) -> Edition:
    items = tuple(i.model_copy(update=values) if i.id == item_id else i for i in edition.items)
    return edition.model_copy(update={"items": items})


def test_without_an_edit_all_verdicts_stand(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    found = judged(edition, shipped)
    assert new(edition, dict(shipped.lexicon), AS_OF, found) == set()
    again = judged(edition, shipped, found)
    assert all(again[item] is found[item] for item in found)


def test_an_edited_item_alone_is_judged_again(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    found = judged(edition, shipped)
    item = edition.item("O2")
    changed = edited(edition, "O2", elements=item.elements[:1])
    assert new(changed, dict(shipped.lexicon), AS_OF, found) == {"O2"}
    assert judged(changed, shipped, found) == judged(changed, shipped)


def test_a_word_list_touches_the_items_that_looked_at_it(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    found = judged(edition, shipped)
    lexicon = {**shipped.lexicon, "person_titles": ("ว่าที่ร้อยตรี",)}
    touched = new(edition, lexicon, AS_OF, found)
    assert touched == {"O2"}
    assert new(edition, {**shipped.lexicon, "nobody_asks": ("ก",)}, AS_OF, found) == set()


def test_names_touch_every_item(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    found = judged(edition, shipped)
    everything = {item.id for item in edition.items}
    renamed = edited(edition, "O2", title="รายนามผู้บริหาร")
    assert new(renamed, dict(shipped.lexicon), AS_OF, found) == everything


def test_another_date_touches_what_would_answer_otherwise(shipped: Rules) -> None:
    """Tonight's verdict is tomorrow's unless the date was asked something that it answers otherwise."""
    edition = shipped.edition(2566)
    found = judged(edition, shipped)
    assert new(edition, dict(shipped.lexicon), AS_OF + timedelta(days=1), found) != {i.id for i in edition.items}
    for day in (date(2022, 1, 1), date(2022, 10, 1), date(2023, 3, 1), date(2023, 5, 1), date(2024, 1, 1)):
        again = judgements(snapshot(), edition, day, shipped.lexicon, found)
        assert [j.verdict for j in again] == [j.verdict for j in judgements(snapshot(), edition, day, shipped.lexicon)]
    assert new(edition, dict(shipped.lexicon), date(2022, 1, 1), found)  # nothing was due then
