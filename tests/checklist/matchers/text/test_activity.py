"""Matcher `activity`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "activity", {"activity": {"fields": ["date", "place", "people", "photos"]}},
        "วันที่ 5 มกราคม 2566 ณ ห้องประชุมสำนักงาน มีผู้เข้าร่วม 45 คน\n![](meeting.jpg)",
        {
            "วันที่ 5 มกราคม 2566 ณ ห้องประชุมสำนักงาน มีผู้เข้าร่วม 45 คน": "missing",
            "วันที่ 5 มกราคม 2566 มีผู้เข้าร่วม 45 คน\n![](meeting.jpg)": "missing",
            "วันที่ 5 มกราคม 2564 ณ ห้องประชุมสำนักงาน มีผู้เข้าร่วม 45 คน\n![](meeting.jpg)": "missing",
            "วันที่ 5 มกราคม 2566 ณ ห้องประชุมสำนักงาน มีผู้เข้าร่วม 45 คน\n![](logo.png)": "missing",
            "วันที่ 5 มกราคม 2568 ณ ห้องประชุมสำนักงาน มีผู้เข้าร่วม 45 คน\n![](meeting.jpg)": "missing",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
