"""What several matchers share: walking the evidence's content and quoting from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from checklist.evidence_view import EvidencePart, EvidenceView
from core.models.assessment import Method, Quote
from core.models.snapshot import Block, BlockKind, Link, ResourceKind, Zone
from core.thai.normalize import Hit, clusters, find_phrase, make_key

_QUOTE_LENGTH = 220
_CALLED, _FIRST = 6, 12
"""Thai clusters of a position that an office is named after, and blocks of a home page that say whose it is."""
_MENU = 4
"""Links from which they may be the menu of all pages."""


def content_blocks(view: EvidenceView) -> Iterator[tuple[EvidencePart, int, Block]]:
    """Every block of the evidence that is content, with its index in the resource."""
    for part in view.parts:
        for index, block in part.numbered_blocks():
            if part.resource.kind is not ResourceKind.PAGE or block.zone is Zone.CONTENT:
                yield part, index, block


def content_links(view: EvidenceView) -> Iterator[tuple[EvidencePart, Link]]:
    """Every link in the content of the evidence's pages; of a part of a page only those inside it."""
    for part in view.parts:
        whole = part.start == 0 and part.stop >= len(part.resource.blocks)
        frame = _menu_lines(view, part)
        for link in part.resource.links:
            if link.block in frame:
                continue
            if link.via != "document" and link.zone is Zone.CONTENT and (whole or part.start <= link.block < part.stop):
                yield part, link


def _menu_lines(view: EvidenceView, part: EvidencePart) -> frozenset[int]:
    """The blocks of a page's menu: lines one below the other, or a single one, with several links that all stand on the
    home page as well, the way home among them."""
    home = view.home
    if home is None or part.resource is home or part.resource.kind is not ResourceKind.PAGE:
        return frozenset()
    common = {(link.url, link.label) for link in home.links}
    by_block: dict[int, list[Link]] = {}
    for link in part.resource.links:
        by_block.setdefault(link.block, []).append(link)
    shared = sorted(at for at, links in by_block.items() if all((li.url, li.label) in common for li in links))
    found: set[int] = set()
    for _, run in groupby(enumerate(shared), lambda each: each[1] - each[0]):
        blocks = [at for _, at in run]
        links = [link for at in blocks for link in by_block[at]]
        if len(links) >= _MENU and any(link.url in (home.url, home.final_url) for link in links):
            found.update(blocks)
    return frozenset(found)


def heads_office(text: str, view: EvidenceView) -> bool:
    """Whether a line is the office's own name without the word for an office, as its head is called: สาธารณสุขอำเภอ of
    สำนักงานสาธารณสุขอำเภอ. The agency's name is that of the list, or what the home page says first."""
    position = make_key(text[:_NOTICE]).text.replace(" ", "")
    if len(clusters(position)) < _CALLED:
        return False
    first = [block.text for block in view.home.blocks[:_FIRST]] if view.home is not None else []
    names = {make_key(name).text.replace(" ", "") for name in (view.snapshot.agency.name, *first)}
    return any(make_key(word).text + position in names for word in view.lexicon.get("office_kinds_state", ()))


def holds_position(text: str, roles: Iterable[str], view: EvidenceView) -> bool:
    """Whether a text has one of some positions, and not only that of its deputy: รองผู้อำนวยการ."""
    deputies = tuple(make_key(word).text for word in view.lexicon.get("executive_deputies", ()))
    hits = (hit for role in roles for hit in find_phrase(role, text, whole=False))
    return any(not make_key(text[: hit.start]).text.rstrip().endswith(deputies) for hit in hits)


def shows_nothing(text: str, view: EvidenceView) -> bool:
    """Whether a short text only says that there is nothing yet (lexicon `not_yet`): "ยังไม่มีผลการดำเนินโครงการ"."""
    if make_key(text[:_NOTICE]).text.strip(_MARKS) in {
        make_key(word).text for word in view.lexicon.get("not_yet_alone", ())
    }:
        return True
    words = view.lexicon.get("not_yet", ())
    if len(text) > _NOTICE:
        return False
    return any(find_phrase(word, text, whole=False) for word in words) or _says_nothing_posted(text, view)


def _says_nothing_posted(text: str, view: EvidenceView) -> bool:
    """Whether a line says that there is none of what pages are made of, and nothing else: "ไม่มีเอกสารแนบ"."""
    key = "".join(make_key(text).text.split()).strip(_MARKS)
    none, things = ([make_key(w).text for w in view.lexicon.get(name, ())] for name in ("posted_none", "posted_things"))
    rest = next((key[len(word) :] for word in none if key.startswith(word)), "")
    said = bool(rest)
    while rest:
        word = max((thing for thing in things if rest.startswith(thing)), key=len, default="")
        if not word:
            return False
        rest = rest[len(word) :]
    return said


def own_hits(phrase: str, text: str, view: EvidenceView, *, whole: bool = True) -> tuple[Hit, ...]:
    """Where a phrase stands in a text as itself: not inside a longer word that means something else (lexicon
    `not_this_word`), and not in a short line that says that there is none yet."""
    hits = find_phrase(phrase, text, whole=whole)
    if not hits:
        return ()
    for word in view.lexicon.get("not_this_word", ()):
        for other in find_phrase(word, text, whole=False):
            hits = tuple(h for h in hits if not (other.start <= h.start and h.stop <= other.stop) or h == other)
    if len(text) <= _NOTICE:
        for word in view.lexicon.get("not_yet", ()):
            for other in find_phrase(word, text, whole=False):
                hits = tuple(h for h in hits if h.start < other.stop and other.start < h.stop)
    return hits


_MARKS = " .…-–*!()[]"
_NOTICE = 120
"""Characters of a line that may be nothing but a notice."""


def block_quote(part: EvidencePart, index: int, block: Block, method: Method | None = None) -> Quote:
    """A quote of a whole block, cut to a readable length."""
    if method is None:
        method = Method.OCR if block.ocr else Method.TABLE if block.kind is BlockKind.CELL else Method.TEXT
    return Quote(
        part.resource.url,
        block.text[:_QUOTE_LENGTH],
        method,
        page=block.page,
        line=block.line,
        sheet=block.sheet,
        block=index,
        bbox=block.bbox,
    )


def link_quote(part: EvidencePart, link: Link) -> Quote:
    """A quote of a link: its label, or its address where it has none."""
    return Quote(part.resource.url, (link.label or link.url)[:_QUOTE_LENGTH], Method.LINK, block=link.block)
