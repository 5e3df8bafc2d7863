"""Forms of a page that ask for something: not those that every page of a site has."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.matchers.base import content_blocks
from core.models.snapshot import Block, BlockKind, Zone
from core.thai.normalize import clusters, find_phrase

_MIN_CLUSTERS = 5
"""Fewer beside the words of a search or a log-in is a button or a placeholder, not a question."""


def asking_forms(view: EvidenceView) -> Iterator[tuple[EvidencePart, int, Block]]:
    """Every form in the content that is more than a search, a log-in or a newsletter's field.

    What such forms say is the word list `form_not_service`."""
    for part, index, block in content_blocks(view):
        if block.kind is BlockKind.FORM and block.text.strip() and _asks(block.text, view):
            yield part, index, block


def form_headings(view: EvidenceView) -> Iterator[tuple[EvidencePart, int, Block]]:
    """For every such form the heading that it stands under: it says what the form is for."""
    for part, index, _ in asking_forms(view):
        blocks = part.resource.blocks
        above = (at for at in range(index - 1, part.start - 1, -1) if blocks[at].kind is BlockKind.HEADING)
        at = next(above, None)
        if at is not None and blocks[at].zone is Zone.CONTENT:
            yield part, at, blocks[at]


def _asks(text: str, view: EvidenceView) -> bool:
    rest, found = text, False
    for word in view.lexicon.get("form_not_service", ()):
        for hit in find_phrase(word, rest, whole=False):
            found = True
            rest = rest.replace(hit.quote, " ")
    return not found or len(clusters(rest)) >= _MIN_CLUSTERS
