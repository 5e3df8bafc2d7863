"""A snapshot made ready for looking up evidence: entries, titles, and whose evidence an address is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from checklist.candidates.entries import Entry, Unclaimed, read_index
from checklist.candidates.labels import ItemNames
from checklist.rules.model import Edition
from core.models.snapshot import BlockKind, FetchOutcome, Resource, ResourceKind, Snapshot, Zone
from core.thai.normalize import make_key

_TITLE_FLOOR = 0.84
"""A page or document without any entry must carry nearly the whole title itself."""
CLOSE = 0.12
"""Candidates this near to the best one serve together."""
MAX_FOLLOWED = 40
_HEADINGS_SEEN = 4
_INDEX_ITEMS = 3
"""A page with this many different items' entries leads to evidence; it is not the evidence of one of them."""
OWNING = 0.8
"""Score from which an entry's link says whose evidence stands behind it."""
_SURE = 0.9
_OVER_A_PAGE = 0.1
"""What an entry's claim loses for files of the page that it leads to whose own label is of something else. The annual
report among the news (O7) is the report's."""


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """A snapshot made ready for looking up evidence."""

    snapshot: Snapshot
    edition: Edition
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

    def foreign(self, resource: Resource, item: str) -> bool:
        """Whether the site itself says that a resource is the evidence of other items, and not of this one."""
        owners = self.owners.get(resource.url) or self.owners.get(resource.final_url) or frozenset()
        return bool(owners) and item not in owners


def index_site(
    snapshot: Snapshot, edition: Edition, names: ItemNames, lexicon: Mapping[str, tuple[str, ...]]
) -> SiteIndex:
    """Read all pages of a snapshot once for item entries and titles. `lexicon` says what stands on buttons."""
    by_url: dict[str, Resource] = {}
    for resource in snapshot.resources:
        for url in (resource.final_url, resource.url):
            if url and (url not in by_url or by_url[url].outcome is not FetchOutcome.OK):
                by_url[url] = resource
    entries: dict[str, list[Entry]] = {}
    titles: dict[str, list[Resource]] = {}
    shared: Counter[str] = Counter()
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    hashes: set[str] = set()
    unclaimed: list[Unclaimed] = []
    lists: set[str] = set()
    for position, resource in enumerate(snapshot.resources):
        if resource.outcome is not FetchOutcome.OK:
            continue
        same_bytes = resource.sha256 and resource.sha256 in hashes
        hashes.add(resource.sha256)
        reading = read_index(resource, names, menus=position == 0)
        on_page = tuple(entry for entry in reading.entries if not _is_name_of(snapshot, entry))
        if not same_bytes:
            unclaimed.extend(reading.unclaimed)
        for entry in on_page:
            key = (entry.item, entry.label, tuple(link.url for link in entry.links))
            if (entry.links and key in seen) or same_bytes:
                continue
            seen.add(key)
            entries.setdefault(entry.item, []).append(entry)
        if len({entry.item for entry in on_page}) >= _INDEX_ITEMS:
            lists.update((resource.url, resource.final_url))
        else:
            linked = {entry.item for entry in on_page if entry.links and resource.kind is ResourceKind.PAGE}
            for item in named_items(resource, names):
                if linked - {item} and not _is_titled(resource, item, names):
                    continue  # a heading among links to other items' evidence is an entry of a list
                titles.setdefault(item, []).append(resource)
    for found in entries.values():
        for url in {link.url for entry in found for link in entry.links}:
            shared[url] += 1
    return SiteIndex(
        snapshot,
        edition,
        names,
        by_url,
        {item: tuple(found) for item, found in entries.items()},
        shared,
        {item: tuple(found) for item, found in titles.items()},
        _owners(entries, by_url, names),
        frozenset(make_key(word).text for word in lexicon.get("button_words", ())),
        tuple(unclaimed),
        frozenset(lists - {""}),
        tuple(make_key(word).text for word in lexicon.get("index_pages", ())),
    )


def _owners(
    entries: Mapping[str, list[Entry]], by_url: Mapping[str, Resource], names: ItemNames
) -> dict[str, frozenset[str]]:
    found: dict[str, dict[str, float]] = {}

    def note(url: str, item: str, score: float) -> None:
        scores = found.setdefault(url, {})
        scores[item] = max(score, scores.get(item, 0.0))

    for item, listed in entries.items():
        for entry in listed:
            if entry.match.score < OWNING:
                continue
            for link in entry.links:
                note(link.url, item, entry.match.score)
                page = by_url.get(link.url)
                if page is not None and page.kind is ResourceKind.PAGE and len(page.links) <= MAX_FOLLOWED:
                    for further in page.links:
                        if further.zone is Zone.CONTENT and is_file(further.url):
                            said = any(match.item == item for match in names.matches(further.label))
                            note(further.url, item, min(entry.match.score, 1.0) - (0.0 if said else _OVER_A_PAGE))
    return {
        url: frozenset(item for item, score in scores.items() if score >= max(scores.values()) - CLOSE)
        for url, scores in found.items()
    }


def _is_name_of(snapshot: Snapshot, entry: Entry) -> bool:
    """Whether a label without a number is the office's own name, which stands on all pages: "องค์การบริหารส่วนตำบล…"
    is like the plan that is called after it."""
    if entry.match.number or entry.match.likeness >= _SURE:
        return False
    label = make_key(entry.label).text
    return any(label and label in make_key(name).text for name in (snapshot.agency.name, snapshot.resources[0].title))


def named_items(resource: Resource, names: ItemNames) -> tuple[str, ...]:
    """Ids of the items that a page or document names in its title or first headings; none for an index of many."""
    texts = [resource.title]
    headings = [b.text for b in resource.blocks[:60] if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT]
    if resource.kind is ResourceKind.PAGE:
        headings = [text for at, text in enumerate(headings) if at == 0 or not is_section(resource, text, names)]
    if resource.kind is ResourceKind.DOCUMENT:
        headings = [b.text for b in resource.blocks[:6]]
    texts += headings[:_HEADINGS_SEEN]
    found: dict[str, float] = {}
    for text in texts:
        for match in names.matches(text)[:1]:
            if match.likeness >= _TITLE_FLOOR:
                found[match.item] = max(match.score, found.get(match.item, 0.0))
    # A page that names many items is an index of them, not the evidence of one.
    return tuple(found) if len(found) <= 2 else ()


def is_section(page: Resource, heading: str, names: ItemNames) -> bool:
    """Whether a heading stands among headings of its rank most of which name no items: all are parts of one text."""
    headings = [b for b in page.blocks if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT]
    own = next((b for b in headings if b.text == heading), None)
    equals = [b.text for b in headings if own is not None and b.level == own.level]
    return 2 * sum(bool(names.matches(text)) for text in equals) < len(equals)


def _is_titled(page: Resource, item: str, names: ItemNames) -> bool:
    """Whether a page's title or its first heading names an item."""
    first = next((b.text for b in page.blocks if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT), "")
    return any(match.item == item for text in (page.title, first) for match in names.matches(text)[:1])


def is_file(url: str) -> bool:
    """Whether an address ends in a file name that is not a page's."""
    name = unquote(urlsplit(url).path).rsplit("/", 1)[-1].lower()
    return "." in name and not name.endswith((".html", ".htm", ".php", ".asp", ".aspx", ".jsp"))
