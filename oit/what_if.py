"""`oit score`: what the score would be if exactly these items failed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from checklist.rules.model import Edition
from checklist.score import Instruments, has_eit_parts, overall, score
from core.errors import InputError
from core.models.assessment import ItemStatus
from core.rounding import round_points


@dataclass(frozen=True, slots=True)
class OtherInstruments:
    """What is known of the instruments beside OIT, each 0-100; `eit` is the mean where EIT has two parts."""

    iit: float | None = None
    eit: float | None = None
    eit1: float | None = None
    eit2: float | None = None


def score_if(edition: Edition, failed: Collection[str], others: OtherInstruments | None = None) -> dict[str, object]:
    """Return the contract's figures, rounded half up to 2 decimals; `ita` and `rating` only with IIT and EIT.

    Where the rating is a range (only the mean of the EIT parts is known) `rating` holds both ends and `rating_range`
    lists them, the worse one first. Raises InputError with a line per instrument that is out of range, missing or not
    of this edition."""
    others = others or OtherInstruments()
    wrong = list(_faults(edition, others))
    if wrong:
        raise InputError(wrong)
    statuses = {item.id: ItemStatus.MISSING if item.id in failed else ItemStatus.COMPLETE for item in edition.items}
    whole = score(edition, statuses)
    oit = whole.lowest or 0.0
    found: dict[str, object] = {
        "edition": edition.year,
        "indicators": {part.id: round_points(part.lowest or 0.0) for part in whole.parts},
        "sub_indicators": {sub.id: round_points(sub.lowest or 0.0) for part in whole.parts for sub in part.parts},
        "oit": round_points(oit),
    }
    if others.iit is None:
        return found
    ita = overall(edition, Instruments(others.iit, oit, others.eit, others.eit1, others.eit2))
    if ita.rating == ita.best_rating:
        return found | {"ita": ita.score, "rating": ita.rating}
    return found | {
        "ita": ita.score,
        "rating": f"{ita.rating} – {ita.best_rating}",
        "rating_range": [ita.rating, ita.best_rating],
    }


def _faults(edition: Edition, others: OtherInstruments) -> list[str]:
    given = {
        name: value
        for name, value in (("iit", others.iit), ("eit", others.eit), ("eit1", others.eit1), ("eit2", others.eit2))
        if value is not None
    }
    wrong = [f"--{name} must be from 0 to 100; got {v:g}" for name, v in given.items() if not 0 <= v <= 100]
    parts = {"eit1", "eit2"} & given.keys()
    if parts and not has_eit_parts(edition):
        wrong.append(f"edition {edition.year} has one EIT: give --eit, not --{' and --'.join(sorted(parts))}")
    elif len(parts) == 1:
        wrong.append("--eit1 and --eit2 go together")
    elif parts and "eit" in given:
        wrong.append("give either --eit or both --eit1 and --eit2")
    if given and not ("iit" in given and ("eit" in given or parts)) and not wrong:
        wrong.append("--iit and --eit (or --eit1 and --eit2) go together")
    return wrong
