"""The answers in the order of the national form: item, has or has not, address, explanation, ready to be copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.models.assessment import Assessment, ElementStatus, ItemStatus, Joint, JointItem, Verdict
from core.sanitize import safe_link, sanitize_text
from reports.messages import Messages
from reports.workbook import Cell, Column, Linked, Tone, Toned, WorkbookSheet, sheet_of

_GROUP = "answers"
_PLACES = 5
"""Places that an explanation names: an assessor looks them up by hand; the first page needs no telling."""
_ADDRESSES = 5
_NAMES = 12
_HAS = (ItemStatus.COMPLETE, ItemStatus.INCOMPLETE, ItemStatus.OUTDATED)
"""There is evidence, whatever it lacks."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the form. `answer` is a key of the messages, empty where nobody may answer yet; `warning` says what
    has to be done before it is handed in."""

    item: str
    title: str
    answer: str
    addresses: tuple[str, ...]
    explanation: str
    warning: str
    messages: Messages

    @property
    def said(self) -> Cell:
        """The answer in words."""
        return self.messages.word(_GROUP, self.answer) if self.answer else None

    @property
    def linked(self) -> Cell:
        """The address, or the addresses as lines."""
        return Linked(self.addresses[0]) if len(self.addresses) == 1 else "\n".join(self.addresses)

    @property
    def warned(self) -> Cell:
        """The warning on its colour; none where the answer may be handed in."""
        return Toned(self.warning, Tone.BAD if self.answer else Tone.DOUBT) if self.warning else None


FORM_COLUMNS: tuple[Column[FormRow], ...] = (
    Column("item", 6, lambda row: row.item),
    Column("data", 30, lambda row: row.title, _GROUP),
    Column("answer", 8, lambda row: row.said, _GROUP),
    Column("url", 34, lambda row: row.linked, _GROUP),
    Column("explanation", 28, lambda row: row.explanation, _GROUP),
    Column("warning", 24, lambda row: row.warned, _GROUP),
)


def agency_form(assessment: Assessment, messages: Messages) -> WorkbookSheet:
    """One agency's form, a line per item in the manual's order."""
    rows = (_agency_row(verdict, messages) for verdict in assessment.verdicts)
    return sheet_of(messages.word(_GROUP, "sheet"), FORM_COLUMNS, rows, messages, assessment.agency.name)


def _agency_row(verdict: Verdict, messages: Messages) -> FormRow:
    today = verdict.as_if_due()
    has = today.status in _HAS
    answer = "has" if has else "has_not" if today.status is ItemStatus.MISSING else ""
    warning = "" if today.status is ItemStatus.COMPLETE else messages.word(_GROUP, f"before_{today.status.value}")
    addresses = tuple(each.url for each in today.evidence[:_ADDRESSES] if safe_link(each.url)) if has else ()
    explanation = " · ".join(_places(today, messages)) if has else ""
    return FormRow(verdict.item, verdict.title, answer, addresses, explanation, warning, messages)


def _places(verdict: Verdict, messages: Messages) -> Iterator[str]:
    """Where the elements stand: what an assessor would have to look for."""
    told = 0
    for finding in verdict.findings:
        if finding.status is not ElementStatus.PRESENT or told == _PLACES:
            continue
        page = next((quote.page for quote in finding.quotes if quote.page and quote.page > 1), None)
        if page is None and not finding.says_none:
            continue
        told += 1
        key = "place_none" if finding.says_none and page else "none" if finding.says_none else "place"
        yield messages.word(_GROUP, key, element=sanitize_text(finding.text, 45), page=str(page))


def province_form(assessments: Sequence[Assessment], joint: Joint, province: str, messages: Messages) -> WorkbookSheet:
    """The form of agencies that hand in one answer: an item is there when every agency has its part."""
    agencies = {one.agency.id: one for one in assessments}
    verdicts = {name: {v.item: v for v in one.verdicts} for name, one in agencies.items()}
    names = {name: one.agency.name for name, one in agencies.items()}
    rows = (_joint_row(item, verdicts, names, messages) for item in joint.items)
    return sheet_of(messages.word(_GROUP, "sheet"), FORM_COLUMNS, rows, messages, province)


def _joint_row(
    item: JointItem, verdicts: Mapping[str, Mapping[str, Verdict]], names: Mapping[str, str], messages: Messages
) -> FormRow:
    answer = "has" if item.status is ItemStatus.COMPLETE else "has_not" if item.lacking else ""
    evidence = (verdicts[agency][item.item].evidence for agency in item.contributed)
    addresses = tuple(each[0].url for each in evidence if each and safe_link(each[0].url))[:_ADDRESSES]
    explanation = messages.word(_GROUP, "parts", done=str(len(item.contributed)), asked=str(item.asked))
    warning = ""
    if item.lacking:
        warning = messages.word(_GROUP, "joint_lacking", names=_listed(item.lacking, names, messages))
    elif item.doubtful:
        warning = messages.word(_GROUP, "joint_doubtful", names=_listed(item.doubtful, names, messages))
    elif item.status is ItemStatus.EXEMPT:
        warning, explanation = messages.word(_GROUP, "before_exempt"), ""
    return FormRow(item.item, item.title, answer, addresses, explanation, warning, messages)


def _listed(agencies: Sequence[str], names: Mapping[str, str], messages: Messages) -> str:
    told = ", ".join(sanitize_text(names[agency], 80) for agency in agencies[:_NAMES])
    more = len(agencies) - _NAMES
    return f"{told} {messages.word('page', 'and_more', count=str(more))}" if more > 0 else told
