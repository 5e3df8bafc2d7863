"""Where the files lie that come with the program, from a clone or from an installed package."""

from __future__ import annotations

import site
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from core.errors import InputError

_CLONE = Path(__file__).resolve().parent.parent


def own_cases() -> Path:
    """The folder of the project's own cases. Raises InputError in an installation, which has no tests."""
    folder = _CLONE / "tests" / "cases"
    if not folder.is_dir():
        raise InputError("there are no cases beside the installed program; name a folder of cases")
    return folder


def shipped_rules() -> Path:
    """The rules.yaml that came with the program. Raises InputError if it is gone."""
    for path in (_CLONE / "rules.yaml", *(folder / "share" / "oit" / "rules.yaml" for folder in _prefixes())):
        if path.is_file():
            return path
    raise InputError("the shipped rules.yaml is not there; name one with --rules FILE")


def _prefixes() -> Iterator[Path]:
    """Where an installation may lie: pip's --target folder, beside the packages; the environment; a user's own."""
    yield _CLONE
    yield Path(sysconfig.get_path("data"))
    yield Path(site.getuserbase())
