"""The pages in a real browser: nothing for axe to find, on a phone, by keyboard alone, without scripts, on paper."""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from checklist.decisions import evidence_digest, rule_digest
from checklist.rules.loader import load_rules
from core.models.account import Role
from core.models.agency import ProvinceSettings
from core.models.assessment import (
    Assessment,
    ElementStatus,
    EvidenceRef,
    Finding,
    IfDue,
    ItemStatus,
    Level,
    Method,
    Quote,
    Reason,
    SubScore,
    Verdict,
)
from core.models.decision import Answer, Decision, DecisionKind
from core.models.reasons import ReasonCode
from core.storage.store import Store
from crawler.rendering.browser import find_browser
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.evidence_images import picture_names
from oit.run.options import Settings
from oit.web.serving import Listening, WebServer
from oit.web.site import WebOptions
from reports.agency_html import Sender
from tests.factories import make_assessment
from tests.oit.web.conftest import HASH, PASSWORD
from tests.paths import PROJECT
from tests.reports.writing import write_reports

pytestmark = pytest.mark.browser
NIGHT = datetime(2022, 4, 1, 18, tzinfo=UTC)
TODAY = date(2022, 4, 2)
SCREENS = Path(os.environ.get("OIT_SCREENSHOTS", PROJECT / "build" / "screens"))
NAMES = ("ที่ดิน", "แรงงาน", "สาธารณสุข", "พาณิชย์", "เกษตรและสหกรณ์", "วัฒนธรรม", "ท่องเที่ยวและกีฬา")
PAGES = ("/", "/costs", "/changes", "/changes?since=2022-03-20", "/due", "/decisions", "/review", "/rows", "/item/O12",
         "/agency/office-0", "/agency/office-0/O12", "/agency/office-0/O13", "/agency/office-1", "/check", "/runs",
         "/downloads", "/log", "/login", "/nothing")  # fmt: skip
REPORTS = ("/agency/office-5/report?lang=en", "/reports/2565/office-5/report.html", "/reports/2565/index.html")
SHORT = 5
"""The office with a third of the items: axe takes ten seconds for a report of all."""


def _gap(item: Any, n: int) -> Verdict:
    """A verdict as real ones are: the quote in a document, the heading empty, the machine's reasons."""
    url = f"https://office-{n}.example.go.th/files/%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99.pdf"
    via = (f"https://office-{n}.example.go.th/", f"https://office-{n}.example.go.th/oit")
    statuses = (ItemStatus.COMPLETE, ItemStatus.INCOMPLETE, ItemStatus.REVIEW, ItemStatus.COMPLETE, ItemStatus.MISSING,
                ItemStatus.UNREACHABLE, ItemStatus.OUTDATED, ItemStatus.UNCHECKED, ItemStatus.COMPLETE,
                ItemStatus.NOT_DUE)  # fmt: skip
    number = int(item.id[1:])
    status = statuses[(number + n * 3 - 1) % len(statuses)] if item.id != "O12" else ItemStatus.INCOMPLETE
    seen = {ItemStatus.INCOMPLETE: ElementStatus.EMPTY, ItemStatus.REVIEW: ElementStatus.REVIEW}
    quote = Quote(url, "5. ปัญหา อุปสรรค และข้อเสนอแนะ  -", Method.HEADING, page=14, line=3)
    reasons = {
        ItemStatus.INCOMPLETE: Reason(ReasonCode.SECTION_EMPTY, {"how": "dash"}),
        ItemStatus.REVIEW: Reason(ReasonCode.SECTION_FUZZY),
    }
    findings = tuple(
        Finding(e.id, e.text, e.level, seen.get(status, ElementStatus.PRESENT) if not place else ElementStatus.PRESENT,
                quotes=(quote,), reason=reasons.get(status) if not place else None, seen=("1. ผลการดำเนินงาน",))
        for place, e in enumerate(sorted(item.elements, key=lambda e: e.level is not Level.REQUIRED))
    )  # fmt: skip
    evidence = (EvidenceRef(url, via, f"{item.id} {item.title}", "application/pdf", f"{n:02}" * 32, NIGHT, 200),)
    blank = status in (ItemStatus.MISSING, ItemStatus.UNCHECKED)
    why = {
        ItemStatus.MISSING: (Reason(ReasonCode.NO_EVIDENCE),),
        ItemStatus.UNCHECKED: (Reason(ReasonCode.CRAWL_INCOMPLETE, {"stopped_by": "time"}),),
        ItemStatus.UNREACHABLE: (Reason(ReasonCode.LINK_DEAD, {"url": url, "outcome": "not_found"}),),
        ItemStatus.REVIEW: (Reason(ReasonCode.POOR_SCAN, {"url": url}),),
    }.get(status, ())
    found = Verdict(item.id, item.title, item.sub_indicator, status, 1.25, () if blank else evidence,
                    () if blank or status is ItemStatus.UNREACHABLE else findings, reasons=why)  # fmt: skip
    if status is ItemStatus.NOT_DUE:
        return replace(found, findings=(), due=date(2022, 4, 20), if_due=IfDue(ItemStatus.INCOMPLETE, findings))
    return found


