"""Every code has a sentence beside it: who meets it in a report.json must not have to search the code."""

from __future__ import annotations

import ast

import pytest

from tests.paths import PROJECT

FILES = ("reasons.py", "snapshot.py")
EXPLAINED = ("ReasonCode", "FetchOutcome", "StopReason", "ReadNote", "OffsiteReason", "RenderFailure")


def sentences(file: str) -> dict[str, bool]:
    """Member of an enum of codes -> whether a docstring follows it; empty values need none."""
    found: dict[str, bool] = {}
    for node in ast.parse((PROJECT / "core" / "models" / file).read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name in EXPLAINED:
            for member, after in zip(node.body, [*node.body[1:], None], strict=True):
                if isinstance(member, ast.Assign) and ast.literal_eval(member.value):
                    name = member.targets[0]
                    assert isinstance(name, ast.Name)
                    is_sentence = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                    found[f"{node.name}.{name.id}"] = is_sentence
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_code_has_a_sentence(file: str) -> None:
    found = sentences(file)
    assert found
    assert [name for name, explained in found.items() if not explained] == []
