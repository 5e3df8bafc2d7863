"""What kind of document a title names: a plan, a report, a manual. A plan is never taken for its report.

The head of a Thai title comes first ("รายงานผลการดำเนินการตามแผน" is a report), so the first word of the lists
`kind_*` decides; wrappers (ประกาศ เรื่อง แผน…) are only the kind if nothing else follows. A title without any of
these words has no kind, and no claim is made about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from core.models.snapshot import Block, BlockKind, Resource, ResourceKind, Zone
from core.thai.dates import date_mentions, period_mentions
from core.thai.normalize import clusters, digits, make_key

_TITLE_LENGTH = 260
_COVER_BLOCKS = 8
_COVER_LETTERS = 4
_TITLE_LINES = 3
_TABLE = 12
"""Blocks among which a table's first cell stands that is no title: โครงการ/กิจกรรม."""
_QUARTER = re.compile(r"(?:ไตรมาส|งวด)(?:ที่)?\s?[1-3](?!\d)(?!\s?(?:[-–,&]|ถึง|และ))")
"""One of the first three quarters; a report on the fourth may tell of the whole year."""
_SECTION_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){0,3}\s*[.)]\s*[^\d\s]")
_OF_YEAR = re.compile(r"ประจำปี|ปีงบประมาณ|พ\.ศ\.|[\d(]")
"""Where a title goes on behind a project's name."""
_LETTERHEADS = 2
_BELOW_TITLE, _HALF, _PERIOD_WORDS = 2, 6, 12
"""Lines below a title that say of which months it is, the months of half a year, and the Thai clusters beside them."""
_LETTER_NUMBER = re.compile(r"ที่\s?[ก-ฮ]{1,3}\.?\s?\d{3,6}(?:\.\d{1,5})*\s?/")
"""How an office counts its letters: the sign of its province or ministry, its number, the letter's."""
_TO_WHOM = re.compile(r"\s*เรื่อง\s.{2,200}?\sเรียน\s")
"""Of what and to whom, in one line."""
_SECOND = 2
"""The page behind a letter of one page."""
_LETTER_LINES = 20
_LETTER = 450
"""Thai clusters of a letter that only says what is sent with it."""
_EDGE = "(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"
"""A word ends where its cluster ends: แผนก is not in แผนการ."""


class DocumentKind(StrEnum):
    """What a document is, as far as its title says."""

    PLAN = "plan"
    HALF_REPORT = "half_report"
    """A report on six months."""
    MONTHLY_REPORT = "monthly_report"
    """A report on a month or a quarter."""
    REPORT = "report"
    """A report on a year, or on a time that it does not name."""
    SURVEY = "survey"
    MANUAL = "manual"
    STATISTICS = "statistics"
    LAW = "law"
    FORM = "form"
    MINUTES = "minutes"
    """What a meeting said; what it was told of is no report to the public."""
    ORDER = "order"
    """Appoints or assigns somebody."""
    DRAFT = "draft"
    """Is not decided yet, whatever it is a draft of."""
    SAMPLE = "sample"
    """Shows how one is written."""


