"""Lists whose markup hides what belongs together: links never closed, rows that are links, cut labels, buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.snapshot import FetchOutcome, Resource, ResourceKind
from tests.checklist.sites import HOME, page, site, verdict
from tests.checklist.test_absence import ROWS

PLAN = """<h2>แผนดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566</h2><table><tr><td>โครงการ/กิจกรรม</td><td>งบประมาณ (บาท)</td>
<td>ระยะเวลาดำเนินการ</td></tr><tr><td>โครงการขุดลอกคลอง</td><td>45,000</td><td>ต.ค. 2565 - ม.ค. 2566</td></tr></table>"""
REPORT = """<h2>ผลงานประจำปีงบประมาณ พ.ศ. 2565</h2><table><tr><td>โครงการ/กิจกรรม</td>
<td>ผลการดำเนินการ</td><td>งบประมาณที่ใช้ (บาท)</td></tr>
<tr><td>โครงการขุดลอกคลอง</td><td>แล้วเสร็จ มีผู้ร่วม 80 คน</td><td>44,500</td></tr></table>
<h3>ปัญหา อุปสรรค และข้อเสนอแนะ</h3><p>ปัญหา อุปสรรค : ฝนตกชุก</p><p>ข้อเสนอแนะ : ควรเริ่มงานก่อนฤดูฝน</p>"""
ACTION = """<h2>แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2566</h2><table><tr><td>โครงการ/กิจกรรม</td>
<td>งบประมาณ (บาท)</td><td>ช่วงเวลาดำเนินการ</td></tr><tr><td>อบรมสุจริต</td><td>12,000</td><td>ธ.ค. 2565</td></tr>
</table>"""
TITLES = {
    "O11": "แผนดำเนินงานและการใช้งบประมาณประจำปี",
    "O13": "รายงานผลการดำเนินงานประจำปี",
    "O36": "แผนปฏิบัติการป้องกันการทุจริต",
}
EVIDENCE = {"O11.html": PLAN, "O13.html": REPORT, "O36.html": ACTION}
HEAD = "<h1>การเปิดเผยข้อมูลสาธารณะ (OIT) ปีงบประมาณ พ.ศ. 2566</h1>"


def judged(rules: Rules, entries: str, *, evidence: bool = True) -> dict[str, ItemStatus]:
    pages = {"": '<a href="/oit.html">OIT</a>', "oit.html": HEAD + entries, **(EVIDENCE if evidence else {})}
    return {item: verdict(rules, site(pages), item).status for item in (*TITLES, "O38")}


def rows(entry: str) -> str:
    return "".join(entry.format(item=item, title=title, cut=title[:20]) for item, title in TITLES.items())


@pytest.mark.parametrize(
    "entries",
    [
        "<table>" + rows("<tr><td>{item}<td>{title}<td><a href=/{item}.html>คลิก") + "</table>",
        "<ul>" + rows("<li>{item} {title} <a href=/{item}.html>คลิก") + "</ul>",
        "<table>" + rows('<tr data-href="/{item}.html"><td>{item}</td><td>{title}</td></tr>') + "</table>",
        "<table>"
        + rows("<tr><td>{item}</td><td onclick=\"location.href='/{item}.html'\">{title}</td></tr>")
        + "</table>",
        "<table><tr>" + rows("<td>{item} {title} <a href=/{item}.html>คลิก</a></td>") + "</tr></table>",
        "<table><tr>" + rows("<td>{item}</td><td>{title}</td><td><a href=/{item}.html>คลิก</a></td>") + "</tr></table>",
        rows('<p><a href="/{item}.html" title="{title}">{cut}...</a></p>'),
        rows('<p><a href="/{item}.html">{cut}…</a></p>'),
    ],
    ids=["cells", "items", "rows", "cell with a script", "columns", "pairs of cells", "cut with a title", "cut"],
)
def test_each_entry_leads_to_its_own_document(shipped: Rules, entries: str) -> None:
    statuses = judged(shipped, entries)
    assert statuses.pop("O38") is ItemStatus.MISSING
    assert set(statuses.values()) == {ItemStatus.COMPLETE}, statuses


def test_a_button_of_a_form_with_an_address_is_followed(shipped: Rules) -> None:
    button = '<form action="/{item}.html"><input type=submit value="เปิด"></form>'
    form = f"<tr><td>{{item}}</td><td>{{title}}</td><td>{button}</td></tr>"
    assert set(judged(shipped, f"<table>{rows(form)}</table>").values()) == {ItemStatus.COMPLETE, ItemStatus.MISSING}


def test_what_stands_behind_a_button_that_posts_is_no_lack(shipped: Rules) -> None:
    fields = "<input type=hidden name=f value={item}><button>ดาวน์โหลด</button>"
    form = f"<form method=post action=/dl>{{item}} {{title}}{fields}</form>"
    statuses = judged(shipped, rows(form), evidence=False)
    assert {statuses[item] for item in TITLES} == {ItemStatus.UNCHECKED}


def test_what_is_pasted_below_a_label_with_headings_of_its_own_is_the_evidence(shipped: Rules) -> None:
    texts = {"O11": PLAN, "O13": REPORT, "O36": ACTION}
    entries = "".join(f"<h3>{item} {TITLES[item]}</h3>{texts[item]}" for item in TITLES)
    statuses = judged(shipped, entries, evidence=False)
    assert {statuses[item] for item in TITLES} == {ItemStatus.COMPLETE}, statuses


def test_a_long_table_below_a_label_is_evidence_to_its_end(shipped: Rules) -> None:
    many = "<tr><td>โครงการขุดลอกคลอง</td><td>แล้วเสร็จ</td><td>44,500</td></tr>" * 80
    text = REPORT.replace("</table>", many + "</table>").replace("h3>", "h4>").replace("h2>", "h4>")
    entries = f"<h3>O13 {TITLES['O13']}</h3>{text}"
    assert judged(shipped, entries, evidence=False)["O13"] is ItemStatus.COMPLETE


def test_the_footer_is_no_evidence_of_the_last_entry(shipped: Rules) -> None:
    entries = (
        f"<ul>{rows('<li>{item} {title}</li>')}</ul><footer>โทร 02 123 <a href='https://fb.com/a'>เพจ</a></footer>"
    )
    assert judged(shipped, entries, evidence=False)["O36"] is ItemStatus.MISSING


def test_rows_that_share_a_cell_have_their_own_label_or_the_shared_one(shipped: Rules) -> None:
    groups = "".join(
        f"<tr>{head}<td>{TITLES[item]}</td><td><a href='/{item}.html'>คลิก</a></td></tr>"
        for head, item in (("<td rowspan=2>9.2 การบริหารงาน</td>", "O11"), ("", "O13"), ("<td>10.2 ทุจริต</td>", "O36"))
    )
    assert set(judged(shipped, f"<table>{groups}</table>").values()) == {ItemStatus.COMPLETE, ItemStatus.MISSING}
    years = "".join(
        f"<tr><td rowspan=2>{item}</td><td rowspan=2>{title}</td><td>ปี 2564</td><td><a href='/old.html'>ดู</a></td></tr>"
        f"<tr><td>ปี 2566</td><td><a href='/x{item}.html'>คลิก</a></td></tr>"
        for item, title in TITLES.items()
    )
    pages = {"": f"{HEAD}<table>{years}</table>", "old.html": "<h2>งานปีงบประมาณ พ.ศ. 2564</h2>"}
    pages |= {f"x{name}": text for name, text in EVIDENCE.items()}
    assert verdict(shipped, site(pages), "O36").status is ItemStatus.COMPLETE


def test_a_report_among_the_news_is_the_report(shipped: Rules) -> None:
    pages = {
        "": '<nav><a href="/news">ข่าวประชาสัมพันธ์</a></nav>',
        "news": f"<h1>ข่าวประชาสัมพันธ์</h1><ul><li><a href='/a.pdf'>{TITLES['O13']} 2565</a></li></ul>",
    }
    report = replace(page("a.pdf", f"<h1>{TITLES['O13']}</h1>{REPORT}"), kind=ResourceKind.DOCUMENT)
    assert verdict(shipped, site(pages, report), "O13").status is ItemStatus.COMPLETE


def test_a_heading_like_an_item_takes_no_link_from_its_label(shipped: Rules) -> None:
    ethics, rated, measures = (shipped.edition(2566).item(item).title for item in ("O39", "O41", "O42"))
    entries = (
        f"<h3>มาตรการส่งเสริมคุณธรรมและความโปร่งใส</h3><p><a href='code.html'>{ethics}</a></p>"
        f"<p>{rated}</p><p><a href='gone.pdf'>{measures}</a></p>" + rows("<p>{item} {title}</p>")
    )
    gone = Resource("https://a.go.th/gone.pdf", FetchOutcome.NOT_FOUND, kind=ResourceKind.DOCUMENT)
    found = site({"": HEAD + entries, "code.html": "<h1>ประมวลจริยธรรม</h1>"}, gone)
    assert verdict(shipped, found, "O42").status is ItemStatus.UNREACHABLE
    assert verdict(shipped, found, "O41").status is not ItemStatus.UNREACHABLE


_GUIDE, _CHANNEL = "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริต"


@pytest.mark.parametrize("numbers", [("O27 ", "O28 "), ("", "")], ids=["numbered", "bare"])
def test_a_link_called_like_the_next_item_is_that_of_the_label_above_it(
    shipped: Rules, numbers: tuple[str, str]
) -> None:
    entries = (
        f"<p>{numbers[0]}{_GUIDE}</p><p><a href='guide.html'>{_CHANNEL}</a></p>"
        f"<p>{numbers[1]}{_CHANNEL}</p><p><a href='form.html'>แบบฟอร์ม</a></p>" + rows("<p>{item} {title}</p>")
    )
    guide = """<h1>คู่มือการจัดการเรื่องร้องเรียน</h1><p>การจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่</p>
    <p>วิธีการร้องเรียน: ส่งหนังสือ</p><p>ขั้นตอนการดำเนินการ: รับเรื่อง ตรวจสอบ</p><p>ส่วนงานที่รับผิดชอบ: สำนักปลัด</p>
    <p>ระยะเวลาดำเนินการ: 15 วัน</p>"""
    form = "<h1>แจ้งเบาะแสการทุจริต</h1><form>ชื่อ <input name=n> รายละเอียด <textarea name=d></textarea></form>"
    found = site({"": HEAD + entries, "guide.html": guide, "form.html": form})
    assert verdict(shipped, found, "O27").status is ItemStatus.COMPLETE
    channel = verdict(shipped, found, "O28")
    assert {reference.url for reference in channel.evidence} == {"https://a.go.th/form.html"}


def test_a_link_called_like_an_item_without_another_place_stays_that_item_s(shipped: Rules) -> None:
    entries = f"<p>O27 {_GUIDE}</p><p><a href='form.html'>{_CHANNEL}</a></p>" + rows("<p>{item} {title}</p>")
    found = site({"": HEAD + entries, "form.html": "<p>แจ้งเบาะแสการทุจริตที่ a@b.go.th</p>"})
    assert verdict(shipped, found, "O27").status is ItemStatus.MISSING
    assert verdict(shipped, found, "O28").evidence


def test_a_button_opens_the_pane_of_the_label_above_it(shipped: Rules) -> None:
    cards = rows(
        "<div><h5>{item}</h5><p>{title}</p><button data-bs-toggle=modal data-bs-target='#m{item}'>ดู</button></div>"
    )
    panes = rows("<div class=modal id='m{item}'><iframe src='/{item}.html'></iframe></div>")
    statuses = judged(shipped, cards + panes)
    assert statuses.pop("O38") is ItemStatus.MISSING
    assert set(statuses.values()) == {ItemStatus.COMPLETE}, statuses


def test_a_menu_on_every_page_makes_none_of_them_a_list(shipped: Rules) -> None:
    """Menu, list of one post, post, document: the list page is only the way."""
    menu = "<ul>" + rows("<li><a href='/t-{item}'>{title}</a></li>") + "</ul>"
    pages = {"": f"{menu}<h1>สำนักงาน</h1>"}
    for item, title in TITLES.items():
        pages[f"t-{item}"] = f"{menu}<div>{title}</div><div><a href='/p-{item}'>{title} ของสำนักงาน</a></div>"
        pages[f"p-{item}"] = f"{menu}<div>{title}</div><div><a href='/{item}.html'>เอกสารแนบ</a></div>"
    found = site({**pages, **EVIDENCE})
    assert {verdict(shipped, found, item).status for item in TITLES} == {ItemStatus.COMPLETE}


def test_the_pager_below_the_last_row_is_not_its_link(shipped: Rules) -> None:
    last = "O37 รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ 6 เดือน"
    rows = "".join(f"<li>{label} <a href='{href}'>เปิด</a></li>" for label, href in ROWS[:3])
    pager = "<ul><li><a href='/list?page=2'>2</a></li><li><a href='/list?page=2'>ถัดไป</a></li></ul>"
    first, second = f"<ul>{rows}<li>{last}</li></ul>{pager}", "<ul><li>ข่าวกีฬาของสำนักงาน ปี 2566</li></ul>"
    pages = {"": "<h1>สำนักงานตัวอย่าง</h1><a href='/list'>OIT 2566</a>", "list": first, "list?page=2": second}
    behind = {href: f"<p>{label} เนื้อหาของเอกสารนี้</p>" for label, href in ROWS[:3]}
    found = verdict(shipped, site({**pages, **behind}), "O37")
    assert HOME + "list?page=2" not in {ref.url for ref in found.evidence}
    assert found.status is ItemStatus.MISSING


@pytest.mark.parametrize(
    "head",
    [
        "<a name=top></a>" + HEAD + "<ul>" + rows("<li><a href='#s{item}'>{item} {title}</a></li>") + "</ul>",
        "<a name=top></a>" + HEAD,
    ],
    ids=["with a list of its sections", "alone"],
)
def test_the_way_up_below_a_section_opens_nothing(shipped: Rules, head: str) -> None:
    """What stands at the top of the page is none of the section's: its documents are others', its year the list's."""
    titles = {**TITLES, "O43": "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"}
    inside = {item: f"<p><a href=/{item}.html>คลิก</a></p>" for item in TITLES} | {"O43": "<p>อยู่ระหว่างดำเนินการ</p>"}
    sections = "".join(
        f"<hr><a name=s{item}></a><p><b>{item} {title}</b></p>{inside[item]}<p><a href='#top'>กลับด้านบน</a></p>"
        for item, title in titles.items()
    )
    found = site({"": '<a href="/oit.html">OIT</a>', "oit.html": f"{head}<a name=list></a>{sections}", **EVIDENCE})
    assert verdict(shipped, found, "O43").status is ItemStatus.MISSING
    assert {verdict(shipped, found, item).status for item in TITLES} == {ItemStatus.COMPLETE}
