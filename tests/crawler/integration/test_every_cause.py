"""Every way in which a fetch can end has its Thai words, its class and a server that provokes it.

A new cause fails here until all three are there (docs/adding.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.models.snapshot import FetchOutcome
from reports.messages import thai
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

HONEST = page("<h1>รายงานประจำปี</h1><p>" + "เนื้อหาที่ซื่อตรงของหน่วยงาน " * 20 + "</p>")
PROVOKED: Mapping[FetchOutcome, Answer] = {
    FetchOutcome.OK: HONEST,
    FetchOutcome.RESET: Answer(cut=True),
    FetchOutcome.TIMEOUT: Answer(b"x", slow=6),
    FetchOutcome.FORBIDDEN: Answer(b"no", 403),
    FetchOutcome.LOGIN: page("<form>เข้าสู่ระบบ<input type=password></form>"),
    FetchOutcome.NOT_FOUND: Answer(b"gone", 410),
    FetchOutcome.SOFT_404: page("<h1>ไม่พบหน้าที่ท่านต้องการ</h1>"),
    FetchOutcome.RATE_LIMITED: Answer(b"later", 429),
    FetchOutcome.SERVER_ERROR: Answer(b"oops", 500),
    FetchOutcome.CHALLENGE: page("<title>Just a moment...</title>"),
    FetchOutcome.ROBOTS: HONEST,
    FetchOutcome.TOO_LARGE: Answer(b"%PDF-1.4" + b"x" * 300_000, kind="application/pdf"),
    FetchOutcome.REDIRECT_LOOP: Answer(status=302, headers={"Location": "/redirect_loop"}),
    FetchOutcome.UNSAFE_ADDRESS: Answer(status=302, headers={"Location": "http://169.254.169.254/"}),
    FetchOutcome.BAD_ADDRESS: Answer(status=302, headers={"Location": "ftp://ftp.a.go.th/13.pdf"}),
    FetchOutcome.OTHER: Answer(b"teapot", 418),
}
"""Cause -> the answer at the path named like it that ends so."""
HOME: Mapping[FetchOutcome, str] = {
    FetchOutcome.DNS: "http://no-such-office.invalid/",
    FetchOutcome.REFUSED: "http://127.0.0.1:{closed}/",
    FetchOutcome.TLS: "https://127.0.0.1:{plain}/",
}
"""Cause -> an agency's address that ends so."""
NO_REQUEST: Mapping[FetchOutcome, str] = {
    FetchOutcome.BUDGET: "the crawl's own limit: tests/crawler/integration/test_crawl.py",
    FetchOutcome.OFF_SITE: "recorded, never asked for: tests/crawler/middlewares/test_offsite.py",
    FetchOutcome.NOT_FOLLOWED: "a link that was not asked for: tests/crawler/links",
    FetchOutcome.SCRIPT_ONLY: "a page that was read as empty; its note says so: tests/crawler/rendering",
    FetchOutcome.MACHINE: "a fault of this machine: tests/crawler/test_failures.py",
}
"""Causes that no answer of a server makes, and where they are tested."""


def test_every_cause_is_provoked_or_is_no_answer_of_a_server() -> None:
    assert set(PROVOKED) | set(HOME) | set(NO_REQUEST) == set(FetchOutcome)


@pytest.mark.parametrize("cause", FetchOutcome)
def test_every_cause_has_thai_words_of_its_own(cause: FetchOutcome) -> None:
    words = {each: thai().word("outcome", each.value) for each in FetchOutcome}
    assert thai().knows("outcome", cause.value), "reports/messages.th.yaml, group outcome"
    assert re.search("[\u0e00-\u0e7f]", words[cause])
    assert [each for each in FetchOutcome if words[each] == words[cause]] == [cause]


@pytest.mark.parametrize("cause", FetchOutcome)
def test_every_cause_is_classed(cause: FetchOutcome) -> None:
    """What heals within the night was not read; what proves that nothing is there is asked for once."""
    assert not cause.is_transient or cause.leaves_unread
    assert cause.leaves_unread or cause in {
        FetchOutcome.OK,
        FetchOutcome.NOT_FOUND,
        FetchOutcome.SOFT_404,
        FetchOutcome.OFF_SITE,
        FetchOutcome.UNSAFE_ADDRESS,
        FetchOutcome.BAD_ADDRESS,
    }


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_a_server_provokes_each_cause(tmp_path: Path) -> None:
    answers = {f"/{cause.value}": answer for cause, answer in PROVOKED.items()}
    answers["/"] = page("".join(f"<a href={path}>หน้า {path}</a>" for path in answers))
    answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /robots\n", kind="text/plain")
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, DOWNLOAD_MAXSIZE="200000", REDIRECT_MAX_TIMES="4")
        found = {path: resource.outcome for path, resource in by_path(snapshot, site).items()}
    assert {cause: found.get(f"/{cause.value}") for cause in PROVOKED} == {cause: cause for cause in PROVOKED}


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("cause", HOME)
def test_an_address_provokes_each_cause(tmp_path: Path, cause: FetchOutcome) -> None:
    with serve({}) as closed:
        pass
    with serve({"/": HONEST}) as plain:
        snapshot, _ = go(tmp_path, HOME[cause].format(closed=closed.port, plain=plain.port))
    assert snapshot.resources[0].outcome is cause
    assert not snapshot.complete
