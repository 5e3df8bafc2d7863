"""What planted defects make of an item's paper: another kind of paper, further years, a section left for its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sample.author import Desk
from sample.cases import Defect
from sample.content import AUTHORS, write
from sample.paper import Paper
from sample.structures.twists import TWISTS

TAKEN_FOR: Mapping[str, tuple[str, int]] = {
    "annual_report": ("plan", -1),
    "budget_report": ("budget_plan", -1),
    "procurement_report": ("procurement_plan", -1),
    "hr_report": ("hr_policy", -1),
    "corruption_report": ("corruption_plan", -1),
    "half": ("plan", -1),
    "budget_half": ("budget_plan", -1),
    "corruption_half": ("corruption_plan", -1),
}
"""Topic of a report -> the topic of the plan that it reports on, and the plan's year beside the edition's."""


def write_planted(desk: Desk, defects: Sequence[Defect]) -> Paper:
    """The paper of the desk's topic with what is planted in it."""
    own = {defect.kind: defect.detail for defect in defects if defect.topic == desk.topic}
    if "taken" in own:
        topic, shift = TAKEN_FOR[desk.topic]
        return write(replace(desk, topic=topic, edition=desk.edition + shift, title=""))
    if "made" in own:
        return write(replace(desk, section="cut"))
    twist = own.get("twist") or ("signed_later" if "old_signed" in own else "")
    if not twist:
        return write(desk)
    return TWISTS[twist](desk, AUTHORS[desk.topic](desk)).rewritten(desk.voice.change)
