"""Matcher `news`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"news": {"min": 2}},
        "<p>5 มกราคม 2566 ประชุม</p><p>9 ก.พ. 66 อบรม</p>",
        ("<p>5 มกราคม 2560 ประชุม</p>", "<p>5 มกราคม 2566 ประชุม</p><p>5 มกราคม 2568 อบรม</p>"),
    ),
    (
        # the page's clock, and what is yet to come, are no news
        {"news": {"min": 1}},
        "<p>5 มกราคม 2566 ประชุม</p>",
        (
            "<p>วันนี้วันอาทิตย์ที่ 30 เมษายน 2566</p><p>5 มีนาคม 2564 มอบผ้าห่ม</p>",
            "<p>5 มีนาคม 2564 มอบผ้าห่ม</p><p>15 กันยายน 2566 รับสมัคร</p>",
            "<p>5 มีนาคม 2564 มอบผ้าห่ม</p><p>กันยายน 2566 รับสมัคร</p>",
            "<p>Today is Sunday, 30/04/2566 10:15:22</p><p>5 มีนาคม 2564 มอบผ้าห่ม</p>",
        ),
    ),
    # news begin with a clock's words, have their day on a line of its own, and are of the crawl's day too
    ({"news": {"min": 1}}, "<p>วันนี้วันที่ 12 เมษายน 2566 นายกเปิดงาน</p><p>5 มีนาคม 2564 มอบผ้าห่ม</p>", ()),
    ({"news": {"min": 1}}, "<p>วันนี้วันที่ 30 เมษายน 2566 ประชุมสภา</p><p>5 มีนาคม 2564 มอบผ้าห่ม</p>", ()),
    ({"news": {"min": 1}}, "<p>วันนี้วันที่ 12 เมษายน 2566</p><p>นายกเปิดงาน</p>", ()),
    ({"news": {"min": 1}}, "<p>30 เมษายน 2566</p><p>นายกเปิดงาน</p>", ()),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "news", {"news": {"min": 1}}, "5 มกราคม 2566 ประชุม",
        {"5 มกราคม 2568 ประชุม": "review", "ประชุมคณะทำงาน": "review", "มาตรา 5 ปี 2560": "review"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
