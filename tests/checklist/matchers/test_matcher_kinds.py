"""Every kind of check that the manual's items need, on a small piece of evidence: one that passes, one that fails,
and some that are nearly right. The evidence is written as examples in rules.yaml are."""

from __future__ import annotations

from typing import get_args

import pytest

from checklist.examples.runner import example_view
from checklist.matchers import run
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher, Place

Spec = dict[str, object]
MONTHS = "".join(f"|{m}|3 รายการ|\n" for m in ("ต.ค. 2565", "พ.ย. 2565", "ธ.ค. 2565", "ม.ค. 2566", "ก.พ. 2566"))


def status(rules: Rules, spec: Spec, text: str, item: str = "O13") -> str:
    edition = rules.edition(2566)
    return run(Matcher.model_validate(spec), example_view(rules, edition, edition.item(item), text)).status.value


PLACES: dict[str, tuple[str, str]] = {
    "heading": ("# งบลงทุน", "งบลงทุน"),
    "column": ("|รายการ|งบลงทุน|\n|ก|5|", "|รายการ|ยอด|\n|งบลงทุน|5|"),
    "label": ("[label] งบลงทุน\nเนื้อหา", "งบลงทุน"),
    "link": ("[web]\n[งบลงทุน](a.pdf)", "[web]\nงบลงทุน"),
    "text": ("จัดสรรเป็นงบลงทุน แล้ว", "[menu] งบลงทุน"),
}


@pytest.mark.parametrize("place", get_args(Place))
def test_a_phrase_counts_in_the_places_asked_for(shipped: Rules, place: str) -> None:
    spec: Spec = {"phrase": {"any": ["งบลงทุน"], "where": [place]}}
    there, elsewhere = PLACES[place]
    assert status(shipped, spec, there) == "present"
    assert status(shipped, spec, elsewhere) == "missing"


def test_a_bold_line_is_a_heading(shipped: Rules) -> None:
    spec: Spec = {"phrase": {"any": ["งบลงทุน"], "where": ["heading"]}}
    assert status(shipped, spec, "**งบลงทุน**") == "present"


