"""The score as the manual counts it: an item is 100 or 0, groups are plain means of what is below them.

Source: the averaging reproduces 13 agencies' published results of 2564 to 0.01; weights IIT 30, EIT 30, OIT 40.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import ItemStatus, SubScore

_PASSES = frozenset({ItemStatus.COMPLETE})
_MAY_PASS = frozenset({ItemStatus.COMPLETE, ItemStatus.REVIEW, ItemStatus.UNCHECKED, ItemStatus.NOT_DUE})


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall ITA score (0-100) and its rating by the year's bands."""

    score: float
    rating: str


def score(edition: Edition, statuses: Mapping[str, ItemStatus]) -> SubScore:
    """The OIT score as an interval: lowest counts what is complete, highest also what may turn out so.

    An item without a status counts as unchecked; exempt items leave the average; a group with nothing left
    has no score and leaves the mean above it."""
    indicators = []
    for indicator in edition.indicators:
        subs = []
        for sub in indicator.sub_indicators:
            found = [
                statuses.get(item.id, ItemStatus.UNCHECKED) for item in edition.items if item.sub_indicator == sub.id
            ]
            counted = [s for s in found if s is not ItemStatus.EXEMPT]
            low = _mean([100.0 if s in _PASSES else 0.0 for s in counted])
            high = _mean([100.0 if s in _MAY_PASS else 0.0 for s in counted])
            subs.append(SubScore(sub.id, low, high))
        indicators.append(_above(indicator.id, tuple(subs)))
    return _above("oit", tuple(indicators))


def _above(name: str, parts: tuple[SubScore, ...]) -> SubScore:
    lows = [p.lowest for p in parts if p.lowest is not None]
    highs = [p.highest for p in parts if p.highest is not None]
    return SubScore(name, _mean(lows), _mean(highs), parts)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def costs(edition: Edition, exempt: frozenset[str] = frozenset()) -> dict[str, float]:
    """What failing each item takes from the OIT score, in points of 100; exempt items cost nothing."""
    counted = [item for item in edition.items if item.id not in exempt]
    sizes: dict[str, int] = {}
    for item in counted:
        sizes[item.sub_indicator] = sizes.get(item.sub_indicator, 0) + 1
    live = [[s.id for s in indicator.sub_indicators if s.id in sizes] for indicator in edition.indicators]
    live = [subs for subs in live if subs]
    shares = {sub: 100.0 / sizes[sub] / len(subs) / len(live) for subs in live for sub in subs}
    found = {item.id: shares[item.sub_indicator] for item in counted}
    found.update(dict.fromkeys(exempt, 0.0))
    return found


def overall(edition: Edition, iit: float, eit: float, oit: float) -> Overall:
    """The overall ITA score from the three instruments (each 0-100), and its rating.

    Published scores carry two decimals, and the bands are cut at these: 94.995 counts as 95.00."""
    weights = edition.weights
    total = (iit * weights.iit + eit * weights.eit + oit * weights.oit) / 100.0
    shown = round(total + 1e-9, 2)
    lowest = min(iit, eit, oit)
    for band in sorted(edition.bands, key=lambda b: (-b.at_least, -b.each_at_least)):
        if shown >= band.at_least and lowest >= band.each_at_least:
            return Overall(shown, band.rating)
    return Overall(shown, "")
