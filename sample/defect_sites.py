"""Sites with a defect in most of their items: every kind of defect of every topic, spread over many structures.

Shape, way, what stands before documents, and a door that shuts a whole site are drawn by the seed, each from a deck
that is dealt out before it is shuffled again: so few sites hold many of them, and another seed joins others.

The 31 offices of `sample.cases` tell a province's story, mostly good; these are there to be measured against. What
is planted where is data, and the truth follows from it (`sample.truth`), never from what the checker finds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sample.cases import (
    Case,
    Defect,
    absent,
    claims,
    dead,
    drive,
    forbidden,
    lacks,
    made,
    mislabelled,
    old,
    old_signed,
    pictured,
    quoted,
    scanned,
    section,
    taken,
    twist,
    unlinked,
    word_file,
)
from sample.content.odd_sections import ODD
from sample.content.reports import REPORTS
from sample.content.sections import FORMS
from sample.editions import EARLIER, entries
from sample.index_layouts import SHAPES
from sample.offices import OFFICES
from sample.structures.doors import DOORS
from sample.structures.lists import LISTS, TWO_YEARS
from sample.structures.papers import TAKEN_FOR
from sample.structures.posts import NEEDS, POSTS
from sample.structures.scripted import SCRIPTED
from sample.structures.twists import TWISTS
from sample.structures.ways import WAYS
from sample.structures.word import MADE

_BOTH = (2565, 2566)
_PARTS: dict[str, dict[str, tuple[int, ...]]] = {
    "structure": {"chart": _BOTH},
    "executives": {"photos": _BOTH, "contacts": _BOTH},
    "strategy": {"indicators": _BOTH, "targets": _BOTH},
    "contact": {"email": _BOTH, "map": _BOTH, "phone": _BOTH},
    "questions": {"form": _BOTH},
    "work_manual": {"steps": _BOTH, "for_whom": _BOTH},
    "service_manual": {"steps": _BOTH},
    "e_service": {"form": _BOTH},
    "plan": {"budget": _BOTH, "when": _BOTH},
    "half": {"budget": _BOTH},
    "budget_plan": {"sources": (2565,), "kinds": (2565,)},
    "procurement_months": {"months": _BOTH},
    "procurement_report": {"budget": _BOTH},
    "annual_report": {"budget": _BOTH},
    "corruption_report": {"budget": _BOTH},
    "hr_action": {"budget": (2566,)},
    "hr_criteria": {part: _BOTH for part in ("recruiting", "appointing", "training", "appraisal", "rewards")},
    "complaint_guide": {part: _BOTH for part in ("how_to", "steps", "who", "duration")},
    "complaint_statistics": {"done": _BOTH, "open": _BOTH},
    "no_gift": {"signature": (2566,)},
    "risk": {"levels": _BOTH, "measures": _BOTH},
    "corruption_plan": {"budget": _BOTH, "when": _BOTH},
    "corruption_half": {"budget": _BOTH},
    "measures": {part: _BOTH for part in ("improve", "steps", "who", "follow_up")},
    "ethics_drive": {part: (2566,) for part in ("team", "dos_donts", "training")},
}
"""Topic -> part that can be left out -> the editions whose manual asks for it."""
_OF_A_YEAR = frozenset(
    [
        "plan",
        "half",
        "annual_report",
        "service_statistics",
        "satisfaction",
        "budget_plan",
        "budget_half",
        "budget_report",
        "procurement_plan",
        "procurement_notices",
        "procurement_months",
        "procurement_report",
        "hr_policy",
        "hr_action",
        "hr_report",
        "complaint_statistics",
        "participation",
        "no_gift",
        "no_gift_culture",
        "leaders",
        "risk",
        "risk_action",
        "culture",
        "corruption_half",
        "corruption_report",
        "measures_done",
        "ethics_drive",
    ]
)
"""Topics whose evidence must be of one year: last year's is out of date."""
_ON_HOME = frozenset(("news", "social"))
"""Topics that the home page shows too: taking away their page or label takes nothing away."""
_ONLY_PAGES = frozenset(
    [
        "structure",
        "executives",
        "contact",
        "laws",
        "questions",
        "e_service",
        "complaint_channel",
        "opinions",
        "participation",
        "no_gift_culture",
        "leaders",
        "risk_action",
        "culture",
    ]
)
"""Topics that are web pages with pictures, links or forms: they cannot be a scan or a file elsewhere."""
_PAPERS = ("html", "pdf", "mixed", "landing", "docx")
_DIGITS = ("arabic", "thai", "mixed")
_WHOLE = 2
"""So many of a topic's turns are without a defect."""


