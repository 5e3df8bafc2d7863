"""The rows of a list's agencies, kept in the store: made anew only where an assessment, a decision or the rules have
changed, so that the pages of 8,303 agencies do not unpack 8,303 assessments."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from checklist.decisions import decide_assessment
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.models.decision import Decision
from core.storage.store import Store
from oit.run.assessment_cache import assessment_stamp, assessment_stamps, load_assessment
from oit.run.job import RunPlan, edition_of
from reports.rows.codec import ROW_FORM, decode_row, encode_row, shorten

_KIND = "report-rows"
_BATCH = 500


def digest_of(*parts: str) -> str:
    """Return what stands for texts."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


class ReportRows:
    """Rows as people decided them, without their age, and what each was made of. Used by one thread."""

    def __init__(self, job: RunPlan, store: Store) -> None:
        self._job = job
        self._store = store
        self._prefix = f"{job.edition.year}/"
        self._kept = store.cache.all(_KIND, self._prefix)
        self._new: dict[str, bytes] = {}
        self._stamps: dict[str, str] | None = None
        year = job.edition.year
        lists = [job.edition, *(e for e in job.rules.editions if e.year == year and e.scheme)]
        self._base = digest_of(ROW_FORM, *(edition.model_dump_json() for edition in lists))
        self._said = _decisions(job, store)

    def decisions_of(self, agency: Agency) -> Sequence[Decision]:
        """What people decided of an agency."""
        return self._said.get(agency.id, ())

    def decide(self, assessment: Assessment) -> Assessment:
        """Return an assessment as people decided it."""
        edition = edition_of(assessment.agency, self._job.edition, self._job.rules.editions)
        return decide_assessment(assessment, edition, self.decisions_of(assessment.agency))

    def stamp(self, agency: Agency, folder: Path | None = None) -> str:
        """Return what stands for all that a row is made of; empty if no assessment is kept in the folder (the
        store's)."""
        file = self._file_stamp(agency.id) if folder is None else self._stamp_in(folder, agency.id)
        return digest_of(self._base, file, repr(agency), *map(repr, self.decisions_of(agency))) if file else ""

    def _file_stamp(self, agency_id: str) -> str:
        """The stamp of a kept assessment, as it was when the first was asked for: one listing, not a look at each."""
        if self._stamps is None:
            self._stamps = assessment_stamps(self._job.settings.data, self._job.edition.year)
        return self._stamps.get(agency_id, "")

    def _stamp_in(self, folder: Path, agency_id: str) -> str:
        return assessment_stamp(folder, self._job.edition.year, agency_id)

    def row(self, agency: Agency) -> Assessment | None:
        """Return the row of an agency's kept assessment; None if there is none of the agency as it is listed."""
        stamp = self.stamp(agency)
        if not stamp:
            return None
        return self._known(agency, stamp) or self._make(agency, stamp)

    def last_row(self, agency: Agency) -> Assessment | None:
        """Return the row that was kept last, whatever has changed since."""
        packed = self._kept.get(agency.id)
        return self._unpacked(agency, packed) if packed is not None else None

    def shorten_row(self, assessment: Assessment) -> Assessment:
        """Return the row of an assessment that is not kept."""
        return shorten(self.decide(assessment))

    def add(self, agency: Agency, decided: Assessment) -> Assessment:
        """Return the row of a whole assessment, which has just been kept."""
        row = shorten(decided)
        if self._stamps is not None:
            self._stamps[agency.id] = self._stamp_in(self._job.settings.data, agency.id)
        self._put(agency, self.stamp(agency), row)
        return row

    def flush(self) -> None:
        """Keep the rows that were made."""
        self._store.cache.put_all(_KIND, {self._prefix + name: packed for name, packed in self._new.items()})
        self._new.clear()

    def _known(self, agency: Agency, stamp: str) -> Assessment | None:
        packed = self._kept.get(agency.id)
        if packed is None or not packed.startswith(stamp.encode()):
            return None
        return self._unpacked(agency, packed)

    def _unpacked(self, agency: Agency, packed: bytes) -> Assessment | None:
        edition = edition_of(agency, self._job.edition, self._job.rules.editions)
        try:
            return decode_row(zlib.decompress(packed[len(digest_of()) :]).decode(), agency, edition)
        except (ValueError, KeyError, TypeError, zlib.error):
            return None

    def _make(self, agency: Agency, stamp: str) -> Assessment | None:
        found = load_assessment(self._job.settings.data, self._job.edition.year, agency.id)
        if found is None or found.assessment.agency != agency:
            return None
        row = shorten(self.decide(found.assessment))
        self._put(agency, stamp, row)
        return row

    def _put(self, agency: Agency, stamp: str, row: Assessment) -> None:
        edition = edition_of(agency, self._job.edition, self._job.rules.editions)
        text = encode_row(row, edition).encode("utf-8", "replace")
        packed = stamp.encode() + zlib.compress(text, 1)
        if packed != self._kept.get(agency.id):
            self._kept[agency.id] = self._new[agency.id] = packed
        if len(self._new) >= _BATCH:
            self.flush()


def _decisions(job: RunPlan, store: Store) -> Mapping[str, list[Decision]]:
    schemes = {agency.id: agency.scheme for agency in job.agencies.agencies}
    found: dict[str, list[Decision]] = defaultdict(list)
    for scheme in set(schemes.values()):
        for decision in store.decisions.standing((job.edition.year, scheme)):
            if schemes.get(decision.agency) == scheme:
                found[decision.agency].append(decision)
    return found
