"""What a page lists is kept while it, the names and the words are what they were, and is then what would be read."""

from __future__ import annotations

import zlib

import pytest

from checklist.candidates.labels import ItemNames
from checklist.candidates.page_index import KnownPages, index_page
from checklist.rules.model import Rules
from core.models.snapshot import Resource
from tests.checklist.sites import page

ROWS = "".join(
    f'<tr><td>O{number}</td><td>{title}</td><td><a href="/o{number}">{label}</a></td></tr>'
    for number, title, label in (
        (1, "โครงสร้างหน่วยงาน", "ดู"),
        (2, "ข้อมูลผู้บริหาร", "ข้อมูลผู้บริหาร"),
        (3, "อำนาจหน้าที่", "เปิด"),
        (5, "ข้อมูลการติดต่อ", "ดู"),
        (6, "กฎหมายที่เกี่ยวข้อง", "ดู"),
    )
)
LIST = f'<h1>ข้อมูลผู้บริหาร</h1><table>{ROWS}<tr><td><a href="/z">เรื่องอื่น ๆ ของเรา</a></td></tr></table>'
WORDS = {"button_words": ("ดู",)}


@pytest.fixture
def names(shipped: Rules) -> ItemNames:
    return ItemNames(shipped.edition(2566).naming, shipped.lexicon)


@pytest.fixture
def site_page() -> Resource:
    return page("oit.html", LIST)


def pages(site_page: Resource, packed: bytes | None = None, mark: str = "m", program: str = "p") -> KnownPages:
    return KnownPages(program, {site_page.url: mark}, packed)


def kept(names: ItemNames, site_page: Resource) -> bytes:
    known = pages(site_page)
    known.stand_on(names.naming, WORDS)
    known.index(site_page, names, menus=True)
    packed = known.pack()
    assert packed is not None
    return packed


def test_what_is_kept_is_what_would_be_read(names: ItemNames, site_page: Resource) -> None:
    wanted = index_page(site_page, names, menus=True)
    assert len(wanted.entries) >= 5
    assert wanted.named
    known = pages(site_page, kept(names, site_page))
    known.stand_on(names.naming, WORDS)
    assert known.index(site_page, names, menus=True) == wanted
    assert known.pack() is None, "nothing new is to be kept"
    assert known.letters(site_page, menus=True) == pages(site_page).letters(site_page, menus=True) > 0


def is_known(known: KnownPages, names: ItemNames, site_page: Resource, *, menus: bool = True) -> bool:
    """Whether a page is given without being read: its blocks are not looked at."""
    bare = Resource(site_page.url, site_page.outcome, kind=site_page.kind)
    return bool(known.index(bare, names, menus=menus).entries)


def test_other_names_words_programs_pages_and_menus_are_read_anew(
    shipped: Rules, names: ItemNames, site_page: Resource
) -> None:
    packed = kept(names, site_page)

    def stands(known: KnownPages, naming: object = names.naming, words: object = WORDS, *, menus: bool = True) -> bool:
        known.stand_on(naming, words)  # type: ignore[arg-type]
        return is_known(known, names, site_page, menus=menus)

    assert stands(pages(site_page, packed))
    assert not stands(pages(site_page, packed), shipped.edition(2565).naming)
    assert not stands(pages(site_page, packed), words={"button_words": ("ดู", "เปิด")})
    assert not stands(pages(site_page, packed, program="another"))
    assert not stands(pages(site_page, packed, mark="another"))
    assert not stands(pages(site_page, packed), menus=False)
    assert not stands(KnownPages("p", {}, packed)), "a page without a mark may be any"


@pytest.mark.parametrize("damaged", [b"", b"nothing", zlib.compress(b"[]"), zlib.compress(b'{"form": 1}')])
def test_what_cannot_be_read_is_nothing_kept(names: ItemNames, site_page: Resource, damaged: bytes) -> None:
    known = pages(site_page, damaged)
    known.stand_on(names.naming, WORDS)
    assert known.index(site_page, names, menus=True) == index_page(site_page, names, menus=True)


def test_without_marks_nothing_is_kept(names: ItemNames, site_page: Resource) -> None:
    known = KnownPages()
    known.stand_on(names.naming, WORDS)
    known.index(site_page, names, menus=True)
    assert known.pack() is None
