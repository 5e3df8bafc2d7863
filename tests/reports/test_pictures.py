"""Pictures and seen headings in report.html: relative, escaped, beside their finding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ElementStatus, ItemStatus, Method, Quote
from reports.agency_html import AgencyContext, report_html
from reports.messages import thai
from tests.reports.writing import write_reports

from .conftest import lack, verdict

QUOTE = Quote("https://a.go.th/r.pdf", 'หัวข้อ "<b>&', Method.HEADING, page=3)
PICTURE = "pictures/0123456789abcdef-p3-0123456789.png"


@pytest.fixture
def assessment(make: Callable[..., Assessment]) -> Assessment:
    """One gap with a quote."""
    finding = lack("problems", ElementStatus.EMPTY, quotes=(QUOTE,))
    return make(verdict("O3", ItemStatus.INCOMPLETE, findings=(finding,)))


def test_a_picture_stands_beside_its_finding(assessment: Assessment, edition: Edition) -> None:
    page = BeautifulSoup(report_html(assessment, edition, thai(), AgencyContext({("O3", "problems"): PICTURE})), "lxml")
    (image,) = page.select("article#O3 li figure img")
    assert image["src"] == PICTURE
    assert "หน้า 3" in str(image["alt"])
    assert '"<b>&' in str(image["alt"])
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert "img-src 'self'" in str(policy["content"])


def test_without_a_picture_there_is_no_frame(assessment: Assessment, edition: Edition) -> None:
    assert "<img" not in report_html(assessment, edition, thai(), AgencyContext({("O3", "suggestions"): PICTURE}))
    assert "<img" not in report_html(assessment, edition, thai())


def test_each_agency_gets_its_own_pictures(assessment: Assessment, edition: Edition, tmp_path: Path) -> None:
    agency = assessment.agency.id
    folder = tmp_path / "2565" / agency / "pictures"
    folder.mkdir(parents=True)
    (tmp_path / "2565" / agency / PICTURE).write_bytes(b"\x89PNG")
    write_reports(tmp_path, [assessment], edition, "", {agency: {("O3", "problems"): PICTURE}, "other": {}})
    assert "data:image/png;base64,iVBORw==" in (tmp_path / "2565" / agency / "report.html").read_text("utf-8")


@pytest.mark.parametrize("status", [ElementStatus.MISSING, ElementStatus.REVIEW])
def test_headings_that_the_document_has_are_listed(
    make: Callable[..., Assessment], edition: Edition, status: ElementStatus
) -> None:
    finding = lack("problems", status, seen=("1. บทนำ", "2. <script>"))
    page = report_html(make(verdict("O3", ItemStatus.INCOMPLETE, findings=(finding,))), edition, thai())
    assert "“1. บทนำ” · “2. &lt;script&gt;”" in page
