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
