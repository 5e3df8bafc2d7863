"""Headings that name no item but a group of them: what stands below says the rest, or speaks for itself.

"การจัดซื้อจัดจ้าง" above "แผน", "ประกาศต่าง ๆ" and "รายงานผลประจำปี" is the matter of three items, and is like the
title of one of them. A page called "แผนงานและยุทธศาสตร์" holds plans and reports of all kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checklist.candidates.labels import ItemNames, LabelMatch
from checklist.candidates.units import Unit
from core.models.snapshot import BlockKind, Resource

_TOGETHER, _CLEARER = 0.78, 0.04
"""Likeness of a line with its heading from which they name an item, and how much clearer that is than the line."""
_MEANS, _APART = 0.7, 0.1
"""Share of an item's rare letters from which both mean it, and how far behind the next item must be."""
_SCORED = 0.62
"""Score of an item so meant, and a fifth of the share more."""
_NEAR = 0.02
_SHORT = 100
"""Letters of a heading, and of a line that leaves the matter to it."""
_MATTER = 0.3
"""Share of an item's rare letters that such a heading has."""
_MOST = 0.6
"""Part of the lines below a heading that must be named with it."""
_TITLE = 0.9
"""Likeness from which a heading is an item's title."""
_OTHERS = 3
"""Other items below a heading from which it is a group's."""
_LIST, _TIMES = 5, 1.5
"""Items that lines name themselves from which a page is a list of lines, and how many times those of its headings."""

Labels = list[tuple[LabelMatch, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """What a row or line of a page says itself, the level of a heading, and whether it has links of its own, or opens a
    part of the page."""

    text: str
    heading: int
    linked: bool
    opens: bool = False


def with_their_headings(names: ItemNames, lines: Sequence[Line], labelled: Labels) -> tuple[Labels, frozenset[int]]:
    """The labels of lines that name items only together with the heading above them, in place of the heading's own.
    With the positions of these lines."""
    found = list(labelled)
    changed: set[int] = set()
    for over, below in _groups(lines):
        leaning = () if labelled[over] else names.leanings(lines[over].text)[:1]
        if not labelled[over] and not any(share >= _MATTER for _, share in leaning):
            continue
        if any(match.number for at in (over, *below) for match in labelled[at]):
            continue
        named = {at: _together(names, lines[at].text, lines[over].text) for at in below}
        meant = {at: matches for at, matches in named.items() if matches}
        if len({matches[0].item for matches in meant.values()}) < 2 or len(meant) < _MOST * len(below):
            continue
        found[over] = ()
        for at, matches in meant.items():
            found[at] = matches
            changed.add(at)
    return found, frozenset(changed)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, list[int]]]:
    """Lines without links, each with those that follow it at once and have some."""
    for over, line in enumerate(lines):
        if line.linked or line.opens or not 0 < len(line.text) <= _SHORT:
            continue
        below: list[int] = []
        for at in range(over + 1, len(lines)):
            fits = lines[at].linked and not lines[at].opens and not lines[at].heading
            if not fits or not 0 < len(lines[at].text) <= _SHORT:
                break
            below.append(at)
        if len(below) > 1:
            yield over, below


def _together(names: ItemNames, line: str, heading: str) -> tuple[LabelMatch, ...]:
    """The items that a line means with its heading, and not alone."""
    if names.is_button(line):
        return ()
    alone = max((match.likeness for match in names.matches(line)), default=0.0)
    text = f"{line} {heading}"
    matches = names.matches(text)
    if matches and matches[0].likeness >= max(_TOGETHER, alone + _CLEARER):
        return tuple(match for match in matches if match.score >= matches[0].score - _NEAR)[:2]
    leaning = names.leanings(text)
    if alone or not leaning or leaning[0][1] < _MEANS:
        return ()
    if len(leaning) > 1 and leaning[1][1] > leaning[0][1] - _APART:
        return ()
    item, share = leaning[0]
    return (LabelMatch(item, _SCORED + share / 5, False, share),)


