"""Scores of links: what to fetch next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from core.models.snapshot import Link, Resource, Zone
from core.thai.normalize import key_text
from core.urls import is_document, is_image

SPEAKING = 100
"""Points from which a link speaks of disclosures or items."""


_REMEMBERED = 2048
"""Texts whose points are kept: a menu stands on every page, other labels on few."""
_SHORTEST_PART = 7
"""Letters of a label that may stand for a longer name."""


@dataclass(frozen=True, slots=True)
class FollowHints:
    """Which links to follow first. The crawler knows no items, only words: `index` names pages that list
    disclosures (OIT, ITA, การเปิดเผยข้อมูลสาธารณะ), `phrases` what they list, `years` the wanted years (Buddhist)."""

    index: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


class LinkScorer:
    """Scores links by what they say; the higher, the sooner."""

    def __init__(self, hints: FollowHints) -> None:
        self._index = tuple(key_text(w).replace(" ", "") for w in hints.index)
        self._phrases = tuple(key_text(w).replace(" ", "") for w in hints.phrases)
        self._years = tuple(str(y) for year in hints.years for y in (year, year % 100, year - 543))
        self._score_text = lru_cache(maxsize=_REMEMBERED)(self._text_score)
        self._names_index = lru_cache(maxsize=_REMEMBERED)(self._is_index_text)
        self._score_part = lru_cache(maxsize=_REMEMBERED)(self._part_score)

    def score(self, link: Link, depth: int, *, from_index: bool, words: int | None = None) -> int:
        """Priority of a link found at `depth`; `from_index` if the page that holds it lists disclosures. `words` is its
        `word_score` where that is known."""
        points = self.word_score(link) if words is None else words
        if from_index:
            points += 300
        if is_document(link.url):
            points += 20
        elif is_image(link.url):
            points -= 200
        if link.zone is Zone.FOOTER:
            points -= 20
        elif link.zone is Zone.MENU:
            points += 10
        return points - 5 * depth

    def speaks(self, link: Link) -> bool:
        """Whether a link's own words speak of disclosures or of what they hold."""
        return self.word_score(link) >= SPEAKING

    def word_score(self, link: Link) -> int:
        """Points of a link's own words: label, context and address."""
        parts = urlsplit(link.url)
        path = unquote(f"{parts.path}?{parts.query}")
        points = self._score_text(f"{link.label} {link.context[:120]}") + self._score_text(path) // 2
        return points + self._score_part(link.label)

    def likely(self, points: int, page: Resource) -> bool:
        """Whether a link with so many points, or anything on the page that holds it, is likely to be evidence."""
        return points >= SPEAKING or self._score_text(f"{page.label} {page.title}") >= SPEAKING

    def is_index(self, *texts: str) -> bool:
        """Whether a page's title, label or address says that it lists disclosures."""
        return any(self._names_index(text) for text in texts)

    def _is_index_text(self, text: str) -> bool:
        key = key_text(text).replace(" ", "")
        return any(word in key for word in self._index)

    def _text_score(self, text: str) -> int:
        key = key_text(text).replace(" ", "")
        points = 0
        if any(word in key for word in self._index):
            points += 400
        if any(phrase in key for phrase in self._phrases):
            points += 150
        if points and any(year in key for year in self._years):
            points += 60
        return points

    def _part_score(self, label: str) -> int:
        """Menus shorten: "transparency" for "assessment of integrity and transparency". A number is a page's place."""
        key = key_text(label).replace(" ", "")
        if not any(c.isalpha() for c in key):
            return -15 if key else 0
        if len(key) < _SHORTEST_PART:
            return 0
        if any(key in word for word in self._index):
            return 150
        return 60 if any(key in phrase for phrase in self._phrases) else 0
