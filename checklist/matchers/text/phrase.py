"""`phrase`: one of several wordings stands in the evidence, in the places asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, own_hits, shows_nothing
from checklist.matchers.columns import bare_names, blank_names, tables
from checklist.matchers.page.forms import form_headings
from checklist.matchers.unfilled import unfilled_blocks
from checklist.rules.specs import PhraseMatch, Place
from checklist.section.headings import numbering, strip_number
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ResourceKind, Zone
from core.thai.dates import date_mentions
from core.thai.normalize import Hit, clusters, digits, find_phrase, is_thai, make_key

_QUOTE_LENGTH = 220
_TITLE_LENGTH = 200
_TITLE_SHARE = 0.5
_COLUMNS = 3
_COLUMN_NAME = 40
"""Columns of a table, and Thai clusters of a column's name: a row of text is laid out as a table too."""
_FIGURE = re.compile(r"\d")
_YEAR_OR_NUMBER = re.compile(r"(?<!\d)(?:25|20)\d\d(?!\d)|^\W*\d{1,2}(?:\.\d{1,2})*[.)\s]")
_LISTED = 2
"""Entries from which lines are a list."""
_CONTENT = 4
"""Thai clusters from which a line says something."""
_COVER = 6
"""Blocks of a document among which its title stands."""
_LISTS = frozenset({BlockKind.CELL, BlockKind.LIST_ITEM, BlockKind.IMAGE})
_LONG_LIST, _ANNOUNCES, _HEAD_LENGTH = 3, 12, 60
"""Numbered lines that are a list; lines below a heading that belong to it, and characters of such a heading's key."""
_BROKEN = 5
"""Thai clusters of a phrase that may be broken over two lines: `หรือไม่` over `มีการ` holds the shorter ไม่มี."""


def check(spec: PhraseMatch, view: EvidenceView) -> MatchResult:
    """Present if one of `any`, and one of each group of `all`, is found; `near` must stand close by.

    What is written around an empty table only announces what should stand in it: review if it has a figure, else
    missing."""
    groups = ((spec.any,) if spec.any else ()) + spec.all
    quotes: list[Quote] = []
    for group in groups:
        quote = _first(group, spec, view) or (_over_form(group, view) if spec.subject else None)
        if quote is None:
            alike = _first(spec.perhaps, spec, view) if spec.perhaps else None
            if alike is None:
                return _announced(group, spec, view)
            if (alike.url, alike.block) in unfilled_blocks(view):
                return MatchResult(ElementStatus.MISSING, (alike,), reason=Reason(ReasonCode.TABLE_EMPTY))
            return MatchResult(ElementStatus.REVIEW, (alike,), reason=Reason(ReasonCode.SECTION_UNSURE))
        quotes.append(quote)
    unfilled = unfilled_blocks(view)
    if any((quote.url, quote.block) in unfilled for quote in quotes):
        if any(_FIGURE.search(without_years(quote.quote)) for quote in quotes):
            return MatchResult(ElementStatus.REVIEW, tuple(quotes), reason=Reason(ReasonCode.TABLE_EMPTY))
        return MatchResult(ElementStatus.MISSING, tuple(quotes), reason=Reason(ReasonCode.TABLE_EMPTY))
    if any(q.url == part.resource.url and q.block in bare_names(part) for part in view.parts for q in quotes):
        return MatchResult(ElementStatus.REVIEW, tuple(quotes), reason=Reason(ReasonCode.TABLE_EMPTY))
    if spec.subject and _is_only_a_choice(spec.any, view):
        return MatchResult(ElementStatus.REVIEW, tuple(quotes), reason=Reason(ReasonCode.SECTION_UNSURE))
    return MatchResult(ElementStatus.PRESENT, tuple(quotes))


def _announced(phrases: tuple[str, ...], spec: PhraseMatch, view: EvidenceView) -> MatchResult:
    """What is said of words that stand nowhere, or only where a document announces what it holds."""
    quote = _first(phrases, spec.model_copy(update={"not_below": ()}), view) if spec.not_below else None
    if quote is None or not any(_holds_list(part, spec.not_below) for part in view.parts):
        return MatchResult(ElementStatus.MISSING)
    return MatchResult(ElementStatus.REVIEW, (quote,), reason=Reason(ReasonCode.SECTION_UNSURE))


