"""`signed`: announced by the agency's highest executive."""

from __future__ import annotations

from checklist.matchers.blocks import block_quote, content_blocks
from checklist.rules.model import SignedMatch
from checklist.thai.key import find_phrase, make_key
from checklist.view import EvidenceView, MatchResult
from oit.model import ElementStatus, Quote, Reason


def check(spec: SignedMatch, view: EvidenceView) -> MatchResult:
    """Present if an executive's position stands in the announcement; a picture of a signature needs a person."""
    roles = view.lexicon.get("executive_roles", ())
    verbs = view.lexicon.get("signed_words", ())
    role: Quote | None = None
    for part, index, block in content_blocks(view):
        if _addressed(block.text, view):
            continue
        if role is None and any(find_phrase(r, block.text, whole=False) for r in roles):
            role = block_quote(part, index, block)
    if role is not None:
        return MatchResult(ElementStatus.PRESENT, (role,))
    for part, index, block in content_blocks(view):
        if any(find_phrase(v, block.text) for v in verbs):
            quote = block_quote(part, index, block)
            return MatchResult(ElementStatus.REVIEW, (quote,), reason=Reason("signer_unclear"))
    return MatchResult(ElementStatus.MISSING)


def _addressed(text: str, view: EvidenceView) -> bool:
    """Whether a line says to whom a letter goes: the executive receives it, and did not sign it."""
    start = make_key(text).text.lstrip()
    return any(start.startswith(make_key(word).text) for word in view.lexicon.get("signed_addressed", ()))
