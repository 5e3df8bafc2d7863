"""How a page is laid out.

Cells that hold a page: old sites are laid out in tables, without a mark that tells these from tables of data. And grids
of pictures that lead somewhere, each in one box with the title below it: a page is read from above, and a link without
words belongs to the words before it. In a box of its own it belongs to the words of that box, so there the title is put
first. What stands in one box together the page says itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice, pairwise

from bs4.element import NavigableString, PageElement, Tag

from documents.html.tree import PageTree, children_named, rows_of, tags_named

_LINES = ("p", "div", "center", "font")
_PAGE_LINES, _SAYS = 2, 6
"""Lines that lead somewhere from which a cell holds a page, and letters that a line says beside its links."""
_MOST = 2_000
"""Children of a cell that are looked at."""
_LEAST = 3
"""Boxes of one kind that are a grid: a logo over the name of the site is none."""
_PICTURES = 300
"""Pictures of a page that are looked at."""
_BOXES = frozenset({"div", "figure", "li", "article", "section"})
_WRAPPERS = frozenset({"div", "span", "p", "center", "font", "b", "strong", "picture"})
"""What may stand around a picture's link alone."""
_BLOCKS = frozenset(
    {"div", "p", "figcaption", "ul", "ol", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6", "br"}
)


_Run = list[PageElement]


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


def put_captions_first(tree: PageTree) -> bool:
    """Move pictures that lead somewhere behind the titles below them, where at least three boxes of one kind hold such
    a picture, its title and no other such picture. Returns whether anything was moved."""
    grids: dict[tuple[str, str, str], list[tuple[Tag, _Run]]] = {}
    for link in islice(filter(_is_wordless, tree.tags_named("a")), _PICTURES):
        picture = _alone(link)
        box = picture.parent
        title = _title_below(picture) if box is not None and box.name in _BOXES else []
        if box is not None and title:
            kind = (box.name, " ".join(box.get("class") or []), picture.name)
            grids.setdefault(kind, []).append((picture, title))
    grown = [cards for cards in (*grids.values(), list(_rows_of_pictures(tree))) if len(cards) >= _LEAST]
    for picture, title in (card for cards in grown for card in cards):
        title[-1].insert_after(picture.extract())
    return bool(grown)


def _rows_of_pictures(tree: PageTree) -> Iterator[tuple[Tag, _Run]]:
    """The pictures of rows that hold nothing else, each with the title in its column of the row below."""
    for table in islice(tree.tags_named("table"), _PICTURES):
        rows = [children_named(row, ("td", "th")) for row in rows_of(table)[:_PICTURES]]
        for pictures, titles in pairwise(rows):
            if not 1 < len(pictures) == len(titles) or any(_columns(cell) > 1 for cell in (*pictures, *titles)):
                continue
            links = [_only_picture(cell) for cell in pictures]
            told = [bool(cell.get_text(strip=True)) for cell in titles]
            # The last row of a grid may have empty places.
            if [link is not None for link in links] == told and any(told) and not any(map(_links, titles)):
                yield from ((each, [cell.contents[-1]]) for each, cell in zip(links, titles, strict=True) if each)


def _columns(cell: Tag) -> int:
    return 1 if str(cell.get("colspan") or "1").strip() == "1" else 2


def _only_picture(cell: Tag) -> Tag | None:
    """The one link of a cell, if it is a picture and the cell says nothing."""
    links = _links(cell)
    return links[0] if len(links) == 1 and _is_wordless(links[0]) and not cell.get_text(strip=True) else None


def _is_wordless(link: Tag) -> bool:
    """Whether a link shows a picture and nothing else."""
    return bool(link.get("href")) and bool(tags_named(link, ("img",))) and not link.get_text(strip=True)


def _alone(link: Tag) -> Tag:
    """The outermost element that holds the link and nothing beside it."""
    found = link
    while found.parent is not None and found.parent.name in _WRAPPERS:
        if any(node is not found and not _is_blank(node) for node in found.parent.contents):
            break
        found = found.parent
    return found


def _title_below(picture: Tag) -> _Run:
    """The words that follow a picture which its box begins with; none if another such picture follows."""
    if any(not _is_blank(node) for node in picture.previous_siblings):
        return []
    below = [node for node in picture.next_siblings if not _is_blank(node)]
    if any(_is_wordless(each) for node in below if isinstance(node, Tag) for each in (node, *tags_named(node, ("a",)))):
        return []
    title: _Run = []
    for node in below:
        if _ends_line(node):
            if not title and isinstance(node, Tag) and node.name != "br":
                title = [node]
            if title:
                break
            continue
        title.append(node)
    return title if any(node.get_text(strip=True) for node in title) else []


def _ends_line(node: PageElement) -> bool:
    return isinstance(node, Tag) and node.name in _BLOCKS


def _is_blank(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and (type(node) is not NavigableString or not node.strip())
