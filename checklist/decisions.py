"""What people decided, laid over the verdicts: always shown as a person's, never for other evidence or another rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from checklist.rules.model import Edition, Item
from checklist.score import score
from core.models.assessment import Assessment, ElementStatus, Finding, ItemStatus, Level, Method, Verdict
from core.models.decision import Answer, Decision, DecisionKind, ShownDecision

_ANSWERED = {Answer.ACCEPT: ElementStatus.PRESENT, Answer.REFUSE: ElementStatus.MISSING}
_LACKS = (ElementStatus.MISSING, ElementStatus.EMPTY)


def evidence_digest(verdict: Verdict) -> str:
    """Return what stands for the evidence that a verdict rests on: of a page what it shows, of anything else its
    body; the SHA-256 of the one, or of all their hashes."""
    return _of_all({reference.shown or reference.sha256 for reference in verdict.evidence})


def body_digest(verdict: Verdict) -> str:
    """Return the same of the bodies alone, which the first decisions were made on."""
    return _of_all({reference.sha256 for reference in verdict.evidence})


def _of_all(found: Iterable[str]) -> str:
    hashes = sorted(one for one in found if one)
    if len(hashes) <= 1:
        return hashes[0] if hashes else ""
    return hashlib.sha256(" ".join(hashes).encode()).hexdigest()


def rule_digest(item: Item, element: str = "") -> str:
    """Return what stands for the rule that a decision was made under: the element's, or the item's for an empty one.

    KeyError if the item has no such element."""
    if element:
        rule = next((each for each in item.elements if each.id == element), None)
        if rule is None:
            raise KeyError(element)
        data: object = [item.id, item.year, item.span, rule.model_dump(mode="json", exclude={"examples"})]
    else:
        data = item.model_dump(mode="json", exclude={"elements": {"__all__": {"examples"}}})
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def apply_decisions(verdict: Verdict, item: Item, decisions: Iterable[Decision]) -> Verdict:
    """Return the verdict as people decided it.

    `decisions` may be of any place; those of this item count, the newest of each place. One that does not hold (the
    evidence or the rule is another now) changes nothing and is shown as the earlier answer. An objection never
    changes a verdict: it tells the next crawl where to look."""
    newest = _newest(decision for decision in decisions if decision.item == verdict.item)
    if not newest:
        return verdict
    shown = tuple(ShownDecision(d, _holds(d, verdict, item)) for d in newest.values())
    verdict = replace(verdict, decisions=shown)
    holding = {s.decision.element: s.decision for s in shown if s.holds and s.decision.answer is not Answer.UNKNOWN}
    if not holding:
        return verdict
    today = verdict.as_if_due()
    decided = _decide(today, holding)
    if verdict.if_due is None:
        return decided
    if decided.status is ItemStatus.COMPLETE:
        return decided
    late = replace(verdict.if_due, status=decided.status, findings=decided.findings)
    return replace(verdict, if_due=late)


def _newest(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    found: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda d: d.at):
        if decision.kind is DecisionKind.DECISION:
            found[decision.element] = decision
    return found


def _holds(decision: Decision, verdict: Verdict, item: Item) -> bool:
    try:
        rule = rule_digest(item, decision.element)
    except KeyError:
        return False
    return decision.evidence in (evidence_digest(verdict), body_digest(verdict)) and decision.rule == rule


def _decide(verdict: Verdict, holding: Mapping[str, Decision]) -> Verdict:
    whole = holding.get("")
    findings = tuple(_finding(finding, holding.get(finding.element)) for finding in verdict.findings)
    verdict = replace(verdict, findings=findings)
    if whole is not None:
        refused = ItemStatus.INCOMPLETE if verdict.evidence else ItemStatus.MISSING
        return replace(verdict, status=ItemStatus.COMPLETE if whole.answer is Answer.ACCEPT else refused)
    if verdict.status not in (ItemStatus.REVIEW, ItemStatus.INCOMPLETE, ItemStatus.COMPLETE):
        return verdict
    required = [finding.status for finding in findings if finding.level is Level.REQUIRED]
    if any(status in _LACKS for status in required):
        return replace(verdict, status=ItemStatus.INCOMPLETE)
    if all(status is ElementStatus.PRESENT for status in required):
        return replace(verdict, status=ItemStatus.COMPLETE)
    return replace(verdict, status=ItemStatus.REVIEW)


def _finding(finding: Finding, decision: Decision | None) -> Finding:
    if decision is None:
        return finding
    quotes = tuple(replace(quote, method=Method.HUMAN) for quote in finding.quotes)
    return replace(finding, status=_ANSWERED[decision.answer], quotes=quotes)


def decide_assessment(assessment: Assessment, edition: Edition, decisions: Iterable[Decision]) -> Assessment:
    """Return an agency's assessment as people decided it, with the score counted anew.

    Decisions of other agencies are left aside. The machine's own assessment is what is cached: this is laid over it
    each time, so a decision that is withdrawn leaves nothing behind."""
    own = [decision for decision in decisions if decision.agency == assessment.agency.id]
    if not own:
        return assessment
    items = {item.id: item for item in edition.items}
    verdicts = tuple(
        apply_decisions(verdict, items[verdict.item], own) if verdict.item in items else verdict
        for verdict in assessment.verdicts
    )
    return replace(assessment, verdicts=verdicts, score=score(edition, {v.item: v.status for v in verdicts}))
