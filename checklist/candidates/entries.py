"""Index entries: on a page, the runs of blocks that belong to one item's label, with their links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checklist.candidates import page_links
from checklist.candidates.alignment import Choice, align, gaps
from checklist.candidates.group_headings import (
    Line,
    heads_of_groups,
    with_their_headings,
    without_heads_of_lines,
    without_names_of_groups,
)
from checklist.candidates.labels import LABEL_LENGTH, ItemNames, LabelMatch
from checklist.candidates.page_links import leads_here, links_by_block, own_links_by_block, panes_of, real_links
from checklist.candidates.units import Unit, captions_joined, entries_of_row, is_line_of_links, page_units
from checklist.candidates.within.best_matches import best_matches
from checklist.candidates.within.document_list import entries_of_document
from checklist.candidates.within.entry import Entry, IndexReading, Unclaimed
from checklist.candidates.within.link_lists import LinkLists
from checklist.candidates.within.own_text import label_before_text
from checklist.candidates.years import index_years
from core.models.snapshot import Link, Resource, ResourceKind, Zone

_INDEX_LABELS = 5
"""A page with this many different items' labels is an index."""
_ENTRY_LINES = 60
"""Lines of an entry without links of its own; a table is one."""
_LOOSE = 0.86
_OWN = 0.8
"""Likeness from which a row's own words say what it is, whatever its link is called."""
_LEANS = 0.3
"""Share of rare groups of letters from which a link in an item's place is that item's."""
_MEANS, _APART, _AS_NEAR = 0.6, 0.1, 0.05
"""Share from which a label means an item wherever it stands, how far behind the next item must be, and how far it may
be for the place to decide."""
_AGAIN = 0.45
"""Share from which a line is one more of an item that its neighbour was found to be by its place."""
_BY_PLACE = 0.62
BY_PLACE_BELOW = 0.83
"""Score below which an entry without a number may have been found by its place alone."""
_LISTED = 3
"""A page with entries of this many items is a disclosure list: its other links may be items that were not found."""
WRITTEN_ADDRESS = re.compile(r"https?://\S{1,500}", re.I)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page cut into units, with what all of them share."""

    page: Resource
    names: ItemNames
    units: tuple[Unit, ...]
    by_block: dict[int, list[Link]]
    years: tuple[int | None, ...]
    captions: tuple[str, ...]
    """What each unit says itself; for a button without words of its own, the line above it."""
    panes: dict[str, tuple[int, int]]
    """Id of a pane -> the run of blocks that stands in it."""
    pane_ends: dict[int, int]
    """Block behind a pane -> the first block of the longest one that ends there."""
    numbered: bool
    """Numbers without their letter (01) count."""
    bare: bool
    """Plain numbers (8) count: they agree with the titles beside them."""
    trusted: bool
    """Numbers are this edition's: they do not contradict the titles beside them."""
    linked: dict[int, list[Link]]
    """All links of each block, those to the page itself too."""
    heads: frozenset[int] = frozenset()
    """Positions of the units that head a group of items."""

    def trusts(self, unit: Unit) -> bool:
        """Whether a number of this unit says which item it is of: not in another year's list."""
        return self.trusted and self.years[unit.start] in (None, self.names.naming.year)

    def links(self, unit: Unit) -> tuple[Link, ...]:
        """The links that stand in a unit."""
        return real_links(self.page, unit.start, unit.stop, self.by_block)

    def pane(self, unit: Unit) -> tuple[int, int] | None:
        """The blocks of the pane that a unit's label opens, None if it opens none."""
        pills = self.pills(unit)
        return self.panes[pills[0].fragment] if pills else None

    def opened_in(self, start: int, stop: int) -> tuple[str, ...]:
        """The panes that buttons in a run of blocks open: what stands in them is that run's."""
        links = (link for index in range(start, stop) for link in self.by_block.get(index, ()))
        return tuple(dict.fromkeys(li.fragment for li in links if li.via == "pane" and li.fragment in self.panes))

    def pills(self, unit: Unit) -> tuple[Link, ...]:
        """The labels in a unit that open a pane of the page."""
        links = (link for index in range(unit.start, unit.stop) for link in self.by_block.get(index, ()))
        return tuple(link for link in links if link.via == "pane" and link.fragment in self.panes)


