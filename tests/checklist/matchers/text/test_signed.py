"""Matcher `signed`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"signed": {}},
        "<p>(นายสมชาย ใจดี)</p><p>ผู้ว่าราชการจังหวัดตัวอย่าง</p>",
        ("<p>ข่าว</p>", "<p>นายสมชาย ใจดี</p>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "signed", {"signed": {}}, "(นายสมชาย ใจดี)\nผู้ว่าราชการจังหวัดตัวอย่าง\nประกาศ ณ วันที่ 5 มกราคม 2566",
        {
            "เรียน ผู้ว่าราชการจังหวัดตัวอย่าง": "missing",
            "เรียน ผู้ว่าราชการจังหวัดตัวอย่าง\nลงชื่อ นายสมชาย ใจดี": "review",
            "นายสมชาย ใจดี นักวิชาการ": "missing",
            "ข้าพเจ้า .................. ตำแหน่ง ผู้อำนวยการ ..............\n(..................)": "review",
            "ลงชื่อ .................... ผู้อำนวยการสำนักงาน\n(นายสมชาย ใจดี)": "present",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others


def test_a_place_to_sign_without_a_name_is_no_signature(judge: Judge) -> None:
    spec: Spec = {"signed": {"signature": True}}
    assert judge(spec, "ลงชื่อ ......................\n(......................)\nผู้อำนวยการโรงเรียน..........") == "review"
    assert judge(spec, "ลงชื่อ ......................\n(นายสมชาย ใจดี)\nผู้อำนวยการโรงเรียนบ้านนา") == "present"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("วันที่ 23 ธันวาคม 2565 นายวรเชษฐ์ วงศ์สว่าง รองผู้อำนวยการ เป็นประธาน", "missing"),
        ("นายวรเชษฐ์ วงศ์สว่าง รองผู้อำนวยการ รักษาราชการแทนผู้อำนวยการ", "present"),
        ("นายวรเชษฐ์ วงศ์สว่าง ผู้อำนวยการ และนางสุดา ใจดี รองผู้อำนวยการ", "present"),
    ],
)
def test_a_deputy_is_not_the_highest(judge: Judge, text: str, expected: str) -> None:
    assert judge({"signed": {}}, text) == expected
