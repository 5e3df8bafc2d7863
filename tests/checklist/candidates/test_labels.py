"""Names that the menus of real sites give to items, each with where it was seen."""

from __future__ import annotations

import pytest

from checklist.candidates.labels import ItemNames
from checklist.rules.model import Rules

SEEN = [
    # A local administration's strategy; the name is fixed by the ministry's rule on local development plans.
    (2567, "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "O7"),
    (2568, "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "O5"),
    (2569, "แผนพัฒนาท้องถิ่น", "O5"),
    # A category of a content system that many local administrations use.
    (2566, "นโยบายไม่รับของขวัญ no gift policy", "O31"),
    (2567, "นโยบายไม่รับของขวัญ no gift policy", "O26"),
    (2568, "นโยบายไม่รับของขวัญ no gift policy", "O21"),
    (2569, "นโยบายไม่รับของขวัญ no gift policy", "O20"),
    # The whole title of one agency's page of 2569, and the shorter one of 2568.
    (
        2569,
        "O20 การขับเคลื่อนนโยบาย No Gift Policy จากการปฏิบัติหน้าที่และการเสริมสร้างความรู้เกี่ยวกับหลักเกณฑ์การรับทรัพย์สิน"
        "หรือประโยชน์อื่นใดโดยธรรมจรรยาของเจ้าพนักงานของรัฐ",
        "O20",
    ),
    (2568, "ประกาศเจตนารมณ์และการสร้างวัฒนธรรม ตามนโยบาย No Gift Policy จากการปฏิบัติหน้าที่", "O21"),
    # Wordings of the 43 titles in a template that three local administrations share.
    (2566, "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประจำปี รอบ 6 เดือน", "O12"),
    (2566, "รายงานการติดตามการดำเนินการป้องกันการทุจริตประจำปี รอบ 6 เดือน", "O37"),
    (2566, "นโยบายหรือแผนการบริหารทรัพยากรบุคคล", "O23"),
    # One agency's page of 2568, before and after the title changed.
    (2568, "คู่มือหรือแนวทางการให้บริการสำหรับผู้รับบริการหรือผู้มาติดต่อ", "O9"),
    (2568, "O9 คู่มือหรือแนวทางการขอรับบริการสำหรับผู้รับบริการหรือผู้มาติดต่อ", "O9"),
]


@pytest.mark.parametrize(("year", "label", "item"), SEEN, ids=[f"{y} {i} {n}" for n, (y, _, i) in enumerate(SEEN)])
def test_a_name_seen_in_a_menu_is_the_items(shipped: Rules, year: int, label: str, item: str) -> None:
    found = ItemNames(shipped.edition(year).naming).matches(label)
    assert found
    assert found[0].item == item


NOT = [
    (2567, "รายงานผลตามนโยบายไม่รับของขวัญ (No Gift Policy)", "O26"),
    (2567, "รายงานผลการดำเนินงานตามแผนพัฒนาท้องถิ่น", "O7"),
    (2566, "การสร้างวัฒนธรรมนโยบายไม่รับของขวัญ", "O31"),
]


@pytest.mark.parametrize(("year", "label", "item"), NOT)
def test_a_name_that_only_holds_it_is_another(shipped: Rules, year: int, label: str, item: str) -> None:
    assert item not in {match.item for match in ItemNames(shipped.edition(year).naming).matches(label)}


def test_a_summary_of_an_earlier_year_is_the_years_report_and_not_the_months_summary(shipped: Rules) -> None:
    names = ItemNames(shipped.edition(2566).naming, shipped.lexicon)

    def best(label: str) -> str:
        return names.matches(label)[0].item

    assert best("สรุปผลการจัดซื้อจัดจ้างประจำปี 2565") == "O22"
    assert best("สรุปผลการจัดซื้อจัดจ้างประจำปีงบประมาณ พ.ศ. 2566") == "O21"
    assert best("สรุปผลการจัดซื้อจัดจ้างรายเดือน ประจำปีงบประมาณ พ.ศ. 2566") == "O21"


@pytest.mark.parametrize(
    ("label", "turns"),
    [
        ("ถัดไป", True),
        ("หน้าถัดไป »", True),
        ("‹ ก่อนหน้านี้", True),
        (">>", True),
        ("Next Page →", True),
        ("ถัดไป O15 คู่มือ", False),
        ("O15", False),
        ("", False),
        ("เปิด", False),
    ],
)
def test_words_and_arrows_for_a_lists_next_page(shipped: Rules, label: str, turns: bool) -> None:
    assert ItemNames(shipped.edition(2566).naming, shipped.lexicon).is_turn(label) is turns


@pytest.mark.parametrize(
    ("label", "items"),
    [
        ("ช่องทางร้องเรียนทุจริต (ส่งตรงถึงผู้บริหาร)", set()),
        ("ส่งตรงถึงผู้บริหาร (ช่องทางร้องเรียนทุจริต)", {"O2"}),
        ("การป้องกันการทุจริต (แผนปฏิบัติการป้องกันการทุจริต)", {"O36"}),
        ("O2 (ข้อมูลผู้บริหาร)", {"O2"}),
    ],
)
def test_a_word_in_brackets_says_for_whom_and_a_title_there_is_one(shipped: Rules, label: str, items: set[str]) -> None:
    found = ItemNames(shipped.edition(2566).naming).matches(label)
    assert {match.item for match in found[:1]} == items
