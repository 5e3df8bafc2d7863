"""Scrapy settings given with -s."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import InputError
from oit.run.scrapy_settings import parse_scrapy


def test_scrapy_settings() -> None:
    assert parse_scrapy(["DOWNLOAD_DELAY=2", "USER_AGENT=a=b"]) == (
        ("DOWNLOAD_DELAY", "2"),
        ("USER_AGENT", "a=b"),
    )
    with pytest.raises(InputError) as caught:
        parse_scrapy(["DOWNLOAD_DELAY", "x=1", "DOWNLOAD_DELAI=1", "OIT_WINDOW=0", "DOWNLOAD_DELAY=0.5"])
    assert len(caught.value.lines) == 4
    assert "did you mean 'DOWNLOAD_DELAY'" in caught.value.lines[2]


@pytest.mark.parametrize(
    "wrong",
    [
        "DOWNLOAD_DELAY=fast", "DOWNLOAD_DELAY=-1", "DOWNLOAD_DELAY=nan", "ROBOTSTXT_OBEY=perhaps", "RETRY_TIMES=1.5",
        "CONCURRENT_REQUESTS=0", "OIT_WINDOW=many", "DOWNLOADER_MIDDLEWARES=x", "OIT_RENDER_PAGES=",
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_before_the_start(wrong: str) -> None:
    with pytest.raises(InputError, match=wrong.split("=")[0]):
        parse_scrapy([wrong])


def test_scrapy_is_loaded_once_for_its_defaults(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom oit.run.scrapy_settings import parse_scrapy\n"
        "print(parse_scrapy(['DOWNLOAD_DELAY=2', 'OIT_WINDOW=3']), 'scrapy' in sys.modules)"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    for is_loaded in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stdout.strip() == f"(('DOWNLOAD_DELAY', '2'), ('OIT_WINDOW', '3')) {is_loaded}"
