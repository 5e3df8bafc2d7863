"""Archives of one agency's night in the WARC format."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from contextlib import suppress
from http.client import responses as reasons
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from core.storage.store import Store


_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KIND = "warc"
"""Of what the store remembers here: payload digest, and address, -> where the payload was written in full."""
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_SMALL = 512
"""Bytes of a body below which a pointer to its twin takes more room than the body."""
_RECENT = 300
_PART = ".part"


class Archive:
    """One agency's WARC files of one run, in `folder` (named after the date). `size` is where a new file is begun,
    `agent` who asked, as the sites were told."""

    def __init__(self, folder: Path, agency_id: str, store: Store, size: int, agent: str) -> None:
        if not _NAME.fullmatch(agency_id):
            raise ValueError(f"not the id of an agency: {agency_id[:80]!r}")
        self._folder = folder
        self._agency = agency_id
        self._store = store
        self._size = size
        self._agent = agent
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._file: Any = None
        self._writer: Any = None
        self._recent: dict[str, str] = {}
        for left in sorted(folder.parent.glob(f"*/{agency_id}-*.warc.gz{_PART}")):
            if re.fullmatch(rf"{agency_id}-\d+\.warc\.gz{re.escape(_PART)}", left.name):
                salvage(left)

    def response(self, request: Request, response: Response) -> None:
        """Write one answer as it was received, and what was asked. Raises OSError."""
        body = response.body
        digest = _digest(body)
        with self._lock:
            self._open()
            headers = _http_headers(response)
            known = self._payload(request, response, digest)
            extra = {"WARC-IP-Address": str(response.ip_address)} if response.ip_address is not None else {}
            if "dataloss" in response.flags:
                extra["WARC-Truncated"] = "unspecified"
            if response.status == 304 or (known is not None and len(body) >= _SMALL):
                record = self._revisit(response, headers, known, extra)
            else:
                record = self._writer.create_warc_record(
                    response.url,
                    "response",
                    payload=BytesIO(body),
                    length=len(body),
                    http_headers=headers,
                    warc_headers_dict=extra,
                )
                known = self._here(response.url, digest, record)
            asked = self._writer.create_warc_record(
                response.url,
                "request",
                http_headers=_asked_headers(request),
                payload=BytesIO(request.body),
                length=len(request.body),
            )
            self._writer.write_request_response_pair(asked, record)
            if response.status == 304 and known is None:
                known = self._stored(request, response, record)
            if response.status in (200, 304) and known is not None:
                self._remember(_address_key(_link(request)), known)
            if record.rec_type == "response" and len(body) >= _SMALL:
                self._remember(digest, known)
            self._note(response.url, record)
            self._roll()

    def write_rendered(self, url: str, html: bytes) -> None:
        """Write a page as it was after its scripts ran. Raises OSError."""
        with self._lock:
            self._open()
            origin = self._recent.get(url)
            record = self._writer.create_warc_record(
                url,
                "conversion",
                payload=BytesIO(html),
                length=len(html),
                warc_content_type="text/html;charset=utf-8",
                warc_headers_dict={"WARC-Refers-To": origin} if origin else {},
            )
            self._writer.write_record(record)
            self._roll()

    def close(self) -> None:
        """Give the last file its name."""
        with self._lock:
            self._finish()

    # ------------------------------------------------------------------------------ records

    def _revisit(self, response: Response, headers: Any, known: dict[str, str] | None, extra: dict[str, str]) -> Any:
        fields = {**extra, "WARC-Profile": _NOT_MODIFIED if response.status == 304 else _SAME_PAYLOAD}
        if known is not None:
            fields["WARC-Payload-Digest"] = known["digest"]
            fields["WARC-Refers-To-Target-URI"] = known["uri"]
            fields["WARC-Refers-To-Date"] = known["date"]
        return self._writer.create_warc_record(response.url, "revisit", http_headers=headers, warc_headers_dict=fields)

    def _stored(self, request: Request, response: Response, revisit: Any) -> dict[str, str] | None:
        """Write the body that "not modified" speaks of, where no archive has it: from the store, decoded."""
        known = self._store.known(self._agency, _link(request))
        body = self._store.body(known.sha256) if known is not None else None
        if body is None:
            return None
        record = self._writer.create_warc_record(
            response.url,
            "resource",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type="application/octet-stream",
            warc_headers_dict={"WARC-Concurrent-To": revisit.rec_headers.get_header("WARC-Record-ID")},
        )
        self._writer.write_record(record)
        return self._here(response.url, _digest(body), record)

    def _payload(self, request: Request, response: Response, digest: str) -> dict[str, str] | None:
        """Where the same payload lies in full, if that file is still there."""
        key = _address_key(_link(request)) if response.status == 304 else digest
        packed = self._store.cache_get(_KIND, key)
        if packed is None:
            return None
        known: dict[str, str] = json.loads(packed)
        path = self._folder.parent / known["file"]
        there = path.exists() or path.with_name(path.name + _PART).exists()
        return known if there else None

    def _here(self, url: str, digest: str, record: Any) -> dict[str, str]:
        assert self._path is not None
        date = record.rec_headers.get_header("WARC-Date")
        return {"file": f"{self._folder.name}/{self._path.name}", "uri": url, "date": date, "digest": digest}

    def _remember(self, key: str, known: dict[str, str] | None) -> None:
        if known is not None:
            self._store.cache_put(_KIND, key, json.dumps(known).encode())

    def _note(self, url: str, record: Any) -> None:
        self._recent[url] = record.rec_headers.get_header("WARC-Record-ID")
        if len(self._recent) > _RECENT:
            self._recent.pop(next(iter(self._recent)))

    # ------------------------------------------------------------------------------ files

    def _open(self) -> None:
        if self._file is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while (path := self._folder / f"{self._agency}-{number}.warc.gz").exists():
            number += 1
        self._path = path
        self._file = path.with_name(path.name + _PART).open("wb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._writer.write_record(
            self._writer.create_warcinfo_record(
                path.name,
                {
                    "software": f"{self._agent.split()[0]} (warcio)",
                    "format": "WARC File Format 1.1",
                    "http-header-user-agent": self._agent,
                    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
                    "isPartOf": f"{self._agency}, night of {self._folder.name}",
                },
            )
        )

    def _roll(self) -> None:
        self._file.flush()
        if self._file.tell() >= self._size:
            self._finish()

    def _finish(self) -> None:
        if self._file is None or self._path is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.with_name(self._path.name + _PART).rename(self._path)
        self._file = self._path = self._writer = None


def open_archive(crawler: Crawler, agency_id: str, store: Store) -> Archive | None:
    """The archive that the settings ask for, if they do."""
    settings = crawler.settings
    if not settings["OIT_WARC"]:
        return None
    size = settings.getint("OIT_WARC_MB") << 20
    return Archive(Path(settings["OIT_WARC"]), agency_id, store, size, settings["USER_AGENT"])


def salvage(part: Path) -> Path | None:
    """Cut an unfinished file after its last whole record and give it its name; None if it has no answer in it."""
    end = records = 0
    with part.open("r+b") as file:
        reader = ArchiveIterator(file)
        with suppress(ArchiveLoadFailed, EOFError, OSError, ValueError):
            for record in reader:
                record.content_stream().read()
                end = reader.get_record_offset() + reader.get_record_length()
                records += record.rec_type != "warcinfo"
        if records:
            file.truncate(end)
    if not records:
        part.unlink()
        return None
    number = 1
    agency = part.name.rsplit("-", 1)[0]
    while (path := part.with_name(f"{agency}-{number}.warc.gz")).exists():
        number += 1
    part.rename(path)
    return path


def _digest(body: bytes) -> str:
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


def _address_key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


def _link(request: Request) -> str:
    """The address that the store knows this request by."""
    return str(request.meta.get("link") or (request.meta.get("redirect_urls") or [request.url])[0])


def _http_headers(response: Response) -> Any:
    status = f"{response.status} {reasons.get(response.status, 'Unknown')}"
    return StatusAndHeaders(status, _fields(response.headers), protocol=response.protocol or "HTTP/1.1")


def _asked_headers(request: Request) -> Any:
    parts = urlsplit(request.url)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    fields = [("Host", parts.netloc), *((n, v) for n, v in _fields(request.headers) if n.lower() != "host")]
    return StatusAndHeaders(f"{request.method} {target} HTTP/1.1", fields, is_http_request=True)


def _fields(headers: Any) -> list[tuple[str, str]]:
    return [(n.decode("latin-1"), v.decode("latin-1")) for n, values in headers.items() for v in values]
