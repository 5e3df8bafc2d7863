"""What a page shows: documents in frames, in viewers, in the settings of a viewer's script; what its scripts load.

No viewer is known by name beyond those that hide the address of any page in their query. The rule is: an address with a
document's ending that stands in an attribute, a parameter, the part behind `#` or a script's string of something that
shows is the document that is shown. Nor is a library that fills places of a page known by the name of its attribute:
the value is an address, and the element holds nothing until then, or nothing but the label that is clicked for it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urljoin, urlsplit

from bs4.element import Tag

from core.urls import is_document, is_image, is_useless
from documents.html.script_detection import is_waiting
from documents.html.tree import walk

FRAMES = ("iframe", "frame", "embed", "object")
_STRING = re.compile(r"""["'`]([^"'`<>\s{}|^]{5,2000})["'`]""")
_PACKED = re.compile(r"""["'`]([A-Za-z0-9+/]{24,40000}={0,2})["'`]""")
"""A string that may be text in base64: settings of flip books are kept so."""
_SCRIPT_LIMIT = 400_000
_SHOWN_IN_SCRIPT = 30
"""Documents taken from the scripts of one page."""
_SHOWING_PATH = re.compile(r"view|pdf\.?js|flip|book|embed", re.I)
"""Words in the path of a page that may show the document in its query; of other pages it may be what they serve."""
_FOREIGN = (
    (re.compile(r"(?:^|\.)google\.(?:com|co\.th)$"), re.compile(r"view"), "url"),
    (re.compile(r"(?:^|\.)officeapps\.live\.com$"), re.compile(r"/op/"), "src"),
)
"""Viewers of others, which name what they show whatever its ending is."""
_NOTHING = re.compile(r"^(?:about:|data:|javascript:|#|$)", re.I)
_ADDRESS = re.compile(r"^(?:https?:)?//|^/|^\.{1,2}/", re.I)


_HELD = re.compile(r"\s*data:(?:application/(?!(?:x-)?javascript|json)|text/(?:html|plain|csv|rtf))", re.I)
_HELD_PAGE = re.compile(r"\s*data:text/html((?:;[\w=.-]{1,40}){0,4}),", re.I)
_HELD_IMAGE = re.compile(r"\s*data:image/(?:png|jpe?g|gif|bmp|webp|tiff?)(?:;[\w=.-]{1,40}){0,4};base64,", re.I)
_LEAST_IMAGE = 1_000
"""Characters of an address that may hold a picture with a text on it."""
_CHARSET = re.compile(r"charset=([\w.-]{1,40})", re.I)
_LEAST = 300
"""Letters of an address from which it may hold a document."""
_MOST = 2_000_000
"""Characters of a page that stands in a frame's attribute."""

_LOADED = re.compile(
    r"(?:https?://[^\s/]|\.{0,2}/[^\s/])[^\s<>{}()\[\]\"'^$|*\\]*"
    r"|[^\s<>{}()\[\]\"'^$|*\\:;,?#]+(?:\.(?:html?|php|aspx?|jsp)(?:[?#][^\s<>{}\"']*)?|\?[\w-]+=[^\s<>{}\"']*)",
    re.I,
)
"""An address and nothing else: from the root of a site, relative with a page's ending, or with a query."""
_LONGEST_LOADED = 2000
_HTML = frozenset(
    [
        "action", "formaction", "href", "src", "srcset", "data", "poster", "background", "cite", "longdesc", "ping",
        "manifest", "profile", "codebase", "usemap", "itemid", "itemtype", "itemprop", "about", "resource", "vocab",
        "typeof", "style", "class", "id", "name", "value", "title", "alt", "content", "placeholder", "download",
        "for", "form", "list", "pattern", "datetime", "type", "rel", "media", "lang", "role", "is", "slot", "part",
        "nonce", "integrity",
    ]
)  # fmt: skip
"""Attributes to which HTML itself, or a vocabulary of metadata, gives another meaning, or which are read elsewhere."""
_OTHERS = frozenset(
    [
        "html", "head", "body", "base", "meta", "link", "script", "style", "template", "form", "input", "option",
        "select", "textarea", "img", "picture", "source", "track", "audio", "video", "area", "map", "iframe",
        "frame", "embed", "object", "param", "svg", "use", "image", "q", "blockquote", "ins", "del",
    ]
)  # fmt: skip
"""Elements whose addresses are not of what is loaded into them, or are read elsewhere."""
_SENT = re.compile(r"post|put|patch|delete", re.I)
_SENT_NAME = re.compile(r"(?:.*-)?(?:(?:post|put|patch)(?:-to)?|delete(?:-.*)?)", re.I)
"""Methods of HTTP that send something: where an attribute names the method, and in the name of the one with the
address."""
_FULL = frozenset({"a", "input", "select", "textarea", "button", "iframe", "frame", "embed", "object", "video", "form"})
"""What a place that is still to be filled does not hold, and a label neither; a picture may turn there meanwhile."""
_LABEL = 300
_MOST_WITHIN = 60