_CONFLICTS: Mapping[DocumentKind, frozenset[DocumentKind]] = {
    DocumentKind.PLAN: frozenset(
        {
            DocumentKind.REPORT,
            DocumentKind.HALF_REPORT,
            DocumentKind.MONTHLY_REPORT,
            DocumentKind.SURVEY,
            DocumentKind.LAW,
            DocumentKind.FORM,
            DocumentKind.ORDER,
        }
    ),
    DocumentKind.REPORT: frozenset(
        {
            DocumentKind.PLAN,
            DocumentKind.HALF_REPORT,
            DocumentKind.MONTHLY_REPORT,
            DocumentKind.SURVEY,
            DocumentKind.LAW,
            DocumentKind.MANUAL,
            DocumentKind.FORM,
            DocumentKind.ORDER,
        }
    ),
    DocumentKind.HALF_REPORT: frozenset(
        {
            DocumentKind.PLAN,
            DocumentKind.SURVEY,
            DocumentKind.LAW,
            DocumentKind.MANUAL,
            DocumentKind.FORM,
            DocumentKind.ORDER,
        }
    ),
    DocumentKind.MONTHLY_REPORT: frozenset({DocumentKind.PLAN, DocumentKind.SURVEY, DocumentKind.LAW}),
    DocumentKind.SURVEY: frozenset({DocumentKind.PLAN, DocumentKind.LAW, DocumentKind.FORM}),
    DocumentKind.MANUAL: frozenset({DocumentKind.PLAN, DocumentKind.REPORT, DocumentKind.HALF_REPORT}),
    DocumentKind.STATISTICS: frozenset({DocumentKind.PLAN, DocumentKind.LAW, DocumentKind.MANUAL}),
}
"""What a title of one kind rules out. A kind that is not named here rules out nothing."""
UNFINISHED = frozenset({DocumentKind.DRAFT, DocumentKind.SAMPLE})
"""What proves nothing of any item, whatever kind that asks for."""
_NEVER = frozenset({DocumentKind.MINUTES, DocumentKind.DRAFT})
"""What is none of the kinds above, whatever it is about."""


def excludes(wanted: frozenset[DocumentKind], found: DocumentKind | None) -> bool:
    """Whether a document of kind `found` can never be one of the kinds `wanted`; unknown kinds exclude nothing."""
    if found in _NEVER:
        return bool(wanted) and all(kind in _CONFLICTS for kind in wanted)
    return found is not None and bool(wanted) and all(found in _CONFLICTS.get(kind, frozenset()) for kind in wanted)


