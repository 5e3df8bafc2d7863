"""A snapshot made ready for looking up evidence: entries, titles, and whose evidence an address is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from checklist.candidates.labels import ItemNames
from checklist.candidates.owners.joint_labels import joint_entries
from checklist.candidates.owners.owner import is_agencys
from checklist.candidates.page_index import KnownPages, PageIndex
from checklist.candidates.page_links import SERIES, label_stem, stems_of
from checklist.candidates.within.entry import Entry, Unclaimed
from checklist.candidates.within.own_text import explaining_columns
from checklist.candidates.within.places import Place, Places, find_places
from checklist.kinds import excludes
from core.models.snapshot import ASKS, BlockKind, FetchOutcome, Link, Resource, ResourceKind, Snapshot, Zone
from core.thai.normalize import make_key

CLOSE = 0.12
"""Candidates this near to the best one serve together."""
MAX_FOLLOWED = 40
_INDEX_ITEMS = 3
"""A page with this many different items' entries leads to evidence; it is not the evidence of one of them."""
OWNING = 0.8
"""Score from which an entry's link says whose evidence stands behind it."""
_SURE = 0.9
_FOOTER = 400
"""Characters by which the ends of pages are told apart."""
_ORNAMENT = 3
"""How often a picture is shown that shows nothing of one item."""
_TITLE_PARTS = re.compile(r"[|•·»:]|\s[-–—]\s")
_CALLED = 0.85
"""Likeness from which a label without a number stands against the title of what it leads to."""
_OVER_A_PAGE = 0.1
"""What an entry's claim loses for files of the page that it leads to whose own label is of something else. The annual
report among the news (O7) is the report's."""


