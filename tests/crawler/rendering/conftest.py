"""A test that draws with a real browser is tried twice: its processes may die of the machine's load.

How the first try failed is told among the warnings: it may be a fault of ours that a loaded machine shows first."""

from __future__ import annotations

import warnings

import pytest
from _pytest.runner import runtestprotocol


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test, and once more if it failed; what fails each time has failed."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    failed = next((report for report in reports if report.failed), None)
    if failed is not None:
        first = warnings.WarningMessage(
            pytest.PytestWarning(f"first try: {failed.longreprtext[-1500:]}"), pytest.PytestWarning, item.nodeid, 0
        )
        item.ihook.pytest_warning_recorded.call_historic(
            kwargs={"warning_message": first, "when": "runtest", "nodeid": item.nodeid, "location": None}
        )
        item._initrequest()  # type: ignore[attr-defined]
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
