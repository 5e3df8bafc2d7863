"""What stands on an item's own way under a title that is like another item's, and may be the newest of this one's.

An older post accuses nobody while the one of the year asked for was not opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checklist.candidates.page_links import first_heading
from checklist.candidates.site_index import SiteIndex
from checklist.kinds import excludes
from checklist.rules.model import Item
from core.models.snapshot import Link, Resource
from core.thai.dates import year_mentions
from core.thai.normalize import make_key

_LEANS = 0.3
"""Share of an item's rare letters from which a label may be its."""


def newer_posts(site: SiteIndex, item: Item, links: Iterable[Link], taken: Iterable[str]) -> Iterator[Link]:
    """Of the `links` of an item's own list, those of the year that it asks for, where all posts that were `taken` for
    its (their labels) are of other years. What is of another kind is not the item's, whatever its year."""
    wanted = site.year - (item.year == "previous")
    years = [{mention.year for mention in year_mentions(label)} for label in taken]
    if item.year == "none" or not years or any(not named or wanted in named for named in years):
        return
    for link in links:
        label = link.label or link.context
        if wanted not in {mention.year for mention in year_mentions(label)}:
            continue
        if excludes(site.names.kinds[item.id], site.names.kind_words.kind(label)):
            continue
        numbered = any(match.number and match.item != item.id for match in site.names.matches(label))
        leanings = dict(site.names.leanings(label))
        if not numbered and (leanings.get(item.id, 0.0) >= _LEANS or max(leanings.values(), default=0.0) < _LEANS):
            yield link


def is_own_attachment(site: SiteIndex, page: Resource, target: Resource) -> bool:
    """Whether nobody but the post that links to it says whose a target is, and that only by the post's own title."""
    title = make_key(first_heading(page)).text
    if not title or page.url in site.lists:
        return False
    urls = {target.url, target.final_url}
    claims = (entry for found in site.entries.values() for entry in found for link in entry.links if link.url in urls)
    return all(entry.page is page and make_key(entry.label).text == title for entry in claims)
