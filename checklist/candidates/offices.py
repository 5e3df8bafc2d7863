"""Whose document it is: the office that its cover names, where that is not the agency and the agency is named nowhere.

Names are compared without the word for the kind of office: เทศบาลตำบลหัวช้าง and ทต.หัวช้าง are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checklist.evidence_view import EvidencePart
from core.models.snapshot import ResourceKind
from core.thai.normalize import key_text, similarity

_COVER = 14
"""Lines in which a document says whose it is."""
_LINE = 90
_SAME = 0.7
"""Likeness from which two names are one: text layers lose marks."""
_SHORTEST = 4
"""Letters of a name below which it is in many words."""
_NOTHING = re.compile("(?!)")
_THAI = "[\u0e01-\u0e4e]"
_STATE = "office_kinds_state"
_LISTS = ("office_kinds_local", _STATE, "office_kinds_health")
"""Words for kinds of office; those of one list are one kind."""
_PLACE = re.compile("^(?:อำเภอ|จังหวัด)")


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What tells an agency from others of its kind: `parts` that all stand in its name, and what it is `called` with
    other words for its kind. Nothing of a name of no known kind."""

    parts: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


def own_names(agency: str, lexicon: Mapping[str, tuple[str, ...]]) -> OwnNames:
    """What an agency's name has of its own. The offices of one ministry are told from each other by their province."""
    whole = _bare(agency)
    for name in _LISTS:
        found = _pattern(lexicon.get(name, ())).fullmatch(whole)
        if found is None or len(found["name"]) < _SHORTEST:
            continue
        if name == _STATE:
            place = _PLACE.sub("", found["where"] or "")
            return OwnNames((found["name"], place) if len(place) >= _SHORTEST else (found["name"],))
        called = tuple(_bare(kind) + found["name"] for kind in lexicon[name])
        return OwnNames((found["name"],), called)
    return OwnNames()


def other_office(part: EvidencePart, agency: str, lexicon: Mapping[str, tuple[str, ...]]) -> str | None:
    """The office that a document says to be of, where its cover names one of the agency's kind and nothing in it names
    the agency; None if it does not. Recognised text says nothing of names."""
    page, whole = part.resource, _bare(agency)
    kinds = next((kinds for name in _LISTS if (kinds := _pattern(lexicon.get(name, ()))).match(whole)), _NOTHING)
    own = kinds.fullmatch(whole)
    if own is None or len(own["name"]) < _SHORTEST or page.kind is ResourceKind.PAGE:
        return None
    found: tuple[str, str] | None = None
    for _, block in list(part.numbered_blocks())[:_COVER]:
        line = kinds.fullmatch(_bare(block.text)) if len(block.text) <= _LINE and (block.page or 1) == 1 else None
        if line is None or len(line["name"]) < _SHORTEST or (own["where"] and not line["where"]):
            continue
        found = found or (block.text.strip(), line["name"])
    if found is None or found[1] in whole or similarity(found[1], own["name"]) >= _SAME:
        return None
    named = any(own["name"] in _bare(block.text) or block.ocr for _, block in part.numbered_blocks())
    return None if named else found[0]


@lru_cache(maxsize=1 << 12)
def _bare(text: str) -> str:
    """A line's key without spaces and points."""
    return "".join(key_text(text).replace(".", "").split())


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A line that is an office's name: its kind, its own name, and where it is."""
    kinds = sorted({_bare(word) for word in words} - {""}, key=len, reverse=True)
    if not kinds:
        return _NOTHING
    either = "|".join(map(re.escape, kinds))
    return re.compile(
        rf"(?:ประกาศ|ของ|โดย)?(?:{either})(?P<name>{_THAI}{{2,40}}?)(?P<where>(?:อำเภอ|จังหวัด){_THAI}{{2,40}})?$"
    )
