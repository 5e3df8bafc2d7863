"""`people`: persons shown with name, position, photo, contact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, heads_office, holds_position
from checklist.matchers.page.contact import email_in, phone_in
from checklist.rules.specs import PeopleMatch
from core.models.assessment import ElementStatus, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ResourceKind
from core.thai.normalize import clusters, digits, find_phrase, is_thai, make_key

_POSITION = (4, 40)
"""Thai clusters of a line that may be a position."""
_NEIGHBOURHOOD = 6
"""Blocks around a name that may hold the person's photo, position and contact."""
_ROW = 12
"""Cells around a name among which its row is looked for."""
_NEAR = max(_NEIGHBOURHOOD, _ROW)


@dataclass(frozen=True, slots=True)
class _Person:
    quote: Quote
    position: bool
    photo: bool
    contact: bool
    role: bool
    titled: bool
    """Has a line that may be a position which is on no list."""
    unseen: bool
    """Stands on a printed page, of whose pictures the readers tell nothing, or in a document with a picture elsewhere:
    where that stands on the page not all formats tell."""


def check(spec: PeopleMatch, view: EvidenceView) -> MatchResult:
    """Present if `min` persons are shown with every wanted field, one of them in one of `roles`; review if
    none of these roles is known, or nothing but a photo lacks where nobody looked for one."""
    people = _people(spec, view)
    if not people:
        return MatchResult(ElementStatus.MISSING)
    told = [
        p
        for p in people
        if ("position" not in spec.fields or p.position) and ("contact" not in spec.fields or p.contact)
    ]
    complete = [p for p in told if "photo" not in spec.fields or p.photo]
    if spec.roles and complete and not any(p.role for p in complete):
        # Heads of offices have more titles than any list: who is shown may well be one.
        reason = Reason(ReasonCode.ROLE_UNCLEAR)
        return MatchResult(ElementStatus.REVIEW, tuple(p.quote for p in complete[:2]), reason=reason)
    if len(complete) < spec.min:
        unseen = [p for p in told if p.photo or p.unseen]
        if len(unseen) > len(complete) and len(unseen) >= spec.min:
            reason = Reason(ReasonCode.UNREAD_REST)
            return MatchResult(ElementStatus.REVIEW, tuple(p.quote for p in unseen[:2]), reason=reason)
        untitled = [p for p in people if not p.position and p.titled and (p.contact or "contact" not in spec.fields)]
        if "position" in spec.fields and len(untitled) >= spec.min:
            # There are more positions than any list has.
            reason = Reason(ReasonCode.ROLE_UNCLEAR)
            return MatchResult(ElementStatus.REVIEW, tuple(p.quote for p in untitled[:2]), reason=reason)
        return MatchResult(ElementStatus.MISSING, tuple(p.quote for p in people[:2]))
    kept = {id(p) for p in complete}
    others = [p for p in people if p.position and id(p) not in kept]
    if spec.each and others:
        shown = len(complete)
        reason = Reason(ReasonCode.PEOPLE_SOME, {"found": str(shown), "among": str(shown + len(others))})
        return MatchResult(ElementStatus.REVIEW, tuple(p.quote for p in others[:3]), reason=reason)
    best = sorted(complete, key=lambda p: not p.role)
    return MatchResult(ElementStatus.PRESENT, tuple(p.quote for p in best[:3]))


def _people(spec: PeopleMatch, view: EvidenceView) -> list[_Person]:
    title = _name_pattern(view.lexicon.get("person_titles", ()), view.lexicon.get("person_not_names", ()))
    positions = (*view.lexicon.get("person_positions", ()), *view.lexicon.get("executive_roles", ()))
    found: list[_Person] = []
    blocks = list(content_blocks(view))
    pictured = any(
        block.ocr or (block.kind is BlockKind.IMAGE and not _decoration(block, view)) for _, _, block in blocks
    )
    for part, index, block in blocks:
        if block.kind is BlockKind.IMAGE or not title.search(make_key(block.text).source):
            continue
        # Not all that stands before: for each of very many persons that would be copied anew.
        first = max(part.start, index - _NEAR)
        around = _around(part.resource.blocks[first : min(part.stop, index + _NEAR + 1)], index - first, title)
        text = " \n ".join(b.text for b in around)
        heads = any(heads_office(b.text, view) for b in around)
        found.append(
            _Person(
                block_quote(part, index, block),
                position=heads or any(find_phrase(p, text, whole=False) for p in positions),
                photo=any(_may_be_photo(b, view) for b in around),
                contact=phone_in(text) is not None or email_in(text) is not None,
                role=heads or any(holds_position(b.text, spec.roles, view) for b in around),
                titled=any(_may_be_position(b, title) for b in around),
                unseen=part.resource.kind is not ResourceKind.PAGE and (block.page is not None or pictured),
            )
        )
    return found


