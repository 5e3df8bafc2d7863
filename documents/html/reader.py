"""A web page to blocks and links, from one tree: BeautifulSoup on lxml.

Everything that a citizen can get to see counts, also what an accordion or a tab hides until a click. Menus and
footers are told from content by their element, their role or class, or by being little but links.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from core.models.snapshot import HELD_PICTURE, Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind, Zone
from documents.base import RENDERED_HTML, ReadLimits, cut_short
from documents.encoding import decode
from documents.html.embeds import FRAMES, holds_file, is_held_picture, page_inside
from documents.html.fields import SKIPPED, asked_fields, form_words, loose_fields, written
from documents.html.forms import is_bare, is_sending, only_closes
from documents.html.hidden import Visibility
from documents.html.layout import holds_page, put_captions_first
from documents.html.links import base_address, leads, resolve
from documents.html.page import PageDraft, holds_blocks, is_inline, is_small, painted_picture, picture_source, squeeze
from documents.html.page_note import page_note
from documents.html.panes import find_panes, pane_id
from documents.html.script_detection import may_write
from documents.html.tree import PageTree, children_named, has_named, rows_of, tags_in, tags_named
from documents.html.unclosed import close_formats, close_links

_IN_HEAD = frozenset({"title", "meta", "link", "base", "script", "style", "noscript", "template"})
_LABELS, _LABEL = 3, 12
"""Links side by side from which they are a list, and characters of one that says something."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_MENU_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|mainmenu|submenu|breadcrumb|sidebar|topbar|header-top|dropdown)(?:$|[\s_-])",
    re.I,
)
_FOOTER_WORDS = re.compile(r"(?:^|[\s_-])(?:footer|copyright|site-info)(?:$|[\s_-])", re.I)
_PART_FOOTER = re.compile(
    r"(?<![\w-])(?:card|panel|modal|entry|post|article|box|widget|item|table)(?:-|__|_)footer(?![\w-])", re.I
)
"""The lower part of a card or a post: a button of it is content."""
_ACCORDION_TITLE = re.compile(
    r"accordion-(?:header|title|button)|card-(?:header|title)|panel-(?:heading|title)|tab-title"
)
_CELLS = ("td", "th")
_NOT_IN_DATA = frozenset({"table", "h1", "h2", "nav"})
_SPAN_LIMIT = 200
_FEW_ROWS = 6
"""Rows up to which a table may lay out a page."""
_EXCUSE = 200
"""Characters within a frame from which they are more than an excuse for not showing it."""
_STATES = {
    ReadNote.SCRIPT_ONLY: ReadState.UNREAD,
    ReadNote.CHALLENGE_PAGE: ReadState.UNREAD,
    ReadNote.SCRIPT_FILLED: ReadState.PARTIAL,
    ReadNote.UNSUPPORTED_KIND: ReadState.PARTIAL,
}


def read_html(body: bytes, url: str, content_type: str, limits: ReadLimits) -> Reading:
    """Read one page. `url` is the address that it was finally served from. Never raises for bad markup."""
    text, encoding = decode(body, content_type)
    text, rest = text[: limits.text], text[limits.text :].strip()
    soup = BeautifulSoup(close_links(close_formats(text)), "lxml")
    tree = PageTree(soup)
    if put_captions_first(tree):
        tree = PageTree(soup)
    tag = next((each for each in tree.tags_named("base") if each.has_attr("href")), None)
    base = base_address(url, str(tag["href"])) if tag is not None else url
    served = own = resolve(url, url) or url
    panes = find_panes(tree, lambda href: resolve(base, href) == served)
    # A page behind a fragment (an application's route, what a click gave) has an address of its own.
    own = f"{own}#{urlsplit(url).fragment}" if urlsplit(url).fragment else own
    seen = Visibility.of(tree, panes)
    page = PageDraft(base, limits.blocks, own, panes, seen, encoding, ran=content_type == RENDERED_HTML)
    heading = tree.first("title")
    title = squeeze(heading.get_text()) if heading is not None else ""
    _walk(_body(soup), page, Zone.CONTENT)
    page.add_head_links(tree)
    page.add_shown_by_scripts(tree)
    page.add_pictures()
    for holder, fields in loose_fields(tree):
        page.add_search(holder, fields, Zone.CONTENT)
    page.blocks = list(page.panes.anchor_blocks(page.blocks))
    content = [b for b in page.blocks if b.zone is Zone.CONTENT]
    note = page_note(tree, text, title, page, content)
    files = (holds_file(each, ran=page.ran) for name in ("a", *FRAMES) for each in tree.tags_named(name))
    if note in (ReadNote.NONE, ReadNote.EMPTY) and any(files):
        note = ReadNote.UNSUPPORTED_KIND
    reading = Reading(
        kind=ResourceKind.PAGE,
        state=_STATES.get(note, ReadState.READ),
        content_type="text/html",
        title=title[:300],
        blocks=tuple(page.blocks),
        links=tuple(page.links),
        note=note,
        encoding=encoding,
        scripted=may_write(tree, page.links, page.own),
        letters=sum(len(b.text) for b in content),
    )
    return cut_short(reading) if rest or page.has_lost_links else reading


