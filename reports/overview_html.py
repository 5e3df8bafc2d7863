"""The province's overview as a page."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Joint
from reports.agency_html import environment
from reports.messages import Messages
from reports.ordering import DOUBTS, GAPS
from reports.overview import rows_of, totals_of
from reports.overview_json import _listed
from reports.season import edition_notes


def overview_html(
    assessments: Sequence[Assessment],
    edition: Edition,
    province: str,
    messages: Messages,
    joint: Joint | None = None,
    files: Sequence[str] = (),
) -> str:
    """The province's page. `files` are the overview's other files beside it, to link to."""
    rows = rows_of(assessments, edition)
    as_of = max((a.as_of for a in assessments), default=None)
    page = environment().get_template("overview.html.j2")
    listed = [(s, _listed(rows, s)) for s in (*GAPS, *DOUBTS)]
    return page.render(
        rows=rows,
        edition=edition,
        province=province,
        m=messages,
        totals=totals_of(rows, edition),
        listed=[(status, found) for status, found in listed if found],
        joint=joint,
        files=files,
        agency_names={a.agency.id: a.agency.name for a in assessments},
        as_of=as_of,
        edition_notes=edition_notes(edition, as_of, messages) if as_of else (),
    )
