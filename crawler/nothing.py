"""What a site shows for an address that cannot exist: many answer 200 with a page of excuses."""

from __future__ import annotations

import hashlib
import re
import secrets
from urllib.parse import unquote, urljoin, urlsplit

from oit.model import ReadState, Resource

_NUMBERS = re.compile(r"\d+")


def probe_address(home: str) -> str:
    """An address of the site that cannot exist."""
    return urljoin(home, f"/{secrets.token_hex(8)}-oit")


def signature(page: Resource) -> str:
    """What makes two answers "the same page", whatever address was asked; empty if that cannot be said.

    Counts pictures, frames and links too: pages of evidence may differ in nothing else. Numbers are left out
    (clocks, visitor counters), and so is what repeats the address."""
    if page.read_state is not ReadState.READ:
        return ""
    path = urlsplit(page.url).path
    own = {path, unquote(path), path.strip("/")} - {"", "/"}
    seen = [_masked(page.title, own)]
    seen += [f"{block.kind} {_masked(block.text, own)} {block.src}" for block in page.blocks]
    seen += [link.url for link in page.links if not any(name in link.url for name in own)]
    return hashlib.sha256("\n".join(seen).encode("utf-8", "replace")).hexdigest() if any(seen) else ""


def _masked(text: str, own: set[str]) -> str:
    for name in sorted(own, key=len, reverse=True):
        text = text.replace(name, "")
    return _NUMBERS.sub("", text)
