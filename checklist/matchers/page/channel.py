"""`channel`: a place where a citizen asks and the agency answers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, content_links, link_quote
from checklist.matchers.page.contact import email_in, phone_in
from checklist.matchers.page.forms import asking_forms
from checklist.matchers.text.phrase import evidence_titles, names_title
from checklist.rules.specs import ChannelMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Zone
from core.thai.dates import date_mentions
from core.thai.normalize import find_phrase


def check(spec: ChannelMatch, view: EvidenceView) -> MatchResult:
    """Present for a board, a question form or a chat; words alone (a mere address, an FAQ) are not enough."""
    words = (*spec.any, *view.lexicon.get("channel_words", ()))
    hosts = view.lexicon.get("channel_hosts", ())
    quote = next(_forms(words, view), None) or next(_chats(hosts, view), None) or next(_boards(words, view), None)
    if quote is not None:
        return MatchResult(ElementStatus.PRESENT, (quote,))
    named = next(_named(words, view), None)
    if named is not None:
        return MatchResult(ElementStatus.REVIEW, (named,), reason=Reason(ReasonCode.CHANNEL_UNPROVED))
    return MatchResult(ElementStatus.MISSING)


def _forms(words: tuple[str, ...], view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in asking_forms(view):
        if any(find_phrase(w, f"{block.text} {part.resource.title} {part.label}", whole=False) for w in words):
            yield block_quote(part, index, block, Method.FORM)


def _chats(hosts: tuple[str, ...], view: EvidenceView) -> Iterator[Quote]:
    for part, link in content_links(view):
        host = (urlsplit(link.url).hostname or "").lower()
        if any(host == h or host.endswith("." + h) for h in hosts):
            yield link_quote(part, link)
    for part, index, block in content_blocks(view):
        host = (urlsplit(block.src).hostname or "").lower()
        if block.src and any(host == h or host.endswith("." + h) for h in hosts):
            yield block_quote(part, index, block, Method.LINK)


def _boards(words: tuple[str, ...], view: EvidenceView) -> Iterator[Quote]:
    """Questions with answers below them, as a board shows them: dated, or with a way to ask. Without either the office
    put them to itself."""
    questions = view.lexicon.get("channel_question", ())
    answers = view.lexicon.get("channel_answer", ())
    for part in view.parts:
        asked: Quote | None = None
        answered = False
        titles = evidence_titles(view, part)
        for index, block in part.numbered_blocks():
            # The page's name ("ถาม-ตอบ") is neither a question nor an answer.
            if block.zone is not Zone.CONTENT or names_title(block.text, titles):
                continue
            if asked is None and any(find_phrase(q, block.text) for q in questions):
                asked = block_quote(part, index, block)
            elif any(find_phrase(a, block.text) for a in answers):
                answered = True
        if asked is not None and answered and _is_board(part, words) and _takes_questions(part, questions, view):
            yield asked


def _takes_questions(part: EvidencePart, questions: tuple[str, ...], view: EvidenceView) -> bool:
    if any(date_mentions(block.text) for _, block in part.numbered_blocks() if block.zone is Zone.CONTENT):
        return True
    home = {(link.url, link.label) for link in view.home.links} if view.home is not None else set()
    return any(
        link.zone is Zone.CONTENT
        and (link.url, link.label) not in home
        and any(find_phrase(word, link.label, whole=False) for word in questions)
        for link in part.resource.links
    )


def _is_board(part: EvidencePart, words: tuple[str, ...]) -> bool:
    return any(find_phrase(w, f"{part.label} {part.resource.title}", whole=False) for w in words)


def _named(words: tuple[str, ...], view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in content_blocks(view):
        if phone_in(block.text) or email_in(block.text):
            # A number to call is an address, not a channel on the site.
            continue
        if not names_title(block.text, evidence_titles(view, part)) and any(find_phrase(w, block.text) for w in words):
            yield block_quote(part, index, block)