def read_index(page: Resource, names: ItemNames, *, menus: bool) -> IndexReading:
    """All entries of a page, matched to the items in the order of the list, and the links that no item claimed."""
    if page.kind is ResourceKind.DOCUMENT and page.links:
        return IndexReading(entries_of_document(page, names))
    if page.kind is not ResourceKind.PAGE or not page.blocks:
        return IndexReading()
    cut = _cut(page, names, menus=menus)
    labelled = _without_sections(cut, [_label(cut, unit) for unit in cut.units])
    index_page = len({m[0].item for m in labelled if m}) >= _INDEX_LABELS
    separate = [_link_entries(cut, unit, labelled[at], index_page) for at, unit in enumerate(cut.units)]
    said = zip(cut.units, cut.captions, strict=True)
    lines = [Line(text, unit.heading, bool(cut.links(unit)), cut.pane(unit) is not None) for unit, text in said]
    labelled, named = with_their_headings(names, lines, labelled)
    separate = [[] if at in named else own for at, own in enumerate(separate)]
    labelled = without_names_of_groups(names, lines, labelled)
    labelled = without_heads_of_lines(names, lines, labelled)
    labelled, separate = _below_their_labels(cut, labelled, separate)
    cut = replace(cut, heads=heads_of_groups(page, names, cut.units, lines, labelled))
    labelled, placed = _aligned(cut, labelled, separate)
    entries: list[Entry] = []
    for position in range(len(cut.units)):
        own = separate[position]
        several = len({e.item for e in own}) > 1 or (own and not labelled[position])
        entries.extend(own if several else _own_entries(cut, labelled, position, index_page))
    lists = LinkLists(page, entries, names)
    for unit in cut.units:
        entries += lists.entries(unit.run, cut.links(unit), index_page, cut.years[unit.start])
    blocks = page.blocks
    in_content = {entry.item for entry in entries if blocks[entry.start].zone is Zone.CONTENT}
    return IndexReading(
        tuple(entries), _unclaimed(cut, entries, placed, len(in_content)) if len(in_content) >= _LISTED else ()
    )


def _cut(page: Resource, names: ItemNames, *, menus: bool) -> _Page:
    by_block = own_links_by_block(page, names.is_beside, names.is_turn)
    rows = (
        unit.resolve(lambda text: bool(names.matches(text))) for unit in page_units(page, names.prefix, menus=menus)
    )
    units = captions_joined(
        tuple(part for row in rows for part in entries_of_row(page, names, row, by_block)),
        lambda unit: any(match.number or match.likeness >= _LOOSE for match in names.matches(unit.text)[:1]),
        lambda unit: bool(real_links(page, unit.start, unit.stop, by_block)),
    )
    short = [u for u in units if u.text and len(u.text) <= LABEL_LENGTH]
    numbered = sum(names.number(u.text, zero=True, plain=False) is not None for u in short) >= _INDEX_LABELS
    panes = panes_of(page)
    cut = _Page(
        page,
        names,
        units,
        by_block,
        index_years(page, names.naming.year),
        (),
        panes,
        {stop: start for start, stop in sorted(panes.values(), reverse=True)},
        numbered,
        bare=False,
        trusted=True,
        linked=links_by_block(page),
    )
    cut = replace(cut, captions=tuple(_captions(cut)))
    lettered, plain = _agreement(cut, short, plain=False), _agreement(cut, short, plain=True)
    return replace(cut, trusted=lettered[1] * 4 <= lettered[0] + 3, bare=plain[0] >= 2 and plain[1] * 4 <= plain[0])


