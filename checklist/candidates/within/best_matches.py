"""The items that one label may mean, of all that are like it."""

from __future__ import annotations

from checklist.candidates.labels import ItemNames, LabelMatch

_HARDLY_BEHIND, _PLAINLY = 0.04, 0.2
"""Score by which the second of two wordings is as near, and share of rare words by which it is the one meant."""
_LEAST, _AS_NEAR = 0.6, 0.02


def best_matches(names: ItemNames, text: str, *, numbered_page: bool, trusted: bool) -> tuple[LabelMatch, ...]:
    """The likeliest item of a label, and the second if it is as near. `numbered_page` and `trusted` say whether numbers
    without a letter count, and whether numbers are this edition's."""
    found = names.matches(text, numbered_page=numbered_page, trusted=trusted)
    if len(found) > 1 and not found[0].number and found[1].score > found[0].score - _HARDLY_BEHIND:
        # Of two wordings as near the one whose rare words the label has: แผนปฏิบัติการประจำปีงบประมาณ is no strategy.
        shares = dict(names.leanings(text))
        if shares.get(found[1].item, 0.0) >= shares.get(found[0].item, 0.0) + _PLAINLY:
            return found[1:2]
    return tuple(m for m in found if m.score >= max(_LEAST, found[0].score - _AS_NEAR))[:2]
