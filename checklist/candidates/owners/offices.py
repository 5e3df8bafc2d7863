"""Whose document it is: the office that its cover names, where that is not the agency and the agency is named nowhere.

Names are compared without the word for the kind of office: เทศบาลตำบลหัวช้าง and ทต.หัวช้าง are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checklist.evidence_view import EvidencePart
from core.models.assessment import Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Resource, ResourceKind
from core.thai.likeness import bare_letters
from core.thai.normalize import is_thai, key_text, partial_similarity, similarity

_COVER = 14
"""Lines in which a document says whose it is."""
_LINE = 90
_SAME = 0.7
"""Likeness from which two names are one: text layers lose marks."""
_NOT_LIKE = 0.6
"""Likeness below which recognition did not make one name of another."""
_SHORTEST = 4
"""Letters of a name below which it is in many words."""
_NOTHING = re.compile("(?!)")
_THAI = "[\u0e01-\u0e4e]"
_STATE = "office_kinds_state"
_LOCAL = "office_kinds_local"
OFFICE_KINDS = (_LOCAL, _STATE, "office_kinds_health")
"""Words for kinds of office; those of one list are one kind."""
_PARTS = re.compile(r"\s[-–—]\s|[|:«»/]")
"""What stands between the parts of a page's title."""
_TITLE, _HEAD, _FOOT = 400, 60, 40
"""Letters of a home page's title, and lines at its beginning and end, in which it says whose it is."""
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
    for name in OFFICE_KINDS:
        found = _pattern(lexicon.get(name, ())).fullmatch(whole)
        if found is None or len(found["name"]) < _SHORTEST:
            continue
        if name == _STATE:
            place = _PLACE.sub("", found["where"] or "")
            return OwnNames((found["name"], place) if len(place) >= _SHORTEST else (found["name"],))
        called = tuple(_bare(kind) + found["name"] for kind in lexicon[name])
        return OwnNames((found["name"],), called)
    return OwnNames()


def of_office(
    parts: tuple[EvidencePart, ...], agency: str, home: Resource, lexicon: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[EvidencePart, ...], tuple[Reason, ...]]:
    """Leave out documents of other offices where others are there. If there are none, a person must see whose they are:
    an agency may show what is kept for it. What recognition read takes no document away; it is enough to ask. Whose
    name on the list has no Thai letter is who its `home` page says to be; where that says nothing, all are its own."""
    if not any(map(is_thai, agency)):
        agency = _own_name(home, lexicon)
        if not agency:
            return parts, ()
    names = [other_office(part, agency, lexicon) if part.is_whole else None for part in parts]
    own = tuple(part for part, name in zip(parts, names, strict=True) if name is None)
    if any(part.resource.kind is not ResourceKind.PAGE for part in own):
        if len(own) < len(parts):
            return own, ()
        scans = [other_office(part, agency, lexicon, recognised=True) if part.is_whole else None for part in parts]
        if not all(name or part.resource.kind is ResourceKind.PAGE for part, name in zip(parts, scans, strict=True)):
            return parts, ()
        names = scans
    elif len(own) == len(parts):
        return parts, ()
    at = next(at for at, name in enumerate(names) if name is not None)
    return parts, (Reason(ReasonCode.OTHER_OFFICE, {"url": parts[at].resource.url, "found": str(names[at])}),)


def _own_name(home: Resource, lexicon: Mapping[str, tuple[str, ...]]) -> str:
    """The office that a home page says to be of: in its title, or in a line of its head or foot; empty if in none."""
    patterns = [_pattern(lexicon.get(name, ())) for name in OFFICE_KINDS]
    for part in _PARTS.split(home.title[:_TITLE]):
        found = next((hit for pattern in patterns if (hit := pattern.search(_bare(part)))), None)
        if found is not None and len(found["name"]) >= _SHORTEST:
            return found.group()
    lines = [block.text for block in home.blocks if len(block.text) <= _LINE]
    for line in map(_bare, (*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _FOOT) :])):
        found = next((hit for pattern in patterns if (hit := pattern.fullmatch(line))), None)
        if found is not None and len(found["name"]) >= _SHORTEST:
            return found.group()
    return ""


