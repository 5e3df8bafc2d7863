"""Judging grows with a page's text, not with its square: one hostile paragraph must not hold up a list of agencies."""

from __future__ import annotations

import math
import time
from datetime import UTC, date, datetime

import pytest

from checklist.assess import assess
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource, ResourceKind, Snapshot, StopReason
from core.readings import with_reading
from documents.base import ReadLimits
from documents.html.reader import read_html

HOME = "https://a.go.th/"
NIGHT = datetime(2023, 4, 30, tzinfo=UTC)
SMALL, LARGE = 50_000, 400_000
"""Letters; the larger one is a page of 400 KB, as hostile sites send."""
PIECES = (
    "ก", ".", "q1", "ita", "\u00a0", "O1 ", "2566", "๒", "- ", "…", "ปัญหา", " ข้อเสนอแนะ ", "ไม่มี", "(", "/",
    "12/3/65 ", "มกราคม 2566 ",
)  # fmt: skip
STEEPEST = 1.5
"""Exponent of growth; 1 is linear. Far enough from 2 for a busy machine."""
_NOISE = 0.5
"""Seconds that a judgement may take whatever its growth: below this the clock says little."""


def page(html: bytes, url: str, **more: object) -> Resource:
    blank = Resource(url, FetchOutcome.OK, final_url=url, kind=ResourceKind.PAGE, http_status=200, **more)  # type: ignore[arg-type]
    return with_reading(blank, read_html(html, url, "text/html", ReadLimits()))


def seconds_to_judge(
    rules: Rules, piece: str, letters: int, tag: str, label: str = "O13 รายงานผลการดำเนินงานประจำปี"
) -> float:
    """CPU seconds to judge a site of two pages, each with one element of so many letters."""
    body = (piece * (letters // len(piece) + 1))[:letters]
    html = f"<h1>OIT</h1><{tag}>{body}</{tag}><p><a href=/o13.html>{label}</a></p>".encode()
    home = page(html, HOME)
    report = page(html, f"{HOME}o13.html", found_via=(HOME,), label=label, depth=1)
    agency = Agency("a", "ก", HOME)
    snapshot = Snapshot(agency, NIGHT, NIGHT, True, StopReason.NONE, (home, report), frozenset({"a.go.th"}))
    began = time.process_time()
    assess(snapshot, rules.edition(2566), date(2023, 4, 30), dict(rules.lexicon))
    return time.process_time() - began


@pytest.mark.parametrize("tag", ["p", "td", "a href=/x.html"])
def test_judging_grows_with_the_text_and_not_with_its_square(shipped: Rules, tag: str) -> None:
    seconds_to_judge(shipped, "ก", 100, tag)  # dictionaries are loaded once
    steep = {}
    for piece in PIECES:
        # What grows too fast does so each time; a busy machine does not.
        for _ in range(4):
            large = seconds_to_judge(shipped, piece, LARGE, tag)
            small = seconds_to_judge(shipped, piece, SMALL, tag) if large > _NOISE else large
            if large <= _NOISE or math.log(large / max(small, 1e-3)) / math.log(LARGE / SMALL) <= STEEPEST:
                break
        else:
            steep[piece] = f"{small:.2f} s, {large:.2f} s"
    assert steep == {}


FEW, MANY = 600, 2_400
"""From some hundred lines on a page is long enough to be a report, whose section is looked for too."""
ROWS = "<tr><td>{}<td>โครงการ<td>ปัญหา อุปสรรค<td>ข้อเสนอแนะ<td>ไม่มี"
PERSON = "<img src='/{0}.jpg'><p>นายสมชาย ใจดี ผู้อำนวยการ โทร 02-123-4567 ต่อ {0}</p>"
LINES = (
    "<h2>ปัญหา อุปสรรค</h2>",
    "<p>5. ข้อเสนอแนะ (หากไม่มีให้ระบุว่าไม่มี)</p>",
    "<p>https://a.go.th/x.pdf</p>",
    "<p>O13 รายงาน</p>",
    "<h2>O13 รายงานผลการดำเนินงานประจำปี</h2><p>รายงาน</p>",
    "<table><tr><td>O13<td>รายงานผลการดำเนินงานประจำปี<td><a href=/o13.html>1</a></table>",
)


@pytest.mark.parametrize("line", LINES)
def test_judging_grows_with_the_lines_of_a_page_and_not_with_their_square(shipped: Rules, line: str) -> None:
    seconds_to_judge(shipped, line, 100, "div")

    def is_steep() -> bool:
        few, many = (seconds_to_judge(shipped, line, count * len(line), "div") for count in (FEW, MANY))
        return many > _NOISE and math.log(many / max(few, 1e-3)) / math.log(MANY / FEW) >= STEEPEST

    # What grows too fast does so each time; a busy machine does not.
    assert not all(is_steep() for _ in range(5))


def test_judging_grows_with_the_persons_of_a_page_and_not_with_their_square(shipped: Rules) -> None:
    def is_steep() -> bool:
        pages = ("".join(PERSON.format(n) for n in range(count)) for count in (FEW, 2 * MANY))
        few, many = (seconds_to_judge(shipped, one, len(one), "div", "O2 ข้อมูลผู้บริหาร") for one in pages)
        return many > _NOISE and math.log(many / max(few, 1e-3)) / math.log(2 * MANY / FEW) >= STEEPEST

    assert not all(is_steep() for _ in range(5))


@pytest.mark.parametrize("numbered", [True, False])
def test_judging_grows_with_the_rows_of_a_table_and_not_with_their_square(shipped: Rules, numbered: bool) -> None:
    """Each row names the section, with a name of its own or the same one."""
    row = ROWS.replace("ปัญหา อุปสรรค", "ปัญหา อุปสรรค {}") if numbered else ROWS

    def is_steep() -> bool:
        tables = ("<table>" + "".join(row.format(n, n) for n in range(count)) + "</table>" for count in (FEW, MANY))
        few, many = (seconds_to_judge(shipped, table, len(table), "div") for table in tables)
        return many > _NOISE and math.log(many / max(few, 1e-3)) / math.log(MANY / FEW) >= STEEPEST

    assert not all(is_steep() for _ in range(5))


def test_judging_grows_with_the_links_of_a_line_and_not_with_their_square(shipped: Rules) -> None:
    def is_steep() -> bool:
        rows = ("".join(f"<a href='/{n}'>รูป {n}</a>" for n in range(count)) for count in (FEW, 2 * MANY))
        few, many = (seconds_to_judge(shipped, row, len(row), "p") for row in rows)
        return many > _NOISE and math.log(many / max(few, 1e-3)) / math.log(2 * MANY / FEW) >= STEEPEST

    assert not all(is_steep() for _ in range(5))
