"""Fixtures that several rooms' tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from checklist.rules.loader import load_rules
from checklist.rules.model import Rules
from tests.paths import PROJECT

settings.register_profile("oit", deadline=None)  # a loaded machine is slow, not wrong; pytest-timeout ends what hangs
settings.load_profile("oit")

ROOT = PROJECT
MARKED = {
    "tests/accuracy": "slow",
    "tests/crawler/integration": "slow",
    "tests/crawler/middlewares/test_offsite.py": "slow",
    "tests/crawler/middlewares/test_retry_after.py": "slow",
    "tests/crawler/process": "slow",
    "tests/crawler/rendering": "browser",
    "tests/crawler/test_failures.py": "slow",
    "tests/crawler/test_warc.py": "slow",
    "tests/documents/ocr": "ocr",
    "tests/oit/test_demo.py": "slow",
    "tests/sample/test_labelled_documents.py": "ocr",
}
"""Folder or module -> the marker of all its tests (pyproject.toml); single tests elsewhere carry their own."""
QUICK = ("test_every_cause_",)
"""Beginnings of names of tests in these folders that crawl nothing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of whole folders, so that a new module in one of them need not remember it."""
    for item in items:
        path = item.path.relative_to(PROJECT).as_posix()
        for place, marker in MARKED.items():
            if (path == place or path.startswith(f"{place}/")) and not item.name.startswith(QUICK):
                item.add_marker(marker)


@pytest.fixture(scope="session")
def shipped() -> Rules:
    """The rules that are shipped."""
    return load_rules((ROOT / "rules.yaml").read_text("utf-8"), "rules.yaml")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real material beside the project, for measuring; skipped where it is absent."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real documents is not on this machine")
    return folder
