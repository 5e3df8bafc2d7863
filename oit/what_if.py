"""`oit score`: what the score would be if exactly these items failed."""

from __future__ import annotations

from collections.abc import Collection

from checklist.rules.model import Edition
from checklist.score import overall, score
from core.errors import InputError
from core.models.assessment import ItemStatus


def score_if(
    edition: Edition, failed: Collection[str], iit: float | None = None, eit: float | None = None
) -> dict[str, object]:
    """The contract's figures, rounded to 2 decimals; `ita` and `rating` only with IIT and EIT (0-100).

    Raises InputError if one of these is out of range or given alone."""
    wrong = [
        f"--{name} must be from 0 to 100; got {value}"
        for name, value in (("iit", iit), ("eit", eit))
        if value is not None and not 0 <= value <= 100
    ]
    if (iit is None) != (eit is None):
        wrong.append("--iit and --eit go together")
    if wrong:
        raise InputError(wrong)
    statuses = {item.id: ItemStatus.MISSING if item.id in failed else ItemStatus.COMPLETE for item in edition.items}
    whole = score(edition, statuses)
    oit = whole.lowest or 0.0
    found: dict[str, object] = {
        "indicators": {part.id: round(part.lowest or 0.0, 2) for part in whole.parts},
        "sub_indicators": {sub.id: round(sub.lowest or 0.0, 2) for part in whole.parts for sub in part.parts},
        "oit": round(oit, 2),
    }
    if iit is not None and eit is not None:
        ita = overall(edition, iit, eit, oit)
        found |= {"ita": round(ita.score, 2), "rating": ita.rating}
    return found
