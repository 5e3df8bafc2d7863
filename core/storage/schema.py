"""The store's tables: the one description of the database, for SQLite and for whatever SQLAlchemy speaks to.

Times are ISO 8601 in UTC with seconds (`2023-04-30T18:00:00+00:00`), dates ISO (`2023-04-30`); texts compare in the
order of time. Editions are Buddhist-era fiscal years. A change here needs a step in core/storage/migrations.py.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

SCHEMA_VERSION = 4
"""Raised with every change of a table; core/storage/migrations.py holds the step to it."""
READING_FORMAT = 22
"""Raised whenever readers give other blocks for the same body: older readings are then made anew."""

_MOMENT = String(32)
_AGENCY = String(100)
_SHA256 = String(64)
_EMPTY = text("''")
_ZERO = text("0")

metadata = MetaData()

# ------------------------------------------------------------------------------------------- what the nights did

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", _MOMENT, nullable=False),
    Column("finished", _MOMENT),
    Column("agencies", Text, nullable=False),
    Column("command", String(20), nullable=False, server_default=_EMPTY),
    Column("edition", Integer),
    Column("reported", _MOMENT),
    Column("exit_status", Integer),
    Column("problem", Text, nullable=False, server_default=_EMPTY),
    Column("checked", Integer, nullable=False, server_default=_ZERO),
    Column("unchecked", Integer, nullable=False, server_default=_ZERO),
    Column("stale", Integer, nullable=False, server_default=_ZERO),
    Column("pages", Integer, nullable=False, server_default=_ZERO),
    Column("documents", Integer, nullable=False, server_default=_ZERO),
    Column("failed", Integer, nullable=False, server_default=_ZERO),
    Column("bytes", BigInteger().with_variant(Integer, "sqlite"), nullable=False, server_default=_ZERO),
    Column("recognised", Integer, nullable=False, server_default=_ZERO),
    Column("crashes", Integer, nullable=False, server_default=_ZERO),
    Column("program", String(40), nullable=False, server_default=_EMPTY),
)
"""One row a run. `agencies` is a JSON list of ids; `finished` is the end of the crawl, `reported` that of the whole run
(both NULL for a run that was cut off). `exit_status` and `problem` are what the program ended with and the one line
that it said. `checked`, `unchecked` and `stale` count agencies; `pages`, `documents` and `failed` addresses; `bytes`
those transferred; `recognised` pages of OCR; `crashes` crawl processes that died."""

batches = Table(
    "batches",
    metadata,
    Column("run_id", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("attempt", Integer, nullable=False),
    Column("worker", String(100), nullable=False, server_default=_EMPTY),
    Column("started", _MOMENT, nullable=False),
    Column("finished", _MOMENT),
    Column("pages", Integer, nullable=False, server_default=_ZERO),
    Column("documents", Integer, nullable=False, server_default=_ZERO),
    Column("failed", Integer, nullable=False, server_default=_ZERO),
    Column("bytes", BigInteger().with_variant(Integer, "sqlite"), nullable=False, server_default=_ZERO),
    Column("recognised", Integer, nullable=False, server_default=_ZERO),
    Column("crashes", Integer, nullable=False, server_default=_ZERO),
)
"""A night's batches that workers took, a row each. `attempt` counts who took it: only the newest attempt may store
anything (core/storage/claims.py). `finished` is NULL while it is under way; the counts are as in `runs`."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("agency_id", _AGENCY, nullable=False),
    Column("url", Text, nullable=False),
    Column("started", _MOMENT, nullable=False),
    Column("finished", _MOMENT),
    Column("complete", Integer, nullable=False, default=0),
    Column("stopped_by", String(20), nullable=False, default=""),
    Column("home_ok", Integer, nullable=False, default=0),
    Column("hosts", Text, nullable=False, default="[]"),
    Index("snapshots_by_agency", "agency_id", "id"),
)
"""One row per agency and run. `finished` is NULL while the crawl is under way; `hosts` is a JSON list."""

