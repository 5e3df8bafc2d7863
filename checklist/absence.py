"""Whether an item may be called missing. It is an accusation, so the crawl must show that nothing was left.

Asked in order: was the whole site read; is it the site at all; may what was not read hold the item; did the way to the
disclosure list give anything; is a link of a list left over that no item has claimed, or dead without saying whose it
was; does anything name the agency or what agencies disclose. Only if nothing of this stands against it, "missing" is
said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from checklist.candidates.labels import HARDLY, LABEL_LENGTH
from checklist.candidates.leads import Lead
from checklist.candidates.lost_links import lost_links, wordless_links
from checklist.candidates.page_links import may_turn_page
from checklist.candidates.site_index import SiteIndex
from checklist.candidates.within.entry import Entry, Unclaimed
from checklist.kinds import excludes
from checklist.list_ways import lost_ways
from core.models.assessment import ItemStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, FetchOutcome, Link, ReadState, Resource, ResourceKind, StopReason, Zone
from core.thai.normalize import clusters, is_thai, make_key

_FEW_PAGES = 3
"""A site of fewer pages without any entry of the manual is no site: closed, parked, a server's default page."""
_TOLD_ONE_BY_ONE = (StopReason.ERRORS, StopReason.NOT_FOLLOWED)
"""Causes whose every unread address is in the snapshot: each is asked whether it may hold the item."""
_LEANS = 0.3
_FAINT = 0.12
_OWN = 0.45
"""Share of rare groups of letters from which a label is surely an item's, whatever its place."""
_CALLED = 0.7
"""The same from which a document's own title calls it the item's, whatever its link says."""
_WORDS = 0.36
"""The same from which the label of what is nobody's may mean the item."""
_NEARLY, _SURELY, _WHOLE = 0.05, 0.85, 0.98
"""How far behind the nearest item such a label may be, and the likeness from which it is another item's."""
_AS_NEAR = 0.02
"""How far behind the nearest item a title may be and mean both."""
_NARROW = 4
"""Items between the neighbours of an unclaimed link, up to which its place says that it may be one of them."""
_TEXT, _READ = 40_000, 20
"""Characters of a text in which an item's words are looked for, and Thai letters that it must have."""
_TITLE = 0.9
"""Likeness from which a label is an item's title."""
_MOST_LINES = 120
"""Lines of one cell that are looked at."""
_SPEAKS = 10
"""Thai clusters from which a label says what is behind it."""
_SHOWN = 3


def why_not_missing(site: SiteIndex, item: str, group: str) -> tuple[ItemStatus, tuple[Reason, ...]]:
    """The status of an item for which no evidence was found, with what stands against calling it missing.
    `group` is the id of its sub-indicator."""
    if not site.snapshot.complete and site.snapshot.stopped_by not in _TOLD_ONE_BY_ONE:
        reasons = (Reason(ReasonCode.CRAWL_INCOMPLETE, {"stopped_by": site.snapshot.stopped_by}),)
        return ItemStatus.UNCHECKED, (*reasons, *_behind_unread(site, item)[:_SHOWN])
    thin = _is_no_site(site)
    if thin is not None:
        return ItemStatus.UNCHECKED, (thin,)
    unread = _behind_unread(site, item) or _lost_group(site, group) or lost_ways(site)
    if unread:
        return ItemStatus.UNCHECKED, unread[:_SHOWN]
    lost_status, lost = lost_links(site, item)
    dead = {reason.values["url"] for reason in lost}
    claims = (
        *_unclaimed(site, item),
        *_by_their_titles(site, item),
        *_by_their_labels(site, item),
        *wordless_links(site, item),
        *_in_long_cells(site, item),
        *_behind_the_link_below(site, item),
    )
    left = tuple(reason for reason in claims if reason.values["url"] not in dead)
    if not site.is_agencys:
        # Whose link of a stranger's site it may be nobody needs to look at.
        return ItemStatus.UNCHECKED, (Reason(ReasonCode.NOBODYS_SITE, _found(site, _pages(site))),)
    if left or lost:
        return (ItemStatus.REVIEW if left else lost_status), (*left, *lost)[:_SHOWN]
    return ItemStatus.MISSING, (*_named_only(site, item), _nothing_found(site))


