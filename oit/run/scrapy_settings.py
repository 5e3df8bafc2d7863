"""Settings given with -s, checked before anything starts: known names, values of the kind that the default has."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import version
from types import ModuleType

from core.disk_cache import load_or_make
from core.errors import InputError, nearest

_YES_NO = frozenset({"0", "1", "true", "false"})
_AT_LEAST_ONE = ("CONCURRENT_", "OIT_WINDOW", "DOWNLOAD_TIMEOUT", "OIT_SECOND_TIMEOUT")
"""Settings, or beginnings of their names, whose zero would stop every crawl."""
_MAY_BE_NEGATIVE = ("DEPTH_PRIORITY", "RETRY_PRIORITY_ADJUST", "REDIRECT_PRIORITY_ADJUST")


def parse_scrapy(pairs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return Scrapy settings from NAME=VALUE texts. Raises InputError with a line per fault."""
    given = list(pairs)
    if not given:
        return ()
    known = _known_settings()
    faults: list[str] = []
    found: list[tuple[str, str]] = []
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            faults.append(f"-s must be NAME=VALUE with a Scrapy setting's name; got {pair!r}")
        elif name not in known:
            faults.append(f"-s {name}: there is no such setting{nearest(name, known)}")
        elif problem := _problem(name, value, known[name]):
            faults.append(f"-s {name}: {problem}; got {value!r}")
        found.append((name, value))
    if faults:
        raise InputError(faults)
    return tuple(found)


def _known_settings() -> Mapping[str, object]:
    from crawler import settings as ours  # loaded here: a command without -s needs none

    digest = sha256(f"{sys.version}\n{version('scrapy')}".encode()).hexdigest()
    return {**load_or_make("scrapy", digest, dict, _scrapy_defaults), **_values(ours)}


def _scrapy_defaults() -> dict[str, object]:
    # Loading Scrapy for its table of defaults takes as long as a small site on an unchanged night.
    from scrapy.settings import default_settings

    return _values(default_settings)


def _values(module: ModuleType) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name.isupper()}


def _problem(name: str, value: str, default: object) -> str:
    """Why a value is not of the kind that the setting has, empty if it is."""
    if isinstance(default, bool):
        return "" if value.lower() in _YES_NO else "must be true or false"
    if isinstance(default, int | float):
        return _number_problem(name, value, whole=isinstance(default, int) and not isinstance(default, bool))
    if isinstance(default, dict):
        try:
            return "" if isinstance(json.loads(value), dict) else "must be a JSON object"
        except ValueError:
            return "must be a JSON object"
    return ""


def _number_problem(name: str, value: str, *, whole: bool) -> str:
    least = 1 if name.startswith(_AT_LEAST_ONE) else 0
    kind = "whole number" if whole else "number"
    try:
        number = float(int(value)) if whole else float(value)
    except ValueError:
        # Scrapy's defaults of seconds are whole numbers, fractions of them are meant as well.
        if not (whole and _is_seconds(name)):
            return f"must be a {kind}"
        return _number_problem(name, value, whole=False)
    if not math.isfinite(number) or (number < least and name not in _MAY_BE_NEGATIVE):
        return f"must be a {kind} of at least {least}"
    return ""


def _is_seconds(name: str) -> bool:
    return name.endswith(("_DELAY", "_TIMEOUT", "_SECONDS"))
