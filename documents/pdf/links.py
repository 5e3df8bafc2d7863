"""Links on the pages of a PDF: a disclosure list may be a document whose lines lead to the evidence."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from core.models.snapshot import Link
from core.urls import written_address

_MOST = 400
_PAGES = 30
"""Pages in which links are looked for; a list of 43 items has three."""
_SHORTEST, _LONGEST = 3, 2048
_CONTEXT = 300


def read_links(document: Any) -> tuple[Link, ...]:
    """Return the links to web addresses in reading order, each with the words on it and the line around it."""
    found: list[Link] = []
    for index in range(min(len(document), _PAGES)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            continue
        try:
            found += _of_page(document, page, _MOST - len(found))
        finally:
            page.close()
        if len(found) >= _MOST:
            break
    return tuple(found)


def _of_page(document: Any, page: Any, most: int) -> list[Link]:
    places = list(_places(document, page, most))
    if not places:
        return []
    width, _ = page.get_size()
    textpage = page.get_textpage()
    try:
        links = []
        for (left, bottom, right, top), url in sorted(places, key=lambda place: (-place[0][3], place[0][0])):
            label = _words(textpage.get_text_bounded(left, bottom, right, top))
            line = _words(textpage.get_text_bounded(0, bottom, width, top))
            links.append(Link(url, label, line, via="document"))
        return links
    finally:
        textpage.close()


def _places(document: Any, page: Any, most: int) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    """The boxes of a page's links with their addresses."""
    position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    while most > 0 and pdfium_c.FPDFLink_Enumerate(page.raw, position, link):
        most -= 1
        bounds = pdfium_c.FS_RECTF()
        action = pdfium_c.FPDFLink_GetAction(link)
        if not action or not pdfium_c.FPDFLink_GetAnnotRect(link, bounds):
            continue
        size = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not _SHORTEST < size <= _LONGEST:
            continue
        buffer = ctypes.create_string_buffer(size)
        pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
        try:
            url = written_address(buffer.value.decode("utf-8", "replace"))
        except ValueError:
            continue
        yield (bounds.left, bounds.bottom, bounds.right, bounds.top), url


def _words(text: str) -> str:
    return " ".join(text.split())[:_CONTEXT]