def why_not_accused(site: SiteIndex, item: str, chosen: tuple[Lead, ...]) -> tuple[Reason, ...]:
    """What was not opened and may hold an item's document, where the one that was found is the item's only by what it
    is called: below an unopened node of the list may stand the right one, and nobody's document accuses."""
    if any(_is_surely_its(site, lead) for lead in chosen):
        return ()
    unopened = {each.url for each in site.snapshot.resources if each.outcome is FetchOutcome.NOT_FOLLOWED}
    if not unopened:
        return ()
    return tuple(reason for reason in _behind_unread(site, item) if reason.values["url"] in unopened)[:_SHOWN]


def _is_surely_its(site: SiteIndex, lead: Lead) -> bool:
    """Whether the site says that a candidate is the item's: by its number, or by its title if none is numbered."""
    if any(reason.code in (ReasonCode.DECLARED, ReasonCode.NUMBER_MATCHED) for reason in lead.reasons):
        return True
    listed = (entry for entries in site.entries.values() for entry in entries if entry.page.url == lead.page_url)
    return lead.likeness >= _TITLE and not any(entry.match.number for entry in listed)


def _named_only(site: SiteIndex, item: str) -> tuple[Reason, ...]:
    """Where a list names the item and nothing stands or is linked: a label alone, or a link that leads nowhere."""
    named = (entry for entry in site.entries.get(item, ()) if not entry.links)
    return tuple(
        Reason(ReasonCode.NAMED_ONLY, {"page": entry.page.url, "label": entry.label}) for entry in islice(named, 1)
    )


def _nothing_found(site: SiteIndex) -> Reason:
    """Why an item is missing. That the whole site was read is said only if it was."""
    if site.snapshot.complete:
        return Reason(ReasonCode.NO_EVIDENCE)
    unread = sum(
        resource.outcome.leaves_unread
        or (resource.kind is ResourceKind.PAGE and resource.read_state in (ReadState.UNREAD, ReadState.PARTIAL))
        for resource in site.snapshot.resources
    )
    return Reason(ReasonCode.NO_EVIDENCE_IN_READ, {"count": str(unread)})


def _is_no_site(site: SiteIndex) -> Reason | None:
    if site.entries or site.titles:
        return None
    pages = _pages(site)
    return None if len(pages) >= _FEW_PAGES else Reason(ReasonCode.NOTHING_LISTED, _found(site, pages))


def _pages(site: SiteIndex) -> tuple[Resource, ...]:
    read = (r for r in site.snapshot.resources if r.outcome is FetchOutcome.OK)
    return tuple(resource for resource in read if resource.kind is ResourceKind.PAGE)


def _found(site: SiteIndex, pages: tuple[Resource, ...]) -> dict[str, str]:
    return {"found": str(len(pages)), "url": site.snapshot.resources[0].url}


def _behind_unread(site: SiteIndex, item: str) -> tuple[Reason, ...]:
    """Resources that were not read and may hold the item."""
    found: list[Reason] = []
    for resource in site.snapshot.resources:
        if resource.outcome.leaves_unread:
            if _may_hold(site, item, resource):
                values = {"url": resource.url, "label": resource.label, "outcome": resource.outcome.value}
                found.append(Reason(ReasonCode.MAY_BE_BEHIND, values))
        elif (
            resource.outcome is FetchOutcome.OK
            and resource.kind is ResourceKind.PAGE
            and resource.read_state in (ReadState.UNREAD, ReadState.PARTIAL)
            and _may_hold(site, item, resource)
        ):
            values = {"url": resource.url, "drawing": resource.detail or resource.read_note}
            code = ReasonCode.UNDRAWN if resource.detail else ReasonCode.UNREAD
            found.append(Reason(code, values if resource.detail else {"url": resource.url, "note": resource.read_note}))
    return tuple(found)


def _lost_group(site: SiteIndex, group: str) -> tuple[Reason, ...]:
    """Links to the page of a sub-indicator that gave nothing, if none gave something. A button is called by its row."""
    ways = [each for each in site.snapshot.resources if group and _is_way_to(site, group, each)]
    if any(each.outcome is FetchOutcome.OK for each in ways):
        return ()
    return tuple(
        Reason(ReasonCode.MAY_BE_BEHIND, {"url": each.url, "label": each.label, "outcome": each.outcome.value})
        for each in ways
    )


