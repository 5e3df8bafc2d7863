"""The report step: an agency's files are written when something that they say has changed, the province's pages are
made of rows. Whole assessments are unpacked a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from checklist.joint import assess_together
from core.errors import RUN_FAILED
from core.models.agency import Agency
from core.models.assessment import Assessment, CrawlSummary, Joint
from core.storage.store import Store
from documents.pool import ReaderPool
from oit.printing import AGENCY_PDFS, PROVINCE_PDFS, drop_pdfs, print_reports
from oit.reporting.results import AssessmentSpool, RunResult, whole_assessment
from oit.reporting.rows import ReportRows, digest_of
from oit.run.checking import check_each
from oit.run.evidence_images import PROCESSES, render_evidence_images
from oit.run.job import RunPlan, edition_of, office_template
from oit.run.overlay import load_changes, load_spans
from oit.run.staleness import ResultAges
from reports.agency_html import Sender
from reports.messages import thai
from reports.ordering import GAPS
from reports.writer import (
    AGENCY_FORMATS,
    AgencyMaterial,
    ProvinceMaterial,
    Unwritten,
    embed_pictures,
    program_digest,
    write_agency,
    write_province,
)

_KIND = "reported"
_AT_ONCE = 16
"""Whole assessments in memory at once, up to 1 MB each; their pictures are drawn together."""
_TOGETHER = 200
"""Agencies of a list whose pages say who else lacks an item. In a longer one that would change every page each night,
and is no assessed unit."""


@dataclass(frozen=True, slots=True)
class WrittenReports:
    """The province's page, the agencies whose earlier report stays because a new one could not be made or written, and
    how many agencies' files were written."""

    page: Path
    unwritten: tuple[Unwritten, ...]
    written: int = 0
    list_fault: str = ""
    """One line about a file of the whole list whose place is taken or kept from us, or empty."""

    @property
    def problem(self) -> str:
        """One line if files could not be put in their place, else empty."""
        ours = [one for one in self.unwritten if one.is_ours]
        more = f", and of {len(ours) - 1} more agencies" if len(ours) > 1 else ""
        lines = [f"reports of {ours[0].agency} could not be written ({ours[0].why}){more}"] if ours else []
        if self.list_fault:
            lines.append(f"a file of the whole list could not be written ({self.list_fault})")
        return "; ".join(lines)

    def exit_status(self, judged: int) -> int:
        """That of a run whose judging ended with `judged`: 3 if files could not be put in their place, 1 if a site's
        reports could not be made."""
        return RUN_FAILED if self.problem else 1 if self.unwritten else judged


@dataclass(frozen=True, slots=True)
class _Due:
    """An agency whose files are to be written, and what stands for all that they will say."""

    row: Assessment
    shown: str


class ReportDesk:
    """Writes reports of one list's agencies to one folder. `rows` are the agencies' rows, `spool` has whole assessments
    that are not kept. Used by one thread."""

    def __init__(
        self,
        job: RunPlan,
        store: Store,
        rows: ReportRows,
        joint: Joint | None,
        spool: AssessmentSpool | None = None,
    ) -> None:
        self._job = job
        self._store = store
        self._rows = rows
        self._spool = spool or AssessmentSpool()
        self._root = job.settings.out / str(job.edition.year)
        self._prefix = f"{digest_of(str(self._root.resolve()))[:16]}/"
        self._reported = store.cache.all(_KIND, self._prefix)
        self._names = {agency.id: agency.name for agency in job.agencies.agencies}
        self._pool = ReaderPool(PROCESSES)
        self._template = office_template(job.settings.templates)
        self._printed = tuple(AGENCY_PDFS) if job.settings.pdf else ()
        self._sender = Sender.of(job.agencies.province, job.agencies.settings)
        said = (self._template, self._printed, self._sender, job.agencies.settings.english)
        self._how = digest_of(program_digest(), repr(said))
        self._joint = joint if len(self._names) <= _TOGETHER else None
        self._joint_items = {item.item: item for item in self._joint.items} if self._joint is not None else {}

    def close(self) -> None:
        """End the processes that draw."""
        self._pool.close()

    def write(self, rows: Iterable[Assessment]) -> tuple[int, tuple[Unwritten, ...]]:
        """Write the files of those agencies, given as rows with their age, of which something new is to be said.
        Returns how many were written and those whose files could not be. Raises OSError."""
        written, unwritten = 0, list[Unwritten]()
        due = self._due(rows)
        while batch := tuple(islice(due, _AT_ONCE)):
            failed = self._write_batch(batch)
            written += len(batch) - len(failed)
            unwritten += failed
        return written, tuple(unwritten)

    def _due(self, rows: Iterable[Assessment]) -> Iterator[_Due]:
        for row in rows:
            shown = self._shown(row)
            if self._reported.get(row.agency.id) != f"{shown} {self._files(row.agency)}".encode():
                yield _Due(row, shown)

    def _shown(self, row: Assessment) -> str:
        """What stands for all that an agency's files say."""
        stamp = self._rows.stamp(row.agency, self._spool.folder_of(row.agency.id))
        others = []
        for verdict in row.verdicts if not row.scheme else ():
            part = self._joint_items.get(verdict.item)
            if part is not None and verdict.status in GAPS:
                others.append((round(part.cost, 6), [self._names.get(name, name) for name in part.lacking]))
        return digest_of(self._how, stamp, _crawl_text(row.crawl), repr(others))

    def _files(self, agency: Agency) -> str:
        """The state of an agency's files; empty if one is not there."""
        found = []
        for name in AGENCY_FORMATS:
            try:
                state = (self._root / agency.id / name).stat()
            except OSError:
                return ""
            found.append(f"{state.st_mtime_ns}-{state.st_size}")
        return digest_of(*found)

    def _write_batch(self, batch: Sequence[_Due]) -> list[Unwritten]:
        whole = [self._whole(due) for due in batch]
        pictures = render_evidence_images(self._job.settings.out, whole, self._store, self._pool)
        changes, spans = load_changes(whole, self._store), load_spans(whole, self._store)
        unwritten = dict[str, Unwritten]()
        for one in whole:
            material = AgencyMaterial(
                one,
                edition_of(one.agency, self._job.edition, self._job.rules.editions),
                thai(),
                embed_pictures(self._root / one.agency.id, pictures.get(one.agency.id, {})),
                changes.get(one.agency.id, {}),
                self._joint if not one.scheme else None,
                self._names,
                template=self._template,
                printed=self._printed,
                spans=spans.get(one.agency.id, {}),
                sender=self._sender,
                in_english=self._job.agencies.settings.english,
            )
            failed = write_agency(self._root, material)
            if failed is not None:
                unwritten[failed.agency] = failed
        make_pdfs = print_reports if self._printed else drop_pdfs
        in_place = [due.row.agency.id for due in batch if due.row.agency.id not in unwritten]
        make_pdfs(self._root, in_place, province=False)
        for due, one in zip(batch, whole, strict=True):
            if one.agency.id in unwritten:
                continue
            mark = f"{due.shown} {self._files(one.agency)}".encode()
            self._reported[one.agency.id] = mark
            self._store.cache.put(_KIND, self._prefix + one.agency.id, mark)
        return list(unwritten.values())

    def _whole(self, due: _Due) -> Assessment:
        found = whole_assessment(self._job, due.row.agency.id, self._spool)
        if found is None:
            return due.row
        # How old it is and why was found out for the row.
        return replace(self._rows.decide(found), crawl=due.row.crawl, notes=due.row.notes)