def _agreement(cut: _Page, units: list[Unit], *, plain: bool) -> tuple[int, int]:
    """How many numbers agree with the title beside them, and how many contradict it."""
    agree = differ = 0
    for unit in units:
        number = cut.names.number(unit.text, zero=cut.numbered, plain=False)
        if plain and number is not None:
            continue  # numbers with their letter say nothing of numbers without it: "1." may be the first file of each
        if plain:
            number = cut.names.number(unit.text, zero=cut.numbered, plain=True)
        if number is None:
            continue
        titled = cut.names.matches(_own_words(cut, unit) or unit.text, trusted=False)
        if titled and titled[0].likeness >= _LOOSE:
            agree += titled[0].item == cut.names.item_of(number)
            differ += titled[0].item != cut.names.item_of(number)
    return agree, differ


def _own_words(cut: _Page, unit: Unit, *, here: bool = True) -> str:
    """What a unit says itself, without its links' labels: "23 | สรุปผล… | [ข่าวจัดซื้อ]" is a summary. With `here` also
    without those of links to the page itself: a menu in one line has them."""
    own, run = frozenset(cut.links(unit)), unit.run
    linked = cut.linked if here else {at: [li for li in cut.linked.get(at, ()) if li in own] for at in range(*run)}
    return page_links.words_beside(cut.page, run, unit.text, linked) if own else unit.text.strip()


def _captions(cut: _Page) -> Iterator[str]:
    above = ""
    for unit in cut.units:
        if not cut.links(unit):
            yield unit.text
            above = unit.text if unit.text and len(unit.text) <= LABEL_LENGTH else ""
            continue
        own = _own_words(cut, unit, here=False) or unit.text
        own = _said_by_link(cut, unit, own) or own
        if own and not cut.names.is_button(own):
            above = ""
        yield own if own and not cut.names.is_button(own) else above or own


def _said_by_link(cut: _Page, unit: Unit, own: str) -> str:
    """The words of a unit's one link, where those beside it are of no item and fewer: a mark (ใหม่), a day, a size."""
    labels = {link.label for link in cut.links(unit)}
    label = labels.pop() if len(labels) == 1 else ""
    if len(label) <= len(own) or cut.names.is_button(label) or cut.names.leanings(own):
        return ""
    return label if cut.names.leanings(label) else ""


def _label(cut: _Page, unit: Unit) -> tuple[LabelMatch, ...]:
    """The items that a unit is the label of. A plain sentence without number or link must be nearly the title."""
    is_others = is_line_of_links(cut.page, unit, cut.linked) or cut.names.is_beside(unit.text)
    if is_others or leads_here(cut.page, unit.start, unit.stop, cut.by_block):
        return ()
    trusted = cut.trusts(unit)
    own = (
        best_matches(cut.names, _own_words(cut, unit), numbered_page=cut.numbered or cut.bare, trusted=trusted)
        if unit.text
        else ()
    )
    found = (
        own
        if own and own[0].likeness >= _OWN
        else best_matches(cut.names, unit.text, numbered_page=cut.numbered or cut.bare, trusted=trusted)
    )
    if not found and cut.bare and trusted:
        found = _numbered(cut, unit)
    if unit.heading or cut.links(unit) or cut.pane(unit):
        return found
    return tuple(m for m in found if m.number or m.likeness >= _LOOSE)


def _without_sections(cut: _Page, labelled: list[tuple[LabelMatch, ...]]) -> list[tuple[LabelMatch, ...]]:
    """The labels without headings that are below those of a list whose entries have numbers: sections of the text that
    answers an entry on the spot, whatever they are called (กฎหมายที่เกี่ยวข้อง in a handbook)."""
    marked = [unit.heading for unit, found in zip(cut.units, labelled, strict=True) if found and found[0].number]
    levels = [level for level in marked if level]
    if len(levels) < _INDEX_LABELS:
        return labelled
    lowest = max(levels)
    return [
        () if found and not found[0].number and unit.heading > lowest and not cut.links(unit) else found
        for unit, found in zip(cut.units, labelled, strict=True)
    ]