class Repeats:
    """What stands on a page, or on the pages of a site, again and again. Counted once it is asked for: that takes the
    blocks of the pages. Counts of the page that was asked for last are kept: its entries are looked at one after the
    other."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self._resources = snapshot.resources if snapshot is not None else ()
        self._page: Resource | None = None
        self._counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self._explaining: tuple[Resource | None, frozenset[tuple[int, int]]] = None, frozenset()

    def of(self, page: Resource) -> tuple[Counter[str], Counter[str]]:
        """The counts of one page's pictures, by address, and of its lines, by key."""
        if self._page is not page:
            images = (block.src for block in page.blocks if block.kind is BlockKind.IMAGE)
            keys = (make_key(block.text).text for block in page.blocks)
            self._page, self._counts = page, (Counter(images), Counter(keys))
        return self._counts

    def explaining(self, page: Resource) -> frozenset[tuple[int, int]]:
        """The columns (table, column) of one page that only say what its rows are of."""
        if self._explaining[0] is not page:
            self._explaining = page, explaining_columns(page)
        return self._explaining[1]

    @cached_property
    def ornaments(self) -> frozenset[str]:
        """Addresses of pictures that pages show again and again: icons of files, bullets, the banner."""
        pages = (resource for resource in self._resources if resource.kind is ResourceKind.PAGE)
        shown = Counter(block.src for page in pages for block in page.blocks if block.kind is BlockKind.IMAGE)
        return frozenset(url for url, times in shown.items() if times >= _ORNAMENT)

    @cached_property
    def last_lines(self) -> frozenset[str]:
        """What several pages end with, without links: a footer without markup of its own says nothing of any item."""
        ends: Counter[str] = Counter()
        for resource in self._resources:
            if resource.kind is ResourceKind.PAGE and len(resource.blocks) > 1:
                linked = {link.block for link in resource.links}
                last = len(resource.blocks) - 1
                if last not in linked and resource.blocks[last].kind is not BlockKind.CELL:
                    ends[resource.blocks[last].text[:_FOOTER]] += 1
        return frozenset(text for text, times in ends.items() if times >= _ORNAMENT)


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """A snapshot made ready for looking up evidence."""

    snapshot: Snapshot
    names: ItemNames
    by_url: Mapping[str, Resource]
    entries: Mapping[str, tuple[Entry, ...]]
    shared: Mapping[str, int]
    """How many different items' entries lead to an address."""
    titles: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)
    """Resources whose own title or first headings name the item."""
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Address -> the items whose entries lead to it, directly or over a page with the document behind it."""

    buttons: frozenset[str] = frozenset()
    """Keys of texts that stand on buttons and say nothing themselves."""

    unclaimed: tuple[Unclaimed, ...] = ()
    """Links of disclosure lists that no item has claimed."""

    lists: frozenset[str] = frozenset()
    """Addresses of pages with entries of several items."""

    index_words: tuple[str, ...] = ()
    """Keys of words that lead to disclosure lists."""

    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Address -> the items that a list gives a page as by their numbers, and whose name it has."""

    repeats: Repeats = field(default_factory=Repeats, compare=False)
    """How often pictures and lines stand on a page, and on the site's pages."""

    home_links: frozenset[tuple[str, str]] = frozenset()
    """Addresses and labels of the home page's links: a menu without markup of its own has them on every page."""

    opened_at: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Address of a file -> the pages of it at which links open it (`volume.pdf#page=12`), in order."""

    places: Places = field(default_factory=dict)
    """Which part of a page links with a fragment lead to, where several items share it."""

    is_agencys: bool = True
    """Whether it names the agency, or what agencies disclose."""

    @property
    def year(self) -> int:
        """The Buddhist-era fiscal year that the site is judged for."""
        return self.names.naming.year

    def names_list(self, label: str) -> bool:
        """Whether a label says that a disclosure list is behind it; its Latin words stand alone (OIT 2566)."""
        key = make_key(label[:200]).text
        return any(word in key if not word.isascii() else _stands_alone(word, key) for word in self.index_words)

    def own_search(self, page: Resource) -> Link | None:
        """The form of a page that shows what somebody's words find; None if it has none, or one that stands on the home
        page as well: the search of the whole site, which hides nothing that has no other way. One of the home page
        itself stands on no other page."""
        forms = [link for link in page.links if link.via == ASKS and link.zone is Zone.CONTENT]
        if not forms:
            return None
        home = self.snapshot.resources[0]
        others = self.snapshot.resources[1:] if page is home else (home,)
        known = {link.fragment for other in others for link in other.links if link.via == ASKS}
        return next((form for form in forms if form.fragment not in known), None)

    def place_of(self, link: Link) -> Place | None:
        """The part of a page that a link leads to, None if that is the whole."""
        page = self.by_url.get(link.url) if link.fragment and self.places else None
        return self.places.get((page.url, link.fragment)) if page is not None else None

    def foreign(self, resource: Resource, item: str) -> bool:
        """Whether the site itself says that a resource is the evidence of other items, and not of this one."""
        owners = self.owners.get(resource.url) or self.owners.get(resource.final_url) or frozenset()
        return bool(owners) and item not in owners


def _stands_alone(word: str, key: str) -> bool:
    at = key.find(word)
    while at >= 0:
        around = key[at - 1 : at] + key[at + len(word) : at + len(word) + 1]
        if not any("a" <= letter <= "z" for letter in around):
            return True
        at = key.find(word, at + 1)
    return False


def index_site(
    snapshot: Snapshot, names: ItemNames, lexicon: Mapping[str, tuple[str, ...]], pages: KnownPages
) -> SiteIndex:
    """Read all pages of a snapshot once for item entries and titles, those aside of which `pages` knows what they list.
    `lexicon` says what stands on buttons."""
    by_url = _by_address(snapshot)
    entries: dict[str, list[Entry]] = {}
    titles: dict[str, list[Resource]] = {}
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    hashes: set[str] = set()
    unclaimed: list[Unclaimed] = []
    lists: set[str] = set()
    home_links = _frame_links(snapshot)
    for position, resource in enumerate(snapshot.resources):
        if resource.outcome is not FetchOutcome.OK:
            continue
        same_bytes = resource.sha256 and resource.sha256 in hashes
        hashes.add(resource.sha256)
        reading = pages.index(resource, names, menus=position == 0)
        on_page = tuple(entry for entry in reading.entries if not _is_name_of(snapshot, entry))
        if not same_bytes:
            unclaimed.extend(left for left in reading.unclaimed if not _is_called_like_its_page(home_links, left))
        for entry in on_page:
            key = (entry.item, entry.label, tuple(link.url for link in entry.links))
            if (entry.links and key in seen) or same_bytes:
                continue
            seen.add(key)
            entries.setdefault(entry.item, []).append(entry)
        own = on_page if position == 0 else tuple(entry for entry in on_page if not _is_of_menu(home_links, entry))
        if len({entry.item for entry in own}) >= _INDEX_ITEMS:
            lists.update((resource.url, resource.final_url))
        else:
            for item in _titled(resource, reading, own):
                titles.setdefault(item, []).append(resource)
    lists = (lists | set(_lists_of_buttons(snapshot, titles, names))) - {""}
    for entry in joint_entries(entries, names, lists):
        entries.setdefault(entry.item, []).append(entry)
    given = _given(entries, titles, frozenset(lists))
    shared = Counter(url for found in entries.values() for url in {link.url for entry in found for link in entry.links})
    return SiteIndex(
        snapshot,
        names,
        by_url,
        {item: tuple(found) for item, found in entries.items()},
        shared,
        {item: tuple(found) for item, found in titles.items()},
        _owners(entries, by_url, names, titles, frozenset(lists), given),
        frozenset(make_key(word).text for word in lexicon.get("button_words", ())),
        tuple(unclaimed),
        frozenset(lists),
        tuple(make_key(word).text for word in lexicon.get("index_pages", ())),
        home_links=home_links,
        opened_at=_opened_at(snapshot),
        places=find_places(entries, by_url, names),
        repeats=Repeats(snapshot),
        given=given,
        is_agencys=is_agencys(snapshot, entries, titles, frozenset(names.naming.everyday), lexicon),
    )


def _titled(page: Resource, reading: PageIndex, entries: Sequence[Entry]) -> Iterator[str]:
    """The items that a page or document is called after; a heading among links to other items' evidence is an entry."""
    linked = {entry.item for entry in entries if entry.links and page.kind is ResourceKind.PAGE}
    return (item for item in reading.named if not (linked - {item}) or item in reading.titled)