def page_inside(tag: Tag) -> str:
    """The markup of the page that stands in an attribute of a frame itself; empty if it is elsewhere."""
    if tag.get("srcdoc"):
        return str(tag["srcdoc"])[:_MOST]
    written = str(tag.get("src") or tag.get("data") or "")[:_MOST]
    begins = _HELD_PAGE.match(written)
    if begins is None:
        return ""
    body = unquote_to_bytes(written[begins.end() :])
    if ";base64" in begins[1].lower():
        body = _from_base64(body)
    named = _CHARSET.search(begins[1])
    try:
        return body.decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _from_base64(text: bytes) -> bytes:
    """What a text in base64 holds, up to its last whole group of four; nothing if it is none."""
    plain = b"".join(text.split())
    try:
        return base64.b64decode(plain[: len(plain) // 4 * 4])
    except ValueError:
        return b""


def is_held_picture(image: Tag) -> bool:
    """Whether a picture is in the page itself (`data:`), and a section of a report may stand on it by its size."""
    written = str(image.get("src") or "")
    begins = _HELD_IMAGE.match(written) if len(written) >= _LEAST_IMAGE else None
    if begins is None:
        return False
    from documents.office.pictures import may_hold_section

    return may_hold_section(_from_base64(written[begins.end() :].encode("ascii", "ignore")))


def holds_file(tag: Tag, *, ran: bool) -> bool:
    """Whether a link or a frame holds a document itself (`data:`), or shows one that a script made (`blob:`, in a page
    whose scripts `ran`): no address leads to it."""
    names = ("href",) if tag.name == "a" else ("src", "data")
    written = next((str(tag[name]) for name in names if tag.get(name)), "")
    if ran and tag.name in FRAMES and written.strip().startswith("blob:"):
        return True
    return len(written) >= _LEAST and _HELD.match(written) is not None and not (tag.name in FRAMES and page_inside(tag))


def frame_targets(tag: Tag) -> list[str]:
    """The addresses, as they are written, of what an iframe, frame, embed or object shows: the first is its own."""
    own = [str(tag.get(name) or "").strip() for name in ("src", "data")]
    late = [str(v).strip() for k, v in tag.attrs.items() if k.startswith("data-") and isinstance(v, str)]
    late = [value for value in late if _ADDRESS.match(value) or names_document(value)]
    values = [str(param.get("value") or "").strip() for param in tag.find_all("param", limit=20)]
    given = [value for value in values if names_document(value)]
    return list(dict.fromkeys(value for value in (*own, *late, *given) if not _NOTHING.match(value)))


def documents_shown_by(url: str, *, framed: bool = False) -> list[str]:
    """The documents, absolute, that a viewer's address names in its query or behind `#`; empty for any other address.

    `url` is absolute and may have a fragment."""
    parts = urlsplit(url)
    if is_document(url) or not (parts.query or parts.fragment):
        return []
    host = (parts.hostname or "").lower()
    for where, path, name in _FOREIGN:
        if where.search(host) and path.search(parts.path):
            return [urljoin(url, value) for key, value in parse_qsl(parts.query) if key == name and value][:1]
    found = []
    if framed or _SHOWING_PATH.search(parts.path):
        found = [value for _, value in parse_qsl(parts.query)]
    if parts.fragment:
        found += [unquote(parts.fragment), *(value for _, value in parse_qsl(parts.fragment))]
    return list(dict.fromkeys(urljoin(url, value.strip()) for value in found if names_document(value)))[:3]


def is_viewer(url: str) -> bool:
    """Whether an address is of a viewer that shows pages of others."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return any(where.search(host) and path.search(parts.path) for where, path, _ in _FOREIGN)


def in_scripts(scripts: Iterable[str]) -> list[str]:
    """The documents, as they are written, that a page's inline scripts name."""
    text = "\n".join(scripts)[:_SCRIPT_LIMIT].replace("\\/", "/").replace("\\u002F", "/")
    unpacked = (_unpacked(value) for value in islice(_PACKED.findall(text), _SHOWN_IN_SCRIPT))
    text = "\n".join((text, *unpacked))
    return list(dict.fromkeys(value for value in _STRING.findall(text) if names_document(value)))[:_SHOWN_IN_SCRIPT]


def _unpacked(value: str) -> str:
    """The text that a string holds in base64; empty if it holds none."""
    try:
        return base64.b64decode(value, validate=True).decode().replace("\\/", "/")
    except ValueError:
        return ""


def in_settings(tag: Tag) -> Iterator[str]:
    """The documents that the JSON settings in an element's attributes name."""
    for name, value in tag.attrs.items():
        if name.startswith("data-") and isinstance(value, str) and value[:1] in "{[" and len(value) < 20_000:
            yield from in_scripts([value])


def names_document(value: str) -> bool:
    """Whether a value can be the address of a document: by its ending, and by being one word or path."""
    if "." not in value and "%" not in value:
        return False  # without an ending, which most attributes of a page are
    value = value.strip()
    if not 4 < len(value) <= 2000 or "\n" in value or value.startswith(("{", "[", "#", "*", ".pdf", "data:")):
        return False
    return is_document(value) and len(value.rsplit("/", 1)[-1].split(".")[0]) > 0


def loaded_addresses(tag: Tag) -> list[tuple[str, bool]]:
    """The addresses, as they are written, that an element loads something from, each with whether something is sent
    for it. Nothing for elements that hold more than a label; cheap for elements without such an attribute."""
    if tag.name in _OTHERS:
        return []
    found = [(name, written) for name, value in tag.attrs.items() if (written := _written(tag, name, value))]
    if not found or not (tag.name in ("a", "button", "summary") or _is_leaf(tag)):
        return []
    methods = (str(value).strip() for name, value in tag.attrs.items() if name.endswith("method"))
    sends = any(_SENT.fullmatch(method) for method in methods)
    return [(written, sends or _SENT_NAME.fullmatch(name) is not None) for name, written in found]


def is_hollow(tag: Tag) -> bool:
    """Whether an element shows nothing yet, or that it waits."""
    if tag.name in ("a", "button", "summary") or not _is_leaf(tag):
        return False
    text = tag.get_text(" ", strip=True)
    return not text or is_waiting(text)


def _written(tag: Tag, name: str, value: object) -> str:
    """The address that an attribute holds, empty if it holds none."""
    of_its_own = "-" in tag.name and name in ("src", "href")  # what an element that is none of HTML's shows
    if not isinstance(value, str) or not 3 < len(value) <= _LONGEST_LOADED or (name in _HTML and not of_its_own):
        return ""
    if name.startswith(("on", "xml", "aria-")):
        return ""
    text = value.strip().strip("'")
    if not _LOADED.fullmatch(text) or not any(letter.isalpha() for letter in text):
        return ""
    return "" if is_image(text) or is_useless(text) else text


def _is_leaf(tag: Tag) -> bool:
    """Whether an element holds a label at most."""
    within = list(islice(walk(tag), _MOST_WITHIN))
    if len(within) == _MOST_WITHIN or any(each.name in _FULL for each in within):
        return False
    return len(tag.get_text(strip=True)) <= _LABEL
