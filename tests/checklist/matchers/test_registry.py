"""A kind of matcher is whole: a check is registered, the rules use it with an example, and the guide has a row."""

from __future__ import annotations

import re

import pytest

from checklist.matchers import _CHECKS
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher
from tests.paths import PROJECT

KINDS = sorted(set(Matcher.model_fields) - {"any", "all"})


def kinds_of(matcher: Matcher) -> set[str]:
    """The kinds in a matcher, those inside `any` and `all` included."""
    return {matcher.kind}.union(*(kinds_of(each) for each in (*(matcher.any or ()), *(matcher.all or ()))))


def test_every_spec_has_a_check_and_every_check_a_spec() -> None:
    assert sorted(_CHECKS) == KINDS


def test_every_kind_is_used_by_an_element_with_examples(shipped: Rules) -> None:
    elements = [element for edition in shipped.editions for item in edition.items for element in item.elements]
    exemplified: set[str] = set()
    for element in elements:
        if element.examples is not None and element.examples.match and element.examples.reject:
            exemplified |= kinds_of(element.match)
    assert sorted(set(KINDS) - exemplified) == []


@pytest.mark.parametrize("language", ["ภาษาไทย", "English"])
def test_every_kind_has_a_row_in_the_guide(language: str) -> None:
    guide = (PROJECT / "docs" / "rules.md").read_text("utf-8")
    part = guide.split(f"\n## {language}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    named = {name for row in rows for name in re.findall(r"`(\w+): ", row.split("|")[1])}
    assert sorted(set(Matcher.model_fields) - named) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_tests_of_its_own(kind: str) -> None:
    """Beside its code: tests/checklist/matchers/page or text; those of the section check are a folder."""
    here = PROJECT / "tests" / "checklist"
    modules = [folder for folder in ("page", "text") if (PROJECT / f"checklist/matchers/{folder}/{kind}.py").exists()]
    assert len(modules) == 1
    path = here / "section" if kind == "section" else here / "matchers" / modules[0] / f"test_{kind}.py"
    assert path.exists(), f"write {path.relative_to(PROJECT)} (docs/adding.md)"
