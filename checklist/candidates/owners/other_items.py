"""Whose document it is by its own words: this item's, or another's that was put up in its place."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.candidates.labels import HARDLY, LABEL_LENGTH, ItemNames, grams
from checklist.candidates.owners.joint_labels import items_joined
from checklist.candidates.page_index import named_items
from checklist.candidates.site_index import SiteIndex
from checklist.candidates.within.said import is_way
from checklist.evidence_view import EvidencePart
from checklist.kinds import DocumentKind, behind_letter, excludes
from checklist.rules.model import EVENT, Item
from core.models.assessment import ElementStatus, Finding, Level, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Resource, ResourceKind, Zone
from core.thai.normalize import is_thai, key_text

_TITLE_LINES, _FIRST_LINES, _TEXT_BLOCKS = 4, 12, 120
"""Blocks of a document that may be its title, among which it says what it is, and in which it names its matter."""
_TEXT = 40_000
"""Characters of them that are looked through."""
_COVER = 40
"""Thai letters of them from which they say something."""
_ALIKE, _OWN_MATTER = 0.7, 0.5
"""Share of another item's from which a title may be that one's, and how much of what this item has and that one has not
must stand in the text: a yearly report without a word of corruption is no report on preventing it."""
_NAMED_KINDS = frozenset({DocumentKind.PLAN})
"""Kinds of which a document has the word, or is none."""
_NAMES_OTHER, _CLEARLY = 0.9, 0.18
"""Share of another item's from which that is named, and how much less of this one's there must be: 0.15 was the most
among the same documents."""
_ELEMENT, _ELEMENTS = 20, 2
"""Groups of letters of a line that names an element, and elements that make an item."""
_ELEMENT_SHARE = 0.85


def of_shared_file(site: SiteIndex, item: Item, parts: tuple[EvidencePart, ...]) -> tuple[Reason, ...]:
    """Why one file put up under several labels may not be this item's: its own title is that of another of them."""
    for part in parts:
        resource = part.resource
        own = _labels_of(site, item.id, resource)
        if resource.kind is ResourceKind.PAGE and item.evidence != "document":
            return ()  # a page may answer several items that ask for no document
        titles = named_items(resource, site.names) if own and part.is_whole else ()
        others = [other for other in titles if _labels_of(site, other, resource) - own]
        if not others or item.id in titles:
            return ()
        return (_is_of(others[0], site.names.kind_words.title(resource) or resource.title, resource),)
    return ()


