"""Assessed together: an item of the whole needs every agency's part."""

from __future__ import annotations

from checklist.joint import assess_together
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.models.assessment import ItemStatus, Joint, Verdict
from tests.factories import make_assessment


def together(shipped: Rules, *offices: dict[str, ItemStatus]) -> Joint:
    edition = shipped.edition(2565)
    found = []
    for number, statuses in enumerate(offices):
        verdicts = tuple(
            Verdict(i.id, i.title, i.sub_indicator, statuses.get(i.id, ItemStatus.COMPLETE), 0.0) for i in edition.items
        )
        agency = Agency(f"office-{number}", "ก", "https://a.go.th/")
        found.append(make_assessment(*verdicts, agency=agency))
    return assess_together(found, edition)


def test_one_office_s_report_takes_the_points_of_all(shipped: Rules) -> None:
    joint = together(shipped, {}, {"O12": ItemStatus.INCOMPLETE}, {})
    item = next(i for i in joint.items if i.item == "O12")
    assert item.status is ItemStatus.INCOMPLETE
    assert (item.contributed, item.lacking, item.asked) == (("office-0", "office-2"), ("office-1",), 3)
    assert round(joint.score.lowest or 0, 2) == 98.75
    assert [i.item for i in joint.next_gains] == ["O12"]


def test_what_is_not_known_of_one_is_not_known_of_all(shipped: Rules) -> None:
    joint = together(shipped, {}, {"O12": ItemStatus.UNCHECKED})
    assert next(i for i in joint.items if i.item == "O12").status is ItemStatus.UNCHECKED
    assert (round(joint.score.lowest or 0, 2), joint.score.highest) == (98.75, 100.0)
    assert joint.next_gains == ()


def test_a_gap_outweighs_a_doubt(shipped: Rules) -> None:
    joint = together(shipped, {"O12": ItemStatus.REVIEW}, {"O12": ItemStatus.OUTDATED})
    assert next(i for i in joint.items if i.item == "O12").status is ItemStatus.OUTDATED


def test_who_is_exempt_is_not_asked(shipped: Rules) -> None:
    joint = together(shipped, {"O12": ItemStatus.EXEMPT}, {}, {"O13": ItemStatus.EXEMPT})
    o12 = next(i for i in joint.items if i.item == "O12")
    assert (o12.status, o12.asked) == (ItemStatus.COMPLETE, 2)
    alone = together(shipped, {"O12": ItemStatus.EXEMPT})
    assert next(i for i in alone.items if i.item == "O12").status is ItemStatus.EXEMPT
    assert alone.score.lowest == 100.0


def test_the_easiest_gain_comes_first(shipped: Rules) -> None:
    joint = together(
        shipped,
        {"O12": ItemStatus.MISSING, "O42": ItemStatus.MISSING, "O43": ItemStatus.MISSING},
        {"O43": ItemStatus.MISSING},
    )
    assert [i.item for i in joint.next_gains] == ["O42", "O43", "O12"]


def test_an_agency_that_could_not_be_read_is_told_with_the_points_that_hang_on_it(shipped: Rules) -> None:
    unread = {item.id: ItemStatus.UNCHECKED for item in shipped.edition(2565).items}
    joint = together(shipped, {}, unread, {"O12": ItemStatus.INCOMPLETE})
    assert [(u.agency, round(u.points, 2)) for u in joint.unread] == [("office-1", 98.75)]
    assert together(shipped, {}, {"O12": ItemStatus.UNCHECKED}).unread == ()
