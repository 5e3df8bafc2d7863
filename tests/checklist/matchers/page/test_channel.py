"""Matcher `channel`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from tests.checklist.sites import site, verdict

from ..conftest import Judge, Spec


def test_a_channel_is_two_way(judge: Judge) -> None:
    channel: dict[str, object] = {"channel": {}}
    assert judge.page(channel, "<form>ถามคำถาม<textarea></textarea></form>", "O8") == "present"
    assert judge.page(channel, "<a href='https://m.me/page'>แชต</a>", "O8") == "present"
    assert judge.page(channel, "<p>โทร 0 2123 4567</p>", "O8") == "missing"
    assert judge.page(channel, "<p>ส่งคำถามมาที่ตู้ ปณ. 1</p>", "O8") == "review"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ("", "review"),
        ("<p>โดย สมชาย 12 มกราคม 2566</p>", "present"),
        ("<p><a href='/ask'>ตั้งคำถามใหม่</a></p>", "present"),
    ],
)
def test_a_board_takes_questions(shipped: Rules, more: str, status: str) -> None:
    faq = "<h1>ถาม-ตอบ (Q&A)</h1><p><b>ถาม</b> จ่ายภาษีเมื่อไร</p><p><b>ตอบ</b> ภายในเดือนเมษายน</p>"
    html = f"<html><head><title>ถาม-ตอบ</title></head><body>{faq}{more}</body></html>"
    found = site({"": "<p>สำนักงาน</p><a href='qa'>O8 ถาม-ตอบ (Q&A)</a>", "qa": html})
    channel = next(f for f in verdict(shipped, found, "O8").findings if f.element == "channel")
    assert channel.status.value == status


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "two-way channel", {"channel": {}}, "[web]\n[form] ถามคำถาม ชื่อ ข้อความ ส่ง",
        {"[web]\n[form] ค้นหา": "missing", "[web]\n[form] ชื่อผู้ใช้ รหัสผ่าน เข้าสู่ระบบ": "missing",
         "โทร. 0 2123 4567": "missing", "สอบถามที่เคาน์เตอร์": "review"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
