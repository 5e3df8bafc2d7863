"""What a run is about: agencies, edition and items, and the faults of its input."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError
from oit.run.job import check_items, pick_edition, prepare_run, read_rules
from tests.oit.run.stored_sites import settings


def test_prepare_tells_faults_of_both_files(tmp_path: Path) -> None:
    rules, agencies = tmp_path / "r.yaml", tmp_path / "a.yaml"
    rules.write_text("schema: wrong\n", encoding="utf-8")
    agencies.write_text("agencies:\n  - {id: A, name: n, url: 'http://e.th/'}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        prepare_run(settings(tmp_path, rules, agencies))
    text = "\n".join(caught.value.lines)
    assert f"{rules}:" in text
    assert f"{agencies}:2:10:" in text


def test_edition_and_items_are_checked(rules_file: Path) -> None:
    rules = read_rules(rules_file)
    assert pick_edition(rules, None).year == 2565
    with pytest.raises(InputError, match="there are 2565"):
        pick_edition(rules, 2570)
    assert check_items(rules.newest, ["o1", " O2 ", "O1", ""]) == ("O1", "O2")
    with pytest.raises(InputError, match="no item 'O99'"):
        check_items(rules.newest, ["O99"])


def test_unknown_agency_and_kind(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    with pytest.raises(InputError, match="no agency 'lanb' in the list, did you mean 'land'"):
        prepare_run(settings(tmp_path, rules_file, agencies_file), ["lanb"])
    agencies_file.write_text("agencies:\n  - {id: a, name: n, url: 'http://e.th/', kind: locale}\n", encoding="utf-8")
    with pytest.raises(InputError, match="did you mean 'local'"):
        prepare_run(settings(tmp_path, rules_file, agencies_file))