def without_told_events(
    site: SiteIndex, findings: Sequence[Finding], strange: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """The doubts without that of another item's title, where an item asks for an event and the document tells of one,
    the other item asks for none, and its title names no kind of document that the other one is answered with: an event
    is called by what it was held for (`ประชุมมอบนโยบาย No Gift Policy`)."""
    if not any(f.element == EVENT and f.status is ElementStatus.PRESENT for f in findings):
        return strange
    return tuple(reason for reason in strange if not _is_called_after(site, reason))


def _is_called_after(site: SiteIndex, reason: Reason) -> bool:
    if reason.code is not ReasonCode.OTHER_ITEM or reason.values["other"] in site.names.naming.events:
        return False
    return site.names.kind_words.kind(reason.values["title"]) not in site.names.kinds[reason.values["other"]]


def _labels_of(site: SiteIndex, item: str, resource: Resource) -> set[str]:
    """The labels under which an item's entries lead to a resource."""
    urls = {resource.url, resource.final_url}
    return {entry.label for entry in site.entries.get(item, ()) if any(link.url in urls for link in entry.links)}


def of_other_item(site: SiteIndex, item: Item, parts: tuple[EvidencePart, ...]) -> tuple[Reason, ...]:
    if item.evidence == "site":
        return ()  # what the site has is on its pages, whatever document lists it
    # Posts and download pages on the way to a document do not speak for it.
    spoken = [part for part in parts if not is_way(part, site.snapshot.resources[0])]
    found = [other_title(site.names, item, own) if (own := part.document) is not None else None for part in spoken]
    told = tuple(reason for reason in found if reason is not None)
    return told[:1] if len(told) == len(found) else ()


def other_title(names: ItemNames, item: Item, resource: Resource) -> Reason | None:
    """Why a document may not be this item's by its own words: its title is another item's and holds what this item's
    must not (a procurement report shown as the annual report), or its first lines name another item and not this
    one, or not this one at all. It may be posted by mistake: a person says so. Pages hold several items' contents."""
    if resource.kind is ResourceKind.PAGE:
        return None
    title = names.kind_words.title(resource)
    other = names.other_item(title, item.id)
    if other is not None and any(item.id in (one[0], two[0]) for one, two in items_joined(title, names)):
        return None
    if other is not None:
        return _is_of(other, title, resource)
    if (project := _one_project(names, item, resource)) is not None:
        return project
    first = behind_letter(resource, names.kind_words)
    lines = [b.text[:LABEL_LENGTH] for b in resource.blocks[first : first + _FIRST_LINES] if not b.ocr]
    cover = " ".join(lines)
    if item.evidence != "document" or sum(map(is_thai, cover)) < _COVER:
        return None
    whole_title = " ".join(names.title_lines(lines[:_TITLE_LINES]))
    shares = names.named(whole_title)
    own = shares.get(item.id, 0.0)
    kind = names.kind_words.kind(whole_title) or names.kind_words.of(resource)
    others = (
        (i, s)
        for i, s in shares.items()
        if i != item.id and not excludes(names.kinds[i], kind) and not names.rules_out(i, whole_title)
    )
    best, share = max(others, key=lambda each: each[1], default=("", 0.0))
    if share >= _NAMES_OTHER and share - own >= _CLEARLY:
        return _is_of(best, lines[0], resource)
    if item.id in names.collective:
        return None
    text = " ".join(block.text for block in resource.blocks[:_TEXT_BLOCKS])[:_TEXT]
    if share >= _ALIKE and share > own and names.matter(text, item.id, best) < _OWN_MATTER:
        return _is_of(best, lines[0], resource)
    if names.named(text).get(item.id, 1.0) < HARDLY and not _names_what_is_asked(item, resource):
        return Reason(ReasonCode.NOT_NAMED, {"url": resource.url, "title": lines[0][:120]})
    return None


def of_no_kind(names: ItemNames, item: Item, parts: Sequence[EvidencePart]) -> tuple[Reason, ...]:
    """Why what was found may be no plan, where an item asks for one: none of it has the word. Announcements of
    purchases are no plan of them, whatever the page is called that they stand on."""
    wanted = names.kinds[item.id] & _NAMED_KINDS
    if item.evidence != "document" or not wanted or wanted != names.kinds[item.id]:
        return ()
    for part in parts:
        said = [block.text for _, block in part.numbered_blocks() if block.zone is Zone.CONTENT][:_TEXT_BLOCKS]
        if any(names.kind_words.mentions(wanted, text[:_TEXT]) for text in (part.resource.title, *said)):
            return ()
    found = parts[0].resource
    title = next((block.text for block in parts[0].blocks if block.text), found.title)
    return (Reason(ReasonCode.NOT_NAMED, {"url": found.url, "title": title[:120]}),)


def _names_what_is_asked(item: Item, resource: Resource) -> bool:
    """Whether a document's own lines name all that an item asks for, whatever its title is: its time aside."""
    elements = (each for each in item.elements if each.level is Level.REQUIRED and each.match.period is None)
    return _are_named([each.text for each in elements], [b.text for b in resource.blocks[:_TEXT_BLOCKS]])


def _are_named(texts: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether lines of a document are the names of what an item asks for: each of its elements' texts, two or more, has
    all that a line says."""
    own = [
        grams(key_text(line).replace(" ", "").lstrip("0123456789.()")) for line in lines if len(line) <= LABEL_LENGTH
    ]
    named = [line for line in own if len(line) >= _ELEMENT]
    asked = [grams(key_text(text).replace(" ", "")) for text in texts]
    found = [any(len(line & wanted) >= _ELEMENT_SHARE * len(line) for line in named) for wanted in asked]
    return len(found) >= _ELEMENTS and all(found)


def _one_project(names: ItemNames, item: Item, resource: Resource) -> Reason | None:
    """Why a report may not be the agency's for the time asked for: its title names one project that has nothing of the
    item's own matter. A report on an anti-corruption project may be what an item on preventing it asks for."""
    if names.kinds[item.id] != {DocumentKind.REPORT} or item.evidence != "document":
        return None
    name = names.kind_words.project_name(resource)
    if not name or names.named(name).get(item.id, 0.0) >= HARDLY:
        return None
    return Reason(ReasonCode.ONE_PROJECT, {"url": resource.url, "title": name[:120]})


def _is_of(other: str, title: str, resource: Resource) -> Reason:
    return Reason(ReasonCode.OTHER_ITEM, {"url": resource.url, "other": other, "title": title[:120]})
