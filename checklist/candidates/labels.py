"""Item labels: the number in all its spellings, and the likeness of a text to an item's title.

Numbers are not stable over editions and sectors, titles are: a title decides, a number supports it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from unicodedata import numeric

from rapidfuzz import fuzz, process

from checklist.candidates.owners.offices import OFFICE_KINDS
from checklist.kinds import excludes, kind_words
from checklist.rules.model import Naming
from checklist.section.headings import numbering
from core.thai.dates import year_mentions
from core.thai.normalize import clusters, key_text, make_key

LABEL_LENGTH = 260
"""Characters; longer blocks are prose, not labels."""

_ZERO_NUMBER = re.compile(r"^\W{0,3}0(?P<number>[1-9]\d?)(?!\d|[.,:/-]\d)")
_PLAIN_NUMBER = re.compile(r"^\W{0,3}(?P<number>[1-9]\d?)(?!\d|[.,:/-]\d)[\s.):-]")
_SIGNS = (range(0x2460, 0x249C), range(0x24EB, 0x2500), range(0x2776, 0x2794), range(0x3251, 0x32C0))
_ENCLOSED = {code: f"{numeric(chr(code)):.0f} " for codes in _SIGNS for code in codes if numeric(chr(code), 0.0)}
"""Numbers in circles, in brackets and with a point that are one letter, as the numbers that they are."""
_ANY_DIGIT = re.compile(rf"[\d{''.join(map(chr, _ENCLOSED))}]")
_NO_LETTERS = re.compile(r"[^\w\u0e01-\u0e3a\u0e40-\u0e4e]+|[\d_]+")
"""What stands between a text's letters; Thai vowels and marks are letters."""
_RANGE = re.compile(r"(?:o|0)\s?\d{1,2}\s?[-–]\s?(?:o|0)\s?\d{1,2}")
_NOISE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)\b"
    r"|\(?(?:ประจำ)?(?:ปีงบประมาณ|พ\.ศ\.|ปีพ\.ศ\.|ปี)\s*+(?:พ\.ศ\.\s*+)?(?:25\d\d|\d\d(?!\d))(?:\s*-\s*(?:25)?\d\d)?\)?"
    r"|25\d\d|ของ(?=\s*$)|[\"'()\[\]|:;,.•▪►»>📄*]"
)

_NUMBER_BONUS = 0.15
_CONTAINED_FLOOR = 0.72
_FUZZY_CUTOFF = 76.0
"""Per cent of equal letters; lower lets plan and report titles run into each other."""

_CUT = ("..", "…")
_CUT_LENGTH = 10
"""Characters from which the beginning of a title says which it may be."""
_BEGUN_SCORE = 0.78
_BY_YEAR = 0.15
"""Likeness by which a title may lie behind another that its year's words rule out."""
_TITLE_BESIDE = 6
"""Thai clusters behind ก่อนหน้า from which a post is named."""
_MOST_BEGUN = 2
"""Items of a cut label up to which it is theirs: their places tell two apart."""

_TITLED = 0.7
"""Share of an item's wording in a line that is a document's title."""
HARDLY = 0.4
"""Share of an item's rare letters in a text (`ItemNames.named`) below which it does not speak of the item: of 280
documents that nobody here wrote all had 0.7 of their own item's, and 3 of 4 others less than this."""

_ASIDE = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_OWN = 0.45
"""Share of rare groups of letters from which a label without what it has in brackets is another item's."""
_COUNTED = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_|(?:ที่)?\s*\d+")
"""Marks and the numbers of several files: ไฟล์ที่ 2."""
_GRAM = 3
_UNKNOWN = 2.5
"""Weight of a group of letters that no title has: about that of one in four items."""
_LEANINGS = 5
_OTHERS = 0.85
"""Likeness from which a document's title is taken for another item's."""
_ANOTHERS = 0.92
_TURN, _ARROWS = 30, " «»‹›<>←→⟨⟩|.:-–…"
"""Letters of a label for a list's next page, and what stands around its words or in their place."""
_BESIDE_A_GROUP = 20
"""Letters of the button beside a group's title."""
_APART = 3
"""Groups of letters that are something of a wording's own."""
_FAR = 0.3
"""The same for a title without words that rule this item out, and the share of its rare words below which it is none
of this item's."""


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label taken for an item's. `score` 0-1.2; `number` if the number said so, `likeness` of the title."""

    item: str
    score: float
    number: bool
    likeness: float


