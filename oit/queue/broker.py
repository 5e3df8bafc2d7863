"""The queue in the store's own database: Procrastinate's tables, and the one kind of job that it has.

Imported only where the extra `queue` is installed; `require_server` says in one line what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.storage.engine import database_url
from core.store_folder import URL_FILE

if TYPE_CHECKING:
    from procrastinate import App

QUEUE = "oit-batches"
TASK = "crawl-batch"
_SCHEMA_LOCK = 0x6F697471


@dataclass(frozen=True, slots=True)
class BatchJob:
    """What a worker is told. `night` are the night's options, `inputs` stands for the list and the rules that the
    worker must have too."""

    run_id: int
    batch: int
    agencies: tuple[str, ...]
    night: Mapping[str, Any]
    inputs: str

    def as_arguments(self) -> dict[str, Any]:
        """The job as JSON holds it."""
        return asdict(self) | {"agencies": list(self.agencies)}


def require_server(data: Path) -> str:
    """Return how libpq reaches the server of a data folder. Raises InputError if it names none, or the extra is not
    installed."""
    url = database_url(data)
    if url.get_backend_name() == "sqlite":
        raise InputError(f"{data}: a queue needs a PostgreSQL server: write its address into {data / URL_FILE}")
    try:
        import procrastinate  # noqa: F401
    except ModuleNotFoundError:
        raise InputError("a queue needs the extra `queue`: pip install 'oit[queue]'") from None
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def open_queue(conninfo: str) -> App:
    """Return Procrastinate's app on a server; its tables are made if they are not there."""
    from procrastinate import App, PsycopgConnector

    _make_tables(conninfo)
    return App(connector=PsycopgConnector(conninfo=conninfo, max_size=4))


def _make_tables(conninfo: str) -> None:
    import psycopg
    from procrastinate import App, SyncPsycopgConnector

    with psycopg.connect(conninfo, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(%s)", (_SCHEMA_LOCK,))
        known = db.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        if known is None or known[0] is None:
            with App(connector=SyncPsycopgConnector(conninfo=conninfo)).open() as app:
                app.schema_manager.apply_schema()
