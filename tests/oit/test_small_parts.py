"""Score, truth, explanation, doctor, progress and the page server."""

from __future__ import annotations

import http.client
import io
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from checklist.rules.model import Rules
from core.errors import InputError
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    Candidate,
    CrawlSummary,
    ElementStatus,
    EvidenceRef,
    Finding,
    ItemStatus,
    Level,
    Method,
    Quote,
    Reason,
    SubScore,
    Verdict,
)
from core.models.reasons import ReasonCode
from crawler.process.supervisor import Progress
from oit.doctor import examine
from oit.evaluation import compare, read_truth
from oit.progress import CrawlDisplay
from oit.run.job import read_rules
from oit.web import server
from oit.what_if import OtherInstruments, score_if
from reports.explain import clean, explain_lines
from reports.messages import thai

NOW = datetime(2022, 4, 30, 1, 2, tzinfo=UTC)
AGENCY = Agency("land", "สำนักงานที่ดิน", "https://land.example.go.th/")


def assessment() -> Assessment:
    quote = Quote("https://land.example.go.th/%E0%B8%81.pdf", "ปัญหา\x1b[31m\u202e แดง", Method.HEADING, page=14)
    finding = Finding(
        "problems",
        "ปัญหา อุปสรรค",
        Level.REQUIRED,
        ElementStatus.EMPTY,
        quotes=(quote,),
        seen=("สรุปผล",),
        reason=Reason(ReasonCode.SECTION_EMPTY, {"how": "dash"}),
    )
    evidence = EvidenceRef(quote.url, (AGENCY.url,), "O2 รายงาน", "application/pdf", "a" * 64, NOW, 200)
    verdict = Verdict(
        "O2",
        "รายงานประจำปี",
        "9.2",
        ItemStatus.INCOMPLETE,
        1.25,
        (evidence,),
        (finding,),
        (Candidate(quote.url, "O2 รายงาน", 0.93, (Reason(ReasonCode.DECLARED),), chosen=True),),
    )
    crawl = CrawlSummary(NOW, NOW, True, 12, 3, 0, None)
    return Assessment(AGENCY, 2565, date(2022, 4, 30), crawl, SubScore("oit", 0.0, 0.0), (verdict,))


def test_score_counts_means_of_means(rules_file: Path) -> None:
    edition = read_rules(rules_file).newest
    found = score_if(edition, ["O2"], OtherInstruments(iit=90, eit=95))
    assert found["sub_indicators"] == {"9.1": 100, "9.2": 0, "10.1": 100}
    assert found["indicators"] == {"9": 50, "10": 100}
    assert found["oit"] == 75
    assert (found["ita"], found["rating"]) == (85.5, "A")
    assert "ita" not in score_if(edition, [])


@pytest.mark.parametrize(("iit", "eit"), [(90, None), (None, 90), (101, 90), (90, -1)])
def test_score_wants_both_in_range(rules_file: Path, iit: float | None, eit: float | None) -> None:
    with pytest.raises(InputError):
        score_if(read_rules(rules_file).newest, [], OtherInstruments(iit=iit, eit=eit))


def test_the_parts_of_eit_are_asked_as_the_edition_has_them(shipped: Rules) -> None:
    with pytest.raises(InputError, match="has one EIT"):
        score_if(shipped.edition(2565), [], OtherInstruments(iit=90, eit1=90, eit2=90))
    with pytest.raises(InputError, match="go together"):
        score_if(shipped.edition(2567), [], OtherInstruments(iit=90, eit1=90))
    with pytest.raises(InputError, match="either"):
        score_if(shipped.edition(2567), [], OtherInstruments(iit=90, eit=90, eit1=90, eit2=90))
    found = score_if(shipped.edition(2567), [], OtherInstruments(iit=96, eit=90))
    assert (found["rating"], found["rating_range"]) == ("ผ่าน – ผ่านดี", ["ผ่าน", "ผ่านดี"])
    exact = score_if(shipped.edition(2567), [], OtherInstruments(iit=96, eit1=80, eit2=100))
    assert (exact["rating"], "rating_range" in exact) == ("ผ่าน", False)


