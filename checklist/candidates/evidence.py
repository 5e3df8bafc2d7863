"""From entries to evidence: which entries serve an item, and what stands behind their links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from checklist.candidates.entries import Entry, page_entries
from checklist.candidates.labels import ItemNames, url_number
from checklist.rules.model import Edition, Item
from checklist.thai.key import clusters, make_key
from checklist.view import Part
from oit.model import (
    BlockKind,
    Candidate,
    Link,
    Outcome,
    Reason,
    Resource,
    ResourceKind,
    Snapshot,
    Zone,
)

_INDEX_BONUS = 0.1
_YEAR_BONUS = 0.1
_YEAR_PENALTY = 0.3
_TARGET_BONUS = 0.08
_DECLARED_BONUS = 1.0
_TITLE_FLOOR = 0.84
"""A page or document without any entry must carry nearly the whole title itself."""
_CLOSE = 0.12
"""Candidates this near to the best one serve together."""
_MAX_FOLLOWED = 40
_SAID_CLUSTERS = 6
"""Thai clusters beside the label; fewer are a button's text ("รายละเอียด")."""
_HEADINGS_SEEN = 4


@dataclass(frozen=True, slots=True)
class Lead:
    """One candidate with what stands behind it.

    `dead` are resources whose fetch failed, `outside` links that leave the site, `unfetched` links into the
    site that no crawl has followed."""

    item: str
    score: float
    label: str
    page_url: str
    parts: tuple[Part, ...]
    dead: tuple[Resource, ...]
    outside: tuple[Link, ...]
    unfetched: tuple[Link, ...]
    reasons: tuple[Reason, ...]
    likeness: float = 0.0
    """Of the label to the item's title, 0-1."""

    @property
    def url(self) -> str:
        """The address that best stands for this candidate."""
        if self.parts:
            return self.parts[0].resource.url
        if self.dead:
            return self.dead[0].url
        if self.outside:
            return self.outside[0].url
        return self.unfetched[0].url if self.unfetched else self.page_url

    def candidate(self, *, chosen: bool) -> Candidate:
        """This lead as the report shows it."""
        return Candidate(self.url, self.label, round(self.score, 3), self.reasons, chosen)


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


def index_site(snapshot: Snapshot, edition: Edition, names: ItemNames) -> SiteIndex:
    """Read all pages of a snapshot once for item entries and titles."""
    by_url: dict[str, Resource] = {}
    for resource in snapshot.resources:
        for url in (resource.final_url, resource.url):
            if url and (url not in by_url or by_url[url].outcome is not Outcome.OK):
                by_url[url] = resource
    entries: dict[str, list[Entry]] = {}
    titles: dict[str, list[Resource]] = {}
    shared: Counter[str] = Counter()
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    hashes: set[str] = set()
    for position, resource in enumerate(snapshot.resources):
        if resource.outcome is not Outcome.OK:
            continue
        same_bytes = resource.sha256 and resource.sha256 in hashes
        hashes.add(resource.sha256)
        for entry in page_entries(resource, names, menus=position == 0):
            key = (entry.item, entry.label, tuple(link.url for link in entry.links))
            if (entry.links and key in seen) or same_bytes:
                continue
            seen.add(key)
            entries.setdefault(entry.item, []).append(entry)
        for item in _titled(resource, names):
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
    )


def _titled(resource: Resource, names: ItemNames) -> tuple[str, ...]:
    texts = [resource.title]
    headings = [b.text for b in resource.blocks[:60] if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT]
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


def leads(site: SiteIndex, item: Item) -> tuple[Lead, ...]:
    """All candidates of an item, best first."""
    found: list[Lead] = []
    declared = site.snapshot.agency.declared.get(item.id)
    if declared:
        found.append(_declared(site, item, declared))
    for entry in site.entries.get(item.id, ()):
        if entry.links or _says_something(entry):
            found.append(_from_entry(site, entry))
    served = {part.resource.url for lead in found for part in lead.parts}
    for resource in site.titles.get(item.id, ()):
        if resource.url not in served and resource.url != site.snapshot.agency.url:
            found.append(_from_title(site, item, resource))
    return tuple(sorted(found, key=lambda lead: (-lead.score, lead.url)))


