"""From Scrapy's answers and failures to resources, before anything is read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

from core.models.snapshot import Outcome, Resource
from crawler.failures import of_error, of_status
from crawler.scheduler import Way


def asked_url(response: Response) -> str:
    """The address that was asked, before redirects; for what lies outside the site, the link that led there."""
    if "link" in response.meta:
        return str(response.meta["link"])
    first: str = (response.meta.get("redirect_urls") or [getattr(response.request, "url", response.url)])[0]
    return first


def header(response: Response, name: str) -> str:
    """A header's value as text, empty if there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1", "replace") if value else ""


def answered(response: Response, way: Way, tls_problem: str) -> Resource:
    """What one answer is before its body is read."""
    outcome = of_status(response.status, retry_after="Retry-After" in response.headers)
    return Resource(
        url=asked_url(response), outcome=outcome, final_url=response.url, http_status=response.status,
        content_type=header(response, "Content-Type")[:200], fetched=_now(),
        etag=header(response, "ETag")[:300], last_modified=header(response, "Last-Modified")[:100],
        found_via=way.via, label=way.label, context=way.context, depth=way.depth, tls_problem=tls_problem,
    )  # fmt: skip


def unanswered(failure: Any, way: Way) -> Resource:
    """What a request that failed leaves: the cause."""
    request = failure.request
    outcome, detail = of_error(failure.value)
    url = request.meta.get("link") or (request.meta.get("redirect_urls") or [request.url])[0]
    return Resource(
        url=url, outcome=outcome, detail=detail, fetched=_now(),
        found_via=way.via, label=way.label, context=way.context, depth=way.depth,
    )  # fmt: skip


def unasked(url: str, way: Way) -> Resource:
    """An address that is noted without being asked; the caller says why."""
    return Resource(
        url=url, outcome=Outcome.BUDGET, found_via=way.via, label=way.label, context=way.context, depth=way.depth
    )


def way_of(resource: Resource) -> Way:
    """The way to a resource that is stored already."""
    return Way(resource.found_via, resource.label, resource.context, resource.depth)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
