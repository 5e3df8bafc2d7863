"""Links to a list's other pages are told from links to documents."""

from __future__ import annotations

import pytest

from checklist.candidates.page_links import goes_on, links_by_block, real_links, turns_page
from core.models.snapshot import Block, BlockKind, FetchOutcome, Link, Resource

_SITE = "https://www.a.go.th/"


@pytest.mark.parametrize(
    ("page", "link", "label", "turns"),
    [
        ("oit/index.html", "oit/index.html?page=3", "3", True),
        ("oit/index.html?page=2", "oit/index.html?page=1", "1", True),
        ("list.php?cat=9", "list.php?cat=9&start=0", "1", True),
        ("list.php?cat=9", "list.php?cat=9&page=3", "หน้า 3", False),
        ("index.php?id=5", "index.php?id=12", "1", False),
        ("index.php?p=oit", "index.php?p=doc&id=1", "1", False),
        ("oit/index.html", "files/1.pdf", "1", False),
    ],
)
def test_a_number_that_counts_the_pages_of_a_list_is_no_document(page: str, link: str, label: str, turns: bool) -> None:
    assert turns_page(Resource(_SITE + page, FetchOutcome.OK), Link(_SITE + link, label)) is turns


def test_a_number_alone_is_the_items_link_and_a_pager_beside_a_button_is_none() -> None:
    button, pager = Link(_SITE + "files/37.pdf", "เปิด", block=0), Link(_SITE + "ita.php?o=3", "3", block=0)

    def links(*given: Link) -> tuple[Link, ...]:
        page = Resource(_SITE + "ita.php", FetchOutcome.OK, links=given)
        return real_links(page, 0, 1, links_by_block(page))

    assert links(pager) == (pager,)
    assert links(button, pager) == (button,)


@pytest.mark.parametrize(
    ("page", "link", "label", "further"),
    [
        ("o12/", "o12/2/", "2", True),
        ("o12", "o12/2", "หน้าถัดไป", True),
        ("o12/2/", "o12/3/", "ถัดไป", True),
        ("o12/2/", "o12/4/", "4", True),
        ("category/o12/", "category/o12/page/2/", "หน้า 2", True),
        ("o12/?lang=th", "o12/?lang=th&page=2", "2", True),
        ("o12/", "o12/2566/", "เอกสารปี 2566", False),
        ("o12/", "o13/2/", "2", False),
        ("news/12/", "news/31/", "ข่าว", False),
        ("view.php?id=5", "view.php?id=6", "ถัดไป", False),
    ],
)
def test_a_further_page_of_a_text_has_its_address_and_its_heading(
    page: str, link: str, label: str, further: bool
) -> None:
    def resource(url: str, heading: str) -> Resource:
        return Resource(_SITE + url, FetchOutcome.OK, blocks=(Block(BlockKind.HEADING, heading, level=1),))

    first, title = resource(page, "รายงานผลการดำเนินงาน"), "รายงานผลการดำเนินงาน"
    assert goes_on(first, Link(_SITE + link, label), resource(link, title)) is further
    assert not goes_on(first, Link(_SITE + link, label), resource(link, "ประกาศ"))
