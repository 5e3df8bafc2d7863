"""Run cases for real and say of each whether the answer is right: documents are read, sites are crawled on loopback."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from checklist.assess import assess
from checklist.rules.model import Rules
from core.errors import InputError
from core.models.agency import Agency, AgencyList
from core.models.assessment import ItemStatus, Verdict
from core.storage.store import Store
from documents.pool import ReaderPool
from oit.cases.case import SITE_FOLDER, Case
from oit.check_file import check_file
from oit.run.job import RunPlan, check_items, pick_edition
from oit.run.options import Settings
from oit.run.pipeline import crawl_agencies
from sample.server import ServedSite, SiteServers

# Politeness is for other people's machines; a case's site is on this one and waits for nobody.
_FAST = (
    ("DOWNLOAD_DELAY", "0"), ("AUTOTHROTTLE_ENABLED", "0"), ("CONCURRENT_REQUESTS_PER_DOMAIN", "4"),
    ("RETRY_TIMES", "0"), ("DOWNLOAD_TIMEOUT", "20"),
)  # fmt: skip


class Grade(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    """Every status is one of those that the case allows."""
    WRONG = "wrong"
    """A status is said that is not so."""
    REVIEW = "review"
    """A person is asked where the case expects an answer: costs time, harms nobody."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one case. `differences` has a line for each status that the case does not allow."""

    case: Case
    grade: Grade
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one kind of cases."""

    kind: str
    right: int
    wrong: int
    review: int


def run_cases(cases: Sequence[Case], rules: Rules) -> Iterator[Result]:
    """Run cases and yield a result for each: documents in their order, then sites, crawled together per edition.

    Raises InputError for an edition or item that the rules do not have; OSError if no port is free."""
    check_cases(cases, rules)
    yield from _run_documents([case for case in cases if case.document is not None], rules)
    sites = sorted((case for case in cases if case.document is None), key=_run_of)
    for _, together in groupby(sites, key=_run_of):
        yield from _run_sites(list(together), rules)


def check_cases(cases: Sequence[Case], rules: Rules) -> None:
    """Check that the rules know what cases name. Raises InputError with a line per unknown edition, item or element."""
    faults: list[str] = []
    kinds = {kind.id for kind in rules.agency_kinds}
    for case in cases:
        if case.agency not in kinds:
            faults.append(f"{case.folder}: no kind of agency {case.agency!r} in the rules")
        try:
            edition = pick_edition(rules, case.edition)
            check_items(edition, [expected.item for expected in case.expected])
        except InputError as error:
            faults.extend(f"{case.folder}: {line}" for line in error.lines)
            continue
        for expected in case.expected:
            unknown = expected.elements.keys() - {element.id for element in edition.item(expected.item).elements}
            faults.extend(f"{case.folder}: {expected.item} has no element {name!r}" for name in sorted(unknown))
    if faults:
        raise InputError(faults)


def figures_of(results: Iterable[Result]) -> tuple[Figures, ...]:
    """Count the grades per kind, in alphabetical order of the kinds."""
    counts = Counter((result.case.kind, result.grade) for result in results)
    kinds = sorted({kind for kind, _ in counts})
    return tuple(
        Figures(kind, counts[kind, Grade.RIGHT], counts[kind, Grade.WRONG], counts[kind, Grade.REVIEW])
        for kind in kinds
    )


def compare_case(case: Case, verdicts: Mapping[str, Verdict]) -> Result:
    """Grade the verdicts of a case, by item id."""
    differences: list[str] = []
    said: list[str] = []

    def note(what: str, allowed: tuple[str, ...], status: str) -> None:
        if status not in allowed:
            said.append(status)
            differences.append(f"{what} is {status}, right is {' or '.join(allowed)}")

    for expected in case.expected:
        verdict = verdicts[expected.item]
        note(expected.item, expected.statuses, verdict.status.value)
        found = {finding.element: finding.status.value for finding in verdict.findings}
        for element, allowed in expected.elements.items():
            note(f"{expected.item} {element}", allowed, found.get(element, "absent"))
    if not differences:
        return Result(case, Grade.RIGHT)
    asks = all(status == ItemStatus.REVIEW for status in said)
    return Result(case, Grade.REVIEW if asks else Grade.WRONG, tuple(differences))


def _run_documents(cases: Sequence[Case], rules: Rules) -> Iterator[Result]:
    if not cases:
        return
    pool = ReaderPool(1)
    try:
        for case in cases:
            assert case.document is not None
            edition, lexicon = rules.edition(case.edition), dict(rules.lexicon)
            item = case.expected[0].item
            found = check_file(case.document, item, edition, case.as_of, lexicon, case.agency, pool)
            yield compare_case(case, {item: found.verdict})
    finally:
        pool.close()


def _run_of(case: Case) -> tuple[int, str]:
    return case.edition, case.as_of.isoformat()


def _run_sites(cases: Sequence[Case], rules: Rules) -> Iterator[Result]:
    """Crawl the sites of one edition and day in one run, then judge each. They are numbered: names may be alike."""
    edition, as_of = rules.edition(cases[0].edition), cases[0].as_of
    names = {f"site-{number}": case for number, case in enumerate(cases)}
    sites = {name: ServedSite(case.folder / SITE_FOLDER, {"paths": case.server or {}}) for name, case in names.items()}
    with tempfile.TemporaryDirectory(prefix="oit-cases-") as folder, SiteServers(sites) as servers:
        agencies = tuple(Agency(name, case.name, servers.urls[name], case.agency) for name, case in names.items())
        settings = Settings(as_of=as_of, edition=edition.year, data=Path(folder), allow_local=True, scrapy=_FAST)
        plan = RunPlan(settings, rules, edition, AgencyList("", agencies), agencies)
        store = Store(Path(folder))
        try:
            crawl_agencies(plan, store, lambda progress: None)
            for agency in agencies:
                snapshot = store.load_snapshot(agency)
                if snapshot is None:
                    raise InputError(f"{names[agency.id].folder}: the crawl gave no snapshot")
                found = assess(snapshot, edition, as_of, dict(rules.lexicon)).verdicts
                yield compare_case(names[agency.id], {verdict.item: verdict for verdict in found})
        finally:
            store.close()
