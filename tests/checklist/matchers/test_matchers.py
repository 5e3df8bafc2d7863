"""Each kind of check: one case that passes, one that fails, one that is nearly right."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.matchers import run
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource, ResourceKind, Snapshot
from core.storage.store import with_reading
from documents.base import ReadLimits
from documents.html.reader import read_html

HOME = "https://a.go.th/"
PAGE = "https://a.go.th/o/"


def judge(rules: Rules, matcher: dict[str, object], html: str, item: str = "O13", **others: FetchOutcome) -> str:
    """The status of one matcher on one page; `others` are outcomes of further addresses of the site."""
    reading = read_html(f"<html><body>{html}</body></html>".encode(), PAGE, "text/html", ReadLimits())
    page = with_reading(
        Resource(PAGE, FetchOutcome.OK, final_url=PAGE, kind=ResourceKind.PAGE, found_via=(HOME,)), reading
    )
    home = Resource(HOME, FetchOutcome.OK, kind=ResourceKind.PAGE, links=page.links)
    more = [Resource(f"https://a.go.th/{name}", outcome) for name, outcome in others.items()]
    moment = datetime(2023, 4, 30, tzinfo=UTC)
    snapshot = Snapshot(Agency("a", "ก", HOME), moment, moment, True, "", (home, page, *more), frozenset({"a.go.th"}))
    edition = rules.edition(2566)
    parts = (EvidencePart(page, 0, len(page.blocks)),)
    known = {r.url: r for r in snapshot.resources}
    view = EvidenceView(edition.item(item), edition, date(2023, 4, 30), snapshot, parts, "", rules.lexicon, known)
    return run(Matcher.model_validate(matcher), view).status.value


TABLE = "<table><tr><td>{}</td><td>{}</td></tr><tr><td>{}</td><td>{}</td></tr></table>"
PERSON = "<h3>นายสมชาย ใจดี</h3><p>หัวหน้าสำนักงาน</p>"
CASES: list[tuple[dict[str, object], str, tuple[str, ...]]] = [
    ({"phrase": {"any": ["งบประมาณ"]}}, "<p>ใช้งบประมาณ 500 บาท</p>", ("<p>ไม่มี</p>", "<p>ปีงบประมาณ 2566</p>")),
    (
        {"phrase": {"any": ["มาตรการ"], "near": ["ความเสี่ยง"]}},
        "<p>มาตรการลดความเสี่ยง</p>",
        ("<p>มาตรการ</p>", "<p>ความเสี่ยงสูง</p>"),
    ),
    (
        {"table": {"columns": [["โครงการ"], ["งบประมาณ"]], "min_rows": 1}},
        TABLE.format("โครงการ", "งบ<br>ประมาณ", "ก", "5"),
        (TABLE.format("ชื่อ", "งบประมาณ", "ก", "5"), TABLE.format("โครงการ", "งบประมาณ", "-", "")),
    ),
    (
        {"contact": {"field": "phone"}},
        "<p>โทร. ๐ ๒๑๒๓ ๔๕๖๗ ต่อ 12</p>",
        ("<p>โทรศัพท์</p>", "<p>แฟกซ์ 0 2123 4567</p>"),
    ),
    ({"contact": {"field": "fax"}}, "<p>แฟกซ์ 02-123-4567</p>", ("<p>โทร 02-123-4567</p>", "<p>โทรสาร -</p>")),
    ({"contact": {"field": "email"}}, "<p>a.b@c.go.th</p>", ("<p>อีเมล</p>", "<p>ติดต่อ @facebook</p>")),
    (
        {"contact": {"field": "address"}},
        "<p>ที่อยู่ ศาลากลาง ถนนราชการ ตำบลในเมือง อำเภอเมือง 10000</p>",
        ("<p>ภาพกิจกรรม</p>", "<p>ถนนราชการ 99</p>"),
    ),
    (
        {"contact": {"field": "map"}},
        "<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>",
        ("<p>ใกล้ตลาด</p>", "<h3>แผนที่</h3><p>เร็ว ๆ นี้</p>"),
    ),
    (
        {"people": {"fields": ["name", "position", "contact"]}},
        PERSON + "<p>โทร 0 2123 4567</p>",
        ("<p>หัวหน้าสำนักงาน</p>", PERSON),
    ),
    (
        {"people": {"fields": ["name", "photo"], "min": 2}},
        "<img src=a.jpg alt=ภาพ><p>นายสมชาย ใจดี</p><img src=b.jpg alt=ภาพ><p>นางสาวมานี มีนา</p>",
        (
            "<p>นายสมชาย ใจดี</p><p>นางสาวมานี มีนา</p>",
            "<img src=a.jpg alt=ภาพ><p>นายสมชาย ใจดี</p><p>นางสาวมานี มีนา</p>",
        ),
    ),
    (
        {"news": {"min": 2}},
        "<p>5 มกราคม 2566 ประชุม</p><p>9 ก.พ. 66 อบรม</p>",
        ("<p>5 มกราคม 2560 ประชุม</p>", "<p>5 มกราคม 2566 ประชุม</p><p>5 มกราคม 2568 อบรม</p>"),
    ),
    (
        {"months": {"count": 6}},
        "<p>ต.ค. 2565 พ.ย. 2565 ธ.ค. 2565 ม.ค. 2566 ก.พ. 2566 มี.ค. 2566</p>",
        ("<p>ปี 2566</p>", "<p>ต.ค. 2565 พ.ย. 2565 ธ.ค. 2565 ม.ค. 2566 ก.พ. 2566</p>"),
    ),
    ({"money": {}}, "<p>เบิกจ่าย 1,234.50 บาท</p>", ("<p>เบิกจ่ายแล้ว</p>", "<p>ข้อ 5 ปี 2566</p>")),
    (
        {"photos": {"min": 1}},
        "<p>ก</p><img src=a.jpg alt=ประชุม>",
        ("<p>ก</p>", "<p>ก</p><img src=/logo.png alt=''>"),
    ),
    (
        {"links": {"min": 1, "hosts": ["facebook.com"], "on": "site"}},
        "<a href='https://www.facebook.com/a'>f</a>",
        ("<a href='https://a.go.th/f'>Facebook</a>", "<a href='https://notfacebook.com/'>Facebook</a>"),
    ),
    (
        {"period": {"year": "previous"}},
        "<h1>รายงาน ปีงบประมาณ 2565</h1>",
        ("<h1>รายงาน ปีงบประมาณ 2563</h1>", "<h1>รายงาน ปีงบประมาณ 2562 และ 2563</h1>"),
    ),
    (
        {"period": {"span": "covers"}},
        "<h1>แผน พ.ศ. 2563 - 2567</h1>",
        ("<h1>แผนปีงบประมาณ 2560</h1>", "<h1>แผนปีงบประมาณ พ.ศ. 2555 - 2559</h1>"),
    ),
    (
        {"signed": {}},
        "<p>(นายสมชาย ใจดี)</p><p>ผู้ว่าราชการจังหวัดตัวอย่าง</p>",
        ("<p>ข่าว</p>", "<p>นายสมชาย ใจดี</p>"),
    ),
    ({"count": {"min": 1}}, "<p>คู่มือ</p>", ("", "<p> </p>")),
    ({"reachable": {}}, "<p>ก</p>", ()),
]


@pytest.mark.parametrize(("matcher", "passes", "fails"), CASES, ids=[str(c[0])[:40] for c in CASES])
def test_each_matcher(shipped: Rules, matcher: dict[str, object], passes: str, fails: tuple[str, ...]) -> None:
    assert judge(shipped, matcher, passes) == "present"
    for html in fails:
        assert judge(shipped, matcher, html) == "missing", html


def test_a_channel_is_two_way(shipped: Rules) -> None:
    channel: dict[str, object] = {"channel": {}}
    assert judge(shipped, channel, "<form>ถามคำถาม<textarea></textarea></form>", "O8") == "present"
    assert judge(shipped, channel, "<a href='https://m.me/page'>แชต</a>", "O8") == "present"
    assert judge(shipped, channel, "<p>โทร 0 2123 4567</p>", "O8") == "missing"
    assert judge(shipped, channel, "<p>ส่งคำถามมาที่ตู้ ปณ. 1</p>", "O8") == "review"


def test_a_service_leads_somewhere(shipped: Rules) -> None:
    service: dict[str, object] = {"service": {}}
    assert judge(shipped, service, "<form>ยื่นคำขอ</form>", "O18") == "present"
    assert judge(shipped, service, "<a href='https://e.go.th/'>ระบบบริการออนไลน์</a>", "O18") == "present"
    assert judge(shipped, service, "<a href='#'>ระบบบริการออนไลน์</a>", "O18") == "missing"
    dead = "<a href='https://a.go.th/dead'>ระบบบริการออนไลน์</a>"
    assert judge(shipped, service, dead, "O18", dead=FetchOutcome.NOT_FOUND) == "missing"


def test_links_that_nobody_opened_are_for_a_person(shipped: Rules) -> None:
    laws: dict[str, object] = {"links": {"min": 1, "opens": True, "labels": ["พระราชบัญญัติ"]}}
    assert judge(shipped, laws, "<a href='https://law.go.th/1'>พระราชบัญญัติ</a>", "O6") == "review"
    own = "<a href='https://a.go.th/law'>พระราชบัญญัติ</a>"
    assert judge(shipped, laws, own, "O6", law=FetchOutcome.OK) == "present"
    assert judge(shipped, laws, own, "O6", law=FetchOutcome.NOT_FOUND) == "missing"


def test_a_picture_alone_needs_a_person(shipped: Rules) -> None:
    assert judge(shipped, {"evidence": {}}, "<img src=a.jpg alt=''>") == "review"
    assert judge(shipped, {"evidence": {}}, "<p>ข้อความที่เป็นเนื้อหาจริงของหน่วยงาน</p>") == "present"
    assert judge(shipped, {"evidence": {}}, "") == "missing"


def test_any_takes_the_best_and_all_the_worst(shipped: Rules) -> None:
    money, phone = {"money": {}}, {"contact": {"field": "phone"}}
    html = "<p>1,000.00 บาท</p>"
    assert judge(shipped, {"any": [money, phone]}, html) == "present"
    assert judge(shipped, {"all": [money, phone]}, html) == "missing"


def test_a_title_shows_nothing(shipped: Rules) -> None:
    title = shipped.edition(2566).item("O11").title
    html = f"<h1>{title}</h1><p>โครงการ ก</p>"
    assert judge(shipped, {"phrase": {"any": ["งบประมาณ"]}}, html, "O11") == "missing"