class WholeResults:
    """The whole assessments of a run, as people decided them and with their age; read anew whenever they are gone
    through, so that a country's are never held together. Of an agency whose check failed there is its row."""

    def __init__(self, outcome: RunResult, store: Store) -> None:
        self._outcome = outcome
        self._rows = ReportRows(outcome.job, store)

    def __iter__(self) -> Iterator[Assessment]:
        for judged in self._outcome.judged:
            row = judged.assessment
            name = row.agency.id
            found = None if judged.problem else whole_assessment(self._outcome.job, name, self._outcome.spool)
            # How old it is and why was found out for the row.
            yield row if found is None else replace(self._rows.decide(found), crawl=row.crawl, notes=row.notes)


def _crawl_text(crawl: CrawlSummary) -> str:
    """What is said of a crawl; the same however its times were unpacked."""
    return "\n".join(str(getattr(crawl, name)) for name in CrawlSummary.__slots__)


def write_all_reports(outcome: RunResult) -> WrittenReports:
    """Write the reports of the whole list: fresh verdicts where there are some, else the stored ones. Files that would
    say what they say already are left alone."""
    job = outcome.job
    store = Store(job.settings.data)
    try:
        rows, ages = ReportRows(job, store), ResultAges(store)
        found = {one.assessment.agency.id: one.assessment for one in outcome.judged}
        others = [agency for agency in job.agencies.agencies if agency.id not in found]
        for agency in others:
            row = rows.row(agency)
            if row is not None:
                found[agency.id] = ages.mark(row)
        for one in check_each(job, [agency for agency in others if agency.id not in found]):
            outcome.spool.add(one.assessment)
            found[one.assessment.agency.id] = ages.mark(rows.shorten_row(one.assessment))
        rows.flush()
        whole = [found[agency.id] for agency in job.agencies.agencies]
        joint = joint_of(job, found)
        desk = ReportDesk(job, store, rows, joint, outcome.spool)
        try:
            written, unwritten = desk.write(whole)
        finally:
            desk.close()
    finally:
        store.close()
    sectors = {e.scheme: e for e in job.rules.editions if e.scheme and e.year == job.edition.year}
    root = job.settings.out / str(job.edition.year)
    printed = tuple(PROVINCE_PDFS) if job.settings.pdf else ()
    template = office_template(job.settings.templates)
    province = job.agencies.province
    material = ProvinceMaterial(whole, job.edition, province, thai(), joint, sectors, template, printed)
    list_fault = write_province(root, material)
    make_pdfs = print_reports if printed else drop_pdfs
    make_pdfs(root, ())
    return WrittenReports(root / "index.html", unwritten, written, list_fault)


def joint_of(job: RunPlan, rows: Mapping[str, Assessment]) -> Joint | None:
    """Return what the list's agencies are worth together, of those that have a row. Who answers a list of its sector is
    assessed there, not with the others."""
    found = (rows.get(agency.id) for agency in job.agencies.agencies)
    together = [row for row in found if row is not None and not row.scheme]
    return assess_together(together, job.edition) if len(together) > 1 else None
