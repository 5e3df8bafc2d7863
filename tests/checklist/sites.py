"""Small sites for the judge: pages as HTML, read by the reader, linked as a crawl would have found them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from checklist.assess import assess
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.models.assessment import Verdict
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    ReadState,
    Resource,
    ResourceKind,
    Snapshot,
    StopReason,
)
from core.storage.store import with_reading
from documents.base import ReadLimits
from documents.html.reader import read_html

HOME = "https://a.go.th/"
_WHEN = datetime(2023, 4, 30, tzinfo=UTC)


def document(name: str, *lines: str, via: tuple[str, ...] = (HOME,)) -> Resource:
    """One document of the site as it was read, a paragraph a line."""
    return Resource(
        HOME + name,
        FetchOutcome.OK,
        final_url=HOME + name,
        kind=ResourceKind.DOCUMENT,
        sha256=name,
        blocks=tuple(Block(BlockKind.PARAGRAPH, line, page=1) for line in lines),
        read_state=ReadState.READ,
        found_via=via,
    )


def page(name: str, html: str, title: str = "", label: str = "", via: tuple[str, ...] = (HOME,)) -> Resource:
    """One page of the site as it was read."""
    url = HOME + name
    body = f"<html><head><title>{title}</title></head><body>{html}</body></html>".encode()
    reading = read_html(body, url, "text/html", ReadLimits())
    found = Resource(
        url,
        FetchOutcome.OK,
        final_url=url,
        kind=ResourceKind.PAGE,
        sha256=f"{name}!",
        label=label,
        found_via=via if name else (),
    )
    return with_reading(found, reading)


def snapshot(
    *resources: Resource, complete: bool = True, kind: str = "provincial", stopped_by: StopReason | None = None
) -> Snapshot:
    """A finished crawl of these resources, the home page first."""
    stopped = stopped_by or (StopReason.NONE if complete else StopReason.TIME)
    complete = complete and not stopped_by
    agency = Agency("a", "สำนักงานตัวอย่าง", HOME, kind)
    return Snapshot(agency, _WHEN, _WHEN, complete, stopped, resources, frozenset({"a.go.th"}))


def site(pages: Mapping[str, str], *others: Resource, complete: bool = True, kind: str = "provincial") -> Snapshot:
    """A site of pages by name ("" is the home page), with other resources behind them."""
    read = tuple(page(name, html, title=name) for name, html in pages.items())
    return snapshot(*read, *others, complete=complete, kind=kind)


def verdict(rules: Rules, found: Snapshot, item: str, edition: int = 2566, as_of: str = "2023-04-30") -> Verdict:
    """The verdict on one item of a site."""
    assessment = assess(found, rules.edition(edition), date.fromisoformat(as_of), rules.lexicon)
    return next(v for v in assessment.verdicts if v.item == item)
