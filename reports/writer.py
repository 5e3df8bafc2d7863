"""All reports of one night: each file whole or not at all, each agency on its own."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from checklist.rules.model import Edition
from core.atomic import write_atomic
from core.errors import first_line
from core.models.assessment import Assessment, Joint
from reports.agency_html import NO_PICTURES, Pictures, report_html
from reports.agency_json import report_json
from reports.agency_xlsx import report_xlsx
from reports.messages import Messages, thai
from reports.overview_html import overview_html
from reports.overview_json import overview_json
from reports.overview_xlsx import overview_xlsx

_log = logging.getLogger(__name__)
NO_SECTORS: Mapping[str, Edition] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Unwritten:
    """An agency whose reports could not be made, and why, in one line."""

    agency: str
    why: str


def write_reports(
    out: Path,
    assessments: Sequence[Assessment],
    edition: Edition,
    province: str,
    pictures: Mapping[str, Pictures] = NO_PICTURES,
    joint: Joint | None = None,
    *,
    sectors: Mapping[str, Edition] = NO_SECTORS,
) -> tuple[Unwritten, ...]:
    """Write OUT/<edition>/<agency-id>/report.{json,html,xlsx} and the province's overview. `pictures` are those of
    each agency that lie in its folder already, `joint` what they are worth together, `sectors` the editions of those
    that are judged by their sector's list, by scheme.

    An agency whose report cannot be made is logged and returned; its earlier report stays, its row in the
    overview is there. Raises OSError if files cannot be written."""
    messages = thai()
    root = out / str(edition.year)
    unwritten = []
    for assessment in assessments:
        try:
            files = _report_files(
                assessment, sectors.get(assessment.scheme, edition), messages, pictures.get(assessment.agency.id, {})
            )
        except Exception as error:  # whatever a hostile site broke, it harms its own report only
            why = f"{type(error).__name__}: {first_line(error)}"
            _log.error("%s: the report could not be made (%s)", assessment.agency.id, why)
            unwritten.append(Unwritten(assessment.agency.id, why))
            continue
        for name, body in files.items():
            write_atomic(root / assessment.agency.id / name, body)
    write_atomic(root / "overview.json", _json(overview_json(assessments, edition, province, joint)))
    write_atomic(root / "overview.xlsx", overview_xlsx(assessments, edition, province, messages, joint))
    write_atomic(root / "index.html", _text(overview_html(assessments, edition, province, messages, joint)))
    return tuple(unwritten)


def _report_files(assessment: Assessment, edition: Edition, messages: Messages, pictures: Pictures) -> dict[str, bytes]:
    return {
        "report.json": _json(report_json(assessment, edition, messages)),
        "report.html": _text(report_html(assessment, edition, messages, pictures)),
        "report.xlsx": report_xlsx(assessment, edition, messages),
    }


def _json(data: object) -> bytes:
    return _text(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _text(text: str) -> bytes:
    # Lone surrogates come out of broken documents; no file can hold them.
    return text.encode("utf-8", "replace")
