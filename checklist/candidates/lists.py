"""Which list a site follows: the commission's general one, or one of its sector.

Colleges and hospitals publish lists of their own under numbers that look alike (O11 is a statistic in one list and
the annual report in another). A number that stands before the title of that very number is a sign; many of them
are proof. Years do not count here: who follows last year's general list has gaps, not another list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklist.candidates.labels import ItemNames, item_number
from checklist.candidates.units import label_texts
from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, ResourceKind, Snapshot

_SAME_TITLE = 0.72
"""Likeness from which a label carries an item's title; a title that stands in a longer label has at least this."""
_NEAR = 0.05
_MAX_LABELS = 300
"""Numbered labels looked at: a list has up to 43, sites repeat them in menus and for several years."""
_MAX_TEXTS = 3000
_HEAD = 16
"""Characters in which a numbered label has its first digit."""
_OWN = 0.6
"""Share of its own list's numbers that makes a comparison with other lists needless."""
_ENOUGH = 6
_SHARE = 0.3
_AHEAD = 1.5
"""The list followed agrees with so many numbers, with this share of its own, and so much more often than others."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ListFit:
    """How well a site's numbered labels fit one edition: numbers that stand before their own title, numbers that
    stand before another item's. `examples` are labels that agree."""

    edition: Edition
    agreed: int
    contradicted: int
    examples: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Agreement less half of the contradiction."""
        return self.agreed - self.contradicted / 2


def list_fits(snapshot: Snapshot, editions: Sequence[Edition]) -> tuple[ListFit, ...]:
    """How well a site fits each edition, the best first; of equals the one that more of its items support."""
    numbered: dict[str, tuple[tuple[str, int], ...]] = {}
    fits = []
    for edition in editions:
        if edition.draft:
            continue
        prefix = edition.prefix
        if prefix not in numbered:
            numbered[prefix] = tuple(_numbered(snapshot, prefix))
        fits.append(_fit(numbered[prefix], edition))
    return tuple(sorted(fits, key=lambda f: (-f.score, -f.agreed / len(f.edition.items), -f.edition.year)))


def followed_list(fits: Sequence[ListFit]) -> ListFit | None:
    """The fit of the list that a site plainly follows; None if it is not plain. `fits` as `list_fits` gives them."""
    if not fits:
        return None
    best = fits[0]
    rival = max((fit.agreed for fit in fits if fit.edition.scheme != best.edition.scheme), default=0)
    enough = best.agreed >= _ENOUGH and best.agreed >= _SHARE * len(best.edition.items)
    return best if enough and best.agreed >= _AHEAD * rival else None


def other_list(snapshot: Snapshot, edition: Edition, editions: Sequence[Edition]) -> ListFit | None:
    """The fit of the list that a site plainly follows, if it is not the list of `edition`."""
    if len({e.scheme for e in editions}) < 2:
        return None
    own = _fit(tuple(_numbered(snapshot, edition.prefix)), edition)  # a draft too, if an agency is judged by one
    if own.agreed >= _OWN * len(edition.items):
        return None  # its own list: the others need not be compared
    found = followed_list(list_fits(snapshot, editions))
    return found if found is not None and found.edition.scheme != edition.scheme else None


@dataclass(frozen=True, slots=True)
class ListSuggestion:
    """What a site's crawl says of its list. `followed` is None where it is not plain; `fits` holds the best edition
    of each list that agrees with anything; `crawled` is false if the site was never read."""

    agency: Agency
    followed: ListFit | None
    fits: tuple[ListFit, ...]
    crawled: bool = True

    @property
    def differs(self) -> bool:
        """Whether the site plainly follows another list than the agency is judged by."""
        return self.followed is not None and self.followed.edition.scheme != self.agency.scheme


def suggest_list(agency: Agency, snapshot: Snapshot | None, editions: Sequence[Edition]) -> ListSuggestion:
    """Say which list an agency's site follows, with the figures that say so."""
    if snapshot is None:
        return ListSuggestion(agency, None, (), crawled=False)
    fits = list_fits(snapshot, editions)
    best = {fit.edition.scheme: fit for fit in reversed(fits) if fit.agreed}
    return ListSuggestion(
        agency, followed_list(fits), tuple(fit for fit in fits if best.get(fit.edition.scheme) is fit)
    )


def _fit(numbered: Sequence[tuple[str, int]], edition: Edition) -> ListFit:
    if not numbered:
        return ListFit(edition, 0, 0)
    names = ItemNames(edition.naming)
    agreed: dict[int, str] = {}
    contradicted: set[int] = set()
    for label, number in numbered:
        likeness = {match.item: match.likeness for match in names.matches(label, numbered_page=True)}
        own = likeness.get(f"{names.prefix}{number}", 0.0)
        best = max(likeness.values(), default=0.0)
        if own >= _SAME_TITLE and own >= best - _NEAR:
            agreed.setdefault(number, label)
        elif best >= _SAME_TITLE:
            contradicted.add(number)
    examples = tuple(agreed[number] for number in sorted(agreed)[:_SHOWN])
    return ListFit(edition, len(agreed), len(contradicted - agreed.keys()), examples)


def _numbered(snapshot: Snapshot, prefix: str) -> Iterator[tuple[str, int]]:
    """Labels of the site's pages that begin with a number of such a list, each once."""
    seen: set[str] = set()
    found = 0
    for page in snapshot.resources:
        if page.outcome is not FetchOutcome.OK or page.kind is not ResourceKind.PAGE:
            continue
        for text in label_texts(page, prefix):
            if text in seen or not any(character.isdigit() for character in text[:_HEAD]):
                continue
            seen.add(text)
            number = item_number(text, zero=True, plain=False, prefix=prefix)
            if number is not None:
                found += 1
                yield text, number
            if found >= _MAX_LABELS or len(seen) >= _MAX_TEXTS:
                return
