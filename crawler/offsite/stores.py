"""Evidence that lies outside the agency's site: which public stores are known, and how their bytes are got.

The table is data (offsite.yaml). What it names is asked once, through the same gate and robots.txt as everything
else, within a budget of the agency, and never followed further.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

import yaml

from core.models.snapshot import FetchOutcome, OffsiteReason, ReadNote, ReadState, Resource, ResourceKind
from core.readings import with_reading
from core.storage.codec import EncodedReading, decode_reading, encode_reading
from crawler.reading_tasks import ReadResult
from documents.sniff import sniff

_TABLE = Path(__file__).with_name("stores.yaml")
_SIGN_IN = re.compile(
    r"^https?://(?:accounts\.google\.com|login\.(?:live|microsoftonline|yahoo)\.com|(?:www\.)?dropbox\.com/login)", re.I
)
_ROBOT_TEST = re.compile(r"^https?://(?:www\.)?google\.com/sorry/", re.I)
_KEYS = frozenset({"store", "hosts", "path", "query", "direct", "add", "shape", "why"})
_SHAPES = frozenset({"file", "page", "short"})


class FileHostsError(ValueError):
    """The table of stores is not as it must be; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class FileHostLink:
    """Where an address leads. `direct` is the address of the bytes, empty if they are not to be had: then `why` says
    so. `shape` is file, page or short."""

    store: str
    direct: str = ""
    shape: str = ""
    why: OffsiteReason | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    store: str
    hosts: tuple[str, ...]
    path: re.Pattern[str] | None
    query: Mapping[str, re.Pattern[str]]
    direct: str
    add: Mapping[str, str]
    shape: str
    why: OffsiteReason | None


class FileHosts:
    """The known stores."""

    def __init__(self, entries: tuple[_Entry, ...]) -> None:
        self._entries = entries

    def recognise(self, url: str) -> FileHostLink | None:
        """The place that an http(s) address leads to, None for an unknown one."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https"):
            return None
        names = (parts.netloc.lower(), (parts.hostname or "").lower())
        for entry in self._entries:
            if any(_is_host(name, known) for name in names for known in entry.hosts):
                place = _place(entry, url)
                if place is not None:
                    return place
        return None


def load_file_hosts(path: Path = _TABLE) -> FileHosts:
    """The stores of a table. Raises FileHostsError."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, _: int) -> FileHosts:
    try:
        rows = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise FileHostsError(f"{path}: {str(error).splitlines()[0]}") from error
    if not isinstance(rows, list):
        raise FileHostsError(f"{path}: must be a list of stores")
    return FileHosts(tuple(_entry(path, number, row) for number, row in enumerate(rows, 1)))


def _entry(path: Path, number: int, row: Any) -> _Entry:
    where = f"{path}: entry {number}"
    if not isinstance(row, dict) or not set(row) <= _KEYS or not {"store", "hosts"} <= set(row):
        raise FileHostsError(f"{where}: needs store and hosts, and may have {', '.join(sorted(_KEYS))}")
    asked = "direct" in row or "add" in row
    if asked == ("why" in row) or (asked and row.get("shape") not in _SHAPES):
        raise FileHostsError(f"{where}: needs either why, or direct or add with a shape")
    try:
        return _Entry(
            str(row["store"]),
            tuple(str(h).lower() for h in row["hosts"]),
            re.compile(row["path"]) if "path" in row else None,
            {name: re.compile(value) for name, value in row.get("query", {}).items()},
            str(row.get("direct", "")),
            dict(row.get("add", {})),
            str(row.get("shape", "")),
            OffsiteReason(row["why"]) if "why" in row else None,
        )
    except (re.error, ValueError) as error:
        raise FileHostsError(f"{where}: {error}") from error


def _is_host(name: str, known: str) -> bool:
    return name == known.lstrip(".") or (known.startswith(".") and name.endswith(known))


def _place(entry: _Entry, url: str) -> FileHostLink | None:
    parts = urlsplit(url)
    match = entry.path.fullmatch(parts.path) if entry.path is not None else None
    if entry.path is not None and match is None:
        return None
    values = match.groupdict() if match is not None else {}
    asked = parse_qs(parts.query)
    for name, wanted in entry.query.items():
        given = asked.get(name, [""])[0]
        if not wanted.fullmatch(given):
            return None
        values[name] = given
    if entry.why:
        return FileHostLink(entry.store, why=entry.why)
    if entry.add:
        pairs = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n not in entry.add]
        query = urlencode([*pairs, *entry.add.items()])
        return FileHostLink(entry.store, urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")), entry.shape)
    share = base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")
    # Values come from an address: only the table's own text decides the host.
    return FileHostLink(
        entry.store, entry.direct.format_map({**values, "url": url, "share": f"u!{share}"}), entry.shape
    )


def leave_outside(resource: Resource, why: OffsiteReason | FetchOutcome | ReadNote | None = None) -> Resource:
    """A resource that stays outside, with the reason: for a person to open. Without one it is the outcome."""
    return replace(resource, outcome=FetchOutcome.OFF_SITE, detail=(why or resource.outcome).value)


def refusal(place: FileHostLink, final_url: str, body: bytes, content_type: str) -> OffsiteReason | FetchOutcome | None:
    """Why what a store answered with 200 is not the evidence; None if it may be."""
    if _SIGN_IN.match(final_url):
        return FetchOutcome.LOGIN
    if _ROBOT_TEST.match(final_url):
        return FetchOutcome.CHALLENGE
    if place.shape == "short":
        return OffsiteReason.UNKNOWN
    if place.shape == "file" and sniff(body, content_type) in ("html", "empty"):
        return OffsiteReason.PAGE
    return None


def read_outside(resource: Resource, parcel: ReadResult) -> tuple[Resource, EncodedReading | None]:
    """The resource and what is kept of its reading. A page there may hold more than one hop shows: it proves what it
    says, nothing else."""
    reading = parcel.reading
    if reading.kind is not ResourceKind.PAGE:
        return with_reading(resource, reading), parcel.packed
    if reading.note not in ("", ReadNote.OFF_SITE, ReadNote.SCRIPT_FILLED) or reading.state is ReadState.UNREAD:
        return leave_outside(resource, reading.note or ReadNote.UNREAD), None
    whole = replace(decode_reading(parcel.packed), state=ReadState.PARTIAL, note=ReadNote.OFF_SITE)
    return with_reading(resource, whole), encode_reading(whole)
