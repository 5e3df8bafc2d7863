"""The rules that are shipped are found however the program was installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError
from oit.paths import shipped_rules


@pytest.mark.parametrize("way", ["clone", "target", "environment", "user"])
def test_the_rules_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for name in ("target", "environment", "user"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("oit.paths._CLONE", tmp_path / "target")
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path / "environment"))
    monkeypatch.setattr("site.getuserbase", lambda: str(tmp_path / "user"))
    with pytest.raises(InputError, match="--rules"):
        shipped_rules()
    path = tmp_path / ("target" if way == "clone" else way)
    path = path / "rules.yaml" if way == "clone" else path / "share" / "oit" / "rules.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("schema: x", "utf-8")
    assert shipped_rules() == path
