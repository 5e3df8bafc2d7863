"""Where an element of a page leads: its address, what its script says, what a viewer in between shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from bs4.element import Tag

from core.urls import canonical, is_document

_JS_TARGET = re.compile(
    r"""(?:location(?:\.href)?\s*=|window\.open\s*\(|location\.(?:assign|replace)\s*\()\s*['"]([^'"]{1,2000})['"]"""
)
_QUOTED = re.compile(r"""['"]([^'"<>]{1,2000})['"]""")
_NAMED = ("data-href", "data-url", "data-link")
"""Attributes that hold an address by their name; of others only what names a document is one."""
_ADDRESS = re.compile(r"https?://|/[^/]|\.{1,2}/|[^\s<>{}()\[\]\"';]+\.(?:html?|php|aspx?|jsp)(?:[?#]|$)", re.I)
_VIEWERS = (
    (re.compile(r"docs\.google\.com/(?:viewer|gview|viewerng/viewer)$"), "url"),
    (re.compile(r"view\.officeapps\.live\.com/op/(?:view|embed)\.aspx$"), "src"),
    (re.compile(r"/viewer\.html$"), "file"),
)
"""Pages that only show the document named in their query: it is what is meant."""


def leads(tag: Tag) -> bool:
    """Whether an element may lead somewhere; cheap, asked of every element."""
    if tag.name == "a":
        return True
    for name, value in tag.attrs.items():
        if name == "onclick" or name in _NAMED:
            return True
        if (name == "source" or name.startswith("data-")) and _names_document(str(value)):
            return True
    return False


def targets(tag: Tag) -> Iterator[tuple[str, str]]:
    """The addresses, as they are written, that an element leads to, each with how: the element's own name or
    `script`."""
    href = str(tag.get("href") or tag.get("data-href") or "").strip()
    if href and href != "#" and not href.lower().startswith("javascript:"):
        yield href, tag.name if tag.name in ("a", "area") else "script"
        return
    given = [str(tag[name]).strip() for name in _NAMED if tag.get(name)]
    found = [value for value in given if _ADDRESS.match(value) or _names_document(value)]
    script = f"{tag.get('onclick') or ''} {unquote(href)}"
    found += _JS_TARGET.findall(script)[:1] or [one for one in _QUOTED.findall(script) if _names_document(one)]
    if not found:
        others = (str(value) for name, value in tag.attrs.items() if name == "source" or name.startswith("data-"))
        found = [value for value in others if _names_document(value)]
    for target in dict.fromkeys(found):
        yield target, "script"


def script_targets(script: str) -> list[str]:
    """The addresses that a script sends the visitor to at once."""
    return [str(target) for target in _JS_TARGET.findall(script)]


def choices(select: Tag) -> Iterator[tuple[str, str]]:
    """Addresses and labels of a list that visitors choose a page from; nothing for any other list."""
    jumps = re.search(r"location|open\s*\(|href|submit|go|jump", str(select.get("onchange") or ""), re.I) is not None
    for option in select.find_all("option", limit=300):
        value = str(option.get("value") or "").strip()
        if _names_document(value) or value.startswith(("http://", "https://")) or (jumps and _ADDRESS.match(value)):
            yield value, " ".join(option.get_text(" ").split())


def resolve(base: str, target: str) -> str | None:
    """The absolute, canonical address of a target, of the document itself if the target is a viewer's; mailto and
    tel as they are; None for anything else."""
    target = "".join(c for c in target.strip() if c.isprintable())
    if not target:
        return None
    if target.lower().startswith(("mailto:", "tel:")):
        return target[:200]
    try:
        url = canonical(urljoin(base, quote(target, safe="%/:?#[]@!$&'()*+,;=~-._\\|")))
        shown = _shown(url)
        return canonical(urljoin(url, quote(shown, safe="%/:?#[]@!$&'()*+,;=~-._\\|"))) if shown else url
    except ValueError:
        return None


def _shown(url: str) -> str:
    """The document that a viewer's address names; empty for any other address."""
    parts = urlsplit(url)
    if not parts.query:
        return ""
    where = f"{(parts.hostname or '').lower()}{parts.path}"
    for viewer, name in _VIEWERS:
        if viewer.search(where):
            named = parse_qs(parts.query).get(name, [""])[0].strip()
            return named if _ADDRESS.match(named) or _names_document(named) else ""
    return ""


def _names_document(value: str) -> bool:
    value = value.strip()
    return 4 < len(value) <= 2000 and "\n" not in value and not value.startswith(("{", "[", "#")) and is_document(value)
