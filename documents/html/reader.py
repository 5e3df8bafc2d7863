"""A web page to blocks and links, from one tree: BeautifulSoup on lxml.

Everything that a citizen can get to see counts, also what an accordion or a tab hides until a click. Menus and
footers are told from content by their element, their role or class, or by being little but links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from core.models.snapshot import Block, BlockKind, Link, Reading, ReadNote, ReadState, ResourceKind, Zone
from documents.base import RENDERED_HTML, ReadLimits
from documents.encoding import decode
from documents.html.links import choices, leads, resolve, script_targets, targets
from documents.html.script_detection import needs_scripts

_IN_HEAD = frozenset({"title", "meta", "link", "base", "script", "style", "noscript", "template"})
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "head", "object", "canvas"})
_FRAMES = ("iframe", "frame", "embed", "object")
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "img",
        "button",
    ]
)
_BOLD = frozenset({"b", "strong"})
_MENU_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|mainmenu|submenu|breadcrumb|sidebar|topbar|header-top|dropdown)(?:$|[\s_-])",
    re.I,
)
_FOOTER_WORDS = re.compile(r"(?:^|[\s_-])(?:footer|copyright|site-info)(?:$|[\s_-])", re.I)
_CONTEXT = 300
_SPAN_LIMIT = 200
_EXCUSE = 200
"""Characters within a frame from which they are more than an excuse for not showing it."""
_REFRESH = re.compile(r"""^\s*\d*\s*;?\s*url\s*=\s*['"]?([^'"]+)""", re.I)
_STATES = {
    ReadNote.SCRIPT_ONLY: ReadState.UNREAD,
    ReadNote.CHALLENGE_PAGE: ReadState.UNREAD,
    ReadNote.SCRIPT_FILLED: ReadState.PARTIAL,
}
_SPLASH_TEXT = 600
"""Characters; a page with less may be an entrance that its script sends visitors on from."""
_LOGIN = re.compile(r"เข้าสู่ระบบ|ลงชื่อเข้า|log\s?in|sign\s?in", re.I)
_NOTHING = re.compile(
    r"404|not\s+found|ไม่พบหน้า|ไม่พบข้อมูล|ไม่พบไฟล์|ยังไม่มีไฟล์|page you (?:are looking for|requested)|ขออภัย", re.I
)
_CHALLENGE = re.compile(
    r"cf-challenge|cf_chl_|challenge-platform|just a moment\.\.\.|checking your browser|g-recaptcha|h-captcha"
    r"|turnstile|attention required! \| cloudflare|ddos protection by|_incapsula_|sucuri website firewall",
    re.I,
)


@dataclass(slots=True)
class _Page:
    base: str
    limit: int
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: int = 0


def read_html(body: bytes, url: str, content_type: str, limits: ReadLimits) -> Reading:
    """Read one page. `url` is the address that it was finally served from. Never raises for bad markup."""
    text, encoding = decode(body, content_type)
    text = text[: limits.text]
    soup = BeautifulSoup(text, "lxml")
    base = url
    tag = soup.find("base", href=True)
    if isinstance(tag, Tag):
        base = urljoin(url, str(tag["href"]).strip())
    page = _Page(base, limits.blocks)
    title = _squeeze(soup.title.get_text()) if soup.title else ""
    _walk(_body(soup), page, Zone.CONTENT)
    _head_links(soup, page)
    content = [b for b in page.blocks if b.zone is Zone.CONTENT]
    note = _page_note(soup, text, title, page, content, ran=content_type == RENDERED_HTML)
    return Reading(
        kind=ResourceKind.PAGE,
        state=_STATES.get(note, ReadState.READ),
        content_type="text/html",
        title=title[:300],
        blocks=tuple(page.blocks),
        links=tuple(page.links),
        note=note,
        encoding=encoding,
    )


def _body(soup: BeautifulSoup) -> Tag:
    """The page's body, with what the parser left in the head of a page that writes no body tag."""
    body = soup.body or soup.new_tag("body")
    strays = [c for c in (soup.head.children if soup.head else ()) if isinstance(c, Tag) and c.name not in _IN_HEAD]
    for stray in reversed(strays):
        body.insert(0, stray.extract())
    return body if soup.body or strays else soup


