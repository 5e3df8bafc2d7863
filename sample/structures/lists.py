"""Indexes in further shapes, readable without a script: panes, columns, bare numbers, pages, wordless buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import groupby

from sample.editions import YEARS, entries
from sample.index_layouts import Row, link, tiny
from sample.structures.shelf import Listing

_A_PAGE = 17
"""Entries on one page of a list over several."""


def named(row: Row) -> str:
    """Number and title of an entry."""
    return escape(f"{row.entry.id} {row.entry.title}")


def table(rows: Sequence[Row]) -> str:
    """The plain table that parts of an index are made of."""
    cells = "".join(
        f"<tr><td>{r.entry.id}</td><td>{escape(r.entry.title)}{r.note}</td><td>{tiny(r, 'เปิด')}</td></tr>\n"
        for r in rows
    )
    return f"<table>\n{cells}</table>"


def pills(listing: Listing) -> str:
    """Bootstrap's pills: the label names a pane, the pane has the link."""
    rows = listing.rows
    kind = listing.shelf.voice.pick("pills", ("pill", "tab"))
    heads = "".join(
        f'<a class="nav-link" data-toggle="{kind}" href="#v{i}">{named(r)}</a>\n' for i, r in enumerate(rows)
    )
    panes = "".join(
        f'<div class="tab-pane fade" id="v{i}"><p>รายละเอียด{r.note}</p>{tiny(r, "คลิก")}</div>\n'
        for i, r in enumerate(rows)
    )
    return f'<div class="row"><div class="nav flex-column nav-pills">{heads}</div><div class="tab-content">{panes}</div></div>'


def modals(listing: Listing) -> str:
    """A button at each entry opens a window of the page, which has the link."""
    rows = listing.rows
    old = listing.shelf.voice.pick("modals", ("data-", "data-bs-"))
    entries_ = "".join(
        f'<li>{named(r)}{r.note} <button type="button" {old}toggle="modal" {old}target="#m{i}">ดูข้อมูล</button></li>\n'
        for i, r in enumerate(rows)
    )
    windows = "".join(
        f'<div class="modal fade" id="m{i}"><div class="modal-dialog"><div class="modal-body">{tiny(r, "ดาวน์โหลด")}'
        '<button type="button" class="close">ปิด</button></div></div></div>\n'
        for i, r in enumerate(rows)
    )
    return f"<ul>{entries_}</ul>\n{windows}"


def hash_panes(listing: Listing) -> str:
    """A table of contents that leads to places of the same page; only these have the links."""
    heads = "".join(f'<li><a href="#oit-{r.number}">{named(r)}</a></li>\n' for r in listing.rows)
    places = "".join(
        f'<div class="box" id="oit-{r.number}"><p>เอกสารประกอบ{r.note}</p><p>{tiny(r, "เปิดเอกสาร")}</p></div>\n'
        for r in listing.rows
    )
    return f"<ul>{heads}</ul>\n{places}"


def nested(listing: Listing) -> str:
    """Two levels: the entry is words, its document stands below it in a list of its own."""
    word = listing.shelf.voice.pick("nested", ("ไฟล์แนบ", "เอกสารแนบ 1", "รายละเอียด"))
    parts = []
    for group, members in groupby(listing.rows, key=lambda r: r.entry.group):
        lines = "".join(f"<li>{named(r)}{r.note}<ul><li>{tiny(r, word)}</li></ul></li>\n" for r in members)
        parts.append(f"<li>{escape(group)}<ul>\n{lines}</ul></li>\n")
    return f"<ul>{''.join(parts)}</ul>"


def bare_numbers(listing: Listing) -> str:
    """Numbers without their letter, as "8 | Q&A | เปิด"."""
    cells = "".join(
        f"<tr><td>{r.number}</td><td>{escape(r.entry.title)}{r.note}</td><td>{tiny(r, 'เปิด')}</td></tr>\n"
        for r in listing.rows
    )
    return f"<table><tr><th>ที่</th><th>รายการ</th><th>เอกสาร</th></tr>\n{cells}</table>"


def other_numbers(listing: Listing) -> str:
    """The titles of this year with the numbers of another year's list, which were not changed."""
    other = next(year for year in YEARS if year != listing.shelf.edition)
    numbers = {entry.topic: entry.id for entry in entries(other)}
    return "".join(f"<p>{numbers.get(r.entry.topic, '')} {link(r, r.entry.title)}{r.note}</p>\n" for r in listing.rows)


def icons(listing: Listing) -> str:
    """Links without a word: a letter of an icon font."""
    cells = "".join(
        f"<tr><td>{named(r)}{r.note}</td><td>"
        + (escape(r.text) or f'<a href="{escape(r.href)}" target="_blank"><i class="fa fa-file-pdf-o"></i></a>')
        + "</td></tr>\n"
        for r in listing.rows
    )
    return f"<table>\n{cells}</table>"


