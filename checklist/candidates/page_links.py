"""The links of a page by the block that they stand in, without those that lead nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from checklist.candidates.labels import ItemNames
from core.models.snapshot import ASKS, TOO_LONG, BlockKind, Link, Resource, Zone
from core.thai.dates import date_mentions
from core.thai.normalize import clusters, is_thai, make_key
from core.urls import may_hold_document

CLICKED = frozenset({"script", "form-post", TOO_LONG, ASKS})
"""Links that, to their own page's address, need a click: what is behind them has no address."""


SERIES = 3
"""Links of a list with the same words beside their numbers from which these are a button's."""
_BETWEEN = " .,()[]|/:-–"
_DIGITS = 4
"""Of a list's page number at most."""
_MOST_PAGES = 60
"""Numbers in one line of a pager."""
_AROUND, _FIRST = 12, 2
"""Letters around the numbers of a list's pages; the first number that has a link, as the page itself needs none."""
_PART = re.compile(r"^(?P<whole>.*?)(?:/page)?/(?P<number>[1-9]\d{0,3})/?$")
"""The path of a further page of a list or a text."""


def label_stem(label: str) -> str:
    """The letters of a label without its numbers: what ข้อ 37 has in common with ข้อ 36."""
    return "".join(letter for letter in make_key(label).text if not letter.isdecimal() and letter not in _BETWEEN)


def stems_of(links: Iterable[Link]) -> Counter[str]:
    """How many addresses the links of a page lead to under each stem of a label."""
    return Counter(stem for stem, _ in {(label_stem(link.label), link.url) for link in links})


def links_by_block(page: Resource) -> dict[int, list[Link]]:
    """The links of each block, in their order."""
    found: dict[int, list[Link]] = {}
    for link in page.links:
        found.setdefault(link.block, []).append(link)
    return found


def own_links_by_block(
    page: Resource, is_beside: Callable[[str], bool], is_turn: Callable[[str], bool]
) -> dict[int, list[Link]]:
    """The links of each block, without those to the posts before and after this one, which are of other items, those to
    the other pages of a list, and those up to a place whose section they stand in: "back to the top" opens nothing."""
    found: dict[int, list[Link]] = {}
    ways_up, pagers = frozenset(links_up(page)), pager_blocks(page, is_turn)
    for at, links in links_by_block(page).items():
        if at in pagers:
            continue
        beside = 0 <= at < len(page.blocks) and is_beside(page.blocks[at].text)
        own = [] if beside else [link for link in links if not (is_beside(link.label) or link in ways_up)]
        if own:
            found[at] = own
    return found


def links_up(page: Resource) -> Iterator[Link]:
    """The links of a page up to a place of it whose section they stand in, or that was left for them: the place has a
    link down to where they stand, or several of them lead to it from below (`กลับด้านบน` under each section). A label
    opens what follows it, or a pane that is its own."""
    panes = panes_of(page)
    opening = [link for link in page.links if link.via == "pane" and link.fragment in panes]
    below = Counter(link.fragment for link in opening if panes[link.fragment][1] <= link.block)
    down: dict[str, list[tuple[int, int]]] = {}
    for link in opening if below else ():
        start, stop = panes[link.fragment]
        for name in page.blocks[link.block].anchor.split() if 0 <= link.block < start else ():
            down.setdefault(name, []).append((start, stop))
    for link in opening:
        start, stop = panes[link.fragment]
        left = below[link.fragment] >= SERIES or link.block < stop
        if start < link.block and (left or any(at <= link.block < end for at, end in down.get(link.fragment, ()))):
            yield link


def blocks_up(page: Resource) -> frozenset[int]:
    """The blocks that are nothing but a link up to a place of the page, or to its top: they say nothing."""
    own = {page.url, page.final_url}
    ways = {(li.block, li.label) for li in links_up(page)}
    ways |= {(li.block, li.label) for li in page.links if li.fragment.casefold() == _TOP and li.url in own}
    return frozenset(at for at, label in ways if 0 <= at < len(page.blocks) and page.blocks[at].text == label)


_TOP = "top"
"""The fragment that leads to the top of every page."""


def turns_page(page: Resource, link: Link) -> bool:
    """Whether a link leads to another page of the list that it stands on: its label is a number, and so is what its
    address has besides the page's own (?page=3), counted from one or from nought."""
    label = link.label.strip()
    if not (label.isdecimal() and len(label) <= _DIGITS):
        return False
    own, other = urlsplit(page.final_url or page.url), urlsplit(link.url)
    if (own.netloc, own.path) != (other.netloc, other.path) or own.query == other.query:
        return False
    mine, its = dict(parse_qsl(own.query)), dict(parse_qsl(other.query))
    names = {name for name in mine.keys() | its.keys() if mine.get(name) != its.get(name)}
    return len(names) == 1 and its.get(*names) in (str(int(label)), str(int(label) - 1))