@dataclass(frozen=True)
class Served:
    """The province's pages, and a person's browser."""

    address: str
    browser: Any

    def page(self, path: str = "", *, phone: bool = False, scripts: bool = True, name: str = "") -> Any:
        """A new window at a page, logged in as `name` if one is given; `scripts` run or not."""
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        page = self.browser.new_context(viewport=size, java_script_enabled=scripts).new_page()
        page.set_default_timeout(15_000)
        if name:
            page.goto(f"{self.address}/login")
            page.fill("input[name=name]", name)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(f"{self.address}/")
        if path:
            page.goto(self.address + path)
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Seven offices under the shipped rules with items in every state, people, decisions, a past, reports."""
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("province")
    rows = "".join(
        f"  - {{id: office-{n}, name: 'สำนักงาน{name}จังหวัดตัวอย่าง', url: 'https://office-{n}.example.go.th/'}}\n"
        for n, name in enumerate(NAMES)
    )
    (folder / "agencies.yaml").write_text(f"province: จังหวัดตัวอย่าง\nagencies:\n{rows}", "utf-8")
    settings = Settings(TODAY, folder / "agencies.yaml", PROJECT / "rules.yaml", 2565, folder / "data", folder / "out")
    _fill(settings)
    server = WebServer(WebOptions(settings, fixed_date=True), Listening(port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield Served(f"http://127.0.0.1:{server.port}", browser)
        browser.close()
    server.close()
    thread.join(timeout=10)


def _fill(settings: Settings) -> None:
    from oit.run.job import prepare_run

    job = prepare_run(settings)
    edition = load_rules((PROJECT / "rules.yaml").read_text("utf-8"), "rules.yaml").edition(2565)
    made: list[Assessment] = []
    store = Store(settings.data)
    for n, agency in enumerate(job.agencies.agencies[:-1]):
        items = edition.items[:14] if n == SHORT else edition.items
        verdicts = tuple(_gap(item, n) for item in items)
        score = SubScore("oit", 60.0 + n, 90.0, (SubScore("9", 60.0, 90.0, (SubScore("9.1", 50.0, 75.0),)),))
        one = make_assessment(*verdicts, agency=agency, as_of=TODAY, edition=2565, score=score)
        save_assessment(settings.data, CachedAssessment(one))
        made.append(one)
        for item in edition.items[:12]:
            place = (item.id, "")
            store.history.record(agency.id, (2565, ""), {place: "complete"}, NIGHT - timedelta(days=9))
            now = {place: verdicts[edition.items.index(item)].status.value}
            if now[place] in ("incomplete", "missing", "outdated"):
                store.history.record(agency.id, (2565, ""), now, NIGHT)
    store.accounts.add("สมศรี", Role.SECRETARY, HASH, NIGHT)
    store.accounts.add("ผู้ดูแล", Role.ADMINISTRATOR, HASH, NIGHT)
    store.accounts.add("งานที่ดิน", Role.AGENCY, HASH, NIGHT, "office-0")
    verdict, rule = made[1].verdicts[0], edition.items[0]
    accepted = Decision(
        "office-1", 2565, rule.id, Answer.ACCEPT, "สมศรี", NIGHT, "", "เห็นครบที่หน้า 3", evidence_digest(verdict),
        rule_digest(rule),
    )  # fmt: skip
    objection = Decision(
        "office-0", 2565, "O5", Answer.UNKNOWN, "งานที่ดิน", NIGHT, "", "อยู่หน้านี้",
        kind=DecisionKind.OBJECTION, url="https://office-0.example.go.th/contact",
    )  # fmt: skip
    store.decisions.add(accepted, objection)
    store.close()
    pictures = {one.agency.id: picture_names(one) for one in made}
    for name, found in pictures.items():
        for file in found.values():
            path = settings.out / "2565" / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_picture())
    sender = Sender.of("จังหวัดตัวอย่าง", ProvinceSettings(secretary="กลุ่มงานยุทธศาสตร์", secretary_email="oit@example.go.th"))
    write_reports(settings.out, made, edition, "จังหวัดตัวอย่าง", pictures, sender=sender)


def _picture() -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (900, 180), 255)
    ImageDraw.Draw(image).rectangle((60, 60, 700, 110), outline=90, width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def keep_picture(page: Any, path: str, kind: str) -> None:
    """Keep what a page looks like, for somebody to look at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w]+", "-", path.strip("/")) or "front"
    page.screenshot(path=str(SCREENS / f"{name}-{kind}.png"), full_page=True)


