"""A decision on a page holds over a visit counter and a clock, and over nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.rules.model import Rules
from checklist.shown.shown_text import shown_digest
from core.models.snapshot import Block, BlockKind, FetchOutcome, Link, ReadNote, ReadState, Resource, ResourceKind
from core.storage.store import with_reading
from documents.base import ReadLimits
from documents.html.reader import read_html

URL = "https://a.go.th/o5"
BODY = "<h1>ข้อมูลการติดต่อ</h1><p>โทรศัพท์ 0 7621 1111</p><img src='/map.png?t=1' alt='แผนที่'><p>สถิติ {}</p>{}"

TABLE = "<table><tr><td>ผู้เข้าชมทั้งหมด</td><td>{}</td></tr></table>"


def page(*tail: str) -> Resource:
    """A page of contacts with something at its end."""
    html = f"<html><body>{BODY.format('', ''.join(tail))}</body></html>"
    reading = read_html(html.encode(), URL, "text/html", ReadLimits())
    return with_reading(Resource(URL, FetchOutcome.OK, URL, ResourceKind.PAGE, sha256="a" * 64), reading)


@pytest.fixture(scope="module")
def words(shipped: Rules) -> dict[str, tuple[str, ...]]:
    return dict(shipped.lexicon)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>จำนวนผู้เข้าชม 1,234 ครั้ง</p>", "<p>จำนวนผู้เข้าชม 1,298 ครั้ง</p>"),
        ("<footer>ผู้เยี่ยมชมวันนี้: 9</footer>", "<footer>ผู้เยี่ยมชมวันนี้: 12</footer>"),
        (TABLE.format("99"), TABLE.format("1,001")),
        ("<p>วันนี้วันเสาร์ที่ 28 พฤศจิกายน 2569</p>", "<p>วันนี้วันอาทิตย์ที่ 29 พฤศจิกายน 2569</p>"),
        ("<p>28 พ.ย. 2569 21:03:11</p>", "<p>29 พ.ย. 2569 01:00:59</p>"),
    ],
)  # fmt: skip
def test_what_changes_by_itself_each_night_is_no_change(
    words: dict[str, tuple[str, ...]], one: str, other: str
) -> None:
    assert shown_digest(page(one), words) == shown_digest(page(other), words) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>จำนวนผู้เข้าชม 1,234 ครั้ง</p>", ""),
        ("<p>สถิติผู้เข้าชม ปี 2565</p>", "<p>สถิติผู้เข้าชม ปี 2564</p>"),
        ("<p>โทร 0 7621 2222</p>", "<p>โทร 0 7621 3333</p>"),
        ("<p>ข้อมูล ณ วันที่ 28 พฤศจิกายน 2569</p>", "<p>ข้อมูล ณ วันที่ 29 พฤศจิกายน 2569</p>"),
        ("<p>ลงวันที่ 28 พ.ย. 2569</p>", "<p>ลงวันที่ 29 พ.ย. 2569</p>"),
        ("<a href='/a.pdf'>รายงาน</a>", "<a href='/b.pdf'>รายงาน</a>"),
        ("<img src='/a.png'>", "<img src='/b.png'>"),
        ("<p>งบประมาณ 100 บาท</p>", "<p>งบประมาณ 900 บาท</p>"),
        ("<p>ผู้เข้าชมงาน</p><p>โครงการที่ 1</p>", "<p>ผู้เข้าชมงาน</p><p>โครงการที่ 2</p>"),
    ],
)
def test_whatever_else_changes_is_asked_about_again(words: dict[str, tuple[str, ...]], one: str, other: str) -> None:
    assert shown_digest(page(one), words) != shown_digest(page(other), words)


def test_a_long_sentence_with_a_counters_word_keeps_its_figures(words: dict[str, tuple[str, ...]]) -> None:
    text = "<p>ในปีที่ผ่านมามีผู้เข้าชมงานนิทรรศการเปิดบ้านของหน่วยงานซึ่งจัดขึ้นตลอดทั้งสัปดาห์ จำนวน {} คน</p>"
    assert shown_digest(page(text.format(10)), words) != shown_digest(page(text.format(11)), words)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": ResourceKind.DOCUMENT},
        {"read_state": ReadState.PARTIAL},
        {"read_state": ReadState.UNREAD},
        {"read_note": ReadNote.SCRIPT_FILLED},
    ],
)
def test_what_is_no_page_or_was_not_read_whole_counts_by_its_body(
    words: dict[str, tuple[str, ...]], other: dict[str, object]
) -> None:
    assert shown_digest(replace(page(), **other), words) == ""  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=30), max_size=4), st.lists(st.text(max_size=30), max_size=4))
def test_other_texts_are_other_evidence(one: list[str], other: list[str]) -> None:
    def made(texts: list[str]) -> Resource:
        blocks = tuple(Block(BlockKind.PARAGRAPH, f"คำ{text}") for text in texts)
        links = tuple(Link(URL, text) for text in texts)
        return replace(page(), blocks=blocks, links=links)

    same = [" ".join(text.split()) for text in one] == [" ".join(text.split()) for text in other]
    assert (shown_digest(made(one), {}) == shown_digest(made(other), {})) is same
