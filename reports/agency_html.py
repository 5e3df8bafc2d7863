"""report.html: one agency's gap report for its webmaster. Self-contained, prints on A4, reads on a phone.

The manual's own words, and what is pasted into Thai documents, stay Thai in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from checklist.rules.model import Edition, Element
from core.models.agency import ProvinceSettings
from core.models.assessment import Assessment, ElementStatus, Finding, ItemStatus, Joint, Level, Quote, Reason, Verdict
from core.models.history import Change, Place, PlaceHistory
from core.rounding import format_points
from core.sanitize import safe_link, sanitize_text, shown_url
from reports.advice import advise
from reports.compiled import KeepingEnvironment
from reports.measures.corrections import correct_by, correction_of
from reports.messages import Messages
from reports.ordering import gap_number, order_verdicts, was_judged
from reports.season import deadline, edition_notes, next_due

_REASON = 500


Pictures = Mapping[tuple[str, str], str]
"""Item and element -> the picture that shows its quote: an address relative to the report, or the picture itself as a
`data:` address."""
NO_PICTURES: Mapping[str, Pictures] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the reports: the assessed unit, and the person or section that answers for it."""

    province: str = ""
    name: str = ""
    email: str = ""

    @classmethod
    def of(cls, province: str, settings: ProvinceSettings) -> Sender:
        """The sender that the list of agencies names."""
        return cls(province, settings.secretary, settings.secretary_email)

    def shown(self, messages: Messages) -> str:
        """The sender as a reader knows it; empty if nobody is named."""
        if self.name:
            return f"{self.name} {self.province}".strip()
        return messages.word("page", "secretary_of", province=self.province) if self.province else ""


NOBODY = Sender()


@dataclass(frozen=True, slots=True)
class AgencyContext:
    """What a page shows beside the verdicts: pictures, other files beside it to link to, how items changed, the joint
    assessment that it is part of, names of agencies by id, who sends it, and the address of the same page in the other
    language."""

    pictures: Pictures = field(default_factory=dict)
    files: Sequence[str] = ()
    changes: Mapping[Place, PlaceHistory] = field(default_factory=dict)
    together: Joint | None = None
    agency_names: Mapping[str, str] = field(default_factory=dict)
    sender: Sender = NOBODY
    other_language: str = ""
    overview: str = "../index.html"
    """Address of the page of all agencies; empty for a report that stands alone."""


def report_html(
    assessment: Assessment, edition: Edition, messages: Messages, context: AgencyContext = AgencyContext()
) -> str:
    """The page as text."""
    groups = order_verdicts(assessment)
    page = environment().get_template("report.html.j2")
    return page.render(
        m=messages,
        a=assessment,
        edition=edition,
        groups=groups,
        judged=was_judged(assessment),
        names=_names(edition),
        asked=_asked(assessment, edition),
        lost=sum(v.cost for v in groups.gaps),
        advice={v.item: advise(v, edition, messages) for v in assessment.verdicts},
        correction={v.item: correction_of(v.as_if_due(), assessment) for v in (*groups.gaps, *groups.coming)},
        by={v.item: correct_by(v, assessment, edition, messages) for v in (*groups.gaps, *groups.coming)},
        lacking=_lacking,
        others=_others,
        sender=context.sender.shown(messages),
        sender_mail=context.sender.email,
        other_language=context.other_language,
        overview=context.overview,
        number={v.item: gap_number(assessment, v) for v in assessment.verdicts},
        pictures=context.pictures,
        files=context.files,
        changes=context.changes,
        changed=_changed(assessment, context.changes),
        joint_items={item.item: item for item in context.together.items} if context.together else {},
        agency_names=context.agency_names,
        edition_notes=edition_notes(edition, assessment.as_of, messages),
        deadline=deadline(assessment, edition, messages),
        next_due=next_due(assessment, messages),
        counts=[(s, sum(v.status is s for v in assessment.verdicts)) for s in ItemStatus],
    )


def _changed(assessment: Assessment, changes: Mapping[Place, PlaceHistory]) -> dict[str, tuple[str, ...]]:
    """Kind of change -> the items that changed so, in the manual's order; without those that did not."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in (Change.FIXED, Change.NEW, Change.BACK):
        items = (v.item for v in assessment.verdicts)
        found[kind.value] = tuple(i for i in items if (at := changes.get((i, ""))) and at.change is kind)
    return {kind: items for kind, items in found.items() if items}


def _is_lacking(finding: Finding) -> bool:
    return finding.level is Level.REQUIRED and finding.status is not ElementStatus.PRESENT


def _lacking(verdict: Verdict) -> list[Finding]:
    """What the manual requires and nobody found."""
    return [finding for finding in verdict.findings if _is_lacking(finding)]


def _others(verdict: Verdict) -> list[Finding]:
    """What is there, and what the manual only recommends."""
    return [finding for finding in verdict.findings if not _is_lacking(finding)]


def _names(edition: Edition) -> dict[str, str]:
    subs = {sub.id: sub.title for indicator in edition.indicators for sub in indicator.sub_indicators}
    return {indicator.id: indicator.title for indicator in edition.indicators} | subs


def _asked(assessment: Assessment, edition: Edition) -> dict[str, tuple[Element, ...]]:
    kind = assessment.agency.kind
    return {item.id: tuple(e for e in item.elements if not e.kinds or kind in e.kinds) for item in edition.items}


def style() -> str:
    """The style sheet that both pages carry in themselves."""
    return Path(__file__).with_name("templates").joinpath("style.css").read_text("utf-8")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja with escaping on for everything, and the filters for hostile text. Pages are rendered with `m`,
    the messages."""
    made = KeepingEnvironment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.program = Path(__file__).read_text("utf-8")
    made.globals["style"] = Markup(style())  # noqa: S704  (our own file)
    made.filters.update(clean=sanitize_text, points=format_points, link=_link, place=_place, reason=_reason)
    return made


def _link(url: str) -> Markup:
    """An address as a link if it is a safe one, else as text."""
    target = safe_link(url)
    if not target:
        return Markup("<span class=url>{}</span>").format(shown_url(url))
    return Markup('<a class=url href="{}" rel="noopener noreferrer nofollow">{}</a>').format(target, shown_url(url))


@pass_context
def _reason(context: Context, reason: Reason) -> Markup:
    """A reason in Thai; the address in it, if any, can be opened."""
    messages: Messages = context["m"]
    text = Markup("{}").format(sanitize_text(messages.reason(reason), _REASON))
    url = str(reason.values.get("url", ""))
    return text.replace(escape(shown_url(url)), _link(url), 1) if safe_link(url) else text


def _place(quote: Quote) -> str:
    """The address of a quote, at its page where the viewer can open a PDF there."""
    url = safe_link(quote.url)
    return f"{url}#page={quote.page}" if url and quote.page and "#" not in url else url
