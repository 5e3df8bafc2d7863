"""Where a gap is to be corrected: in which file, on which page, in which list of links, and by when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ElementStatus, EvidenceRef, ItemStatus, Level, Verdict
from core.models.reasons import ReasonCode
from reports.messages import Messages

_LEAST_LINKS = 2
"""Items that one page must lead to before it counts as the agency's list of disclosures."""
_LACKS = (ElementStatus.MISSING, ElementStatus.EMPTY)
_PAGES = ("text/html", "application/xhtml+xml")
_DOCUMENTS = (
    ".pdf",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".odt",
    ".ods",
    ".jpg",
    ".jpeg",
    ".png",
    ".zip",
)
"""Endings of what could not be opened, whose kind nobody knows."""


class CorrectionPlace(StrEnum):
    """What kind of place it is; the code of its words."""

    FILE = "where_file"
    FILES = "where_files"
    PAGE = "where_page"
    LINK = "where_link"
    LIST = "where_list"
    HOME = "where_home"


@dataclass(frozen=True, slots=True)
class Correction:
    """Where to correct one gap: the addresses with their labels, the likeliest first; `dead` is a link that fails."""

    place: CorrectionPlace
    targets: tuple[tuple[str, str], ...]
    dead: str = ""


def correction_of(verdict: Verdict, assessment: Assessment) -> Correction:
    """Return where what a verdict lacks is to be put right."""
    if verdict.status is ItemStatus.UNREACHABLE:
        return _dead_link(verdict, assessment)
    if verdict.status is ItemStatus.MISSING or not verdict.evidence:
        return _in_the_list(verdict, assessment)
    known = {reference.url: reference for reference in verdict.evidence}
    quoted = [
        quote.url
        for finding in verdict.findings
        if finding.level is Level.REQUIRED and finding.status in _LACKS
        for quote in finding.quotes
        if quote.url in known
    ]
    # What stands in none of the evidence belongs into the document, not onto the page that leads to it.
    documents = [url for url, reference in known.items() if not _is_page(reference)]
    urls = tuple(dict.fromkeys(quoted or documents or known))
    targets = tuple((url, known[url].label or known[url].title) for url in urls)
    if _is_page(known[urls[0]]):
        return Correction(CorrectionPlace.PAGE, targets[:1])
    return Correction(CorrectionPlace.FILES if len(urls) > 1 else CorrectionPlace.FILE, targets)


def disclosure_list(assessment: Assessment, item: str) -> str:
    """Return the address of the page that an item's link belongs on: the one that leads to the items beside it.

    A list may be cut into pages by sub-indicator. Only pages count that lead to two items or more; empty if none
    does."""
    verdicts = assessment.verdicts
    leads = [v.evidence[0].found_via[-1] if v.evidence and v.evidence[0].found_via else "" for v in verdicts]
    counts = Counter(page for page in leads if page)
    own = next((place for place, verdict in enumerate(verdicts) if verdict.item == item), 0)
    near = sorted(range(len(verdicts)), key=lambda place: (abs(place - own), place))
    return next((leads[place] for place in near if counts[leads[place]] >= _LEAST_LINKS), "")


def correct_by(verdict: Verdict, assessment: Assessment, edition: Edition, messages: Messages) -> str:
    """Return by when to act: the day the item falls due, else the last day of answering."""
    last = date.fromisoformat(edition.answers_until)
    day = verdict.due if verdict.if_due is not None and verdict.due is not None else last
    left = (day - assessment.as_of).days
    key = "by_over" if left < 0 else "by_today" if left == 0 else "by_day"
    return messages.word("page", key, day=messages.day(day), days=str(left))


def _dead_link(verdict: Verdict, assessment: Assessment) -> Correction:
    dead = next((str(r.values.get("url", "")) for r in verdict.reasons if r.code == ReasonCode.LINK_DEAD), "")
    reference = next((e for e in verdict.evidence if e.url == dead), None)
    if reference is None and verdict.evidence:
        reference = verdict.evidence[0]
    if reference is None or not reference.found_via:
        return Correction(CorrectionPlace.LINK, _in_the_list(verdict, assessment).targets, dead)
    return Correction(CorrectionPlace.LINK, ((reference.found_via[-1], reference.label),), dead or reference.url)


def _in_the_list(verdict: Verdict, assessment: Assessment) -> Correction:
    page = disclosure_list(assessment, verdict.item)
    if page:
        return Correction(CorrectionPlace.LIST, ((page, ""),))
    return Correction(CorrectionPlace.HOME, ((assessment.agency.url, ""),))


def _is_page(reference: EvidenceRef) -> bool:
    kind = reference.content_type.split(";")[0].strip()
    return kind in _PAGES or (not kind and not reference.url.lower().endswith(_DOCUMENTS))