def _holds_list(part: EvidencePart, names: tuple[str, ...]) -> bool:
    """Whether something stands in a part, below other headings than those of these names, that may be a list."""
    lines = 0
    for index, block in part.numbered_blocks():
        if block.kind in _LISTS or block.ocr:
            return True
        listed = block.kind is not BlockKind.HEADING and not block.bold and numbering(block.text) is not None
        lines += listed and not _is_below(names, part, index, ())
    return lines >= _LONG_LIST


def _is_below(names: tuple[str, ...], part: EvidencePart, index: int, phrases: tuple[str, ...]) -> bool:
    """Whether a line stands below a heading of one of these names, or begins with one itself. A line that begins with
    one of the phrases is a heading of its own."""
    blocks = part.resource.blocks
    key = strip_number(blocks[index].text)
    if not names or key.startswith(tuple(make_key(phrase).text for phrase in phrases)):
        return False
    begins = tuple(make_key(name).text for name in names)
    if key.startswith(begins):
        return True
    own = numbering(blocks[index].text)
    for block in reversed(blocks[max(part.start, index - _ANNOUNCES) : index]):
        above = strip_number(block.text)
        if len(above) <= _HEAD_LENGTH and above.startswith(begins):
            return True
        number = numbering(block.text)
        if number is not None and own is not None and (number.style, len(number.value)) == (own.style, len(own.value)):
            continue
        if block.kind is BlockKind.HEADING or block.bold or number is not None:
            return False
    return False


def _is_only_a_choice(phrases: tuple[str, ...], view: EvidenceView) -> bool:
    """Whether all lines with one of the phrases are part of a form, and neither a page's title nor a heading has one:
    one of the matters that a form for all of them offers is not what the form is for."""
    titles = (part.resource.title for part in view.parts)
    headings = (b.text for part, _, b in content_blocks(view) if b.kind is BlockKind.HEADING)
    if any(own_hits(phrase, text, view) for text in (*titles, *headings) for phrase in phrases):
        return False
    forms = {part.resource.url: "" for part in view.parts}
    for part, _, block in content_blocks(view):
        if block.kind is BlockKind.FORM:
            forms[part.resource.url] += f" {make_key(block.text).text}"
    lines = (
        (part, block)
        for part, _, block in content_blocks(view)
        if any(own_hits(phrase, block.text, view) for phrase in phrases)
    )
    inside = [
        block.kind is BlockKind.FORM or make_key(block.text).text in forms[part.resource.url] for part, block in lines
    ]
    return bool(inside) and all(inside)


def _over_form(phrases: tuple[str, ...], view: EvidenceView) -> Quote | None:
    """The heading with one of the phrases that a form stands under: although it may be the item's own title, it says
    what the form is for."""
    for part, at, block in form_headings(view):
        if any(own_hits(phrase, block.text, view) for phrase in phrases):
            return block_quote(part, at, block)
    return None


def _first(phrases: tuple[str, ...], spec: PhraseMatch, view: EvidenceView) -> Quote | None:
    # Names of columns without a row speak last.
    hits = ((q, q.block in bare_names(part)) for part in view.parts for q in _hits(phrases, spec, view, part))
    whole: Quote | None = None
    for quote, bare in hits:
        if not bare:
            return quote
        whole = whole or quote
    if whole is not None or "text" not in spec.where or spec.near:
        return whole
    return next((q for part in view.parts for q in _broken_hits(phrases, view, part)), None)


def without_years(text: str) -> str:
    """A line without its days, years and numbers of sections: the rest of its figures tell of something."""
    for mention in reversed(date_mentions(text)):
        text = text[: mention.start] + text[mention.stop :]
    return _YEAR_OR_NUMBER.sub(" ", digits(text))


def evidence_titles(view: EvidenceView, part: EvidencePart | None) -> tuple[str, ...]:
    """Keys of what only names the evidence: a title that speaks of a budget shows none. With a part also
    what that part is called."""
    names: tuple[str, ...] = (view.item.title, *view.item.aliases)
    if part is not None:
        names = (*names, view.label, part.resource.title)
    keys = {make_key(n).text for n in names if n}
    return tuple(keys | view.part_names if part is not None else keys)


def names_title(text: str, titles: tuple[str, ...]) -> bool:
    """Whether a text is one of these titles (or little more)."""
    if len(text) > _TITLE_LENGTH:
        return False
    key = make_key(text).text
    return any(key in title or (title in key and len(title) >= _TITLE_SHARE * len(key)) for title in titles)


