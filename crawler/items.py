"""What the spider yields for each address that it met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from core.models.snapshot import Resource
    from core.storage.codec import EncodedReading
    from crawler.frontier import Provenance


class _Stored:
    """What the store needs of an address and a feed does not."""

    resource: Resource
    reading: EncodedReading | None
    provenance: Provenance


@dataclass(eq=False)
class ResourceItem(_Stored):
    """One address as it was met, read or not. The fields are what `scrapy crawl -O FILE` writes; `resource`, `reading`
    and `provenance` are what the pipeline stores and the extensions count."""

    url: str
    outcome: str
    final_url: str
    http_status: int | None
    kind: str
    content_type: str
    title: str
    label: str
    found_via: tuple[str, ...]
    depth: int
    read_state: str
    read_note: str
    detail: str
    sha256: str
    size: int
    page_count: int | None
    tls_problem: str
    fetched: datetime | None

    @classmethod
    def from_resource(cls, resource: Resource, reading: EncodedReading | None, provenance: Provenance) -> Self:
        """The item of a resource, with what a reader made of its body."""
        item = cls(
            url=resource.url,
            outcome=resource.outcome.value,
            final_url=resource.final_url,
            http_status=resource.http_status,
            kind=resource.kind.value,
            content_type=resource.content_type,
            title=resource.title,
            label=resource.label,
            found_via=resource.found_via,
            depth=resource.depth,
            read_state=resource.read_state.value,
            read_note=resource.read_note.value,
            detail=resource.detail,
            sha256=resource.sha256,
            size=resource.size,
            page_count=resource.page_count,
            tls_problem=resource.tls_problem,
            fetched=resource.fetched,
        )
        item.resource = resource
        item.reading = reading
        item.provenance = provenance
        return item
