"""A link that promises the disclosure list and gives nothing leaves nothing missing."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource
from tests.checklist.sites import HOME, site, verdict

NEWS = {f"news{n}": f"<h1>ข่าวที่ {n}</h1><p>สำนักงานจัดกิจกรรมร่วมกับประชาชนในพื้นที่ ครั้งที่ {n}</p>" for n in range(4)}
MENU = "".join(f"<a href='{name}'>ข่าวประชาสัมพันธ์ {name}</a>" for name in NEWS)


def home(link: str) -> str:
    return f"<h1>สำนักงานตัวอย่าง</h1><p>ยินดีต้อนรับสู่เว็บไซต์ของสำนักงาน</p>{MENU}{link}"


@pytest.mark.parametrize(
    "html",
    ["", "<p>Error establishing a database connection</p>", "<h1>ITA</h1>", "<img src='/ita.png' alt=''>", MENU],
)
def test_an_empty_list_page_proves_no_absence(shipped: Rules, html: str) -> None:
    found = verdict(shipped, site({"": home("<a href='ita'>ITA / OIT</a>"), **NEWS, "ita": html}), "O13")
    assert found.status is ItemStatus.UNCHECKED
    assert found.reasons[0].code is ReasonCode.MAY_BE_BEHIND
    assert found.reasons[0].values["url"] == f"{HOME}ita"


def test_an_empty_page_that_is_called_the_list_proves_no_absence_whatever_leads_to_it(shipped: Rules) -> None:
    """The way to it is a picture without words, and so is the list."""
    link = "<p><a href='ita'><img src='banner.png'></a></p>"
    pages = {"": home(link), **NEWS, "ita": "<h1>ITA</h1><p><img src='list.jpg' alt=''></p>"}
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.UNCHECKED
    assert verdict(shipped, site({**pages, "": home("")}), "O13").status is ItemStatus.UNCHECKED


def test_a_list_on_another_host_proves_no_absence(shipped: Rules) -> None:
    link = "<a href='https://ita.other.go.th/list'>การเปิดเผยข้อมูลสาธารณะ (OIT)</a>"
    found = verdict(shipped, site({"": home(link), **NEWS}), "O13")
    assert found.status is ItemStatus.UNCHECKED
    assert found.reasons[0].values["outcome"] == FetchOutcome.OFF_SITE.value


def test_a_dead_way_to_the_list_proves_no_absence(shipped: Rules) -> None:
    dead = Resource(f"{HOME}ita", FetchOutcome.NOT_FOUND, label="ITA", found_via=(HOME,))
    found = verdict(shipped, site({"": home("<a href='ita'>ITA</a>"), **NEWS}, dead), "O13")
    assert found.status is ItemStatus.UNCHECKED


def test_words_that_only_hold_the_letters_promise_nothing(shipped: Rules) -> None:
    link = "<a href='https://digital.other.go.th/'>Digital hospital</a>"
    assert verdict(shipped, site({"": home(link), **NEWS}), "O13").status is ItemStatus.MISSING


def test_where_a_list_was_read_another_empty_one_is_an_older_year_s(shipped: Rules) -> None:
    rows = (
        "<li><a href='o12'>O12 แผนการใช้จ่ายงบประมาณประจำปี</a></li><li><a href='o36'>O36 แผนปฏิบัติการป้องกันการทุจริต</a></li>"
    )
    pages = {
        "": home(f"<ul>{rows}</ul><a href='ita64'>ITA 2564</a>"),
        **NEWS,
        "ita64": "",
        "o12": "<p>ก</p>",
        "o36": "<p>ก</p>",
    }
    assert verdict(shipped, site(pages), "O41").status is ItemStatus.MISSING


def test_the_menu_of_the_home_page_is_no_list(shipped: Rules) -> None:
    menu = {"contact": "ติดต่อเรา", "qa": "ถาม-ตอบ", "service": "บริการออนไลน์", "complain": "แจ้งเรื่องร้องเรียนการทุจริต"}
    rows = "".join(f"<a href='{name}'>{label}</a> " for name, label in menu.items())
    pages = {name: f"<h1>{label}</h1><p>เนื้อหาของหน้านี้ของสำนักงาน</p>" for name, label in menu.items()}
    picture = Resource(f"{HOME}list.jpg", FetchOutcome.OK, found_via=(f"{HOME}ita",))
    way = home(f"<nav>{rows}</nav><a href='ita'>ITA</a>")
    found = verdict(
        shipped, site({"": way, **NEWS, **pages, "ita": "<h1>ITA</h1><img src='/list.jpg'>"}, picture), "O13"
    )
    assert found.status is ItemStatus.UNCHECKED


_SEARCH = "<form{0}><label>ค้นหาเอกสาร</label><input{1} name=q><button>ค้นหา</button></form>"
_HINT = "<p>" + "กรอกชื่อเอกสารที่ต้องการ ระบบจะแสดงรายการเอกสารทั้งหมดที่ตรงกับคำค้นของท่าน " * 4 + "</p>"


@pytest.mark.parametrize(
    "form",
    [
        _SEARCH.format(" method=post", ""),
        _SEARCH.format(" method=get", " required"),
        _SEARCH.format(" role=search", " type=search"),
        "<div><input id=q><button id=go>ค้นหา</button></div>",
        "<input id=q><button id=go>ค้นหา</button>",
    ],
)
def test_a_list_page_that_only_looks_for_somebodys_words_was_not_read(form: str, shipped: Rules) -> None:
    """Its documents are behind words that nobody makes up; what it says beside its form is no list."""
    pages = {"": home("<a href='ita'>ITA / OIT</a>"), **NEWS, "ita": f"<h1>ข้อมูลหน่วยงาน</h1>{_HINT}{form}"}
    for item in ("O13", "O36"):
        found = verdict(shipped, site(pages), item)
        assert found.status is ItemStatus.UNCHECKED
        assert found.reasons[0].values["outcome"] == FetchOutcome.NOT_FOLLOWED


@pytest.mark.parametrize("attributes", [" action=/s", " action=/s role=search"])
def test_the_search_of_the_whole_site_hides_nothing(attributes: str, shipped: Rules) -> None:
    search = _SEARCH.format(attributes, "")
    pages = {"": home("<a href='ita'>ITA / OIT</a>"), **NEWS, "ita": f"<h1>ข้อมูลหน่วยงาน</h1>{_HINT}"}
    pages = {name: f"{search}{html}" for name, html in pages.items()}
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.MISSING


@pytest.mark.parametrize(
    "form",
    [
        "<form method=post><input name=mail type=email><textarea name=t></textarea><button>ส่ง</button></form>",
        "<form method=post>เข้าสู่ระบบ<input name=user><input type=password name=p><button>ตกลง</button></form>",
    ],
)
def test_a_form_that_is_sent_to_somebody_is_no_way_to_documents(form: str, shipped: Rules) -> None:
    pages = {"": home("<a href='ita'>ITA / OIT</a>"), **NEWS, "ita": f"<h1>ข้อมูลหน่วยงาน</h1>{_HINT}{form}"}
    assert verdict(shipped, site(pages), "O13").status in (ItemStatus.MISSING, ItemStatus.UNCHECKED)
    pages["ita"] = f"<h1>ข้อมูลหน่วยงาน</h1>{_HINT}<p>{'ข่าวสารของสำนักงาน ' * 20}</p>{form}"
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.MISSING


def test_a_search_for_documents_on_the_home_page_alone_is_the_way_to_them(shipped: Rules) -> None:
    pages = {"": home(_SEARCH.format(" method=post", "")), **NEWS}
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.UNCHECKED
    persons = home("<form method=post>ค้นหาบุคลากร<input name=q><button>ค้นหา</button></form>")
    assert verdict(shipped, site({"": persons, **NEWS}), "O13").status is ItemStatus.MISSING


def test_a_search_beside_a_list_that_was_read_hides_nothing(shipped: Rules) -> None:
    titles = ("O11 แผนดำเนินงานและการใช้งบประมาณประจำปี", "O36 แผนปฏิบัติการป้องกันการทุจริต", "O1 โครงสร้าง")
    rows = "".join(f"<li><a href='news{n}'>{title}</a></li>" for n, title in enumerate(titles))
    listed = f"<h1>OIT 2566</h1>{_SEARCH.format(' method=post', '')}<ul>{rows}</ul>"
    pages = {"": home("<a href='ita'>ITA / OIT</a>"), **NEWS, "ita": listed}
    assert verdict(shipped, site(pages), "O13").status is ItemStatus.MISSING
