"""`links`: enough links of a kind, in the evidence or on the home page, that open."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import content_links, link_quote
from checklist.matchers.text.phrase import evidence_titles, names_title
from checklist.rules.specs import LinksMatch
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Link
from core.thai.normalize import find_phrase

_NOT_TRIED = (FetchOutcome.OFF_SITE, FetchOutcome.BUDGET, FetchOutcome.ROBOTS)
_SHARING = frozenset({"sharer", "share", "sharearticle", "intent", "dialog", "plugins", "login", "home", "r", "lineit"})


def check(spec: LinksMatch, view: EvidenceView) -> MatchResult:
    """Present if at least `min` different links fit; with `opens` one of them must have been opened, with `alive`
    one of them opened or was not tried.

    A link out of the site that nobody followed may open: review, not missing."""
    found: dict[str, tuple[EvidencePart, Link]] = {}
    for part, link in _links(spec, view):
        if _fits(spec, link):
            found.setdefault(link.url, (part, link))
    quotes = tuple(link_quote(part, link) for part, link in list(found.values())[:3])
    if len(found) < spec.min:
        return MatchResult(ElementStatus.MISSING, quotes)
    if not found or not (spec.opens or spec.alive):
        return MatchResult(ElementStatus.PRESENT, quotes)
    outcomes = [_outcome(view, url) for url in found]
    if FetchOutcome.OK in outcomes:
        return MatchResult(ElementStatus.PRESENT, quotes)
    if spec.alive and any(outcome is None or outcome in _NOT_TRIED for outcome in outcomes):
        return MatchResult(ElementStatus.PRESENT, quotes)
    if None in outcomes or FetchOutcome.OFF_SITE in outcomes or FetchOutcome.BUDGET in outcomes:
        return MatchResult(ElementStatus.REVIEW, quotes, reason=Reason(ReasonCode.LINKS_NOT_OPENED))
    return MatchResult(ElementStatus.MISSING, quotes, reason=Reason(ReasonCode.LINKS_DEAD))


def _links(spec: LinksMatch, view: EvidenceView) -> Iterator[tuple[EvidencePart, Link]]:
    if spec.on == "evidence":
        yield from content_links(view)
        # A document or page that the index itself links to is such a link too.
        # Not if its label is only the item's title: that names the list, not one of its entries.
        titles = evidence_titles(view, None)
        for part in view.parts:
            label = part.label or part.resource.label
            if not names_title(label, titles):
                yield part, Link(part.resource.url, label)
        return
    pages = (view.home,) if spec.on == "home" else view.snapshot.resources
    for page in pages:
        if page is not None:
            part = EvidencePart(page, 0, len(page.blocks), page.label)
            for link in page.links:
                yield part, link


def _fits(spec: LinksMatch, link: Link) -> bool:
    if not link.url.startswith(("http://", "https://")):
        return False
    if spec.hosts:
        host = (urlsplit(link.url).hostname or "").lower()
        if not any(host == h or host.endswith("." + h) for h in spec.hosts):
            return False
        first = urlsplit(link.url).path.strip("/").split("/")[0].lower()
        if not first or first.removesuffix(".php") in _SHARING:
            # The network's own home page, or a button that shares this page: no page of the agency.
            return False
    return not spec.labels or any(
        find_phrase(label, f"{link.label} {link.context}", whole=False) for label in spec.labels
    )


def _outcome(view: EvidenceView, url: str) -> FetchOutcome | None:
    resource = view.by_url.get(url)
    return resource.outcome if resource is not None else None
