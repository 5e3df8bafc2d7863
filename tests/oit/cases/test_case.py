"""case.yaml is read strictly: a case that could not fail, or that is misspelt, is refused with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checklist.rules.model import Rules
from core.errors import InputError
from core.models.assessment import ElementStatus, Finding, ItemStatus, Level, Verdict
from oit.cases.case import Case, find_cases, read_case
from oit.cases.runner import Figures, Grade, Result, check_cases, compare_case, figures_of

WHOLE = """\
kind: section
edition: 2565
as_of: 2022-04-30
expect:
  O12:
    status: [incomplete, review]
    elements: {problems: empty}
why: because
"""


def put(folder: Path, text: str = WHOLE, *files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    for name in files:
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def verdict(status: ItemStatus, **elements: ElementStatus) -> dict[str, Verdict]:
    findings = tuple(Finding(name, name, Level.REQUIRED, each) for name, each in elements.items())
    return {"O12": Verdict("O12", "t", "9.2", status, 1.25, findings=findings)}


def test_a_document_case(tmp_path: Path) -> None:
    case = read_case(put(tmp_path, WHOLE, "report.pdf"))
    assert (case.kind, case.edition, case.as_of) == ("section", 2565, date(2022, 4, 30))
    assert case.document == tmp_path / "report.pdf"
    (expected,) = case.expected
    assert expected.statuses == ("incomplete", "review")
    assert expected.elements == {"problems": ("empty",)}


def test_a_site_case(tmp_path: Path) -> None:
    text = WHOLE.replace("kind:", 'server:\n  "/a?b=1": {file: /c.html}\nkind:')
    (tmp_path / "www").mkdir()
    case = read_case(put(tmp_path, text))
    assert case.document is None
    assert case.server == {"/a?b=1": {"file": "/c.html"}}


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (
            "status: [incomplete, review]",
            "status: [incomplet]",
            "6:14: no status 'incomplet', did you mean 'incomplete'",
        ),
        ("problems: empty", "problems: hollow", "no status 'hollow'"),
        ("    elements", "    element", "7:5: unknown key 'element', did you mean 'elements'"),
        ("kind: section", "kinds: section", "1:1: unknown key 'kinds', did you mean 'kind'"),
        ("why: because", "why: ''", "why must be a text"),
        ("edition: 2565", "edition: last", "edition must be a Buddhist-era year"),
        ("2022-04-30", "soon", "as_of must be an ISO date"),
        ("[incomplete, review]", "[]", "no status here"),
    ],
)
def test_faults_have_a_place(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert before in WHOLE
    with pytest.raises(InputError) as caught:
        read_case(put(tmp_path, WHOLE.replace(before, after), "report.pdf"))
    assert any(fault in line for line in caught.value.lines), caught.value.lines


@pytest.mark.parametrize("expect", ["expect: {}", "expect:\n  O12: {elements: {}}"])
def test_a_case_that_could_not_fail_is_refused(tmp_path: Path, expect: str) -> None:
    text = WHOLE.split("expect:")[0] + expect + "\nwhy: because\n"
    with pytest.raises(InputError):
        read_case(put(tmp_path, text, "report.pdf"))


def test_one_document_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are 0 files"):
        read_case(put(tmp_path / "none"))
    with pytest.raises(InputError, match="there are 2 files"):
        read_case(put(tmp_path / "two", WHOLE, "a.pdf", "b.pdf"))
    with pytest.raises(InputError, match="a file in the folder"):
        read_case(put(tmp_path / "out", WHOLE + "input: ../a.pdf\n", "a.pdf"))


def test_faults_of_all_cases_are_reported_together(tmp_path: Path) -> None:
    put(tmp_path / "a", WHOLE.replace("kind", "knd"), "x.txt")
    put(tmp_path / "b" / "c", "- 1\n", "x.txt")
    with pytest.raises(InputError) as caught:
        find_cases(tmp_path)
    assert {line.split("/case.yaml")[0].rsplit("/", 1)[1] for line in caught.value.lines} == {"a", "c"}
    with pytest.raises(InputError, match=r"no case\.yaml"):
        find_cases(tmp_path / "empty")


def test_unknown_editions_items_and_elements_are_refused(tmp_path: Path, shipped: Rules) -> None:
    case = read_case(put(tmp_path, WHOLE, "report.pdf"))
    (expected,) = case.expected
    wrong = [
        replace(case, edition=2400),
        replace(case, agency="guild"),
        replace(case, expected=(replace(expected, item="O99"),)),
        replace(case, expected=(replace(expected, elements={"problem": ("empty",)}),)),
    ]
    check_cases([case], shipped)
    with pytest.raises(InputError) as caught:
        check_cases(wrong, shipped)
    assert len(caught.value.lines) == len(wrong)


def test_grades(tmp_path: Path) -> None:
    case = read_case(put(tmp_path, WHOLE, "report.pdf"))
    empty, present, ask = ElementStatus.EMPTY, ElementStatus.PRESENT, ElementStatus.REVIEW
    assert compare_case(case, verdict(ItemStatus.INCOMPLETE, problems=empty)).grade is Grade.RIGHT
    assert compare_case(case, verdict(ItemStatus.REVIEW, problems=ask)).grade is Grade.REVIEW
    assert compare_case(case, verdict(ItemStatus.COMPLETE, problems=ask)).grade is Grade.WRONG
    assert compare_case(case, verdict(ItemStatus.REVIEW)).grade is Grade.WRONG
    found = compare_case(case, verdict(ItemStatus.COMPLETE, problems=present))
    assert found.differences == (
        "O12 is complete, right is incomplete or review",
        "O12 problems is present, right is empty",
    )


def test_figures_are_counted_per_kind(tmp_path: Path) -> None:
    one = read_case(put(tmp_path, WHOLE, "report.pdf"))
    other = replace(one, kind="ocr")
    results = [Result(one, Grade.RIGHT), Result(one, Grade.WRONG), Result(other, Grade.REVIEW)]
    assert figures_of(results) == (Figures("ocr", 0, 0, 1), Figures("section", 1, 1, 0))


def test_the_project_has_cases_of_both_sorts() -> None:
    from oit.paths import own_cases

    cases: tuple[Case, ...] = find_cases(own_cases())
    assert {case.document is None for case in cases} == {True, False}
