"""Assessments stored beside the store: reports are written again without judging again, and a rule edit re-judges
only what it touches."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from checklist.incremental import Basis, Judgement
from core.errors import StoreError
from core.models.assessment import Assessment
from core.storage.objects.base import open_objects
from core.storage.patience import try_again


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


_SUFFIX = ".json"
_PAGES = ".pages"
"""Of what the site's pages list, beside the assessment: see checklist.candidates.page_index."""


def _folder(edition: int) -> str:
    return f"judged/{edition}"


def _name(edition: int, agency_id: str, suffix: str = _SUFFIX) -> str:
    return f"{_folder(edition)}/{agency_id}{suffix}"


def save_assessment(data: Path, one: CachedAssessment) -> None:
    """Keep an agency's newest assessment of an edition. Raises OSError or StoreError."""
    name = _name(one.assessment.edition, one.assessment.agency.id)
    packed, objects = _ADAPTER.dump_json(one), open_objects(data)
    try_again(lambda: objects.write(name, packed))


def save_pages(data: Path, edition: int, agency_id: str, packed: bytes) -> None:
    """Keep what the pages of an agency's site list. It only saves time: what cannot be kept is read again."""
    with suppress(OSError, StoreError):
        open_objects(data).write(_name(edition, agency_id, _PAGES), packed)


def load_pages(data: Path, edition: int, agency_id: str) -> bytes | None:
    """Return what `save_pages` kept, None if nothing. Raises StoreError."""
    return open_objects(data).read(_name(edition, agency_id, _PAGES))


def assessment_stamp(data: Path, edition: int, agency_id: str) -> str:
    """Return what tells two states of a kept assessment apart without reading it: empty if there is none."""
    return open_objects(data).stamp(_name(edition, agency_id))


def assessment_stamps(data: Path, edition: int) -> dict[str, str]:
    """Return the same of all kept assessments of an edition, by agency id: one listing for any number of them."""
    found = open_objects(data).stamps(_folder(edition))
    return {name.removesuffix(_SUFFIX): stamp for name, stamp in found.items() if name.endswith(_SUFFIX)}


def load_assessment(data: Path, edition: int, agency_id: str) -> CachedAssessment | None:
    """The stored assessment; None if there is none or it is of an older form. Raises StoreError."""
    packed = open_objects(data).read(_name(edition, agency_id))
    if packed is None:
        return None
    try:
        return _ADAPTER.validate_json(packed)
    except ValidationError:
        return None
