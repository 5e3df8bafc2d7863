"""Grids of pictures that lead somewhere, each in one box with the title below it.

A page is read from above, and a link without words belongs to the words before it. In a box of its own it belongs to
the words of that box: there the title is put first. What stands in one box together the page says itself.
"""

from __future__ import annotations

from itertools import islice

from bs4.element import NavigableString, PageElement, Tag

from documents.html.tree import PageTree, tags_named

_LEAST = 3
"""Boxes of one kind that are a grid: a logo over the name of the site is none."""
_MOST = 300
"""Pictures of a page that are looked at."""
_BOXES = frozenset({"div", "figure", "li", "article", "section"})
_WRAPPERS = frozenset({"div", "span", "p", "center", "font", "b", "strong", "picture"})
"""What may stand around a picture's link alone."""
_BLOCKS = frozenset(
    {"div", "p", "figcaption", "ul", "ol", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6", "br"}
)

_Run = list[PageElement]


def put_captions_first(tree: PageTree) -> bool:
    """Move pictures that lead somewhere behind the titles below them, where at least three boxes of one kind hold such
    a picture, its title and no other such picture. Returns whether anything was moved."""
    grids: dict[tuple[str, str, str], list[tuple[Tag, _Run]]] = {}
    for link in islice(filter(_is_wordless, tree.tags_named("a")), _MOST):
        picture = _alone(link)
        box = picture.parent
        title = _title_below(picture) if box is not None and box.name in _BOXES else []
        if box is not None and title:
            kind = (box.name, " ".join(box.get("class") or []), picture.name)
            grids.setdefault(kind, []).append((picture, title))
    grown = [cards for cards in grids.values() if len(cards) >= _LEAST]
    for picture, title in (card for cards in grown for card in cards):
        title[-1].insert_after(picture.extract())
    return bool(grown)


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
