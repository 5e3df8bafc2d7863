"""Matcher `evidence`: what passes, what fails, what is nearly right."""

from __future__ import annotations

from ..conftest import Judge


def test_a_picture_alone_needs_a_person(judge: Judge) -> None:
    assert judge.page({"evidence": {}}, "<img src=a.jpg alt=''>") == "review"
    assert judge.page({"evidence": {}}, "<p>ข้อความที่เป็นเนื้อหาจริงของหน่วยงาน</p>") == "present"
    assert judge.page({"evidence": {}}, "") == "missing"
