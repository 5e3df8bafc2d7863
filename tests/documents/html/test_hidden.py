"""What a page hides for good, told from what a click opens."""

from __future__ import annotations

import pytest

from documents import read_document
from documents.base import ReadLimits
from documents.html.reader import read_html

STYLE = """<style>
.gone{display:none} #off { visibility : hidden } div.far, p.far {position:absolute; left:-9999px}
.box .inner{display:none} .twice{display:none} .twice{display:block} .small{font-size:1px}
@media print{.paper{display:none}} @media (max-width:600px){.phone{display:none}} @media screen{.screen{display:none}}
/* .off{display:none} */ .cut{position:absolute;clip:rect(0 0 0 0)} .flat{max-height:0;overflow:hidden}
.pale{color:#fefefe} .dark{background:#222;color:#fff} #t{display:none} #t:target{display:block}
.tick:checked ~ .ticked{display:block} .ticked{display:none}
</style>"""


def hidden(html: str) -> dict[str, bool]:
    body = f"<body>{html}</body>".encode()
    read = read_html(body, "https://a.go.th/p", "text/html; charset=utf-8", ReadLimits())
    return {block.text: block.hidden for block in read.blocks}


@pytest.mark.parametrize(
    "how",
    [
        "style='display:none'",
        "style='DISPLAY : NONE !important'",
        "style='visibility:hidden'",
        "style='opacity:0'",
        "style='font-size:0'",
        "style='font-size:1px'",
        "style='position:absolute;left:-9999px'",
        "style='text-indent:-9999px'",
        "style='height:0;overflow:hidden'",
        "style='clip-path:inset(100%)'",
        "style='transform:scale(0)'",
        "style='color:#fff;background:#fff'",
        "style='color:white'",
        "style='color:transparent'",
        "style='color:rgb(250, 250, 250);background-color:white'",
        "hidden",
        "class=gone",
        "class=far",
        "class=small",
        "class=screen",
        "class=cut",
        "class=flat",
        "class=pale",
        "class='tab-pane gone'",
        "id=off",
    ],
)
def test_what_nothing_opens_is_hidden(how: str) -> None:
    assert hidden(f"{STYLE}<p>seen</p><div {how}><h2>A</h2><p>B</p></div>") == {"seen": False, "A": True, "B": True}


@pytest.mark.parametrize(
    "html",
    [
        "<a href='#x'>open</a><div id=x style='display:none'><p>A</p></div>",
        "<button data-bs-target='.x'>open</button><div class='x' style='display:none'><p>A</p></div>",
        "<a data-toggle=tab href='#x'>open</a><div id=x class='tab-pane' style='display:none'><p>A</p></div>",
        "<div style='opacity:0.5;left:-10px;font-size:0.9em'><p>A</p></div>",
        "<div class=paper><p>A</p></div>",
        "<div class=phone><p>A</p></div>",
        "<div class=off><p>A</p></div>",
        "<div class=twice><p>A</p></div>",
        "<div class=gone style='display:block'><p>A</p></div>",
        "<p class=far></p><span class=far>A</span>",
        "<div class=inner><p>A</p></div>",
        "<div class=dark><p>A</p></div>",
        "<table bgcolor=navy><tr><td><font color=white>A</font></td><td>b</td></tr></table>",
        "<div style='color:#fff;background:url(x.png)'><p>A</p></div>",
        "<div style='color:#fff'><a href='/b'>A</a></div>",
        "<div style='font-size:0'><p style='font-size:16px'>A</p></div>",
        "<div style='color:#fff'><p style='color:#000'>A</p></div>",
        "<div id=t><p>A</p></div>",
        "<input type=checkbox class=tick id=c><label for=c>open</label><div class=ticked><p>A</p></div>",
        "<details><summary>more</summary><p>A</p></details>",
        "<link rel=stylesheet href=/s.css><div class=head style='color:#fff'><p>A</p></div>",
    ],
)
def test_what_a_citizen_can_get_to_see_is_not(html: str) -> None:
    assert hidden(STYLE + html)["A"] is False


FOLDS = "<div><h3 class='{0}'>one</h3><div style='display:none'><p>A</p></div></div>"
PANELS = "<div><div class=c>B</div><div class=c style='display:none'><p>A</p></div></div>"
TABS = "<ul class=tabs><li>one</li><li>two</li></ul>" + PANELS
CLASSED = "<style>.p{display:none}.p.on{display:block}</style><div class=p><p>A</p></div>"
BY_ID = "<h3>one</h3><div hidden id=m><p>A</p></div>"


@pytest.mark.parametrize(
    ("page", "opened"),
    [
        (FOLDS.format("head") + "<script>$('.head').click(function(){$(this).next().slideToggle()})</script>", True),
        (FOLDS.format("") + "<script>$('h3').on('click', function(){ $(this).next().toggle() })</script>", True),
        (FOLDS.format("head") + "<script>var unread = '.head'</script>", False),
        (FOLDS.format("head"), False),
        (FOLDS.format("accordion") * 2 + "<script src=/a.js></script>", True),
        (FOLDS.format("accordion") + "<script src=/a.js></script>", False),
        (FOLDS.format("") * 2 + "<script src=/a.js></script>", False),
        (TABS + "<script src=/tabs.js></script>", True),
        (TABS, False),
        (CLASSED + "<script src=/a.js></script>", True),
        (BY_ID + "<script>b.onclick=()=>{document.getElementById('m').hidden=0}</script>", True),
    ],
)
def test_folds_and_tabs_are_opened_by_scripts(page: str, opened: bool) -> None:
    assert hidden(page)["A"] is not opened


@pytest.mark.parametrize(
    ("beside", "kept"),
    [
        ("", ""),
        ("<script>show()</script>", "A"),
        ("<link rel=stylesheet href=a.css>", "A"),
        ("<style>@import 'a'</style>", "A"),
    ],
)
def test_what_nothing_can_ever_show_says_nothing(beside: str, kept: str) -> None:
    body = f"<body>{beside}<p>seen</p><div style='display:none'><p>A</p></div></body>".encode()
    read = read_document(body, "https://a.go.th/p.html", "text/html; charset=utf-8", "p.html", ReadLimits())
    assert [(block.text, block.hidden) for block in read.blocks] == [("seen", False), (kept, True)]


def test_hidden_words_in_a_line_are_no_part_of_it() -> None:
    found = hidden("<p>A <span style='display:none'>no</span> B<b hidden>ne</b></p><p><i style='font-size:0'>C</i></p>")
    assert found == {"A B": False, "none": True, "C": True}


def test_a_row_of_a_table_can_be_hidden() -> None:
    found = hidden("<table><tr><th>a<th>b</tr><tr hidden><td>c<td>d</tr><tr><td>e<td>f</tr></table>")
    assert [text for text, is_hidden in found.items() if is_hidden] == ["c", "d"]


def test_words_in_a_cell_can_be_hidden() -> None:
    found = hidden("<table><tr><td>a<td><span style='color:#fff'>b</span></tr><tr><td>e<td>f</tr></table>")
    assert [text for text, is_hidden in found.items() if is_hidden] == ["b"]