def may_turn_page(page: Resource, link: Link, label: str) -> bool:
    """Whether a link may lead to another page of its list: a number, and an address that differs in its query only
    (?start=25)."""
    own, other = urlsplit(page.final_url or page.url), urlsplit(link.url)
    return label.strip().isdecimal() and own[:3] == other[:3] and own.query != other.query


def pager_blocks(page: Resource, is_turn: Callable[[str], bool]) -> frozenset[int]:
    """The blocks that are nothing but a row of links to a list's other pages: numbers from the first on, or words for
    the next page (`is_turn`). A page that has only numbers to click is a list of numbers."""
    by_block = links_by_block(page)
    rows: list[list[int]] = []
    others = False
    for at in sorted(by_block):
        links = by_block[at]
        if not 0 <= at < len(page.blocks) or any(link.zone is not Zone.CONTENT for link in links):
            continue
        turning = len(links) <= _MOST_PAGES and all(_turns(page, link, is_turn) for link in links)
        if not (turning and _is_row_of_numbers(page.blocks[at].text, links)):
            others = True
        elif rows and not any(_says(block.text) for block in page.blocks[rows[-1][-1] + 1 : at]):
            rows[-1].append(at)
        else:
            rows.append([at])
    if not others:
        return frozenset()
    return frozenset(at for row in rows if _is_pager([li for at in row for li in by_block[at]], is_turn) for at in row)


def _is_row_of_numbers(text: str, links: list[Link]) -> bool:
    for link in links:
        text = text.replace(link.label, " ", 1) if link.label else text
    return not _says(text)


def _says(text: str) -> bool:
    """Whether a text has more words than stand around the numbers of pages (หน้า 1 จาก 9)."""
    return sum(letter.isalpha() for letter in text) > _AROUND


def _turns(page: Resource, link: Link, is_turn: Callable[[str], bool]) -> bool:
    """Whether a link is called by a page's number or by the next one's, and leads to a page of the same list."""
    label = link.label.strip()
    if not (label.isdecimal() and len(label) <= _DIGITS) and not is_turn(label):
        return False
    own, other = urlsplit(page.final_url or page.url), urlsplit(link.url)
    if own.netloc != other.netloc:
        return False
    if (own.path, own.query) == (other.path, other.query):
        return True
    if own.path == other.path:
        mine, its = dict(parse_qsl(own.query)), dict(parse_qsl(other.query))
        names = {name for name in mine.keys() | its.keys() if mine.get(name) != its.get(name)}
        return len(names) == 1 and all(held.get(name, "0").isdecimal() for held in (mine, its) for name in names)
    ends = [_PART.match(parts.path) for parts in (own, other)]
    wholes = [end["whole"] if end else parts.path.rstrip("/") for end, parts in zip(ends, (own, other), strict=True)]
    return own.query == other.query and (wholes[0] == wholes[1] or own.path.rstrip("/") == wholes[1])


def _is_pager(links: list[Link], is_turn: Callable[[str], bool]) -> bool:
    numbers = [int(link.label) for link in links if link.label.strip().isdecimal()]
    turns = any(is_turn(link.label.strip()) for link in links)
    return turns or (len(numbers) > 1 and min(numbers) <= _FIRST)


def goes_on(page: Resource, link: Link, target: Resource) -> bool:
    """Whether what a page links to is a further page of its text (`/o12/2/`): its address is that of the text with the
    next number behind it, or with the link's, and it has the same heading."""
    heading = make_key(first_heading(page)).text
    if not heading or heading != make_key(first_heading(target)).text:
        return False
    own, other = urlsplit(page.final_url or page.url), urlsplit(link.url)
    found = _PART.match(other.path)
    if found is None or (own.netloc, own.query) != (other.netloc, other.query):
        return turns_page(page, link)
    before = _PART.match(own.path)
    label, number, first = link.label.strip(), int(found["number"]), own.path.rstrip("/") == found["whole"].rstrip("/")
    if not first and (before is None or before["whole"] != found["whole"]):
        return False
    at = 1 if first or before is None else int(before["number"])
    return number == at + 1 or (number > 1 and label == str(number))


def is_neighbour(names: ItemNames, page: Resource, link: Link, target: Resource) -> bool:
    """Whether a button for the next or the one before leads to another post: its heading is not this page's, as that of
    a list's next page is."""
    if not names.is_turn(link.label):
        return False
    own, other = first_heading(page), first_heading(target)
    return bool(own and other) and make_key(own).text != make_key(other).text


def first_heading(page: Resource) -> str:
    """The first heading in the content of a page, empty if there is none."""
    first = (b.text for b in page.blocks if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT and b.text.strip())
    return next(first, "")


