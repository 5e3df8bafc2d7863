"""Evidence pictures beside the reports: crops of PDF pages and pictures with the quote marked.

What is shown is decided here, drawing is done by a reader process with limits (documents/evidence_crops.py),
since the documents are hostile. A picture's name says which body, page and quotes it shows, so that an unchanged
night draws none again.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from core.atomic import write_atomic
from core.errors import is_of_one_file
from core.models.assessment import Assessment, ElementStatus, Finding, ItemStatus, Quote, Verdict
from core.storage.store import Store
from documents.base import ReadLimits
from documents.crop_tasks import CropTask
from documents.highlight import Highlight
from documents.pool import ReaderPool

_log = logging.getLogger(__name__)
FOLDER = "pictures"
_RECIPE = "1"
"""Raised whenever pictures are drawn otherwise."""
_KIND = "no-picture"
"""What the store remembers of pictures that cannot be drawn."""
_SECTION = ("problems", "suggestions")
_SETTLED = (ItemStatus.COMPLETE, ItemStatus.NOT_DUE, ItemStatus.EXEMPT)
_PER_AGENCY = 30
_QUOTES = 2
PROCESSES = 2
"""Documents that are drawn from at once."""
_AHEAD = 2 * PROCESSES
"""Documents that wait for it: those of an object store are held in memory, up to 48 MB each."""
_LIMITS = ReadLimits(seconds=30, memory=768 << 20)

Pictures = Mapping[tuple[str, str], str]
"""Item and element -> the picture's address, relative to the agency's folder."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One picture: what it shows and where it will lie."""

    item: str
    element: str
    body: str
    """SHA-256 of the document."""
    marks: tuple[Highlight, ...]

    @property
    def name(self) -> str:
        """A file name made of nothing that comes from the web."""
        shown = json.dumps([_RECIPE, [(m.quote, m.bbox) for m in self.marks]])
        return f"{self.body[:16]}-p{self.marks[0].page}-{sha256(shown.encode('utf-8', 'replace')).hexdigest()[:10]}.png"


def render_evidence_images(
    out: Path, assessments: Sequence[Assessment], store: Store, pool: ReaderPool | None = None
) -> dict[str, Pictures]:
    """Draw what is missing in OUT/<edition>/<agency>/pictures/ and clear away what is shown no longer.

    `pool` is for who draws often: its processes stay. Returns the pictures by agency. A document that cannot be drawn
    has none. Raises OSError if files cannot be written."""
    found: dict[str, Pictures] = {}
    todo: dict[tuple[Path, str], list[_Wanted]] = {}
    wanted = {a.agency.id: (_folder(out, a), tuple(_wanted(a))) for a in assessments}
    for folder, pictures in wanted.values():
        for picture in pictures:
            known = (folder / picture.name).exists() or store.cache_get(_KIND, picture.name) is not None
            if not known and store.has_body(picture.body):
                todo.setdefault((folder, picture.body), []).append(picture)
    if todo:
        drawing = pool or ReaderPool(min(PROCESSES, len(todo)))
        try:
            _draw_all(todo, store, drawing)
        finally:
            if drawing is not pool:
                drawing.close()
    for agency, (folder, pictures) in wanted.items():
        names = {p.name for p in pictures if (folder / p.name).exists()}
        found[agency] = {(p.item, p.element): f"{FOLDER}/{p.name}" for p in pictures if p.name in names}
        if folder.is_dir():
            for path in folder.glob("*.png"):
                if path.name not in names:
                    with _skipping(path):
                        path.unlink(missing_ok=True)
    return found


def picture_names(assessment: Assessment) -> Pictures:
    """Return where the pictures of an assessment would be, whether they were drawn or not."""
    return {(p.item, p.element): f"{FOLDER}/{p.name}" for p in _wanted(assessment)}


def picture_marks(verdict: Verdict) -> dict[str, tuple[Highlight, ...]]:
    """Return by element what the pictures of one verdict's findings show; elements without a page have none."""
    return {wanted.element: wanted.marks for wanted in _of_verdict(verdict)}


def _folder(out: Path, assessment: Assessment) -> Path:
    return out / str(assessment.edition) / assessment.agency.id / FOLDER


def _draw_all(todo: Mapping[tuple[Path, str], list[_Wanted]], store: Store, pool: ReaderPool) -> None:
    under_way: deque[tuple[Path, list[_Wanted], Future[tuple[bytes | None, ...]]]] = deque()
    for (folder, body), pictures in todo.items():
        source = store.body_source(body)
        if source is None:
            continue
        # Pictures of one document are drawn together: opening a large scan takes longer than a page of it.
        work = CropTask(source, tuple(p.marks for p in pictures), _LIMITS)
        under_way.append((folder, pictures, pool.submit(work)))
        while len(under_way) > _AHEAD:
            _take(*under_way.popleft(), store)
    for folder, pictures, future in under_way:
        _take(folder, pictures, future, store)


def _take(folder: Path, pictures: Sequence[_Wanted], future: Future[tuple[bytes | None, ...]], store: Store) -> None:
    for picture, data in zip(pictures, future.result(), strict=True):
        if data is None:
            store.cache_put(_KIND, picture.name, b"")
        elif data and not (folder / picture.name).exists():
            with _skipping(folder / picture.name):
                write_atomic(folder / picture.name, data)


@contextmanager
def _skipping(path: Path) -> Iterator[None]:
    """Leave a picture as it is whose place is taken or kept from us: no other agency's report depends on it."""
    try:
        yield
    except OSError as error:
        if not is_of_one_file(error):
            raise
        _log.warning("%s: the picture is left as it is (%s)", path, error.strerror)


def _wanted(assessment: Assessment) -> Iterator[_Wanted]:
    """The pictures that a report shows: what the section's findings rest on, and those of items with a gap."""
    count = 0
    for verdict in _dearest_first(assessment.verdicts):
        for picture in _of_verdict(verdict):
            yield picture
            count += 1
            if count >= _PER_AGENCY:
                return


def _of_verdict(verdict: Verdict) -> Iterator[_Wanted]:
    bodies = {e.url: e.sha256 for e in verdict.evidence if e.sha256 and _drawable(e.content_type)}
    for finding in verdict.findings:
        picture = _of_finding(verdict, finding, bodies)
        if picture is not None:
            yield picture


def _dearest_first(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda v: (v.status in _SETTLED, -v.cost))


def _drawable(content_type: str) -> bool:
    return content_type == "application/pdf" or content_type.startswith("image/")


def _of_finding(verdict: Verdict, finding: Finding, bodies: Mapping[str, str]) -> _Wanted | None:
    if finding.element not in _SECTION and (verdict.status in _SETTLED or finding.status is ElementStatus.PRESENT):
        return None
    quotes = [q for q in finding.quotes if q.url in bodies and (q.page or q.bbox) and (q.quote or q.bbox)]
    if not quotes:
        return None
    first = quotes[0]
    near = [q for q in quotes if (q.url, q.page) == (first.url, first.page)][:_QUOTES]
    return _Wanted(verdict.item, finding.element, bodies[first.url], tuple(map(_mark, near)))


def _mark(quote: Quote) -> Highlight:
    mark = Highlight(quote.page or 1, quote.quote)
    return mark if quote.bbox is None else replace(mark, bbox=quote.bbox)