resources = Table(
    "resources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("snapshot_id", Integer, ForeignKey("snapshots.id", ondelete="CASCADE"), nullable=False),
    Column("url", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reading", String(64), nullable=False, default=""),
    Column("sha256", _SHA256, nullable=False, default=""),
    Column("data", Text, nullable=False),
    Column("agency_id", _AGENCY, nullable=False, server_default=_EMPTY),
    Column("last_id", Integer, nullable=False, server_default=_ZERO),
    Column("digest", String(32), nullable=False, server_default=_EMPTY),
    Index("resources_by_snapshot", "snapshot_id", "url", unique=True),
    Index("resources_by_agency", "agency_id", "url", "last_id"),
)
"""One row per address and state of it, not per night. The row belongs to the good snapshots (`home_ok`) of its agency
from `snapshot_id` to `last_id`, both included: an unchanged address costs the next night no row. A snapshot without a
home page owns its rows alone. `digest` stands for all of `data` but the time and the validators; empty in rows of
version 1."""

readings = Table(
    "readings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("format", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("digest", String(32), nullable=False, server_default=_EMPTY),
)
"""What a reader made of a body, once for all nights and agencies. `key` see `resources.reading_key`; `digest` stands
for `data`, empty in rows of version 1."""

cache = Table(
    "cache",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("used", Float, nullable=False),
)
"""Small values that can be made again; `used` is a Unix time."""

# ----------------------------------------------------------------------------------------------- what has changed

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agency_id", _AGENCY, nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("item", String(20), nullable=False),
    Column("element", String(60), nullable=False, server_default=_EMPTY),
    Column("status", String(20), nullable=False),
    Column("first_seen", _MOMENT, nullable=False),
    Column("since", _MOMENT, nullable=False),
    Column("last_seen", _MOMENT, nullable=False),
    Column("until", _MOMENT),
    Column("back", Integer, nullable=False, server_default=_ZERO),
    Column("run_id", Integer),
    Index("history_by_agency", "agency_id", "scheme", "edition", "item", "element", "since", unique=True),
    Index("history_by_time", "scheme", "edition", "since"),
)
"""One row per span of time in which a status held, so a night without a change costs no row.

`element` is empty for the item itself. `since` is the first night of the span and `last_seen` the last that saw it;
`until` the night that saw another status, NULL for the span that holds now: at most one such row per agency, scheme,
edition, item and element. `first_seen` is when this status was seen the first time ever, `back` how often it has
come back since. `run_id` is the run that began the span. A night that could not read the site writes nothing."""

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("agency_id", _AGENCY, nullable=False, server_default=_EMPTY),
    Column("scheme", String(40), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", Text, nullable=False),
    Column("day", String(10), nullable=False),
    Column("at", _MOMENT, nullable=False),
    Index("notices_by_agency", "channel", "agency_id", "scheme", "edition", "id"),
)
"""What was told to whom; rows are only added, and the newest of a channel and agency says what is known there.

`channel` is `mail` or `webhook`; `agency_id` is empty for what goes to the province's secretary. `kind` is `first`,
`change` or `reminder`; `state` is JSON, the findings as they were told; `day` is the date of the judgement."""

# ---------------------------------------------------------------------------------------------- what people decide

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False, server_default=text("'decision'")),
    Column("agency_id", _AGENCY, nullable=False),
    Column("scheme", String(40), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("item", String(20), nullable=False),
    Column("element", String(60), nullable=False, server_default=_EMPTY),
    Column("evidence", _SHA256, nullable=False, server_default=_EMPTY),
    Column("rule", _SHA256, nullable=False, server_default=_EMPTY),
    Column("answer", String(20), nullable=False),
    Column("url", Text, nullable=False, server_default=_EMPTY),
    Column("why", Text, nullable=False, server_default=_EMPTY),
    Column("by", String(100), nullable=False),
    Column("at", _MOMENT, nullable=False),
    Column("withdrawn", _MOMENT),
    Index("decisions_by_agency", "agency_id", "scheme", "edition", "item", "element", "at"),
)
"""What a person said; rows are added and withdrawn, never changed or deleted, and the newest counts.

`kind` is `decision` or `objection` (an agency's "it is on our page `url`"). `answer` is `accept`, `refuse` or
`unknown`. A decision holds while `evidence` (SHA-256 of the body that it was made on) and `rule` (fingerprint of the
element's rule) are the same."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("agency_id", _AGENCY, nullable=False, server_default=_EMPTY),
    Column("password", Text, nullable=False, server_default=_EMPTY),
    Column("created", _MOMENT, nullable=False),
    Column("disabled", _MOMENT),
    Column("failures", Integer, nullable=False, server_default=_ZERO),
    Column("failed_at", _MOMENT),
)
"""Who may log in. `role` is `administrator`, `secretary` or `agency` (then `agency_id` says which). `password` is an
Argon2 hash with its parameters; empty for an account that a reverse proxy vouches for. `failures` counts wrong
passwords since the last right one, `failed_at` is the last of them."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", _SHA256, primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("created", _MOMENT, nullable=False),
    Column("expires", _MOMENT, nullable=False),
)
"""Who is logged in. `token` is the SHA-256 of the cookie's value: a stolen store logs nobody in."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", _MOMENT, nullable=False),
    Column("by", String(100), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False, server_default=_EMPTY),
    Column("detail", Text, nullable=False, server_default=_EMPTY),
    Index("audit_log_by_time", "at"),
)
"""Who did what: logins, decisions, changes of accounts. Rows are only added. `subject` is what was acted on
(`labour/2566/O12-problems`), `detail` JSON or empty."""
