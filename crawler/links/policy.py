"""Which links of a page are followed, and in what order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from scrapy import Request

from core.models.snapshot import ASKS, TOO_LONG, FetchOutcome, Zone
from core.urls import is_unopenable, is_useless
from crawler.frontier import FrontierQueue, Provenance
from crawler.items import ResourceItem
from crawler.links.duplicates import DuplicatePages
from crawler.links.number_set import NumberSet
from crawler.links.scoring import SPEAKING, LinkScorer
from crawler.links.traps import FacetTraps, TrapAllowance, are_neighbours, same_list, trap_kind
from crawler.responses import resource_not_requested

if TYPE_CHECKING:
    from core.models.snapshot import Link, Resource

_VIA_LIMIT = 10
_TOKEN = re.compile(r"=(?=[a-z,-]*+\d)[0-9a-z,-]{12,}+(?=&|$)", re.I)
_MOST_LOOKED_AT = 1_000_000
"""New links of one site that are judged, at 30 microseconds each in the process of all agencies. A page of an honest
site has some dozen that are no address of it, each judged anew on every page."""
_TRAP_POINTS = 250
"""What looks like a trap is asked for after what does not."""


_NEEDS_ACTION = frozenset({"script", "form-post", TOO_LONG})
"""Links that stand for something to click or to send; without an address of their own no machine follows them. What a
form asks for with GET has one: that of its page is the choice that is shown."""


class Losses(Protocol):
    """Hears of what is not followed."""

    def count_dropped(self, kind: str) -> None:
        """One more address of a kind of trap was dropped."""

    def note_unfollowed(self) -> None:
        """A link of the disclosure part was dropped."""

    def note_too_deep(self) -> None:
        """A link lies deeper than the limit."""


class LinkPolicy:
    """Turns the links of one site's pages into requests. `known` are the addresses met before; `losses` hears of what
    is not followed. A dropped link of the disclosure part gives an item, so that the loss is on record."""

    def __init__(
        self,
        scorer: LinkScorer,
        known: FrontierQueue,
        is_inside: Callable[[str], bool],
        max_depth: int,
        losses: Losses,
    ) -> None:
        self._scorer = scorer
        self._known = known
        self._is_inside = is_inside
        self._max_depth = max_depth
        self._losses = losses
        self._duplicates = DuplicatePages()
        self._facets = FacetTraps()
        self._allowance = TrapAllowance()
        self._shapes = NumberSet()
        self._looked_at = 0

    def follow_page(
        self, resource: Resource, signature: str, *, in_disclosures: bool
    ) -> Iterator[Request | ResourceItem]:
        """Follow a page that was just read. One that was met before under another address leads nowhere new, except
        in the disclosure part: the same list of files may stand in the folder of each year."""
        yield from self._canonical(resource)
        is_copy = not self._duplicates.new(resource, signature)
        if not is_copy or in_disclosures:
            yield from self.follow(resource, in_disclosures=in_disclosures, is_copy=is_copy)

    def follow(
        self, resource: Resource, *, in_disclosures: bool, is_copy: bool = False
    ) -> Iterator[Request | ResourceItem]:
        """What a page leads to: pages of the site within the budget, and what may be evidence elsewhere.

        `in_disclosures` says whether the page belongs to the disclosure part, `is_copy` whether its words were met
        before."""
        via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
        from_index = self._scorer.is_index(resource.title, resource.label, resource.url)
        page = _Page(resource, via, from_index, in_disclosures or from_index, is_copy)
        for link in resource.links:
            if link.via == ASKS:
                continue  # nobody's words are made up
            is_action = link.via in _NEEDS_ACTION and link.url in (resource.url, resource.final_url)
            if not is_action and link.url in self._known:
                continue  # Menus stand on every page: most links were met before.
            self._looked_at += 1
            if self._looked_at > _MOST_LOOKED_AT or (self._known.is_full and not is_action):
                self._losses.note_unfollowed()
            elif is_action:
                yield from self._action(link, page)
            elif is_unopenable(link.url):
                yield from self._unopenable(link, page)
            elif not self._is_inside(link.url):
                yield from self._off_site(link, page)
            elif link.url.startswith(("http://", "https://")) and not is_useless(link.url):
                yield from self._within(link, page)

    def _within(self, link: Link, page: _Page) -> Iterator[Request | ResourceItem]:
        # The next page of a list is no deeper than the list, nor is the next item's page than this one's.
        beside = same_list(link.url, page.resource.url)
        beside = beside or (page.in_disclosures and are_neighbours(link.url, page.resource.url))
        depth = page.resource.depth + (not beside)
        words = self._scorer.word_score(link)
        provenance = self._provenance(link, page, depth, words)
        points = self._scorer.score(link, depth, from_index=page.from_index, words=words)
        if depth > self._max_depth:
            self._losses.note_too_deep()
            return
        kind = trap_kind(link.url)
        if not kind and points < SPEAKING and self._facets.is_trap(link.url):
            kind = "facets"
        if not kind and page.is_copy:
            if self._is_session_copy(link.url):
                return
            kind = "copy"
        if "=" in link.url:
            self._shapes.add(hash(_shape(link.url)))
        if not kind:
            yield _request(link.url, provenance, points)
        elif not provenance.in_disclosures:
            self._losses.count_dropped(kind)
        elif self._allowance.may_follow(kind):
            yield _request(link.url, provenance, points - _TRAP_POINTS)
        else:
            self._losses.count_dropped(kind)
            yield from self._record(link.url, provenance, f"trap:{kind}")

    def _is_session_copy(self, url: str) -> bool:
        """Whether an address differs from one that was followed in the value of a token only."""
        return "=" in url and hash(_shape(url)) in self._shapes

    def _action(self, link: Link, page: _Page) -> Iterator[ResourceItem]:
        """A script or form without an address: nothing to request, but a person could use it."""
        provenance = self._provenance(link, page, page.resource.depth + 1, self._scorer.word_score(link))
        if provenance.in_disclosures:
            mark = hashlib.sha256(f"{link.label}\n{link.context}\n{link.fragment}".encode()).hexdigest()[:12]
            yield from self._record(f"{page.resource.url.partition('#')[0]}#{link.via}-{mark}", provenance, link.via)

    def _unopenable(self, link: Link, page: _Page) -> Iterator[ResourceItem]:
        """The record of an address of the disclosure part that nobody can open: its label may be an item's."""
        provenance = self._provenance(link, page, page.resource.depth + 1, self._scorer.word_score(link))
        if provenance.in_disclosures and self._allowance.may_record():
            self._known.mark(link.url)
            resource = replace(resource_not_requested(link.url, provenance), outcome=FetchOutcome.BAD_ADDRESS)
            yield ResourceItem.from_resource(resource, None, provenance)

    def _record(self, url: str, provenance: Provenance, detail: str) -> Iterator[ResourceItem]:
        """The record of a link of the disclosure part that is not followed."""
        self._losses.note_unfollowed()
        if url in self._known or not self._allowance.may_record():
            return
        self._known.mark(url)
        resource = replace(resource_not_requested(url, provenance), outcome=FetchOutcome.NOT_FOLLOWED, detail=detail)
        yield ResourceItem.from_resource(resource, None, provenance)

    def _provenance(self, link: Link, page: _Page, depth: int, words: int) -> Provenance:
        is_content = link.zone is Zone.CONTENT
        # What stands beside a link of a menu is another link.
        speaks = words >= SPEAKING if is_content or not link.context else self._scorer.speaks(replace(link, context=""))
        return Provenance(
            page.via,
            link.label,
            link.context,
            depth,
            in_disclosures=speaks or (page.in_disclosures and is_content),
            may_disclose=speaks or is_content or not link.label.strip(),
        )

    def _off_site(self, link: Link, page: _Page) -> Iterator[Request]:
        """A link from the site's content that leaves the site and is likely to be evidence; whether it leads to a
        known store is the off-site middleware's to say."""
        depth = page.resource.depth + 1
        points = self._scorer.score(link, depth, from_index=page.from_index)
        is_web = link.url.startswith(("http://", "https://"))
        if is_web and link.zone is not Zone.FOOTER and self._scorer.likely(points, page.resource):
            yield _request(link.url, Provenance(page.via, link.label, link.context, depth), points)

    def _canonical(self, resource: Resource) -> Iterator[Request]:
        """A page that names another address as its own leads there first."""
        named = next((link for link in resource.links if link.via == "canonical"), None)
        if named is None or named.url in self._known or not self._is_inside(named.url):
            return
        if not is_useless(named.url) and not trap_kind(named.url):
            via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
            way = Provenance(via, resource.label, resource.context, resource.depth)
            yield _request(named.url, way, self._scorer.score(named, resource.depth, from_index=False))


@dataclass(frozen=True, slots=True)
class _Page:
    """The page whose links are looked at."""

    resource: Resource
    via: tuple[str, ...]
    from_index: bool
    in_disclosures: bool
    is_copy: bool


def _shape(url: str) -> str:
    """An address without the values of its query that look like tokens."""
    return _TOKEN.sub("=", url) if "=" in url else url


def _request(url: str, provenance: Provenance, points: int) -> Request:
    return Request(url, meta={"provenance": provenance}, priority=points)
