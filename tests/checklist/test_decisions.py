"""A person's decision holds while the evidence and the rule are the same, then it only shows what was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.decisions import apply_decisions, decide_assessment, evidence_digest, rule_digest
from checklist.rules.model import Item, Rules
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    CrawlSummary,
    ElementStatus,
    EvidenceRef,
    Finding,
    IfDue,
    ItemStatus,
    Level,
    Method,
    Quote,
    SubScore,
    Verdict,
)
from core.models.decision import Answer, Decision, DecisionKind

AT = datetime(2026, 1, 31, 8, tzinfo=UTC)
SHA = "ab" * 32


@pytest.fixture(scope="session")
def item(shipped: Rules) -> Item:
    return shipped.edition(2566).item("O13")


def verdict(item: Item, status: ItemStatus = ItemStatus.REVIEW, sha: str = SHA, **statuses: ElementStatus) -> Verdict:
    reference = EvidenceRef("https://a.go.th/r.pdf", (), "", "application/pdf", sha, AT, 200)
    quote = Quote(reference.url, "ปัญหา", Method.OCR, page=3)
    findings = tuple(
        Finding(e.id, e.text, e.level, statuses.get(e.id, ElementStatus.PRESENT), quotes=(quote,))
        for e in item.elements
    )
    return Verdict(item.id, item.title, item.sub_indicator, status, 1.25, (reference,), findings)


def decision(item: Item, answer: Answer, element: str = "", *, sha: str = SHA, **more: object) -> Decision:
    made = Decision("a", 2566, item.id, answer, "สมศรี", AT, element, evidence=sha, rule=rule_digest(item, element))
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_doubt_that_a_person_accepts_is_complete_and_says_by_whom(item: Item) -> None:
    doubt = verdict(item, problems=ElementStatus.REVIEW)
    decided = apply_decisions(doubt, item, [decision(item, Answer.ACCEPT, "problems")])
    assert decided.status is ItemStatus.COMPLETE
    (shown,) = decided.decisions
    assert (shown.holds, shown.decision.by) == (True, "สมศรี")
    finding = next(f for f in decided.findings if f.element == "problems")
    assert (finding.status, finding.quotes[0].method) == (ElementStatus.PRESENT, Method.HUMAN)


def test_a_verdict_that_looks_sure_can_be_corrected(item: Item) -> None:
    sure = verdict(item, ItemStatus.COMPLETE)
    assert apply_decisions(sure, item, [decision(item, Answer.REFUSE, "problems")]).status is ItemStatus.INCOMPLETE
    gap = verdict(item, ItemStatus.INCOMPLETE, problems=ElementStatus.MISSING)
    assert apply_decisions(gap, item, [decision(item, Answer.ACCEPT)]).status is ItemStatus.COMPLETE
    assert apply_decisions(sure, item, [decision(item, Answer.REFUSE)]).status is ItemStatus.INCOMPLETE


@pytest.mark.parametrize("changed", [{"evidence": "cd" * 32}, {"rule": "ef" * 32}])
def test_other_evidence_or_another_rule_asks_again_with_the_earlier_answer(item: Item, changed: dict[str, str]) -> None:
    doubt = verdict(item, problems=ElementStatus.REVIEW)
    decided = apply_decisions(doubt, item, [decision(item, Answer.ACCEPT, "problems", **changed)])
    assert decided.status is ItemStatus.REVIEW
    assert [(s.holds, s.decision.answer) for s in decided.decisions] == [(False, Answer.ACCEPT)]
    assert decided.findings == doubt.findings


def test_the_newest_word_counts_and_cannot_say_decides_nothing(item: Item) -> None:
    doubt = verdict(item, problems=ElementStatus.REVIEW)
    accept = decision(item, Answer.ACCEPT, "problems")
    unknown = decision(item, Answer.UNKNOWN, "problems", at=AT + timedelta(hours=1))
    assert apply_decisions(doubt, item, [unknown, accept]).status is ItemStatus.REVIEW
    assert apply_decisions(doubt, item, [replace(unknown, at=AT - timedelta(hours=1)), accept]).status is (
        ItemStatus.COMPLETE
    )


def test_an_objection_changes_no_verdict(item: Item) -> None:
    gap = verdict(item, ItemStatus.INCOMPLETE, problems=ElementStatus.MISSING)
    objection = decision(item, Answer.ACCEPT, kind=DecisionKind.OBJECTION, url="https://a.go.th/x")
    assert apply_decisions(gap, item, [objection]) == gap


def test_before_its_day_a_decision_shows_in_what_it_would_be(item: Item) -> None:
    early = verdict(item, ItemStatus.NOT_DUE)
    today = IfDue(ItemStatus.INCOMPLETE, verdict(item, problems=ElementStatus.MISSING).findings)
    early = replace(early, findings=(), if_due=today)
    assert apply_decisions(early, item, [decision(item, Answer.ACCEPT)]).status is ItemStatus.COMPLETE
    refused = apply_decisions(early, item, [decision(item, Answer.REFUSE, "suggestions")])
    assert refused.status is ItemStatus.NOT_DUE
    assert refused.if_due is not None
    assert refused.if_due.status is ItemStatus.INCOMPLETE


def test_the_score_is_counted_anew_and_other_agencies_decisions_are_left_aside(shipped: Rules, item: Item) -> None:
    edition = shipped.edition(2566)
    crawl = CrawlSummary(AT, AT, True, 1, 0, 0, None)
    agency = Agency("a", "ก", "https://a.go.th/")
    whole = Assessment(
        agency, 2566, date(2023, 4, 30), crawl, SubScore("oit", 0, 0), (verdict(item, problems=ElementStatus.REVIEW),)
    )
    accept = decision(item, Answer.ACCEPT, "problems")
    assert decide_assessment(whole, edition, [replace(accept, agency="b")]) == whole
    decided = decide_assessment(whole, edition, [accept])
    assert (decided.score.lowest or 0) > 0


@given(st.lists(st.tuples(st.sampled_from(list(Answer)), st.sampled_from([SHA, "cd" * 32])), min_size=1, max_size=8))
def test_only_the_newest_decision_on_the_same_evidence_decides(
    shipped: Rules, answers: list[tuple[Answer, str]]
) -> None:
    """Any series of answers on changed and unchanged evidence: the newest one alone counts, and only for its body."""
    item = shipped.edition(2566).item("O13")
    doubt = verdict(item, problems=ElementStatus.REVIEW)
    made = [
        decision(item, answer, "problems", sha=sha, at=AT + timedelta(minutes=number))
        for number, (answer, sha) in enumerate(answers)
    ]
    decided = apply_decisions(doubt, item, made)
    answer, sha = answers[-1]
    expected = {Answer.ACCEPT: ItemStatus.COMPLETE, Answer.REFUSE: ItemStatus.INCOMPLETE}.get(answer, ItemStatus.REVIEW)
    assert decided.status is (expected if sha == SHA else ItemStatus.REVIEW)
    assert decided.decisions[0].holds is (sha == SHA)
    assert all(f.level in Level for f in decided.findings)


def test_evidence_of_several_files_has_one_digest_in_any_order(item: Item) -> None:
    one = verdict(item)
    two = replace(one.evidence[0], sha256="cd" * 32)
    both = replace(one, evidence=(*one.evidence, two))
    assert evidence_digest(both) == evidence_digest(replace(both, evidence=both.evidence[::-1]))
    assert evidence_digest(both) not in (SHA, two.sha256)
    assert evidence_digest(one) == SHA


def test_a_decision_that_was_made_on_the_body_still_holds(item: Item) -> None:
    doubt = verdict(item, problems=ElementStatus.REVIEW)
    page = replace(doubt, evidence=(replace(doubt.evidence[0], shown="cd" * 32),))
    for sha in (SHA, "cd" * 32):
        assert apply_decisions(page, item, [decision(item, Answer.ACCEPT, sha=sha)]).decisions[0].holds
    assert not apply_decisions(page, item, [decision(item, Answer.ACCEPT, sha="ef" * 32)]).decisions[0].holds


_BODIES = ("aa" * 32, "bb" * 32)
_SHOWN = ("", "cc" * 32, "dd" * 32)


@given(st.integers(0, 2**32))
@settings(max_examples=3)
def test_500_decisions_survive_a_second_crawl_as_described(item: Item, seed: int) -> None:
    """Each holds exactly while what the page shows (of a document its body) and the rule are what they were; one that
    holds decides and is a person's, one that does not changes nothing and is asked again with the earlier answer."""
    draw = Random(seed)
    changed = item.model_copy(update={"title": f"{item.title} (ใหม่)"})
    for number in range(500):
        place, answer = draw.choice(("", "problems", "suggestions")), draw.choice(list(Answer))
        body, later_body = draw.choice(_BODIES), draw.choice(_BODIES)
        shown, later_shown = draw.choice(_SHOWN), draw.choice(_SHOWN)
        same_rule = draw.random() < 0.7
        before = _night(item, body, shown)
        made = replace(
            decision(item, answer, place), agency=f"a{number}", evidence=evidence_digest(before),
            at=AT + timedelta(minutes=number),
        )  # fmt: skip
        night = _night(item, later_body, later_shown)
        later = item if same_rule or place else changed
        decided = apply_decisions(night, later, [made])
        (kept,) = decided.decisions
        assert kept.decision == made
        same_evidence = evidence_digest(night) == evidence_digest(before) or later_body == evidence_digest(before)
        assert kept.holds == (same_evidence and later is item)
        if later_body == body and later_shown == shown and later is item:
            assert kept.holds, "nothing changed"
        if not kept.holds or answer is Answer.UNKNOWN:
            assert replace(decided, decisions=()) == night
            continue
        wanted = ElementStatus.PRESENT if answer is Answer.ACCEPT else ElementStatus.MISSING
        if place:
            assert {f.element: f.status for f in decided.findings}[place] is wanted
            others = [f for f in decided.findings if f.element != place]
            assert others == [f for f in night.findings if f.element != place]
        else:
            assert decided.status is (ItemStatus.COMPLETE if answer is Answer.ACCEPT else ItemStatus.INCOMPLETE)


def _night(item: Item, body: str, shown: str) -> Verdict:
    doubt = verdict(item, sha=body, problems=ElementStatus.REVIEW, suggestions=ElementStatus.REVIEW)
    return replace(doubt, evidence=(replace(doubt.evidence[0], shown=shown),))
