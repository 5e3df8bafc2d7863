"""Documents that are gone: the pages that only name them, and lead there, are no evidence of them."""

from __future__ import annotations

from dataclasses import replace

from checklist.candidates.behind import FRAMES
from checklist.candidates.site_index import SiteIndex, is_file
from checklist.candidates.within.said import is_way
from checklist.evidence_view import EvidencePart
from checklist.rules.model import Item
from core.models.assessment import Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource


def only_ways_to_the_dead(
    site: SiteIndex,
    item: Item,
    parts: tuple[EvidencePart, ...],
    dead: tuple[Resource, ...],
    losses: tuple[Reason, ...],
) -> bool:
    """Whether all that could be read are pages that say little but what is behind them, and the files there, or what
    the pages frame, are gone: a label and a date on such a page are no evidence."""
    framed = {li.url for part in parts for li in part.resource.links if li.via in FRAMES}
    lost = any(resource.url in framed or is_lost_document(site, resource) for resource in dead)
    if item.evidence in ("page", "site") or not lost:
        return False
    gone = {resource.url for resource in dead}
    gone |= {li.url for part in parts for li in part.resource.links if li.via == "img" and not _is_there(site, li.url)}
    pictures = {li.url for part in parts for li in part.resource.links if li.via == "img"}
    known = {ReasonCode.LINK_DEAD} if pictures - gone else {ReasonCode.LINK_DEAD, ReasonCode.PICTURES_UNREAD}
    if any(reason.code not in known for reason in losses):
        return False
    return all(is_way(_without_names(site, item, part), site.snapshot.resources[0]) for part in parts)


def without_ways_to_the_dead(
    site: SiteIndex, item: Item, parts: tuple[EvidencePart, ...], dead: tuple[Resource, ...]
) -> tuple[EvidencePart, ...]:
    """Leave out pages that only name a document that is gone, where something else was read."""
    if item.evidence in ("page", "site") or not any(is_lost_document(site, resource) for resource in dead):
        return parts
    home = site.snapshot.resources[0]
    gone = {resource.url for resource in dead}
    kept = tuple(
        part
        for part in parts
        if not any(link.url in gone for link in part.resource.links)
        or any(link.via == "img" for link in part.resource.links)
        or not is_way(_without_names(site, item, part), home)
    )
    return kept or parts


def is_lost_document(site: SiteIndex, resource: Resource) -> bool:
    """Whether what is gone was a document: by its address, or by what its link is called."""
    named = site.names.is_file_button(resource.label) or site.names.kind_words.kind(resource.label) is not None
    return is_file(resource.url) or named


def _without_names(site: SiteIndex, item: Item, part: EvidencePart) -> EvidencePart:
    """A part without the lines that name the item: a label over a button shows nothing."""
    labels = ((at, site.names.matches(block.text)) for at, block in part.numbered_blocks() if block.text)
    lines = {at for at, found in labels if found and found[0].item == item.id}
    return replace(part, skip=part.skip | lines) if lines else part


def _is_there(site: SiteIndex, url: str) -> bool:
    resource = site.by_url.get(url)
    return resource is None or resource.outcome is FetchOutcome.OK
