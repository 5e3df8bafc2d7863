"""From entries to evidence: which entries serve an item, and what stands behind their links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from checklist.candidates.behind import FRAMES, Behind, follow, is_map, is_way_back
from checklist.candidates.entries import BY_PLACE_BELOW, WRITTEN_ADDRESS
from checklist.candidates.labels import LABEL_LENGTH, url_number
from checklist.candidates.page_index import is_section, named_items
from checklist.candidates.page_links import is_neighbour
from checklist.candidates.site_index import CLOSE, OWNING, SiteIndex
from checklist.candidates.within.entry import Entry
from checklist.candidates.within.own_text import is_one_row
from checklist.evidence_view import EvidencePart
from checklist.matchers.posting import WORDLESS
from checklist.rules.model import Item
from core.models.assessment import Candidate, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, Link, Resource, ResourceKind, Zone
from core.thai.dates import date_mentions
from core.thai.normalize import clusters, make_key
from core.urls import is_image

_INDEX_BONUS = 0.1
_YEAR_BONUS = 0.1
_YEAR_PENALTY = 0.3
_TARGET_BONUS = 0.08
_DECLARED_BONUS = 1.0
_SAID_CLUSTERS = 6
"""Thai clusters beside the label; fewer are a button's text ("รายละเอียด")."""
_BUTTONS = 3
"""A picture that stands so often on one page is a button or an ornament, and so is a line."""
_SURELY = 0.9
"""Likeness from which an entry without a number is surely an item's."""
_SHOWN_ON_PAGE = FRAMES | {"img"}
"""Ways in which a page shows what it leads to beside its own text."""
_NOTE = 150
"""Thai clusters of an entry with a sentence or two."""
_FOREIGN = 0.95
"""Likeness that a heading on another item's page needs to serve a further item."""
_SECTION = re.compile(r"^\W*(?:\d{1,2}|[๐-๙]{1,2})(?:\.(?:\d{1,2}|[๐-๙]{1,2}))*[.)\s]")


@dataclass(frozen=True, slots=True)
class Lead:
    """One candidate with what stands behind it."""

    item: str
    score: float
    label: str
    page_url: str
    behind: Behind
    reasons: tuple[Reason, ...]
    likeness: float = 0.0
    """Of the label to the item's title, 0-1."""

    @property
    def url(self) -> str:
        """The address that best stands for this candidate."""
        return self.behind.url or self.page_url

    def candidate(self, *, chosen: bool) -> Candidate:
        """This lead as the report shows it."""
        return Candidate(self.url, self.label, round(self.score, 3), self.reasons, chosen)


def leads(site: SiteIndex, item: Item) -> tuple[Lead, ...]:
    """All candidates of an item, best first."""
    found: list[Lead] = []
    declared = site.snapshot.agency.declared.get(item.id)
    if declared:
        found.append(_declared(site, item, declared))
    entries = site.entries.get(item.id, ())
    listed = _lists_with_own_entry(site, entries)
    for each in entries:
        entry = _without_ways_to(site, each, listed)
        if item.evidence == "document":
            entry = _without_home(site, entry)
        if each.links and not entry.links:
            continue  # what the list says of the item counts, not the list
        if not _of_another(site, entry) and (entry.links or _says_something(site, entry)):
            found.append(_from_entry(site, item, entry))
    served = {part.resource.url for lead in found for part in lead.behind.parts}
    for resource in site.titles.get(item.id, ()):
        if (
            resource.url not in served
            and resource.url != site.snapshot.agency.url
            and not site.foreign(resource, item.id)
        ):
            found.append(from_title(site, item, resource))
    return tuple(sorted(found, key=lambda lead: (-lead.score, lead.url)))


