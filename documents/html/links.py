"""Where an element of a page leads: its address, what its script says, what a viewer in between shows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4.element import Tag

from core.urls import LongAddressError, canonical, is_too_long, is_unopenable, lost_address
from documents.html.embeds import FRAMES, documents_shown_by, is_viewer, loaded_addresses, names_document
from documents.html.forms import LEADS, LEFT, STATE, is_sending, sent_address

_JS_TARGET = re.compile(
    r"""(?:location(?:\.href)?\s*=|window\.open\s*\(|location\.(?:assign|replace)\s*\()\s*['"]([^'"]{1,2000})['"]"""
)
_QUOTED = re.compile(r"""['"]([^'"<>]{1,2000})['"]""")
_NAMED = ("data-href", "data-url", "data-link")
"""Attributes that hold an address by their name; of others only what names a document is one."""
_SHOWN_BY, _BUTTONS = ("data-src",), frozenset({"a", "button"})
"""The address of what a link or a button shows over the page (`data-fancybox`); a picture has its own file there."""
_NAMES_FILE = re.compile(r"^data-(?:\w+-)*(?:download|file|pdf|doc|document)(?:[-_]?(?:url|link|href|src))?$")
"""Attributes of download buttons, whose address need not look like a document's: data-downloadurl."""
_MARKUP = re.compile(r"<a\s[^<>]{0,300}?href\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})')", re.I)
"""A link in the markup that an attribute holds: what a hint box shows when its button is clicked."""
_MOST_MARKUP = 20_000
_LONG = 200
"""Letters from which an address may be too long once it is escaped."""
_CLICKED = (LEFT, LEADS, STATE)
_SAID = frozenset(
    {
        "title",
        "alt",
        "class",
        "id",
        "name",
        "download",
        "value",
        "content",
        "placeholder",
        "aria-label",
        "href",
        "onclick",
    }
)
"""Attributes that speak of a document without leading to it, and those that are looked at by themselves."""
_OWN_MEANING = frozenset({"img", "script", "link", "input", "option", *FRAMES})
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{1,30}://|/[^/]|\.{1,2}/|[^\s<>{}()\[\]\"';]+\.(?:html?|php|aspx?|jsp)(?:[?#]|$)", re.I
)
_KEPT = "%/:?#[]@!$&'()*+,;=~-._\\|"
_FROM_ORIGIN = ("/", "http://", "https://")
_AROUND = "".join(map(chr, range(33)))
_PYTHON_NAMES = {"windows-874": "cp874"}
_PATH = re.compile(r"[^?#]*")
_NOWHERE = re.compile(r"https?:/*", re.I)
"""What an editor puts before an address that nobody wrote; no browser goes anywhere."""
_LINE_ENDS = dict.fromkeys(map(ord, "\t\r\n"))
_VIEWER_PAGE = re.compile(r"/(?:viewer|viewerjs/(?:index)?)(?:\.html?)?(?:[?#]|$)", re.I)
"""Pages that only show the document named in their query: it is what is meant."""


def leads(tag: Tag) -> bool:
    """Whether an element may lead somewhere; cheap, asked of every element."""
    if tag.name == "a" or is_sending(tag):
        return True
    for name, value in tag.attrs.items():
        if name == "onclick" or name in _NAMED or name in _CLICKED:
            return True
        if name in _SHOWN_BY and tag.name in _BUTTONS:
            return True
        if name.startswith("data-") and tag.name not in _OWN_MEANING and _NAMES_FILE.match(name):
            return True
        text = str(value)
        if name not in _SAID and tag.name not in _OWN_MEANING and names_document(text):
            return True
        if name.startswith("data-") and text[:1] in ("{", "[") and "." in text:
            return True
        if name.startswith("data-") and "<a " in text:
            return True
    return bool(loaded_addresses(tag))


def targets(tag: Tag) -> Iterator[tuple[str, str]]:
    """The addresses, as they are written, that an element leads to, each with how: the element's own name or
    `script`."""
    href = str(tag.get("href") or tag.get("xlink:href") or tag.get("data-href") or "").strip()
    if href and href != "#" and not href.lower().startswith("javascript:"):
        yield href, tag.name if tag.name in ("a", "area") else "script"
        return
    named = (*_NAMED, *(_SHOWN_BY if tag.name in _BUTTONS else ()))
    given = [str(tag[name]).strip() for name in named if tag.get(name)]
    if tag.name not in _OWN_MEANING:
        given += [str(tag[name]).strip() for name in tag.attrs if name.startswith("data-") and _NAMES_FILE.match(name)]
    found = [value for value in given if _ADDRESS.match(value) or names_document(value)]
    script = f"{tag.get('onclick') or ''} {unquote(href)}"
    moves = [target for target in _JS_TARGET.findall(script) if target != "#"]
    found += moves[:1] or [one for one in _QUOTED.findall(script) if names_document(one)]
    found += [one or other for one, other in _MARKUP.findall(_markup(tag))]
    if not found and (sent := sent_address(tag)):
        found = [sent]
    if not found:
        others = (str(value) for name, value in tag.attrs.items() if name not in _SAID and tag.name not in _OWN_MEANING)
        found = [value for value in others if names_document(value)]
    for target in dict.fromkeys(found):
        yield target, "script"


def _markup(tag: Tag) -> str:
    """The markup that an element's attributes hold."""
    held = [str(value) for name, value in tag.attrs.items() if name.startswith("data-") and "<a " in str(value)]
    return "\n".join(held)[:_MOST_MARKUP]


def script_targets(script: str) -> list[str]:
    """The addresses that a script sends the visitor to at once."""
    return [str(target) for target in _JS_TARGET.findall(script)]


def choices(select: Tag) -> Iterator[tuple[str, str]]:
    """Addresses and labels of a list that visitors choose a page from; nothing for any other list."""
    jumps = re.search(r"location|open\s*\(|href|submit|go|jump", str(select.get("onchange") or ""), re.I) is not None
    for option in select.find_all("option", limit=300):
        value = str(option.get("value") or "").strip()
        if names_document(value) or value.startswith(("http://", "https://")) or (jumps and _ADDRESS.match(value)):
            yield value, " ".join(option.get_text(" ").split())


def base_address(url: str, written: str) -> str:
    """The address that a page's links start from; browsers leave one that cannot be aside."""
    with suppress(ValueError):
        base = urljoin(url, written.strip())
        return url if base.startswith("http") and is_unopenable(base) else base
    return url


def resolve(base: str, target: str, encoding: str = "utf-8") -> str | None:
    """The absolute, canonical address of a target, of the document itself if the target is a viewer's; mailto and
    tel as they are; None for anything else. `encoding` is the page's: letters of a query are sent in it."""
    target = _as_browsers_read(target)
    if not target or _NOWHERE.fullmatch(target):
        return None
    return _resolve(_origin(base) if target.startswith(_FROM_ORIGIN) else base, target, encoding)


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """What of a page's address counts for a target that names its path from the root of the site."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else base


@lru_cache(maxsize=2048)
def _resolve(base: str, target: str, encoding: str) -> str | None:
    """The same for a target without what browsers leave out. Kept, as menus and footers stand on every page."""
    if target.lower().startswith(("mailto:", "tel:")):
        return target[:200]
    try:
        whole = urljoin(base, _escaped(target, encoding))
        shown = documents_shown_by(whole)
        if shown and (is_viewer(whole) or _VIEWER_PAGE.search(whole) or urlsplit(whole).fragment):
            return canonical(quote(shown[0], safe=_KEPT))
        return canonical(whole)
    except ValueError:
        return None


def unfollowed(base: str, target: str) -> str:
    """The address, as people are shown it, of a target that `resolve` gave none for and no crawl can follow; empty if
    it leads to no document, or is too long."""
    target = _as_browsers_read(target)
    if lost := lost_address(target):
        return lost
    with suppress(ValueError):
        return lost_address(urljoin(base, target))
    return lost_address(f"{base.partition(':')[0]}:{target}") if target.startswith("//") else ""


def is_long(base: str, target: str) -> bool:
    """Whether a target that `resolve` gave no address for has one, on this site or any other, too long to be asked
    for. What has very much in the query of another site is a button that shares."""
    if len(target) <= _LONG:
        return False
    try:
        whole = urljoin(base, quote(_as_browsers_read(target), safe=_KEPT))
        if urlsplit(whole).netloc != urlsplit(base).netloc:
            whole = whole.partition("?")[0]
        canonical(whole)
    except LongAddressError:
        return True
    except ValueError:
        pass
    return False


def is_lost(base: str, target: str) -> bool:
    """Whether a target of this site that `resolve` gave no address for has one, too long to be asked for."""
    with suppress(ValueError):
        return len(target) > _LONG and is_too_long(urljoin(base, quote(_as_browsers_read(target), safe=_KEPT)), base)
    return False


def _as_browsers_read(target: str) -> str:
    """An address without what browsers leave out: control characters and spaces around it, tabs and line ends in it;
    its backslashes before the query as the slashes that they mean. Everything else belongs to the address, what nobody
    sees too: a file's name may hold a zero-width space."""
    target = target.strip(_AROUND).translate(_LINE_ENDS)
    end = _PATH.match(target)
    return target if "\\" not in target or end is None else end[0].replace("\\", "/") + target[end.end() :]


def _escaped(target: str, encoding: str) -> str:
    """A target with its letters escaped as browsers do: those of the query in the page's encoding."""
    path, mark, query = target.partition("?")
    if not mark or query.isascii():
        return quote(target, safe=_KEPT)
    try:
        name = codecs.lookup(_PYTHON_NAMES.get(encoding, encoding or "utf-8")).name
    except LookupError:
        name = "utf-8"
    sent = query.encode("utf-8" if name.startswith("utf") else name, "xmlcharrefreplace")
    return f"{quote(path, safe=_KEPT)}?{quote(sent, safe=_KEPT)}"


def documents_shown_at(base: str, target: str, *, framed: bool = False) -> list[str]:
    """The documents that the page at a target shows, where the page is of use beside them; of a page in a frame
    any that its address names."""
    if "?" not in target and "#" not in target:
        return []  # nothing is named in it
    try:
        whole = urljoin(base, quote(target.strip(), safe=_KEPT))
        found = [canonical(quote(one, safe=_KEPT)) for one in documents_shown_by(whole, framed=framed)]
    except ValueError:
        return []
    own = resolve(base, target)
    # A viewer of another site shows what is named in full: what is named from there is that site's.
    foreign = urlsplit(whole).netloc if urlsplit(whole).netloc != urlsplit(base).netloc else None
    return [url for url in found if url != own and urlsplit(url).netloc != foreign]