def without_names_of_groups(names: ItemNames, lines: Sequence[Line], labelled: Labels) -> Labels:
    """The labels without headings that are somewhat like an item's title, where below stand several other items' and
    whatever is no item's by its words leans to others too: the name of a page."""
    return [() if _is_groups(names, lines, labelled, at) else matches for at, matches in enumerate(labelled)]


def _is_groups(names: ItemNames, lines: Sequence[Line], labelled: Labels, at: int) -> bool:
    own, line = labelled[at], lines[at]
    if not own or own[0].number or own[0].likeness >= _TITLE or not line.heading or line.linked or line.opens:
        return False
    items = {match.item for match in own}
    others: set[str] = set()
    for later in range(at + 1, len(lines)):
        if 0 < lines[later].heading <= line.heading:
            break
        found = {match.item for match in labelled[later]}
        if found & items:
            return False
        if found:
            others |= found
        elif lines[later].linked and not others and not _leans_away(names, lines[later].text, items):
            return False
    return len(others) >= _OTHERS


def _leans_away(names: ItemNames, text: str, items: set[str]) -> bool:
    leaning = names.leanings(text)
    return bool(leaning) and leaning[0][0] not in items


def without_heads_of_lines(names: ItemNames, lines: Sequence[Line], labelled: Labels) -> Labels:
    """The labels without headings over several lines that lead somewhere, on a page whose lines name far more items
    than its headings do: there a heading is the name of its group, however like a title."""
    runs = [(over, below) for over, below in _below_headings(names, lines) if labelled[over]]
    if any(labelled[over][0].number for over, _ in runs):
        return labelled
    headed = {labelled[over][0].item for over, _ in runs}
    above = {at: over for over, below in runs for at in below}
    said = {
        found[0].item
        for at, found in enumerate(labelled)
        if found and lines[at].linked and not lines[at].heading
        if at not in above or found[0].item != labelled[above[at]][0].item
    }
    if len(said) < max(_LIST, _TIMES * len(headed)):
        return labelled
    heads = {over for over, below in runs if len(below) > 1}
    return [() if at in heads else found for at, found in enumerate(labelled)]


def _below_headings(names: ItemNames, lines: Sequence[Line]) -> Iterator[tuple[int, list[int]]]:
    """Headings without links, each with the lines up to the next one that lead somewhere and say what to."""
    over, below = -1, list[int]()
    for at, line in enumerate(lines):
        if line.heading:
            if over >= 0:
                yield over, below
            over, below = (-1 if line.linked or line.opens else at), []
        elif line.linked and line.text and not names.is_button(line.text):
            below.append(at)
    if over >= 0:
        yield over, below


def heads_of_groups(
    page: Resource, names: ItemNames, units: Sequence[Unit], lines: Sequence[Line], labelled: Labels
) -> frozenset[int]:
    """The positions of lines that head the items of a list below them, and are nothing of the entry above: with a
    group's title, or a row of one cell right above an entry, as one stands above the first of them all."""
    rows = [
        at
        for at, below in pairwise(range(len(units)))
        if labelled[below] and not labelled[at] and not lines[at].linked and _is_one_cell_above(page, units, at)
    ]
    first = next((at for at, found in enumerate(labelled) if found and page.blocks[units[at].start].row is not None), 0)
    heads = rows if first - 1 in rows else ()
    titled = (
        at for at, line in enumerate(lines) if not (labelled[at] and line.linked) and names.heads_group(line.text)
    )
    return frozenset(heads) | frozenset(titled)


def _is_one_cell_above(page: Resource, units: Sequence[Unit], at: int) -> bool:
    """Whether a unit is a row of one cell, and the next one a row of several of the same table."""
    own, below = (page.blocks[units[each].start : units[each].stop] for each in (at, at + 1))
    of_table = own[0].kind is BlockKind.CELL and own[0].table == below[0].table
    return of_table and len(own) == 1 < len(below) and below[-1].row == below[0].row != own[0].row
