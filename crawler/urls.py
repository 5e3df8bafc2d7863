"""Addresses in one canonical form, and which of them are traps or files."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from core.formats import Family, endings_of

_MAX_LENGTH = 2000
_NOISE_PARAMETERS = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|phpsessid|jsessionid|sid|sessionid|session_id|zenid|aspsessionid\w*)$", re.I
)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*|/\((?:[SAXF]\([^)/]{8,}\)){1,3}\)(?=/)", re.I)
"""Session ids in paths: Java's, and those of cookieless ASP.NET."""
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

_DOCUMENTS = endings_of(Family.DOCUMENT, Family.ARCHIVE)
_IMAGES = endings_of(Family.IMAGE)
_NEVER = endings_of(Family.USELESS)


def canonical(url: str) -> str:
    """The one form of an http(s) address: escaped, lower-case host, no default port, no fragment, no session ids.

    Raises ValueError for anything that is not http or https, or is too long."""
    parts = urlsplit(safe_url_string(url.strip().replace("\\", "/")))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http address: {url[:80]!r}")
    host = parts.hostname.lower().rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port and parts.port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{parts.port}"
    path = _SESSION_PATH.sub("", parts.path) or "/"
    path = _dots(path)
    kept = parts.query
    pairs = parse_qsl(kept, keep_blank_values=True)
    if any(_NOISE_PARAMETERS.match(name) for name, _ in pairs):
        kept = urlencode([(name, value) for name, value in pairs if not _NOISE_PARAMETERS.match(name)])
    result = urlunsplit((parts.scheme, host, path, kept, ""))
    if len(result) > _MAX_LENGTH:
        raise ValueError("address too long")
    return result


def _dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) or "/"


def extension(url: str) -> str:
    """The lower-case file ending of an address's path, without the dot; empty if none."""
    name = unquote(urlsplit(url).path).rsplit("/", 1)[-1].lower()
    return name.rsplit(".", 1)[-1] if "." in name and len(name.rsplit(".", 1)[-1]) <= 5 else ""


def is_document(url: str) -> bool:
    """Whether an address names a document or archive."""
    return extension(url) in _DOCUMENTS


def is_image(url: str) -> bool:
    """Whether an address names a picture."""
    return extension(url) in _IMAGES


def is_useless(url: str) -> bool:
    """Whether an address names something that holds no disclosure: video, program, style sheet."""
    return extension(url) in _NEVER


def same_list(one: str, other: str) -> bool:
    """Whether two addresses are pages of one list: they differ in the page's number only."""
    return (
        one != other
        and bool(_PAGE_NUMBER.search(one))
        and _PAGE_NUMBER.sub(_numberless, one) == _PAGE_NUMBER.sub(_numberless, other)
    )


def _numberless(match: re.Match[str]) -> str:
    return match.group().replace(match.group(1), "")


def trap(url: str) -> str:
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


def netloc(url: str) -> str:
    """host:port of an address, the port always named."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return f"{(parts.hostname or '').lower()}:{port}"