def _below_their_labels(
    cut: _Page, labelled: list[tuple[LabelMatch, ...]], separate: list[list[Entry]]
) -> tuple[list[tuple[LabelMatch, ...]], list[list[Entry]]]:
    """The labels and links without those that are called like another item than the label right above them: they are
    that label's, if it has no link of its own and the other item has such a label with links below it elsewhere."""
    bare = [bool(found) and not cut.links(unit) for unit, found in zip(cut.units, labelled, strict=True)]
    over = [at for at in range(len(bare) - 1) if bare[at] and cut.links(cut.units[at + 1])]
    # A group's heading is like an item too, and the link below it is called like the first of the group.
    served = {labelled[at][0].item: at for at in over if not (labelled[at + 1] or separate[at + 1])}
    for at in over:
        found = labelled[at + 1] or tuple(entry.match for entry in separate[at + 1])
        own = {match.item for match in labelled[at]}
        theirs = not own & {m.item for m in found} and all(served.get(m.item, at) != at for m in found)
        if labelled[at][0].number and cut.trusts(cut.units[at]):  # no group's heading: it may have other words for it
            shares = dict(cut.names.leanings(cut.captions[at + 1]))
            others = max((shares.get(match.item, 0.0) for match in found), default=0.0)
            theirs |= shares.get(labelled[at][0].item, 0.0) >= max(_LEANS, others - _AS_NEAR)
        if found and theirs and not cut.units[at + 1].heading and all(not match.number for match in found):
            labelled[at + 1], separate[at + 1] = (), []
    return labelled, separate


def _numbered(cut: _Page, unit: Unit) -> tuple[LabelMatch, ...]:
    """The item of a plain number, in a list whose other numbers are right and whose words do not contradict."""
    item = cut.names.item_of(cut.names.number(unit.text, zero=True, plain=True))
    if item is None or len(unit.text) > LABEL_LENGTH or not cut.links(unit):
        return ()
    leaning = cut.names.leanings(_own_words(cut, unit))
    if leaning and leaning[0][1] >= _LEANS and all(other != item for other, _ in leaning):
        return ()
    return (LabelMatch(item, _BY_PLACE, True, dict(leaning).get(item, 0.0)),)


def _aligned(
    cut: _Page, labelled: list[tuple[LabelMatch, ...]], separate: list[list[Entry]]
) -> tuple[list[tuple[LabelMatch, ...]], tuple[int | None, ...]]:
    """The labels with what their order adds: of two items equally near the one in its place, and an item for a link
    whose words are on no list if it stands where one is missing. With the position of every unit."""
    names = cut.names
    order = names.order
    claimed = {m[0].item for m in labelled if m} | {entry.item for own in separate for entry in own}
    slots: list[list[Choice]] = []
    inside = _inside_others(cut, labelled)
    for at, unit in enumerate(cut.units):
        sure = labelled[at] or tuple(entry.match for entry in separate[at])
        choices = [Choice(order[m.item], m.score) for m in sure]
        if not sure and at not in inside and len(claimed) >= _LISTED and _may_be_entry(cut, unit):
            leaning = names.leanings(cut.captions[at])
            choices = [Choice(order[item], share) for item, share in leaning if share >= _LEANS and item not in claimed]
        slots.append(choices)
    placed = align(slots, len(order))
    items = [item.id for item in names.naming.items]
    found: list[tuple[LabelMatch, ...]] = []
    for at, (before, after) in enumerate(gaps(placed, len(order))):
        position, sure = placed[at], labelled[at]
        chosen = items[position] if position is not None else ""
        if len(sure) > 1 and any(m.item == chosen for m in sure):
            sure = tuple(m for m in sure if m.item == chosen)
        elif not sure and not separate[at] and position is not None and before <= position <= after:
            share = dict(names.leanings(cut.captions[at]))[chosen]
            # Several lines of one item are its years or parts, if their words are plainly its.
            if before < position < after or share >= _AGAIN:
                sure = (LabelMatch(chosen, _BY_PLACE + share / 5, False, share),)
        elif not sure and not separate[at] and at not in inside and _may_be_entry(cut, cut.units[at]):
            sure = _plainly_meant(names, cut.captions[at], claimed)
        found.append(sure)
    return found, placed


def _plainly_meant(names: ItemNames, caption: str, claimed: set[str]) -> tuple[LabelMatch, ...]:
    """The one item that a label has most of its rare words in common with, if no other label on the page is it."""
    leaning = names.leanings(caption)
    if not leaning or leaning[0][1] < _MEANS or leaning[0][0] in claimed:
        return ()
    if len(leaning) > 1 and leaning[1][1] > leaning[0][1] - _APART:
        return ()
    item, share = leaning[0]
    return (LabelMatch(item, _BY_PLACE + share / 5, False, share),)