CASES: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "near", {"phrase": {"any": ["ภายใน"], "near": ["วัน"], "within": 30}}, "แจ้งผลภายใน 15 วัน",
        {"ประสานงานภายในสำนักงาน": "missing", "ภายใน" + " ก" * 40 + " 15 วัน": "missing"},
    ),
    (
        "rows", {"table": {"columns": [["โครงการ"]], "min_rows": 3}}, "|โครงการ|\n|ก|\n|ข|\n|ค|",
        {
            "|โครงการ|\n|ก|\n|ข|": "missing",
            "|โครงการ|\n|ก|\n|ข|\n|-|": "missing",
            "|โครงสร้าง|\n|ก|\n|ข|\n|ค|": "missing",
        },
    ),
    (
        "filled columns", {"table": {"columns": [["เหตุการณ์"], ["ระดับ"], ["มาตรการ"]], "filled": True}},
        "|เหตุการณ์|ระดับ|มาตรการ|\n|ใช้รถราชการ|สูง|ลงทะเบียนรถ|",
        {"|เหตุการณ์|ระดับ|มาตรการ|\n|ใช้รถราชการ|สูง||": "missing", "|เหตุการณ์|ระดับ|\n|ใช้รถ|สูง|": "missing"},
    ),
    (
        "months", {"months": {"count": 6}}, "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566|ไม่มีการจัดซื้อจัดจ้าง|",
        {
            "|เดือน|ผล|\n" + MONTHS: "missing",
            "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566||": "review",
            "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566|-|": "review",
            "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2565|3 รายการ|": "missing",
        },
    ),
    (
        "each person", {"people": {"fields": ["name", "contact"], "each": True}},
        "นายสมชาย ใจดี หัวหน้าสำนักงาน โทร. 0 2123 4567\nนางสาวมานี มีนา รองหัวหน้า โทร. 0 2123 4568",
        {
            "นายสมชาย ใจดี หัวหน้าสำนักงาน\nนางสาวมานี มีนา รองหัวหน้า": "missing",
            "นายสมชาย ใจดี หัวหน้าสำนักงาน โทร. 0 2123 4567\nนางสาวมานี มีนา รองหัวหน้า": "review",
        },
    ),
    (
        "person", {"people": {"fields": ["name"]}}, "นายสมชาย ใจดี",
        {"นายทะเบียน สำนักงานเขต": "missing", "นายอำเภอ เมืองตัวอย่าง": "missing", "นายกเทศมนตรี ตำบลใหม่": "missing"},
    ),
    (
        "person in an office", {"people": {"fields": ["name"]}}, "นายกเทศมนตรี นางสมศรี ใจงาม",
        {"นายกเทศมนตรี ปลัดเทศบาล": "missing"},
    ),
    (
        "head", {"people": {"fields": ["name", "position"], "roles": ["ผู้อำนวยการ"]}}, "นายสมชาย ใจดี ผู้อำนวยการ",
        {"นายสมชาย ใจดี หัวหน้าหอดูดาว": "review", "ผู้อำนวยการ": "missing", "นายสมชาย ใจดี": "missing"},
    ),
    (
        "photo", {"people": {"fields": ["name", "photo"]}}, "[web]\n![](boss.jpg)\nนายสมชาย ใจดี",
        {"[web]\n![โลโก้](a.png)\nนายสมชาย ใจดี": "missing", "[web]\n![](logo.png)\nนายสมชาย ใจดี": "missing"},
    ),
    (
        "phone", {"contact": {"field": "phone"}}, "โทรสาร/โทรศัพท์ 0 2123 4567",
        {"โทรสาร 0 2123 4567": "missing", "ปี 2566 - 2567": "missing", "เลขที่โครงการ 66017012345": "missing"},
    ),
    (
        "map", {"contact": {"field": "map"}}, "[web]\n[แผนที่](https://maps.app.goo.gl/x)",
        {"[web]\n[แผนผังเว็บไซต์](sitemap)": "missing", "[web]\n[งานแผนที่ภาษี](tax)": "missing"},
    ),
    (
        "links that open", {"links": {"min": 1, "opens": True, "labels": ["กฎหมาย"]}},
        "[web]\n[กฎหมายท้องถิ่น](law)\n[opens] law",
        {
            "[web]\n[กฎหมายท้องถิ่น](law)\n[dead] law": "missing",
            "[web]\n[กฎหมายท้องถิ่น](https://law.go.th/1)": "review",
            "[web]\n[ข่าว](news)\n[opens] news": "missing",
        },
    ),
    (
        "links that are not all dead", {"links": {"min": 0, "alive": True, "labels": ["กฎหมาย"]}},
        "[web]\n[กฎหมายท้องถิ่น](https://law.go.th/1)",
        {"[web]\n[กฎหมายท้องถิ่น](law)\n[dead] law": "missing"},
    ),
    ("no links asked for", {"links": {"min": 0, "alive": True, "labels": ["กฎหมาย"]}}, "กฎหมายทั้งฉบับ", {}),
    (
        "social pages", {"links": {"hosts": ["facebook.com"], "on": "home"}}, "[home] [f](https://www.facebook.com/office)",
        {
            "[web]\n[f](https://www.facebook.com/office)": "missing",
            "[home] [f](https://www.facebook.com/)": "missing",
            "[home] [แชร์](https://www.facebook.com/sharer.php?u=x)": "missing",
            "[home] [f](https://facebook.com.example.org/office)": "missing",
        },
    ),
    (
        "news", {"news": {"min": 1}}, "5 มกราคม 2566 ประชุม",
        {"5 มกราคม 2568 ประชุม": "review", "ประชุมคณะทำงาน": "review", "มาตรา 5 ปี 2560": "review"},
    ),
    (
        "two-way channel", {"channel": {}}, "[web]\n[form] ถามคำถาม ชื่อ ข้อความ ส่ง",
        {"[web]\n[form] ค้นหา": "missing", "[web]\n[form] ชื่อผู้ใช้ รหัสผ่าน เข้าสู่ระบบ": "missing",
         "โทร. 0 2123 4567": "missing", "สอบถามที่เคาน์เตอร์": "review"},
    ),
    (
        "e-service", {"service": {}}, "[web]\n[ยื่นคำขอออนไลน์](https://eservice.example.org/)",
        {
            "[web]\n[ยื่นคำขอออนไลน์](form.pdf)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](#)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](https://www.example.go.th/)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](example)": "missing",
            "[web]\n[ยื่นคำขอออนไลน์](go)\n[dead] go": "missing",
            "[web]\n[form] ค้นหา": "missing",
            "[web]\n[form] สมัครรับข่าวสาร อีเมล": "missing",
            "[web]\n[iframe] https://www.example.org/video": "missing",
        },
    ),
    (
        "form", {"service": {}}, "[web]\n[form] ค้นหา ยื่นคำร้อง ชื่อ เลขประจำตัว ที่อยู่ ส่ง",
        {"[web]\n[menu] [ระบบบริการออนไลน์](https://e.example.org/)": "missing"},
    ),
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
    (
        "six months", {"period": {"span": "first_6_months"}}, "# ผลงาน รอบ 6 เดือนแรก ปีงบประมาณ 2566",
        {
            "# ผลงาน รอบ 6 เดือนหลัง ปีงบประมาณ 2566": "missing",
            "# ผลงาน ไตรมาส 3 ปีงบประมาณ 2566": "missing",
            "# ผลงาน รอบ 6 เดือนแรก ปีงบประมาณ 2564": "missing",
        },
    ),
    (
        "a range of months", {"period": {"year": "previous"}}, "# ผลงาน ต.ค. 2564 - ก.ย. 2565",
        {
            "# ผลงาน ต.ค. 2565 - มี.ค. 2566": "review",
            "# ผลงาน 1 ตุลาคม 2563 ถึง 30 กันยายน 2564": "missing",
            "# ผลงาน ต.ค. 63 - ก.ย. 64": "missing",
        },
    ),
    (
        "a plan of several years", {"period": {"span": "covers"}}, "# แผน พ.ศ. 2563 ถึง พ.ศ. 2567",
        {"# แผน ปีงบประมาณ 2560 - 65": "missing", "# แผน ปีงบประมาณ 2563 และ ปีงบประมาณ 2564": "missing"},
    ),
    ("a plan with a short last year", {"period": {"span": "covers"}}, "# แผน พ.ศ. 2563-67", {}),
    ("whole year", {"period": {"span": "first_6_months"}}, "# ผลงาน ไตรมาส 1 - 4 ปีงบประมาณ 2566", {}),
    (
        "signed", {"signed": {}}, "(นายสมชาย ใจดี)\nผู้ว่าราชการจังหวัดตัวอย่าง\nประกาศ ณ วันที่ 5 มกราคม 2566",
        {
            "เรียน ผู้ว่าราชการจังหวัดตัวอย่าง": "missing",
            "เรียน ผู้ว่าราชการจังหวัดตัวอย่าง\nลงชื่อ นายสมชาย ใจดี": "review",
            "นายสมชาย ใจดี นักวิชาการ": "missing",
        },
    ),
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
    (
        "money", {"money": {"near": ["เบิกจ่าย"]}}, "เบิกจ่าย\n1,250,000.00 บาท",
        {"วงเงิน 1,250,000.00 บาท": "missing", "เบิกจ่ายแล้ว ปี 2566": "missing", "เบิกจ่าย โทร. 0 2123 4567": "missing"},
    ),
    ("no money used", {"money": {}}, "โครงการนี้ไม่ใช้งบประมาณ", {"ปีงบประมาณ 2566": "missing"}),
    ("reached by links", {"reachable": {}}, "เนื้อหา", {"[unlinked]\nเนื้อหา": "missing"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), CASES, ids=[c[0] for c in CASES])
def test_each_kind(shipped: Rules, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert status(shipped, spec, passes) == "present", name
    assert {text: status(shipped, spec, text) for text in others} == others


def test_every_kind_of_matcher_is_used_by_the_rules_and_exemplified(shipped: Rules) -> None:
    used: set[str] = set()

    def note(matcher: Matcher) -> None:
        used.add(matcher.kind)
        for below in (*(matcher.all or ()), *(matcher.any or ())):
            note(below)

    for edition in shipped.editions:
        for item in edition.items:
            for element in item.elements:
                note(element.match)
    assert set(Matcher.model_fields) - used == set()


def test_the_items_own_title_is_no_law(shipped: Rules) -> None:
    laws = {e.id: e for e in shipped.edition(2566).item("O6").elements}["laws"].match.model_dump(exclude_unset=True)
    assert status(shipped, laws, "[web]\n[label]\nภาพกิจกรรม", "O6") == "missing"
    assert status(shipped, laws, "[web]\n[label] พระราชบัญญัติเทศบาล\nฉบับเต็ม", "O6") == "present"
