"""Sites with a defect in most of their items: every kind of defect of every topic, spread over many shapes.

The 31 offices of `sample.cases` tell a province's story, mostly good; these are there to be measured against. What
is planted where is data, and the truth follows from it (`sample.truth`), never from what the checker finds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from sample.cases import (
    Case,
    Defect,
    absent,
    dead,
    drive,
    forbidden,
    lacks,
    old,
    quoted,
    scanned,
    section,
    unlinked,
    word_file,
)
from sample.content.reports import REPORTS
from sample.content.sections import FORMS
from sample.editions import entries
from sample.index_layouts import SHAPES
from sample.offices import OFFICES

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


def plant_defects(edition: int, sites: int, seed: int = 1) -> tuple[Case, ...]:
    """So many sites with planted defects; after about 20 every defect of every topic has had its turn."""
    rng = random.Random(f"{seed}/{edition}")
    shapes = [shape for shape in SHAPES if shape != "deep"]
    turns = [_turns(entry.topic, edition, rng) for entry in entries(edition)]
    offices = [office.id for office in OFFICES]
    cases = []
    for number in range(sites):
        papers = _PAPERS[number % len(_PAPERS)]
        found: list[Defect] = []
        for defects in turns:
            turn = defects[number % len(defects)]
            found += () if shapes[number % len(shapes)] == "tabs" and any(map(_unclear, turn)) else turn
        cases.append(
            Case(
                offices[number % len(offices)],
                shapes[number % len(shapes)],
                papers,
                digits=_DIGITS[number // 2 % len(_DIGITS)],
                shaped=number % 4 == 3,
                defects=tuple(found),
            )
        )
    return tuple(cases)


def _unclear(defect: Defect) -> bool:
    """Whether last year's index, beside this year's, leaves the truth open: it may hold a plan that covers both
    years, or last year's report where this year's has no link."""
    return defect.kind in ("absent", "unlinked") or defect.topic == "strategy"


def _turns(topic: str, edition: int, rng: random.Random) -> list[tuple[Defect, ...]]:
    found: list[tuple[Defect, ...]] = [(defect,) for defect in _defects(topic, edition)]
    found += [()] * _WHOLE
    rng.shuffle(found)
    return found


def _defects(topic: str, edition: int) -> Iterator[Defect]:
    if topic not in _ON_HOME:
        yield from (absent(topic), unlinked(topic), dead(topic), forbidden(topic))
    if topic not in _ONLY_PAGES | _ON_HOME:
        yield from (scanned(topic), drive(topic), *word_file(topic))
    if topic in _OF_A_YEAR:
        yield old(topic)
    for part, editions in _PARTS.get(topic, {}).items():
        if edition in editions:
            yield lacks(topic, part)
    if topic in REPORTS:
        yield quoted(topic)
        for form in FORMS:
            yield section(topic, form)
