"""report.html: one agency's gap report for its webmaster. Self-contained, prints on A4, reads on a phone."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checklist.rules.model import Edition
from oit.model import Assessment, ItemStatus
from reports.advice import advise
from reports.clean import clean, safe_url, shown_url
from reports.gaps import gap_number, sort_verdicts
from reports.messages import Messages

_BE = 543


def report_html(assessment: Assessment, edition: Edition, messages: Messages) -> str:
    """The page as text."""
    groups = sort_verdicts(assessment)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            a=assessment,
            edition=edition,
            groups=groups,
            m=messages,
            advice={v.item: advise(v, edition, messages) for v in assessment.verdicts},
            number={v.item: gap_number(assessment, v) for v in assessment.verdicts},
            counts=[(s, sum(v.status is s for v in assessment.verdicts)) for s in ItemStatus],
            style=style(),
        )
    )


def style() -> str:
    """The style sheet that both pages carry in themselves."""
    return Path(__file__).with_name("templates").joinpath("style.css").read_text("utf-8")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja with escaping on for everything, and the filters for hostile text."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(clean=clean, safe_url=safe_url, shown_url=shown_url, thai_date=_thai_date, points=_points)
    return made


def _thai_date(value: date | None) -> str:
    """A date as Thai offices write it in figures, day/month/Buddhist year; with the time if there is one."""
    if value is None:
        return "-"
    day = f"{value.day}/{value.month}/{value.year + _BE}"
    return f"{day} {value:%H:%M} UTC" if isinstance(value, datetime) else day


def _points(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
