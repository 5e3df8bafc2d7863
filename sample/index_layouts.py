"""The OIT page in the shapes that real sites give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from sample.editions import Entry

_CRITERION = "องค์ประกอบ : 1. ผลการดำเนินการ 2. ผลการใช้จ่ายงบประมาณ 3. ปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มีปัญหา อุปสรรค และข้อเสนอแนะ ระบุว่า “ไม่มี”)"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the index. `href` is relative to the index page; "" where `text` is the evidence itself."""

    entry: Entry
    href: str
    text: str = ""
    quoted: bool = False

    @property
    def number(self) -> int:
        """The item's number."""
        return int(self.entry.id.lstrip("MOIT"))

    @property
    def note(self) -> str:
        """The criterion, where the index quotes it, as HTML."""
        return f"<br><small>{escape(_CRITERION)}</small>" if self.quoted else ""


def link(row: Row, label: str) -> str:
    """The entry as a link with this label, or as a line above its text."""
    if row.text:
        return f"<span>{escape(label)}</span><br>{escape(row.text)}"
    return f'<a href="{escape(row.href)}">{escape(label)}</a>'


def tiny(row: Row, label: str) -> str:
    """A link that says no more than this label, or the text itself."""
    return escape(row.text) if row.text else f'<a href="{escape(row.href)}">{escape(label)}</a>'


def _table(rows: Sequence[Row]) -> str:
    cells = "".join(
        f"<tr><td>{r.entry.id}</td><td>{escape(r.entry.title)}{r.note}</td><td>{tiny(r, 'คลิกดูรายละเอียด')}</td></tr>\n"
        for r in rows
    )
    return f"<table border='1'><tr><th>ข้อ</th><th>ข้อมูล</th><th>ลิงก์</th></tr>\n{cells}</table>"


def _oit(rows: Sequence[Row]) -> str:
    cells = "".join(
        f"<tr><td>OIT {r.number}</td><td>{escape(r.entry.title)}{r.note}</td><td>{tiny(r, 'เปิดดู')}</td></tr>\n"
        for r in rows
    )
    return f"<table>\n{cells}</table>"


def _list(rows: Sequence[Row]) -> str:
    return "<ul>\n" + "".join(f"<li>{link(r, f'{r.entry.id} {r.entry.title}')}{r.note}</li>\n" for r in rows) + "</ul>"


def _plain_labels(rows: Sequence[Row]) -> str:
    parts = []
    for group, members in groupby(rows, key=lambda r: r.entry.group):
        items = "".join(f"<li>{link(r, r.entry.title)}{r.note}</li>\n" for r in members)
        parts.append(f"<h2>{escape(group.split(' ', 1)[1])}</h2>\n<ul>\n{items}</ul>")
    return "\n".join(parts)


def _zero(rows: Sequence[Row]) -> str:
    return "".join(f"<p>{link(r, f'0{r.number} {r.entry.title}')}{r.note}</p>\n" for r in rows)


def _accordion(rows: Sequence[Row]) -> str:
    parts = []
    for i, (group, members) in enumerate(groupby(rows, key=lambda r: r.entry.group)):
        items = "".join(f"<li>{r.entry.id} {link(r, r.entry.title)}{r.note}</li>\n" for r in members)
        parts.append(
            f'<div class="accordion-item"><h2><button data-bs-toggle="collapse" data-bs-target="#g{i}">{escape(group)}</button></h2>\n'
            f'<div id="g{i}" class="collapse" style="display:none"><ul>\n{items}</ul></div></div>'
        )
    return "\n".join(parts)


def _cards(rows: Sequence[Row]) -> str:
    return "".join(
        f'<div class="card"><div class="badge">o{r.number}</div><h5>{escape(r.entry.title)}</h5>{r.note}<div>{tiny(r, "📄 ดูข้อมูล")}</div></div>\n'
        for r in rows
    )


def _buttons(rows: Sequence[Row]) -> str:
    cells = "".join(
        f"<tr><td>{r.entry.id} {escape(r.entry.title)}{r.note}</td><td>"
        + (escape(r.text) if r.text else f'<a href="{escape(r.href)}"><img src="../pictures/button.png"></a>')
        + "</td></tr>\n"
        for r in rows
    )
    return f"<table>\n{cells}</table>"


def _inline(rows: Sequence[Row]) -> str:
    return "".join(
        f"<h4>{r.entry.id} {escape(r.entry.title)}</h4>{r.note}\n<p>{tiny(r, 'รายละเอียด')}</p>\n" for r in rows
    )


SHAPES: Mapping[str, Callable[[Sequence[Row]], str]] = {
    "table": _table,
    "oit": _oit,
    "list": _list,
    "deep": _list,
    "groups": _list,
    "tabs": _list,
    "plain_labels": _plain_labels,
    "zero": _zero,
    "accordion": _accordion,
    "cards": _cards,
    "buttons": _buttons,
    "inline": _inline,
}


def index(shape: str, rows: Sequence[Row]) -> str:
    """The index as HTML in one shape; KeyError for an unknown shape."""
    return SHAPES[shape](rows)


def tabs(panes: Sequence[tuple[str, str]]) -> str:
    """Several years' indexes on one page, a tab each; the first is shown."""
    heads = "".join(f'<li><a href="#tab{i}">{escape(name)}</a></li>' for i, (name, _) in enumerate(panes))
    bodies = "\n".join(
        f'<div id="tab{i}" class="tab-pane"{"" if i == 0 else " hidden"}><h2>{escape(name)}</h2>\n{inner}</div>'
        for i, (name, inner) in enumerate(panes)
    )
    return f'<ul class="nav-tabs">{heads}</ul>\n{bodies}'
