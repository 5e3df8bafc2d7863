"""What stands behind an entry's links: index, list of a category, post, document; and what of it could not be read.

The labels on the way say where to go, they are no evidence: a list whose documents are read is left out of what the
matchers see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from checklist.candidates.labels import LabelMatch
from checklist.candidates.newer_posts import is_own_attachment, newer_posts
from checklist.candidates.page_links import (
    CLICKED,
    blocks_up,
    first_heading,
    goes_on,
    is_neighbour,
    links_by_block,
    listed_title,
)
from checklist.candidates.site_index import MAX_FOLLOWED, SiteIndex, is_file, page_opened
from checklist.candidates.within.chapters import chapter_of
from checklist.candidates.within.said import is_thin, only_say_little, outside
from checklist.candidates.year_statements import year_statement
from checklist.evidence_view import EvidencePart
from checklist.rules.model import Item
from core.models.snapshot import (
    TOO_LONG,
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    OffsiteReason,
    ReadState,
    Resource,
    ResourceKind,
    Zone,
)
from core.thai.dates import month_mentions, year_mentions
from core.thai.normalize import clusters, make_key
from core.urls import is_unopenable, may_hold_document

_DEEPEST = 3
"""Pages behind the entry's own: list of a year, list of a category, post."""
_MOST_POSTS = 24
_TITLE = 6
"""Thai clusters from which a link's label is a title, not a button."""
FRAMES = frozenset({"iframe", "frame", "embed", "object"})
"""Ways in which a page shows another."""
_UNTRIED = frozenset(
    {
        FetchOutcome.BUDGET,
        FetchOutcome.ROBOTS,
        FetchOutcome.NOT_FOLLOWED,
        FetchOutcome.SCRIPT_ONLY,
        FetchOutcome.MACHINE,
    }
)
"""Nobody has asked for these addresses: they are not known to be dead."""
_NO_PAGES = (FetchOutcome.OFF_SITE, FetchOutcome.UNSAFE_ADDRESS, FetchOutcome.BAD_ADDRESS)
"""What is no page of the site on the way to a document."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What was found behind links.

    `dead` are resources whose fetch failed, `outside` links that leave the site, `unfetched` links into the
    site that no crawl has followed."""

    parts: tuple[EvidencePart, ...] = ()
    dead: tuple[Resource, ...] = ()
    outside: tuple[Link, ...] = ()
    unfetched: tuple[Link, ...] = ()

    @property
    def url(self) -> str:
        """The address that best stands for all of it, "" if nothing was found."""
        if self.parts:
            return self.parts[0].resource.url
        if self.dead:
            return self.dead[0].url
        if self.outside:
            return self.outside[0].url
        return self.unfetched[0].url if self.unfetched else ""


def follow(site: SiteIndex, item: Item, links: tuple[Link, ...], label: str) -> Behind:
    """Follow an entry's links to the documents. `label` is the entry's text."""
    walk = _Walk(site, item)
    for link in links[:MAX_FOLLOWED]:
        if _is_only_beside(site, item, link, links):
            continue
        text = link.label if link.label and link.label in label else f"{label} {link.label}".strip()
        walk.take(link, text, depth=0)
    return Behind(tuple(walk.parts), tuple(walk.dead), tuple(walk.outside), tuple(walk.unfetched))


def _is_only_beside(site: SiteIndex, item: Item, link: Link, links: tuple[Link, ...]) -> bool:
    """Whether another of an entry's links leads to something that was read, and this one is a lost picture, an icon
    without words or leads to a network without documents, as share buttons do: nothing of the evidence is lost."""
    target = site.by_url.get(link.url)
    icon = link.via == "img" and link.url in site.repeats.ornaments and target is not None and not target.blocks
    if target is None or (target.outcome is FetchOutcome.OK and not icon) or item.evidence in ("page", "site"):
        return False
    if link.via != "img" and not (target.outcome is FetchOutcome.OFF_SITE and target.detail and not _kept_away(target)):
        return False
    others = (site.by_url.get(other.url) for other in links if other.via != "img")
    return any(other is not None and other.outcome is FetchOutcome.OK for other in others)