def only_names(word: str, text: str, titles: tuple[str, ...]) -> bool:
    """Whether a text that has a word only says what the evidence is called: one of its titles, or little more."""
    key, length = make_key(text).text, len(make_key(word).text)
    return any(title in key and len(title) > length and len(title) >= _TITLE_SHARE * len(key) for title in titles)


def _hits(phrases: tuple[str, ...], spec: PhraseMatch, view: EvidenceView, part: EvidencePart) -> Iterator[Quote]:
    titles = evidence_titles(view, part)
    unfilled = _names_of_empty_columns(part) | blank_names(view, part)
    heads = {at for table in tables(part) for at, _ in table.head} if spec.field else set[int]()
    for place in spec.where:
        for index, block, text in _texts(part, place):
            if place in ("text", "column") and index in unfilled:
                continue
            if spec.not_below and index >= 0 and _is_below(spec.not_below, part, index, phrases):
                continue
            if (
                place == "text"
                and block is not None
                and block.kind is not BlockKind.CELL
                and names_title(text, titles)
                and not _heads_content(view, part, index, titles, phrases)
                and not _is_sentence(part, index, titles)
                and not _leads_in(view, part, index)
            ):
                continue
            for phrase in phrases:
                for hit in own_hits(phrase, text, view):
                    if block is not None and block.kind is BlockKind.FORM and _is_line_of(phrase, part):
                        continue
                    if spec.near and not _near(spec, text, hit, part, index):
                        continue
                    if spec.field and block is not None and index not in heads and _is_in_name(block, text, hit):
                        continue
                    yield Quote(
                        part.resource.url,
                        excerpt(text, hit.start, hit.stop),
                        _method(block, place),
                        page=block.page if block else None,
                        line=block.line if block else None,
                        sheet=block.sheet if block else "",
                        block=index,
                        bbox=block.bbox if block else None,
                    )


def _is_in_name(block: Block, text: str, hit: Hit) -> bool:
    """Whether words stand within a name that a table lists: in a cell between other letters. What ends with them may
    name a field (หน่วยงานผู้รับผิดชอบ)."""
    listed = block.kind is BlockKind.CELL and not block.header and bool(block.row)
    beside = (text[max(0, hit.start - 1) : hit.start], text[hit.stop : hit.stop + 1])
    return listed and all(letter and (is_thai(letter) or letter.isalnum()) for letter in beside)


def _is_line_of(phrase: str, part: EvidencePart) -> bool:
    """Whether a phrase in a form, which may be around a whole page, stands in one of its lines, to be judged there."""
    lines = (block for _, block in part.numbered_blocks() if block.kind is not BlockKind.FORM)
    return any(find_phrase(phrase, block.text) for block in lines)


def _broken_hits(phrases: tuple[str, ...], view: EvidenceView, part: EvidencePart) -> Iterator[Quote]:
    """Phrases that stand broken over two lines of a document: in its title, with text below it (`มาตรฐาน` over
    `การปฏิบัติงาน` over what it is a standard of), or in a narrow column of a page without rules (`ผู้รับผิด` over `ชอบ`)."""
    phrases = tuple(phrase for phrase in phrases if len(clusters(phrase)) >= _BROKEN)
    if part.resource.kind is not ResourceKind.DOCUMENT or not phrases:
        return
    titles = evidence_titles(view, part)
    lines = [(index, block) for index, block in part.numbered_blocks() if block.text.strip()]
    for number, ((index, block), (_, second)) in enumerate(pairwise(lines)):
        first = block.text.rstrip()
        joint = f"{first}{second.text.lstrip()}"
        if BlockKind.CELL in (block.kind, second.kind) or len(joint) > _TITLE_LENGTH:
            continue
        seam = [phrase for phrase in phrases if _is_across(make_key(phrase).text, block.text, second.text)]
        if not any(hit.start < len(first) < hit.stop for phrase in seam for hit in own_hits(phrase, joint, view)):
            continue
        below = lines[number + 2][1].text if number + 2 < len(lines) else ""
        of_title = number < _COVER and len(clusters(below)) >= _CONTENT and not shows_nothing(below, view)
        if of_title or (block.page is not None and number >= _COVER and not names_title(joint, titles)):
            yield Quote(
                part.resource.url, block.text, _method(block, "text"), page=block.page, line=block.line, block=index
            )


