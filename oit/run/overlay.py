"""What people decided and what has changed, laid over the machine's assessments when they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from checklist.history import compare_with, observe
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.models.decision import DecisionKind
from core.models.history import Place, PlaceHistory, StatusSpan
from core.storage.store import Store

Changes = Mapping[Place, PlaceHistory]


def record_night(one: Assessment, store: Store) -> None:
    """Keep what an agency's newest crawl said; a result that is an earlier night's says nothing."""
    if one.crawl.finished is not None:
        store.history.record(one.agency.id, (one.edition, one.scheme), observe(one), one.crawl.finished)


def load_changes(assessments: Sequence[Assessment], store: Store, since: datetime | None = None) -> dict[str, Changes]:
    """Return by agency id how each item and element stands against the night before, or against `since` (UTC)."""
    found: dict[str, Changes] = {}
    for one in assessments:
        if one.crawl.finished is not None:
            then = since or one.crawl.finished - timedelta(seconds=1)
            found[one.agency.id] = compare_with(store.history.spans(one.agency.id, (one.edition, one.scheme)), then)
    return found


def load_spans(assessments: Iterable[Assessment], store: Store) -> dict[str, dict[Place, tuple[StatusSpan, ...]]]:
    """Return by agency id all that is known of its items and elements, night by night."""
    return {
        one.agency.id: store.history.spans(one.agency.id, (one.edition, one.scheme))
        for one in assessments
        if one.crawl.finished is not None
    }


def with_objections(agencies: Sequence[Agency], store: Store, edition: int) -> tuple[Agency, ...]:
    """Return the agencies with the addresses that they objected with, which the next crawl visits first.

    They come before what the list declares, which is visited too; the newest objection of an item counts."""
    found = []
    for agency in agencies:
        said = store.decisions.standing((edition, agency.scheme), agency.id)
        urls = {d.item: d.url for d in said if d.kind is DecisionKind.OBJECTION and d.url}
        # Both are visited where the list declares an address for the item too: a crawl only asks for the addresses.
        first = {f"{item} objection" if item in agency.declared else item: url for item, url in urls.items()}
        found.append(replace(agency, declared={**first, **agency.declared}) if first else agency)
    return tuple(found)
