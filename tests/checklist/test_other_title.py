"""A document completes an item by its own words: its first lines name the item's matter, and no other's sooner."""

from __future__ import annotations

import pytest

from checklist.candidates.labels import ItemNames
from checklist.judge import other_title
from checklist.rules.model import Rules
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

OFFICE = "องค์การบริหารส่วนตำบลทุ่งทดลอง ขอรายงานให้ประชาชนทราบโดยทั่วกัน"


def told(
    rules: Rules,
    item: str,
    title: str,
    *lines: str,
    ocr: bool = False,
    kind: ResourceKind = ResourceKind.DOCUMENT,
) -> str:
    edition = rules.edition(2566)
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, page=1, ocr=ocr) for text in (title, OFFICE, *lines))
    document = Resource("https://a.go.th/x.pdf", FetchOutcome.OK, kind=kind, blocks=blocks)
    reason = other_title(ItemNames(edition.naming, rules.lexicon), edition.item(item), document)
    return reason.code.value if reason is not None else ""


@pytest.mark.parametrize(
    ("item", "title", "expected"),
    [
        ("O19", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566", ""),
        ("O34", "การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ประจำปีงบประมาณ พ.ศ. 2566", ""),
        ("O19", "การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ประจำปีงบประมาณ พ.ศ. 2566", "other_item"),
        ("O43", "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "other_item"),
        ("O43", "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", ""),
        ("O41", "รายงานกิจการของสหกรณ์ออมทรัพย์ ปี 2566", "not_named"),
        ("O38", "รายงานสรุปผลการดำเนินงาน ประจำปีงบประมาณ 2565", "other_item"),
        ("O38", "รายงานผลตามแผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ 2565", ""),
        ("O22", "รายงานสรุปผลการจัดซื้อจัดจ้าง ประจำปี 2565", ""),
        ("O20", "ประกาศผู้ชนะการเสนอราคา ซื้อวัสดุสำนักงาน", ""),
        ("O7", "การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ", ""),
    ],
)
def test_a_document_of_another_item_is_a_persons(shipped: Rules, item: str, title: str, expected: str) -> None:
    assert told(shipped, item, title) == expected


def test_a_document_that_names_all_that_is_asked_needs_no_title(shipped: Rules) -> None:
    title = "รายงานผลการเสริมสร้างมาตรฐานให้แก่เจ้าหน้าที่ ประจำปีงบประมาณ พ.ศ. 2566"
    team = "1. การจัดตั้งทีมให้คำปรึกษาตอบคำถามทางจริยธรรม"
    manners = "2. การจัดทำแนวปฏิบัติ Dos & Don'ts เพื่อลดความสับสนเกี่ยวกับพฤติกรรมสีเทา"
    training = "3. การฝึกอบรมที่มีการสอดแทรกสาระด้านจริยธรรม"
    assert told(shipped, "O40", title) == told(shipped, "O40", title, team) == "not_named"
    assert told(shipped, "O40", title, team, manners, training) == ""


def test_nothing_is_said_of_pages_and_scans(shipped: Rules) -> None:
    title = "การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ"
    assert told(shipped, "O19", title, ocr=True) == ""
    assert told(shipped, "O19", title, kind=ResourceKind.PAGE) == ""


@pytest.mark.parametrize(
    ("item", "title", "expected"),
    [
        ("O13", "รายงานผลการดำเนินโครงการตลาดนัดสีเขียว ประจำปีงบประมาณ พ.ศ. 2565", "one_project"),
        ("O13", 'สรุปผลการดำเนินงาน โครงการ "บ้านนี้มีสุข"', "one_project"),
        ("O13", "รายงานผลการดำเนินงานตามโครงการปลูกป่าชุมชน", "one_project"),
        ("O13", "รายงานผลการดำเนินโครงการตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2565", ""),
        ("O13", "รายงานผลการดำเนินโครงการ/กิจกรรม ประจำปี 2565", ""),
        ("O13", "รายงานผลการดำเนินโครงการ ประจำปีงบประมาณ พ.ศ. 2565", ""),
        ("O13", "รายงานผลการดำเนินงานประจำปี 2565", ""),
        ("O38", "รายงานผลการดำเนินโครงการป้องกันการทุจริต ประจำปี 2565", ""),
    ],
)
def test_a_report_on_one_project_is_not_the_agencys(shipped: Rules, item: str, title: str, expected: str) -> None:
    assert told(shipped, item, title) == expected
