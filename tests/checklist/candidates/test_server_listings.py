"""A server's own listings of folders: the names of folders and files are labels, icons and ways up are nothing."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ElementStatus, ItemStatus
from core.models.snapshot import FetchOutcome, ReadNote, ReadState, Resource, ResourceKind
from tests.checklist.sites import HOME, document, site, verdict

FOLDER = "ita/O13_รายงานผลการดำเนินงานประจำปี/"
_TITLE = f"Index of /{FOLDER}"
APACHE = (
    f"<h1>{_TITLE}</h1><table><tr><th></th><th><a href='?C=N;O=D'>Name</a></th><th><a href='?C=M;O=A'>Last modified</a>"
    "</th><th><a href='?C=S;O=A'>Size</a></th></tr><tr><td><img src='/icons/back.gif' alt='[PARENTDIR]'></td><td>"
    "<a href='/ita/'>Parent Directory</a></td><td></td><td>-</td></tr><tr><td><img src='/icons/layout.gif' alt='[   ]'>"
    "</td><td><a href='doc.pdf'>doc.pdf</a></td><td>2022-10-10 10:20</td><td>88K</td></tr></table><address>Apache/2.4"
    "</address>"
)
PLAIN_APACHE = (
    f"<h1>{_TITLE}</h1><pre><img src='/icons/blank.gif' alt='Icon '> <a href='?C=N;O=D'>Name</a>  <a href='?C=S;O=A'>"
    "Size</a><hr><img src='/icons/back.gif' alt='[DIR]'> <a href='/ita/'>Parent Directory</a>  -\n<img "
    "src='/icons/layout.gif' alt='[   ]'> <a href='doc.pdf'>doc.pdf</a>  2022-10-10 10:20  88K\n</pre>"
)
NGINX = (
    f"<h1>{_TITLE}</h1><hr><pre><a href='../'>../</a>\n<a href='doc.pdf'>doc.pdf</a>    10-Oct-2022 10:20   90112\n"
    "</pre>"
)
IIS = (
    f"<h1>a.go.th - /{FOLDER}</h1><hr><pre><a href='/ita/'>[To Parent Directory]</a><br><br>10/10/2022 10:20 AM  90112 "
    "<a href='doc.pdf'>doc.pdf</a><br></pre>"
)
LIGHTTPD = (
    f"<h2>{_TITLE}</h2><div class='list'><table><thead><tr><th>Name</th><th>Last Modified</th><th>Size</th></tr>"
    "</thead><tbody><tr><td><a href='../'>..</a>/</td><td></td><td>-</td></tr><tr><td><a href='doc.pdf'>doc.pdf</a>"
    "</td><td>2022-Oct-10 10:20:00</td><td>88.0K</td></tr></tbody></table></div>"
)


def _icon(name: str) -> Resource:
    return Resource(
        f"{HOME}icons/{name}.gif",
        FetchOutcome.OK,
        kind=ResourceKind.IMAGE,
        read_state=ReadState.UNREAD,
        read_note=ReadNote.IMAGE_WITHOUT_TEXT,
    )


@pytest.mark.parametrize("listing", [APACHE, PLAIN_APACHE, NGINX, IIS, LIGHTTPD])
def test_the_file_in_an_items_folder_is_its_evidence(shipped: Rules, listing: str) -> None:
    items = ("O13_รายงานผลการดำเนินงานประจำปี", "O10_แผนการดำเนินงานประจำปี", "O14_คู่มือการปฏิบัติงาน", "O36_แผนป้องกันการทุจริต")
    rows = "".join(
        f"<tr><td><img src='/icons/folder.gif' alt='[DIR]'></td><td><a href='{name}/'>{name}/</a></td></tr>"
        for name in items
    )
    pages = {
        "": "<ul><li><a href='ita/'>ITA 2566</a></li></ul>",
        "ita/": f"<h1>Index of /ita/</h1><table>{rows}</table>",
        **{f"{quote(FOLDER)}?C={sort};O={way}": listing for sort, way in ("ND", "MA", "SA")},
        **{f"ita/{quote(name)}/": listing.replace("O13_รายงานผลการดำเนินงานประจำปี", name) for name in items},
    }
    text = ("รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2565", "โครงการคลองสวย แล้วเสร็จ ใช้งบประมาณ 44,500 บาท")
    icons = (_icon(name) for name in ("back", "blank", "layout", "folder"))
    found = verdict(shipped, site(pages, document(f"{quote(FOLDER)}doc.pdf", *text), *icons), "O13")
    assert found.status is ItemStatus.INCOMPLETE, found.reasons
    lacks = {f.element for f in found.findings if f.status is ElementStatus.MISSING}
    assert lacks >= {"problems", "suggestions"}
