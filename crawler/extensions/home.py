"""Whether the home page is the agency's site: decided at the end of a crawl from what was reached, not from sentences.

A page that says "closed", a white page, an error of a database, a server's default page, a parked domain and a wall of
scripts have one thing in common: nothing of the site lies behind them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from core.models.snapshot import NEEDS_SCRIPTS, BlockKind, FetchOutcome, Link, Reading, Resource, ResourceKind
from core.storage.codec import EncodedReading, decode_head, decode_reading
from core.thai.normalize import key_text
from core.urls import is_image

if TYPE_CHECKING:
    from core.models.agency import Agency
    from core.storage.store import Store
    from crawler.frontier import Provenance
    from crawler.items import ResourceItem

_THAI = re.compile("[\\u0e01-\\u0e3a\\u0e40-\\u0e4e]")
_WHOLE_SITE = 1500
"""Letters of a page that may be a whole site by itself; notices that a site is closed have some hundreds."""
_HEADINGS = 3
_PARTS = 8
_REMEMBERED = 50
_NAMED_PAGES = 20
"""Pages in which the agency's name is looked for."""
_LETTERS = 500_000
"""Of one page, in which it is looked for: labels of 60,000 links are 18 million, two seconds of everybody's process."""
_SMALLEST_NIGHT = 5
"""Addresses of an earlier night below which nothing can be said about likeness."""


class HomeCause(StrEnum):
    """Why a home page that was served with 200 is not the agency's site."""

    EMPTY = "home_empty"
    """No text and no link."""
    ALONE = "home_alone"
    """Nothing of the site behind it could be reached, and it is no site by itself."""
    FOREIGN = "home_foreign"
    """No word of Thai in the titles and links of the whole site, and no document."""
    CHANGED = "home_changed"
    """Nothing of the last good night is there, nothing speaks of disclosures, nobody names the agency."""


class HomeEvidence:
    """Collects during a crawl what speaks for the home page."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._name = key_text(agency.name).replace(" ", "")
        self._home: ResourceItem | None = None
        self._others: list[str] = []
        self._other_count = 0
        self._documents = 0
        self._pages_seen = 0
        self._has_thai = False
        self._has_disclosures = False
        self._names_agency = False

    def add(self, item: ResourceItem) -> None:
        """Take one stored address into account."""
        resource = item.resource
        if resource.url == self._agency.url:
            self._home = item
        if resource.outcome is not FetchOutcome.OK:
            return
        self._look_at_words(resource)
        if resource.url != self._agency.url:
            self._add_other(resource, item.provenance)

    def _add_other(self, resource: Resource, provenance: Provenance) -> None:
        home = self._home.resource if self._home is not None else None
        if home is not None and resource.sha256 == home.sha256:
            return
        if is_image(resource.url) or resource.kind is ResourceKind.IMAGE:
            return
        self._other_count += 1
        self._documents += resource.kind is ResourceKind.DOCUMENT
        self._has_disclosures = self._has_disclosures or provenance.in_disclosures
        if len(self._others) < _REMEMBERED:
            self._others.append(resource.url)

    def _look_at_words(self, resource: Resource) -> None:
        looks_for_name = not self._names_agency and self._pages_seen < _NAMED_PAGES
        if self._has_thai and not looks_for_name:
            return
        words = (resource.title, *(link.label for link in resource.links))
        self._has_thai = self._has_thai or any(_THAI.search(word) for word in words)
        if looks_for_name:
            self._pages_seen += 1
            self._names_agency = self._name in key_text(" ".join(words)[:_LETTERS]).replace(" ", "")

    def cause(self, store: Store) -> HomeCause | None:
        """Why the home page is not the site; None if it is, or if that is another cause's business."""
        if self._home is None or self._home.resource.outcome is not FetchOutcome.OK:
            return None
        if self._home.resource.read_note in NEEDS_SCRIPTS:
            return None
        reading = decode_reading(self._home.reading) if self._home.reading is not None else None
        if not self._other_count:
            return None if self._is_as_before(store) else self._cause_alone(reading)
        text = " ".join(block.text for block in reading.blocks) if reading is not None else ""
        if not self._has_thai and not self._documents and not _THAI.search(text):
            return HomeCause.FOREIGN
        named = self._names_agency or self._name in key_text(text[:_LETTERS]).replace(" ", "")
        if not self._has_disclosures and not named and self._is_unlike_before(store):
            return HomeCause.CHANGED
        return None

    @staticmethod
    def _cause_alone(reading: Reading | None) -> HomeCause | None:
        if reading is None or reading.kind is not ResourceKind.PAGE:
            return None
        letters = sum(len(block.text) for block in reading.blocks)
        if not letters and not reading.links:
            return HomeCause.EMPTY
        return None if letters >= _WHOLE_SITE or _is_built(reading) else HomeCause.ALONE

    def _is_as_before(self, store: Store) -> bool:
        """Whether the home page leads where it led on the last good night: then what it led to is gone."""
        earlier = store.earlier(self._agency.id, self._agency.url)
        if earlier is None or self._home is None:
            return False
        before, now = ({link.url for link in links} for links in (_links(earlier[1]), self._home.resource.links))
        return self._home.resource.sha256 == earlier[0].sha256 or len(before & now) * 2 > len(before)

    def _is_unlike_before(self, store: Store) -> bool:
        """Whether an earlier good night knew a site, and none of the addresses of this one."""
        nights = islice(store.nights(self._agency), 30)
        last = next((night for night in nights if night.home_ok), None)
        if last is None or last.resources < _SMALLEST_NIGHT:
            return False
        return not any(store.known(self._agency.id, url) for url in self._others)

    @property
    def home(self) -> ResourceItem | None:
        """The home page's item."""
        return self._home


def _is_built(reading: Reading) -> bool:
    """Whether a page is put together like a whole site: headings in Thai over tables or lists; a notice has one."""
    headings = [b for b in reading.blocks if b.kind is BlockKind.HEADING and _THAI.search(b.text)]
    parts = sum(b.kind in (BlockKind.CELL, BlockKind.LIST_ITEM) and bool(_THAI.search(b.text)) for b in reading.blocks)
    return len(headings) >= _HEADINGS and parts >= _PARTS


def _links(packed: EncodedReading) -> tuple[Link, ...]:
    return decode_head(packed)[0].links
