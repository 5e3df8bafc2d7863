"""All reports of a few agencies at once, as the report step writes them one by one (oit/reporting/desk.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from checklist.rules.model import Edition
from core.models.assessment import Assessment
from reports.agency_html import NO_PICTURES, NOBODY, Pictures, Sender
from reports.messages import thai
from reports.writer import (
    AgencyMaterial,
    ProvinceMaterial,
    Unwritten,
    embed_pictures,
    write_agency,
    write_province,
)


def write_reports(
    out: Path,
    assessments: Sequence[Assessment],
    edition: Edition,
    province: str,
    pictures: Mapping[str, Pictures] = NO_PICTURES,
    sender: Sender = NOBODY,
) -> tuple[Unwritten, ...]:
    """Write the reports of these agencies and the province's pages below an edition's folder of `out`."""
    root = out / str(edition.year)
    names = {one.agency.id: one.agency.name for one in assessments}
    unwritten = []
    for assessment in assessments:
        shown = embed_pictures(root / assessment.agency.id, pictures.get(assessment.agency.id, {}))
        material = AgencyMaterial(assessment, edition, thai(), shown, {}, agency_names=names, sender=sender)
        unwritten.append(write_agency(root, material))
    write_province(root, ProvinceMaterial(assessments, edition, province, thai(), None, {}))
    return tuple(one for one in unwritten if one is not None)
