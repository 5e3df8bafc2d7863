"""Files that people name are read up to a limit, whatever size they tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError
from core.input_files import read_input


def test_a_device_without_an_end_is_not_read_to_it() -> None:
    with pytest.raises(InputError, match="larger than 1 MiB, too large for rules"):
        read_input(Path("/dev/zero"), 1 << 20, "rules")


def test_what_is_as_large_as_may_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert read_input(path, 100) == b"x" * 100
    with pytest.raises(InputError):
        read_input(path, 99)
