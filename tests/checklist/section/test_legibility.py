"""A lack on recognised pages: a photo changes nothing, a page that was read badly is named to a person."""

from __future__ import annotations

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import SectionResult, check_section
from checklist.section.legibility import is_scan
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

_PROSE = "สำนักงานดำเนินงานตามแผนครบถ้วนทุกโครงการและเบิกจ่ายงบประมาณครบ"


def check(rules: Rules, *blocks: Block) -> SectionResult:
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    return check_section("problems", EvidencePart(resource, 0, len(blocks)), rules.lexicon)


def typed(page: int) -> Block:
    return Block(BlockKind.PARAGRAPH, _PROSE * 12, page=page)


def recognised(page: int | None, confidence: float, text: str = _PROSE) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page, ocr=True, confidence=confidence)


def test_a_photo_with_a_few_letters_leaves_a_lack_a_lack(shipped: Rules) -> None:
    found = check(shipped, typed(1), recognised(2, 0.4, "ยินดีต้อนรับ"), recognised(2, 0.5, "a ม"))
    assert found.status.value == "missing"


def test_a_page_that_was_read_well_leaves_a_lack_a_lack(shipped: Rules) -> None:
    assert check(shipped, typed(1), *[recognised(2, 0.94)] * 5, recognised(2, 0.6, "ลายมือ")).status.value == "missing"


def test_misread_signatures_beside_names_leave_a_lack_a_lack(shipped: Rules) -> None:
    rows = [block for _ in range(20) for block in (recognised(2, 0.92, "นางสาวทดลอง ใจดี"), recognised(2, 0.3, "ลสผล"))]
    assert check(shipped, typed(1), *rows).status.value == "missing"


def test_pages_that_were_read_badly_are_named(shipped: Rules) -> None:
    found = check(shipped, typed(1), *[recognised(3, 0.6)] * 3, *[recognised(5, 0.5)] * 3, *[recognised(6, 0.95)] * 3)
    assert found.status.value == "review"
    assert found.reason is not None
    assert (found.reason.code, dict(found.reason.values)) == ("section_poor_pages", {"pages": "3, 5"})


def test_a_document_is_a_scan_if_most_of_it_was_recognised() -> None:
    def part(*blocks: Block) -> EvidencePart:
        resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
        return EvidencePart(resource, 0, len(blocks))

    assert is_scan(part(recognised(1, 0.95), recognised(2, 0.95)))
    assert not is_scan(part(typed(1), recognised(2, 0.95)))


def test_a_picture_of_a_document_without_pages_that_was_read_badly_needs_a_person(shipped: Rules) -> None:
    assert check(shipped, typed(1), *[recognised(None, 0.5)] * 3).status.value == "review"


def test_an_answer_that_was_hardly_read_needs_a_person(shipped: Rules) -> None:
    heading = recognised(1, 0.94, "5.1) ปัญหา อุปสรรค (หากไม่มี ระบุว่าไม่มี)")
    rest = recognised(1, 0.92, "งกไม่มี ระบุว่าไม่มี)")
    assert check(shipped, heading, recognised(1, 0.587, "ร6066ไม่มี......"), rest).status.value == "review"
    told = [recognised(1, 0.92, "ขาดบุคลากรด้านพัสดุ"), recognised(1, 0.93, "งบประมาณได้รับล่าช้าทุกไตรมาส")]
    assert check(shipped, heading, recognised(1, 0.587, "ดำเนนงานลาชา"), *told).status.value == "present"