@dataclass(slots=True)
class _Walk:
    """One walk from an entry to its documents; every address is taken once."""

    site: SiteIndex
    item: Item
    parts: list[EvidencePart] = field(default_factory=list)
    dead: list[Resource] = field(default_factory=list)
    outside: list[Link] = field(default_factory=list)
    unfetched: list[Link] = field(default_factory=list)
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    posts: int = 0
    menus: dict[str, frozenset[int]] = field(default_factory=dict)
    """Blocks of a page's menu, by its address: asked of each of its links."""

    def take(self, link: Link, label: str, *, depth: int) -> bool:
        """Take what a link leads to as evidence, and what that leads to. False if it could not be read."""
        resource = self.site.by_url.get(link.url)
        if link.via in CLICKED and resource is not None and link in resource.links:
            # A button of this very page: nobody has pressed it.
            self.unfetched.append(link)
        elif resource is None and is_unopenable(link.url):
            self.dead.append(_unopened(link))
        elif resource is None:
            (self.unfetched if _host(link.url) in self.site.snapshot.hosts else self.outside).append(link)
        elif resource.outcome is FetchOutcome.OFF_SITE:
            self.outside.append(link)
        elif resource.outcome in _UNTRIED:
            self.unfetched.append(link)
        elif resource.outcome is not FetchOutcome.OK:
            self.dead.append(resource)
        elif self.item.evidence == "document" and _is_sent_home(self.site, link, resource):
            self.dead.append(replace(resource, outcome=FetchOutcome.SOFT_404))
        elif (part := _part_behind(self.site, self.item.id, link, resource, label)).key in self.seen:
            return True
        else:
            self.seen.add(part.key)
            at = len(self.parts)
            self.parts.append(part)
            if resource.kind is ResourceKind.PAGE and depth <= _DEEPEST:
                skip = part.skip | self._behind(part, label, depth)
                if self.item.evidence not in ("page", "site"):
                    skip |= _of_menu(self.site, resource) | blocks_up(resource)
                self.parts[at] = replace(part, skip=skip)
            return True
        return False

    def _behind(self, part: EvidencePart, label: str, depth: int) -> frozenset[int]:
        """Take what a page, or the item's part of it, publishes: its files, what it frames, the posts that it lists.

        Returns the blocks that only name what was read, or is gone."""
        named: set[int] = set()
        posts: list[str] = []
        page = part.resource
        links = _content_links(self.site, self.item.id, part)
        thin = is_thin(page, outside(part) | part.skip)
        for link in links:
            if link.via == TOO_LONG:
                self.unfetched += [link] if thin or self.site.names.is_file_button(link.label) else []
                continue
            target = self.site.by_url.get(link.url)
            if link.via == "meta" and thin and any(other.resource is target for other in self.parts):
                # Pages that send the visitor to each other for ever.
                self.dead.append(replace(page, outcome=FetchOutcome.REDIRECT_LOOP))
            listed = listed_title(page, link)
            text = listed or f"{link.context or link.label}".strip()
            if link.via in FRAMES and target is not None and _is_framed_page(target, thin):
                self.take(link, text or label, depth=depth + 1)
            elif self._is_post(part, link, target, thin):
                self.posts += 1
                posts.append(text)
                if target is not None and target.outcome is not FetchOutcome.OK and self._of_another_year(text):
                    continue
                # What names a post that is gone is no evidence of it either.
                if self.take(link, text or label, depth=depth + 1) or target in self.dead:
                    named.update(_naming(page, link))
            else:
                if thin and self._shows_elsewhere(link, target):
                    self.outside.append(link)
                self._attach(link, target, text if len(clusters(text)) >= _TITLE else f"{label} {text}".strip(), named)
                if target in self.dead or (listed and self._has_read(target)):
                    # What names a file that is gone, or speaks for itself, is no evidence of it.
                    named.update(_naming(page, link))
        if part.is_whole and self._is_items(part):
            for link in newer_posts(self.site, self.item, links, posts):
                self.take(link, f"{link.context or link.label}".strip(), depth=depth + 1)
        if not (self.dead or self.outside or self.unfetched):
            self.outside.extend(self._leads_away(page, links))
        if part is self.parts[-1] and self.item.evidence == "document":
            self.unfetched.extend(_asked_for(self.site, page))
        return frozenset(named)

    def _leads_away(self, page: Resource, links: tuple[Link, ...]) -> Iterator[Link]:
        """The links out of the site of a page that says next to nothing itself and leads to nothing else: who asks for
        a document is sent there. A link that hands this page on, and what the home page leads to as well, is none."""
        home = self.site.snapshot.resources[0]
        if self.item.evidence != "document" or page is home or not only_say_little(self.parts, home):
            return
        for link in links:
            passes_on = any(host in unquote(urlsplit(link.url).query) for host in self.site.snapshot.hosts)
            off_site = _host(link.url) not in self.site.snapshot.hosts
            if off_site and not passes_on and link.via != "img" and (link.url, link.label) not in self.site.home_links:
                yield link

    def _shows_elsewhere(self, link: Link, target: Resource | None) -> bool:
        """Whether a frame on a page that says little shows another site: that is what a person reads."""
        if link.via not in FRAMES or self.item.evidence in ("page", "site") or is_map(link.url):
            return False
        unread = target is None or target.outcome is FetchOutcome.OFF_SITE
        known = target is not None and target.detail in ("social", "video", "system")
        return unread and not known and _host(link.url) not in self.site.snapshot.hosts

    def _of_another_year(self, label: str) -> bool:
        """Whether a label names years, and not the one that the item asks for: its loss is none of the item's."""
        if self.item.year == "none":
            return False
        wanted = self.site.year - (self.item.year == "previous")
        years = {mention.year for mention in year_mentions(label)}
        return bool(years) and wanted not in years

    def _attach(self, link: Link, target: Resource | None, label: str, named: set[int]) -> None:
        """Take a document that a page links to. A page with text of its own is evidence in itself; what else it links
        to elsewhere is no loss."""
        if link.via == "img" and (target is None or target.read_state is not ReadState.READ):
            # A photo beside a text is no loss; `checklist.shown.pictures` tells pages that are nothing but pictures.
            return
        if target is not None and target.outcome is FetchOutcome.OK:
            of_others = self.item.evidence == "page" and self.site.foreign(target, self.item.id)
            if target.kind is not ResourceKind.PAGE and not of_others:
                self.take(link, label, depth=_DEEPEST + 1)
        elif target is not None and target.outcome is not FetchOutcome.OFF_SITE:
            if is_file(link.url) or target.outcome is FetchOutcome.BAD_ADDRESS:
                self.dead.append(target)
        elif target is None and is_unopenable(link.url):
            self.dead.append(_unopened(link))
        elif _is_storage(link.url) or (_kept_away(target) and not is_map(link.url)):
            self.outside.append(link)

    def _has_read(self, target: Resource | None) -> bool:
        """Whether a document is among the evidence and was read: it speaks for itself."""
        return any(part.resource is target and part.resource.read_state is ReadState.READ for part in self.parts)

    def _is_items(self, part: EvidencePart) -> bool:
        """Whether a page is no list, or one by its text's sections only: its heading is the item's. A part is."""
        if part.resource.url not in self.site.lists or not part.is_whole:
            return True
        return any(match.item == self.item.id for match in self.site.names.matches(first_heading(part.resource))[:1])

    def _is_titled(self, part: EvidencePart) -> bool:
        """Whether a page is no list and its heading is the item's."""
        matches = self.site.names.matches(first_heading(part.resource))[:1]
        return part.resource.url not in self.site.lists and any(match.item == self.item.id for match in matches)

    def _is_post(self, part: EvidencePart, link: Link, target: Resource | None, thin: bool) -> bool:
        """Whether a link of a page leads on to the item's document: its label names the item, a year or a month, or
        the page has nothing else."""
        page = part.resource
        if self.posts >= _MOST_POSTS or target is None or is_way_back(self.site, page, target):
            return False
        if target.outcome is FetchOutcome.OK and target.kind is not ResourceKind.PAGE:
            return False
        if target.outcome in _NO_PAGES or is_file(link.url):
            return False
        if goes_on(page, link, target) and self._is_items(part):
            return True
        if is_neighbour(self.site.names, page, link, target):
            return False
        if page.url not in self.menus:
            self.menus[page.url] = _of_menu(self.site, page)
        of_menu = link.block in self.menus[page.url]
        if of_menu and page.blocks[link.block].text != link.label:
            # A year in a line of menu entries is the list's that it leads to.
            return False
        if of_menu and self.site.names_list(link.label):
            # The list of the year, as on every page.
            return False
        label = link.label if len(clusters(link.label)) >= _TITLE else link.context or link.label
        matches = self.site.names.matches(label)
        if matches:
            # On a page with nothing else a label that also names the item is the item's.
            named = any(m.item == self.item.id and (thin or m.score >= matches[0].score - _AS_NEAR) for m in matches)
            own_page = self.item.id in self.site.given.get(page.url, ())
            alone = thin and not of_menu and not matches[0].number and self._is_titled(part)
            if alone and not self.site.foreign(target, self.item.id):
                return True  # all that hangs on the item's own page is its, also under a word for news
            return named or ((thin or own_page) and self._means_it_as_well(label, matches[0], own_page=own_page))
        if month_mentions(link.label) or (year_mentions(link.label) and len(clusters(link.label)) < 2 * _TITLE):
            return True
        leaning = self.site.names.leanings(label)
        if leaning and leaning[0][1] >= _LEANS:
            return leaning[0][0] == self.item.id
        # A menu that no markup tells from the content stands on the home page too.
        opens = thin or (self.site.names.is_file_button(link.label) and self._is_items(part))
        if not opens or of_menu:
            return False
        return not self.site.foreign(target, self.item.id) or is_own_attachment(self.site, page, target)

    def _means_it_as_well(self, label: str, match: LabelMatch, *, own_page: bool) -> bool:
        """Whether a label that is only like another item's title has as much of this one's: on a page of this item's
        own "แผนปฏิบัติการประจำปี" is its plan, not the plan of several years. It may be more than like that on the page
        that a list gives as the item's."""
        shares = dict(self.site.names.leanings(label))
        own = shares.get(self.item.id, 0.0)
        as_much = own >= max(_LEANS, shares.get(match.item, 0.0) - _AS_NEAR)
        return as_much and not match.number and (own_page or match.likeness < _SURELY)


