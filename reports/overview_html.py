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

PAGE = 100
"""Agencies on a page of a list that is longer than `_ONE_PAGE`: 0.8 MB. 8,303 on one page were 64 MB."""
_ONE_PAGE = 150


def page_name(number: int) -> str:
    """Return the file of a page."""
    return "index.html" if number == 1 else f"index-{number}.html"


class OverviewPages:
    """The province's pages. `files` are the overview's other files beside them, to link to. Totals are those of the
    whole list on every page; they are counted once."""

    def __init__(
        self,
        assessments: Sequence[Assessment],
        edition: Edition,
        province: str,
        messages: Messages,
        joint: Joint | None = None,
        files: Sequence[str] = (),
    ) -> None:
        self._rows = rows_of(assessments, edition)
        self._edition = edition
        self._messages = messages
        as_of = max((a.as_of for a in assessments), default=None)
        self._values = {
            "edition": edition,
            "province": province,
            "m": messages,
            "totals": totals_of(self._rows, edition),
            "among": len(self._rows),
            "pages": [(each, page_name(each)) for each in range(1, len(self) + 1)],
            "joint": joint,
            "files": files,
            "agency_names": {a.agency.id: a.agency.name for a in assessments},
            "as_of": as_of,
            "edition_notes": edition_notes(edition, as_of, messages) if as_of else (),
        }

    def __len__(self) -> int:
        return 1 if len(self._rows) <= _ONE_PAGE else -(-len(self._rows) // PAGE)

    def page(self, number: int) -> str:
        """Return the page with this number, the first is 1."""
        rows = self._rows[(number - 1) * PAGE : number * PAGE] if len(self) > 1 else self._rows
        listed = [(status, found) for status in (*GAPS, *DOUBTS) if (found := _listed(rows, status))]
        template = environment().get_template("overview.html.j2")
        return template.render(
            rows=rows, listed=listed, here={status for status, _ in listed}, number=number, **self._values
        )  # fmt: skip