@dataclass(frozen=True, slots=True)
class KindWords:
    """The lists `kind_*` of the lexicon, compiled; applied to keys."""

    heads: tuple[tuple[DocumentKind, re.Pattern[str]], ...]
    half: re.Pattern[str]
    monthly: re.Pattern[str]
    survey: re.Pattern[str]
    follows: re.Pattern[str]
    """How a line begins that goes on with the title above it (ตามแผน…)."""
    draft: re.Pattern[str]
    """What stands right before a title's head, or in brackets in it, if it is a draft's."""
    sample: re.Pattern[str]
    unit: re.Pattern[str]
    """The end of a text that is followed by the rest of a unit's name."""
    letterhead: re.Pattern[str]
    """How a line of a letter begins that says who writes to whom, not of what."""
    letter: re.Pattern[str]
    """How the lines of a covering letter begin."""
    joins: re.Pattern[str]
    """The end of a text that is followed by one more head."""
    project: re.Pattern[str]
    """How the title of what is proposed begins."""
    one_project: re.Pattern[str]
    """What stands before the name of the one project that a report is on, as far as the name."""

    def kind(self, text: str) -> DocumentKind | None:
        """The kind that a title names, None if none."""
        if not text or len(text) > _TITLE_LENGTH:
            return None
        key = make_key(text).text
        heads = [
            (found.start(), -found.end(), kind)
            for kind, pattern in self.heads
            # งานนโยบายและแผน, กองแผนงาน: who wrote it, not what it is.
            if (
                found := next((hit for hit in pattern.finditer(key) if not self.unit.search(key, 0, hit.start())), None)
            )
        ]
        if not heads:
            return None
        # รายงานการประชุม begins as รายงาน does, and is the longer word.
        start, _, kind = min(heads)
        for marks, marked in ((self.draft, DocumentKind.DRAFT), (self.sample, DocumentKind.FORM)):
            if any(hit["bracket"] or hit.end() == start for hit in marks.finditer(key)):
                return marked
        if self.follows.search(key, 0, start):
            # "การดำเนินการตามแผน" has the word of a plan and is none.
            return None
        if kind is not DocumentKind.REPORT:
            return kind
        if self.survey.search(key):
            return DocumentKind.SURVEY
        if self.half.search(key):
            return DocumentKind.HALF_REPORT
        part_of_year = self.monthly.search(key) or _QUARTER.search(digits(key))
        return DocumentKind.MONTHLY_REPORT if part_of_year else DocumentKind.REPORT

    def mentions(self, kinds: frozenset[DocumentKind], text: str) -> bool:
        """Whether a text has a word of one of these kinds, in whatever sense."""
        key = make_key(text).text
        return any(kind in kinds and pattern.search(key) for kind, pattern in self.heads)

    def wanted(self, titles: tuple[str, ...], *, running: bool = False) -> frozenset[DocumentKind]:
        """The kinds that an item may be answered with, from its title and other wordings: also what stands behind
        "and" or "or". None if the title itself, the first of `titles`, names no kind. A report on a year that is
        `running` may be on half of it."""
        if not titles or self.kind(titles[0]) is None:
            return frozenset()
        found = {self.kind(title) for title in titles}
        for key in (make_key(title).text for title in titles):
            for kind, pattern in self.heads:
                if any(self.joins.search(key, 0, hit.start()) for hit in pattern.finditer(key)):
                    found.add(kind)
        if running and DocumentKind.REPORT in found:
            found.add(DocumentKind.HALF_REPORT)
        return frozenset(kind for kind in found if kind is not None)

    def of(self, resource: Resource) -> DocumentKind | None:
        """The kind that a document's own first lines name; its title field only if they name none.

        A page with a list of documents has many kinds and therefore none."""
        lines = [(text, kind) for text in self._cover(resource) if (kind := self._own(text)) is not None]
        if (marked := self._marked(resource, lines[0][0] if lines else "")) is not None:
            return marked
        if self._is_project(resource):
            return DocumentKind.PLAN
        # A numbered line names a section of the document, not the document, unless no other line does.
        titles = [kind for text, kind in lines if not _SECTION_NUMBER.match(digits(text))]
        found = titles or [kind for _, kind in lines]
        if resource.kind is ResourceKind.PAGE and len(set(found)) > 1:
            return None
        kind = found[0] if found else self.kind(resource.title)
        halved = kind is DocumentKind.REPORT and self._is_of_half(resource, lines[0][0] if lines else "")
        return DocumentKind.HALF_REPORT if halved else kind

    def _marked(self, resource: Resource, first: str) -> DocumentKind | None:
        """What brackets in a title without a kind say it is: `การประเมินความเสี่ยง (ตัวอย่าง)`. The `first` line with a kind
        says itself whether it is marked."""
        title = takewhile(lambda text: text != first, self._cover(resource)[:_TITLE_LINES])
        for key in (make_key(text).text for text in title if resource.kind is not ResourceKind.PAGE):
            for marks, marked in ((self.draft, DocumentKind.DRAFT), (self.sample, DocumentKind.SAMPLE)):
                if any(hit["bracket"] or key[:1] in "([" for hit in marks.finditer(key)):
                    return marked
        return None

    def _is_of_half(self, resource: Resource, title: str) -> bool:
        """Whether a line right below a yearly report's title says that it is on half the year, and nothing else."""
        cover = self._cover(resource) if resource.kind is not ResourceKind.PAGE else []
        at = cover.index(title) + 1 if title in cover else len(cover)
        for text in cover[at : at + _BELOW_TITLE]:
            rest, periods = text, period_mentions(text)
            spans = [(each.start, each.stop) for each in periods] + [(e.start, e.stop) for e in date_mentions(text)]
            for start, stop in sorted(spans, reverse=True):
                rest = rest[:start] + rest[stop:]
            if [len(each.months) for each in periods] == [_HALF] and len(clusters(rest)) <= _PERIOD_WORDS:
                return True
        return False

    def _is_project(self, resource: Resource) -> bool:
        """Whether a document is called a project and nothing else: what is going to be done, whatever it will find."""
        cover = self._cover(resource)[:_TITLE_LINES]
        if resource.kind is ResourceKind.PAGE or not cover or not self.project.match(make_key(cover[0]).text):
            return False
        cells = any(block.kind is BlockKind.CELL and block.text == cover[0] for block in resource.blocks[:_TABLE])
        return not cells and all(self._own(text) is None for text in cover)

    def project_name(self, resource: Resource) -> str:
        """The name of the one project on which a document reports by its title, without its year; empty if the title
        names none. The name may stand on the title's next line."""
        cover = self._cover(resource)
        at = next((at for at, text in enumerate(cover) if self._own(text) is not None), None)
        if at is None or resource.kind is ResourceKind.PAGE:
            return ""
        title = make_key(cover[at]).text
        hit = self.one_project.search(make_key(" ".join(cover[at : at + 2])).text)
        if hit is None or hit.start() >= len(title):
            return ""
        name = _OF_YEAR.split(hit["name"], maxsplit=1)[0].strip(" \"'“”‘’()-")
        return name if len(name) >= _COVER_LETTERS else ""

    def title(self, resource: Resource) -> str:
        """The first line of a document that names a kind, empty if none does."""
        return next((text for text in self._cover(resource) if self._own(text) is not None), "")

    def _cover(self, resource: Resource) -> list[str]:
        return _cover(resource, behind_letter(resource, self))

    def _own(self, text: str) -> DocumentKind | None:
        key = make_key(text).text
        return None if self.follows.match(key) or self.letterhead.match(key) else self.kind(text)