def _frame_links(snapshot: Snapshot) -> frozenset[tuple[str, str]]:
    """Address and label of the home page's links; of a home page that only opens the site (a picture, a book of
    condolences) those of the menu that nearly all pages have."""
    home = snapshot.resources[0].links if snapshot.resources else ()
    links = frozenset((link.url, link.label) for link in home)
    if len(links) > _SPLASH:
        return links
    pages = [each for each in snapshot.resources[1:] if each.kind is ResourceKind.PAGE and each.links]
    counts = Counter(pair for page in pages for pair in {(link.url, link.label) for link in page.links})
    common = frozenset(pair for pair, times in counts.items() if times >= _NEARLY_ALL * len(pages))
    return links | common if len(pages) >= _PAGES and len(common) <= _MENU else links


_SPLASH, _MENU, _PAGES, _NEARLY_ALL = 3, 12, 5, 0.8
"""Links of a home page that only opens the site, and of a menu at most; pages that have that, and their share."""
_PAGE = re.compile(r"(?:^|[&#])page=(\d{1,4})(?!\d)")


def page_opened(link: Link) -> int | None:
    """The page at which a link opens its file, None if it names none."""
    found = _PAGE.search(link.fragment)
    return int(found[1]) if found is not None else None


def _opened_at(snapshot: Snapshot) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for resource in snapshot.resources:
        for link in resource.links:
            page = page_opened(link) if "page" in link.fragment else None
            if page is not None:
                found.setdefault(link.url, set()).add(page)
    return {url: tuple(sorted(pages)) for url, pages in found.items()}


def _by_address(snapshot: Snapshot) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for resource in snapshot.resources:
        for url in (resource.final_url, resource.url):
            if url and (url not in found or found[url].outcome is not FetchOutcome.OK):
                found[url] = resource
    return found


def _lists_of_buttons(snapshot: Snapshot, titles: Mapping[str, list[Resource]], names: ItemNames) -> Iterator[str]:
    """Addresses of pages whose links say nothing and lead to documents with the titles of several items: lists whose
    labels are pictures or numbers."""
    named: dict[str, set[str]] = {}
    for item, resources in titles.items():
        for url in {url for resource in resources for url in (resource.url, resource.final_url)}:
            named.setdefault(url, set()).add(item)
    for page in snapshot.resources:
        if page.outcome is FetchOutcome.OK and page.kind is ResourceKind.PAGE:
            links = [link for link in page.links if link.zone is Zone.CONTENT]
            stems = stems_of(link for link in links if link.url in named)
            silent = ("", *(stem for stem, times in stems.items() if times >= SERIES))
            buttons = (li.url for li in links if names.is_button(li.label) or label_stem(li.label) in silent)
            if len({item for url in buttons for item in named.get(url, ())}) >= _INDEX_ITEMS:
                yield from (page.url, page.final_url)


def _owners(
    entries: Mapping[str, list[Entry]],
    by_url: Mapping[str, Resource],
    names: ItemNames,
    titles: Mapping[str, list[Resource]],
    lists: frozenset[str],
    given: Mapping[str, frozenset[str]],
) -> dict[str, frozenset[str]]:
    found: dict[str, dict[str, float]] = {}
    named: dict[str, set[str]] = {}
    listed_as = _listed_as(entries, lists)
    for item, resources in titles.items():
        for resource in resources:
            named.setdefault(resource.url, set()).add(item)

    def note(url: str, item: str, score: float) -> None:
        scores = found.setdefault(url, {})
        scores[item] = max(score, scores.get(item, 0.0))

    for item, listed in entries.items():
        for entry in listed:
            if entry.match.score < OWNING or _is_below_another(entry, given, lists):
                continue
            for link in entry.links:
                page = by_url.get(link.url)
                titled = page is None or entry.joint or item in named.get(page.url, {item})
                if page is not None and not titled and _is_weak(entry, link, page, names):
                    continue  # the document says itself whose it is
                note(link.url, item, entry.match.score)
                if link.url in lists and not entry.match.number and entry.match.likeness < _SURE:
                    continue  # a group's name over a list of several items: each file is whose it is called
                if page is not None and page.kind is ResourceKind.PAGE and len(page.links) <= MAX_FOLLOWED:
                    for further in page.links:
                        if further.zone is Zone.CONTENT and is_file(further.url):
                            if listed_as.get(further.url, {item}) - {item}:
                                continue  # the list itself leads to it as another item's
                            said = any(match.item == item for match in names.matches(further.label))
                            note(further.url, item, min(entry.match.score, 1.0) - (0.0 if said else _OVER_A_PAGE))
    return {
        url: frozenset(item for item, score in scores.items() if score >= max(scores.values()) - CLOSE)
        for url, scores in found.items()
    }