@dataclass(frozen=True, slots=True)
class _Wording:
    item: str
    text: str
    grams: frozenset[str]


class ItemNames:
    """All wordings of all items of one edition, ready for comparing."""

    def __init__(self, naming: Naming, lexicon: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.naming = naming
        self.kind_words = kind_words(lexicon or {})
        self.kinds = {
            item.id: self.kind_words.wanted((item.title, *item.aliases), running=item.running) for item in naming.items
        }
        several = tuple(make_key(word).text for word in (lexicon or {}).get("title_collective", ()))
        self.collective = frozenset(
            item.id for item in naming.items if any(word in make_key(item.title).text for word in several)
        )
        """Items of several documents, none of which is called after them."""
        self.order = {item.id: position for position, item in enumerate(naming.items)}
        self._ids = frozenset(item.id for item in naming.items)
        self.prefix = naming.prefix
        """What stands before the numbers of this list's items: O, or MOIT."""
        self._wordings = tuple(
            _Wording(item.id, _plain(wording, self.prefix), grams(_plain(wording, self.prefix)))
            for item in naming.items
            for wording in (item.title, *item.aliases)
            if _plain(wording, self.prefix)
        )
        self._texts = tuple(w.text for w in self._wordings)
        groups = "|".join(map(re.escape, naming.groups))
        # "ตัวชี้วัดย่อย 9.5 การส่งเสริมความโปร่งใส" leads to a group of items; its number tells it from an item's title.
        titles = zip(naming.groups, naming.group_titles, strict=False)
        self._group_titles = {group: _letters(title) for group, title in titles}
        self._group = re.compile(rf"(?<![\d.])(?:{groups})(?![\d.])")
        self._avoid = {item.id: tuple(_plain(a, self.prefix) for a in item.avoid) for item in naming.items}
        self._cache: dict[tuple[str, bool, bool], tuple[LabelMatch, ...]] = {}
        self._likenesses: dict[str, dict[str, float]] = {}
        self._leanings: dict[str, tuple[tuple[str, float], ...]] = {}
        self._out = {item.id: tuple(key_text(a).replace(" ", "") for a in item.avoid) for item in naming.items}
        """As they are written: `_avoid` is without the words of years."""
        self._rarity = _rarity(naming)
        self._weights = tuple(sum(self._rarity[gram] for gram in w.grams) for w in self._wordings)
        self._having: dict[str, list[int]] = {}
        for at, wording in enumerate(self._wordings):
            for gram in wording.grams:
                self._having.setdefault(gram, []).append(at)
        words = sorted({make_key(w).text.replace(" ", "") for w in (lexicon or {}).get("button_words", ())}, key=len)
        self._button = re.compile(rf"(?:{'|'.join(map(re.escape, reversed(words)))})+" if words else "(?!)")
        self._turns = frozenset(make_key(word).text for word in (lexicon or {}).get("neighbour_words", ()))
        kinds = (word for name in OFFICE_KINDS for word in (lexicon or {}).get(name, ()))
        self._offices = tuple(make_key(word).text for word in kinds)
        self._files = tuple(make_key(word).text for word in (lexicon or {}).get("button_files", ()))
        self._beside = _beginning_with((lexicon or {}).get("neighbour_words", ()))

    def matches(self, label: str, *, numbered_page: bool = False, trusted: bool = True) -> tuple[LabelMatch, ...]:
        """Items that a short text may be the label of, best first; empty for prose and other words.

        `numbered_page` allows bare and zero-led numbers (`01`), which mean items only where many stand. Numbers that
        are not `trusted` (of another year's list) say nothing. What a title excludes by its kind is left out: the
        label of a plan is none of a report."""
        if not label or len(label) > LABEL_LENGTH:
            return ()
        known = self._cache.get((label, numbered_page, trusted))
        if known is None:
            known = self._match(label, numbered_page, trusted)
            self._cache[label, numbered_page, trusted] = known
        return known

    def number(self, label: str, *, zero: bool, plain: bool) -> int | None:
        """The number that a label shows, as this list's items are numbered; see `item_number`."""
        return item_number(label, zero=zero, plain=plain, prefix=self.prefix)

    def are_numbered_apart(self, first: str, second: str) -> bool:
        """Whether two lines have a number with its letter, and not the same: whatever the second says, it is no part of
        the first."""
        numbers = [self.number(text[:LABEL_LENGTH], zero=False, plain=False) for text in (first, second)]
        return None not in numbers and numbers[0] != numbers[1]

    def item_of(self, number: int | None) -> str | None:
        """The item of a number, None if the list has none."""
        return f"{self.prefix}{number}" if f"{self.prefix}{number}" in self._ids else None

    def group_of(self, label: str) -> str | None:
        """The group of items (a sub-indicator's id) that a label names by its number, None if none."""
        found = self._group.search(make_key(label[:LABEL_LENGTH]).text)
        return found.group() if found is not None else None

    def is_group(self, text: str, group: str) -> bool:
        """Whether a text names a group of items by its number, or is its title with hardly a word besides."""
        if self.group_of(text) is not None:
            return self.group_of(text) == group
        title, letters = self._group_titles.get(group, ""), _letters(text[:LABEL_LENGTH])
        return bool(title) and title in letters and len(letters) - len(title) <= _BESIDE_A_GROUP

    def heads_group(self, text: str) -> bool:
        """Whether a line is the heading of a group of items: its title, alone or with its number."""
        letters = _letters(text[:LABEL_LENGTH])
        return any(
            letters == title or (title in letters and self.group_of(text) == group)
            for group, title in self._group_titles.items()
            if title
        )

    def is_button(self, text: str) -> bool:
        """Whether a text stands on buttons and says nothing itself (ดูรายละเอียด, เปิดไฟล์แนบ)."""
        key = _COUNTED.sub("", make_key(text[:LABEL_LENGTH]).text)
        return self._button.fullmatch(key) is not None

    def is_file_button(self, text: str) -> bool:
        """Whether a button's text says that a file is behind it (เอกสารแนบ), on whatever page."""
        return self.names_files(text) and self.is_button(text)

    def names_files(self, text: str) -> bool:
        """Whether a text speaks of files."""
        key = make_key(text[:LABEL_LENGTH]).text
        return any(word in key for word in self._files)

    def is_beside(self, text: str) -> bool:
        """Whether a text names what stands before or after its page among others of its kind (ถัดไป O15 …). Without a
        title it may be the next page of the same list."""
        found = self._beside.match(text[:LABEL_LENGTH])
        return found is not None and len(clusters(text[found.end() : LABEL_LENGTH])) >= _TITLE_BESIDE

    def is_turn(self, label: str) -> bool:
        """Whether a link's label only says that there is a next page, or one before: a word for it, or arrows."""
        if len(label) > _TURN:
            return False
        word = make_key(label.strip(_ARROWS)).text
        return word in self._turns if word else bool(label.strip())

    def leanings(self, label: str) -> tuple[tuple[str, float], ...]:
        """Items that a label may mean although it has none of their wordings, with the share (0-1) of rare groups of
        letters that it has in common with the best of them; best first. Never enough alone: its place among its
        neighbours, or a person, must agree."""
        if not label or len(label) > LABEL_LENGTH:
            return ()
        known = self._leanings.get(label)
        if known is None:
            known = self._leanings[label] = self._lean(label)
        return known

    def other_item(self, title: str, item: str) -> str | None:
        """The other item whose wording a title has, where it holds words that rule this one out, or has hardly a rare
        word in common with it; None if none."""
        found = [match for match in self.matches(title) if match.likeness >= _OTHERS]
        if not found or any(match.item == item for match in found):
            return None
        if self._avoided(item, _plain(title, self.prefix)):
            return found[0].item
        own = dict(self.leanings(title)).get(item, 0.0)
        return found[0].item if found[0].likeness >= _ANOTHERS and own < _FAR else None

    def named(self, text: str) -> Mapping[str, float]:
        """The share (0-1) of the rare groups of letters of each item's best wording that stand in a text."""
        own = grams(_strip(text, self.prefix))
        found: dict[str, float] = {}
        for wording, weight in zip(self._wordings, self._weights, strict=True):
            if weight:
                share = sum([self._rarity[gram] for gram in wording.grams if gram in own]) / weight
                found[wording.item] = max(share, found.get(wording.item, 0.0))
        return found

    def title_lines(self, lines: Sequence[str]) -> list[str]:
        """Those of a document's first lines that are its title: as far as a numbered line, which is one of its parts,
        and as far as an office's name behind a line that names an item, or says what kind of document it is
        (`บทสรุปผู้บริหาร` below is a part too)."""
        found: list[str] = []
        for line in lines:
            if numbering(line) is not None:
                break
            if make_key(line).text.startswith(self._offices) and any(
                self.kind_words.kind(above) or max(self.named(above).values(), default=0.0) >= _TITLED
                for above in found
            ):
                break
            found.append(line)
        return found

    def matter(self, text: str, item: str, other: str) -> float:
        """The share (0-1) in a text of what an item's wordings have and another item's do not: of its own matter. 1 if
        one of its wordings has nothing of its own."""
        own = grams(_strip(text, self.prefix))
        theirs = frozenset().union(*(wording.grams for wording in self._wordings if wording.item == other))
        apart = [wording.grams - theirs for wording in self._wordings if wording.item == item]
        return max((len(grams & own) / len(grams) if len(grams) >= _APART else 1.0 for grams in apart), default=1.0)

    def items_beginning_with(self, label: str) -> tuple[str, ...]:
        """Items whose wording begins with a label that a site has cut off (แผนปฏิบัติการป้อ…)."""
        if len(label) > LABEL_LENGTH or not label.rstrip().endswith(_CUT):
            return ()
        text = _plain(label, self.prefix).rstrip("…")
        if len(text) < _CUT_LENGTH:
            return ()
        return tuple(dict.fromkeys(w.item for w in self._wordings if w.text.startswith(text) and w.text != text))

    def _lean(self, label: str) -> tuple[tuple[str, float], ...]:
        if self.is_button(label):
            return ()
        own = grams(_plain(label, self.prefix))
        weight = sum(self._rarity.get(gram, _UNKNOWN) for gram in own)
        if not own or not weight:
            return ()
        common: dict[int, float] = {}
        for gram in own:
            rarity = self._rarity.get(gram, _UNKNOWN)
            for at in self._having.get(gram, ()):
                common[at] = common.get(at, 0.0) + rarity
        kind = self.kind_words.kind(label)
        scores: dict[str, float] = {}
        for at, shared in common.items():
            wording = self._wordings[at]
            share = 2 * shared / (weight + self._weights[at])
            if share > scores.get(wording.item, 0.0) and not (
                excludes(self.kinds[wording.item], kind) or self._avoided(wording.item, _plain(label, self.prefix))
            ):
                scores[wording.item] = share
        best = sorted(scores.items(), key=lambda pair: (-pair[1], self.order[pair[0]]))
        return tuple(best[:_LEANINGS])

    def _match(self, label: str, numbered_page: bool, trusted: bool) -> tuple[LabelMatch, ...]:
        number = self.number(label, zero=numbered_page, plain=False)
        if number is None and self._group.search(make_key(label).text):
            return ()
        numbered = self.item_of(number) if trusted else None
        kind = self.kind_words.kind(label)
        likeness = {
            item: score for item, score in self._likeness_of(label).items() if not excludes(self.kinds[item], kind)
        }
        if trusted and numbered_page and numbered is None:
            bare = self.item_of(self.number(label, zero=True, plain=True))
            if bare is not None and likeness.get(bare, 0.0) >= _CONTAINED_FLOOR:
                numbered = bare
        best_title = max(likeness.values(), default=0.0)
        likeness = self._by_year(label, likeness)
        found = [
            LabelMatch(item, score + (_NUMBER_BONUS if item == numbered else 0.0), item == numbered, score)
            for item, score in likeness.items()
        ]
        if (
            numbered is not None
            and numbered not in likeness
            and best_title < 0.85
            and not excludes(self.kinds[numbered], kind)
        ):
            found.append(LabelMatch(numbered, 0.62, True, 0.0))
        return tuple(sorted(found, key=lambda m: (-m.score, m.item)))

    def _likeness_of(self, label: str) -> dict[str, float]:
        known = self._likenesses.get(label)
        if known is None:
            known = self._likenesses[label] = self._likeness(label)
        return known

    def _likeness(self, label: str) -> dict[str, float]:
        text = _plain(label, self.prefix)
        if len(text) < 3:
            return {}
        scores: dict[str, float] = {}
        meant, outside, asides = self._without_asides(label)
        for wording in [wording for wording in self._wordings if wording.text in text]:
            if not self._avoided(wording.item, text):
                if meant not in ("", wording.item) and wording.text not in outside and wording.text not in asides:
                    continue
                share = len(wording.text) / len(text)
                short = len(wording.text) < 8 and share < 0.5
                score = 0.0 if short else _CONTAINED_FLOOR + (1.0 - _CONTAINED_FLOOR) * share
                scores[wording.item] = max(score, scores.get(wording.item, 0.0))
        begun = self.items_beginning_with(label)
        if begun:  # It is not like any title as a whole: it is the first part of one.
            return scores | dict.fromkeys(begun, _BEGUN_SCORE) if len(begun) <= _MOST_BEGUN else scores
        for _, likeness, index in process.extract(
            text, self._texts, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF, limit=4
        ):
            item = self._wordings[index].item
            if not self._avoided(item, text):
                scores[item] = max(likeness / 100.0, scores.get(item, 0.0))
        return {item: score for item, score in scores.items() if score > 0.0}

    def _without_asides(self, label: str) -> tuple[str, str, tuple[str, ...]]:
        """The item that a label surely means without what it has in brackets, "" if none; its letters without that, and
        what is in brackets. There stands by whom or for whom: a word of another item in it names that item only if it
        is all of it."""
        outside = _ASIDE.sub(" ", label)
        best = self.leanings(outside)[:1] if outside != label else ()
        if not best or best[0][1] < _OWN:
            return "", "", ()
        asides = tuple(_plain(aside, self.prefix) for aside in _ASIDE.findall(label))
        return best[0][0], _plain(outside, self.prefix), asides

    def _by_year(self, label: str, likeness: dict[str, float]) -> dict[str, float]:
        """The likenesses without the best one where another item's is near, and the label is of an earlier year with
        words that rule the best one out: they were taken for part of the year (สรุปผลการจัดซื้อจัดจ้างประจำปี 2565 is the
        year's report, not the summary of this year's months)."""
        best = max(likeness, key=lambda item: likeness[item], default="")
        near = [item for item, share in likeness.items() if item != best and share >= likeness[best] - _BY_YEAR]
        if not near or not self.rules_out(best, label):
            return likeness
        years = {mention.year for mention in year_mentions(label)}
        of_other = bool(years) and self.naming.year not in years
        return {item: share for item, share in likeness.items() if item != best or not of_other}

    def rules_out(self, item: str, title: str) -> bool:
        """Whether a title holds words that rule an item out, those in its year among them."""
        text = key_text(title).replace(" ", "")
        return any(word in text for word in self._out[item])

    def _avoided(self, item: str, text: str) -> bool:
        return any(phrase and phrase in text for phrase in self._avoid[item])


def _beginning_with(words: tuple[str, ...]) -> re.Pattern[str]:
    """A text that begins with one of some words, each as a whole."""
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"[^\w]{{0,4}}(?:{either})(?=[\s:«»<>‹›←→|-])", re.I) if either else re.compile(r"(?!)")


