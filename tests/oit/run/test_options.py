"""The date of an assessment, as it is given on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InputError
from oit.run.options import parse_as_of
from tests.oit.run.stored_sites import DAY


def test_as_of() -> None:
    assert parse_as_of(None, DAY) == DAY
    assert parse_as_of("2023-04-30", DAY) == date(2023, 4, 30)
    with pytest.raises(InputError, match="ISO date"):
        parse_as_of("30/4/2566", DAY)
    with pytest.raises(InputError, match="write 2023-04-30"):
        parse_as_of("2566-04-30", DAY)