def _listed_as(entries: Mapping[str, Sequence[Entry]], lists: frozenset[str]) -> dict[str, set[str]]:
    """The items that disclosure lists lead to each address for."""
    listed: dict[str, set[str]] = {}
    for item, found in entries.items():
        for entry in found:
            for link in entry.links if entry.page.url in lists else ():
                listed.setdefault(link.url, set()).add(item)
    return listed


def _given(
    entries: Mapping[str, Sequence[Entry]], titles: Mapping[str, Sequence[Resource]], lists: frozenset[str]
) -> dict[str, frozenset[str]]:
    """The pages that lists lead to for an item by its number, and that have its name: what they link to is the item's,
    whatever the links are called."""
    named = {(url, item) for item, found in titles.items() for page in found for url in (page.url, page.final_url)}
    given: dict[str, set[str]] = {}
    for item, listed in entries.items():
        for entry in listed:
            for link in entry.links if entry.page.url in lists and entry.match.number else ():
                if (link.url, item) in named and link.url not in lists:
                    given.setdefault(link.url, set()).add(item)
    return {url: frozenset(items) for url, items in given.items()}


def _is_below_another(entry: Entry, given: Mapping[str, frozenset[str]], lists: frozenset[str]) -> bool:
    """Whether an entry stands on the page that is given as another item's, without a number of its own."""
    owners = given.get(entry.page.url, frozenset())
    return bool(owners) and entry.item not in owners and not entry.match.number and entry.page.url not in lists


def _is_weak(entry: Entry, link: Link, target: Resource, names: ItemNames) -> bool:
    """Whether an entry's claim to what a link leads to does not stand against the title there: neither a number nor
    nearly a whole title says so, the link's own words are others, or the title is of a kind that is none of this item's
    (the report below a plan's label)."""
    surely = entry.match.number or entry.match.likeness >= _CALLED
    if not surely or _has_other_words(entry, link, names):
        return True
    return excludes(names.kinds[entry.item], names.kind_words.of(target))


def _has_other_words(entry: Entry, link: Link, names: ItemNames) -> bool:
    """Whether a link has words of its own, which are not its entry's: under a group's heading (การให้บริการ), or in a
    row of cards, stands what is of several items."""
    words = make_key(link.label).text
    if not words or words == make_key(entry.label).text or names.is_button(link.label):
        return False
    return all(match.item != entry.item for match in names.matches(link.label))


def _is_of_menu(home_links: frozenset[tuple[str, str]], entry: Entry) -> bool:
    """Whether all links of an entry stand on the home page under the same labels: a menu that no markup tells from the
    content stands on every page, and makes none of them a list."""
    return bool(entry.links) and all((link.url, link.label) in home_links for link in entry.links)


def _is_called_like_its_page(home_links: frozenset[tuple[str, str]], left: Unclaimed) -> bool:
    """Whether the words beside a link are the menu's link to the very page that they stand on, and say nothing of it:
    an icon, or the way home, before "OIT 2566"."""
    own = {left.page.url, left.page.final_url}
    return any((url, left.label) in home_links for url in own)


def _is_name_of(snapshot: Snapshot, entry: Entry) -> bool:
    """Whether a label without a number is the office's own name, which stands on all pages: "องค์การบริหารส่วนตำบล…"
    is like the plan that is called after it."""
    if entry.match.number or entry.match.likeness >= _SURE:
        return False
    label = make_key(entry.label).text
    if not label:
        return False
    # A title may go on with what the site offers (ร้องเรียนการทุจริต): only its beginning or a whole part is a name.
    title = snapshot.resources[0].title
    parts = (make_key(part).text for part in _TITLE_PARTS.split(title))
    return label in make_key(snapshot.agency.name).text or make_key(title).text.startswith(label) or label in parts


def is_file(url: str) -> bool:
    """Whether an address ends in a file name that is not a page's."""
    name = unquote(urlsplit(url).path).rsplit("/", 1)[-1].lower()
    return "." in name and not name.endswith((".html", ".htm", ".php", ".asp", ".aspx", ".jsp"))
