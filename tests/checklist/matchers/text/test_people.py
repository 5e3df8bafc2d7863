"""Matcher `people`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from core.models.snapshot import Block, BlockKind

from ..conftest import Judge, Spec

PERSON = "<h3>นายสมชาย ใจดี</h3><p>หัวหน้าสำนักงาน</p>"


PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"people": {"fields": ["name", "position", "contact"]}},
        PERSON + "<p>โทร 0 2123 4567</p>",
        ("<p>หัวหน้าสำนักงาน</p>", PERSON, PERSON + "<footer>โทร 0 2123 4567</footer>"),
    ),
    (
        {"people": {"fields": ["name", "photo"], "min": 2}},
        "<img src=a.jpg alt=ภาพ><p>นายสมชาย ใจดี</p><img src=b.jpg alt=ภาพ><p>นางสาวมานี มีนา</p>",
        (
            "<p>นายสมชาย ใจดี</p><p>นางสาวมานี มีนา</p>",
            "<img src=a.jpg alt=ภาพ><p>นายสมชาย ใจดี</p><p>นางสาวมานี มีนา</p>",
        ),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "each person", {"people": {"fields": ["name", "contact"], "each": True}},
        "นายสมชาย ใจดี หัวหน้าสำนักงาน โทร. 0 2123 4567\nนางสาวมานี มีนา รองหัวหน้า โทร. 0 2123 4568",
        {
            "นายสมชาย ใจดี หัวหน้าสำนักงาน\nนางสาวมานี มีนา รองหัวหน้า": "missing",
            "นายสมชาย ใจดี หัวหน้าสำนักงาน โทร. 0 2123 4567\nนางสาวมานี มีนา รองหัวหน้า": "review",
        },
    ),
    (
        "person", {"people": {"fields": ["name"]}}, "นายสมชาย ใจดี",
        {"นายทะเบียน สำนักงานเขต": "missing", "นายอำเภอ เมืองตัวอย่าง": "missing", "นายกเทศมนตรี ตำบลใหม่": "missing"},
    ),
    (
        "person in an office", {"people": {"fields": ["name"]}}, "นายกเทศมนตรี นางสมศรี ใจงาม",
        {"นายกเทศมนตรี ปลัดเทศบาล": "missing"},
    ),
    (
        "head", {"people": {"fields": ["name", "position"], "roles": ["ผู้อำนวยการ"]}}, "นายสมชาย ใจดี ผู้อำนวยการ",
        {
            "นายสมชาย ใจดี หัวหน้าหอดูดาว": "review",
            "นายสมชาย ใจดี รองผู้อำนวยการ": "review",
            "นายสมชาย ใจดี\nผู้ช่วยผู้อำนวยการ": "review",
            "ผู้อำนวยการ": "missing",
            "นายสมชาย ใจดี": "missing",
        },
    ),
    (
        "photo", {"people": {"fields": ["name", "photo"]}}, "[web]\n![](boss.jpg)\nนายสมชาย ใจดี",
        {"[web]\n![โลโก้](a.png)\nนายสมชาย ใจดี": "missing", "[web]\n![](logo.png)\nนายสมชาย ใจดี": "missing"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others


def test_a_photo_on_a_printed_page_is_for_a_person(judge: Judge) -> None:
    spec: Spec = {"people": {"fields": ["name", "photo"]}}
    printed = "นายสมชาย ใจดี หัวหน้าสำนักงาน"
    assert (judge(spec, printed), judge(spec, f"[web]\n{printed}")) == ("review", "missing")
    assert judge({"people": {"fields": ["name", "photo", "contact"]}}, printed) == "missing"


def test_a_photo_in_a_document_stands_beside_whom_it_shows_or_elsewhere(judge: Judge) -> None:
    spec: Spec = {"people": {"fields": ["name", "photo"]}}
    name = Block(BlockKind.PARAGRAPH, "นายสมชาย ใจดี")
    lines = [Block(BlockKind.PARAGRAPH, f"ภารกิจที่ {number}") for number in range(8)]
    photo = Block(BlockKind.IMAGE, "", src="image1.jpeg")
    each = {"beside": (photo, name), "elsewhere": (name, *lines, photo), "none": (name, *lines)}
    found = {how: judge.document(spec, *blocks) for how, blocks in each.items()}
    assert found == {"beside": "present", "elsewhere": "review", "none": "missing"}


def test_a_position_on_no_list_is_for_a_person(judge: Judge) -> None:
    spec = {"people": {"fields": ["name", "position"]}}
    assert judge(spec, "นายสมเกียรติ รุ่งเรืองกิจ\nผู้กำกับการสถานีตำรวจภูธร") == "present"
    assert judge(spec, "นายสมเกียรติ รุ่งเรืองกิจ\nผู้พิพากษาหัวหน้าคณะ") == "present"
    assert judge(spec, "นายสมเกียรติ รุ่งเรืองกิจ\nนายสถานีรถไฟชุมทาง") == "review"
    assert judge(spec, "นายสมเกียรติ รุ่งเรืองกิจ\nโทร. 0 2123 4567") == "missing"
