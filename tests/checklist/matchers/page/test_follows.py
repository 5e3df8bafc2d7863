"""Matcher `follows`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "plan and report", {"follows": {"plan": ["แผนปฏิบัติการ"], "year": "previous"}},
        "ผลตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2565",
        {
            "ผลตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2563": "review",
            "ผลการดำเนินงาน ปี 2565": "missing",
            "แผนที่ปฏิบัติการ ปี 2565": "missing",
        },
    ),
    ("plan without a year", {"follows": {"plan": ["แผนปฏิบัติการ"]}}, "ผลตามแผนปฏิบัติการป้องกันการทุจริต", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
