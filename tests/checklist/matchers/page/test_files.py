"""Matcher `files`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

SHEETS: Spec = {"files": {"any": ["xlsx", "csv"]}}


@pytest.mark.parametrize("href", ["/plan.xlsx", "/PLAN.XLSX", "/data.csv", "/plan.xlsx?v=2"])
def test_a_file_that_the_page_links_to_is_known_by_its_ending(judge: Judge, href: str) -> None:
    assert judge.page(SHEETS, f"<a href='{href}'>แผน</a>") == "present"


@pytest.mark.parametrize("href", ["/plan.pdf", "/xlsx", "/page?file=plan.xlsx", "/plan.xlsx.html"])
def test_another_format_or_a_word_in_the_address_is_none(judge: Judge, href: str) -> None:
    assert judge.page(SHEETS, f"<a href='{href}'>plan.xlsx</a>") == "missing"