@lru_cache(maxsize=8)
def _name_pattern(titles: tuple[str, ...], not_names: tuple[str, ...]) -> re.Pattern[str]:
    """A title directly followed by a first and last name; not an office that begins like one (นายทะเบียน)."""
    if not titles:
        return re.compile("(?!)")
    either = "|".join(re.escape(t) for t in sorted(titles, key=len, reverse=True))
    other = "|".join(re.escape(word) for word in not_names)
    office = rf"(?!{other})" if other else ""
    return re.compile(rf"(?:^|[\s:(>|]|(?<=\d)){office}(?:{either})\s?[ก-ฮเ-ไ][ก-๎]+\s+[ก-ฮเ-ไ][ก-๎]+")


def _around(blocks: tuple[Block, ...], index: int, title: re.Pattern[str]) -> list[Block]:
    """The blocks of the same card or row: up to the neighbouring person on each side."""
    block = blocks[index]
    if block.kind is BlockKind.CELL:
        row = [
            b for b in blocks[max(0, index - _ROW) : index + _ROW + 1] if (b.table, b.row) == (block.table, block.row)
        ]
        if len(row) > 1 and sum(bool(title.search(b.text)) for b in row) == 1:
            return row
    before: list[Block] = []
    own = _names(block, title)
    for b in reversed(blocks[max(0, index - _NEIGHBOURHOOD) : index]):
        if b.zone is not block.zone or _names(b, title) - own or phone_in(b.text) or email_in(b.text):
            # What stands behind the neighbour's name, or its contact, is the neighbour's.
            break
        before.append(b)
    after: list[Block] = []
    for b in blocks[index + 1 : index + 1 + _NEIGHBOURHOOD]:
        # The page's footer has the office's telephone, nobody's of those shown.
        if b.zone is not block.zone or _names(b, title) - own:
            break
        after.append(b)
    if any(b.kind is BlockKind.IMAGE and not _is_on_sheet(b) for b in before):
        # Photo above the name: the next photo is the next person's.
        cut = next((i for i, b in enumerate(after) if b.kind is BlockKind.IMAGE), len(after))
        after = after[:cut]
    return [*reversed(before), block, *after]


def _names(block: Block, title: re.Pattern[str]) -> frozenset[str]:
    """The persons that a block names; a photo's alt text repeats the name of the person shown."""
    return frozenset("".join(m.group().split()).strip(":(>|") for m in title.finditer(block.text))


def _may_be_position(block: Block, title: re.Pattern[str]) -> bool:
    """Whether a line beside a name, or what stands behind the name on its line, is a few Thai words without a digit."""
    rest = title.sub(" ", make_key(block.text).source)
    short = _POSITION[0] <= len(clusters(rest.strip())) <= _POSITION[1]
    plain = not any(letter.isdigit() or letter == "@" for letter in digits(rest))
    return block.kind is not BlockKind.HEADING and short and plain and any(map(is_thai, rest))


def _may_be_photo(block: Block, view: EvidenceView) -> bool:
    """Whether a block is a picture that may show somebody."""
    return block.kind is BlockKind.IMAGE and not _is_on_sheet(block) and not _decoration(block, view)


def _is_on_sheet(block: Block) -> bool:
    """Whether a picture stands on a PDF's page: nobody knows more of it than its place."""
    return block.bbox is not None and not block.src


def _decoration(block: Block, view: EvidenceView) -> bool:
    """A logo or a banner: its text says so, or its file name and no Thai text says otherwise."""
    words = view.lexicon.get("image_decoration", ())
    if any(word in block.text.lower() for word in words):
        return True
    return any(word in block.src.lower() for word in words) and not any(is_thai(c) for c in block.text)
