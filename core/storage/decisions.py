"""What people said, as rows: added and withdrawn, never changed or deleted."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, RowMapping, insert, select, update

from core.models.decision import Answer, Decision, DecisionKind
from core.storage.schema import decisions


class DecisionRows:
    """Rows of the table `decisions`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, *given: Decision) -> None:
        """Keep decisions, all or none."""
        with self._engine.begin() as db:
            for decision in given:
                db.execute(insert(decisions).values(**_values(decision)))

    def withdraw(self, decision: Decision, at: datetime) -> bool:
        """Take a decision back; whether there was one to take back."""
        values = _values(decision)
        same = (decisions.c[name] == value for name, value in values.items())
        with self._engine.begin() as db:
            done = db.execute(
                update(decisions).where(*same, decisions.c.withdrawn.is_(None)).values(withdrawn=_text(at))
            )
        return bool(done.rowcount)

    def standing(self, edition: tuple[int, str], agency: str | None = None) -> tuple[Decision, ...]:
        """Decisions under one edition (Buddhist-era year, scheme) that are not withdrawn, the oldest first; of one
        agency, or of all."""
        year, scheme = edition
        query = select(decisions).where(
            decisions.c.edition == year, decisions.c.scheme == scheme, decisions.c.withdrawn.is_(None)
        )
        if agency is not None:
            query = query.where(decisions.c.agency_id == agency)
        with self._engine.connect() as db:
            return tuple(_decision(row) for row in db.execute(query.order_by(decisions.c.at)).mappings())

    def all_standing(self) -> tuple[Decision, ...]:
        """All decisions that are not withdrawn, of all editions, the oldest first."""
        query = select(decisions).where(decisions.c.withdrawn.is_(None)).order_by(decisions.c.at)
        with self._engine.connect() as db:
            return tuple(_decision(row) for row in db.execute(query).mappings())


def _values(decision: Decision) -> dict[str, object]:
    return {
        "kind": decision.kind.value,
        "agency_id": decision.agency,
        "scheme": decision.scheme,
        "edition": decision.edition,
        "item": decision.item,
        "element": decision.element,
        "evidence": decision.evidence,
        "rule": decision.rule,
        "answer": decision.answer.value,
        "url": decision.url,
        "why": decision.why,
        "by": decision.by,
        "at": _text(decision.at),
    }


def _decision(row: RowMapping) -> Decision:
    return Decision(
        agency=row["agency_id"],
        edition=int(row["edition"]),
        item=row["item"],
        answer=Answer(row["answer"]),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        element=row["element"],
        why=row["why"],
        evidence=row["evidence"],
        rule=row["rule"],
        scheme=row["scheme"],
        kind=DecisionKind(row["kind"]),
        url=row["url"],
    )


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