def choose(found: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """The candidates that serve as evidence together: the best, and those close to it. Pictures that are gone were
    ornaments where a document was read."""
    if any(part.resource.kind is ResourceKind.DOCUMENT for lead in found for part in lead.behind.parts):
        found = tuple(lead for lead in found if not _is_lost_picture(lead.behind))
    if not found:
        return ()
    best = found[0].score
    return tuple(lead for lead in found if lead.score >= best - CLOSE)


def only_notes(site: SiteIndex, chosen: tuple[Lead, ...]) -> bool:
    """Whether all that was found are a sentence or two in an item's place on a list, which lead nowhere: where on the
    site the document is, say."""
    parts = [part for lead in chosen for part in lead.behind.parts]
    return bool(parts) and all(
        not part.is_whole
        and part.resource.url in site.lists
        and sum(len(clusters(block.text[:LABEL_LENGTH])) for block in part.blocks) < _NOTE
        for part in parts
    )


def only_row_text(site: SiteIndex, chosen: tuple[Lead, ...]) -> bool:
    """Whether all that was found stands beside an item's name in one row or line of a list: it may answer the item, and
    may be what the list says of it (a column of explanations)."""
    parts = [part for lead in chosen for part in lead.behind.parts]
    return bool(parts) and all(part.resource.url in site.lists and is_one_row(part) for part in parts)


def _lists_with_own_entry(site: SiteIndex, entries: tuple[Entry, ...]) -> frozenset[str]:
    """The disclosure lists that have an entry which is surely an item's, with links of its own."""
    sure = (entry for entry in entries if entry.links and (entry.match.number or entry.match.likeness >= _SURELY))
    return frozenset(entry.page.url for entry in sure if entry.page.url in site.lists)


def _without_ways_to(site: SiteIndex, entry: Entry, pages: frozenset[str]) -> Entry:
    """An entry without its links to these pages, but the one that it stands on and to a place of its own: the name of a
    group that is like its first item, the way back below an item's title."""
    if not pages:
        return entry
    targets = [(link, site.by_url.get(link.url)) for link in entry.links]
    kept = tuple(
        link
        for link, page in targets
        if page is None or page is entry.page or page.url not in pages or site.place_of(link) is not None
    )
    return entry if len(kept) == len(entry.links) else replace(entry, links=kept)


def _without_home(site: SiteIndex, entry: Entry) -> Entry:
    """An entry without links to the home page: where a document is asked for, such a link stands in its place."""
    home = site.snapshot.resources[0]
    kept = tuple(link for link in entry.links if site.by_url.get(link.url) is not home or entry.page is home)
    return entry if len(kept) == len(entry.links) else replace(entry, links=kept)


def _is_lost_picture(behind: Behind) -> bool:
    rest = (*behind.parts, *behind.outside, *behind.unfetched)
    return bool(behind.dead) and not rest and all(is_image(resource.url) for resource in behind.dead)


def _declared(site: SiteIndex, item: Item, url: str) -> Lead:
    # The agency says that it is this item's: that proves where to look, and nothing of what stands there.
    link = Link(url, "")
    return Lead(
        item.id,
        1.0 + _DECLARED_BONUS,
        item.title,
        site.snapshot.agency.url,
        follow(site, item, (link,), ""),
        (Reason(ReasonCode.DECLARED),),
    )


def from_title(site: SiteIndex, item: Item, resource: Resource) -> Lead:
    """The candidate that a page or document is by its own title."""
    match = next((m for m in site.names.matches(resource.title) if m.item == item.id), None)
    score = 0.7 + (0.1 if match is not None else 0.0)
    reasons = [Reason(ReasonCode.TITLE_ALIKE, {"title": resource.title})]
    prefix = site.names.prefix
    if f"{prefix}{url_number(urlsplit(resource.url).path, prefix)}" == item.id:
        score += 0.05
    behind = follow(site, item, (Link(resource.url, resource.label),), resource.label)
    return Lead(item.id, score, resource.label or resource.title, resource.url, behind, tuple(reasons))


def _from_entry(site: SiteIndex, item: Item, entry: Entry) -> Lead:
    score = entry.match.score
    reasons = [Reason(ReasonCode.TITLE_ALIKE, {"score": f"{entry.match.likeness:.2f}", "label": entry.label})]
    if entry.match.number:
        reasons.append(Reason(ReasonCode.NUMBER_MATCHED, {"number": entry.item}))
    if entry.index_page:
        score += _INDEX_BONUS
    if entry.index_year == site.year:
        score += _YEAR_BONUS
        reasons.append(Reason(ReasonCode.INDEX_YEAR, {"year": str(entry.index_year)}))
    elif entry.index_year is not None:
        score -= _YEAR_PENALTY
        reasons.append(Reason(ReasonCode.OTHER_INDEX_YEAR, {"year": str(entry.index_year)}))
    elif not entry.match.number and entry.match.score < BY_PLACE_BELOW:
        reasons.append(Reason(ReasonCode.BY_PLACE))
    # A map beside the label shows where the office is; the label's own text is what is meant.
    links = tuple(link for link in entry.links if not is_map(link.url))
    links = tuple(link for link in links if not _leads_up(site, entry.page, link)) or links
    shown = bool(links) and all(link.via in _SHOWN_ON_PAGE for link in links)
    behind = (shown and _whole_page(site, item, entry)) or follow(site, item, links, entry.label)
    if not links:
        behind = _on_its_page(site, item, entry)
        reasons.append(Reason(ReasonCode.PAGE_TEXT))
    elif any(entry.item in named_items(p.resource, site.names) for p in behind.parts[:3]):
        score += _TARGET_BONUS
        reasons.append(Reason(ReasonCode.TARGET_AGREES))
    return Lead(entry.item, score, entry.label, entry.page.url, behind, tuple(reasons), entry.match.likeness)


def _on_its_page(site: SiteIndex, item: Item, entry: Entry) -> Behind:
    """What stands below an entry without links: all of the item's own page, for its headings are parts of one text;
    else the run of the list."""
    run = EvidencePart(entry.page, entry.start, entry.stop, entry.label)
    return _whole_page(site, item, entry) or Behind((run,))


def _whole_page(site: SiteIndex, item: Item, entry: Entry) -> Behind | None:
    """A page that names the item of one of its entries and no other, with what it shows and leads to."""
    page = entry.page
    own = page.url not in site.lists and page is not site.snapshot.resources[0]
    if not own or named_items(page, site.names) != (entry.item,):
        return None
    return follow(site, item, (Link(page.url, page.label),), entry.label)


def _leads_up(site: SiteIndex, page: Resource, link: Link) -> bool:
    """Whether a link goes back to the list or the home page that its page was reached from, "กลับ" beside a document, or
    on to another post."""
    target = site.by_url.get(link.url)
    if target is None or target.kind is not ResourceKind.PAGE:
        return False
    return is_way_back(site, page, target) or is_neighbour(site.names, page, link, target)


def _of_another(site: SiteIndex, entry: Entry) -> bool:
    """Whether the site itself says that what an entry shows is other items' evidence.

    A section inside another item's evidence: a report's chapter on money is not the report on money; a page that
    serves several items names each of them in full. Or links whose targets better labels give to others."""
    if entry.links:
        targets = [site.by_url.get(link.url) for link in entry.links]
        if any(site.place_of(link) is not None for link in entry.links):
            return False
        if not entry.match.number and site.foreign(entry.page, entry.item):
            # What hangs on another item's post is that item's, under whatever title both may have.
            found = [target for target in targets if target is not None and target.kind is ResourceKind.DOCUMENT]
            if found and len(found) == len(targets) and all(_hangs_only_on(site, entry.page, each) for each in found):
                return True
        return entry.match.score < OWNING + CLOSE and all(
            target is not None and site.foreign(target, entry.item) for target in targets
        )
    if not site.foreign(entry.page, entry.item):
        return False
    if entry.match.likeness < _FOREIGN or _SECTION.match(entry.label) is not None:
        return True
    return not entry.match.number and _is_one_section(site, entry)


def _hangs_only_on(site: SiteIndex, page: Resource, target: Resource) -> bool:
    """Whether all entries that lead to a document stand on one page, which is no list."""
    urls = {target.url, target.final_url}
    claims = (entry for found in site.entries.values() for entry in found for link in entry.links if link.url in urls)
    return page.url not in site.lists and all(entry.page is page for entry in claims)


def _is_one_section(site: SiteIndex, entry: Entry) -> bool:
    """Whether a line on another item's page is part of its text: a sentence, or a heading among headings of its rank
    that name no items."""
    own = entry.page.blocks[entry.start]
    if own.kind is not BlockKind.HEADING:
        return own.kind is BlockKind.PARAGRAPH
    return is_section(entry.page, own.text, site.names)


def _says_something(site: SiteIndex, entry: Entry) -> bool:
    """Whether an entry without links holds more than its own label: an item may be answered on the index itself,
    but a label that leads nowhere (`href="#"`, also around a button's picture) answers nothing."""
    pictures, lines = site.repeats.of(entry.page)
    explaining = site.repeats.explaining(entry.page)
    blocks = entry.page.blocks
    said = ending = 0
    for at in range(entry.start, min(entry.stop, len(blocks))):
        block = blocks[at]
        if block.zone is not Zone.CONTENT or (block.table, block.col) in explaining:
            continue
        if block.src and (
            block.kind is BlockKind.IFRAME or (block.kind is BlockKind.IMAGE and pictures[block.src] < _BUTTONS)
        ):
            return True
        if lines[make_key(block.text).text] < _BUTTONS:
            told = _told(site, entry, block)
            said, ending = (said, told) if at == len(blocks) - 1 else (said + told, ending)
    if said >= _SAID_CLUSTERS or said + ending < _SAID_CLUSTERS:
        return said >= _SAID_CLUSTERS
    # Only now: what the pages of a site end with is not known without all of them.
    return blocks[-1].text not in site.repeats.last_lines


def _told(site: SiteIndex, entry: Entry, block: Block) -> int:
    """Thai clusters of a line beyond its entry's label."""
    label, bare = make_key(entry.label).text, _without_dates(block.text)
    text = make_key(bare).text
    if not text or site.names.is_button(text) or WORDLESS.fullmatch(text):
        return 0
    if text not in label and label not in text:
        return len(clusters(bare))
    return max(0, len(clusters(block.text)) - len(clusters(entry.label))) if label in text else 0


def _without_dates(text: str) -> str:
    """A line without the days and addresses in it: when and where something was put up says nothing of what it is."""
    for mention in reversed(date_mentions(text)):
        text = text[: mention.start] + text[mention.stop :]
    return WRITTEN_ADDRESS.sub(" ", text)