def other_office(
    part: EvidencePart, agency: str, lexicon: Mapping[str, tuple[str, ...]], *, recognised: bool = False
) -> str | None:
    """The office that a document says to be of, where its cover names one of the agency's kind, or a local government
    while the agency is none, and nothing in it names the agency; None if it does not. Those above an agency (a
    ministry's, a district's health office) may have made what it shows. Recognised text says nothing of names, unless
    it is asked what was `recognised`: then a name that is not even like the agency's is another's."""
    whole = _bare(agency)
    if part.resource.kind is ResourceKind.PAGE:
        return None
    kinds = next((kinds for name in OFFICE_KINDS if (kinds := _pattern(lexicon.get(name, ()))).match(whole)), _NOTHING)
    own = kinds.fullmatch(whole)
    if (
        own is not None
        and len(own["name"]) >= _SHORTEST
        and (other := _of_own_kind(part, whole, own, kinds, recognised))
    ):
        return other
    local = _pattern(lexicon.get(_LOCAL, ()))
    return _of_local_government(part, whole, own, local, recognised) if kinds is not local else None


def _of_local_government(
    part: EvidencePart, whole: str, own: re.Match[str] | None, local: re.Pattern[str], recognised: bool
) -> str | None:
    lines = [b for _, b in list(part.numbered_blocks())[:_COVER] if len(b.text) <= _LINE and (b.page or 1) == 1]
    named = ((line, found["name"]) for line in lines if (found := local.fullmatch(_bare(line.text))) is not None)
    line, name = next(((line, name) for line, name in named if len(name) >= _SHORTEST), (None, ""))
    # A school of a town has its name: โรงเรียนเทศบาลหัวช้าง.
    if line is None or name in whole or similarity(name, whole) >= (_NOT_LIKE if line.ocr else _SAME):
        return None
    # Of an agency of no known kind the name's end is what others do not have: โรงเรียน|บ้านกร่างเหนือศึกษา.
    its = own["name"] + (own["where"] or "") if own is not None else whole[len(whole) // 2 :]
    return None if _is_named(part, its, recognised=recognised) else line.text.strip()


def _of_own_kind(
    part: EvidencePart, whole: str, own: re.Match[str], kinds: re.Pattern[str], recognised: bool
) -> str | None:
    found: tuple[str, str] | None = None
    for _, block in list(part.numbered_blocks())[:_COVER]:
        line = kinds.fullmatch(_bare(block.text)) if len(block.text) <= _LINE and (block.page or 1) == 1 else None
        if line is None or len(line["name"]) < _SHORTEST or (own["where"] and not line["where"]):
            continue
        if line["name"] == own["name"] and _is_elsewhere(part, own, line, recognised=recognised):
            return block.text.strip()
        found = found or (block.text.strip(), line["name"])
    if found is None or found[1] in whole or similarity(found[1], own["name"]) >= _SAME:
        return None
    if recognised and similarity(found[1], own["name"]) >= _NOT_LIKE:
        return None
    if recognised and _is_cut(found[1], own["name"]):
        return None
    return None if _is_named(part, own["name"], recognised=recognised) else found[0]


def _is_elsewhere(part: EvidencePart, own: re.Match[str], line: re.Match[str], *, recognised: bool) -> bool:
    """Whether an office of the agency's name is that of another province, which the document does not name besides."""
    mine, its = (_PLACE.sub("", found["where"] or "") for found in (own, line))
    if min(len(mine), len(its)) < _SHORTEST or similarity(mine, its) >= _SAME:
        return False
    if recognised and _is_cut(its, mine):
        return False
    return not _is_named(part, mine, recognised=recognised)


def _is_cut(found: str, own: str) -> bool:
    """Whether a recognised name is the beginning of another: it goes on in the next line, and marks were lost."""
    return bare_letters(own).startswith(bare_letters(found))


def _is_named(part: EvidencePart, name: str, *, recognised: bool) -> bool:
    """Whether a name stands in a document, or may stand there: in text that was recognised, where anything may; if it
    is asked what was `recognised`, where something like it does."""
    for _, block in part.numbered_blocks():
        text = _bare(block.text)
        if name in text or (block.ocr and (not recognised or partial_similarity(name, text) >= _NOT_LIKE)):
            return True
    return False


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