def _inside_others(cut: _Page, labelled: list[tuple[LabelMatch, ...]]) -> frozenset[int]:
    """Units that stand below a label without links of its own: what they link to is its evidence."""
    found: set[int] = set()
    starts = [unit.start for unit in cut.units]
    for at, matches in enumerate(labelled):
        pane = cut.pane(cut.units[at]) if matches else None
        if pane is not None:
            found.update(range(bisect_left(starts, pane[0]), bisect_left(starts, pane[1])))
        elif matches and not cut.links(cut.units[at]):
            stop = _extent(cut, labelled, at)
            later = at + 1
            while later < len(cut.units) and cut.units[later].stop <= stop:
                found.add(later)
                later += 1
    return frozenset(found)


def _may_be_entry(cut: _Page, unit: Unit) -> bool:
    fits = 0 < len(unit.text) <= LABEL_LENGTH and bool(cut.links(unit))
    return fits and not is_line_of_links(cut.page, unit, cut.linked)


def _own_entries(cut: _Page, labelled: list[tuple[LabelMatch, ...]], position: int, index_page: bool) -> list[Entry]:
    unit = cut.units[position]
    found: list[Entry] = []
    for match in labelled[position]:
        start, stop = unit.start, unit.stop
        label = cut.captions[position] if cut.names.is_button(unit.text) else unit.text
        links, pane = cut.links(unit), cut.pane(unit)
        if pane is not None and not links:
            start, stop = pane
            links = real_links(cut.page, start, stop, cut.by_block)
        elif not links:
            label = label_before_text(cut.page.blocks[slice(*unit.run)], label, match.item, cut.names)
            stop = _extent(cut, labelled, position)
            links = real_links(cut.page, start, stop, cut.by_block)
            opened = cut.opened_in(start, stop)
            if opened:
                start, stop = cut.panes[opened[0]]
                links = tuple(li for name in opened for li in real_links(cut.page, *cut.panes[name], cut.by_block))
        year = cut.years[unit.start]
        found.append(Entry(match.item, cut.page, start, stop, label, links, match, index_page, year))
    return found


def _unclaimed(cut: _Page, entries: list[Entry], placed: tuple[int | None, ...], items: int) -> tuple[Unclaimed, ...]:
    taken = {link.url for entry in entries for link in entry.links}
    covered = {index for entry in entries for index in range(entry.start, entry.stop)}
    found: list[Unclaimed] = []
    lists = LinkLists(cut.page, entries, cut.names)
    for at, (before, after) in enumerate(gaps(placed, len(cut.names.order))):
        unit = cut.units[at]
        if cut.page.blocks[unit.start].zone is not Zone.CONTENT:
            continue
        on_index = items >= _INDEX_LABELS
        found += lists.unclaimed(unit.run, cut.links(unit), on_index)
        if len(unit.text) > LABEL_LENGTH or unit.start in covered:
            continue
        links = tuple(link for link in cut.links(unit) if link.url not in taken)
        if links and is_line_of_links(cut.page, unit, cut.linked):
            found += (Unclaimed(cut.page, link.label, (link,), None, before, after, on_index) for link in links)
        elif links:
            number = cut.names.number(unit.text, zero=cut.numbered, plain=cut.bare)
            label = cut.captions[at] or links[0].label
            found.append(Unclaimed(cut.page, label, links, number, before, after, on_index))
    return tuple(found)


