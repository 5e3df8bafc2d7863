"""From Scrapy's answers and failures to resources, before anything is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

from core.models.snapshot import FetchOutcome, ReadNote, ReadState, Resource
from core.storage.codec import decode_reading
from crawler.downloader.handlers import SURPLUS
from crawler.downloader.unpack import BROKE_OFF
from crawler.failures import outcome_from_exception, outcome_from_status
from crawler.frontier import Provenance
from crawler.reading_tasks import ReadResult, lightened, result_of

_PARTIAL = 206
_END = 2048
_ENDS = (b"</html>", b"</body>", b"%%eof", b"pk\x05\x06", b"</urlset>")
"""What the last bytes of pages, of PDF, office and archive files and of sitemaps hold."""


def requested_url(response: Response) -> str:
    """The address that was asked, before redirects; for what lies outside the site, the link that led there."""
    if "link" in response.meta:
        return str(response.meta["link"])
    first: str = (response.meta.get("redirect_urls") or [getattr(response.request, "url", response.url)])[0]
    return first


def header(response: Response, name: str) -> str:
    """A header's value as text, empty if there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1", "replace") if value else ""


def is_cut(response: Response) -> bool:
    """Whether an answer of another length than announced, one whose packing has no end, or a part that nobody asked
    for, may lack its end. Many old servers announce a wrong length and send the whole page: what ends as its kind does
    is whole."""
    lost = not {"dataloss", BROKE_OFF}.isdisjoint(response.flags) or SURPLUS in response.headers
    if not lost and response.status != _PARTIAL:
        return False
    end = response.body[-_END:].rstrip(b"\0 \t\r\n").lower()
    return not any(sign in end for sign in _ENDS)


def cut_short(found: ReadResult, resource: Resource) -> tuple[ReadResult, Resource]:
    """What was read of an answer that broke off, marked as a part: it proves no lack. It is asked for anew the next
    night."""
    resource = replace(resource, etag="", last_modified="")
    if found.reading.state is not ReadState.READ:
        return found, resource
    part = replace(decode_reading(found.packed), state=ReadState.PARTIAL, note=ReadNote.CUT_OFF)
    return replace(lightened(result_of(part, resource.final_url)), pages=found.pages), resource


def resource_from_response(response: Response, provenance: Provenance, tls_problem: str) -> Resource:
    """What one answer is before its body is read."""
    outcome = outcome_from_status(response.status, retry_after="Retry-After" in response.headers)
    return Resource(
        url=requested_url(response),
        outcome=outcome,
        final_url=response.url,
        http_status=response.status,
        content_type=header(response, "Content-Type")[:200],
        fetched=_now(),
        etag=header(response, "ETag")[:300],
        last_modified=header(response, "Last-Modified")[:100],
        found_via=provenance.via,
        label=provenance.label,
        context=provenance.context,
        depth=provenance.depth,
        tls_problem=tls_problem,
    )


def resource_from_failure(failure: Any, provenance: Provenance) -> Resource:
    """What a request that failed leaves: the cause."""
    request = failure.request
    outcome, detail = outcome_from_exception(failure.value)
    url = request.meta.get("link") or (request.meta.get("redirect_urls") or [request.url])[0]
    return Resource(
        url=url,
        outcome=outcome,
        detail=detail,
        fetched=_now(),
        found_via=provenance.via,
        label=provenance.label,
        context=provenance.context,
        depth=provenance.depth,
    )


def resource_not_requested(url: str, provenance: Provenance) -> Resource:
    """An address that is noted without being asked; the caller says why."""
    return Resource(
        url=url,
        outcome=FetchOutcome.BUDGET,
        found_via=provenance.via,
        label=provenance.label,
        context=provenance.context,
        depth=provenance.depth,
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
