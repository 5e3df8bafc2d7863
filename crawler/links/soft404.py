"""What a site answers for addresses that cannot exist, so that the same answer elsewhere is told for a "not found"."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from core.models.snapshot import Block, ReadState


def probes(home: str) -> tuple[str, ...]:
    """Addresses that no site has: sites answer differently at the root, in a folder and for files."""
    name = f"{secrets.token_hex(8)}-oit"
    return tuple(urljoin(home, path) for path in (f"/{name}", f"/{name}/{name}", f"/{name}.pdf", f"/{name}.php"))


def signature(url: str, title: str, blocks: Sequence[Block], state: ReadState) -> str:
    """What makes two answers "the same page", whatever address was asked; empty if there is no text."""
    path = urlsplit(url).path
    text = "\n".join(b.text for b in blocks if b.text and path not in b.text)
    if state is not ReadState.READ or not text:
        return ""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