def _extent(cut: _Page, labelled: list[tuple[LabelMatch, ...]], position: int) -> int:
    """Where the entry that begins with unit `position` ends: the next item's label, the head of the next group, its
    table if that has rows of other items, a heading that is not below it, or the page's footer. Headings that follow a
    heading at once are the title of what was pasted below it; the first may be higher than the label itself."""
    units, blocks = cut.units, cut.page.blocks
    own = units[position]
    items = {match.item for match in labelled[position]}
    stop, last, highest, in_title, lines = own.stop, own.stop, own.heading, bool(own.heading), 0
    table: int | None = None
    for later in range(position + 1, len(units)):
        unit = units[later]
        block = blocks[unit.start]
        if block.zone is Zone.FOOTER and blocks[own.start].zone is not Zone.FOOTER:
            break
        if block.table != blocks[own.start].table and _is_row_of_list(cut, labelled, position):
            break
        if cut.pane_ends.get(unit.start, own.start + 1) <= own.start:
            break  # what stands in a pane ends with it
        below = bool(in_title and unit.heading)
        again = any(match.item in items for match in labelled[later]) and (below or _is_of_entry(cut, own, unit))
        again = again or (below and _is_pasted_title(cut, labelled[position], labelled[later], unit))
        if (labelled[later] and not again) or cut.names.are_numbered_apart(own.text, unit.text) or later in cut.heads:
            break
        in_title = in_title and bool(unit.heading)
        if in_title:
            highest = min(highest, unit.heading)
        elif unit.heading and (not own.heading or unit.heading < highest or unit.heading == own.heading == highest):
            break
        lines += block.table is None or block.table != table
        table = block.table
        if lines > _ENTRY_LINES:
            break
        last = last if unit.heading and not cut.links(unit) else unit.stop
        stop = unit.stop
    # Headings that nothing follows are of what comes next.
    return last if own.heading and last == own.stop and not cut.opened_in(own.stop, stop) else stop


def _is_row_of_list(cut: _Page, labelled: list[tuple[LabelMatch, ...]], position: int) -> bool:
    """Whether a unit is a row of a table with entries of other items: what stands below the table is none of them's."""
    own = cut.page.blocks[cut.units[position].start].table
    if own is None:
        return False
    items = {match.item for match in labelled[position]}
    for ways in (range(position - 1, -1, -1), range(position + 1, len(cut.units))):
        for at in ways:
            if cut.page.blocks[cut.units[at].start].table != own:
                break
            if any(match.item not in items for match in labelled[at]):
                return True
    return False


def _is_pasted_title(cut: _Page, own: tuple[LabelMatch, ...], found: tuple[LabelMatch, ...], unit: Unit) -> bool:
    """Whether a heading right below a numbered label, like another item's but without a number, is what was pasted
    there: neither a label of the list nor a group's."""
    return own[0].number and not any(match.number for match in found) and cut.names.group_of(unit.text) is None


def _is_of_entry(cut: _Page, own: Unit, unit: Unit) -> bool:
    """Whether a line that names an item, below the numbered label of the same item, is the link to its document. A
    number in an address that is written out is none of the line's."""
    texts = (own.text, WRITTEN_ADDRESS.sub(" ", unit.text))
    numbers = [cut.names.number(text, zero=cut.numbered, plain=False) for text in texts]
    return numbers[0] is not None and numbers[1] is None and not unit.heading and bool(cut.links(unit))


def _link_entries(cut: _Page, unit: Unit, labels: tuple[LabelMatch, ...], index_page: bool) -> list[Entry]:
    """Entries for single links whose own label names an item; none where the unit's own words name one already."""
    if not unit.text and cut.page.blocks[unit.start].zone is not Zone.CONTENT:
        return []
    found: list[Entry] = []
    year, trusted = cut.years[unit.start], cut.trusts(unit)
    own = best_matches(cut.names, _own_words(cut, unit), numbered_page=cut.numbered or cut.bare, trusted=trusted)
    if labels and own and own[0].likeness >= _OWN:
        return []
    for link in (*cut.links(unit), *cut.pills(unit)):
        start, stop = cut.panes[link.fragment] if link.via == "pane" else (unit.start, unit.stop)
        links = real_links(cut.page, start, stop, cut.by_block) if link.via == "pane" else (link,)
        for match in best_matches(cut.names, link.label, numbered_page=cut.numbered, trusted=trusted):
            if match.score >= _LINK_SCORE:
                found.append(Entry(match.item, cut.page, start, stop, link.label, links, match, index_page, year))
    return found


_LINK_SCORE = 0.72