def _part_behind(site: SiteIndex, item: str, link: Link, file: Resource, label: str) -> EvidencePart:
    """What a link leads to: the whole, a place of a page that is divided among items (`b1.html#o13`), the document
    bound in a file that it opens (`volume.pdf#page=12`), from its page to the next one, or the item's own chapter of a
    volume. The whole file where no links open it at several pages, and where the page begins as no document does."""
    whole = EvidencePart(file, 0, len(file.blocks), label)
    if (place := site.place_of(link)) is not None:
        return replace(whole, start=place.start, stop=place.stop, skip=place.skip, bound=not place.skip)
    page, pages = page_opened(link), site.opened_at.get(link.url, ())
    if file.kind is not ResourceKind.DOCUMENT or page is None or len(pages) < _VOLUMES:
        chapter = chapter_of(file, item, site.names)
        return replace(whole, start=chapter[0], stop=chapter[1], bound=True) if chapter is not None else whole
    blocks, last = file.blocks, next((other for other in pages if other > page), None)
    start = next((at for at, block in enumerate(blocks) if block.page and block.page >= page), len(blocks))
    stop = next((at for at, block in enumerate(blocks) if last and block.page and block.page >= last), len(blocks))
    first = [block.text for block in blocks[start : min(stop, start + _FIRST_LINES)] if block.page == page]
    titled = any(site.names.kind_words.kind(text) is not None or year_statement(text).strong for text in first)
    return replace(whole, start=start, stop=stop, bound=True) if titled else whole


