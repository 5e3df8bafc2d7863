"""Which pages stand in the home page's place."""

from __future__ import annotations

import pytest

from core.models.snapshot import FetchOutcome, Link, Resource
from crawler.links.fronts import FrontPages

HOME = "https://a.go.th/"


def fronts(*links: Link, letters: int = 40) -> FrontPages:
    found = FrontPages(HOME, lambda url: url.startswith(HOME))
    found.note(Resource(HOME, FetchOutcome.OK, final_url=HOME, links=links), letters)
    return found


def test_frames_of_the_home_page_stand_for_it_and_so_do_theirs() -> None:
    found = fronts(Link(f"{HOME}menu.htm", "", via="frame"), Link(f"{HOME}about.htm", "เกี่ยวกับเรา"), letters=5000)
    assert f"{HOME}menu.htm" in found
    assert f"{HOME}about.htm" not in found
    inner = Resource(f"{HOME}menu.htm", FetchOutcome.OK, links=(Link(f"{HOME}left.htm", "", via="frame"),))
    found.note(inner, 5000)
    assert f"{HOME}left.htm" in found


def test_an_introduction_gives_its_place_to_what_it_leads_to() -> None:
    found = fronts(
        Link(f"{HOME}main.php", "เข้าสู่เว็บไซต์"),
        Link(f"{HOME}intro.jpg", ""),
        Link("https://elsewhere.th/", "ลงนามถวายพระพร"),
    )
    assert f"{HOME}main.php" in found
    assert f"{HOME}intro.jpg" not in found
    assert "https://elsewhere.th/" not in found


@pytest.mark.parametrize(("pages", "letters"), [(5, 40), (1, 5000)])
def test_a_home_page_of_its_own_gives_nothing_away(pages: int, letters: int) -> None:
    found = fronts(*(Link(f"{HOME}{at}.php", "เมนู") for at in range(pages)), letters=letters)
    assert HOME in found
    assert f"{HOME}0.php" not in found


def test_no_more_than_a_few_pages_stand_for_it() -> None:
    found = fronts(*(Link(f"{HOME}{at}.htm", "", via="frame") for at in range(100)))
    assert sum(f"{HOME}{at}.htm" in found for at in range(100)) == 8


def test_other_pages_change_nothing() -> None:
    found = fronts()
    found.note(Resource(f"{HOME}x.htm", FetchOutcome.OK, links=(Link(f"{HOME}y.htm", "", via="frame"),)), 10)
    assert f"{HOME}y.htm" not in found
