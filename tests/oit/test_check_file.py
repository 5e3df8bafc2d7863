"""A file is judged by what it says itself: the item's title, given back as a label, proves nothing."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind
from documents import read_document
from documents.base import ReadLimits
from documents.pool import ReaderPool
from oit.check_file import FileVerdict, check_file, judge_reading


def judged(rules: Rules, *lines: str, item: str = "O36") -> FileVerdict:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, page=1) for line in lines)
    reading = Reading(ResourceKind.DOCUMENT, ReadState.READ, "application/pdf", blocks=blocks)
    as_of = date(2023, 4, 30)
    return judge_reading("x.pdf", b"x", reading, rules.edition(2566), item, as_of, dict(rules.lexicon), "provincial")


_LINES = ("โครงการอบรมสุจริต งบประมาณ 12,000 บาท", "ระยะเวลาดำเนินการ ไตรมาส 2")


def test_a_plan_that_says_its_year_is_fine(shipped: Rules) -> None:
    assert judged(shipped, "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2566", *_LINES).fine


def test_a_file_that_says_no_year_is_not_of_the_items_year(shipped: Rules) -> None:
    found = judged(shipped, "แผนปฏิบัติการป้องกันการทุจริต", *_LINES)
    assert found.verdict.status is ItemStatus.REVIEW


@pytest.mark.parametrize("title", ["รายงานผลการป้องกันการทุจริต", "พระราชบัญญัติการป้องกันการทุจริต"])
def test_another_document_is_said_to_be_another(shipped: Rules, title: str) -> None:
    found = judged(shipped, f"{title} ปีงบประมาณ พ.ศ. 2566", *_LINES)
    assert found.verdict.status is ItemStatus.REVIEW
    assert "other_kind" in [reason.code for reason in found.verdict.reasons]


_NAMES = ("หน้าแรก", "เกี่ยวกับหน่วยงาน", "ข่าวสาร", "ติดต่อเรา")
_MENU = "<nav><ul>" + "".join(f"<li><a href='/'>{name}</a></li>" for name in _NAMES) + "</ul></nav>"


@pytest.mark.parametrize(("title", "fine"), [("แผนปฏิบัติการป้องกันการทุจริต", True), ("รายงานผลการป้องกันการทุจริต", False)])
def test_the_menu_of_a_web_page_is_not_its_title(shipped: Rules, title: str, *, fine: bool) -> None:
    lines = "".join(f"<p>{line}</p>" for line in _LINES)
    body = f"<html><body>{_MENU}<main><h1>{title} ปีงบประมาณ พ.ศ. 2566</h1>{lines}</main></body></html>".encode()
    reading = read_document(body, "https://a.go.th/a.html", "", "a.html", ReadLimits())
    edition = shipped.edition(2566)
    found = judge_reading(
        "a.html", body, reading, edition, "O36", date(2023, 4, 30), dict(shipped.lexicon), "provincial"
    )
    assert found.fine is fine


def test_a_servers_error_under_the_name_of_a_pdf_cannot_be_opened(shipped: Rules) -> None:
    body = b"<html><title>Error</title><body><h1>Fatal error</h1><p>Too many connections</p></body></html>"
    reading = read_document(body, "https://a.go.th/a.pdf", "", "a.pdf", ReadLimits())
    edition = shipped.edition(2566)
    found = judge_reading(
        "a.pdf", body, reading, edition, "O39", date(2023, 4, 30), dict(shipped.lexicon), "provincial"
    )
    assert found.verdict.status is ItemStatus.UNREACHABLE


class Scanner(ReaderPool):
    """Stands for the reader processes: of a file of ten pages the text layer says `known`, and each page that is
    recognised says its line of `behind`."""

    def __init__(self, known: dict[int, str], behind: dict[int, str]) -> None:
        self.known, self.behind, self.asked = known, behind, list[int]()

    def submit(self, work: Any, cancelled: threading.Event | None = None) -> Future[Any]:
        done = dict(sorted(self.behind.items())[: sum(self.asked) + work.limits.ocr_pages])
        self.asked.append(work.limits.ocr_pages)
        waits = tuple(sorted(set(self.behind) - set(done)))
        text = sorted({**self.known, **done}.items())
        future: Future[Any] = Future()
        future.set_result(
            Reading(
                ResourceKind.DOCUMENT,
                ReadState.PARTIAL if waits else ReadState.READ,
                "application/pdf",
                blocks=tuple(Block(BlockKind.PARAGRAPH, line, page=page) for page, line in text),
                note=ReadNote.OCR_QUEUED if waits else ReadNote.NONE,
                page_count=10,
                unread_pages=waits,
            )
        )
        return future


def recognitions(rules: Rules, path: Path, known: dict[int, str], behind: dict[int, str]) -> tuple[str, list[int]]:
    """The status of the file, and how many pages each of its readings might recognise."""
    path.write_bytes(b"x")
    pool = Scanner(known, behind)
    found = check_file(
        path, "O36", rules.edition(2566), date(2023, 4, 30), dict(rules.lexicon), "provincial", pool
    )  # fmt: skip
    return found.verdict.status.value, pool.asked


PLAN = {1: "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2566", 2: _LINES[0], 3: _LINES[1]}


def test_what_the_text_layer_answers_recognises_nothing(shipped: Rules, tmp_path: Path) -> None:
    assert recognitions(shipped, tmp_path / "x.pdf", PLAN, {9: "ภาพกิจกรรม"}) == ("complete", [0])


def test_pages_are_recognised_until_the_answer_is_there(shipped: Rules, tmp_path: Path) -> None:
    known = {1: PLAN[1], 2: PLAN[2]}
    behind = {3: "-", 4: "-", 5: PLAN[3], 6: "-", 7: "-", 8: "-", 9: "-", 10: "-", 11: "-", 12: "-"}
    assert recognitions(shipped, tmp_path / "x.pdf", known, behind) == ("complete", [0, 2, 6])


def test_a_cover_that_waits_is_always_recognised(shipped: Rules, tmp_path: Path) -> None:
    """It says the year: the pages behind it do not decide against it."""
    known = {2: PLAN[1], 3: PLAN[2], 4: PLAN[3]}
    status, asked = recognitions(shipped, tmp_path / "x.pdf", known, {1: PLAN[1].replace("2566", "2565")})
    assert (status != "complete", asked) == (True, [0, 2])
