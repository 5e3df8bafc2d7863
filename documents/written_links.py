"""Links as documents write them: what is too long to be asked for is kept as a link without an address."""

from __future__ import annotations

from core.models.snapshot import TOO_LONG, Link
from core.urls import LongAddressError, written_address


def written_link(address: str, label: str, context: str) -> Link | None:
    """The link of a document to an address as it is written, None if that leads to no document."""
    try:
        return Link(written_address(address), label, context, via="document")
    except LongAddressError:
        return Link("", label, context, via=TOO_LONG)
    except ValueError:
        return None
