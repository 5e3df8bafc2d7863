"""The score as the manual counts it: an item is 100 or 0, groups are plain means of what is below them.

Source: the averaging reproduces 13 agencies' published results of 2564 to 0.01, and the overall score of the source
document (2565). The year's weights and bands are in rules.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import ItemStatus, SubScore
from core.rounding import round_points

_PASSES = frozenset({ItemStatus.COMPLETE})
_MAY_PASS = frozenset({ItemStatus.COMPLETE, ItemStatus.REVIEW, ItemStatus.UNCHECKED, ItemStatus.NOT_DUE})


@dataclass(frozen=True, slots=True)
class Instruments:
    """Scores of the instruments, each 0-100. `eit` is the one EIT up to 2565, the mean of its parts from 2566 on."""

    iit: float
    oit: float
    eit: float | None = None
    eit1: float | None = None
    eit2: float | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall ITA score (0-100) and its rating; `rating` and `best_rating` differ where the rating is a range."""

    score: float
    rating: str
    best_rating: str


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


def overall(edition: Edition, scores: Instruments) -> Overall:
    """Return the overall ITA score of the year's instruments, and its rating by the year's bands.

    Published scores carry two decimals, and the bands are cut at these: 94.995 counts as 95.00. From 2566 on the
    conditions of the bands hold for each of the four instruments (cabinet reports on ITA 2566 and 2567). Where only
    the mean of the two EIT parts is known, the weaker part may be anything from twice the mean less 100 up to the
    mean itself: the rating is then a range. Raises ValueError if the edition's instruments are not all given."""
    weights = edition.weights
    eit1, eit2, eit = scores.eit1, scores.eit2, scores.eit
    total = scores.iit * weights.iit + scores.oit * weights.oit
    if weights.eit1 is not None and weights.eit2 is not None and eit1 is not None and eit2 is not None:
        total += eit1 * weights.eit1 + eit2 * weights.eit2
        weakest = strongest = min(eit1, eit2)
    elif eit is not None:
        total += eit * weights.eit
        strongest = eit
        weakest = eit if weights.eit1 is None else max(0.0, 2 * eit - 100.0)
    else:
        raise ValueError("EIT is missing: its two parts, or their mean")
    shown = round_points(total / 100.0)
    low, high = (_rating(edition, shown, min(scores.iit, scores.oit, part)) for part in (weakest, strongest))
    return Overall(shown, low, high)


def has_eit_parts(edition: Edition) -> bool:
    """Whether the edition's overall score counts EIT in two parts, as from 2566 on."""
    return edition.weights.eit1 is not None


def _rating(edition: Edition, total: float, weakest: float) -> str:
    bands = sorted(edition.bands, key=lambda band: (-band.at_least, -band.each_at_least))
    found = (b.rating for b in bands if total >= b.at_least and round_points(weakest) >= b.each_at_least)
    return next(found, "")
