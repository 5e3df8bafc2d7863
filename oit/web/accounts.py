"""Passwords and sessions: who is asking, and how fast somebody may guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.models.account import Account
from core.storage.accounts import AccountRows

SESSION = timedelta(hours=12)
"""A working day: who comes back tomorrow logs in again."""
LEAST_LETTERS = 10
_FREE_FAILURES = 5
"""Wrong passwords of an account before each further one doubles the wait."""
_LONGEST_WAIT = timedelta(minutes=15)
_WINDOW = 600.0
_PER_ADDRESS = 40
"""Attempts from one address in `_WINDOW` seconds: an office behind one address has a dozen people."""
_ADDRESSES = 4096
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""An unknown name takes as long as a known one."""


def hash_password(password: str) -> str:
    """Return a password's Argon2id hash with its parameters."""
    return _HASHER.hash(password)


def verify_password(hashed: str, password: str) -> bool:
    """Whether a password is the one of a hash; an empty hash has none."""
    try:
        return _HASHER.verify(hashed or _NOBODY, password) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def token_digest(token: str) -> str:
    """Return what the store keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(token: str) -> str:
    """Return what a form must carry: only pages of this session know it."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class LoginResult:
    """Who logged in with which token, or in how many seconds to try again (0: at once)."""

    account: Account | None = None
    token: str = ""
    wait: int = 0


class LoginDesk:
    """Checks passwords. Guessing is slowed down by account (kept in the store) and by address (kept here)."""

    def __init__(self, rows: AccountRows) -> None:
        self._rows = rows
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()
        # Each hash takes 64 MB: a flood of guesses must not take the machine's memory.
        self._hashing = threading.Semaphore(2)

    def log_in(self, name: str, password: str, address: str, now: datetime | None = None) -> LoginResult:
        """Open a session for the right password."""
        now = now or datetime.now(UTC)
        if not self._admit(address):
            return LoginResult(wait=int(_WINDOW))
        found = self._rows.find(name)
        account, hashed = found if found is not None else (None, "")
        wait = _wait(account, now) if account is not None else 0
        if wait:
            return LoginResult(wait=wait)
        with self._hashing:
            right = verify_password(hashed, password)
        if account is None or account.disabled is not None or not right:
            if account is not None:
                self._rows.record_failure(account, now)
            return LoginResult()
        if account.failures:
            self._rows.clear_failures(account)
        token = secrets.token_urlsafe(32)
        self._rows.open_session(token_digest(token), account, now, now + SESSION)
        return LoginResult(account, token)

    def _admit(self, address: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if len(self._seen) >= _ADDRESSES:
                self._seen = {a: times for a, times in self._seen.items() if times and times[-1] > now - _WINDOW}
            times = self._seen.setdefault(address, deque(maxlen=_PER_ADDRESS))
            if len(times) == _PER_ADDRESS and times[0] > now - _WINDOW:
                return False
            times.append(now)
            return True


def _wait(account: Account, now: datetime) -> int:
    """Seconds until the next attempt on an account is looked at."""
    over = account.failures - _FREE_FAILURES
    if over < 0 or account.failed_at is None:
        return 0
    pause = min(timedelta(seconds=2 ** min(over + 2, 12)), _LONGEST_WAIT)
    return max(0, int((account.failed_at + pause - now).total_seconds() + 0.999))
