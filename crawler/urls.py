"""Addresses in one canonical form, and which of them are traps or files."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_MAX_LENGTH = 2000
_NOISE_PARAMETERS = re.compile(
    r"(?:utm_\w+|fbclid|gclid|phpsessid|jsessionid|zenid|aspsessionid\w*)=|(?:sid|session_?id|s)=[0-9a-f]{20,}$", re.I
)
"""Session ids and campaign marks. A short `sid` is a section's number on many Thai sites."""
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.I)
_PRINT = re.compile(
    r"[?&](?:print|printable|tmpl|output)=(?:1|true|print|component)\b|/print/?$|[?&](?:replytocom|share|add-to-cart)=", re.I
)
_SORT = re.compile(
    r"[?&](?:sort|order|orderby|sortby|ordering|dir|filter_order\w*)=(?:asc|desc|[a-z_]*(?:date|name|title|hits|price|id|size))\b"
    r"|[?&]C=[NMSD](?:;|&)O=[AD]",
    re.I,
)
_CALENDAR = re.compile(
    r"(?:calendar|ปฏิทิน|event).*(?:year|month|date|day)=?\W?\d|/(?:19|20|25)\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/?$", re.I
)
_REPEATED = re.compile(r"(/[^/]{1,60})(?:/[^/]{1,60}){0,2}\1(?:/[^/]{1,60}){0,2}\1(?=/|$)")
_BACK_STAGE = re.compile(
    r"^/(?:wp-admin|wp-login\.php|wp-json|xmlrpc\.php|administrator|cgi-bin|phpmyadmin|user/(?:login|register|password))(?:/|$)"
    r"|/(?:feed|trackback)/?$|[?&](?:feed|option=com_users|option=com_mailto)(?:=|&|$)",
    re.I,
)
"""Rooms of the content system itself: nothing is published there, and robots.txt files forbid them."""
_PAGINATION = (
    (re.compile(r"(?:[?&]paged=|/page/)(\d+)(?=$|[/&])", re.I), 40),
    (re.compile(r"[?&]page=(\d+)(?=$|&)", re.I), 200),
    (re.compile(r"[?&](?:start|offset|limitstart)=(\d+)(?=$|&)", re.I), 1000),
)
"""How far one list is followed; what stands further back is news of old years. `page` is an article's number on
some sites, `p` nearly always: the latter is left to the count of barren pages."""

_DOCUMENTS = frozenset(
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "csv", "txt", "zip", "rar", "7z"]
)
_IMAGES = frozenset(["jpg", "jpeg", "png", "tif", "tiff", "webp", "gif", "bmp"])
_NEVER = frozenset(
    ["mp4", "mp3", "avi", "mov", "wmv", "flv", "mkv", "wav", "exe", "msi", "apk", "iso", "dmg", "css", "js", "woff"]
    + ["woff2", "ttf", "ico", "svg", "swf", "psd", "ai"]
)


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
    query = parts.query
    if "=" in query:
        query = "&".join(pair for pair in query.split("&") if not _NOISE_PARAMETERS.match(pair))
    result = urlunsplit((parts.scheme, host, path, query, ""))
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
    """Whether an address names something that holds no disclosure: video, program, style sheet, log-in."""
    parts = urlsplit(url)
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return extension(url) in _NEVER or _BACK_STAGE.search(place) is not None


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
    for pattern, limit in _PAGINATION:
        page = pattern.search(plain)
        if page and int(page.group(1)[:7]) > limit:
            return "pagination"
    return ""