def _is_across(key: str, first: str, second: str) -> bool:
    """Whether a phrase's key stands across the end of a line: most lines are told from it without joining them."""
    most = len(key) - 1
    return key in make_key(first).text.rstrip()[-most:] + make_key(second).text.lstrip()[:most]


def _names_of_empty_columns(part: EvidencePart) -> frozenset[int]:
    """The column names of tables, where no table of the part has a filled row: a form shows nothing of what it asks."""
    cells = [(index, block) for index, block in part.numbered_blocks() if block.kind is BlockKind.CELL and block.text]
    if any(not block.header and block.row for _, block in cells):
        return frozenset()
    columns = Counter(block.table for _, block in cells)
    if any(columns[block.table] < _COLUMNS or len(clusters(block.text)) > _COLUMN_NAME for _, block in cells):
        return frozenset()
    return frozenset(index for index, _ in cells)


def _heads_content(
    view: EvidenceView, part: EvidencePart, index: int, titles: tuple[str, ...], phrases: tuple[str, ...]
) -> bool:
    """Whether a line that the label also has is a heading with text below it.

    A row that lists its documents by name does not take their headings away, and a cover with "คู่มือ" on a line of
    its own says on the next what it is a manual of. The item's whole title never is such a heading."""
    below = (block for block in part.resource.blocks[index + 1 : part.stop] if block.text.strip())
    following, goes_on = _below_title(part.resource.blocks[index], below, view, titles, cover=_is_of_title(part, index))
    if following is None or names_title(following.text, titles) or len(clusters(following.text)) < _CONTENT:
        return False
    if shows_nothing(following.text, view):
        return False
    if goes_on and not _begins_topic(following.text, view):
        return False
    own = {make_key(name).text for name in (view.item.title, *view.item.aliases, part.resource.title) if name}
    line = part.resource.blocks[index].text
    key = make_key(line).text
    is_section = part.resource.kind is ResourceKind.DOCUMENT and numbering(line) is not None
    if is_section and numbering(following.text) is None and not any(title in key for title in own):
        # A numbered line over text is a section, although the row that leads to the document names it.
        return True
    if any(key == make_key(phrase).text for phrase in phrases):
        return True
    if _is_of_title(part, index) and (_begins_topic(following.text, view) or _names_subject(key, phrases, view)):
        return True
    return not names_title(key, tuple(own)) and 2 * len(key) <= max(
        (len(title) for title in titles if key in title), default=0
    )


def _below_title(
    line: Block, below: Iterable[Block], view: EvidenceView, titles: tuple[str, ...], *, cover: bool
) -> tuple[Block | None, bool]:
    """The first line below a title that is not part of it, and whether the title goes on over it: on a cover the next
    line too may be of its name (`คู่มือ` over `การปฏิบัติงาน` over what it is of)."""
    named, goes_on = make_key(line.text).text, False
    for block in below:
        if _only_leads_on(block.text, view):
            continue
        joint = named + make_key(block.text[:_TITLE_LENGTH]).text
        if not cover or not any(joint in title for title in titles):
            return block, goes_on
        named, goes_on = joint, True
    return None, goes_on


def _is_sentence(part: EvidencePart, index: int, titles: tuple[str, ...]) -> bool:
    """Whether a line of a document, below its title, begins a sentence with that title and goes on in the next line."""
    block, *below = part.resource.blocks[index : min(part.stop, index + 2)]
    if part.resource.kind is not ResourceKind.DOCUMENT or block.bold or not below or below[0].bold:
        return False
    if below[0].page != block.page or numbering(below[0].text) is not None:
        return False
    key = make_key(block.text).text
    title = max((title for title in titles if key.startswith(title)), key=len, default="")
    if not title or len(clusters(key[len(title) :])) < _CONTENT:
        return False
    above = part.resource.blocks[max(part.start, index - _COVER) : index]
    named = any(names_title(line.text, titles) for line in above if line.text.strip())
    return named and not names_title(f"{block.text} {below[0].text}", titles)


def _leads_in(view: EvidenceView, part: EvidencePart, index: int) -> bool:
    """Whether a line is over a list of what it names, each with a number or mark and words: `มีหน้าที่ ดังต่อไปนี้`."""
    key = make_key(part.resource.blocks[index].text).text.rstrip(" :")
    if not key.endswith(tuple(make_key(word).text for word in view.lexicon.get("leads_in", ()))):
        return False
    listed = part.resource.blocks[index + 1 : min(part.stop, index + 1 + _LISTED)]
    return len(listed) == _LISTED and all(
        (block.kind is BlockKind.LIST_ITEM or numbering(block.text) is not None)
        and len(clusters(block.text)) >= _CONTENT
        for block in listed
    )


