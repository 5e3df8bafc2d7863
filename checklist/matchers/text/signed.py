"""`signed`: announced by the agency's highest executive."""

from __future__ import annotations

import re

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, heads_office, holds_position
from checklist.rules.specs import SignedMatch
from core.models.assessment import ElementStatus, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, ResourceKind, Zone
from core.thai.normalize import find_phrase, make_key

_BELOW = 4
"""Blocks from the name or the word for signing to the position."""
_DOTS = re.compile(r"(?:[.…_]\s?){6}|[…]{3}")
"""A place to write on: `ผู้อำนวยการโรงเรียน..........`."""
_NO_NAME = re.compile(r"\([\s.…_]{6,80}\)")
"""Where the name belongs under a signature: `(..................)`."""
_BRACKET = re.compile(r"^\W*\(\s*[^()\d]{5,60}\)")
"""A name under a signature: (นาย ก ข)."""


def check(spec: SignedMatch, view: EvidenceView) -> MatchResult:
    """Present if an executive's position stands in the announcement; with `signature`, if it stands where one signs.
    Beside dots to write on it is a form's, until a person has seen what is written there.

    A signature may be a picture: where one could be, its lack is for a person to see."""
    if spec.signature:
        return _by_hand(view)
    verbs = view.lexicon.get("signed_words", ())
    blank: Quote | None = None
    for part, index, block in content_blocks(view):
        if _addressed(block.text, view) or not _names_highest(block.text, view):
            continue
        if not _is_blank(block.text):
            return MatchResult(ElementStatus.PRESENT, (block_quote(part, index, block),))
        blank = blank or block_quote(part, index, block)
    if blank is not None:
        named = any(_names_person(block.text, view) for _, _, block in content_blocks(view))
        status = ElementStatus.PRESENT if named else ElementStatus.REVIEW
        return MatchResult(status, (blank,), reason=None if named else Reason(ReasonCode.SIGNER_UNCLEAR))
    for part, index, block in content_blocks(view):
        if any(find_phrase(v, block.text) for v in verbs):
            quote = block_quote(part, index, block)
            return MatchResult(ElementStatus.REVIEW, (quote,), reason=Reason(ReasonCode.SIGNER_UNCLEAR))
    return MatchResult(ElementStatus.MISSING)


def _by_hand(view: EvidenceView) -> MatchResult:
    """A signature's place: the name in brackets or a word for signing, with the position at or below it."""
    words = view.lexicon.get("signed_by_hand", ())
    unsure: Quote | None = None
    picture = False
    for part in view.parts:
        picture = picture or part.resource.kind is not ResourceKind.PAGE
        blocks = [(at, b) for at, b in part.numbered_blocks() if b.zone is Zone.CONTENT]
        for place, (at, block) in enumerate(blocks):
            picture = picture or block.kind is BlockKind.IMAGE
            below = " \n ".join(b.text for _, b in blocks[place : place + _BELOW])
            held = _names_highest(below, view)
            signs = any(find_phrase(w, block.text) for w in words) and not _NO_NAME.search(below)
            if held and (_names_person(block.text, view) or signs):
                return MatchResult(ElementStatus.PRESENT, (block_quote(part, at, block),))
            if unsure is None and any(find_phrase(w, block.text) for w in words):
                unsure = block_quote(part, at, block)
    if picture or unsure is not None:
        quotes = (unsure,) if unsure is not None else ()
        return MatchResult(ElementStatus.REVIEW, quotes, reason=Reason(ReasonCode.SIGNER_UNCLEAR))
    return MatchResult(ElementStatus.MISSING)


def _names_highest(text: str, view: EvidenceView) -> bool:
    if holds_position(text, view.lexicon.get("executive_roles", ()), view):
        return True
    return any(heads_office(line, view) for line in text.splitlines()[:_BELOW])


def _names_person(text: str, view: EvidenceView) -> bool:
    """Whether a line is the name under a signature."""
    bracket = _BRACKET.search(text)
    titles = view.lexicon.get("person_titles", ())
    return bracket is not None and any(find_phrase(title, bracket.group(), whole=False) for title in titles)


def _is_blank(text: str) -> bool:
    """Whether a line has dots to write on where a name or an office belongs."""
    return _DOTS.search(text) is not None


def _addressed(text: str, view: EvidenceView) -> bool:
    """Whether a line says to whom a letter goes: the executive receives it, and did not sign it."""
    start = make_key(text).text.lstrip()
    return any(start.startswith(make_key(word).text) for word in view.lexicon.get("signed_addressed", ()))
