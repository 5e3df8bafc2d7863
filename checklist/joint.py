"""Agencies that are assessed together: one score for all, and who has contributed what.

An item of the whole is complete only if every agency that it applies to has its part (the assessed unit must put
the information of all its offices before the public; see the case in which one office's report took the points of
31). The score is then counted as for one agency.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checklist.rules.model import Edition
from checklist.score import costs, score
from core.models.assessment import Assessment, ItemStatus, Joint, JointItem, JointUnread

GAPS = (ItemStatus.MISSING, ItemStatus.UNREACHABLE, ItemStatus.OUTDATED, ItemStatus.INCOMPLETE)
"""What fails an item, the worst first."""
_DOUBTS = (ItemStatus.UNCHECKED, ItemStatus.REVIEW, ItemStatus.NOT_DUE)
_ORDER = (*GAPS, *_DOUBTS, ItemStatus.COMPLETE)


def assess_together(assessments: Sequence[Assessment], edition: Edition) -> Joint:
    """The joint assessment of agencies judged by one edition, in the list's order."""
    statuses = [{v.item: v.status for v in one.verdicts} for one in assessments]
    ids = [one.agency.id for one in assessments]
    exempt = frozenset(item.id for item in edition.items if _joint_status(item.id, statuses) is ItemStatus.EXEMPT)
    cost = costs(edition, exempt)
    items = []
    for item in edition.items:
        of_item = [
            (agency, found.get(item.id, ItemStatus.UNCHECKED)) for agency, found in zip(ids, statuses, strict=True)
        ]
        items.append(
            JointItem(
                item.id,
                item.title,
                _joint_status(item.id, statuses),
                cost.get(item.id, 0.0),
                tuple(agency for agency, status in of_item if status is ItemStatus.COMPLETE),
                tuple(agency for agency, status in of_item if status in GAPS),
                tuple(agency for agency, status in of_item if status in _DOUBTS),
            )
        )
    order = {item.id: place for place, item in enumerate(edition.items)}
    gains = sorted((i for i in items if i.lacking), key=lambda i: (-round(i.cost, 6), len(i.lacking), order[i.item]))
    whole = score(edition, {i.item: i.status for i in items})
    return Joint(tuple(items), whole, tuple(gains), _unread(assessments, items))


def _unread(assessments: Sequence[Assessment], items: Sequence[JointItem]) -> tuple[JointUnread, ...]:
    found = []
    for one in assessments:
        today = {verdict.as_if_due().status for verdict in one.verdicts} - {ItemStatus.EXEMPT}
        if today <= {ItemStatus.UNCHECKED}:
            hanging = sum(i.cost for i in items if one.agency.id in i.doubtful and not i.lacking)
            found.append(JointUnread(one.agency.id, hanging))
    return tuple(sorted(found, key=lambda unread: -unread.points))


def _joint_status(item: str, statuses: Sequence[Mapping[str, ItemStatus]]) -> ItemStatus:
    found = {one.get(item, ItemStatus.UNCHECKED) for one in statuses} - {ItemStatus.EXEMPT}
    return next((status for status in _ORDER if status in found), ItemStatus.EXEMPT)
