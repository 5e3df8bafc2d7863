"""Resources with their readings."""

from __future__ import annotations

from dataclasses import replace

from core.models.snapshot import TOO_LONG, Link, Reading, Resource, ResourceKind
from core.urls import LongAddressError, completed_address


def with_reading(resource: Resource, reading: Reading) -> Resource:
    """A resource with what its body's reading gave."""
    return replace(
        resource,
        kind=reading.kind,
        content_type=reading.content_type or resource.content_type,
        title=reading.title,
        blocks=reading.blocks,
        links=_completed(resource, reading),
        read_state=reading.state,
        read_note=reading.note,
        page_count=reading.page_count,
    )


def _completed(resource: Resource, reading: Reading) -> tuple[Link, ...]:
    """The links of a reading. A document's content is kept whatever its address, so that only now is known what its
    relative links lead to."""
    if reading.kind is not ResourceKind.DOCUMENT or not reading.links:
        return reading.links
    links: list[Link] = []
    own = resource.final_url or resource.url
    for link in reading.links:
        try:
            links.append(link if link.via == TOO_LONG else replace(link, url=completed_address(own, link.url)))
        except LongAddressError:
            links.append(replace(link, url="", via=TOO_LONG))
        except ValueError:
            continue
    return tuple(replace(link, url=own) if link.via == TOO_LONG else link for link in links)
