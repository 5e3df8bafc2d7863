"""The province's settings: read once, checked with their place, and overruled by the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import InputError
from core.models.agency import ProvinceSettings
from oit.agencies.loader import load_agencies, write_agencies_yaml
from oit.run.job import province_edition, with_province
from oit.run.options import Settings

HEAD = "province: จังหวัด ก\n"
AGENCY = "agencies:\n  - {id: a, name: ก, url: 'https://a.go.th/'}\n"
GOOD = """settings:
  edition: 2568
  contact: oit@a.go.th
  quiet_hours: 08:30-16:30
  answers_until: 2025-04-22
  secretary: กลุ่มงานยุทธศาสตร์
  secretary_email: s@a.go.th
"""


def list_with(folder: Path, settings: str) -> Path:
    path = folder / "agencies.yaml"
    path.write_text(HEAD + settings + AGENCY, "utf-8")
    return path


def test_settings_are_read_and_written_back(tmp_path: Path) -> None:
    found = load_agencies(list_with(tmp_path, GOOD))
    assert found.settings == ProvinceSettings(
        2568, "oit@a.go.th", "08:30-16:30", date(2025, 4, 22), "กลุ่มงานยุทธศาสตร์", "s@a.go.th"
    )
    write_agencies_yaml(tmp_path / "again.yaml", found)
    assert load_agencies(tmp_path / "again.yaml") == found


@pytest.mark.parametrize(
    ("settings", "place", "words"),
    [
        ("settings:\n  editon: 2568\n", ":3:3:", "did you mean 'edition'"),
        ("settings:\n  edition: 2025\n", ":3:12:", "Buddhist-era year"),
        ("settings:\n  answers_until: 2568-04-30\n", ":3:18:", "Christian-era"),
        ("settings:\n  answers_until: soon\n", ":3:18:", "ISO date"),
        ("settings:\n  quiet_hours: night\n", ":3:16:", "08:30-16:30"),
        ("settings:\n  secretary_email: nobody\n", ":3:20:", "e-mail"),
        ("settings: 2568\n", ":2:11:", "keys with values"),
    ],
)
def test_each_fault_has_its_place(tmp_path: Path, settings: str, place: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        load_agencies(list_with(tmp_path, settings))
    (line,) = caught.value.lines
    assert place in line
    assert words in line


def test_the_command_line_overrules_the_province() -> None:
    province = ProvinceSettings(2568, "p@a.go.th", "08:00-16:00")
    today = date(2026, 1, 1)
    assert with_province(Settings(today), province).edition == 2568
    given = with_province(Settings(today, edition=2566, contact="me@b.go.th", quiet_hours="01:00-02:00"), province)
    assert (given.edition, given.contact, given.quiet_hours) == (2566, "me@b.go.th", "01:00-02:00")


def test_a_file_is_judged_by_the_province_s_edition_or_asks_for_one(tmp_path: Path) -> None:
    assert province_edition(list_with(tmp_path, GOOD)) == 2568
    with pytest.raises(InputError, match="--edition is needed"):
        province_edition(list_with(tmp_path, ""))
    with pytest.raises(InputError, match="--edition is needed"):
        province_edition(tmp_path / "none.yaml")