def is_covering_letter(resource: Resource, words: KindWords) -> bool:
    """Whether a text is the letter with which something was sent: it begins as letters do, and is short, without a
    table."""
    texts = [b for b in resource.blocks if b.text.strip() and (b.page or 1) == 1 and b.zone is Zone.CONTENT]
    return _is_letter(texts, words.letterhead)


def _is_letter(texts: list[Block], beginnings: re.Pattern[str]) -> bool:
    lines = [b.text[:_TITLE_LENGTH] for b in texts[:_LETTER_LINES]]
    keys = [make_key(line).text for line in lines]
    heads = {hit.group() for key in keys for words in (beginnings, _LETTER_NUMBER) if (hit := words.match(key))}
    heads |= {hit.group() for line in lines if (hit := _TO_WHOM.match(line))}
    table = any(block.kind is BlockKind.CELL for block in texts)
    return len(heads) >= _LETTERHEADS and not table and sum(len(clusters(b.text[:_LETTER])) for b in texts) <= _LETTER


def behind_letter(resource: Resource, words: KindWords) -> int:
    """Where the document begins that is bound behind a covering letter: on the second page, with a title of its own.
    0 if there is no such letter; one that goes on is itself the document."""
    blocks = resource.blocks
    if resource.kind is ResourceKind.PAGE or not blocks or blocks[0].page != 1:
        return 0
    second = next((at for at, block in enumerate(blocks) if (block.page or 1) > 1), 0)
    letter = [block for block in blocks[:second] if block.text.strip()]
    if not second or blocks[second].page != _SECOND or not _is_letter(letter, words.letter):
        return 0
    title = [block.text for block in blocks[second : second + _TITLE_LINES] if block.page == _SECOND]
    titled = any(words.kind(text) is not None and not _SECTION_NUMBER.match(digits(text)) for text in title)
    return second if titled else 0


def kind_words(lexicon: Mapping[str, tuple[str, ...]]) -> KindWords:
    """The compiled words of a lexicon; of one without such lists words that find nothing."""
    return _compile(tuple((name, lexicon.get(name, ())) for name in _LISTS))


