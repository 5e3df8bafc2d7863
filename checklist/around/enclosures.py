"""What is put up beside the document that an item asks for: the letter with which it was sent, the order that appointed
a working group, another item's paper, photographs. None of it proves the item, and none of it is a loss where the
document itself was read."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from checklist.candidates.labels import HARDLY, ItemNames
from checklist.candidates.site_index import is_file
from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.kinds import DocumentKind, excludes, is_covering_letter, kind_words
from checklist.matchers import run
from checklist.rules.model import Item
from checklist.rules.specs import Matcher
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import ReadNote, ReadState, Resource, ResourceKind
from core.thai.normalize import clusters, is_thai

_BLOCKS, _TEXT = 120, 40_000
"""Blocks of a document, and characters of them, among which it names its matter."""
_SAYS_ITSELF = 150
"""Thai clusters from which a document is more than a cover, whose pages may be the pictures beside it."""
_SIGN = 40
"""Thai letters on a photograph: a sign, a banner."""


def without_enclosures(
    names: ItemNames, item: Item, parts: tuple[EvidencePart, ...], dead: tuple[Resource, ...]
) -> tuple[EvidencePart, ...]:
    """Leave out what was only put up beside the item's document, where that was read, or its file is gone."""
    papers = [is_paper_beside(names, item, part) for part in parts]
    own = any(not beside and _speaks_of(names, item, part.resource) for part, beside in zip(parts, papers, strict=True))
    gone = any(is_file(resource.url) for resource in dead)
    if not own and not gone:
        return parts
    return tuple(
        part
        for part, beside in zip(parts, papers, strict=True)
        if not beside and not (is_photograph(part.resource) and (own or part.resource.url not in _shown_by(parts)))
    )


def is_paper_beside(names: ItemNames, item: Item, part: EvidencePart) -> bool:
    """Whether a part is a whole document that by its own words is a covering letter, an order that does not speak of
    the item, or another item's."""
    found = part.resource
    if not part.is_whole or found.kind is not ResourceKind.DOCUMENT or found.read_state is not ReadState.READ:
        return False
    if is_covering_letter(found, names.kind_words):
        return True
    title = names.kind_words.title(found)
    if names.kind_words.of(found) is DocumentKind.ORDER:
        return names.named(_text(found)).get(item.id, 1.0) < HARDLY
    return bool(title) and names.other_item(title, item.id) is not None


def or_beside(
    found: MatchResult, matcher: Matcher, view: EvidenceView, left_out: tuple[EvidencePart, ...]
) -> MatchResult:
    """What the evidence is worth that lacks something which an order or another paper left out seems to show: an order
    may appoint the very team that is asked for, and a person must see it."""
    papers = tuple(
        part
        for part in left_out
        if part.resource.kind is ResourceKind.DOCUMENT
        and not is_covering_letter(part.resource, kind_words(view.lexicon))
    )
    if not papers or found.status not in (ElementStatus.MISSING, ElementStatus.EMPTY):
        return found
    shown = run(matcher, replace(view, parts=papers))
    if shown.status is not ElementStatus.PRESENT:
        return found
    return MatchResult(ElementStatus.REVIEW, shown.quotes, reason=Reason(ReasonCode.SECTION_UNSURE))


def is_photograph(resource: Resource) -> bool:
    """Whether a picture has no writing on it, or as little as a sign."""
    if resource.kind is not ResourceKind.IMAGE:
        return False
    if resource.read_note == ReadNote.IMAGE_WITHOUT_TEXT:
        return True
    letters = sum(is_thai(letter) for block in resource.blocks[:_BLOCKS] for letter in block.text[:_TEXT])
    return resource.read_state is not ReadState.UNREAD and letters < _SIGN


def _speaks_of(names: ItemNames, item: Item, resource: Resource) -> bool:
    """Whether a document is the item's by its own words, and more than a cover."""
    if resource.kind is not ResourceKind.DOCUMENT or resource.read_state is not ReadState.READ:
        return False
    if excludes(names.kinds[item.id], names.kind_words.of(resource)):
        return False
    text = _text(resource)
    return len(clusters(text)) >= _SAYS_ITSELF and names.named(text).get(item.id, 0.0) >= HARDLY


def _text(resource: Resource) -> str:
    return " ".join(block.text for block in islice(resource.blocks, _BLOCKS))[:_TEXT]


def _shown_by(parts: tuple[EvidencePart, ...]) -> set[str]:
    """The pictures that the pages among the parts show: they may be the pages of the document."""
    return {link.url for part in parts for link in part.resource.links if link.via == "img"}