_AWAY = frozenset(("absent", "unlinked", "dead", "forbidden", "drive", "scanned", "pictured"))
"""Defects that leave an item without evidence that can be read."""
_DOOR_AT = 9
"""Every ninth site stands behind a door: its items tell nothing but that nobody calls them missing."""
_LABELLED_BY_YEAR = frozenset(
    ("plan", "half", "annual_report", "budget_report", "procurement_report", "hr_report", "corruption_report")
)
"""Topics whose label may name the year that the paper should be of."""


class _Deck:
    """Names dealt out in a random order, shuffled again when none is left."""

    def __init__(self, names: Sequence[str], rng: random.Random) -> None:
        self._names, self._rng, self._left = list(names), rng, list[str]()

    def deal(self) -> str:
        """The next name."""
        if not self._left:
            self._left = list(self._names)
            self._rng.shuffle(self._left)
        return self._left.pop()


def plant_defects(edition: int, sites: int, seed: int = 1) -> tuple[Case, ...]:
    """So many sites with planted defects; after about 70 every defect of every topic has had its turn.

    Every other index is one of the structures of `sample.structures`, as is half of the ways and posts."""
    rng = random.Random(f"{seed}/{edition}")
    turns = [_turns(entry.topic, edition, rng) for entry in entries(edition)]
    plain = _Deck([shape for shape in SHAPES if shape != "deep"], rng)
    built = _Deck([*LISTS, *SCRIPTED], rng)
    ways, posts = _Deck([way for way in WAYS if way], rng), _Deck([post for post in POSTS if post], rng)
    doors = _Deck(list(DOORS), rng)
    offices = [office.id for office in OFFICES]
    cases: list[Case] = []
    for number in range(sites):
        post = posts.deal() if number % 4 in (2, 3) else ""
        case = Case(
            offices[number % len(offices)],
            (built if number % 2 else plain).deal(),
            NEEDS.get(post) or _PAPERS[number % len(_PAPERS)],
            digits=_DIGITS[number // 2 % len(_DIGITS)],
            shaped=number % 4 == 3,
            way=ways.deal() if number % 4 in (1, 2) else "",
            post=post,
        )
        if number % _DOOR_AT == _DOOR_AT - 1:
            cases.append(replace(case, door=doors.deal()))
            continue
        found: list[Defect] = []
        turned = sum(not other.door for other in cases)
        for defects in turns:
            turn = defects[turned % len(defects)]
            found += () if case.shape in ("tabs", *TWO_YEARS) and any(map(_unclear, turn)) else turn
        cases.append(replace(case, defects=tuple(d for d in found if not _answered(d, found))))
    return tuple(cases)


def _unclear(defect: Defect) -> bool:
    """Whether last year's index, beside this year's, leaves the truth open: it may hold a plan that covers both
    years, or last year's report where this year's has no link or a dead one."""
    kept = defect.kind in ("dead", "forbidden") and defect.topic in EARLIER
    return kept or defect.kind in ("absent", "unlinked") or defect.topic == "strategy"


def _answered(defect: Defect, defects: Sequence[Defect]) -> bool:
    """Whether a plan that is taken for its report would stand in for the plan, which is planted away."""
    plan = TAKEN_FOR[defect.topic][0] if defect.kind == "taken" else ""
    return any(other.topic == plan and other.kind in _AWAY for other in defects)


def _turns(topic: str, edition: int, rng: random.Random) -> list[tuple[Defect, ...]]:
    found: list[tuple[Defect, ...]] = [(defect,) for defect in _defects(topic, edition)]
    found += [()] * _WHOLE
    rng.shuffle(found)
    return found


def _defects(topic: str, edition: int) -> Iterator[Defect]:
    if topic not in _ON_HOME:
        yield from (absent(topic), unlinked(topic), dead(topic), forbidden(topic))
    if topic not in _ONLY_PAGES | _ON_HOME:
        yield from (scanned(topic), pictured(topic), drive(topic), *word_file(topic))
    if topic in _OF_A_YEAR:
        yield old(topic)
    if topic in _OF_A_YEAR - _ONLY_PAGES:
        yield old_signed(topic)
        yield from (twist(topic, name) for name in TWISTS)
    if topic in _LABELLED_BY_YEAR:
        yield from (claims(topic), mislabelled(topic))
    if topic in TAKEN_FOR:
        yield taken(topic)
    for part, editions in _PARTS.get(topic, {}).items():
        if edition in editions:
            yield lacks(topic, part)
    if topic in REPORTS:
        yield quoted(topic)
        yield from (section(topic, form) for form in (*FORMS, *ODD))
        yield from (made(topic, name) for name in MADE)