_HEADS: Mapping[str, DocumentKind] = {
    "kind_plan": DocumentKind.PLAN,
    "kind_report": DocumentKind.REPORT,
    "kind_manual": DocumentKind.MANUAL,
    "kind_statistics": DocumentKind.STATISTICS,
    "kind_law": DocumentKind.LAW,
    "kind_form": DocumentKind.FORM,
    "kind_order": DocumentKind.ORDER,
    "kind_minutes": DocumentKind.MINUTES,
}
_LISTS = (
    *_HEADS,
    *("kind_not_plan", "kind_half", "kind_monthly", "kind_survey", "kind_follows", "kind_joiner", "kind_draft"),
    *(
        "kind_sample",
        "kind_unit",
        "kind_letterhead",
        "kind_letter",
        "kind_project",
        "kind_one_project",
        "kind_all_projects",
    ),
)


@lru_cache(maxsize=8)
def _compile(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> KindWords:
    words = dict(lists)
    heads = []
    for name, kind in _HEADS.items():
        other = _either(words["kind_not_plan"]) if kind is DocumentKind.PLAN and words["kind_not_plan"] else ""
        heads.append((kind, re.compile((f"(?!{other})" if other else "") + _either(words[name]))))
    half, monthly, survey, follows = (
        re.compile(_either(words[name])) for name in ("kind_half", "kind_monthly", "kind_survey", "kind_follows")
    )
    joins, unit = (re.compile(_either(words[name]).removesuffix(_EDGE) + "$") for name in ("kind_joiner", "kind_unit"))
    letterhead, letter, project = (
        re.compile(_either(words[name])) for name in ("kind_letterhead", "kind_letter", "kind_project")
    )
    draft, sample = (_marks(words[name]) for name in ("kind_draft", "kind_sample"))
    one = _one_project(words["kind_one_project"], words["kind_all_projects"], words["kind_project"])
    return KindWords(
        tuple(heads), half, monthly, survey, follows, draft, sample, unit, letterhead, letter, joins, project, one
    )


def _one_project(before: tuple[str, ...], others: tuple[str, ...], project: tuple[str, ...]) -> re.Pattern[str]:
    """What stands before a project's name, with the name; not before what says of several, of a plan's or a year's.
    The words may be parted where a title's lines are: `ผลการดำเนินงาน` over `โครงการตลาดนัด`."""
    not_one = _either(others).removesuffix(_EDGE)
    last = _either(project).removesuffix(_EDGE)
    keys = sorted((make_key(word).text for word in before), key=len, reverse=True)
    spaced = "|".join(re.sub(f"(?<=.){last}$", lambda hit: r"\s?" + hit.group(), key) for key in keys)
    return re.compile(rf"(?:{spaced})\s*+(?![/,:]|{not_one})(?P<name>.{{4,}})" if spaced else "(?!)")


def _marks(words: tuple[str, ...]) -> re.Pattern[str]:
    either = _either(words)
    return re.compile(f"^\\W*{either}[\\s)\\]]*|(?P<bracket>[(\\[]\\s*{either}[^()]{{0,40}}[)\\]])")


def _either(words: tuple[str, ...]) -> str:
    keys = sorted({make_key(word).text for word in words} - {""}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, keys))}){_EDGE}" if keys else "(?!)"


def _cover(resource: Resource, start: int) -> list[str]:
    """The first lines of a document's first page, from its own beginning on; of a web page the headings of its
    content."""
    found: list[str] = []
    last = _SECOND if start else 1
    for block in resource.blocks[start : start + 120]:
        if len(found) >= _COVER_BLOCKS or (block.page or 1) > last:
            break
        if len(block.text.strip()) >= _COVER_LETTERS and _may_be_title(block, resource):
            found.append(block.text)
    return found


def _may_be_title(block: Block, resource: Resource) -> bool:
    if resource.kind is not ResourceKind.PAGE:
        return True
    titled = block.kind is BlockKind.HEADING or (block.kind is BlockKind.CELL and not block.row)
    return titled and block.zone is Zone.CONTENT
