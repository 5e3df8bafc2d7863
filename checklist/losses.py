"""What of an item's evidence could not be read, and why."""

from __future__ import annotations

from checklist.candidates.site_index import SiteIndex
from checklist.evidence_view import EvidencePart
from core.models.assessment import Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import ReadNote, ReadState, Resource, ResourceKind
from core.thai.normalize import is_thai

_BLIND = (ReadState.UNREAD, ReadState.PARTIAL)


def losses_of(
    parts: tuple[EvidencePart, ...], dead: tuple[Resource, ...], outside: tuple[Reason, ...], unfetched: tuple[str, ...]
) -> tuple[Reason, ...]:
    """Return what of the evidence could not be read, and why."""
    reasons = [
        Reason(ReasonCode.LINK_DEAD, {"url": r.url, "outcome": r.outcome.value, "status": str(r.http_status or "")})
        for r in dead
    ]
    reasons += outside
    reasons += [Reason(ReasonCode.NOT_FETCHED, {"url": url}) for url in unfetched]
    reasons += [_unread(p.resource) for p in parts if p.resource.read_state in _BLIND]
    reasons += [
        Reason(ReasonCode.UNREAD, {"url": p.resource.url, "note": ReadNote.EMPTY})
        for p in parts
        if _is_refusal(p.resource)
    ]
    reasons += [Reason(ReasonCode.POOR_SCAN, {"url": p.resource.url}) for p in parts if is_scanned(p)]
    return tuple(reasons)


def outside_link(site: SiteIndex, url: str) -> Reason:
    """Return the reason of evidence outside the site that was not read, with what the crawl knows of why."""
    resource = site.by_url.get(url)
    if resource is None or not resource.detail:
        return Reason(ReasonCode.OFFSITE, {"url": url})
    return Reason(ReasonCode.OFFSITE_WHY, {"url": url, "why": resource.detail})


def is_broken(resource: Resource) -> bool:
    """Whether a file opens only in part: what its lost pages say may take back what the others show."""
    return resource.read_state is ReadState.PARTIAL and resource.read_note is ReadNote.BROKEN


def is_scanned(part: EvidencePart) -> bool:
    """Recognised text proves what it shows, never what it does not: a heading may have been misread."""
    return any(block.ocr for _, block in part.numbered_blocks())


def _is_refusal(resource: Resource) -> bool:
    """Whether a page has no link and no Thai word, as what a server says of itself: `403 Forbidden`, answered as if all
    were well. No page of a Thai site is like that."""
    if resource.kind is not ResourceKind.PAGE or resource.links or resource.read_state in _BLIND:
        return False
    words = [block.text for block in resource.blocks]
    shown = any(block.src for block in resource.blocks)
    return bool(words) and not shown and not any(map(is_thai, "".join(words)))


def _unread(resource: Resource) -> Reason:
    if resource.read_note in (ReadNote.SCRIPT_ONLY, ReadNote.SCRIPT_FILLED) and resource.detail:
        return Reason(ReasonCode.UNDRAWN, {"url": resource.url, "drawing": resource.detail})
    return Reason(ReasonCode.UNREAD, {"url": resource.url, "note": resource.read_note or resource.read_state.value})
