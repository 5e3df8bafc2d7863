"""Links that promise the disclosure list and gave nothing: an empty page, a picture that was not read, another host.

A site without any list that was read cannot be accused of what the list may hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from checklist.candidates.site_index import SiteIndex
from core.models.assessment import Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, FetchOutcome, Link, ReadState, Resource, ResourceKind, Zone
from core.thai.normalize import clusters

_LITTLE = 60
"""Thai clusters of own text up to which a page says nothing: a heading, or the sentence of a database error."""
_MENU_ITEMS = 10
"""Items that the menu of a home page may name: contact, news, questions, services, complaints."""
_MOST_LINKS = 20_000
"""Links of a site that are asked; hostile pages have more."""


def lost_ways(site: SiteIndex) -> tuple[Reason, ...]:
    """Return why the disclosure list may lie behind links that gave nothing; empty where a list was read, or where no
    link promises one."""
    if _has_list(site):
        return ()
    menu = frozenset(link.url for link in site.snapshot.resources[0].links)
    found: dict[str, Reason | None] = {}
    for link in _promises(site):
        if link.url in found:
            continue
        outcome = _outcome(site, link, menu)
        values = {"url": link.url, "label": link.label, "outcome": outcome.value} if outcome is not None else {}
        found[link.url] = Reason(ReasonCode.MAY_BE_BEHIND, values) if values else None
    return tuple(reason for reason in found.values() if reason is not None)


def _has_list(site: SiteIndex) -> bool:
    """Whether a disclosure list was read. The menu of a home page names several items as well, without the numbers
    of a list, and is none."""
    home = site.snapshot.resources[0]
    if site.lists - {home.url, home.final_url}:
        return True
    there = [[entry for entry in entries if entry.page is home] for entries in site.entries.values()]
    numbered = any(entry.match.number for entries in there for entry in entries)
    return bool(site.lists) and (numbered or sum(map(bool, there)) > _MENU_ITEMS)


def _promises(site: SiteIndex) -> Iterator[Link]:
    """Links whose label, or the picture on them, says that a disclosure list is behind; and pages that are called so
    themselves, whatever leads to them."""
    for page in site.snapshot.resources[1:]:
        if page.kind is ResourceKind.PAGE and page.outcome is FetchOutcome.OK and site.names_list(page.title):
            yield Link(page.url, page.title)
    yield from _searches(site)
    seen = 0
    for resource in site.snapshot.resources:
        for link in resource.links:
            seen += 1
            if seen > _MOST_LINKS:
                return
            if site.names_list(link.label):
                yield link


def _searches(site: SiteIndex) -> Iterator[Link]:
    """Pages with a form of their own for whoever looks for documents, by what stands in it or above it."""
    for page in site.snapshot.resources:
        form = site.own_search(page) if page.outcome is FetchOutcome.OK else None
        if form is not None and any(_speaks(site, text) for text in (form.label, form.context, page.label)):
            yield Link(page.url, form.label)


def _speaks(site: SiteIndex, text: str) -> bool:
    """Whether a text speaks of a list of disclosures, of files, or of what is a document by its kind."""
    return site.names_list(text) or site.names.names_files(text) or site.names.kind_words.kind(text) is not None


def _outcome(site: SiteIndex, link: Link, menu: frozenset[str]) -> FetchOutcome | None:
    """What came of a link that gave nothing to read; None if it gave something."""
    target = site.by_url.get(link.url)
    if target is None:
        outside = urlsplit(link.url).netloc.lower() not in site.snapshot.hosts
        return FetchOutcome.OFF_SITE if outside else FetchOutcome.NOT_FOLLOWED
    if target.outcome is not FetchOutcome.OK:
        return target.outcome
    if site.own_search(target) is not None:
        return FetchOutcome.NOT_FOLLOWED
    if target.read_state in (ReadState.UNREAD, ReadState.NONE):
        return FetchOutcome.OTHER
    return FetchOutcome.OTHER if target.kind is ResourceKind.PAGE and _says_nothing(site, target, menu) else None


def _says_nothing(site: SiteIndex, page: Resource, menu: frozenset[str]) -> bool:
    """Whether a page has neither text nor links of its own: what the home page links to as well is its menu."""
    home = site.snapshot.resources[0]
    if page is home:
        return False
    own_links = (link for link in page.links if link.zone is Zone.CONTENT and link.url not in menu)
    if any(link.url not in (home.url, page.url) and _leads_on(site, link) for link in own_links):
        return False
    own = (b.text for b in page.blocks if b.zone is Zone.CONTENT and b.kind is not BlockKind.IMAGE)
    return sum(len(clusters(text[:200])) for text in own) <= _LITTLE


def _leads_on(site: SiteIndex, link: Link) -> bool:
    """Whether a link is more than the address of a picture that nobody has read."""
    if link.via != "img":
        return True
    picture = site.by_url.get(link.url)
    return picture is not None and picture.read_state in (ReadState.READ, ReadState.PARTIAL)
