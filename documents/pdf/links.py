"""Links on the pages of a PDF: a disclosure list may be a document whose lines lead to the evidence."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from core.models.snapshot import Link
from documents.pdf.open_page import OpenPage
from documents.written_links import written_link

MOST_LINKS = 400
LINK_PAGES = 30
"""Pages in which links are looked for; a list of 43 items has three."""
_SHORTEST, _LONGEST = 3, 2048
_CONTEXT = 300
_INSET = 0.3
"""Share of a link's height at its top and bottom in which no letters are looked for."""


def read_links(document: Any, first: int = 0, most: int = MOST_LINKS) -> tuple[Link, ...]:
    """Return the links to web addresses in reading order, each with the words on it and the line around it; at most
    `most`, from a page on (0 is the first)."""
    found: list[Link] = []
    for index in range(first, min(len(document), LINK_PAGES)):
        if len(found) >= most:
            break
        try:
            page = OpenPage(document[index])
        except pdfium.PdfiumError:
            continue
        try:
            found += page_links(document, page, most - len(found))
        finally:
            page.close()
    return tuple(found)


def page_links(document: Any, page: OpenPage, most: int = MOST_LINKS) -> list[Link]:
    """The links of an open page, at most `most`."""
    places = list(_places(document, page.page, most))
    if not places:
        return []
    width, _ = page.page.get_size()
    links = []
    for (left, bottom, right, top), url in sorted(places, key=lambda place: (-place[0][3], place[0][0])):
        label = _words(_lines_within(page, left, bottom, right, top))
        line = _words(_lines_within(page, 0, bottom, width, top))
        if (link := written_link(url, label, line)) is not None:
            links.append(link)
    return links


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
        if size <= _SHORTEST:
            continue
        url = "x" * _LONGEST  # as good as any that is too long to be asked for
        if size <= _LONGEST:
            buffer = ctypes.create_string_buffer(size)
            pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
            url = buffer.value.decode("utf-8", "replace")
        yield (bounds.left, bounds.bottom, bounds.right, bounds.top), url


def _lines_within(page: OpenPage, left: float, bottom: float, right: float, top: float) -> str:
    """The lines that stand within bounds, not those of which only tails and vowels hang into them."""
    whole = [line for line in page.text_within(left, bottom, right, top).splitlines() if line.strip()]
    inset = (top - bottom) * _INSET
    inner = page.text_within(left, bottom + inset, right, top - inset) if len(whole) > 1 else ""
    kept = dict.fromkeys(_likest(whole, line) for line in inner.splitlines() if any(map(str.isalnum, line)))
    return " ".join(kept or whole)


def _likest(lines: list[str], text: str) -> str:
    """The line that has most of a text's letters."""
    letters = Counter(filter(str.isalnum, text))
    return max(lines, key=lambda line: (letters & Counter(line)).total())


def _words(text: str) -> str:
    return " ".join(text.split())[:_CONTEXT]
