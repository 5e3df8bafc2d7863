"""What comes under a file's name and is not that file: a server's error page, a firewall's refusal."""

from __future__ import annotations

from dataclasses import replace

from core.models.snapshot import BlockKind, Reading, ReadNote, ReadState
from core.urls import extension, is_document, is_image

_NEVER_TEXT = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "zip", "rar", "7z"})
"""Endings of files that no program writes as text or HTML; old Office reads pages under its own names."""
_LITTLE = 600
"""Characters of a page that tells why the file did not come; a whole page is some other one."""
_HOLDERS = frozenset({BlockKind.CELL, BlockKind.IFRAME, BlockKind.IMAGE, BlockKind.FORM})
"""Blocks that may be or show the file: a viewer, a picture of it, its table."""


def told_as_error(reading: Reading, url: str, name: str) -> Reading:
    """The reading of a page or text, with the note that there is nothing where it came under the name of a file that is
    neither, and has little text and nothing that leads to a file."""
    named = extension(url) in _NEVER_TEXT or name.lower().rsplit(".", 1)[-1] in _NEVER_TEXT
    if not named or reading.note is not ReadNote.NONE or reading.state is not ReadState.READ:
        return reading
    little = sum(len(block.text) for block in reading.blocks) < _LITTLE
    leads = any(link.url != url and (is_document(link.url) or is_image(link.url)) for link in reading.links)
    if not little or leads or any(block.kind in _HOLDERS for block in reading.blocks):
        return reading
    return replace(reading, note=ReadNote.NOT_FOUND_PAGE)
