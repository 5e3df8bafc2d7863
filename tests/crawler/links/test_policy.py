"""Which links give requests, and which a record of what was not followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from scrapy import Request

from core.models.snapshot import TOO_LONG, FetchOutcome, Link, Resource, ResourceKind, Zone
from crawler.frontier import FrontierQueue, Provenance
from crawler.items import ResourceItem
from crawler.links.policy import LinkPolicy
from crawler.links.scoring import FollowHints, LinkScorer

HOME = "https://www.example.go.th/"


class Heard:
    """What the policy tells of its losses."""

    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()
        self.unfollowed = 0
        self.deep = 0

    def count_dropped(self, kind: str) -> None:
        self.dropped[kind] += 1

    def note_unfollowed(self) -> None:
        self.unfollowed += 1

    def note_too_deep(self) -> None:
        self.deep += 1


def follow(
    links: Iterable[Link], *, part: bool, depth: int = 1, name: str = "p"
) -> tuple[list[Request], list[ResourceItem], Heard]:
    heard = Heard()
    url = f"{HOME}{name}"
    page = Resource(url, FetchOutcome.OK, url, ResourceKind.PAGE, depth=depth, links=tuple(links))
    with FrontierQueue() as known:
        scorer = LinkScorer(FollowHints(index=("OIT",), phrases=("รายงานประจำปี",)))
        policy = LinkPolicy(scorer, known, lambda url: url.startswith(HOME), 12, heard)
        found = list(policy.follow(page, in_disclosures=part))
    return [f for f in found if isinstance(f, Request)], [f for f in found if isinstance(f, ResourceItem)], heard


@pytest.mark.parametrize("via", ["script", "form-post", TOO_LONG])
def test_what_needs_a_click_is_recorded_with_its_label_in_the_disclosure_part(via: str) -> None:
    link = Link(f"{HOME}p", "ปี 2566", via=via)
    requests, (item,), heard = follow([link, link], part=True)
    assert not requests
    assert (item.resource.outcome, item.resource.detail, item.resource.label) == ("not_followed", via, "ปี 2566")
    assert item.resource.url != f"{HOME}p"
    assert item.provenance.in_disclosures
    assert heard.unfollowed


def test_an_address_that_nobody_can_open_is_recorded_in_the_disclosure_part_and_leaves_nothing_unread() -> None:
    link = Link("http://www.example.go.th:99999/13.pdf", "รายงาน")
    requests, (item,), heard = follow([link, link], part=True)
    assert not requests
    assert (item.resource.outcome, item.resource.label) == (FetchOutcome.BAD_ADDRESS, "รายงาน")
    assert not heard.unfollowed
    assert follow([link], part=False)[:2] == ([], [])


def test_what_needs_a_click_elsewhere_is_no_loss() -> None:
    _, items, heard = follow([Link(f"{HOME}p", "ค้นหา", via="form-post")], part=False)
    assert (items, heard.unfollowed) == ([], 0)


def test_the_choice_of_a_get_form_that_is_shown_is_its_own_page() -> None:
    links = [Link(f"{HOME}p", "ปี 2566", via="form-get"), Link(f"{HOME}p?id=2", "ปี 2565", via="form-get")]
    requests, items, heard = follow(links, part=True)
    assert [request.url for request in requests][-1] == f"{HOME}p?id=2"
    assert (items, heard.unfollowed) == ([], 0)


def test_a_trap_is_dropped_and_counted_outside_and_followed_within() -> None:
    link = Link(f"{HOME}news?page=900", "หน้า 900")
    requests, items, heard = follow([link], part=False)
    assert (requests, items, heard.dropped) == ([], [], {"pagination": 1})
    requests, items, heard = follow([link], part=True)
    assert ([r.url for r in requests], items, heard.dropped) == ([link.url], [], {})


@pytest.mark.parametrize("limit", ["crawler.links.policy._MOST_LOOKED_AT", "crawler.frontier._MOST_WAITING"])
@pytest.mark.parametrize("link", [f"{HOME}?sort=", f"{HOME}a", "https://files.go.th/O1-"])
def test_links_without_end_are_not_judged_any_more_and_are_a_loss(
    limit: str, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit, 0)
    links = [Link(f"{link}{n}", "รายงานประจำปี 2566") for n in range(3)]
    requests, items, heard = follow(links, part=True)
    assert (requests, items, heard.dropped, heard.unfollowed) == ([], [], {}, 3)


def test_a_speaking_label_is_followed_wherever_it_stands() -> None:
    link = Link(f"{HOME}a?sort=x", "รายงานประจำปี 2566", zone=Zone.MENU)
    requests, _, _ = follow([link], part=False)
    (provenance,) = [r.meta["provenance"] for r in requests]
    assert isinstance(provenance, Provenance)
    assert provenance.in_disclosures


def test_beyond_the_allowance_each_loss_is_recorded_up_to_a_limit() -> None:
    links = [Link(f"{HOME}a?sort={n}", f"ข้อ {n}") for n in range(1000)]
    requests, items, heard = follow(links, part=True)
    assert (len(requests), len(items)) == (150, 300)
    assert heard.dropped == {"sort": 850}
    assert heard.unfollowed == 850


def test_deeper_links_are_noted() -> None:
    requests, _, heard = follow([Link(f"{HOME}deep", "ลึก")], part=True, depth=12)
    assert (requests, heard.deep) == ([], 1)


@pytest.mark.parametrize(("part", "found"), [(True, 1), (False, 0)])
def test_the_next_items_page_is_no_deeper_than_this_one(part: bool, found: int) -> None:
    links = [Link(f"{HOME}ita/o13", "Next"), Link(f"{HOME}ita/o15", "O15")]
    requests, _, heard = follow(links, part=part, depth=12, name="ita/o12")
    assert [request.url for request in requests] == [f"{HOME}ita/o13"][:found]
    assert heard.deep == 2 - found


def test_a_menu_on_a_page_of_disclosures_is_no_part_of_it() -> None:
    requests, _, _ = follow([Link(f"{HOME}mail", "อีเมล", "OIT อีเมล", zone=Zone.MENU)], part=True)
    (provenance,) = [r.meta["provenance"] for r in requests]
    assert (provenance.in_disclosures, provenance.may_disclose) == (False, False)