def _is_way_to(site: SiteIndex, group: str, resource: Resource) -> bool:
    label = resource.label.strip()
    own = bool(label) and not site.names.is_button(label)
    named = label if own else resource.context
    # The title of an item may hold that of its group, and its row the group's number; alone, the group's title is much
    # like an item's.
    enough = _WHOLE if own else _SURELY
    if not (own and site.names.group_of(label) is not None) and any(
        match.number or match.likeness >= enough for match in site.names.matches(named)
    ):
        return False
    return site.names.is_group(named, group)


def _by_their_titles(site: SiteIndex, item: str) -> Iterator[Reason]:
    """What has a title of its own that means this item, whatever its link is called: documents; and what stands behind
    buttons without words, is no entry's, and leans to this item."""
    for found in site.snapshot.resources[1:]:
        page = site.by_url.get(found.found_via[-1]) if found.found_via else None
        if page is None or found.outcome is not FetchOutcome.OK:
            continue
        # What stands on the page behind another item's entry is that item's.
        of_others = found.url in site.shared or (page.url in site.shared and page.url not in site.lists)
        behind_button = not found.label.strip() and not of_others
        if found.kind is not ResourceKind.DOCUMENT and not behind_button:
            continue
        if not any(link.url == found.url and link.zone is Zone.CONTENT for link in page.links):
            continue
        least = _LEANS if behind_button else _CALLED
        for title in _titles(found) if behind_button else islice(_titles(found), 1, 2):
            leanings = site.names.leanings(title)
            share = dict(leanings).get(item, 0.0)
            if share >= max(least, leanings[0][1] - _AS_NEAR if leanings else 0.0):
                values = {"page": page.url, "label": title, "url": found.url}
                yield Reason(ReasonCode.UNCLAIMED_ENTRY, values)
                break


def _by_their_labels(site: SiteIndex, item: str) -> Iterator[Reason]:
    """What no item owns, or one only by a likeness, hangs under words of the site's own that lean to this item as much
    as to any other: everyday words of a menu (สรุปผลงานประจำปี)."""
    for found in site.snapshot.resources[1:]:
        if found.outcome is not FetchOutcome.OK or found.kind is ResourceKind.IMAGE or not found.found_via:
            continue
        leanings = site.names.leanings(found.label)
        share = dict(leanings).get(item, 0.0)
        if share < max(_WORDS, leanings[0][1] - _NEARLY if leanings else 0.0) or _is_others(site, found):
            continue
        if any(dict(leanings).get(other, 0.0) >= share - _NEARLY for other in _numbered_owners(site, found)):
            continue
        yield Reason(ReasonCode.UNCLAIMED_ENTRY, {"page": found.found_via[-1], "label": found.label, "url": found.url})


def _in_long_cells(site: SiteIndex, item: str) -> Iterator[Reason]:
    """Lines that name the item in a cell that is too long for a label and leads somewhere: a list that was not taken
    apart."""
    for page in _pages(site):
        linked = {link.block: link.url for link in page.links if link.zone is Zone.CONTENT}
        for at, block in enumerate(page.blocks):
            if block.kind is not BlockKind.CELL or len(block.text) <= LABEL_LENGTH or at not in linked:
                continue
            for line in islice(block.text.splitlines(), _MOST_LINES):
                found = site.names.matches(line) if len(line) <= LABEL_LENGTH else ()
                if found and found[0].item == item and (found[0].number or found[0].likeness >= _TITLE):
                    yield Reason(ReasonCode.UNCLAIMED_ENTRY, {"page": page.url, "label": line, "url": linked[at]})
                    return


def _behind_the_link_below(site: SiteIndex, item: str) -> Iterator[Reason]:
    """Documents that are no item's by their labels, on the pages of whoever keeps the item's: a list names several
    items and, below them, the page of the office that publishes them."""
    for entry in site.entries.get(item, ()):
        way = None if entry.links else _link_below(site, entry)
        if way is None:
            continue
        for found in site.snapshot.resources[1:]:
            if found.kind is not ResourceKind.DOCUMENT or found.outcome is not FetchOutcome.OK:
                continue
            label = found.context if site.names.is_button(found.label) else found.label
            leanings = site.names.leanings(label)
            of_others = site.names.matches(label) or (leanings and leanings[0][1] >= _OWN)
            if way in found.found_via and not of_others:
                values = {"page": found.found_via[-1], "label": label, "url": found.url}
                yield Reason(ReasonCode.UNCLAIMED_ENTRY, values)


