"""measures.docx: the governor's page and the table of measures, a draft in the form that provincial offices use."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Joint
from core.sanitize import sanitize_lines, sanitize_text
from reports.agency_json import points
from reports.measures.draft import Measure, draft_measures, due_days, measure_readiness
from reports.messages import Messages
from reports.season import edition_notes

_FONT = "TH SarabunPSK"
"""What government offices write in; Word takes another Thai font where it is not there."""
_SIZE = 16
_CAUSES = 3
_STEPS = 6
"""Ways of closing one item's gaps that are told; more would be a list of agencies, which overview.xlsx is."""
_NAMES = 40
_VALUE = 10_000
"""Characters of one value: forty names of 120 letters have room."""
_DAYS = 3
_WIDTHS = (36, 66, 38, 34)
"""Millimetres of the four columns: together what A4 leaves between its margins."""
_HEADS = ("measure", "way", "follow_up", "who")


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the document is written from."""

    document: Any
    messages: Messages
    edition: Edition
    province: str
    as_of: date | None

    def say(self, key: str, **values: str) -> str:
        harmless = {name: sanitize_lines(text, _VALUE) for name, text in values.items()}
        return self.messages.word("measures", key, **harmless)

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(sanitize_text(text), level)

    def line(self, text: str, style: str | None = None) -> None:
        self.document.add_paragraph(sanitize_lines(text), style)

    def deadline(self) -> str:
        """The last day of answering, or a blank to be filled in by hand once it is over."""
        until = date.fromisoformat(self.edition.answers_until)
        return self.messages.day(until) if self.as_of is None or until >= self.as_of else self.say("blank_day")


def measures_docx(
    assessments: Sequence[Assessment],
    edition: Edition,
    province: str,
    messages: Messages,
    joint: Joint | None = None,
    sectors: Mapping[str, Edition] | None = None,
) -> bytes:
    """Draft the province's document: the governor's page first, the table of measures after it. `sectors` are the
    editions of agencies that are judged by their sector's list, by scheme."""
    as_of = max((a.as_of for a in assessments), default=None)
    document: Any = Document()
    _set_up(document)
    page = _Page(document, messages, edition, province.strip() or messages.word("measures", "province"), as_of)
    measures = draft_measures(assessments, edition, sectors or {}, messages)
    _write_governors_page(page, assessments, measures, joint)
    document.add_page_break()
    _write_measures(page, measures)
    document.core_properties.title = sanitize_text(page.say("title", province=page.province, edition=edition.name))
    document.core_properties.author = "oit"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write_governors_page(
    page: _Page, assessments: Sequence[Assessment], measures: Sequence[Measure], joint: Joint | None
) -> None:
    state = measure_readiness(assessments)
    page.heading(page.say("governor", province=page.province))
    page.line(page.say("edition", edition=page.edition.name, title=page.edition.title))
    page.line(page.say("as_of", day=page.messages.day(page.as_of)))
    page.line(page.say("ready", ready=str(state.ready), among=str(state.asked)))
    page.line(page.say("not_ready", lacking=str(state.lacking), unsure=str(len(state.unsure))))
    if joint is not None and joint.score.lowest is not None:
        low, high = points(joint.score.lowest), points(joint.score.highest)
        page.line(page.say("joint", lowest=str(low), highest=str(high)))
    page.heading(page.say("causes"), 2)
    for measure in measures[:_CAUSES]:
        page.line(_cause(page, measure), "List Number")
    if not measures:
        page.line(page.say("no_gaps_unsure" if state.unsure or not state.asked else "no_gaps"))
    if measures:
        page.heading(page.say("actions"), 2)
    for measure in measures[:_CAUSES]:
        step = measure.steps[0]
        values = {"item": measure.item, "advice": step.advice, "count": str(len(step.agencies))}
        page.line(page.say("action", **values, day=page.deadline()), "List Bullet")
    if state.unsure:
        page.line(page.say("unsure_names", names=_names(page, state.unsure)))
    page.heading(page.say("dates"), 2)
    first, last = (
        page.messages.day(date.fromisoformat(d)) for d in (page.edition.answers_from, page.edition.answers_until)
    )
    page.line(page.say("answering", first=first, last=last), "List Bullet")
    for day, items in due_days(assessments)[:_DAYS]:
        page.line(page.say("falls_due", day=page.messages.day(day), items=", ".join(items)), "List Bullet")
    for note in edition_notes(page.edition, page.as_of, page.messages) if page.as_of else ():
        page.line(note)


def _cause(page: _Page, measure: Measure) -> str:
    counts = ", ".join(
        page.say("status_count", status=page.messages.word("status", status.value), count=str(count))
        for status, count in measure.statuses
    )
    lacks = " · ".join(f"{sanitize_text(text)} ({count})" for text, count in measure.elements[:_CAUSES])
    told = page.say("cause", item=_item(page, measure), count=str(measure.asked), counts=counts)
    return f"{told} {page.say('cause_lacks', lacks=lacks)}" if lacks else told


def _item(page: _Page, measure: Measure) -> str:
    item = sanitize_text(f"{measure.item} {measure.title}")
    return f"{item} ({sanitize_text(measure.scheme)})" if measure.scheme else item


def _names(page: _Page, agencies: Sequence[Assessment]) -> str:
    names = ", ".join(sanitize_text(a.agency.name, 120) for a in agencies[:_NAMES])
    more = len(agencies) - _NAMES
    return f"{names} {page.messages.word('page', 'and_more', count=str(more))}" if more > 0 else names


def _write_measures(page: _Page, measures: Sequence[Measure]) -> None:
    page.heading(page.say("title", province=page.province, edition=page.edition.name))
    page.line(page.say("draft"))
    if not measures:
        page.line(page.say("no_measures"))
        return
    table = page.document.add_table(rows=1, cols=len(_HEADS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, key in zip(table.rows[0].cells, _HEADS, strict=True):
        cell.paragraphs[0].add_run(page.say(key)).bold = True
    _repeat(table.rows[0])
    for measure in measures:
        row = table.add_row()
        for cell, text in zip(row.cells, _cells(page, measure), strict=True):
            cell.text = text
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)


def _cells(page: _Page, measure: Measure) -> tuple[str, ...]:
    ways = [
        page.say("step", advice=sanitize_text(step.advice, 1500), count=str(len(step.agencies)))
        for step in measure.steps[:_STEPS]
    ]
    if len(measure.steps) > _STEPS:
        ways.append(page.say("more_steps", count=str(len(measure.steps) - _STEPS)))
    agencies = [agency for step in measure.steps for agency in step.agencies]
    people = ", ".join(
        dict.fromkeys(sanitize_text(a.agency.responsible, 80) for a in agencies[:_NAMES] if a.agency.responsible)
    )
    who = page.say("responsible", agencies=_names(page, agencies))
    return (
        page.say("disclose", item=_item(page, measure)),
        "\n".join(ways),
        page.say("report_by", province=page.province, day=page.deadline()),
        f"{who}\n{page.say('people', people=people)}" if people else who,
    )


def _repeat(row: Any) -> None:
    """Make the row print on top of every page that the table goes on to."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _set_up(document: Any) -> None:
    """A4, a Thai font in every style that is used, page numbers below."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    for name, size in (("Normal", _SIZE), ("Heading 1", _SIZE + 4), ("Heading 2", _SIZE + 2)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), _FONT)
        # Word takes the size of Thai letters from szCs alone.
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), str(size * 2))
        style.element.rPr.find(qn("w:sz")).addnext(complex_size)
        for old in style.element.rPr.findall(qn("w:szCs"))[1:]:
            style.element.rPr.remove(old)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
