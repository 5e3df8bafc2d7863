"""A document completes an item by its own words: its first lines name the item's matter, and no other's sooner."""

from __future__ import annotations

import pytest

from checklist.candidates.labels import ItemNames
from checklist.candidates.owners.other_items import other_title
from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind
from tests.checklist.sites import document, site, verdict

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


def test_a_title_that_names_two_items_is_of_both(shipped: Rules) -> None:
    title = "แผนการดำเนินงานและแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. 2565"
    edition = shipped.edition(2565)
    document = Resource(
        "https://a.go.th/x.pdf",
        FetchOutcome.OK,
        kind=ResourceKind.DOCUMENT,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text, page=1) for text in (title, OFFICE)),
    )
    names = ItemNames(edition.naming, shipped.lexicon)
    said = {item: other_title(names, edition.item(item), document) is not None for item in ("O10", "O18", "O12")}
    assert said == {"O10": False, "O18": False, "O12": True}


def test_an_offices_name_below_a_plans_title_is_none_of_the_title(shipped: Rules) -> None:
    office = "องค์การบริหารส่วนจังหวัดทุ่งทดลอง"
    assert told(shipped, "O11", "แผนปฏิบัติงานประจำปี งบประมาณ พ.ศ. 2566", office, "บทนำ") == ""


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("ประชุมมอบนโยบาย No Gift Policy แก่บุคลากร", ItemStatus.COMPLETE),
        ("รายงานผลตามนโยบาย No Gift Policy", ItemStatus.REVIEW),
    ],
)
def test_an_event_is_called_by_what_it_was_held_for(shipped: Rules, title: str, status: ItemStatus) -> None:
    rows = ("O31 ประกาศเจตนารมณ์นโยบาย No Gift Policy", "O33 รายงานผลตามนโยบาย No Gift Policy")
    others = "".join(f"<li><a href='/x'>{label}</a></li>" for label in rows)
    told_of = document("event.pdf", title, "สำนักงานตัวอย่าง", *_TOLD)
    home = f"<h1>OIT 2566</h1><ul>{others}<li><a href='event.pdf'>O32 การสร้างวัฒนธรรม No Gift Policy</a></li></ul>"
    assert verdict(shipped, site({"": home, "x": "<p>หน้า</p>"}, told_of), "O32").status is status


_TOLD = (
    "เมื่อวันที่ 14 ธันวาคม 2565 หัวหน้าสำนักงาน เป็นประธานการประชุมมอบนโยบายไม่รับของขวัญ แก่บุคลากร ณ ห้องประชุม",
    "มีผู้เข้าร่วม 42 คน เพื่อปลูกจิตสำนึกและสร้างวัฒนธรรมองค์กร",
)
