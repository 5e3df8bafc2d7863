"""`contact`: one kind of contact data of the agency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, content_links, link_quote
from checklist.rules.specs import ContactMatch
from core.models.assessment import ElementStatus, Method, Quote
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import digits, find_phrase, make_key

_PHONE = re.compile(r"(?<![\d.,-])(?:\+66|0)[\s-]?\d(?:[\s-]?\d){7,8}(?!\d)")
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]++\s?(?:@|\[at\]|\(at\)|＠)\s?[a-z0-9-]++(?:\.[a-z0-9-]++)++", re.IGNORECASE
)
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")
_MAP_ADDRESS = re.compile(
    r"(?:google\.[a-z.]{1,20}/maps|maps\.google\.|maps\.app\.goo\.gl|goo\.gl/maps|openstreetmap\.org)",
    re.IGNORECASE,
)
_ADDRESS_PARTS = 3


def check(spec: ContactMatch, view: EvidenceView) -> MatchResult:
    """Present if the kind of contact data stands in the evidence."""
    finder = {"phone": _phones, "fax": _faxes, "email": _emails, "address": _addresses, "map": _maps}[spec.field]
    quote = next(finder(view), None)
    if quote is None:
        return MatchResult(ElementStatus.MISSING)
    return MatchResult(ElementStatus.PRESENT, (quote,))


def phone_in(text: str) -> re.Match[str] | None:
    """The first Thai phone number in a text (8-9 digits after the 0, with or without separators)."""
    return _PHONE.search(digits(text).translate(_DASHES))


def email_in(text: str) -> re.Match[str] | None:
    """The first e-mail address in a text, `[at]` spellings included."""
    return _EMAIL.search(text)


_DASHES = {0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0xA0: " "}


def _labelled(text: str, view: EvidenceView, name: str) -> bool:
    return any(find_phrase(word, text, whole=False) for word in view.lexicon.get(name, ()))


def _phone_labelled(text: str, view: EvidenceView) -> bool:
    """Whether a phone's label stands in the text; that of a fax (โทรสาร) begins like it."""
    faxes = {make_key(word).text for word in view.lexicon.get("contact_fax", ())}
    rest = make_key(text).text
    for fax in sorted(faxes, key=len, reverse=True):
        rest = rest.replace(fax, " ")
    return _labelled(rest, view, "contact_phone")


def _phones(view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in content_blocks(view):
        text = _with_row(part.resource.blocks, index, block)
        if phone_in(block.text) and not (_labelled(text, view, "contact_fax") and not _phone_labelled(text, view)):
            yield block_quote(part, index, block)
    for part, link in content_links(view):
        if link.url.startswith("tel:"):
            yield link_quote(part, link)


def _faxes(view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in content_blocks(view):
        text = _with_row(part.resource.blocks, index, block)
        if _labelled(text, view, "contact_fax") and phone_in(text):
            yield block_quote(part, index, block)


def _emails(view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in content_blocks(view):
        if email_in(block.text):
            yield block_quote(part, index, block)
    for part, link in content_links(view):
        if link.url.startswith("mailto:"):
            yield link_quote(part, link)


def _addresses(view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in content_blocks(view):
        text = digits(block.text)
        words = view.lexicon.get("contact_address_parts", ())
        named = sum(bool(find_phrase(word, text, whole=False)) for word in words)
        if named + bool(_POSTCODE.search(text)) >= _ADDRESS_PARTS:
            yield block_quote(part, index, block)


def _maps(view: EvidenceView) -> Iterator[Quote]:
    for part, index, block in content_blocks(view):
        if _MAP_ADDRESS.search(block.src):
            yield block_quote(part, index, block, Method.LINK)
        elif block.kind in (BlockKind.IMAGE, BlockKind.IFRAME) and _names_map(f"{block.text} {block.src}", view):
            yield block_quote(part, index, block, Method.IMAGE)
    for part, link in content_links(view):
        if _MAP_ADDRESS.search(link.url) or _names_map(link.label, view):
            yield link_quote(part, link)
    for part, index, block in content_blocks(view):
        if block.kind is BlockKind.HEADING and _names_map(block.text, view):
            after = part.resource.blocks[index + 1 : index + 4]
            if any(b.kind in (BlockKind.IMAGE, BlockKind.IFRAME) for b in after):
                yield block_quote(part, index, block, Method.HEADING)


def _names_map(text: str, view: EvidenceView) -> bool:
    """Whether a text names the map to the office, not one of the web site or of taxed land."""
    return _labelled(text, view, "contact_map") and not _labelled(text, view, "contact_not_map")


def _with_row(blocks: tuple[Block, ...], index: int, block: Block) -> str:
    """A cell's text with that of its row: the label stands in the cell before."""
    if block.kind is not BlockKind.CELL:
        return make_key(block.text).source
    row = [b.text for b in blocks[max(0, index - 6) : index + 7] if (b.table, b.row) == (block.table, block.row)]
    return " ".join(row)
