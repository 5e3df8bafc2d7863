"""Crawler traps: addresses without end, and how many of a kind are followed.

The patterns say only what a site rarely means otherwise. In the disclosure part nothing is dropped for its address
alone: see TrapAllowance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import parse_qsl, unquote, urlsplit

from core.urls import is_document

_PRINT = re.compile(
    r"[?&](?:print=1|format=print|tmpl=(?:print|component)|output=print)(?=$|[&#])|/print/?$"
    r"|[?&]replytocom=\d|[?&]share=(?:facebook|twitter|x|line|email|linkedin|pinterest|whatsapp|telegram)(?=$|[&#])",
    re.I,
)
_SORT = re.compile(
    r"[?&](?:sort|order|orderby|sortby|filter_\w+)=|[?&](?:dir|limitstart_dir)=(?:asc|desc|rtl|ltr)(?=$|[&#])", re.I
)
_CALENDAR = re.compile(
    r"/(?:19|20|2[456])\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/?(?:\?|$)"
    r"|[?&]\w{1,12}=(?:19|20|2[456])\d\d-\d{1,2}(?:-\d{1,2})?(?:&|$)"
    r"|[?&](?:y|yy|year|ปี)=\d{2,4}&(?:m|mm|mon|month|เดือน)=\d|[?&](?:m|mm|mon|month)=\d{1,2}&(?:y|yy|year)=\d",
    re.I,
)
# Two patterns, the second from where the first ends: as one, with `.*` between, 2,000 letters took 2,000 × 2,000 steps.
_CALENDAR_WORD = re.compile(r"(?<![a-z])(?:calendar|ปฏิทิน|events?)(?![a-z])", re.I)
_CALENDAR_DAY = re.compile(r"(?:year|month|date|day)=?\W?\d", re.I)
_REPEATED = re.compile(r"(/[^/]{1,60})(?:/[^/]{1,60}){0,2}\1(?:/[^/]{1,60}){0,2}\1")
_PAGE_NUMBER = re.compile(r"(?:[?&](?:page|paged|start|offset|limitstart|p)=|/page/)(\d+)(?=$|[/&#])", re.I)
_ENTRY_NUMBER = re.compile(r"[?&](?:start|offset|limitstart)=(\d+)(?=$|[&#])", re.I)
_POST_NUMBER = re.compile(r"[?&]p=(\d+)(?=$|[&#])", re.I)
_LAST_NUMBER = re.compile(r"(?<![0-9])([0-9]{1,9})(?![0-9])([^0-9]*)$")
_MAX_PAGINATION = 40
"""Pages of one list; further news of old years answer no item."""
_ENTRIES = 20
"""Entries of a list's page, where the number counts entries."""
_MOST_PAGES = 1000
"""A larger number behind `p=` is that of a post."""


def same_list(one: str, other: str) -> bool:
    """Whether two addresses are pages of one list: they differ in the page's number only."""
    return (
        one != other
        and bool(_PAGE_NUMBER.search(one))
        and _PAGE_NUMBER.sub(_numberless, one) == _PAGE_NUMBER.sub(_numberless, other)
    )


def are_neighbours(one: str, other: str) -> bool:
    """Whether two addresses differ in their last number only, and by one: `/ita/o12` and `/ita/o13`."""
    first, second = (_LAST_NUMBER.search(url) for url in (one, other))
    if first is None or second is None or one[: first.start()] != other[: second.start()] or first[2] != second[2]:
        return False
    return abs(int(first[1]) - int(second[1])) == 1


def _numberless(match: re.Match[str]) -> str:
    return match.group().replace(match.group(1), "")


def trap_kind(url: str) -> str:
    """Why an address is not worth following (calendar, print, sort, repeated, pagination), or an empty string."""
    if is_document(url):
        return ""
    plain = unquote(url)
    if _PRINT.search(plain):
        return "print"
    if _SORT.search(plain):
        return "sort"
    if _is_calendar(plain):
        return "calendar"
    if _REPEATED.search(urlsplit(plain).path):
        return "repeated"
    return "pagination" if _is_far_page(plain) else ""


def _is_calendar(plain: str) -> bool:
    word = _CALENDAR_WORD.search(plain)
    return bool((word and _CALENDAR_DAY.search(plain, word.end())) or _CALENDAR.search(plain))


def _is_far_page(plain: str) -> bool:
    entry = _ENTRY_NUMBER.search(plain)
    if entry:
        return int(entry.group(1)[:9]) > _MAX_PAGINATION * _ENTRIES
    post = _POST_NUMBER.search(plain)
    if post and int(post.group(1)[:9]) > _MOST_PAGES:
        return False
    page = _PAGE_NUMBER.search(plain)
    return page is not None and int(page.group(1)[:6]) > _MAX_PAGINATION


_MOST_SETS = 20
"""Different sets of parameter names under one path. A content system that answers everything from one path, with
all its views, has about a dozen."""


class FacetTraps:
    """Counts the sets of parameters that each path was linked with."""

    def __init__(self) -> None:
        self._sets: dict[str, set[int]] = defaultdict(set)

    def is_trap(self, url: str) -> bool:
        """Whether an address is one combination too many."""
        parts = urlsplit(url)
        if "&" not in parts.query:
            return False
        names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        if len(names) - len(set(names)) > 1:
            return True
        known = self._sets[parts.path]
        mark = hash(frozenset(names))
        if mark not in known and len(known) < _MOST_SETS:
            known.add(mark)
        return mark not in known


_FOLLOWED = 150
"""Addresses of one kind that are followed in the disclosure part although they look like a trap: a list of a year's
months or of two hundred entries is read whole, a calendar without end costs a tenth of the pages."""
_RECORDED = 300
"""Dropped addresses that are recorded one by one; a trap must not fill the store."""


class TrapAllowance:
    """Follows what looks like a trap in the disclosure part, up to a limit per kind; then each loss is recorded."""

    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()
        self._followed: Counter[str] = Counter()
        self._recorded = 0

    def may_follow(self, kind: str) -> bool:
        """Whether one more address of this kind is followed; counts it."""
        if self._followed[kind] >= _FOLLOWED:
            return False
        self._followed[kind] += 1
        return True

    def drop(self, kind: str) -> None:
        """Count an address that is not followed."""
        self.dropped[kind] += 1

    def may_record(self) -> bool:
        """Whether one more loss gets a record of its own; counts it."""
        self._recorded += 1
        return self._recorded <= _RECORDED
