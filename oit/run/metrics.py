"""The last run in Prometheus' text format, for the node exporter's textfile collector."""

from __future__ import annotations

from pathlib import Path

from core.atomic import write_atomic
from core.storage.run_log import RunRecord
from core.storage.store import Store

_GAUGES = (
    ("oit_run_exit_status", "Exit status of the last run: 0 and 1 are good, 3 failed.", "exit_status"),
    ("oit_agencies_checked", "Agencies that the last run read.", "checked"),
    ("oit_agencies_unchecked", "Agencies of which nothing is known.", "unchecked"),
    ("oit_agencies_stale", "Agencies that show an earlier night's result.", "stale"),
    ("oit_pages", "Pages that the last run read.", "pages"),
    ("oit_documents", "Documents that the last run read.", "documents"),
    ("oit_failed", "Addresses that the last run could not read.", "failed"),
    ("oit_transferred_bytes", "Bytes that the sites sent.", "bytes"),
    ("oit_recognised_pages", "Pages that OCR recognised.", "recognised"),
    ("oit_crashes", "Crawl processes that died.", "crashes"),
)


def write_metrics(path: Path, store: Store) -> None:
    """Write the newest run's figures in one step; nothing if there is no run. Raises OSError."""
    for run in store.runs(1):
        write_atomic(path, metrics_text(run))


def metrics_text(run: RunRecord) -> str:
    """Return one run's figures, a gauge each. A figure that is not known yet is left out."""
    figures = [(name, said, getattr(run.outcome, field)) for name, said, field in _GAUGES]
    figures.append(("oit_agencies", "Agencies that the last run was about.", run.agencies))
    figures.append(("oit_run_started_seconds", "Start of the last run, Unix time.", run.started.timestamp()))
    if run.ended is not None:
        figures.append(("oit_run_ended_seconds", "End of the last run, Unix time.", run.ended.timestamp()))
    lines = []
    for name, said, value in figures:
        if value is not None:
            lines += [f"# HELP {name} {said}", f"# TYPE {name} gauge", f"{name} {value:.15g}"]
    return "\n".join(lines) + "\n"