def test_differences_from_the_truth_are_named() -> None:
    truth = {
        "items": {"O2": {"status": "complete", "elements": {"problems": "present", "other": "missing"}, "why": "w"}}
    }
    found = compare([(assessment(), truth)])
    assert [str(d) for d in found.differences] == [
        "land O2: incomplete, but the truth is complete (w)",
        "land O2.problems: empty, but the truth is present (w)",
        "land O2.other: absent, but the truth is missing (w)",
    ]
    agreed = compare([(assessment(), {"items": {"O2": {"status": "incomplete", "elements": {"problems": "empty"}}}})])
    assert agreed.differences == ()
    assert agreed.right == {"incomplete": 1}


def test_an_item_that_was_not_judged_differs() -> None:
    (difference,) = compare([(assessment(), {"items": {"O9": {"status": "complete"}}})]).differences
    assert difference.verdict == "absent"


def test_a_file_that_is_no_truth(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    for text in ("[]", "{", '{"items": 1}'):
        path.write_text(text)
        with pytest.raises(InputError, match="no truth"):
            read_truth(path)


def test_explanation_tells_all_and_obeys_nothing(shipped: Rules) -> None:
    found = assessment()
    text = "\n".join(explain_lines(found, found.verdicts[0], shipped.edition(2565), thai()))
    for part in (
        "incomplete",
        "1.25",
        "* 0.93",
        "/ก.pdf",
        "หน้า 14",
        "มีแต่ขีด",
        "หัวข้อที่เอกสารมี: สรุปผล",
    ):
        assert part in text
    steps = [line[:2] for line in text.splitlines() if line[:1].isdigit()]
    assert steps == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "\x1b" not in text
    assert "\u202e" not in text


@given(st.text(max_size=400))
def test_cleaned_text_is_one_harmless_line(text: str) -> None:
    found = clean(text)
    assert len(found) <= 300
    assert found.splitlines() in ([found], [])
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in found)


def test_doctor_says_what_is_lost() -> None:
    parts = examine(lambda name: "/bin/antiword" if name == "antiword" else None, lambda _: None)
    assert [p.name for p in parts if p.found] == ["office converter (antiword)"]
    assert all(part.lost and part.install for part in parts)


def test_progress_degrades_to_lines() -> None:
    out = io.StringIO()
    with CrawlDisplay((AGENCY,), Console(file=out, width=40)) as display:
        for state, pages in (("crawling", 0), ("crawling", 5), ("finished", 9)):
            display.update(Progress("land", state, pages, 1, 0, 0))
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("land: crawling, 0 pages")
    assert lines[1].startswith("land: finished, 9 pages")
    assert "1 of 1 agencies done, 9 pages" in " ".join(lines[2:])


def test_progress_on_a_terminal_and_quiet() -> None:
    for quiet in (False, True):
        out = io.StringIO()
        with CrawlDisplay((AGENCY,), Console(file=out, force_terminal=True, width=120), quiet=quiet) as display:
            display.update(Progress("land", "crawling", 7, 1, 0, 3))
        assert ("7 pages" in out.getvalue()) is not quiet


def test_pages_are_for_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "2565").mkdir()
    (tmp_path / "2565" / "index.html").write_text("hello", encoding="utf-8")
    made = server(tmp_path, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    port = made.server_address[1]

    def ask(path: str, host: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers.get("Content-Security-Policy", "")

    try:
        local = f"127.0.0.1:{port}"
        assert "/2565/index.html" in ask("/", local)[1]
        status, text, policy = ask("/2565/index.html", local)
        assert (status, text) == (200, "hello")
        assert "default-src 'none'" in policy
        assert ask("/2565/index.html", "evil.example")[0] == 403
        (tmp_path / "2566").mkdir()
        assert ask("/2566/", local)[0] == 404
        assert ask("/../../etc/passwd", local)[0] == 404
    finally:
        made.shutdown()
        made.server_close()
        thread.join(timeout=5)
