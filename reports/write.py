"""All reports of one night, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from checklist.rules.model import Edition
from oit.files import write_whole
from oit.model import Assessment
from reports.html_report import report_html
from reports.json_report import report_json
from reports.messages import thai
from reports.overview import overview_html, overview_json, overview_xlsx
from reports.xlsx_report import report_xlsx


def write_reports(out: Path, assessments: Sequence[Assessment], edition: Edition, province: str) -> None:
    """Write OUT/<edition>/<agency-id>/report.{json,html,xlsx} and the province's overview. Raises OSError."""
    messages = thai()
    root = out / str(edition.year)
    for assessment in assessments:
        folder = root / assessment.agency.id
        write_whole(folder / "report.json", _json(report_json(assessment, edition, messages)))
        write_whole(folder / "report.html", report_html(assessment, edition, messages).encode("utf-8", "replace"))
        write_whole(folder / "report.xlsx", report_xlsx(assessment, edition, messages))
    write_whole(root / "overview.json", _json(overview_json(assessments, edition, province)))
    write_whole(root / "overview.xlsx", overview_xlsx(assessments, edition, province, messages))
    write_whole(
        root / "index.html",
        overview_html(assessments, edition, province, messages).encode("utf-8", "replace"),
    )


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
