"""Every case below tests/cases is answered rightly. Adding a case is adding a folder there (docs/adding.md)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import filterfalse

import pytest

from checklist.rules.model import Rules
from oit.cases.case import Case, find_cases
from oit.cases.runner import Grade, run_cases
from tests.paths import PROJECT

CASES = PROJECT / "tests" / "cases"


def is_site(case: Case) -> bool:
    return case.document is None


def params(cases: Iterable[Case]) -> list[object]:
    marks = {"ocr": [pytest.mark.ocr]}
    return [pytest.param(case, id=f"{case.kind}/{case.name}", marks=marks.get(case.kind, [])) for case in cases]


DOCUMENTS = list(filterfalse(is_site, find_cases(CASES / "documents")))
SITES = list(filter(is_site, find_cases(CASES / "sites")))


@pytest.mark.parametrize("kind", ["documents", "sites"])
def test_every_folder_is_a_case(kind: str) -> None:
    """A folder without its answer would be passed over in silence."""
    folders = [folder for folder in (CASES / kind).iterdir() if folder.is_dir()]
    assert [folder.name for folder in folders if not (folder / "case.yaml").is_file()] == []


@pytest.mark.parametrize("case", params(DOCUMENTS))
def test_document(shipped: Rules, case: Case) -> None:
    (result,) = run_cases([case], shipped)
    assert (result.grade, result.differences) == (Grade.RIGHT, ()), case.why


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", params(SITES))
def test_site(shipped: Rules, case: Case) -> None:
    (result,) = run_cases([case], shipped)
    assert (result.grade, result.differences) == (Grade.RIGHT, ()), case.why