def _link_below(site: SiteIndex, entry: Entry) -> str | None:
    """The page that the next link below an entry leads to, if no heading comes before it and it is no item's."""
    page = entry.page
    after = min((link.block for link in page.links if link.block >= entry.stop), default=len(page.blocks))
    between = page.blocks[entry.stop : after + 1]
    if page.url not in site.lists or any(block.kind is BlockKind.HEADING for block in between):
        return None
    link = next((link for link in page.links if link.block == after and link.zone is Zone.CONTENT), None)
    of_menu = page is not site.snapshot.resources[0] and link is not None and (link.url, link.label) in site.home_links
    if link is None or of_menu or link.url in site.lists:
        return None
    # The last of the items that it is said of may have it.
    says = len(clusters(link.label)) >= _SPEAKS and not site.names.is_button(link.label)
    return link.url if says and not site.names.matches(link.label) else None


def _is_others(site: SiteIndex, found: Resource) -> bool:
    """Whether something is a list, the page of a group of items, or surely another item's by its label or title."""
    urls = (found.url, found.final_url)
    if any(url in site.lists for url in urls) or site.names.group_of(found.label):
        return True
    matches = site.names.matches(found.label)
    surely = bool(matches) and (matches[0].number or matches[0].likeness >= _SURELY)
    called = site.owners.keys() & set(urls) and not matches
    return surely or bool(called) or any(found is each for titled in site.titles.values() for each in titled)


def _numbered_owners(site: SiteIndex, found: Resource) -> Iterator[str]:
    """The items whose rows with their numbers lead to something."""
    urls = (found.url, found.final_url)
    for item in {owner for url in urls for owner in site.owners.get(url, ())}:
        numbered = (entry for entry in site.entries.get(item, ()) if entry.match.number)
        if any(link.url in urls for entry in numbered for link in entry.links):
            yield item


def _titles(resource: Resource) -> Iterator[str]:
    """What may be the title of a document or page: its title field and its first lines or headings."""
    yield resource.title
    page = resource.kind is ResourceKind.PAGE
    lines = (b.text for b in resource.blocks if b.text and (not page or b.kind is BlockKind.HEADING))
    yield from islice(lines, _SHOWN)


def _may_hold(site: SiteIndex, item: str, resource: Resource) -> bool:
    """Whether what was not read may hold the item: its label leans to it, says nothing, or leads to a disclosure
    list; or it is such a list itself. A label that speaks of something else holds something else, and what other
    items' entries lead to is theirs."""
    if resource.url in site.shared or resource.final_url in site.shared:
        return False
    if resource.url in site.lists or resource is site.snapshot.resources[0]:
        return True
    # What stands in the way (a login, an error) has a title of its own, which says nothing of what is behind it.
    label = resource.label or (resource.title if resource.outcome is FetchOutcome.OK else "")
    leanings = site.names.leanings(label)
    if any(other == item and share >= _LEANS for other, share in leanings):
        return True
    if site.names.matches(label) or (leanings and leanings[0][1] >= _OWN):
        return False
    if any(word in make_key(label).text for word in site.index_words):
        return True
    row = site.names.matches(resource.context) if resource.outcome is FetchOutcome.NOT_FOLLOWED else ()
    if row and row[0].number and site.names.is_button(label):
        # A button in the row of an item is that item's.
        return any(match.item == item and match.number for match in row)
    way = set(resource.found_via[-1:])
    owners = {owner for url in way - site.lists for owner in site.owners.get(url, ())}
    if item in owners and resource.outcome is FetchOutcome.NOT_FOLLOWED and site.names.is_file_button(label):
        # The button for a file on the item's own page.
        return True
    # The title of a page that was not read is that of the site, or of what a script fills.
    if len(clusters(resource.label)) >= _SPEAKS and make_key(label).text not in site.buttons:
        return False
    return bool(way & site.lists) or not site.lists


