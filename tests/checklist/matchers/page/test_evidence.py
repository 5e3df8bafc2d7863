"""Matcher `evidence`: what passes, what fails, what is nearly right."""

from __future__ import annotations

from ..conftest import Judge


def test_a_picture_alone_needs_a_person(judge: Judge) -> None:
    assert judge.page({"evidence": {}}, "<img src=a.jpg alt=''>") == "review"
    assert judge.page({"evidence": {}}, "<p>จัดอบรมเจ้าหน้าที่แล้ว 35 คน</p>") == "present"
    assert judge.page({"evidence": {}}, "") == "missing"


def test_a_sentence_on_a_page_may_say_that_there_is_no_document_yet(judge: Judge) -> None:
    crumb, spec = "<p>หน้าแรก ทะเบียนเอกสารเผยแพร่ 2566</p>", {"evidence": {}}
    assert judge.page(spec, f"{crumb}<p>เจ้าหน้าที่จะนำเอกสารขึ้นในเร็ววันนี้</p>") == "review"
    assert judge.page(spec, f"{crumb}<p>ขออภัย เอกสารนี้ยังไม่พร้อมเผยแพร่</p>") == "missing"
    assert judge.page(spec, f"{crumb}<ul><li>จัดทำแผนและเผยแพร่ให้ประชาชนทราบ</li></ul>") == "present"
    assert judge.page(spec, "<p>" + "ดำเนินการตามแผนที่วางไว้ครบทุกด้าน " * 6 + "</p>") == "present"
    assert judge(spec, "จัดทำแผนและเผยแพร่ให้ประชาชนทราบ") == "present"


def test_a_form_around_a_page_says_no_more_than_its_lines(judge: Judge) -> None:
    assert judge.page({"evidence": {}}, "<form><h1>รายงานผลการดำเนินงานประจำปี</h1></form>") == "missing"
