"""Judging one document before it is published, as if the agency's site linked to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from checklist.assess import assess
from checklist.rules.model import Edition
from core.errors import InputError, first_line
from core.models.agency import Agency
from core.models.assessment import ElementStatus, ItemStatus, Verdict
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    Reading,
    ReadState,
    Resource,
    ResourceKind,
    Snapshot,
    StopReason,
    with_reading,
)
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from oit.run.job import check_items

_SITE = "https://check-file.invalid/"
MAX_BYTES = 48 << 20
PATIENCE = 600.0
"""Seconds; a long scan takes a few minutes to recognise."""
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
) -> FileVerdict:
    """Judge a file as the evidence of one item for an agency of `kind`. Raises InputError.

    `pool` reads it; without one a reader process is started and ended for this file alone."""
    (item_id,) = check_items(edition, [item_id]) or ("",)
    if not item_id:
        raise InputError("--item must name an item such as O12")
    body = _body(path)
    return judge_reading(path.name, body, _read(body, path.name, pool), edition, item_id, as_of, lexicon, kind)


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
    return FileVerdict(assess(snapshot, alone, when, lexicon).verdicts[0], reading)


def _body(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error


def _read(body: bytes, name: str, pool: ReaderPool | None) -> Reading:
    own = pool or ReaderPool(1)
    try:
        return own.submit(read_task(body, name)).result(timeout=PATIENCE)
    finally:
        if pool is None:
            own.close()


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
        FetchOutcome.OK,
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
