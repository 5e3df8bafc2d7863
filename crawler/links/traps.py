"""Crawler traps: addresses without end, and how many of a kind are followed."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import parse_qsl, unquote, urlsplit

from core.urls import is_document

_PRINT = re.compile(
    r"(?:^|[?&])(?:print|format|tmpl|output)=(?:1|print|component|raw|pdf)\b|/print/?$|[?&]replytocom=|[?&]share=",
    re.I,
)
_SORT = re.compile(r"[?&](?:sort|order|orderby|dir|sortby|limitstart_dir|filter_\w+)=", re.I)
_CALENDAR = re.compile(
    r"(?:calendar|ปฏิทิน|event).*(?:year|month|date|day)=?\W?\d"
    r"|/(?:19|20|2[456])\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/?(?:\?.*)?$"
    r"|[?&]\w{1,12}=(?:19|20|2[456])\d\d-\d{1,2}(?:-\d{1,2})?(?:&|$)"
    r"|[?&](?:y|yy|year|ปี)=\d{2,4}&(?:m|mm|mon|month|เดือน)=\d|[?&](?:m|mm|mon|month)=\d{1,2}&(?:y|yy|year)=\d",
    re.I,
)
_REPEATED = re.compile(r"(/[^/]{1,60})(?:/[^/]{1,60}){0,2}\1(?:/[^/]{1,60}){0,2}\1")
_PAGE_NUMBER = re.compile(r"(?:[?&](?:page|paged|start|offset|limitstart|p)=|/page/)(\d+)(?=$|[/&#])", re.I)
_MAX_PAGINATION = 40
"""Pages of one list; further news of old years answer no item."""


def same_list(one: str, other: str) -> bool:
    """Whether two addresses are pages of one list: they differ in the page's number only."""
    return (
        one != other
        and bool(_PAGE_NUMBER.search(one))
        and _PAGE_NUMBER.sub(_numberless, one) == _PAGE_NUMBER.sub(_numberless, other)
    )


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
    if _CALENDAR.search(plain):
        return "calendar"
    if _REPEATED.search(urlsplit(plain).path):
        return "repeated"
    page = _PAGE_NUMBER.search(plain)
    if page and int(page.group(1)[:6]) > _MAX_PAGINATION:
        return "pagination"
    return ""


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