def clicks(listing: Listing) -> str:
    """Buttons without a word that open their document by `onclick`."""
    opens = listing.shelf.voice.pick("clicks", ("window.open('{}')", "location.href='{}'", "window.location='{}'"))
    cells = "".join(
        f'<div class="card"><h5>{named(r)}</h5>{r.note}'
        + (
            escape(r.text)
            or f'<button type="button" onclick="{escape(opens.format(r.href))}"><i class="fa fa-search"></i></button>'
        )
        + "</div>\n"
        for r in listing.rows
    )
    return f'<div class="row">{cells}</div>'


def year_columns(listing: Listing) -> str:
    """This year's and last year's documents in two columns of one table."""
    year = listing.shelf.edition
    old = {row.entry.topic: row for row in listing.earlier()}
    cells = "".join(
        f"<tr><td>{named(r)}{r.note}</td><td>{tiny(r, 'ดู')}</td>"
        f"<td>{tiny(old[r.entry.topic], 'ดู') if r.entry.topic in old else '-'}</td></tr>\n"
        for r in listing.rows
    )
    return f"<table><tr><th>รายการ</th><th>ปี {year}</th><th>ปี {year - 1}</th></tr>\n{cells}</table>"


def pages(listing: Listing) -> str:
    """A list over several pages whose addresses only differ in a number (`?page=2`, `?start=20`)."""
    form = listing.shelf.voice.pick("pages", ("?page={0}", "?start={1}", "?p={0}&lang=th"))
    parts = [listing.rows[at : at + _A_PAGE] for at in range(0, len(listing.rows), _A_PAGE)]
    addresses = ["index.html", *(f"index.html{form.format(i + 1, i * _A_PAGE)}" for i in range(1, len(parts)))]
    pager = " ".join(f'<a href="{escape(a)}">{i}</a>' for i, a in enumerate(addresses, 1))
    for i, part in enumerate(parts[1:], 1):
        path = listing.shelf.put(f"oit/part{i}.html", listing.title, f"{table(part)}\n<p>{pager}</p>")
        listing.shelf.answer(f"oit/{addresses[i]}", {"file": f"/{path}"})
    return f"{table(parts[0])}\n<p>หน้า {pager}</p>"


def framed(listing: Listing) -> str:
    """The list is another page in a frame of the index."""
    listing.shelf.put("oit/list.html", listing.title, table(listing.rows), bare=True)
    return '<iframe src="list.html" width="100%" height="2400" frameborder="0"></iframe>'


def year_form(listing: Listing) -> str:
    """A form that asks for the year (GET); last year's list is shown until somebody chooses."""
    return _year_form(listing, "get")


def year_form_sent(listing: Listing) -> str:
    """The same form sent by POST."""
    return _year_form(listing, "post")


def _year_form(listing: Listing, method: str) -> str:
    shelf, year = listing.shelf, listing.shelf.edition

    def form(chosen: int) -> str:
        options = "".join(
            f'<option value="{y}"{" selected" if y == chosen else ""}>{y}</option>' for y in (year - 1, year)
        )
        return (
            f'<form method="{method}" action="index.html"><label>ปีงบประมาณ</label> '
            f'<select name="year" onchange="this.form.submit()">{options}</select></form>\n<h2>ปีงบประมาณ พ.ศ. {chosen}</h2>\n'
        )

    plain = "การเปิดเผยข้อมูลสาธารณะ (OIT)"
    this = shelf.put("oit/this.html", plain, form(year) + table(listing.rows))
    last = shelf.put("oit/last.html", plain, form(year - 1) + table(listing.earlier()))
    for shown, path in ((year, this), (year - 1, last)):
        if method == "get":
            shelf.answer(f"oit/index.html?year={shown}", {"file": f"/{path}"})
        else:
            shelf.sent("oit/index.html", f"year={shown}", f"/{path}")
    return form(year - 1) + table(listing.earlier())


LISTS: Mapping[str, Callable[[Listing], str]] = {
    "pills": pills,
    "modals": modals,
    "hash_panes": hash_panes,
    "nested": nested,
    "bare_numbers": bare_numbers,
    "other_numbers": other_numbers,
    "icons": icons,
    "clicks": clicks,
    "year_columns": year_columns,
    "pages": pages,
    "framed": framed,
    "year_form": year_form,
    "year_form_sent": year_form_sent,
}
"""Name of a case's `shape` -> the inside of its index."""
TWO_YEARS = frozenset(("year_columns", "year_form", "year_form_sent"))
"""Shapes with last year's list beside this year's."""
