"""What was told to whom, as rows that are only added."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, func, insert, select

from core.models.notice import Channel, Notice, NoticeKind
from core.storage.schema import notices


class NoticeRows:
    """Rows of the table `notices`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, notice: Notice) -> None:
        """Keep that something was told, at once: a process that dies afterwards does not tell it again."""
        with self._engine.begin() as db:
            db.execute(
                insert(notices).values(
                    channel=notice.channel.value,
                    agency_id=notice.agency,
                    scheme=notice.scheme,
                    edition=notice.edition,
                    kind=notice.kind.value,
                    state=notice.state,
                    day=notice.day.isoformat(),
                    at=notice.at.astimezone(UTC).isoformat(timespec="seconds"),
                )
            )

    def newest(self, channel: Channel, edition: int) -> dict[tuple[str, str], Notice]:
        """Return the last notice by agency id and scheme, of all that a year's edition was told of."""
        places = (notices.c.agency_id, notices.c.scheme)
        last = (
            select(func.max(notices.c.id))
            .where(notices.c.channel == channel.value, notices.c.edition == edition)
            .group_by(*places)
        )
        with self._engine.connect() as db:
            rows = db.execute(select(notices).where(notices.c.id.in_(last))).mappings().all()
        return {
            (row["agency_id"], row["scheme"]): Notice(
                channel,
                row["agency_id"],
                int(row["edition"]),
                row["scheme"],
                NoticeKind(row["kind"]),
                row["state"],
                date.fromisoformat(row["day"]),
                datetime.fromisoformat(row["at"]),
            )
            for row in rows
        }
