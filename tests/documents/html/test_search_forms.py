"""Forms that look for what is written into them, told from those that are sent to somebody."""

from __future__ import annotations

import pytest

from core.models.snapshot import ASKS
from tests.documents.html.test_links import read


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        ("<form><input name=q><button>ค้นหา</button></form>", "get q"),
        ("<form method=post><input type=search name=b><input name=a><input type=submit></form>", "post a b"),
        ("<form><input name=q></form>", "get q"),
        ("<div><input type=text id=word><span><button>ค้นหา</button></span></div>", "script word"),
    ],
)
def test_a_form_that_looks_for_words_is_told_by_its_fields(html: str, fields: str) -> None:
    (link,) = [link for link in read(f"<h2>เอกสารเผยแพร่</h2>{html}").links if link.via == ASKS]
    assert (link.url, link.fragment, link.block) == ("https://a.go.th/sub/page.html", fields, -1)


@pytest.mark.parametrize(
    "html",
    [
        "<form><input name=user><input type=password name=p><button>ตกลง</button></form>",
        "<form><input name=name><textarea name=t></textarea><button>ส่ง</button></form>",
        "<form><input name=name><input type=email name=m><button>สมัคร</button></form>",
        "<form><select name=y><option>2566</option></select><button>แสดง</button></form>",
        "<form><input type=hidden name=a><button>ดาวน์โหลด</button></form>",
        "<p><input name=q></p>",
    ],
)
def test_other_forms_are_none(html: str) -> None:
    assert not any(link.via == ASKS for link in read(html).links)


def test_a_form_in_a_row_belongs_to_the_row() -> None:
    page = read("<ul><li>O13 รายงาน <form><input name=q><button>ค้นหา</button></form></li></ul>")
    (link,) = [link for link in page.links if link.via == ASKS]
    assert link.block >= 0
