"""What a report says of its problems in the middle of a text, without a heading: for a person to see."""

from __future__ import annotations

from itertools import islice

from checklist.evidence_view import EvidencePart
from checklist.section.headings import READ, SectionPart
from checklist.section.lexicon import SectionWords
from core.models.snapshot import BlockKind, Zone
from core.thai.normalize import is_thai, make_key

_NEAR = 60
"""Key characters from the section's words to the verb that begins what is told."""
_VERB, _TOLD = 24, 12
"""Key characters before the section's words in which their verb stands, and letters behind that tell something."""
_HITS = 8
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def told_in_prose(wanted: SectionPart, part: EvidencePart, words: SectionWords, contents: frozenset[int]) -> int | None:
    """The first block that tells of one part (`ปัญหาและอุปสรรคที่พบ คือ ฝนตกหนัก`), or says that there was none of it,
    in a sentence of its own; None if none does. The contents tell nothing."""
    pattern = words.problems if wanted == "problems" else words.suggestions
    blocks = part.resource.blocks
    for index, block in part.numbered_blocks():
        if block.kind not in _KINDS or block.zone is not Zone.CONTENT or index in contents:
            continue
        key = make_key(block.text[:READ]).text
        below = blocks[index + 1] if index + 1 < part.stop else None
        if below is not None and block.page is not None and (below.kind, below.page) == (block.kind, block.page):
            # Lines of a page: the sentence goes on in the next one.
            whole = f"{key} {make_key(below.text[:_NEAR]).text}"
        else:
            whole = key
        if words.instruction.search(key) or words.not_heading.search(key[:_NEAR]):
            # A criterion, a law, the title of a channel for suggestions.
            continue
        for hit in islice(pattern.finditer(key), _HITS):
            behind = whole[hit.end() : hit.end() + _NEAR]
            before = key[max(0, hit.start() - _VERB) : hit.start()]
            told = words.forms.told_before.search(before)
            if (
                words.forms.says.search(behind)
                or words.forms.says_next.match(behind)
                or words.forms.none_before.search(before)
                or (told is not None and told["not"] is None and _tells(behind, words))
            ):
                return index
    return None


def _tells(behind: str, words: SectionWords) -> bool:
    """Whether what follows a part's name says something of it, and names no other part."""
    return words.goes_on.match(behind) is None and sum(map(is_thai, behind)) >= _TOLD
