"""Cells that hold a page: old sites are laid out in tables, without a mark that tells these from tables of data."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from bs4.element import PageElement, Tag

from documents.html.tree import children_named, tags_named

_LINES = ("p", "div", "center", "font")
_PAGE_LINES, _SAYS = 2, 6
"""Lines that lead somewhere from which a cell holds a page, and letters that a line says beside its links."""
_MOST = 2_000
"""Children of a cell that are looked at."""


def holds_page(cell: Tag, headings: Collection[str]) -> bool:
    """Whether a cell holds lines of which several say something and lead somewhere each: what stands there is a page,
    and the cells around it are its banner and menu. The files of one row of data are called by that row. `headings` are
    the names of their elements."""
    addresses: set[str] = set()
    lines = 0
    listed = [item for each in children_named(cell, ("ul", "ol")) for item in children_named(each, ("li",))]
    for line in (*children_named(cell, _LINES), *listed):
        links = _links(line)
        said = len(line.get_text(strip=True)) - sum(len(a.get_text(strip=True)) for a in links)
        lines += bool(links) and said >= _SAYS
        addresses |= {str(a["href"]) for a in links}
    if children_named(cell, tuple(headings)) and addresses:
        return True
    return (lines >= _PAGE_LINES and len(addresses) >= _PAGE_LINES) or _lists_by_breaks(cell)


def _lists_by_breaks(cell: Tag) -> bool:
    """Whether lines parted by line breaks are names and, below them, links: several entries of a list in one cell."""
    lines: list[tuple[int, int]] = [(0, 0)]
    for child in cell.contents[:_MOST]:
        if isinstance(child, Tag) and child.name == "br":
            lines.append((0, 0))
            continue
        said, links = _of_line(child)
        lines[-1] = (lines[-1][0] + said, lines[-1][1] + links)
    kinds = [links > 0 for said, links in lines if links or said >= _SAYS]
    return sum(not name and link for name, link in pairwise(kinds)) > _PAGE_LINES


def _of_line(node: PageElement) -> tuple[int, int]:
    """How many letters a piece of a line says beside its links, and how many these are."""
    text = node.get_text(strip=True)
    if not isinstance(node, Tag):
        return len(text), 0
    links = [node] if node.name == "a" and node.get("href") else _links(node)
    return len(text) - sum(len(a.get_text(strip=True)) for a in links), len(links)


def _links(tag: Tag) -> list[Tag]:
    return [a for a in tags_named(tag, ("a",)) if a.get("href")]
