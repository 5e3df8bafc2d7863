"""`service`: an online service that one can really begin: a form, or a link that leads to a system."""

from __future__ import annotations

from urllib.parse import urlsplit

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, content_links, link_quote
from checklist.matchers.page.forms import asking_forms
from checklist.rules.specs import ServiceMatch
from core.formats import Family, endings_of
from core.models.assessment import ElementStatus, Method, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, FetchOutcome, ResourceKind
from core.thai.normalize import find_phrase

_FILES = tuple(f".{ending}" for ending in sorted(endings_of(Family.DOCUMENT, Family.ARCHIVE, Family.IMAGE)))


def check(spec: ServiceMatch, view: EvidenceView) -> MatchResult:
    """Present for a form, or a link named like a service that opens or leaves for another system."""
    words = (*spec.any, *view.lexicon.get("service_words", ()))
    for part, index, block in asking_forms(view):
        return MatchResult(ElementStatus.PRESENT, (block_quote(part, index, block, Method.FORM),))
    for part, index, block in content_blocks(view):
        if block.kind is BlockKind.IFRAME and "forms" in block.src:
            return MatchResult(ElementStatus.PRESENT, (block_quote(part, index, block, Method.FORM),))
    dead = None
    here = {part.resource.url for part in view.parts} | {view.snapshot.agency.url}
    for part, link in content_links(view):
        if not link.url.startswith(("http://", "https://")):
            continue
        if link.url in here or _is_file(link.url, view):
            continue
        named = any(find_phrase(w, f"{link.label} {link.context}", whole=False) for w in words)
        if not named and "forms" not in (urlsplit(link.url).hostname or ""):
            continue
        target = view.by_url.get(link.url)
        if target is None or target.outcome in (FetchOutcome.OK, FetchOutcome.OFF_SITE, FetchOutcome.BUDGET):
            return MatchResult(ElementStatus.PRESENT, (link_quote(part, link),))
        dead = link_quote(part, link)
    if dead is not None:
        return MatchResult(ElementStatus.MISSING, (dead,), reason=Reason(ReasonCode.LINKS_DEAD))
    return MatchResult(ElementStatus.MISSING)


def _is_file(url: str, view: EvidenceView) -> bool:
    """Whether a link only hands out a file: a form to print is no online service."""
    target = view.by_url.get(url)
    if target is not None and target.kind is not ResourceKind.OTHER:
        return target.kind is not ResourceKind.PAGE
    return urlsplit(url).path.lower().endswith(_FILES)
