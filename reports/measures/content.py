"""What a document of measures says, part by part, whatever it is written to: DOCX, or the page that is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ItemStatus, Joint, SubScore
from core.rounding import format_points
from core.sanitize import sanitize_lines, sanitize_text
from reports.measures.draft import Measure, draft_measures, due_days, measure_readiness
from reports.messages import Messages
from reports.ordering import DOUBTS, GAPS, was_judged
from reports.season import edition_notes

_CAUSES = 3
_STEPS = 6
"""Ways of closing one item's gaps that are told; more would be a list of agencies, which overview.xlsx is."""
_NAMES = 40
_VALUE = 10_000
"""Characters of one value: forty names of 120 letters have room."""
_DAYS = 3
_HEADS = ("measure", "way", "follow_up", "who")
_FINE = (ItemStatus.COMPLETE, ItemStatus.EXEMPT)
_NO_SECTORS: Mapping[str, Edition] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of a part."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph. `mark` stands before it (a number, a bullet); `strong` is for the one figure that counts."""

    text: str
    mark: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the lines of a cell are its paragraphs."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Prose | Grid


@dataclass(frozen=True, slots=True)
class MeasuresContent:
    """The whole document: the page for who leads, and the measures. `values` are the single words that an office may
    place in its own template."""

    title: str
    leader: tuple[Part, ...]
    measures: tuple[Part, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Source:
    """What every part is written from. `unit` is the province, or the one agency (`alone`)."""

    assessments: Sequence[Assessment]
    measures: Sequence[Measure]
    edition: Edition
    unit: str
    messages: Messages
    joint: Joint | None = None
    alone: bool = False

    @property
    def as_of(self) -> date | None:
        return max((a.as_of for a in self.assessments), default=None)

    def say(self, key: str, **values: str) -> str:
        harmless = {name: sanitize_lines(text, _VALUE) for name, text in values.items()}
        return sanitize_lines(self.messages.word("measures", key, **harmless), _VALUE)

    def day(self, value: date | None) -> str:
        return self.messages.long_day(value)

    def deadline(self) -> str:
        """The last day of answering, or a blank to be filled in by hand once it is over."""
        until = date.fromisoformat(self.edition.answers_until)
        return self.day(until) if self.as_of is None or until >= self.as_of else self.say("blank_day")


def province_content(
    assessments: Sequence[Assessment],
    edition: Edition,
    province: str,
    messages: Messages,
    joint: Joint | None = None,
    sectors: Mapping[str, Edition] = _NO_SECTORS,
) -> MeasuresContent:
    """Draft the document of a province. `sectors` are the editions of agencies judged by their sector's list."""
    unit = sanitize_text(province) or messages.word("measures", "province")
    measures = draft_measures(assessments, edition, sectors, messages)
    source = _Source(assessments, measures, edition, unit, messages, joint)
    return _content(source, tuple(_province_leader(source)))


def agency_content(assessment: Assessment, edition: Edition, messages: Messages) -> MeasuresContent:
    """Draft the document of one agency."""
    measures = draft_measures([assessment], edition, {assessment.scheme: edition}, messages)
    source = _Source([assessment], measures, edition, sanitize_text(assessment.agency.name), messages, alone=True)
    return _content(source, tuple(_agency_leader(source, assessment)))


def _content(source: _Source, leader: tuple[Part, ...]) -> MeasuresContent:
    values = {
        "unit": source.unit,
        "edition": source.edition.name,
        "day": source.day(source.as_of),
        "deadline": source.deadline(),
    }
    title = source.say("title", province=source.unit, edition=source.edition.name)
    return MeasuresContent(title, leader, tuple(_measures(source, title)), values)


def _province_leader(source: _Source) -> Iterator[Part]:
    say, state = source.say, measure_readiness(source.assessments)
    yield from _leader_head(source)
    yield Prose(say("ready", ready=str(state.ready), among=str(state.asked)), strong=True)
    yield Prose(say("not_ready", lacking=str(state.lacking), unsure=str(len(state.unsure))))
    if source.joint is not None and source.joint.score.lowest is not None:
        yield Prose(say("joint", score=_interval(source, source.joint.score)))
    yield from _causes(source, in_doubt=bool(state.unsure) or not state.asked)
    if state.unsure:
        yield Prose(say("unsure_names", names=_names(source, state.unsure)))
    yield from _dates(source)


def _agency_leader(source: _Source, assessment: Assessment) -> Iterator[Part]:
    say, verdicts = source.say, assessment.verdicts
    yield from _leader_head(source)
    asked = [v for v in verdicts if v.status is not ItemStatus.EXEMPT]
    ready = sum(v.status is ItemStatus.COMPLETE for v in asked)
    lacking, unsure = (sum(v.status in group for v in verdicts) for group in (GAPS, DOUBTS))
    yield Prose(say("ready_items", ready=str(ready), among=str(len(asked))), strong=True)
    yield Prose(say("not_ready_items", lacking=str(lacking), unsure=str(unsure)))
    if was_judged(assessment) and assessment.score.lowest is not None:
        yield Prose(say("own_score", score=_interval(source, assessment.score)))
    yield from _causes(source, in_doubt=bool(unsure) or not was_judged(assessment))
    doubtful = ", ".join(v.item for v in verdicts if v.status in DOUBTS)
    if doubtful:
        yield Prose(say("unsure_items", items=doubtful))
    yield from _dates(source)


def _leader_head(source: _Source) -> Iterator[Part]:
    say = source.say
    yield Heading(say("governor", province=source.unit))
    yield Prose(say("edition", edition=source.edition.name, title=source.edition.title))
    yield Prose(say("as_of", day=source.day(source.as_of)))


def _causes(source: _Source, *, in_doubt: bool) -> Iterator[Part]:
    """The dearest gaps, and what closes them."""
    say, dearest = source.say, source.measures[:_CAUSES]
    yield Heading(say("causes"), 2)
    for number, measure in enumerate(dearest, 1):
        yield Prose(_cause(source, measure), f"{number}.")
    if not dearest:
        yield Prose(say("no_gaps_unsure" if in_doubt else "no_gaps"))
        return
    yield Heading(say("actions"), 2)
    for number, measure in enumerate(dearest, 1):
        step = measure.steps[0]
        values = {"item": measure.item, "advice": step.advice, "count": str(len(step.agencies))}
        values["among"] = str(measure.asked)
        key = "own_action" if source.alone else "action"
        yield Prose(say(key, **values, day=source.deadline()), f"{number}.")


def _dates(source: _Source) -> Iterator[Part]:
    say, edition = source.say, source.edition
    yield Heading(say("dates"), 2)
    first, last = (source.day(date.fromisoformat(d)) for d in (edition.answers_from, edition.answers_until))
    yield Prose(say("answering", first=first, last=last), "•")
    for day, items in due_days(source.assessments)[:_DAYS]:
        yield Prose(say("falls_due", day=source.day(day), items=", ".join(items)), "•")
    for note in edition_notes(edition, source.as_of, source.messages) if source.as_of else ():
        yield Prose(sanitize_text(note, _VALUE))


def _cause(source: _Source, measure: Measure) -> str:
    say, messages = source.say, source.messages
    item = _item(measure)
    if not source.alone:
        counts = ", ".join(
            say("status_count", status=messages.word("status", status.value), count=str(count))
            for status, count in measure.statuses
        )
        told = say("cause", item=item, count=str(measure.asked), counts=counts)
        lacks = " · ".join(f"{sanitize_text(text)} ({count})" for text, count in measure.elements[:_CAUSES])
    else:
        told = say("own_cause", item=item, status=messages.word("status", measure.statuses[0][0].value))
        lacks = " · ".join(sanitize_text(text) for text, _ in measure.elements[:_CAUSES])
    return f"{told} {say('cause_lacks', lacks=lacks)}" if lacks else told


def _item(measure: Measure) -> str:
    item = sanitize_text(f"{measure.item} {measure.title}")
    return f"{item} ({sanitize_text(measure.scheme)})" if measure.scheme else item


def _interval(source: _Source, score: SubScore) -> str:
    """A score in words: one number, or two where items are still undecided."""
    low, high = format_points(score.lowest), format_points(score.highest)
    return source.say("exactly", lowest=low) if low == high else source.say("between", lowest=low, highest=high)


def _names(source: _Source, agencies: Sequence[Assessment]) -> str:
    names = ", ".join(sanitize_text(a.agency.name, 120) for a in agencies[:_NAMES])
    more = len(agencies) - _NAMES
    return f"{names} {source.messages.word('page', 'and_more', count=str(more))}" if more > 0 else names


def _measures(source: _Source, title: str) -> Iterator[Part]:
    """The document in the form that provincial offices use: reasons, results, analysis, the table."""
    say = source.say
    yield Heading(title)
    yield Prose(say("draft"))
    yield Heading(say("reasons"), 2)
    yield Prose(say("reasons_text", unit=source.unit, edition=source.edition.name))
    yield Heading(say("results", unit=source.unit), 2)
    yield from _results(source)
    yield Heading(say("analysis"), 2)
    if not source.measures:
        yield Prose(say("no_measures"))
        return
    yield Prose(say("analysis_text", day=source.day(source.as_of), count=str(len(source.measures))))
    for number, measure in enumerate(source.measures, 1):
        yield Prose(_cause(source, measure), f"{number}.")
    yield Prose(say("therefore", unit=source.unit), strong=True)
    yield Grid(tuple(say(key) for key in _HEADS), tuple(_cells(source, measure) for measure in source.measures))


def _results(source: _Source) -> Iterator[Part]:
    """The score of the whole, and of each indicator."""
    if source.joint is not None:
        whole: SubScore | None = source.joint.score
    else:
        only = source.assessments[0] if len(source.assessments) == 1 else None
        whole = only.score if only is not None and was_judged(only) else None
    if whole is None or whole.lowest is None:
        yield Prose(source.say("results_unknown"))
        return
    titles = {indicator.id: indicator.title for indicator in source.edition.indicators}
    yield Prose(source.say("results_text", day=source.day(source.as_of), score=_interval(source, whole)))
    for part in whole.parts:
        if part.lowest is not None:
            values = {"id": part.id, "title": titles.get(part.id, "")}
            yield Prose(source.say("indicator", **values, score=_interval(source, part)), "•")


def _cells(source: _Source, measure: Measure) -> tuple[str, ...]:
    say = source.say
    alone = source.alone
    ways = [
        sanitize_text(step.advice, 1500)
        if alone
        else say("step", advice=sanitize_text(step.advice, 1500), count=str(len(step.agencies)))
        for step in measure.steps[:_STEPS]
    ]
    if len(ways) > 1:
        ways = [f"{number}. {way}" for number, way in enumerate(ways, 1)]
    if len(measure.steps) > _STEPS:
        ways.append(say("more_steps", count=str(len(measure.steps) - _STEPS)))
    agencies = [agency for step in measure.steps for agency in step.agencies]
    people = ", ".join(
        dict.fromkeys(sanitize_text(a.agency.responsible, 80) for a in agencies[:_NAMES] if a.agency.responsible)
    )
    who = say("own_responsible") if alone else say("responsible", agencies=_names(source, agencies))
    return (
        say("disclose", item=_item(measure)),
        "\n".join(ways),
        say("own_report_by" if alone else "report_by", province=source.unit, day=source.deadline()),
        f"{who}\n{say('people', people=people)}" if people else who,
    )