def _page_note(soup: BeautifulSoup, text: str, title: str, page: _Page, content: list[Block], *, ran: bool) -> ReadNote:
    letters = sum(len(b.text) for b in content)
    if _CHALLENGE.search(text[:8192]) and letters < 1500:
        return ReadNote.CHALLENGE_PAGE
    if letters < 600 and soup.find("input", attrs={"type": "password"}) and _LOGIN.search(text):
        return ReadNote.LOGIN_PAGE
    scripts = needs_scripts(soup, text, page.links, content, ran=ran)
    if scripts is ReadNote.SCRIPT_ONLY:
        return scripts
    heads = " ".join([title, *(b.text for b in content if b.kind is BlockKind.HEADING)][:4])
    if letters < 600 and _NOTHING.search(heads or " ".join(b.text for b in content)[:200]):
        return ReadNote.NOT_FOUND_PAGE
    if scripts:
        return scripts
    return ReadNote.EMPTY if not letters and not any(b.kind is BlockKind.IMAGE for b in content) else ReadNote.NONE


# ------------------------------------------------------------------------------------- blocks


def _walk(element: Tag, page: _Page, zone: Zone) -> None:
    run: list[PageElement] = []

    def flush(kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        if run:
            _emit(run, page, zone, kind)
            run.clear()

    for child in element.children:
        if len(page.blocks) >= page.limit:
            return
        if isinstance(child, NavigableString):
            if not isinstance(child, Comment) and type(child) is NavigableString:
                run.append(child)
            continue
        if not isinstance(child, Tag) or (child.name in _SKIPPED and child.name != "object"):
            continue
        if child.name == "br":
            flush()
        elif child.name in _INLINE and not _holds_blocks(child):
            run.append(child)
        else:
            flush()
            _block(child, page, _zone(child, zone))
    flush(BlockKind.LIST_ITEM if element.name == "li" else BlockKind.PARAGRAPH)


def _block(tag: Tag, page: _Page, zone: Zone) -> None:
    name = tag.name
    if name in _HEADINGS and not _holds_blocks(tag):
        _emit(list(tag.children), page, zone, BlockKind.HEADING, level=_HEADINGS[name])
    elif name in ("summary", "legend", "caption", "dt") and not _holds_blocks(tag):
        _emit(list(tag.children), page, zone, BlockKind.HEADING, level=5)
    elif name == "table":
        _table(tag, page, zone)
    elif name in _FRAMES:
        _frame(tag, page, zone)
        _fallback(tag, page, zone)
    elif name == "form":
        _form(tag, page, zone)
    elif name == "li" and not _holds_blocks(tag):
        _emit(list(tag.children), page, zone, BlockKind.LIST_ITEM)
    elif name == "img":
        _emit([tag], page, zone, BlockKind.PARAGRAPH)
    elif name == "a":
        # A card that is one big link: its first block carries the link.
        start = len(page.blocks)
        _walk(tag, page, zone)
        if len(page.blocks) == start:
            page.blocks.append(Block(BlockKind.PARAGRAPH, "", zone=zone))
        _link(tag, page, start, zone, _squeeze(tag.get_text(" ")))
    elif name in ("area", "textarea", "input", "option"):
        _link(tag, page, -1, zone, "")
    elif name == "select":
        for target, label in choices(tag):
            url = resolve(page.base, target)
            if url is not None:
                page.links.append(Link(url, label[:_CONTEXT], zone=zone, via="script"))
    else:
        start = len(page.blocks)
        if _accordion_title(tag) and not _holds_blocks(tag):
            _emit(list(tag.children), page, zone, BlockKind.HEADING, level=5)
        else:
            _walk(tag, page, zone)
        if leads(tag):  # a box that is one big link
            at = start if len(page.blocks) > start else -1
            _link(tag, page, at, zone, _squeeze(tag.get_text(" ")) if at >= 0 else "")


def _holds_blocks(tag: Tag) -> bool:
    return any(
        isinstance(d, Tag) and d.name not in _INLINE and d.name not in ("br", *_SKIPPED) for d in tag.descendants
    )


def _accordion_title(tag: Tag) -> bool:
    classes = " ".join(tag.get("class") or [])
    return bool(
        re.search(
            r"accordion-(?:header|title|button)|card-(?:header|title)|panel-(?:heading|title)|tab-title",
            classes,
        )
    )


def _zone(tag: Tag, outer: Zone) -> Zone:
    if outer is not Zone.CONTENT:
        return outer
    if tag.name == "main":
        return Zone.CONTENT
    if tag.name == "nav" or tag.get("role") == "navigation":
        return Zone.MENU
    if tag.name == "footer" or tag.get("role") == "contentinfo":
        return Zone.FOOTER
    marks = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
    if marks and _FOOTER_WORDS.search(marks):
        return Zone.FOOTER
    if marks and _MENU_WORDS.search(marks) and tag.name in ("ul", "ol", "div", "table", "aside", "td", "section"):
        links = tag.find_all("a")
        text = len(tag.get_text(strip=True))
        linked = sum(len(a.get_text(strip=True)) for a in links)
        if links and linked >= 0.7 * text:
            return Zone.MENU
    return outer


def _emit(
    run: list[PageElement],
    page: _Page,
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
    text = _squeeze("".join(_text(node) for node in run))
    index = len(page.blocks)
    tags = [t for node in run if isinstance(node, Tag) for t in (node, *node.find_all(True))]
    links = [t for t in tags if leads(t)]
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
            _link(tag, page, index, zone, text)
    for image in images:
        src = resolve(page.base, str(image.get("src") or image.get("data-src") or ""))
        page.blocks.append(
            Block(
                BlockKind.IMAGE,
                _squeeze(str(image.get("alt") or image.get("title") or "")),
                zone=zone,
                src=src or "",
                table=table,
                row=row,
                col=col,
            )
        )


def _text(node: PageElement) -> str:
    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return str(node) if type(node) is NavigableString else ""
    if not isinstance(node, Tag) or node.name in _SKIPPED:
        return ""
    if node.name == "br":
        return "\n"
    return "".join(_text(child) for child in node.children)


def _all_bold(run: list[PageElement], text: str) -> bool:
    if not text:
        return False
    bold = 0
    for node in run:
        if isinstance(node, Tag):
            heavy = [node] if node.name in _BOLD else node.find_all(_BOLD)
            bold += sum(len(_squeeze(t.get_text())) for t in heavy)
    return bold >= 0.9 * len(text)


def _squeeze(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line) if "\n" in text.strip() else " ".join(text.split())


def _table(tag: Tag, page: _Page, zone: Zone) -> None:
    rows = [r for r in tag.find_all("tr") if r.find_parent("table") is tag]
    if _is_layout(tag, rows):
        for row in rows:
            for cell in row.find_all(["td", "th"], recursive=False):
                _walk(cell, page, _zone(cell, zone))
        return
    caption = tag.find("caption", recursive=False)
    if isinstance(caption, Tag):
        _block(caption, page, zone)
    number = page.tables
    page.tables += 1
    taken: dict[tuple[int, int], bool] = {}
    for at, row in enumerate(rows):
        col = 0
        for cell in row.find_all(["td", "th"], recursive=False):
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
            for frame in cell.find_all(_FRAMES):
                _frame(frame, page, zone)
            col += spans[1]


def _cell_nodes(cell: Tag) -> list[PageElement]:
    """The cell's nodes with line breaks where blocks begin, so that words of two paragraphs never join."""
    nodes: list[PageElement] = []
    for child in cell.children:
        if isinstance(child, Tag) and child.name not in _INLINE:
            nodes.append(NavigableString("\n"))
            nodes.extend(_cell_nodes(child) if child.name not in (*_SKIPPED, "img", "br") else [child])
            nodes.append(NavigableString("\n"))
        else:
            nodes.append(child)
    return nodes


def _is_layout(tag: Tag, rows: list[Tag]) -> bool:
    """Old sites lay out the whole page in tables: one that holds tables, forms or headings is no data."""
    if tag.find("th") is not None:
        return False
    if tag.find(["table", "form", "h1", "h2", "nav"]) is not None:
        return True
    cells = [c for r in rows for c in r.find_all("td", recursive=False)]
    return len(cells) <= 1 or any(len(c.get_text(strip=True)) > 3000 for c in cells)


def _span(cell: Tag, name: str) -> int:
    try:
        return max(1, min(int(str(cell.get(name) or 1)), _SPAN_LIMIT))
    except ValueError:
        return 1


def _frame(tag: Tag, page: _Page, zone: Zone) -> None:
    url = resolve(page.base, str(tag.get("src") or tag.get("data-src") or tag.get("data") or ""))
    if url is None:
        return
    title = _squeeze(str(tag.get("title") or "")) or url
    page.blocks.append(Block(BlockKind.IFRAME, title, zone=zone, src=url))
    page.links.append(Link(url, title if title != url else "", block=len(page.blocks) - 1, zone=zone, via=tag.name))


def _fallback(tag: Tag, page: _Page, zone: Zone) -> None:
    """What stands in a frame. An excuse for browsers that cannot show it is no content, but its links lead to the
    same document; where the parser finds a frame without an end, the rest of the page stands there."""
    if tag.name == "embed" or len(tag.get_text(strip=True)) > _EXCUSE:
        _walk(tag, page, zone)
        return
    for inner in tag.find_all([*_FRAMES, "a"]):
        if inner.name == "a":
            _link(inner, page, len(page.blocks) - 1, zone, "")
        else:
            _frame(inner, page, zone)


def _form(tag: Tag, page: _Page, zone: Zone) -> None:
    search = tag.get("role") == "search" or tag.find("input", attrs={"type": "search"}) is not None
    pieces = [_squeeze(tag.get_text(" "))[:1500]]
    for control in tag.find_all(["input", "textarea", "button"]):
        if control.get("type") not in ("hidden", "password"):
            pieces += [str(control.get(name) or "") for name in ("placeholder", "aria-label")]
            if control.get("type") in ("submit", "button"):
                pieces.append(str(control.get("value") or ""))
    action = resolve(page.base, str(tag.get("action") or "")) or page.base
    if not search:
        page.blocks.append(Block(BlockKind.FORM, _squeeze(" ".join(pieces)), zone=zone, src=action))
    _walk(tag, page, zone)


# ------------------------------------------------------------------------------------- links


def _link(tag: Tag, page: _Page, block: int, zone: Zone, context: str) -> None:
    found = [(url, target, via) for target, via in targets(tag) if (url := resolve(page.base, target)) is not None]
    if not found:
        return
    label = _squeeze(tag.get_text(" ") if _holds_blocks(tag) else _text(tag)).replace("\n", " ")
    if not label:
        image = tag.find("img")
        names = [tag.get("aria-label"), tag.get("alt"), tag.get("title")]
        if tag.name == "input":
            names.append(tag.get("value"))
        if isinstance(image, Tag):
            names += [image.get("alt"), image.get("title")]
        label = next((_squeeze(str(n)) for n in names if n and str(n).strip()), "")
    context = context.replace("\n", " ")[:_CONTEXT]
    for url, target, via in found:
        fragment = urlsplit(target).fragment if "#" in target else ""
        page.links.append(Link(url, label[:_CONTEXT], context, unquote(fragment)[:100], block, zone, via))


def _head_links(soup: BeautifulSoup, page: _Page) -> None:
    for tag in soup.find_all("link", attrs={"rel": "canonical"}, limit=1):
        url = resolve(page.base, str(tag.get("href") or ""))
        if url:
            page.links.append(Link(url, "", via="canonical"))
    if sum(len(b.text) for b in page.blocks) < _SPLASH_TEXT:
        scripts = [str(tag.string or "") for tag in soup.find_all("script", limit=20)]
        scripts += [str(tag.get("onload") or tag.get("onclick") or "") for tag in soup.find_all("body")]
        for target in script_targets("\n".join(scripts)[:200_000]):
            url = resolve(page.base, target)
            if url:
                page.links.append(Link(url, "", via="script"))
    for meta in soup.find_all("meta", attrs={"http-equiv": re.compile("^refresh$", re.I)}):
        match = _REFRESH.match(str(meta.get("content") or ""))
        url = resolve(page.base, match.group(1)) if match else None
        if url:
            page.links.append(Link(url, "", via="meta"))
    for frame in soup.find_all("frame"):
        url = resolve(page.base, str(frame.get("src") or ""))
        if url and all(li.url != url for li in page.links):
            page.links.append(Link(url, str(frame.get("name") or ""), via="frame"))