def _body(soup: BeautifulSoup) -> Tag:
    """The page's body, with what the parser left in the head of a page that writes no body tag."""
    body = soup.body or soup.new_tag("body")
    strays = [c for c in (soup.head.children if soup.head else ()) if isinstance(c, Tag) and c.name not in _IN_HEAD]
    for stray in reversed(strays):
        body.insert(0, stray.extract())
    return body if soup.body or strays else soup


# ------------------------------------------------------------------------------------- blocks


def _walk(element: Tag, page: PageDraft, zone: Zone) -> None:
    run: list[PageElement] = []

    def flush(kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        for piece in _labels(run):
            _emit(piece, page, zone, kind)
        run.clear()

    for child in element.children:
        if len(page.blocks) >= page.limit:
            return
        if isinstance(child, NavigableString):
            if not isinstance(child, Comment) and type(child) is NavigableString:
                run.append(child)
            continue
        if not isinstance(child, Tag) or (child.name in SKIPPED and child.name != "object"):
            if isinstance(child, Tag) and child.name == "svg":
                _drawing(child, page, zone, run)
            continue
        if child.name == "br":
            flush()
        elif is_inline(child) and not holds_blocks(child):
            run.append(child)
        else:
            known = len(page.blocks)
            flush()
            if child.name == "select":
                # A list that goes on with a line is that line's.
                page.add_select(child, zone, len(page.blocks) - 1 if len(page.blocks) > known else -1)
            inner = _zone(child, zone, page)
            start = len(page.blocks)
            _block(child, page, inner)
            page.panes.close(child, start, len(page.blocks), inner)
            _mark_hidden(child, page, start)
    flush(BlockKind.LIST_ITEM if element.name == "li" else BlockKind.PARAGRAPH)


def _drawing(tag: Tag, page: PageDraft, zone: Zone, run: list[PageElement]) -> None:
    """A drawing: its links belong to the line that it stands in. Where it stands alone, what is written on each is an
    entry of a list that is drawn."""
    if any(isinstance(node, Tag) or str(node).strip() for node in run):
        run.append(tag)
        return
    for link in tag.find_all("a"):
        known, said = len(page.links), squeeze(link.get_text(" "))
        page.add_link(link, len(page.blocks) if said else -1, zone, said)
        if said and len(page.links) > known:
            page.blocks.append(Block(BlockKind.PARAGRAPH, said, zone=zone))


def _labels(run: list[PageElement]) -> list[list[PageElement]]:
    """A run of text as what is shown of it: of nothing but links that all say something each one, for a style sheet
    shows them one below the other (`list-group-item`); else the whole run."""
    if len(run) < _LABELS:
        return [run] if run else []
    links = [node for node in run if isinstance(node, Tag)]
    blank = all(isinstance(node, Tag) or not str(node).strip() for node in run)
    listed = blank and len(links) >= _LABELS and all(link.name == "a" for link in links)
    if not listed or any(len(link.get_text(" ", strip=True)) < _LABEL for link in links):
        return [run]
    return [[link] for link in links]


def _mark_hidden(tag: Tag, page: PageDraft, start: int) -> None:
    """Mark what an element gave, if nobody sees it: its links lead somewhere all the same."""
    if start < len(page.blocks) and page.visibility.hides(tag):
        page.blocks[start:] = [replace(block, hidden=True) for block in page.blocks[start:]]


def _block(tag: Tag, page: PageDraft, zone: Zone) -> None:
    name = tag.name
    start = len(page.blocks)
    if name == "table":
        _table(tag, page, zone)
    elif name in FRAMES:
        _framed(tag, page, zone)
    elif name == "form":
        _form(tag, page, zone)
    elif name == "img":
        _emit([tag], page, zone, BlockKind.PARAGRAPH)
    elif name == "pre" and not holds_blocks(tag) and zone is Zone.CONTENT:
        _preformatted(tag, page, zone)
    elif name == "a":
        # A card that is one big link: its first block carries the link.
        _walk(tag, page, zone)
        if len(page.blocks) == start:
            page.blocks.append(Block(BlockKind.PARAGRAPH, "", zone=zone))
        page.add_link(tag, start, zone, squeeze(tag.get_text(" ")))
    elif name in ("area", "textarea", "input", "option", "select"):
        if name != "select":
            _field(tag, page, zone)
        if zone is Zone.CONTENT and (said := squeeze(written(tag))):
            page.blocks.append(Block(BlockKind.PARAGRAPH, said, zone=zone))
    else:
        kind, level = _kind(tag)
        if painted := painted_picture(tag):
            _paint(painted, page, zone)
        if kind is BlockKind.PARAGRAPH or holds_blocks(tag):
            _walk(tag, page, zone)
        else:
            _emit(list(tag.children), page, zone, kind, level=level)
        if leads(tag) or page.panes.targets_of(tag):  # a box that is one big link
            at = start if len(page.blocks) > start else -1
            page.add_link(tag, at, zone, squeeze(tag.get_text(" ")) if at >= 0 else "")


def _preformatted(tag: Tag, page: PageDraft, zone: Zone) -> None:
    """Text whose own line breaks are shown: a block a line."""
    run: list[PageElement] = []
    for child in list(tag.children):
        if type(child) is not NavigableString:
            run.append(child)
            continue
        first, *others = str(child).split("\n")
        run.append(NavigableString(first))
        for line in others:
            _emit(run, page, zone, BlockKind.PARAGRAPH)
            run = [NavigableString(line)]
    _emit(run, page, zone, BlockKind.PARAGRAPH)


def _field(tag: Tag, page: PageDraft, zone: Zone) -> None:
    """A field of a form, or an area of a picture. What they lead to stands in no block, but for what a button is
    called and what is written of an area: a picture of a list says its entries there."""
    known = len(page.links)
    said = squeeze(str(tag.get("alt") or tag.get("title") or "")) if tag.name == "area" else ""
    if not is_sending(tag) and not said:
        page.add_link(tag, -1, zone, "")
        return
    page.add_link(tag, len(page.blocks), zone, "")
    if len(page.links) > known:
        page.blocks.append(Block(BlockKind.PARAGRAPH, said or page.links[-1].label, zone=zone))


def _kind(tag: Tag) -> tuple[BlockKind, int]:
    """What an element without blocks in it is, and the level of a heading."""
    if tag.name in _HEADINGS:
        return BlockKind.HEADING, _HEADINGS[tag.name]
    if tag.name in ("summary", "legend", "caption", "dt") or _accordion_title(tag):
        return BlockKind.HEADING, 5
    return (BlockKind.LIST_ITEM if tag.name == "li" else BlockKind.PARAGRAPH), 0


def _framed(tag: Tag, page: PageDraft, zone: Zone) -> None:
    if inside := page_inside(tag):
        # The whole page stands in the attribute; one within that one is no more.
        inner = BeautifulSoup(inside, "lxml")
        for frame in inner.find_all(FRAMES):
            if page_inside(frame):
                frame.attrs.clear()
        _walk(_body(inner), page, zone)
        return
    page.add_frame(tag, zone)
    _fallback(tag, page, zone)


def _accordion_title(tag: Tag) -> bool:
    classes = tag.get("class")
    return bool(classes and _ACCORDION_TITLE.search(" ".join(classes)))


def _zone(tag: Tag, outer: Zone, page: PageDraft) -> Zone:
    if outer is not Zone.CONTENT:
        return outer
    if tag.name == "main":
        return Zone.CONTENT
    if tag.name == "nav" or tag.get("role") == "navigation":
        return Zone.MENU
    if tag.name == "footer" or tag.get("role") == "contentinfo":
        return Zone.FOOTER
    marks = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
    if marks and _FOOTER_WORDS.search(_PART_FOOTER.sub("", marks)):
        return Zone.FOOTER
    if marks and _MENU_WORDS.search(marks) and tag.name in ("ul", "ol", "div", "table", "aside", "td", "section"):
        links = tags_named(tag, ("a",))
        text = len(tag.get_text(strip=True))
        linked = sum(len(a.get_text(strip=True)) for a in links)
        # A row of tabs opens what stands on the page itself.
        if links and linked >= 0.7 * text and not all(page.panes.targets_of(link) for link in links):
            return Zone.MENU
    return outer


def _emit(
    run: list[PageElement],
    page: PageDraft,
    zone: Zone,
    kind: BlockKind,
    *,
    level: int = 0,
    table: int | None = None,
    row: int | None = None,
    col: int | None = None,
    spans: tuple[int, int] = (1, 1),
    header: bool = False,
) -> None:
    """One block from a run of inline nodes, then the images and links in it."""
    shown, unseen = page.visibility.split(run)
    text, unseen = squeeze(shown), squeeze(unseen)
    index = len(page.blocks)
    tags = [t for node in run if isinstance(node, Tag) for t in (node, *tags_in(node))]
    links = [t for t in tags if leads(t) or page.panes.targets_of(t)]
    for tag in tags:
        if kind is not BlockKind.CELL or pane_id(tag) not in page.panes.ids:
            page.panes.close(tag, index, index, zone)
    images = [t for t in tags if t.name == "img"]
    if text or kind is BlockKind.CELL or links:
        page.blocks.append(
            Block(
                kind,
                text,
                level=level,
                table=table,
                row=row,
                col=col,
                span_rows=spans[0],
                span_cols=spans[1],
                header=header,
                bold=_all_bold(run, text),
                zone=zone,
            )
        )
        for tag in links:
            page.add_link(tag, index, zone, text)
        if "://" in text:
            page.add_typed(text, index, zone)
    if unseen:
        beside = kind if kind is not BlockKind.CELL else BlockKind.PARAGRAPH
        page.blocks.append(Block(beside, unseen, level=level, zone=zone, hidden=True))
    _add_images(images, page, zone, table, row, col)


def _add_images(images: list[Tag], page: PageDraft, zone: Zone, *place: int | None) -> None:
    table, row, col = place
    for image in images:
        _emit_picture(image, page, zone, table=table, row=row, col=col)


def _emit_picture(
    image: Tag, page: PageDraft, zone: Zone, *, table: int | None, row: int | None, col: int | None
) -> None:
    if zone is Zone.CONTENT and image.find_parent("a") is None and not is_small(image):
        page.pictures.append(len(page.blocks))
    alt = squeeze(str(image.get("alt") or image.get("title") or ""))
    src = page.resolve(picture_source(image)) or (HELD_PICTURE if is_held_picture(image) else "")
    page.blocks.append(Block(BlockKind.IMAGE, alt, zone=zone, src=src, table=table, row=row, col=col))


def _paint(written: str, page: PageDraft, zone: Zone) -> None:
    """A picture that an element is painted with: pages of a book that its script turns."""
    if zone is Zone.CONTENT:
        page.pictures.append(len(page.blocks))
    page.blocks.append(Block(BlockKind.IMAGE, "", zone=zone, src=page.resolve(written) or ""))


def _all_bold(run: list[PageElement], text: str) -> bool:
    if not text:
        return False
    bold = 0
    for node in run:
        if isinstance(node, Tag):
            heavy = [node] if node.name in _BOLD else tags_named(node, _BOLD)
            bold += sum(len(squeeze(t.get_text())) for t in heavy)
    return bold >= 0.9 * len(text)


def _table(tag: Tag, page: PageDraft, zone: Zone) -> None:
    rows = rows_of(tag)
    for caption in children_named(tag, ("caption",))[:1]:
        _block(caption, page, zone)
    if _is_layout(tag, rows):
        for row in rows:
            for cell in children_named(row, _CELLS):
                _walk(cell, page, _zone(cell, zone, page))
        return
    number = page.tables
    page.tables += 1
    taken: dict[tuple[int, int], bool] = {}
    for at, row in enumerate(rows):
        col = 0
        start = len(page.blocks)
        for cell in children_named(row, _CELLS):
            first = len(page.blocks)
            while taken.get((at, col)):
                col += 1
            spans = (_span(cell, "rowspan"), _span(cell, "colspan"))
            for down in range(spans[0]):
                for right in range(spans[1]):
                    taken[at + down, col + right] = True
            header = cell.name == "th" or (row.parent is not None and row.parent.name == "thead")
            _emit(
                _cell_nodes(cell),
                page,
                zone,
                BlockKind.CELL,
                table=number,
                row=at,
                col=col,
                spans=spans,
                header=header,
            )
            if leads(cell):
                page.add_link(cell, first, zone, "")
            for frame in tags_named(cell, FRAMES):
                page.add_frame(frame, zone)
            for select in tags_named(cell, ("select",)):
                page.add_select(select, zone, first)
            page.panes.close(cell, first, len(page.blocks), zone)
            _mark_hidden(cell, page, first)
            col += spans[1]
        if leads(row) and len(page.blocks) > start:
            page.add_link(row, start, zone, squeeze(row.get_text(" ")))
        page.panes.close(row, start, len(page.blocks), zone)
        _mark_hidden(row, page, start)


def _cell_nodes(cell: Tag) -> list[PageElement]:
    """The cell's nodes with line breaks where blocks begin, so that words of two paragraphs never join."""
    nodes: list[PageElement] = []
    for child in cell.children:
        if isinstance(child, Tag) and not is_inline(child):
            nodes.append(NavigableString("\n"))
            nodes.extend(_cell_nodes(child) if child.name not in (*SKIPPED, "img", "br") else [child])
            nodes.append(NavigableString("\n"))
        else:
            nodes.append(child)
    return nodes


def _is_layout(tag: Tag, rows: list[Tag]) -> bool:
    """Old sites lay out the whole page in tables: one that holds tables, forms or headings is no data."""
    if any(children_named(row, ("th",)) for row in rows):
        return False
    if has_named(tag, _NOT_IN_DATA):
        return True
    if any(not is_bare(form) for form in tags_named(tag, ("form",))):
        return True
    cells = [c for r in rows for c in children_named(r, ("td",))]
    if len(cells) <= 1 or any(len(c.get_text(strip=True)) > 3000 for c in cells):
        return True
    return len(rows) <= _FEW_ROWS and any(holds_page(cell, _HEADINGS) for cell in cells)


def _span(cell: Tag, name: str) -> int:
    try:
        return max(1, min(int(str(cell.get(name) or 1)), _SPAN_LIMIT))
    except ValueError:
        return 1


def _fallback(tag: Tag, page: PageDraft, zone: Zone) -> None:
    """What stands in a frame. An excuse for browsers that cannot show it is no content, but its links lead to the
    same document; where the parser finds a frame without an end, the rest of the page stands there."""
    if tag.name == "embed" or len(tag.get_text(strip=True)) > _EXCUSE:
        _walk(tag, page, zone)
        return
    for inner in tags_named(tag, (*FRAMES, "a")):
        if inner.name == "a":
            page.add_link(inner, len(page.blocks) - 1, zone, "")
        else:
            page.add_frame(inner, zone)


_FORM = 1500
"""Characters of a form among which what it is for stands."""


def _form(tag: Tag, page: PageDraft, zone: Zone) -> None:
    if only_closes(tag):
        return _walk(tag, page, zone)
    search = tag.get("role") == "search" or tag.find("input", attrs={"type": "search"}) is not None
    words = form_words(tag)
    action = page.resolve(str(tag.get("action") or "")) or page.base
    if words is not None and not search:
        page.blocks.append(Block(BlockKind.FORM, squeeze(" ".join(words)), zone=zone, src=action))
    said = squeeze(tag.get_text(" "))[:_FORM]
    page.add_choices(tag, zone, said)
    page.add_search(tag, asked_fields(tag), zone)
    _walk(tag, page, zone)
