"""What a page hides for good, told from what a click opens."""

from __future__ import annotations

import pytest

from documents.base import ReadLimits
from documents.html.reader import read_html


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
        "style='position:absolute;left:-9999px'",
        "hidden",
        "class=gone",
        "id=off",
    ],
)
def test_what_nothing_opens_is_hidden(how: str) -> None:
    style = "<style>.gone{display:none} #off { visibility : hidden }</style>"
    assert hidden(f"{style}<p>seen</p><div {how}><h2>A</h2><p>B</p></div>") == {"seen": False, "A": True, "B": True}


@pytest.mark.parametrize(
    "html",
    [
        "<a href='#x'>open</a><div id=x style='display:none'><p>A</p></div>",
        "<div class='tab-pane' style='display:none'><p>A</p></div>",
        "<div style='opacity:0.5;left:-10px;font-size:0.9em'><p>A</p></div>",
        "<style>@media print{.x{color:red} .x{display:none}}</style><div class=x><p>A</p></div>",
        "<details><summary>more</summary><p>A</p></details>",
    ],
)
def test_what_a_citizen_can_get_to_see_is_not(html: str) -> None:
    assert hidden(html)["A"] is False


def test_a_row_of_a_table_can_be_hidden() -> None:
    found = hidden("<table><tr><th>a<th>b</tr><tr hidden><td>c<td>d</tr><tr><td>e<td>f</tr></table>")
    assert [text for text, is_hidden in found.items() if is_hidden] == ["c", "d"]
