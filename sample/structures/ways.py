"""From the home page to the index: what the menu, the home page and the pages between hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from sample.manner import Answer


@dataclass(frozen=True, slots=True)
class Way:
    """`menu` are rows of the menu of every page, `home` is HTML of the home page, `pages` are path -> title and
    inside, `scripts` are path -> text, `answers` address -> answer."""

    menu: tuple[tuple[str, str], ...] = ()
    home: str = ""
    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)


def plain(label: str, href: str, edition: int) -> Way:
    """A row of the menu."""
    return Way(((label, href),))


def years(label: str, href: str, edition: int) -> Way:
    """A page of all years, of which the older ones were taken away."""
    lines = f'<li><a href="{href}">ITA ประจำปี {edition}</a></li>' + "".join(
        f"<li>ITA ประจำปี {year} (อยู่ระหว่างย้ายระบบ)</li>" for year in (edition - 1, edition - 2)
    )
    return Way(((label, "ita.html"),), pages={"ita.html": ("การประเมิน ITA", f"<ul>{lines}</ul>")})


def banner(label: str, href: str, edition: int) -> Way:
    """A picture without a word on the home page."""
    return Way(home=f'<p><a href="{href}"><img src="pictures/activity0.png" width="600"></a></p>')


def script_menu(label: str, href: str, edition: int) -> Way:
    """A script file writes the row of the menu."""
    row = json.dumps(f'<li><a href="{href}">{escape(label)}</a></li>')
    return Way(home='<ul><script src="menu.js"></script></ul>', scripts={"menu.js": f"document.write({row});"})


def jump(label: str, href: str, edition: int) -> Way:
    """A list to choose from goes there."""
    options = f'<option value="">เลือกหัวข้อ</option><option value="{href}">{escape(label)}</option>'
    return Way(home=f'<select onchange="location=this.value">{options}</select>')


def box(label: str, href: str, edition: int) -> Way:
    """A box that is no link goes there when it is pressed."""
    return Way(home=f'<div class="box" onclick="location.href=\'{href}\'">{escape(label)}</div>')


def query(label: str, href: str, edition: int) -> Way:
    """The index is an article of a content management system, its address is a query."""
    address = "oit/index.php?option=com_content&view=article&id=57&Itemid=101"
    return Way(((label, address),), answers={address: {"file": f"/{href}"}})


WAYS: Mapping[str, Callable[[str, str, int], Way]] = {
    "": plain,
    "years": years,
    "banner": banner,
    "script_menu": script_menu,
    "jump": jump,
    "box": box,
    "query": query,
}
"""Name of a case's `way` -> what the index's label and address become."""
