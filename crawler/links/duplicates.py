"""Pages that are one and the same under many addresses: what one of them leads to need not be met again."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.models.snapshot import Resource
from crawler.links.number_set import NumberSet


class DuplicatePages:
    """Remembers by content what was met, as numbers, so a large site costs little."""

    def __init__(self) -> None:
        self._met = NumberSet()

    def new(self, resource: Resource, signature: str) -> bool:
        """Whether a page's links are worth following: not if the same bytes, or the same words under the same path
        (session ids, counters in the page) or under the same canonical address, were met before."""
        marks = {hash(resource.sha256)}
        if signature:
            marks.add(hash((urlsplit(resource.final_url).path, signature)))
            marks.update(hash((li.url, signature)) for li in resource.links if li.via == "canonical")
        fresh = not any(mark in self._met for mark in marks)
        for mark in marks:
            self._met.add(mark)
        return fresh
