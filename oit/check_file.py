"""Judging one document before it is published, as if the agency's site linked to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from checklist.assess import assess
from checklist.candidates.labels import ItemNames
from checklist.candidates.owners.other_items import other_title
from checklist.rules.model import Edition
from core.errors import InputError, first_line
from core.input_files import read_input
from core.models.agency import Agency
from core.models.assessment import ElementStatus, ItemStatus, Verdict
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    Reading,
    ReadNote,
    ReadState,
    Resource,
    ResourceKind,
    Snapshot,
    StopReason,
    Zone,
)
from core.processes import scratch_folder
from core.readings import with_reading
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from oit.run.job import check_items

_SITE = "https://check-file.invalid/"
MAX_BYTES = 48 << 20
PATIENCE = 600.0
"""Seconds; a long scan takes a few minutes to recognise."""
_STEPS = (0, 2, 6, 18, 54, 300)
"""Pages recognised by one reading more; between two readings the file is judged."""
_TELLING = 0.5
"""Seconds between two words on how far recognition is."""
_LIMITS = ReadLimits(seconds=PATIENCE - 30, ocr_pages=300)
"""There is no next night: the whole file is read at once."""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What one file is worth as the evidence of one item."""

    verdict: Verdict
    reading: Reading

    @property
    def fine(self) -> bool:
        """Whether the file can be published as it is."""
        return self.verdict.status is ItemStatus.COMPLETE

    @property
    def lacks(self) -> tuple[str, ...]:
        """Ids of elements that are missing or empty."""
        wanting = (ElementStatus.MISSING, ElementStatus.EMPTY)
        return tuple(f.element for f in self.verdict.findings if f.status in wanting)


def check_file(
    path: Path,
    item_id: str,
    edition: Edition,
    as_of: date,
    lexicon: dict[str, tuple[str, ...]],
    kind: str,
    pool: ReaderPool | None = None,
    on_progress: Callable[[int, int], None] = lambda done, among: None,
) -> FileVerdict:
    """Judge a file as the evidence of one item for an agency of `kind`. Raises InputError.

    `pool` reads it; without one a reader process is started and ended for this file alone. Pages are recognised, a few
    at a time, only while the answer depends on them; `on_progress` hears how many of how many that may need it."""
    (item_id,) = check_items(edition, [item_id]) or ("",)
    if not item_id:
        raise InputError("--item must name an item such as O12")
    body = _body(path)
    own = pool or ReaderPool(1)
    until = time.monotonic() + PATIENCE
    try:
        with scratch_folder() as folder:
            for step in _STEPS:
                reading = _read(_Request(body, path.name, step, folder), own, until, on_progress)
                found = judge_reading(path.name, body, reading, edition, item_id, as_of, lexicon, kind)
                if not _is_open(found):
                    break
            return found
    finally:
        if pool is None:
            own.close()


def _is_open(found: FileVerdict) -> bool:
    """Whether pages that wait for recognition may change the answer: the cover always may, it has the year."""
    reading = found.reading
    if reading.note is not ReadNote.OCR_QUEUED:
        return False
    asked = (finding.status for finding in found.verdict.findings)
    return found.verdict.status is not ItemStatus.COMPLETE or 1 in reading.unread_pages or ElementStatus.REVIEW in asked


def judge_reading(
    name: str,
    body: bytes,
    reading: Reading,
    edition: Edition,
    item_id: str,
    as_of: date,
    lexicon: dict[str, tuple[str, ...]],
    kind: str,
) -> FileVerdict:
    """Judge a file that was read already."""
    item = edition.item(item_id)
    # A file is shown before its day: what is not due yet is judged as if it were.
    when = max(as_of, date.fromisoformat(item.due)) if item.due else as_of
    snapshot = _snapshot(name, body, reading, item.id, kind)
    alone = edition.model_copy(update={"items": (item.model_copy(update={"exempt": ()}),)})
    verdict = assess(snapshot, alone, when, lexicon).verdicts[0]
    # The one item alone knows no other's title.
    told = other_title(ItemNames(edition.naming, lexicon), item, _as_document(snapshot.resources[-1]))
    if told is not None and verdict.status is ItemStatus.COMPLETE:
        verdict = replace(verdict, status=ItemStatus.REVIEW, reasons=(*verdict.reasons, told))
    return FileVerdict(verdict, reading)


def _as_document(resource: Resource) -> Resource:
    """A file as a document, whose first lines are its title: of a web page its content, not the menu above it."""
    content = tuple(block for block in resource.blocks if block.zone is Zone.CONTENT)
    return replace(resource, kind=ResourceKind.DOCUMENT, blocks=content)


def _body(path: Path) -> bytes:
    try:
        return read_input(path, MAX_BYTES)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error


@dataclass(frozen=True, slots=True)
class _Request:
    """One reading of a file: `pages` more of it are recognised, `folder` remembers those that were."""

    body: bytes
    name: str
    pages: int
    folder: Path


def _read(asked: _Request, pool: ReaderPool, until: float, on_progress: Callable[[int, int], None]) -> Reading:
    told = asked.folder / "progress"
    task = read_task(asked.body, asked.name, told)
    seconds = max(1.0, min(task.limits.seconds, until - time.monotonic() - 20))
    limits = replace(task.limits, ocr_pages=asked.pages, seconds=seconds)
    future = pool.submit(replace(task, limits=limits, cache=asked.folder))
    while True:
        try:
            return future.result(timeout=min(_TELLING, max(0.0, until - time.monotonic())))
        except TimeoutError:
            if time.monotonic() >= until:
                raise
            known = read_progress(told)
            if known is not None:
                on_progress(*known)


def read_progress(path: Path) -> tuple[int, int] | None:
    """How many pages of how many were recognised; None while there is nothing to recognise."""
    with suppress(OSError, ValueError):
        done, among = path.read_text("ascii")[:20].split()
        return min(int(done), int(among)), int(among)
    return None


def read_task(body: bytes, name: str, progress: Path | None = None) -> ReadTask:
    """Return the work of reading one file, with its limits, for a pool of reader processes. How many pages of a scan
    are recognised is written to `progress`."""
    return ReadTask(body, _address(name), "", name, replace(_LIMITS, progress=progress))


def _address(name: str) -> str:
    return _SITE + quote(name)


def _snapshot(name: str, body: bytes, reading: Reading, item: str, kind: str) -> Snapshot:
    """A site of two addresses: a page with one link, and the file behind it.

    The link has no words: a label made up here would prove what the file does not say."""
    now = datetime.now(UTC)
    url = _address(name)
    agency = Agency("check-file", "", _SITE, kind, declared={item: url})
    home = Resource(
        _SITE,
        FetchOutcome.OK,
        _SITE,
        ResourceKind.PAGE,
        "text/html",
        200,
        fetched=now,
        read_state=ReadState.READ,
        title="OIT",
        blocks=(Block(BlockKind.LIST_ITEM, name),),
        links=(Link(url, name, name, block=0),),
    )
    file = Resource(
        url,
        FetchOutcome.SOFT_404 if reading.note is ReadNote.NOT_FOUND_PAGE else FetchOutcome.OK,
        url,
        http_status=200,
        fetched=now,
        sha256=sha256(body).hexdigest(),
        size=len(body),
        found_via=(_SITE,),
        depth=1,
    )
    read = replace(with_reading(file, reading), content_type=reading.content_type)
    return Snapshot(agency, now, now, complete=True, stopped_by=StopReason.NONE, resources=(home, read))
