"""Grids of pictures with titles below them: each picture's link belongs to the title in its own box."""

from __future__ import annotations

import pytest

from documents.base import ReadLimits
from documents.html.reader import read_html

TITLES = ("O1 โครงสร้าง", "O2 ข้อมูลผู้บริหาร", "O3 อำนาจหน้าที่", "O4 แผนยุทธศาสตร์")


def order(html: str) -> list[str]:
    """The words of a page and where its links lead, as they follow each other."""
    reading = read_html(html.encode(), "https://a.go.th/", "text/html", ReadLimits())
    links = {link.block: link.url for link in reading.links}
    found: list[str] = []
    for at, block in enumerate(reading.blocks):
        found += [block.text] if block.text and not block.src else []
        found += [links[at].rsplit("/", 1)[1]] if at in links else []
    return found


def grid(card: str, titles: tuple[str, ...] = TITLES) -> str:
    return "<div>" + "".join(card.format(n=n, title=title) for n, title in enumerate(titles)) + "</div>"


@pytest.mark.parametrize(
    "card",
    [
        "<figure><a href=/{n}><img src=/i.png alt=O></a><figcaption>{title}</figcaption></figure>",
        "<div class=card><div class=top><a href=/{n}><img src=/i.png></a></div><div><h4>{title}</h4></div></div>",
        "<div class=col><div class=card><a href=/{n}><img src=/i.png></a><p>{title}</p></div></div>",
        "<li><p><a href=/{n}><img src=/i.png></a></p><br>{title}</li>",
    ],
)
def test_the_title_below_a_picture_in_one_box_comes_first(card: str) -> None:
    assert order(grid(card)) == [each for n, title in enumerate(TITLES) for each in (title, str(n))]


def test_further_files_below_the_title_stay_its_own() -> None:
    files = "<ul><li><a href=/f{n}>แฟ้ม</a></ul>"
    card = "<figure><a href=/{n}><img src=/i.png></a><figcaption>{title}" + files + "</figcaption></figure>"
    assert order(grid(card))[:5] == ["O1 โครงสร้าง", "แฟ้ม", "f0", "0", "O2 ข้อมูลผู้บริหาร"]


def test_a_logo_over_the_name_of_the_site_stays_where_it_is() -> None:
    assert order("<div><a href=/home><img src=/logo.png></a><h1>เทศบาล</h1></div>") == ["home", "เทศบาล"]


def test_boxes_with_several_pictures_stay_as_they_are() -> None:
    row = "<div><a href=/{n}><img src=/i.png></a><p>{title}</p><a href=/b{n}><img src=/i.png></a><p>อีกหัวข้อ</p></div>"
    assert order(grid(row))[:4] == ["0", "O1 โครงสร้าง", "b0", "อีกหัวข้อ"]


def test_cells_of_a_table_are_not_changed_round() -> None:
    rows = "".join(
        f"<tr><td><a href=/{n}><img src=/i.png></a></td><td>{title}</td></tr>" for n, title in enumerate(TITLES)
    )
    assert order(f"<table>{rows}</table>")[:3] == ["0", "O1 โครงสร้าง", "1"]


def test_titles_in_the_row_below_a_row_of_pictures_are_theirs() -> None:
    pictures = "".join(f"<td><a href=/{n}><img src=/i.png></a></td>" for n in range(3))
    titles = "".join(f"<td>{title}</td>" for title in TITLES[:3])
    assert order(f"<table><tr>{pictures}</tr><tr>{titles}</tr></table>")[-6:] == [
        "O1 โครงสร้าง", "0", "O2 ข้อมูลผู้บริหาร", "1", "O3 อำนาจหน้าที่", "2",
    ]  # fmt: skip


def test_rows_of_data_below_a_row_of_pictures_stay_as_they_are() -> None:
    pictures = "".join(f"<td><a href=/{n}><img src=/i.png></a></td>" for n in range(3))
    rows = "".join("<tr>" + "".join(f"<td><a href=/d{n}>{n}</a></td>" for n in range(3)) + "</tr>" for _ in range(3))
    assert order(f"<table><tr>{pictures}</tr>{rows}</table>")[:3] == ["0", "1", "2"]
