"""Which verdicts still stand: a rule edit, another date or another manual re-judges only what it touches.

A verdict rests on the snapshot (its caller's to compare) and on a basis: the item's own rules, the names of all
items (they compete for the labels of a site), the date, and the word lists that were looked at on the way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from checklist.asked_date import same_answers
from checklist.rules.model import Edition, Item
from core.models.assessment import Verdict


@dataclass(frozen=True, slots=True)
class Basis:
    """What a verdict rests on beside the snapshot: a digest of its rules, list name -> digest of its words, and what
    was asked of the date with its answers (see checklist.asked_date)."""

    rules: str
    words: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what it rests on."""

    verdict: Verdict
    basis: Basis


class RecordingLexicon(Mapping[str, tuple[str, ...]]):
    """A lexicon that remembers which of its lists were asked for, those that it does not have included."""

    def __init__(self, lexicon: Mapping[str, tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> tuple[str, ...]:
        self.asked.add(name)
        return self._lexicon[name]

    def __iter__(self) -> Iterator[str]:
        self.asked.update(self._lexicon)
        return iter(self._lexicon)

    def __len__(self) -> int:
        return len(self._lexicon)


class RuleFingerprints:
    """An edition, a date and a lexicon, ready to say what a verdict would rest on now."""

    def __init__(self, edition: Edition, as_of: date, lexicon: Mapping[str, tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self._as_of = as_of
        # Nothing else of an edition comes to the judge: see SiteIndex and EvidenceView.
        self._common = asdict(edition.naming)
        self._words: dict[str, str] = {}
        self._rules: dict[str, str] = {}

    def basis(self, item: Item, asked: frozenset[str], days: Mapping[str, str]) -> Basis:
        """What a verdict on `item` rests on if it looked at these word lists and asked this of the date."""
        return Basis(self.rules(item), {name: self.word_list(name) for name in sorted(asked)}, dict(days))

    def rules(self, item: Item) -> str:
        """A digest of everything in rules.yaml, but word lists, that the item's verdict depends on."""
        if item.id not in self._rules:
            self._rules[item.id] = _digest([self._common, item.model_dump(mode="json")])
        return self._rules[item.id]

    def word_list(self, name: str) -> str:
        """A digest of one word list; of none if the lexicon does not have it."""
        if name not in self._words:
            self._words[name] = _digest(self._lexicon.get(name))
        return self._words[name]

    def stands(self, item: Item, basis: Basis) -> bool:
        """Whether a verdict with this basis would be given again on the same snapshot."""
        return (
            basis.rules == self.rules(item)
            and all(self.word_list(name) == digest for name, digest in basis.words.items())
            and same_answers(basis.days, self._as_of)
        )


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]
