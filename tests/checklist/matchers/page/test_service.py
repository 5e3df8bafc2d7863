"""Matcher `service`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from core.models.snapshot import FetchOutcome

from ..conftest import Judge, Spec


def test_a_service_leads_somewhere(judge: Judge) -> None:
    service: dict[str, object] = {"service": {}}
    assert judge.page(service, "<form>ยื่นคำขอ</form>", "O18") == "present"
    assert judge.page(service, "<a href='https://e.go.th/'>ระบบบริการออนไลน์</a>", "O18") == "present"
    assert judge.page(service, "<a href='#'>ระบบบริการออนไลน์</a>", "O18") == "missing"
    dead = "<a href='https://a.go.th/dead'>ระบบบริการออนไลน์</a>"
    assert judge.page(service, dead, "O18", dead=FetchOutcome.NOT_FOUND) == "missing"


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "e-service", {"service": {}}, "[web]\n[ยื่นคำขอออนไลน์](https://eservice.example.org/)",
        {
            "[web]\n[ยื่นคำขอออนไลน์](form.pdf)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](#)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](https://www.example.go.th/)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](example)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](go)\n[dead] go": "missing",
            "[web]\n[form] ค้นหา": "missing",
            "[web]\n[form] สมัครรับข่าวสาร อีเมล": "missing",
            "[web]\n[iframe] https://www.example.org/video": "missing",
        },
    ),
    (
        "form", {"service": {}}, "[web]\n[form] ค้นหา ยื่นคำร้อง ชื่อ เลขประจำตัว ที่อยู่ ส่ง",
        {"[web]\n[menu] [ระบบบริการออนไลน์](https://e.example.org/)": "missing"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