def _letters(text: str) -> str:
    """A text's key without spaces, numbers and points."""
    return _NO_LETTERS.sub("", make_key(text).text)


def grams(text: str) -> frozenset[str]:
    """The groups of letters that a text is made of."""
    return frozenset(text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1))


def _rarity(naming: Naming) -> dict[str, float]:
    """How much a group of letters tells the items apart: what all titles have (การดำเนิน) tells nothing."""
    counts: Counter[str] = Counter()
    for item in naming.items:
        wordings = (item.title, *item.aliases)
        counts.update({gram for wording in wordings for gram in grams(_plain(wording, naming.prefix))})
    return {gram: log(1 + len(naming.items) / count) for gram, count in counts.items()}


@lru_cache(maxsize=16)
def _number_pattern(prefix: str) -> re.Pattern[str]:
    """A numbered label of a list whose items begin with `prefix`: O12 and OIT 12 are one, MOIT 12 another."""
    form = "oit|o" if prefix == "O" else re.escape(prefix.lower())
    return re.compile(
        r"(?:^|(?<=[\s(\[:|/.,\"'-])|(?<=[\u0e01-\u0e4e]))"
        rf"(?P<form>{form})[\s.:_-]{{0,3}}0?(?P<number>[1-9]\d?)(?![\d.]\d|\d)"
    )