def faults_of(page: Any) -> list[str]:
    """What axe finds on a page."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found]


@pytest.mark.parametrize("path", [*PAGES, *REPORTS])
def test_axe_finds_nothing(served: Served, person: Any, path: str) -> None:
    person.goto(served.address + path)
    keep_picture(person, path, "wide")
    assert faults_of(person) == []


def test_axe_would_find_something(served: Served) -> None:
    page = served.page("/check")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x><input>'")
    assert len(faults_of(page)) >= 2


@pytest.fixture(scope="module")
def _window(served: Served) -> Any:
    return served.page()


@pytest.fixture
def person(served: Served, _window: Any) -> Any:
    """The window of the administrator."""
    _window.goto(f"{served.address}/runs")
    if _window.locator("text=ออกจากระบบ").count() == 0:
        _window.goto(f"{served.address}/login")
        _window.fill("input[name=name]", "ผู้ดูแล")
        _window.fill("input[name=password]", PASSWORD)
        _window.press("input[name=password]", "Enter")
        _window.wait_for_url(f"{served.address}/")
    return _window


def test_no_page_is_wider_than_a_phone_and_none_needs_scripts(served: Served) -> None:
    page = served.page(phone=True, scripts=False, name="ผู้ดูแล")
    wide = []
    for path in (*PAGES, *REPORTS):
        page.goto(served.address + path)
        keep_picture(page, path, "phone")
        width = page.locator("main").bounding_box()["width"]
        if page.locator("html").bounding_box()["width"] > 390 or width > 390 or _sideways(page):
            wide.append(path)
    assert wide == []


def _sideways(page: Any) -> bool:
    """Whether the page itself can be moved sideways."""
    page.mouse.move(200, 400)
    page.mouse.wheel(300, 0)
    return bool(page.locator("body").bounding_box()["x"] < 0)


def test_a_secretary_decides_on_a_phone_by_keyboard_alone_without_scripts(served: Served) -> None:
    page = served.page("/review?why=review", phone=True, scripts=False, name="สมศรี")
    page.focus("a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agency/office-*/*?queue=1")
    first = page.url
    keep_picture(page, "queue", "phone")
    assert page.locator("figure img").count() >= 1, "the page as a picture with the place marked"
    page.focus("select[name=element]")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("เห็นที่หน้า 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*queue=1&done=decided")
    assert page.url.split("?")[0] != first.split("?")[0]
    page.goto(first.split("?")[0])
    assert "เจ้าหน้าที่พิจารณาแล้ว โดย สมศรี" in page.content()


def test_an_agency_objects_and_the_secretary_sees_it(served: Served) -> None:
    page = served.page("/agency/office-0/O13", phone=True, scripts=False, name="งานที่ดิน")
    page.click("details > summary")
    page.fill("input[name=url]", "https://office-0.example.go.th/manual")
    page.fill("details textarea", "อยู่หน้านี้")
    page.click("details button")
    page.wait_for_url("**/agency/office-0/O13?done=objected")
    keep_picture(page, "objected", "phone")
    queue = served.page("/review?why=objection", name="สมศรี")
    assert queue.locator("a[href^='/agency/office-0/O13']").count() == 1
    keep_picture(queue, "review-objections", "wide")


def test_the_first_tab_leads_past_the_menu(served: Served) -> None:
    page = served.page("/")
    page.keyboard.press("Tab")
    assert page.locator("a.skip:focus").count() == 1


def test_the_matrix_is_walked_with_arrow_keys_and_its_heads_stay(served: Served) -> None:
    page = served.page("/")
    cells = page.locator("table.matrix tbody td a")
    assert page.locator("table.matrix tbody td a[tabindex='0']").count() == 1
    cells.first.focus()
    keys = ("ArrowRight", "ArrowDown", "Home", "End", "ArrowUp", "ArrowUp")
    for key, place in zip(keys, (1, 44, 43, 85, 42, 42), strict=True):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('href')") == cells.nth(place).get_attribute("href")
    box = page.locator("table.matrix").locator("..")
    head, side = page.locator("table.matrix thead th").nth(1), page.locator("table.matrix tbody th").first
    assert box.evaluate("e => e.scrollLeft") > 0
    assert side.bounding_box()["x"] >= box.bounding_box()["x"] - 1
    box.evaluate("e => { e.style.maxHeight = '120px'; e.scrollTop = 60; }")
    assert abs(head.bounding_box()["y"] - box.bounding_box()["y"]) < 3
    page.keyboard.press("Enter")
    page.wait_for_url("**/agency/office-*/O43")


def test_a_document_is_checked_with_a_picture_of_its_page_and_forgotten(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "รายงาน.pdf"
    path.write_bytes(_document())
    page = served.page("/check?edition=2565", scripts=True)
    page.select_option("select[name=item]", "O12")
    page.set_input_files("input[name=file]", str(path))
    page.click("form[method=post] button")
    page.wait_for_selector("figure img", timeout=60_000)
    keep_picture(page, "check-result", "wide")
    assert faults_of(page) == []
    page.click("text=ไม่เก็บเอกสารนี้ไว้")
    page.wait_for_url("**/check")
    assert page.goto(page.url).status == 200


def _document() -> bytes:
    """A PDF of two pages with the section and nothing below its heading."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Arundina", str(PROJECT / "sample" / "fonts" / "ArundinaSans.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out)
    for lines in (("รายงานผลการดำเนินงานประจำปี", "ปีงบประมาณ พ.ศ. 2564", "ผลการดำเนินงาน โครงการ 12 โครงการ"),
                  ("5. ปัญหา อุปสรรค", "-", "6. ข้อเสนอแนะ", "-")):  # fmt: skip
        canvas.setFont("Arundina", 16)
        for place, line in enumerate(lines):
            canvas.drawString(72, 760 - 30 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_report_prints_on_a4_with_page_numbers_and_the_advice_beside_its_gap(served: Served) -> None:
    page = served.page("/agency/office-0/report")
    body = page.pdf(prefer_css_page_size=True)
    SCREENS.mkdir(parents=True, exist_ok=True)
    (SCREENS / "report.pdf").write_bytes(body)
    document = pypdfium2.PdfDocument(body)
    width, height = document[0].get_size()
    assert (round(width), round(height)) in ((595, 842), (594, 842), (596, 842))
    texts = [p.get_textpage().get_text_range() for p in document]
    pages = len(texts)
    assert pages > 2
    assert [text for n, text in enumerate(texts, 1) if f"{n} / {pages}" not in text] == []
    for number in page.locator("article.gap .ref").all_inner_texts():
        (own,) = [n for n, text in enumerate(texts) if re.search(rf"{number}\b", text)]
        assert _advice_after(texts[own], number), f"the advice on {number} is on another page"


def _advice_after(text: str, number: str) -> bool:
    """Whether a day to act by follows a reference number on its page, before the next one."""
    rest = text.split(number, 1)[1]
    following = re.search(r"office-0-2565-O\d+", rest)
    own = rest[: following.start()] if following else rest
    return bool(re.search(r"30\s+เม", own))
