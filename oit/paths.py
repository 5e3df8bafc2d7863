"""Where the files lie that come with the program, from a clone or from an installed package."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from core.errors import InputError


def shipped_rules() -> Path:
    """The rules.yaml that came with the program. Raises InputError if it is gone."""
    clone = Path(__file__).resolve().parent.parent / "rules.yaml"
    installed = Path(sysconfig.get_path("data")) / "share" / "oit" / "rules.yaml"
    for path in (clone, installed):
        if path.is_file():
            return path
    raise InputError("the shipped rules.yaml is not there; name one with --rules FILE")