def choose(found: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """The candidates that serve as evidence together: the best, and those close to it."""
    if not found:
        return ()
    best = found[0].score
    return tuple(lead for lead in found if lead.score >= best - _CLOSE)


def _declared(site: SiteIndex, item: Item, url: str) -> Lead:
    link = Link(url, item.title)
    parts, dead, outside, unfetched = _resolve(site, item.id, (link,), url)
    return Lead(
        item.id, 1.0 + _DECLARED_BONUS, item.title, site.snapshot.agency.url, parts, dead, outside, unfetched,
        (Reason("declared"),),
    )  # fmt: skip


def _from_title(site: SiteIndex, item: Item, resource: Resource) -> Lead:
    match = next((m for m in site.names.matches(resource.title) if m.item == item.id), None)
    score = 0.7 + (0.1 if match is not None else 0.0)
    reasons = [Reason("title_alike", {"title": resource.title})]
    if f"O{url_number(urlsplit(resource.url).path)}" == item.id:
        score += 0.05
    parts = (Part(resource, 0, len(resource.blocks), resource.label), *_attached(site, item.id, resource))
    return Lead(item.id, score, resource.label or resource.title, resource.url, parts, (), (), (), tuple(reasons))


def _from_entry(site: SiteIndex, entry: Entry) -> Lead:
    score = entry.match.score
    reasons = [Reason("title_alike", {"score": f"{entry.match.likeness:.2f}", "label": entry.label})]
    if entry.match.number:
        reasons.append(Reason("number_matched", {"number": entry.item}))
    if entry.index_page:
        score += _INDEX_BONUS
    if entry.index_year == site.edition.year:
        score += _YEAR_BONUS
        reasons.append(Reason("index_year", {"year": str(entry.index_year)}))
    elif entry.index_year is not None:
        score -= _YEAR_PENALTY
        reasons.append(Reason("other_index_year", {"year": str(entry.index_year)}))
    parts, dead, outside, unfetched = _resolve(site, entry.item, entry.links, entry.label)
    if not entry.links:
        parts = (Part(entry.page, entry.start, entry.stop, entry.label),)
        reasons.append(Reason("page_text"))
    elif any(entry.item in _titled(p.resource, site.names) for p in parts[:3]):
        score += _TARGET_BONUS
        reasons.append(Reason("target_agrees"))
    return Lead(
        entry.item, score, entry.label, entry.page.url, parts, dead, outside, unfetched, tuple(reasons),
        entry.match.likeness,
    )  # fmt: skip


def _says_something(entry: Entry) -> bool:
    """Whether an entry without links holds more than its own label: an item may be answered on the index itself,
    but a label that leads nowhere (`href="#"`) answers nothing."""
    label = make_key(entry.label).text
    said = 0
    for block in entry.page.blocks[entry.start : entry.stop]:
        if block.kind in (BlockKind.IFRAME, BlockKind.IMAGE) and block.src:
            return True
        text = make_key(block.text).text
        if text and text not in label and label not in text:
            said += len(clusters(block.text))
        elif text and label in text:
            said += max(0, len(clusters(block.text)) - len(clusters(entry.label)))
    return said >= _SAID_CLUSTERS


def _resolve(
    site: SiteIndex, item: str, links: tuple[Link, ...], label: str
) -> tuple[tuple[Part, ...], tuple[Resource, ...], tuple[Link, ...], tuple[Link, ...]]:
    parts: list[Part] = []
    dead: list[Resource] = []
    outside: list[Link] = []
    unfetched: list[Link] = []
    seen: set[str] = set()
    for link in links[:_MAX_FOLLOWED]:
        resource = site.by_url.get(link.url)
        if resource is None:
            (unfetched if _host(link.url) in site.snapshot.hosts else outside).append(link)
        elif resource.outcome is Outcome.OFF_SITE:
            outside.append(link)
        elif resource.outcome in (Outcome.BUDGET, Outcome.ROBOTS):
            unfetched.append(link)
        elif resource.outcome is not Outcome.OK:
            dead.append(resource)
        elif resource.url not in seen:
            seen.add(resource.url)
            text = link.label if link.label and link.label in label else f"{label} {link.label}".strip()
            parts.append(Part(resource, 0, len(resource.blocks), text))
            for part in _attached(site, item, resource):
                if part.resource.url not in seen:
                    seen.add(part.resource.url)
                    parts.append(part)
            if resource.kind is ResourceKind.PAGE:
                more_dead, more_outside = _attached_lost(site, item, resource)
                dead.extend(more_dead)
                outside.extend(more_outside)
    return tuple(parts), tuple(dead), tuple(outside), tuple(unfetched)


def _document_links(site: SiteIndex, item: str, page: Resource) -> tuple[Link, ...]:
    """Links from the content of an item's page to what it publishes.

    On a page that serves several items only links whose label names this item count, if any does."""
    if page.kind is not ResourceKind.PAGE or page.url == site.snapshot.agency.url:
        return ()
    found = [
        link
        for link in page.links
        if link.zone is Zone.CONTENT and link.url not in (page.url, page.final_url) and link.url.startswith("http")
    ]
    if site.shared.get(page.url, 0) > 1:
        own = [li for li in found if any(m.item == item for m in site.names.matches(li.label)[:1])]
        found = own or found
    return tuple(found[:_MAX_FOLLOWED])


def _attached(site: SiteIndex, item: str, page: Resource) -> tuple[Part, ...]:
    parts: list[Part] = []
    for link in _document_links(site, item, page):
        target = site.by_url.get(link.url)
        if target is None or target.outcome is not Outcome.OK or target.kind is ResourceKind.PAGE:
            continue
        parts.append(Part(target, 0, len(target.blocks), f"{link.context or link.label}".strip()))
    return tuple(parts)


def _attached_lost(site: SiteIndex, item: str, page: Resource) -> tuple[list[Resource], list[Link]]:
    """Documents that an item's page links to and that could not be opened, and those outside the site.

    A page with text of its own is evidence in itself; what else it links to elsewhere is no loss."""
    dead: list[Resource] = []
    outside: list[Link] = []
    for link in _document_links(site, item, page):
        target = site.by_url.get(link.url)
        if target is not None and target.outcome not in (Outcome.OK, Outcome.OFF_SITE):
            if _is_file(link.url):
                dead.append(target)
        elif (target is None or target.outcome is Outcome.OFF_SITE) and (_is_storage(link.url) or _kept_away(target)):
            outside.append(link)
    return dead, outside


def _is_file(url: str) -> bool:
    name = unquote(urlsplit(url).path).rsplit("/", 1)[-1].lower()
    return "." in name and not name.endswith((".html", ".htm", ".php", ".asp", ".aspx", ".jsp"))


_STORAGE_HOSTS = (
    "drive.google.com", "docs.google.com", "1drv.ms", "onedrive.live.com", "dropbox.com", "sharepoint.com",
)  # fmt: skip


_NO_STORE = frozenset({"", "social", "video", "system", "form"})


def _kept_away(target: Resource | None) -> bool:
    """Whether the crawl tried to read a link as evidence outside the site and could not."""
    return target is not None and target.detail not in _NO_STORE


def _is_storage(url: str) -> bool:
    host = _host(url).split(":")[0]
    return any(host == known or host.endswith("." + known) for known in _STORAGE_HOSTS)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