def _unclaimed(site: SiteIndex, item: str) -> Iterator[Reason]:
    # Not the menu of a site whose home page only opens it: nobody looked at that one's links by themselves.
    on_home = frozenset((link.url, link.label) for link in site.snapshot.resources[0].links)
    for left in site.unclaimed:
        links = [link for link in left.links if not _is_of_frame(site, on_home, left.page, link)]
        if links and _may_be(site, item, replace(left, links=tuple(links))):
            yield Reason(ReasonCode.UNCLAIMED_ENTRY, {"page": left.page.url, "label": left.label, "url": links[0].url})


def _is_of_frame(site: SiteIndex, on_home: frozenset[tuple[str, str]], page: Resource, link: Link) -> bool:
    """Whether a link leads from every page to what was looked at by itself: to the home page or one that shows the same
    (`/index.html`), under the office's name; to a list that was read; or to where the home page's own link does."""
    home, target = site.snapshot.resources[0], site.by_url.get(link.url)
    if target is home or (target is not None and home.sha256 and target.sha256 == home.sha256):
        return True
    if page is not home and (link.url, link.label) in on_home:
        return True
    return target is not None and target.url in site.lists and _is_read(site, link.url)


def _is_read(site: SiteIndex, url: str) -> bool:
    target = site.by_url.get(url)
    return target is not None and target.kind is ResourceKind.PAGE and target.read_state is ReadState.READ


def _may_be(site: SiteIndex, item: str, left: Unclaimed) -> bool:
    names = site.names
    if names.group_of(left.label) and all(_is_read(site, link.url) for link in left.links):
        # The page of a group that was read: what it lists was looked at there.
        return False
    numbered = names.item_of(left.number)
    if numbered is not None and not names.matches(left.label):
        return numbered == item
    if excludes(names.kinds[item], names.kind_words.kind(left.label)):
        return False
    if item in names.items_beginning_with(left.label):
        return True
    leanings = names.leanings(left.label)
    share = dict(leanings).get(item, 0.0)
    if share >= _OWN or (share >= _LEANS and leanings[0][0] == item):
        return True
    if leanings and leanings[0][1] >= _OWN:
        return False
    between = left.before < names.order[item] < left.after
    narrow = left.after - left.before - 1 <= _NARROW
    # The order of a home page's links is nobody's, unless it is the list itself.
    home = site.snapshot.resources[0]
    on_list = left.on_index and (left.page is not home or not site.lists - {home.url, home.final_url})
    by_place = between and narrow and (on_list or share >= _FAINT)
    return (
        by_place and not _turns_pages(site, left) and not all(_has_nothing_of(site, item, li.url) for li in left.links)
    )


def _turns_pages(site: SiteIndex, left: Unclaimed) -> bool:
    """Whether a line of numbers leads to other pages of its list, and these were read: what they list was looked at."""
    turns = (may_turn_page(left.page, link, left.label) and _is_read(site, link.url) for link in left.links)
    return all(turns)


def _has_nothing_of(site: SiteIndex, item: str, url: str) -> bool:
    """Whether what a link leads to was read, shows and leads to nothing more, and has hardly a word of an item: a
    notice that stands in a list between two items' entries."""
    target = site.by_url.get(url)
    if target is None or target.outcome is not FetchOutcome.OK or target.read_state is not ReadState.READ:
        return False
    page = target.kind is ResourceKind.PAGE
    ornaments = site.repeats.ornaments
    blocks = [b for b in target.blocks if (b.zone is Zone.CONTENT or not page) and b.src not in ornaments]
    if any(block.ocr or block.kind in (BlockKind.IMAGE, BlockKind.IFRAME, BlockKind.FORM) for block in blocks):
        return False
    on = (link for link in target.links if link.zone is Zone.CONTENT and (link.url, link.label) not in site.home_links)
    text = " ".join(block.text for block in blocks)[:_TEXT]
    if (
        any(link.url not in (target.url, target.final_url, *ornaments) for link in on)
        or sum(map(is_thai, text)) < _READ
    ):
        return False
    return site.names.named(f"{target.title} {text}").get(item, 1.0) < HARDLY