_VOLUMES = 2
_FIRST_LINES = 4
_SURELY = 0.9
_LEANS = 0.3
_AS_NEAR = 0.05


def _of_menu(site: SiteIndex, page: Resource) -> frozenset[int]:
    """The blocks of a page that are nothing but links, and the home page has the same: its menu."""
    by_block = links_by_block(page)
    return frozenset(at for at, links in by_block.items() if _is_menu(site, page, at, links))


def _is_menu(site: SiteIndex, page: Resource, at: int, links: Sequence[Link]) -> bool:
    """Whether a block says nothing but its links' labels, one after the other, and the home page has all of them."""
    if page is site.snapshot.resources[0] or not 0 <= at < len(page.blocks):
        return False
    if any((link.url, link.label) not in site.home_links for link in links):
        return False
    rest = page.blocks[at].text
    for link in links:
        # Labels stand in their order: what is before one is between two of them.
        before, found, rest = rest.partition(link.label) if link.label else ("", "-", rest)
        if not found or any(letter.isalnum() for letter in before):
            return False
    return not any(letter.isalnum() for letter in rest)


def _is_framed_page(target: Resource, thin: bool) -> bool:
    """Whether a frame shows a page, or is all that a page has and shows nothing."""
    return target.kind is ResourceKind.PAGE or (thin and target.outcome is not FetchOutcome.OK)


