"""`files`: a file of a certain format among the evidence, such as the spreadsheet beside the PDF."""

from __future__ import annotations

from urllib.parse import urlsplit

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.rules.specs import FilesMatch
from core.formats import FORMATS
from core.models.assessment import ElementStatus, Method, Quote

_ENDINGS = {form.kind: form.endings for form in FORMATS}
_MEDIA_TYPES = {form.kind: form.media_type for form in FORMATS}


def check(spec: FilesMatch, view: EvidenceView) -> MatchResult:
    """Present if one of the documents, or one that the evidence's pages link to, is of one of these formats."""
    endings = tuple(f".{ending}" for kind in spec.any for ending in _ENDINGS[kind])
    types = {_MEDIA_TYPES[kind] for kind in spec.any}
    found: list[Quote] = []
    for part in view.parts:
        resource = part.resource
        if resource.content_type in types or _ends(resource.final_url or resource.url, endings):
            found.append(Quote(resource.url, part.label or resource.title, Method.LINK))
        found += [
            Quote(link.url, link.label, Method.LINK)
            for link in resource.links
            if part.start <= link.block < part.stop and _ends(link.url, endings)
        ]
    return MatchResult(ElementStatus.PRESENT if found else ElementStatus.MISSING, tuple(found[:2]))


def _ends(url: str, endings: tuple[str, ...]) -> bool:
    return urlsplit(url).path.lower().endswith(endings)
