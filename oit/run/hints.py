"""Which links a crawl follows first: what the items of an edition are called, and which pages list them."""

from __future__ import annotations

from collections.abc import Iterable

from checklist.rules.loader import load_rules
from checklist.rules.model import Edition, Rules
from crawler.links.scoring import FollowHints
from oit.paths import shipped_rules

INDEX_WORDS = "index_pages"
"""Name of the lexicon list that says which links lead to disclosure pages."""


def follow_hints(rules: Rules, editions: Iterable[Edition], year: int) -> FollowHints:
    """The hints for the editions of a run; `year` is the fiscal year that is assessed."""
    items = [item for edition in editions for item in edition.items]
    phrases = dict.fromkeys(phrase for item in items for phrase in (item.title, *item.aliases))
    return FollowHints(
        index=("OIT", "ITA", *rules.lexicon.get(INDEX_WORDS, ())),
        phrases=tuple(phrases),
        years=(year, year - 1),
    )


def shipped_hints() -> FollowHints:
    """The hints for the newest edition of the rules that come with the program."""
    path = shipped_rules()
    rules = load_rules(path.read_text("utf-8"), path.name)
    year = max(edition.year for edition in rules.editions)
    return follow_hints(rules, [edition for edition in rules.editions if edition.year == year], year)