@lru_cache(maxsize=16)
def _url_pattern(prefix: str) -> re.Pattern[str]:
    form = "oit|o|0" if prefix == "O" else re.escape(prefix.lower())
    return re.compile(rf"(?:^|[/_\-.=])(?:{form})[-_]?0?(?P<number>[1-9]\d?)(?=$|[/_\-.(?&])", re.IGNORECASE)


@lru_cache(maxsize=1 << 14)
def _plain(label: str, prefix: str) -> str:
    return _strip(label, prefix)


def _strip(text: str, prefix: str) -> str:
    """A text's key without number, years, file endings and punctuation; not remembered, for texts seen once."""
    text = key_text(text)
    text = _number_pattern(prefix).sub(" ", text)
    text = _NOISE.sub(" ", text)
    text = re.sub(r"^\W*0?\d{1,2}(?:\.\d{1,2})*\W", " ", text)
    return "".join(text.split())


def item_number(label: str, *, zero: bool, plain: bool, prefix: str = "O") -> int | None:
    """The item number that a label shows (`O1`, `o 1`, `OIT 1`, `O-01`), or None.

    With `zero` also `01`...`043` (a zero for the letter), with `plain` also a bare leading number.
    A range (`O1 - O6`) is a group's heading and no number."""
    if _ANY_DIGIT.search(label) is None:
        return None
    text = make_key(label.translate(_ENCLOSED)).text
    if _RANGE.search(text):
        return None
    match = _number_pattern(prefix).search(text)
    if match is None and zero:
        match = _ZERO_NUMBER.search(text)
    if match is None and plain:
        match = _PLAIN_NUMBER.search(text)
    return int(match["number"]) if match else None


def url_number(path: str, prefix: str = "O") -> int | None:
    """The item number in the last parts of an address (`/ITA/O12/`, `o12-report.pdf`, `/ITA/012`), or None."""
    tail = "/" + "/".join(path.rstrip("/").split("/")[-2:])
    found = [int(m["number"]) for m in _url_pattern(prefix).finditer(tail)]
    return found[-1] if found else None
