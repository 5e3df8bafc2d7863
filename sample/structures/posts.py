"""What stands between an entry of the index and its document: a category, a post, a viewer, an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from sample.structures.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Document:
    """An item's document. `path` leads to it from the top of the site (a dead link leads to no file), `place` is the
    entry's place in the list, `web` says that only a page can be it, `older` writes the document of the year before and gives its path and title."""

    path: str
    title: str
    label: str
    place: int
    web: bool = False
    older: Callable[[], tuple[str, str]] | None = None

    @property
    def page(self) -> bool:
        """Whether it is a page."""
        return self.path.endswith(".html")

    def beside(self, sign: str) -> str:
        """The path of a page that belongs to it."""
        return f"page/{PurePosixPath(self.path).stem}-{sign}.html"


def category(shelf: Shelf, document: Document) -> str:
    """The entry leads to a category, that to a post, and the document is attached to the post."""
    lines = []
    older = document.older() if document.older else None
    for path, title in ((document.path, document.title), *((older,) if older else ())):
        there = path
        if not path.endswith(".html"):
            inner = (
                "<p>วันที่ลงประกาศ : 3 เม.ย. | อ่าน 45 ครั้ง</p>\n"
                f'<p><a href="../{escape(path)}"><img src="../pictures/button.png" alt=""> ดาวน์โหลด</a></p>'
            )
            there = shelf.put(f"page/{PurePosixPath(path).stem}-post.html", title, inner)
        lines.append(f'<tr><td><a href="../{escape(there)}">{escape(title)}</a></td><td>3 เม.ย.</td></tr>')
    inner = f"<table><tr><th>เรื่อง</th><th>วันที่</th></tr>{''.join(lines)}</table>"
    return shelf.put(document.beside("list"), document.label, inner)


_Frame = Callable[[Document], str]
_VIEWERS: Mapping[str, _Frame] = {
    "viewerjs": lambda d: f'<iframe src="/ViewerJS/#../{d.path}" width="700" height="900"></iframe>',
    "dflip": lambda d: (
        '<div class="_df_book" id="df_book"></div><script>var option_df_book = '
        f'{{"source":"\\/{d.path.replace("/", chr(92) + "/")}","outline":[]}};</script>'
    ),
    "pdfjs": lambda d: (
        '<canvas id="the-canvas"></canvas><script>var task = pdfjsLib.getDocument("'
        f'/{d.path}");task.promise.then(function(pdf){{pdf.getPage(1)}});</script>'
    ),
    "pdfjs_viewer": lambda d: f'<iframe src="/pdfjs/web/viewer.html?file={quote("/" + d.path, safe="")}"></iframe>',
    "lazy": lambda d: f'<iframe data-lazy-src="../{d.path}" class="lazy" width="700"></iframe>',
    "object": lambda d: f'<object type="application/pdf"><param name="src" value="../{d.path}"></object>',
    "embed": lambda d: f'<embed src="../{d.path}#toolbar=0" type="application/pdf" width="700" height="900">',
    "flipbook": lambda d: f'<div class="real3dflipbook" data-flipbook-options=\'{{"pdfUrl":"/{d.path}"}}\'></div>',
}
_TOOLS = ("ViewerJS/index.html", "pdfjs/web/viewer.html")


def _viewer(name: str) -> Callable[[Shelf, Document], str]:
    def build(shelf: Shelf, document: Document) -> str:
        if not document.path.endswith(".pdf"):
            return document.path
        for path in _TOOLS:
            shelf.files.setdefault(path, b"<!DOCTYPE html><html><body><div id=viewer></div></body></html>")
        return shelf.put(document.beside("view"), "เอกสารเผยแพร่", _VIEWERS[name](document))

    return build


def frame(shelf: Shelf, document: Document) -> str:
    """A page in a frame of another, which says nothing itself."""
    if not document.page or document.web:
        return document.path
    inner = f'<iframe src="../{document.path}" width="100%" height="900"></iframe>'
    return shelf.put(document.beside("frame"), "เอกสารเผยแพร่", inner)


_ADDRESSES: Mapping[str, str] = {
    "wordpress": "?p={}",
    "page_number": "index.php?page={}",
    "joomla": "index.php?option=com_content&view=article&id={}&tmpl=component",
    "docman": "index.php?option=com_docman&task=document.viewdoc&id={}&format=raw",
    "news_sid": "modules.php?name=News&file=article&sid={}",
    "year_month": "view.php?year={year}&month=3&id={}",
    "folder": "browse.php?dir=ita/{year}&f={}",
    "share": "download.php?share={}",
    "numbers": "ita/{year}/{}",
    "prevention": "preVENTion/event-{}.html",
}


# A page's own links are relative: it may only move to an address at which they lead to the same.
def _address(name: str) -> Callable[[Shelf, Document], str]:
    def build(shelf: Shelf, document: Document) -> str:
        if document.page and _ADDRESSES[name].count("/") > 1:
            return document.path
        number = 34_000 + document.place
        address = _ADDRESSES[name].format(number, year=shelf.edition)
        return shelf.answer(address, {"file": f"/{document.path}"})

    return build


def thai_name(shelf: Shelf, document: Document) -> str:
    """A file with a Thai name, a space and a character that nobody sees."""
    path = PurePosixPath(document.path)
    name = f"{path.parent}/เอกสาร\u200b ข้อที่ {document.place}{path.suffix}"
    if document.path not in shelf.files:
        return document.path
    shelf.files[name] = shelf.files[document.path]
    known = shelf.manner["paths"].get(f"/{document.path}")
    if known:
        shelf.manner["paths"][f"/{name}"] = known
    return name


def referer(shelf: Shelf, document: Document) -> str:
    """Documents that are only given to whoever comes from a page of the site."""
    shelf.manner["referer"] = ["/files/"]
    return document.path


POSTS: Mapping[str, Callable[[Shelf, Document], str]] = {
    "": lambda shelf, document: document.path,
    "category": category,
    **{name: _viewer(name) for name in _VIEWERS},
    "frame": frame,
    **{name: _address(name) for name in _ADDRESSES},
    "thai_name": thai_name,
    "referer": referer,
}
"""Name of a case's `post` -> the address, from the top of the site, that the entry leads to."""
NEEDS: Mapping[str, str] = {**{name: "pdf" for name in _VIEWERS}, "referer": "pdf", "frame": "html"}
"""Posts that only stand before documents of one kind (`papers` of a case)."""
