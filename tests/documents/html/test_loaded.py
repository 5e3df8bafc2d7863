"""What a page's scripts load into it: by attributes that no standard names."""

from __future__ import annotations

import pytest

from core.models.snapshot import BlockKind, Reading
from documents.base import RENDERED_HTML, ReadLimits
from documents.html.reader import read_html

OWN = "https://a.go.th/oit.html"


def read(html: str, kind: str = "text/html; charset=utf-8") -> Reading:
    return read_html(f"<body>{html}</body>".encode(), OWN, kind, ReadLimits())


def found(html: str, kind: str = "text/html; charset=utf-8") -> list[tuple[str, str, str]]:
    return [(link.url.removeprefix("https://a.go.th"), link.label, link.via) for link in read(html, kind).links]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<div hx-get="/part?g=9.4" hx-trigger=load></div>', ("/part?g=9.4", "", "iframe")),
        (
            "<section><ul data-load='https://a.go.th/list/9'><li>กำลังโหลดข้อมูล...</li></ul></section>",
            ("/list/9", "", "iframe"),
        ),
        ("<div w3-include-html='menu/oit.html'></div>", ("/menu/oit.html", "", "iframe")),
        ("<turbo-frame id=o9 src='/frames/9'></turbo-frame>", ("/frames/9", "", "iframe")),
        ("<div ng-include=\"'parts/o9.html'\"></div>", ("/parts/o9.html", "", "iframe")),
        ("<table><thead><tr><th>ข้อ</thead><tbody up-href='/rows/9'></tbody></table>", ("/rows/9", "", "iframe")),
        ("<button ic-get-from='/part/9'>9.1 ข้อมูลพื้นฐาน</button>", ("/part/9", "9.1 ข้อมูลพื้นฐาน", "script")),
        ("<a href='#' data-remote='/part/9'>9.1 ข้อมูลพื้นฐาน</a>", ("/part/9", "9.1 ข้อมูลพื้นฐาน", "script")),
        ("<div hx-get='/part/9'>9.1 ข้อมูลพื้นฐาน</div>", ("/part/9", "9.1 ข้อมูลพื้นฐาน", "script")),
        ("<ul><li data-include='list?g=9'>9.1 ข้อมูลพื้นฐาน</ul>", ("/list?g=9", "9.1 ข้อมูลพื้นฐาน", "script")),
    ],
)
def test_an_address_in_any_attribute_of_a_place_or_a_label_is_followed(html: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div data-share='https://a.go.th/oit.html#top'></div>",
        "<div data-home='/'></div>",
        "<div data-page='https://other.example/part/9'></div>",
        "<div data-film='/film/hill.mp4'></div>",
        "<div data-mask='/^[0-9]+$/' data-rate='/5' data-at='12/2565'></div>",
        "<blockquote cite='/law/9'></blockquote>",
        "<video poster='/still/9'></video>",
        "<div data-template='/item/{id}'></div>",
        "<div data-note='/ อ่านต่อ'></div>",
        "<div data-permalink='/post/9'><p>ข่าว</p><a href='/post/9?x'>อ่านต่อ</a></div>",
    ],
)
def test_what_is_no_address_to_load_is_not(html: str) -> None:
    assert not {url for url, _, _ in found(html)} - {"/post/9?x"}


def test_what_is_sent_for_counts_as_a_click() -> None:
    assert found("<button hx-post='/part/9'>9.1 ข้อมูล</button>") == [("/oit.html", "9.1 ข้อมูล", "form-post")]
    assert found("<a data-method=delete data-url2='/part/9'>9.1</a>") == [("/oit.html", "9.1", "form-post")]


def test_a_link_with_an_address_of_its_own_needs_no_other() -> None:
    assert found("<a href=/oit/9 hx-get=/part/9>9.1</a>") == [("/oit/9", "9.1", "a")]


def test_what_the_browser_clicked_or_filled_is_on_the_page() -> None:
    clicked = "<button hx-get='/part/9' data-oit-opened=1>9.1 ข้อมูลพื้นฐาน</button>"
    filled = "<div hx-get='/part/9'><ul><li><a href=/o1.html>O1 โครงสร้าง</a></ul></div>"
    assert found(clicked + filled, RENDERED_HTML) == [("/o1.html", "O1 โครงสร้าง", "a")]


def test_a_place_to_be_filled_is_a_frame_where_it_stands() -> None:
    page = read("<h3>9.4 บุคคล</h3><div hx-get='/part?g=9.4'></div><h3>9.5 โปร่งใส</h3>")
    assert [block.kind for block in page.blocks] == [BlockKind.HEADING, BlockKind.IFRAME, BlockKind.HEADING]
    assert page.links[0].block == 1
