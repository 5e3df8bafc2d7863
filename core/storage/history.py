"""The history of statuses as small rows: a night without a change costs no row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, RowMapping, and_, bindparam, delete, insert, or_, select, update

from core.models.history import Place, StatusSpan, add_night
from core.storage.schema import history

_PLACE = ("item", "element", "since")
"""Columns that tell the spans of an agency apart, under one edition."""
_Pair = tuple[tuple[StatusSpan, ...], tuple[StatusSpan, ...]]
"""Spans of a place, as they were and as they are now."""


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item whose status changed: `before` is what it was then, empty if nothing was known; `had_gap` whether it ever
    had a gap before the status that it has now."""

    agency: str
    item: str
    status: str
    since: datetime
    before: str
    had_gap: bool


class HistoryRows:
    """Rows of the table `history`. An edition is its Buddhist-era year and its scheme."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, agency_id: str, edition: tuple[int, str], statuses: Mapping[Place, str], at: datetime) -> int:
        """Keep what one night (UTC) saw, in one transaction; places that it says nothing of stay as they were.

        Returns the number of spans that begin with it."""
        at = at.astimezone(UTC).replace(microsecond=0)
        begun = 0
        with self._engine.begin() as db:
            known = _spans(db, agency_id, edition)
            pairs = list[_Pair]()
            for place, status in statuses.items():
                before = known.get(place, ())
                after = add_night(before, place, status, at)
                begun += len(after) > len(before)
                pairs.append((before, after))
            _write(db, agency_id, edition, pairs)
        return begun

    def spans(self, agency_id: str, edition: tuple[int, str]) -> dict[Place, tuple[StatusSpan, ...]]:
        """All spans of an agency under one edition by place, the oldest first."""
        with self._engine.connect() as db:
            return _spans(db, agency_id, edition)

    def changed_items(self, edition: tuple[int, str], then: datetime, gaps: Collection[str]) -> Iterator[ChangedItem]:
        """Items whose status now began after a moment (UTC), of all agencies, in one query. `gaps` are the statuses
        that count as one: items that neither are nor were a gap are left out."""
        year, scheme = edition
        now, before, earlier = history.alias(), history.alias(), history.alias()
        moment = then.astimezone(UTC).isoformat(timespec="seconds")
        had_gap = (
            select(earlier.c.id)
            .where(*_same_place(earlier, now), earlier.c.since < now.c.since, earlier.c.status.in_(gaps))
            .exists()
        )
        held_then = and_(
            *_same_place(before, now),
            before.c.since <= moment,
            or_(before.c.until.is_(None), before.c.until > moment),
        )
        query = (
            select(now.c.agency_id, now.c.item, now.c.status, now.c.since, before.c.status, had_gap)
            .select_from(now.outerjoin(before, held_then))
            .where(
                now.c.scheme == scheme, now.c.edition == year, now.c.element == "", now.c.until.is_(None),
                now.c.since > moment, now.c.status.in_(gaps) | before.c.status.in_(gaps),
            )
        )  # fmt: skip
        with self._engine.connect() as db:
            for agency, item, status, since, was, had in db.execute(query):
                yield ChangedItem(agency, item, status, datetime.fromisoformat(since), was or "", bool(had))


def _same_place(one: FromClause, other: FromClause) -> tuple[Any, ...]:
    names = ("agency_id", "scheme", "edition", "item", "element")
    return tuple(one.c[name] == other.c[name] for name in names)


def _spans(db: Connection, agency_id: str, edition: tuple[int, str]) -> dict[Place, tuple[StatusSpan, ...]]:
    query = select(history).where(*_of(agency_id, edition)).order_by(history.c.since, history.c.id)
    found: dict[Place, list[StatusSpan]] = defaultdict(list)
    for row in db.execute(query).mappings():
        span = _span(row)
        found[span.item, span.element].append(span)
    return {place: tuple(spans) for place, spans in found.items()}


def _write(db: Connection, agency_id: str, edition: tuple[int, str], pairs: Sequence[_Pair]) -> None:
    """Bring the spans of many places to what they are now: a statement for all of a kind, since each takes longer to
    make than to run."""
    begun, changed, gone = list[StatusSpan](), list[StatusSpan](), list[StatusSpan]()
    for before, after in pairs:
        old = {span.since: span for span in before}
        for span in after:
            known = old.pop(span.since, None)
            if known is None:
                begun.append(span)
            elif known != span:
                changed.append(span)
        gone += old.values()
    here = and_(*_of(agency_id, edition), *(history.c[name] == bindparam(f"its_{name}") for name in _PLACE))
    if changed:
        columns = dict.fromkeys(_values(changed[0]))
        statement = update(history).where(here).values({name: bindparam(f"new_{name}") for name in columns})
        db.execute(statement, [_place_of(span) | _renamed("new_", _values(span)) for span in changed])
    if begun:
        own = {"agency_id": agency_id, "edition": edition[0], "scheme": edition[1]}
        db.execute(insert(history), [own | _values(span) for span in begun])
    if gone:
        db.execute(delete(history).where(here), [_place_of(span) for span in gone])


def _of(agency_id: str, edition: tuple[int, str]) -> tuple[Any, ...]:
    year, scheme = edition
    return (history.c.agency_id == agency_id, history.c.scheme == scheme, history.c.edition == year)


def _place_of(span: StatusSpan) -> dict[str, Any]:
    values = _values(span)
    return _renamed("its_", {name: values[name] for name in _PLACE})


def _renamed(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}{name}": value for name, value in values.items()}


def _values(span: StatusSpan) -> dict[str, Any]:
    return {
        "item": span.item,
        "element": span.element,
        "status": span.status,
        "first_seen": (span.first_seen or span.since).isoformat(),
        "since": span.since.isoformat(),
        "last_seen": span.last_seen.isoformat(),
        "until": span.until.isoformat() if span.until else None,
        "back": span.back,
    }


def _span(row: RowMapping) -> StatusSpan:
    return StatusSpan(
        row["item"],
        row["element"],
        row["status"],
        datetime.fromisoformat(row["since"]),
        datetime.fromisoformat(row["last_seen"]),
        datetime.fromisoformat(row["until"]) if row["until"] else None,
        datetime.fromisoformat(row["first_seen"]),
        int(row["back"]),
    )