def is_way_back(site: SiteIndex, page: Resource, target: Resource) -> bool:
    """Whether a link leads up again: to the home page, an index of many items, or a page that the site's crawl met
    on the way to this one."""
    return (
        target.url == site.snapshot.agency.url
        or target is site.snapshot.resources[0]
        or target.url in site.lists
        or target.url in page.found_via
        or (target.url.endswith("/") and page.url.startswith(target.url))  # "../" of a listing of files
    )


def _content_links(site: SiteIndex, item: str, part: EvidencePart) -> tuple[Link, ...]:
    """Links from the content of an item's page, or of its part of one, to what it publishes.

    On a page that serves several items only links whose label names this item count, if any does."""
    page = part.resource
    if page.url == site.snapshot.agency.url:
        return ()
    found = [
        link
        for link in page.links
        if link.zone is Zone.CONTENT
        and (link.url not in (page.url, page.final_url) or link.via == TOO_LONG)
        and may_hold_document(link.url)
        and (part.is_whole or part.start <= link.block < part.stop)
        and link.block not in part.skip
        and not any(site.names.is_beside(text) for text in (link.label, link.context))
    ]
    if site.shared.get(page.url, 0) > 1 and part.is_whole:
        own = [li for li in found if any(m.item == item for m in site.names.matches(li.label)[:1])]
        found = own or found
    return tuple(found[:MAX_FOLLOWED])


def _naming(page: Resource, link: Link) -> Iterator[int]:
    """The blocks that name a link's target: its own block, in a table the row and the column names above."""
    if not 0 <= link.block < len(page.blocks):
        return
    block = page.blocks[link.block]
    if block.kind is not BlockKind.CELL or block.table is None:
        if 2 * len(make_key(link.label).text) >= len(make_key(block.text).text):
            yield link.block
        return
    for index in (*_table_run(page.blocks, link.block, -1), *_table_run(page.blocks, link.block, 1)):
        if page.blocks[index].row in (block.row, 0):
            yield index


_ROW = 40


def _table_run(blocks: tuple[Block, ...], at: int, step: int) -> Iterator[int]:
    """Indexes of the cells of one table from a block on, in one direction."""
    table, index, left = blocks[at].table, at, _ROW * _MOST_POSTS
    while 0 <= index < len(blocks) and blocks[index].table == table and left:
        yield index
        index, left = index + step, left - 1


_STORAGE_HOSTS = (
    "drive.google.com", "docs.google.com", "1drv.ms", "onedrive.live.com", "dropbox.com", "sharepoint.com",
)  # fmt: skip


def _kept_away(target: Resource | None) -> bool:
    """Whether the crawl tried to read a link as evidence outside the site and could not."""
    if target is None or not target.detail:
        return False
    return all(reason.may_hold_document for reason in OffsiteReason if reason.value == target.detail)


def is_map(url: str) -> bool:
    """Whether a frame shows where the office is: no document."""
    return "/maps" in url


def _is_storage(url: str) -> bool:
    host = _host(url).split(":")[0]
    return any(host == known or host.endswith("." + known) for known in _STORAGE_HOSTS)


def _asked_for(site: SiteIndex, page: Resource) -> Iterator[Link]:
    """The form that a page without a table has for whoever looks for its documents."""
    form = site.own_search(page)
    if form is not None and not any(b.kind is BlockKind.CELL and b.zone is Zone.CONTENT for b in page.blocks):
        yield form


def _is_sent_home(site: SiteIndex, link: Link, resource: Resource) -> bool:
    """Whether an address of its own only leads to the home page: how many sites answer for what is gone."""
    home = site.snapshot.resources[0]
    homes = {home.url, home.final_url} - {""}
    return resource.final_url in homes and not {resource.url, link.url} & homes and not link.fragment


def _unopened(link: Link) -> Resource:
    """What a link to the disk of whoever wrote the page leads to, or to another address that no browser opens."""
    return Resource(link.url, FetchOutcome.BAD_ADDRESS, label=link.label)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
