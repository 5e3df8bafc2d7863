"""Links to a list's other pages are told from links to documents."""

from __future__ import annotations

import pytest

from checklist.candidates.page_links import (
    goes_on,
    links_by_block,
    listed_title,
    pager_blocks,
    real_links,
    turns_page,
    words_beside,
)
from core.models.snapshot import Block, BlockKind, FetchOutcome, Link, Resource
from documents.base import ReadLimits
from documents.html.reader import read_html

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


@pytest.mark.parametrize(
    ("cells", "text", "linked", "left"),
    [
        (("34", "การประเมินความเสี่ยงการทุจริตประจำปี", "ความเสี่ยงการทุจริต"), "", 2, "34 การประเมินความเสี่ยงการทุจริตประจำปี"),
        (("ความเสี่ยงการทุจริต", "การประเมินความเสี่ยงการทุจริต"), "", 0, "การประเมินความเสี่ยงการทุจริต"),
        (("1 ความเสี่ยงการทุจริต", "เปิด"), "เรื่องความเสี่ยงการทุจริต 1 ความเสี่ยงการทุจริต เปิด", 0, "เรื่องความเสี่ยงการทุจริต 1 เปิด"),
        (("การประเมินความเสี่ยงการทุจริต", "ความเสี่ยงการทุจริต"), "การประเมินความเสี่ยงการทุจริต", 1, "การประเมินความเสี่ยงการทุจริต"),
    ],
)  # fmt: skip
def test_a_links_words_beside_it_are_the_rows(cells: tuple[str, ...], text: str, linked: int, left: str) -> None:
    link = Link(_SITE + "34.pdf", "ความเสี่ยงการทุจริต", block=linked)
    blocks = tuple(Block(BlockKind.CELL, cell) for cell in cells)
    page = Resource(_SITE, FetchOutcome.OK, blocks=blocks, links=(link,))
    run = (0, len(cells))
    assert words_beside(page, run, text or " ".join(cells), links_by_block(page)) == left


@pytest.mark.parametrize(
    ("labels", "address", "pager"),
    [
        (("1", "2", "3"), "list?page={}", True),
        (("2", "3", "ถัดไป"), "list/page/{}/", True),
        (("2", "3", "»"), "list?start={}0", True),
        (("ถัดไป",), "list?page={}", True),
        (("13",), "list?o={}", False),
        (("12", "13"), "list?o={}", False),
        (("1", "2"), "files/{}.pdf", False),
        (("เปิด", "2"), "list?page={}", False),
    ],
)
def test_a_row_of_numbers_below_a_list_turns_its_pages(labels: tuple[str, ...], address: str, pager: bool) -> None:
    row = [Link(_SITE + address.format(label if label.isdecimal() else 2), label, block=1) for label in labels]
    blocks = (Block(BlockKind.PARAGRAPH, "O13 รายงาน"), Block(BlockKind.PARAGRAPH, f"หน้า {' '.join(labels)}"))
    other = Link(_SITE + "12.pdf", "O12 แผน", block=0)

    def turned(*links: Link) -> frozenset[int]:
        page = Resource(_SITE + "list", FetchOutcome.OK, blocks=blocks, links=links)
        return pager_blocks(page, lambda label: label in ("ถัดไป", "»"))

    assert turned(other, *row) == ({1} if pager else frozenset())
    assert not turned(*row)


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("1|รายงานการใช้จ่ายงบประมาณ รอบ 6 เดือน|27 มี.ค. 2566", "รายงานการใช้จ่ายงบประมาณ รอบ 6 เดือน"),
        ("1|รายงานการใช้จ่ายงบประมาณ|กองคลัง|27 มี.ค. 2566", ""),
        ("รายงานการใช้จ่ายงบประมาณ|1,250,000", ""),
        ("1|27 มี.ค. 2566", ""),
    ],
)
def test_a_row_with_a_title_and_a_day_lists_its_document(row: str, title: str) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in row.split("|"))
    html = f"<table><tr>{cells}<td><a href='/a.pdf'>ดาวน์โหลด</a></td></tr></table>"
    reading = read_html(html.encode(), "https://a.go.th/list", "text/html", ReadLimits())
    page = Resource("https://a.go.th/list", FetchOutcome.OK, blocks=reading.blocks, links=reading.links)
    assert listed_title(page, next(link for link in page.links if link.url.endswith(".pdf"))) == title
