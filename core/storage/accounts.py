"""Accounts, who is logged in, and who did what. Passwords come here as hashes, session tokens as digests."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, RowMapping, delete, insert, select, update

from core.models.account import Account, AuditEntry, Role
from core.storage.schema import accounts, audit_log, sessions


class AccountRows:
    """Rows of the tables `accounts`, `sessions` and `audit_log`. Times are kept in UTC."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, role: Role, password: str, at: datetime, agency: str = "") -> bool:
        """Make an account with a password's hash (empty: a proxy vouches for it); whether the name was free."""
        values = {"name": name, "role": role.value, "agency_id": agency, "password": password, "created": _text(at)}
        with self._engine.begin() as db:
            if db.execute(select(accounts.c.id).where(accounts.c.name == name)).first() is not None:
                return False
            db.execute(insert(accounts).values(**values))
        return True

    def all(self) -> tuple[Account, ...]:
        """All accounts by name, the disabled ones too."""
        with self._engine.connect() as db:
            return tuple(_account(row) for row in db.execute(select(accounts).order_by(accounts.c.name)).mappings())

    def find(self, name: str) -> tuple[Account, str] | None:
        """An account and its password's hash; None if there is none of the name."""
        with self._engine.connect() as db:
            row = db.execute(select(accounts).where(accounts.c.name == name)).mappings().first()
        return (_account(row), str(row["password"])) if row is not None else None

    def set_password(self, name: str, password: str) -> bool:
        """Give an account another password's hash and end its sessions; whether there is such an account."""
        return self._change(name, password=password, failures=0, failed_at=None)

    def disable(self, name: str, at: datetime) -> bool:
        """Shut an account and end its sessions; whether there is one that was open."""
        found = self.find(name)
        return found is not None and found[0].disabled is None and self._change(name, disabled=_text(at))

    def enable(self, name: str) -> bool:
        """Open an account again; whether there is one."""
        return self._change(name, disabled=None, failures=0, failed_at=None)

    def _change(self, name: str, **values: object) -> bool:
        with self._engine.begin() as db:
            number = db.execute(select(accounts.c.id).where(accounts.c.name == name)).scalar()
            if number is None:
                return False
            db.execute(update(accounts).where(accounts.c.id == number).values(**values))
            db.execute(delete(sessions).where(sessions.c.account_id == number))
        return True

    def record_failure(self, account: Account, at: datetime) -> None:
        """Count a wrong password."""
        with self._engine.begin() as db:
            counted = update(accounts).where(accounts.c.id == account.id)
            db.execute(counted.values(failures=accounts.c.failures + 1, failed_at=_text(at)))

    def clear_failures(self, account: Account) -> None:
        """Forget wrong passwords after the right one."""
        with self._engine.begin() as db:
            db.execute(update(accounts).where(accounts.c.id == account.id).values(failures=0, failed_at=None))

    # ------------------------------------------------------------------------------------------------- sessions

    def open_session(self, token: str, account: Account, at: datetime, expires: datetime) -> None:
        """Log an account in; `token` is the digest of the cookie's value. Sessions that have run out are dropped."""
        with self._engine.begin() as db:
            db.execute(delete(sessions).where(sessions.c.expires < _text(at)))
            db.execute(
                insert(sessions).values(
                    token=token, account_id=account.id, created=_text(at), expires=_text(expires)
                )
            )  # fmt: skip

    def session_account(self, token: str, at: datetime) -> Account | None:
        """Who is logged in with a token; None if it is unknown or has run out, or the account is disabled."""
        query = (
            select(accounts)
            .join(sessions, sessions.c.account_id == accounts.c.id)
            .where(sessions.c.token == token, sessions.c.expires >= _text(at), accounts.c.disabled.is_(None))
        )
        with self._engine.connect() as db:
            row = db.execute(query).mappings().first()
        return _account(row) if row is not None else None

    def close_session(self, token: str) -> None:
        """Log out."""
        with self._engine.begin() as db:
            db.execute(delete(sessions).where(sessions.c.token == token))

    # ------------------------------------------------------------------------------------------------ audit log

    def log(self, entry: AuditEntry) -> None:
        """Keep who did what; rows are only added."""
        with self._engine.begin() as db:
            db.execute(
                insert(audit_log).values(
                    at=_text(entry.at),
                    by=entry.by[:100],
                    action=entry.action,
                    subject=entry.subject,
                    detail=entry.detail,
                )
            )

    def audit_entries(self, limit: int = 200) -> tuple[AuditEntry, ...]:
        """The newest entries, the last first."""
        query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
        with self._engine.connect() as db:
            rows = db.execute(query).mappings().all()
        return tuple(
            AuditEntry(datetime.fromisoformat(row["at"]), row["by"], row["action"], row["subject"], row["detail"])
            for row in rows
        )


def _account(row: RowMapping) -> Account:
    return Account(
        int(row["id"]),
        row["name"],
        Role(row["role"]),
        row["agency_id"],
        datetime.fromisoformat(row["created"]),
        _moment(row["disabled"]),
        int(row["failures"]),
        _moment(row["failed_at"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
