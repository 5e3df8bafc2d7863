"""Matcher `photos`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"photos": {"min": 1}},
        "<p>ก</p><img src=a.jpg alt=ประชุม>",
        ("<p>ก</p>", "<p>ก</p><img src=/logo.png alt=''>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")
