"""What a job gave, in short: for a person on a terminal and for a program."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from core.models.assessment import Assessment
from core.models.snapshot import FetchOutcome
from core.rounding import format_points, round_points
from core.sanitize import sanitize_text
from oit.reporting.results import RunResult, could_check, shows_no_site, tally
from oit.run.staleness import age_text
from oit.run.standing import CheckedAgency

SCHEMA = "oit-summary/1"
_GAPS = ("incomplete", "outdated", "missing", "unreachable")


def as_json(outcome: RunResult, page: str | None = None) -> dict[str, object]:
    """The summary that `--json` prints; `page` is the province's page if one was written."""
    job = outcome.job
    found: dict[str, object] = {
        "schema": SCHEMA,
        "edition": job.edition.year,
        "as_of": job.settings.as_of.isoformat(),
        "province": sanitize_text(job.agencies.province),
        "unchecked": [a.agency.id for a in outcome.unchecked],
        "agencies": [_agency(judged) for judged in outcome.judged],
    }
    return found | ({"index": page} if page else {})


def _agency(judged: CheckedAgency) -> dict[str, object]:
    assessment = judged.assessment
    crawl = assessment.crawl
    return {
        "id": assessment.agency.id,
        "name": sanitize_text(assessment.agency.name),
        "checked": not judged.problem and could_check(assessment),
        "stale": crawl.stale,
        "age_days": crawl.age_days,
        "stale_cause": crawl.stale_cause or None,
        "complete": crawl.complete,
        "stopped_by": crawl.stopped_by,
        "pages": crawl.pages,
        "documents": crawl.documents,
        "failed": crawl.failed,
        "score": {"lowest": _rounded(assessment.score.lowest), "highest": _rounded(assessment.score.highest)},
        "statuses": dict(tally(assessment)),
    } | ({"problem": judged.problem} if judged.problem else {})


def _rounded(value: float | None) -> float | None:
    return None if value is None else round_points(value)


def as_table(outcome: RunResult) -> Table:
    """A row per agency: its score's interval, its gaps, what could not be decided."""
    job = outcome.job
    title = f"edition {job.edition.name}, as of {job.settings.as_of.isoformat()}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("agency", overflow="fold")
    for name in ("lowest", "highest", "complete", "gaps", "review", "unchecked"):
        table.add_column(name, justify="right")
    for judged in outcome.judged:
        score = judged.assessment.score
        counts = tally(judged.assessment)
        table.add_row(
            Text(judged.assessment.agency.id),
            *(format_points(value) for value in (score.lowest, score.highest)),
            str(counts.get("complete", 0)),
            str(sum(counts.get(status, 0) for status in _GAPS)),
            str(counts.get("review", 0)),
            str(counts.get("unchecked", 0)),
        )
    return table


def _why_unchecked(assessment: Assessment, problem: str) -> str:
    agency, crawl = assessment.agency.id, assessment.crawl
    if not problem and shows_no_site(assessment):
        cause = crawl.home_detail or "nothing_listed"
        return f"{agency}: its home page is not the agency's site ({cause}): nothing of it could be checked"
    detail = f": {crawl.home_detail}" if crawl.home_detail and not problem else ""
    # A home page that was read is not the cause; what ended the crawl is.
    cause = str(crawl.home_outcome if crawl.home_outcome is not FetchOutcome.OK else crawl.stopped_by or "")
    return f"{agency}: could not be checked ({problem or cause or 'nothing of it could be read'}{detail})"


def causes(outcome: RunResult) -> list[str]:
    """A line per agency that could not be checked, with the cause and the age of its last result."""
    problems = {j.assessment.agency.id: j.problem for j in outcome.judged}
    return [_why_unchecked(a, problems[a.agency.id]) for a in outcome.unchecked] + [
        f"{a.agency.id}: could not be read in the last run ({a.crawl.stale_cause}); {age_text(a.crawl)}"
        for a in outcome.stale
    ]