def _is_of_title(part: EvidencePart, index: int) -> bool:
    """Whether a line is of a document's cover, or heads a whole web page."""
    if part.resource.kind is ResourceKind.DOCUMENT:
        return index - part.start < _COVER
    whole = part.start == 0 and part.stop >= len(part.resource.blocks)
    return whole and part.resource.blocks[index].kind is BlockKind.HEADING


def _only_leads_on(text: str, view: EvidenceView) -> bool:
    """Whether a line of a title stands between its name and what it is of: `เรื่อง` alone, or the name in English."""
    key = make_key(text[:_TITLE_LENGTH]).text.strip(" :")
    return key in view.lexicon.get("title_topic", ()) or not any(map(is_thai, key))


def _begins_topic(text: str, view: EvidenceView) -> bool:
    """Whether a line says of what the title above it is: `เรื่อง การจัดเก็บภาษี` under `คู่มือการปฏิบัติงาน`."""
    topic = make_key(text[:_TITLE_LENGTH]).text
    return any(topic.startswith(make_key(word).text) for word in view.lexicon.get("title_topic", ()))


def _names_subject(key: str, phrases: tuple[str, ...], view: EvidenceView) -> bool:
    """Whether a title begins with one of the phrases and says itself of what it is, beyond the item's own names:
    `คู่มือการปฏิบัติงานการรับเรื่องร้องเรียน`."""
    names = [make_key(name).text for name in (view.item.title, *view.item.aliases, *phrases)]
    name = max((name for name in names if key.startswith(name)), key=len, default="")
    rest = key[len(name) :].lstrip(" :-–")
    return bool(name) and len(clusters(rest)) >= _CONTENT and _begins_topic(rest, view)


def _texts(part: EvidencePart, place: Place) -> Iterator[tuple[int, Block | None, str]]:
    if place == "label":
        if part.label:
            yield -1, None, part.label
        if part.resource.title:
            yield -1, None, part.resource.title
        return
    if place == "link":
        for link in part.resource.links:
            if part.start <= link.block < part.stop and link.zone is Zone.CONTENT and link.label:
                yield link.block, None, link.label
        return
    for index, block in part.numbered_blocks():
        if not block.text or (part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT):
            continue
        if place == "heading" and block.kind is not BlockKind.HEADING and not block.bold:
            continue
        if place == "column" and not (block.kind is BlockKind.CELL and (block.header or block.row == 0)):
            continue
        yield index, block, block.text


def _near(spec: PhraseMatch, text: str, hit: Hit, part: EvidencePart, index: int) -> bool:
    before = text[max(0, hit.start - spec.within) : hit.start]
    after = text[hit.stop : hit.stop + spec.within]
    around = before + " \n " + after
    if index >= 0:
        # What the label says may stand in the neighbouring cell or line.
        room = spec.within - len(after)
        for block in part.resource.blocks[index + 1 : min(index + 4, part.stop)]:
            if room <= 0:
                break
            around += " \n " + block.text[:room]
            room -= len(block.text)
        # The heading above says what the line is about.
        room = spec.within - len(before)
        for block in reversed(part.resource.blocks[max(part.start, index - 3) : index]):
            if room <= 0:
                break
            around += " \n " + block.text[-room:]
            room -= len(block.text)
    return any(find_phrase(phrase, around, whole=False) for phrase in spec.near)


def _method(block: Block | None, place: Place) -> Method:
    if block is None:
        return Method.LINK
    if block.ocr:
        return Method.OCR
    if block.kind is BlockKind.CELL:
        return Method.TABLE
    if block.kind is BlockKind.HEADING:
        return Method.HEADING
    if block.kind is BlockKind.FORM:
        return Method.FORM
    if block.kind is BlockKind.IMAGE:
        return Method.IMAGE
    return Method.TEXT


def excerpt(text: str, start: int, stop: int) -> str:
    """The run `start:stop` with what stands around it, cut to a readable length, exactly as in the text."""
    if len(text) <= _QUOTE_LENGTH:
        return text
    room = max(0, (_QUOTE_LENGTH - (stop - start)) // 2)
    begin, end = max(0, start - room), min(len(text), stop + room)
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
