"""Pages that nothing can change once they are loaded: what they hide nobody ever sees."""

from __future__ import annotations

import re
from dataclasses import replace

from core.models.snapshot import Reading

_STYLES = re.compile(rb"stylesheet|@import", re.I)
"""What makes a page look otherwise than its own markup and styles say."""


def without_unseen(reading: Reading, body: bytes) -> Reading:
    """A page's reading without the text that it hides, if it has no scripts and takes no styles from elsewhere: there a
    part without a place on the screen is as if it were not written. Its blocks keep their places."""
    if reading.scripted or not any(block.hidden for block in reading.blocks) or _STYLES.search(body):
        return reading
    blocks = tuple(replace(block, text="") if block.hidden else block for block in reading.blocks)
    return replace(reading, blocks=blocks)
