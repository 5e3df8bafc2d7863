"""Addresses in one canonical form, and what their endings say."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from core.formats import Family, endings_of

_MAX_LENGTH = 2000
_NOISE_PARAMETERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|phpsessid|jsessionid|aspsessionid\w*)$", re.I)
_TOKEN_PARAMETERS = re.compile(r"^(?:sid|sessionid|session_id|zenid)$", re.I)
"""Session ids if their value is a token; else `sid=123` is the number of a story."""
_TOKEN = re.compile(r"(?=\D*\d)(?=[^a-z]*[a-z])[0-9a-z,-]{20,}", re.I)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]{16,}|/\((?:[SAXF]\([^)/]{20,}\)){1,3}\)(?=/)", re.I)
"""Session ids in paths: Java's, and those of cookieless ASP.NET. What is shorter than any server's is a name of the
page, without which it is not found."""

_DISK = re.compile(r"[a-z]:[\\/]", re.I)
"""What begins a path on somebody's own disk."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_WHOLE = ("http://", "https://")
_NO_DOCUMENT = frozenset(["mailto", "tel", "sms", "callto", "fax", "about", "javascript", "data"])
"""Schemes of addresses that lead to no document, or, the last two, to none by their address."""
_CLOSED = re.compile(
    r"file|filesystem|blob|content|s?ftps?|[a-z]+-extension|chrome|edge|view-source|res|cid|vbscript|ms-its|mk"
    r"|h*t+p+s*",
    re.I,
)
"""Schemes that no visitor's browser opens from a page: somebody's own disk, a browser's memory or extension, a mail's
attachment, FTP, and http misspelt."""
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.I)

_DOCUMENTS = endings_of(Family.DOCUMENT, Family.ARCHIVE)
_IMAGES = endings_of(Family.IMAGE)
_NEVER = endings_of(Family.USELESS)


class LongAddressError(ValueError):
    """An address is longer than any that is kept."""


def canonical(url: str) -> str:
    """The one form of an http(s) address: escaped, lower-case host, no default port, no fragment, no session ids.

    Raises ValueError for anything that is not http or https; LongAddressError for what is too long."""
    parts = urlsplit(safe_url_string(url.strip().replace("\\", "/")))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http address: {url[:80]!r}")
    if parts.port == 0:
        raise ValueError(f"no server has this port: {url[:80]!r}")
    host = parts.hostname.lower().rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port and parts.port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{parts.port}"
    path = _SESSION_PATH.sub("", parts.path) or "/"
    path = _dots(path)
    kept = parts.query
    # Only what is cut out changes: the rest keeps its bytes, whatever their encoding.
    pieces = kept.split("&")
    if any(_is_noise(piece) for piece in pieces):
        kept = "&".join(piece for piece in pieces if not _is_noise(piece))
    result = urlunsplit((parts.scheme, host, path, kept, ""))
    if len(result) > _MAX_LENGTH:
        raise LongAddressError("address too long")
    return result


def is_too_long(url: str, base: str) -> bool:
    """Whether `canonical` refuses a whole address of the base's server for its path: nine letters for each Thai one, a
    document in some folders has as many. What has them in its query is a trap or a button that shares."""
    try:
        parts, own = urlsplit(url), urlsplit(base)
    except ValueError:
        return False
    without_query = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return parts.scheme in ("http", "https") and parts.netloc == own.netloc and len(without_query) > _MAX_LENGTH


def lost_address(target: str) -> str:
    """The address of a link that no crawl can follow, as people are shown it: of a disk (`C:\\Users\\…`, as `file:`
    with its slashes), of another protocol than the web's, with a port or host that cannot be. Empty for one that can be
    followed, is too long, or leads to no document."""
    target = target.strip()
    if not target or len(target) > _MAX_LENGTH:
        return ""
    scheme = _SCHEME.match(target)
    if _DISK.match(target):
        target = f"file:///{target}"
    elif scheme is None or scheme[1].lower() in _NO_DOCUMENT:
        return ""
    elif scheme[1].lower() in ("http", "https"):
        if not _is_impossible(target):
            return ""
        # As it stands nobody else could take it apart.
        target = f"{scheme[0].lower()}{target[scheme.end() :]}".replace("[", "%5B").replace("]", "%5D")
    if target[:5].lower() == "file:":
        # A place in a file of that disk is a footnote of a text pasted from Word, and stands on this very page.
        if "#" in target:
            return ""
        target = target.replace("\\", "/")
    # It is shown to people as it stands: no letter of it may move a terminal's cursor or turn a line around.
    return "".join(c if c.isprintable() else quote(c, errors="replace") for c in target)


def _is_impossible(url: str) -> bool:
    try:
        canonical(url)
    except LongAddressError:
        return False
    except ValueError:
        return True
    return False


def is_unopenable(url: str) -> bool:
    """Whether a link's address is none that a visitor's browser can open. What is of a protocol that some program may
    know (`line:`) is not."""
    if url.startswith(_WHOLE):
        found = _AUTHORITY.match(url)
        host = found[1] if found is not None else ""
        return not host or ((":" in host or "%5" in host) and _has_no_server(url))
    scheme = _SCHEME.match(url)
    return scheme is not None and (_CLOSED.fullmatch(scheme[1]) is not None)


def _has_no_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return not parts.hostname or parts.port == 0 or "%5" in parts.netloc
    except ValueError:
        return True


def may_hold_document(url: str) -> bool:
    """Whether a link's address is more than somebody's mailbox or telephone."""
    return not url.startswith(("mailto:", "tel:"))


def written_address(text: str) -> str:
    """The address that a document's link is written with: canonical if it is a whole one, as it stands if it is to be
    completed from the document's own address.

    An address that no crawl can follow stands as `lost_address` gives it.

    Raises ValueError for mail addresses and places in the document; LongAddressError for what is too long."""
    if lost := lost_address(text):
        return lost
    text = text.strip().replace("\\", "/")
    if text.lower().startswith("www."):
        text = f"http://{text}"
    scheme = _SCHEME.match(text)
    if scheme is not None and scheme[1].lower() in ("http", "https"):
        return canonical(text)
    if not text or scheme is not None or text.startswith(("#", "//")):
        raise ValueError(f"no web address: {text[:80]!r}")
    if len(text) > _MAX_LENGTH:
        raise LongAddressError("address too long")
    return text


def completed_address(base: str, written: str) -> str:
    """A document's link as a canonical address; `base` is the address that the document was served from.

    Raises ValueError if that gives none."""
    return written if written.startswith(_WHOLE) or lost_address(written) else canonical(urljoin(base, written))


def _is_noise(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return bool(_NOISE_PARAMETERS.match(name) or (_TOKEN_PARAMETERS.match(name) and _TOKEN.fullmatch(value)))


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


@lru_cache(maxsize=64)  # a link is asked several times over what it leads to
def extension(url: str) -> str:
    """The lower-case file ending of an address's path, without the dot; empty if none."""
    try:
        path = urlsplit(url).path
    except ValueError:  # a host that cannot be
        path = re.split("[?#]", url, maxsplit=1)[0]
    name = unquote(path).rsplit("/", 1)[-1].lower()
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


def netloc(url: str) -> str:
    """host:port of an address, the port always named."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return f"{(parts.hostname or '').lower()}:{port}"
