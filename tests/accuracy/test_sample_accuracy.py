"""The whole sample province, crawled over loopback and judged: every status and section as in the truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crawler.run import Progress
from oit.demo import audit_demo, build_demo
from oit.model import Agency
from oit.settings import Settings
from sample.editions import AS_OF


def _quiet(agencies: tuple[Agency, ...]) -> Callable[[Progress], None]:
    return lambda progress: None


@pytest.mark.timeout(600)
@pytest.mark.parametrize("edition", [2565, 2566])
def test_every_verdict_agrees_with_the_truth(tmp_path: Path, edition: int) -> None:
    province = build_demo(tmp_path, edition)
    result = audit_demo(province, tmp_path, Settings(as_of=date.fromisoformat(AS_OF[edition])), _quiet)
    assert result is not None
    assert [str(d) for d in result.comparison.differences] == []
    assert sum(result.comparison.expected.values()) == 31 * 43
