"""Assessments kept beside the store, so that reports can be written again without judging again."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from oit.files import write_whole
from oit.model import Assessment

_ADAPTER = TypeAdapter(Assessment)


def _path(data: Path, edition: int, agency_id: str) -> Path:
    return data / "judged" / str(edition) / f"{agency_id}.json"


def keep(data: Path, assessment: Assessment) -> None:
    """Keep an agency's newest assessment of an edition. Raises OSError."""
    write_whole(_path(data, assessment.edition, assessment.agency.id), _ADAPTER.dump_json(assessment))


def kept(data: Path, edition: int, agency_id: str) -> Assessment | None:
    """The kept assessment; None if there is none or it is of an older form."""
    try:
        return _ADAPTER.validate_json(_path(data, edition, agency_id).read_bytes())
    except (OSError, ValidationError):
        return None
