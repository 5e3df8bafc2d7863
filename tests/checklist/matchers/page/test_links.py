"""Matcher `links`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from core.models.snapshot import FetchOutcome

from ..conftest import Judge, Spec


def test_links_that_nobody_opened_are_for_a_person(judge: Judge) -> None:
    laws: dict[str, object] = {"links": {"min": 1, "opens": True, "labels": ["พระราชบัญญัติ"]}}
    assert judge.page(laws, "<a href='https://law.go.th/1'>พระราชบัญญัติ</a>", "O6") == "review"
    own = "<a href='https://a.go.th/law'>พระราชบัญญัติ</a>"
    assert judge.page(laws, own, "O6", law=FetchOutcome.OK) == "present"
    assert judge.page(laws, own, "O6", law=FetchOutcome.NOT_FOUND) == "missing"


PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"links": {"min": 1, "hosts": ["facebook.com"], "on": "site"}},
        "<a href='https://www.facebook.com/a'>f</a>",
        ("<a href='https://a.go.th/f'>Facebook</a>", "<a href='https://notfacebook.com/'>Facebook</a>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "links that open", {"links": {"min": 1, "opens": True, "labels": ["กฎหมาย"]}},
        "[web]\n[กฎหมายท้องถิ่น](law)\n[opens] law",
        {
            "[web]\n[กฎหมายท้องถิ่น](law)\n[dead] law": "missing",
            "[web]\n[กฎหมายท้องถิ่น](https://law.go.th/1)": "review",
            "[web]\n[ข่าว](news)\n[opens] news": "missing",
        },
    ),
    (
        "links that are not all dead", {"links": {"min": 0, "alive": True, "labels": ["กฎหมาย"]}},
        "[web]\n[กฎหมายท้องถิ่น](https://law.go.th/1)",
        {"[web]\n[กฎหมายท้องถิ่น](law)\n[dead] law": "missing"},
    ),
    ("no links asked for", {"links": {"min": 0, "alive": True, "labels": ["กฎหมาย"]}}, "กฎหมายทั้งฉบับ", {}),
    (
        "social pages", {"links": {"hosts": ["facebook.com", "line.me"], "on": "home"}}, "[home] [f](https://www.facebook.com/office)",
        {
            "[web]\n[f](https://www.facebook.com/office)": "missing",
            "[home] [f](https://www.facebook.com/)": "missing",
            "[home] [แชร์](https://www.facebook.com/sharer.php?u=x)": "missing",
            "[home] [แชร์](https://social-plugins.line.me/lineit/share?url=x)": "missing",
            "[home] [f](https://facebook.com.example.org/office)": "missing",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