def real_links(page: Resource, start: int, stop: int, by_block: dict[int, list[Link]]) -> tuple[Link, ...]:
    """The links of a run of blocks that lead to another address, or need a click. Those to the list's other pages are
    left out where others stand beside them: alone, `<a href="?o=13">13</a>` is the item's."""
    own = {page.url, page.final_url}
    found = tuple(
        link
        for index in range(start, stop)
        for link in by_block.get(index, ())
        if (link.url not in own or link.via in CLICKED) and may_hold_document(link.url)
    )
    return tuple(link for link in found if not turns_page(page, link)) or found


def panes_of(page: Resource) -> dict[str, tuple[int, int]]:
    """The run of blocks of every pane that a label of the page opens."""
    opened = {link.fragment for link in page.links if link.via == "pane"}
    found: dict[str, tuple[int, int]] = {}
    if opened:
        for index, block in enumerate(page.blocks):
            for anchor in block.anchor.split():
                if anchor in opened:
                    found[anchor] = (found.get(anchor, (index, index))[0], index + 1)
    return found


def leads_here(page: Resource, start: int, stop: int, by_block: dict[int, list[Link]]) -> bool:
    """Whether a run of blocks has links, and all of them lead to the page itself, as an entry of a menu does."""
    links = [link for index in range(start, stop) for link in by_block.get(index, ())]
    own = {page.url, page.final_url}
    return bool(links) and all(li.url in own and not li.fragment and li.via not in (*CLICKED, "pane") for li in links)


_MOST_LABELS = 2000
"""Different labels of links in one line that are looked for in its text."""


def words_beside(page: Resource, run: tuple[int, int], text: str, by_block: dict[int, list[Link]]) -> str:
    """The text of a run of blocks without the labels of its links, where they are the link's: what a link says may
    stand in the words beside it as well (การประเมินความเสี่ยงการทุจริต… | [ความเสี่ยงการทุจริต])."""
    letters = list(text)
    labels = {at: Counter(link.label for link in by_block.get(at, ())) for at in range(*run)}
    every = dict.fromkeys(label for counts in labels.values() for label in counts if label not in ("", text))
    for label in islice(every, _MOST_LABELS):
        found = _places(label, text)
        linked: list[bool] = []
        for index in range(*run) if found else ():
            there = page.blocks[index].text.count(label)
            linked += [at >= there - labels[index][label] for at in range(there)]
        # What a row shares with others stands in front of it, and a long one's end is left out.
        shared = max(0, len(found) - len(linked))
        for (start, stop), is_link in zip(found[shared:], linked, strict=False):
            letters[start:stop] = " " * (stop - start) if is_link else text[start:stop]
    return " ".join("".join(letters).split())


def _places(label: str, text: str) -> list[tuple[int, int]]:
    """Where a label stands in a text, one place behind the other."""
    found: list[tuple[int, int]] = []
    at = text.find(label)
    while at >= 0:
        found.append((at, at + len(label)))
        at = text.find(label, at + len(label))
    return found


_ROW = 12
"""Cells beside a link's among which the others of its row are looked for."""
_NAMED = 8
"""Thai clusters from which a cell names something."""
_TITLE_READ = 300
"""Characters of a cell that are looked at."""
_COUNTS = 3
"""Digits up to which a number counts rows."""


def listed_title(page: Resource, link: Link) -> str:
    """The title in a link's row of a list of documents, which has one beside its button, and at most its number and
    days; empty if the row is none. Such a row names the document and says nothing of its own."""
    blocks = page.blocks
    own = blocks[link.block] if 0 <= link.block < len(blocks) else None
    if own is None or own.kind is not BlockKind.CELL or own.table is None:
        return ""
    near = range(max(0, link.block - _ROW), min(len(blocks), link.block + _ROW + 1))
    title = ""
    for block in (blocks[at] for at in near if at != link.block):
        if (block.table, block.row) != (own.table, own.row) or not block.text.strip():
            continue
        text = block.text[:_TITLE_READ]
        for mention in reversed(date_mentions(text)):
            text = text[: mention.start] + text[mention.stop :]
        letters = sum(map(is_thai, text))
        if len(clusters(text)) >= _NAMED and letters >= _NAMED and not title:
            title = block.text[:_TITLE_READ]
        elif letters or sum(letter.isdigit() for letter in text) > _COUNTS:
            return ""
    return title


def listed_rows(page: Resource) -> frozenset[int]:
    """The blocks of the rows of a list of documents: each names what its link leads to."""
    rows = {
        (block.table, block.row)
        for link in page.links
        if 0 <= link.block < len(page.blocks)
        and (block := page.blocks[link.block]).table is not None
        and listed_title(page, link)
    }
    return frozenset(at for at, block in enumerate(page.blocks) if rows and (block.table, block.row) in rows)
