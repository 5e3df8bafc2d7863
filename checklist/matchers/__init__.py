"""One small module per kind of check; rules.yaml refers to them by name.

`run` is the only way in: it knows which module answers for which key of a matcher.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.page import channel, contact, evidence, files, follows, links, news, photos, reachable, service
from checklist.matchers.text import (
    activity,
    boxes,
    calendar,
    count,
    figures,
    money,
    months,
    people,
    period,
    phrase,
    rows,
    section,
    signed,
    table,
)
from checklist.rules.specs import Matcher
from core.models.assessment import ElementStatus

_CHECKS: dict[str, Callable[[Any, EvidenceView], MatchResult]] = {
    "activity": activity.check,
    "boxes": boxes.check,
    "calendar": calendar.check,
    "channel": channel.check,
    "contact": contact.check,
    "count": count.check,
    "evidence": evidence.check,
    "figures": figures.check,
    "files": files.check,
    "follows": follows.check,
    "links": links.check,
    "money": money.check,
    "months": months.check,
    "news": news.check,
    "people": people.check,
    "period": period.check,
    "photos": photos.check,
    "phrase": phrase.check,
    "reachable": reachable.check,
    "rows": rows.check,
    "section": section.check,
    "service": service.check,
    "signed": signed.check,
    "table": table.check,
}

# From the best to the worst: what `any` takes, and the other way round what `all` takes.
_ORDER = (ElementStatus.PRESENT, ElementStatus.REVIEW, ElementStatus.EMPTY, ElementStatus.MISSING)


def run(matcher: Matcher, view: EvidenceView) -> MatchResult:
    """Check one matcher against one item's evidence."""
    if matcher.any is not None:
        return min((run(m, view) for m in matcher.any), key=lambda r: _ORDER.index(r.status))
    if matcher.all is not None:
        results = [run(m, view) for m in matcher.all]
        worst = max(results, key=lambda r: _ORDER.index(r.status))
        quotes = worst.quotes or tuple(q for r in results for q in r.quotes)
        return MatchResult(
            worst.status, quotes, worst.says_none, worst.reason, worst.seen, any(r.outdated for r in results)
        )
    return _CHECKS[matcher.kind](getattr(matcher, matcher.kind), view)
