"""What an item's wordings have of their own beside another item's."""

from __future__ import annotations

from checklist.candidates.labels import ItemNames
from checklist.rules.model import Rules


def test_a_yearly_report_has_nothing_of_the_report_on_preventing_corruption(shipped: Rules) -> None:
    names = ItemNames(shipped.edition(2566).naming, shipped.lexicon)
    assert names.matter("รายงานสรุปผลการดำเนินงาน ประจำปีงบประมาณ 2565", "O38", "O13") == 0.0
    assert names.matter("ผลตามแผนปฏิบัติการป้องกันการทุจริต ปี 2565", "O38", "O13") > 0.5


def test_no_single_notice_is_called_after_all_of_them(shipped: Rules) -> None:
    names = ItemNames(shipped.edition(2566).naming, shipped.lexicon)
    assert names.collective == {"O20"}
