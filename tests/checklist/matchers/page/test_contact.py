"""Matcher `contact`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"contact": {"field": "phone"}},
        "<p>โทร. ๐ ๒๑๒๓ ๔๕๖๗ ต่อ 12</p>",
        ("<p>โทรศัพท์</p>", "<p>แฟกซ์ 0 2123 4567</p>"),
    ),
    ({"contact": {"field": "fax"}}, "<p>แฟกซ์ 02-123-4567</p>", ("<p>โทร 02-123-4567</p>", "<p>โทรสาร -</p>")),
    ({"contact": {"field": "email"}}, "<p>a.b@c.go.th</p>", ("<p>อีเมล</p>", "<p>ติดต่อ @facebook</p>")),
    (
        {"contact": {"field": "address"}},
        "<p>ที่อยู่ ศาลากลาง ถนนราชการ ตำบลในเมือง อำเภอเมือง 10000</p>",
        ("<p>ภาพกิจกรรม</p>", "<p>ถนนราชการ 99</p>"),
    ),
    (
        {"contact": {"field": "map"}},
        "<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>",
        ("<p>ใกล้ตลาด</p>", "<h3>แผนที่</h3><p>เร็ว ๆ นี้</p>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "phone", {"contact": {"field": "phone"}}, "โทรสาร/โทรศัพท์ 0 2123 4567",
        {"โทรสาร 0 2123 4567": "missing", "ปี 2566 - 2567": "missing", "เลขที่โครงการ 66017012345": "missing"},
    ),
    (
        "map", {"contact": {"field": "map"}}, "[web]\n[แผนที่](https://maps.app.goo.gl/x)",
        {"[web]\n[แผนผังเว็บไซต์](sitemap)": "missing", "[web]\n[งานแผนที่ภาษี](tax)": "missing"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
