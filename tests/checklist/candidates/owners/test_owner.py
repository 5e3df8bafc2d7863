"""What proves that a site is the agency's: its name, and not one that other agencies of its kind have too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.candidates.owners.owner import is_agencys
from checklist.rules.model import Rules
from tests.checklist.sites import site


@pytest.mark.parametrize(
    ("agency", "line", "named"),
    [
        ("องค์การบริหารส่วนตำบลหัวช้าง", "องค์การบริหารส่วนตำบลหัวช้าง อำเภอเมือง", True),
        ("องค์การบริหารส่วนตำบลหัวช้าง", "อบต.หัวช้าง ยินดีต้อนรับ", True),
        ("องค์การบริหารส่วนตำบลหัวช้าง", "องค์การบริหารส่วนตำบลบ้านนา อำเภอเมือง", False),
        ("องค์การบริหารส่วนตำบลหัวช้าง", "ขายที่ดินติดถนน ต.หัวช้าง", False),
        ("สำนักงานประมงจังหวัดเวียงทอง", "สนง.ประมงจังหวัดเวียงทอง", True),
        ("สำนักงานประมงจังหวัดเวียงทอง", "สำนักงานประมงจังหวัดเชียงรุ้ง", False),
        ("ศูนย์ราชการสะดวก", "ศูนย์ราชการสะดวก", True),
        ("ศูนย์ราชการสะดวก", "ร้านอาหารสะดวก", False),
    ],
)
def test_the_agencys_own_name_is_what_others_do_not_have(shipped: Rules, agency: str, line: str, named: bool) -> None:
    found = site({"": f"<h1>{line}</h1>", "p": "<p>ข่าวของวันนี้</p>"})
    found = replace(found, agency=replace(found.agency, name=agency))
    assert is_agencys(found, {}, {}, frozenset(), shipped.lexicon) is named
