"""Several documents bound in one file: whose section and whose year is it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checklist.evidence_view import EvidencePart, EvidenceView
from checklist.kinds import DocumentKind, KindWords, behind_letter, kind_words
from checklist.section.answers import is_set_off
from checklist.section.headings import numbering
from core.models.snapshot import Block, BlockKind, ResourceKind
from core.thai.dates import year_mentions
from core.thai.normalize import find_phrase, make_key, partial_similarity

_REPORTS = frozenset({DocumentKind.REPORT, DocumentKind.HALF_REPORT, DocumentKind.MONTHLY_REPORT, DocumentKind.SURVEY})
_TITLE_LINES = 3
_TITLE = 160
"""Characters of a title with its year."""
_COVER = 6
"""Lines of a page that is a cover."""
_SAME = 0.9
"""Likeness of two titles of one report: it stands over each of its pages, or on its cover and over its text."""
_NEAR = 0.1
"""Likeness to an item's names by which a title may lie behind the best one and be the item's too."""


def without_letter(part: EvidencePart, words: KindWords) -> EvidencePart:
    """A document without the covering letter that is bound before it: what the letter says is not what it says."""
    first = behind_letter(part.resource, words) if part.start == 0 else 0
    return replace(part, skip=part.skip | frozenset(range(first))) if first else part


def own_reports(part: EvidencePart, view: EvidenceView) -> tuple[EvidencePart, ...]:
    """The reports of a file that are an item's by their titles; none if the file is one document."""
    if part.resource.kind is not ResourceKind.DOCUMENT:
        return ()
    begun = list(_begun(part, kind_words(view.lexicon)))
    if len(begun) < 2:
        return ()
    stops = [at for at, _ in begun[1:]] + [part.stop]
    likeness = [_likeness(title, view) for _, title in begun]
    best = max(likeness)
    if best <= 0:
        return ()
    bound = zip(begun, stops, likeness, strict=True)
    return tuple(replace(part, start=at, stop=stop) for (at, _), stop, like in bound if like >= best - _NEAR)


def _likeness(title: str, view: EvidenceView) -> float:
    """How like a title is to the names of an item; nothing if it holds what the item's must not."""
    if any(find_phrase(word, title, whole=False) for word in view.item.avoid):
        return 0.0
    return max(partial_similarity(name, title) for name in (view.item.title, *view.item.aliases))


def _begun(part: EvidencePart, words: KindWords) -> Iterator[tuple[int, str]]:
    """Where reports begin, with their titles: a report's name with its year over a page, or set off where there are no
    pages. What says the same again begins none."""
    last = ""
    blocks = [(index, block) for index, block in part.numbered_blocks() if block.text.strip()]
    sizes: dict[int | None, int] = {}
    for _, block in blocks:
        sizes[block.page] = sizes.get(block.page, 0) + 1
    for place, (index, block) in enumerate(blocks):
        before = blocks[place - 1][1] if place else None
        if before is not None and before.page == block.page and (block.page is not None or not is_set_off(block)):
            continue
        # A running header, or what says that the page belongs to the same report.
        lines = _title_lines([each for _, each in blocks[place : place + _TITLE_LINES]])
        title = " ".join(lines)[:_TITLE]
        alone = is_set_off(block) or (block.page is not None and sizes[block.page] <= _COVER) or place == 0
        if not alone or numbering(block.text) is not None or words.kind(lines[0]) not in _REPORTS:
            continue
        named = make_key(title).text
        if year_mentions(title) and (not last or partial_similarity(last, named) < _SAME):
            yield index, title
            last = named


def _title_lines(blocks: list[Block]) -> list[str]:
    """The first line of a page, and those that go on with it up to its year."""
    lines = [blocks[0].text]
    for block in blocks[1:]:
        if year_mentions(lines[-1]) or block.page != blocks[0].page or block.kind is BlockKind.CELL:
            break
        lines.append(block.text)
    return lines
