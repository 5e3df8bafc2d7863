"""Assessments stored beside the store: reports are written again without judging again, and a rule edit re-judges
only what it touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from checklist.incremental import Basis, Judgement
from core.atomic import write_changed
from core.models.assessment import Assessment


@dataclass(frozen=True, slots=True)
class CachedAssessment:
    """An assessment as it is stored. `mark` stands for the snapshot, the agency and the program that it was made of,
    `bases` (item id -> basis) for the rules."""

    assessment: Assessment
    mark: str = ""
    bases: Mapping[str, Basis] = field(default_factory=dict)

    def judgements(self) -> dict[str, Judgement]:
        """The verdicts with what they rest on, by item id."""
        verdicts = {verdict.item: verdict for verdict in self.assessment.verdicts}
        return {item: Judgement(verdicts[item], basis) for item, basis in self.bases.items() if item in verdicts}


_ADAPTER = TypeAdapter(CachedAssessment)


def _path(data: Path, edition: int, agency_id: str) -> Path:
    return data / "judged" / str(edition) / f"{agency_id}.json"


def save_assessment(data: Path, one: CachedAssessment) -> None:
    """Keep an agency's newest assessment of an edition. Raises OSError."""
    assessment = one.assessment
    write_changed(_path(data, assessment.edition, assessment.agency.id), _ADAPTER.dump_json(one))


def assessment_stamp(data: Path, edition: int, agency_id: str) -> str:
    """Return what tells two states of a kept assessment apart without reading it: empty if there is none."""
    try:
        state = _path(data, edition, agency_id).stat()
    except OSError:
        return ""
    return f"{state.st_mtime_ns}-{state.st_size}"


def load_assessment(data: Path, edition: int, agency_id: str) -> CachedAssessment | None:
    """The stored assessment; None if there is none or it is of an older form."""
    try:
        return _ADAPTER.validate_json(_path(data, edition, agency_id).read_bytes())
    except (OSError, ValidationError):
        return None
