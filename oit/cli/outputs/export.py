"""`oit export`: everything that was found, as open data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from core.atomic import write_atomic
from core.storage.store import Store
from oit import __version__
from oit.cli import options as o
from oit.reporting.desk import WholeResults
from oit.reporting.results import RunResult
from oit.run.job import edition_of, prepare_run
from oit.run.overlay import load_spans
from oit.run.pipeline import load_or_check


class Form(StrEnum):
    """A form of open data."""

    CSV = "csv"
    SQLITE = "sqlite"
    EARL = "earl"
    SCHEMAS = "schemas"


_DEFAULTS = o.Options()


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(export)


@o.shares(*o.CHECKING, *o.SAYING)
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write it.")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[AGENCY]...", help="Ids of agencies; all if none.")
    ] = None,
    form: Annotated[
        list[Form] | None, typer.Option("--format", help="csv, sqlite, earl, schemas; may be given often (all).")
    ] = None,
    shared: o.Options = _DEFAULTS,
) -> None:
    """Write what was found as open data, as people decided it. No network.

    csv: a table each for agencies, items, elements, evidence, history and decisions, described in datapackage.json;
    sqlite: the same tables in oit-data.sqlite; earl: earl.jsonld, the W3C's language of test results;
    schemas: JSON Schemas of reports and answers.

    \b
    Examples:
      oit export /srv/www/opendata
      oit export out --format csv --edition 2566
    """
    settings = shared.settings()
    outcome = load_or_check(prepare_run(settings, ids or ()), of_date=shared.as_of is not None)
    written = _write(outcome, folder, frozenset(form or Form))
    if not shared.quiet:
        typer.echo(f"{len(written)} files written to {folder}")


def _write(outcome: RunResult, folder: Path, forms: frozenset[Form]) -> list[Path]:
    store = Store(outcome.job.settings.data)
    try:
        return _write_forms(outcome, WholeResults(outcome, store), store, folder, forms)
    finally:
        store.close()


def _write_forms(
    outcome: RunResult, assessments: WholeResults, store: Store, folder: Path, forms: frozenset[Form]
) -> list[Path]:
    # The writers are loaded where they are needed.
    from reports.messages import thai
    from reports.open_data.csv_files import write_csv
    from reports.open_data.earl import EarlData, write_earl
    from reports.open_data.sqlite_file import write_sqlite
    from reports.open_data.tables import OpenData, open_tables
    from reports.schemas import load_schema, schema_names

    job = outcome.job
    spans = load_spans((one.assessment for one in outcome.judged), store)
    chosen = {agency.id for agency in job.chosen}
    said = [d for d in store.decisions.all_standing() if d.agency in chosen and d.edition == job.edition.year]
    tables = open_tables(OpenData(assessments, spans, said))
    written: list[Path] = []
    if Form.CSV in forms:
        title = f"OIT {job.edition.name} {job.agencies.province}".strip()
        created = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        written += write_csv(folder, tables, f"oit-{job.edition.name}", title, created)
    if Form.EARL in forms:
        sectors = {agency.scheme: edition_of(agency, job.edition, job.rules.editions) for agency in job.chosen}
        written.append(folder / "earl.jsonld")
        write_earl(written[-1], EarlData(assessments, job.edition, sectors, thai(), __version__))
    if Form.SCHEMAS in forms:
        for name in schema_names():
            written.append(folder / "schemas" / f"{name}.json")
            write_atomic(written[-1], _pretty(load_schema(name)))
    if Form.SQLITE in forms:
        write_sqlite(folder / "oit-data.sqlite", tables)
        written.append(folder / "oit-data.sqlite")
    return written


def _pretty(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
