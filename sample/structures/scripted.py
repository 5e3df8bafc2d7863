"""Indexes that only exist, or only show all of themselves, when the page's scripts have run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby

from sample.index_layouts import Row
from sample.structures.lists import named, table
from sample.structures.shelf import Listing

_LOADER = (
    "window.$=function(x){{if(typeof x=='function'){{document.addEventListener('DOMContentLoaded',x);return}}"
    "var e=document.querySelector(x);return{{load:function(u){{fetch(u).then(function(r){{return r.text()}})"
    ".then(function(t){{e.innerHTML=t}})}}}}}};\n$(function(){{$('#list').load('{0}')}});"
)
_ROWS = (
    "fetch('items.json').then(function(r){return r.json()}).then(function(all){var t='';all.forEach(function(o){"
    "t+='<tr><td>'+o.id+'</td><td>'+o.title+'</td><td><a href=\"'+o.href+'\">เปิด</a></td></tr>'});"
    "document.getElementById('list').innerHTML='<table>'+t+'</table>'});"
)
_CLICK = (
    "document.querySelectorAll('[data-src]').forEach(function(b){b.addEventListener('click',function(){"
    "fetch(b.dataset.src).then(function(r){return r.text()}).then(function(t){"
    "document.getElementById(b.dataset.into).innerHTML+=t;b.setAttribute('aria-expanded','true');"
    "if(b.id=='more'){b.style.display='none'}})})});"
)
_FORM = (
    "function __doPostBack(t,a){var f=document.getElementById('form1');"
    "f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}"
)


def _script(listing: Listing, name: str, text: str) -> str:
    """The tag of a script file beside the index."""
    listing.shelf.raw(f"oit/{name}.js", text)
    return f'<script src="{name}.js"></script>'


def from_json(listing: Listing) -> str:
    """The list comes as JSON."""
    items = [{"id": r.entry.id, "title": r.entry.title, "href": r.href} for r in listing.rows]
    listing.shelf.raw("oit/items.json", json.dumps(items))
    return '<div id="list"></div>' + _script(listing, "list", _ROWS)


def written(listing: Listing) -> str:
    """A script file writes the list into the page."""
    return _script(listing, "list", f"document.write({json.dumps(table(listing.rows))});")


def loaded(listing: Listing) -> str:
    """jQuery's `.load` puts the list into an empty box."""
    listing.shelf.raw("oit/part.html", table(listing.rows))
    return '<div id="list"></div>' + _script(listing, "main", _LOADER.format("part.html"))


def click_groups(listing: Listing) -> str:
    """An accordion whose groups are fetched when somebody opens them."""
    parts = []
    for i, (group, members) in enumerate(groupby(listing.rows, key=lambda r: r.entry.group)):
        listing.shelf.raw(f"oit/group{i}.html", table(list(members)))
        parts.append(
            f'<h3><button type="button" aria-expanded="false" data-src="group{i}.html" data-into="g{i}">{escape(group)}'
            f'</button></h3>\n<div id="g{i}"></div>\n'
        )
    return "".join(parts) + _script(listing, "open", _CLICK)


def more(listing: Listing) -> str:
    """The end of the list is fetched by a button."""
    word = listing.shelf.voice.pick("more", ("ดูเพิ่มเติม", "โหลดเพิ่ม", "แสดงทั้งหมด"))
    half = len(listing.rows) * 2 // 3
    listing.shelf.raw("oit/more.html", table(listing.rows[half:]))
    return (
        f'<div id="list">{table(listing.rows[:half])}</div>'
        f'<button type="button" id="more" data-src="more.html" data-into="list">{word}</button>'
        + _script(listing, "open", _CLICK)
    )


def postbacks(listing: Listing) -> str:
    """A pager of ASP.NET: its pages only come by a form that a script sends."""
    half = len(listing.rows) // 2
    shelf = listing.shelf

    def page(rows: list[Row], number: int) -> str:
        other = 3 - number
        pager = (
            f'<a href="javascript:__doPostBack(&#39;gv&#39;,&#39;Page${other}&#39;)">{other}</a> <span>{number}</span>'
        )
        cells = "".join(
            f'<tr><td>{named(r)}{r.note}</td><td><a href="{escape(r.href)}">เปิด</a></td></tr>\n' for r in rows
        )
        return (
            '<form method="post" action="index.html" id="form1"><input type="hidden" name="__EVENTTARGET">'
            '<input type="hidden" name="__EVENTARGUMENT"><input type="hidden" name="__VIEWSTATE" value="/wEP">\n'
            f'<table>{cells}<tr><td colspan="2">{pager}</td></tr></table></form><script>{_FORM}</script>'
        )

    first = page(list(listing.rows[:half]), 1)
    for number, rows in ((1, listing.rows[:half]), (2, listing.rows[half:])):
        path = shelf.put(f"oit/grid{number}.html", listing.title, page(list(rows), number))
        shelf.sent("oit/index.html", f"Page%24{number}", f"/{path}")
    return first


SCRIPTED: Mapping[str, Callable[[Listing], str]] = {
    "from_json": from_json,
    "written": written,
    "loaded": loaded,
    "click_groups": click_groups,
    "more": more,
    "postbacks": postbacks,
}
"""Name of a case's `shape` -> the inside of its index."""
