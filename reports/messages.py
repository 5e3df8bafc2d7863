"""The Thai words of all reports, from messages.th.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from oit.model import Reason


@dataclass(frozen=True)
class Messages:
    """Words by group and key; an unknown key comes back as itself, never as an error."""

    groups: Mapping[str, Any]

    def word(self, group: str, key: str, **values: str) -> str:
        """One message with its values filled in."""
        found = self.groups.get(group, {})
        text = found.get(key, key) if isinstance(found, dict) else found
        if isinstance(text, dict):
            text = text.get("label", key)
        return _filled(str(text), values)

    def detail(self, group: str, key: str, name: str) -> str:
        """A field (mark, means) of a status."""
        found = self.groups.get(group, {}).get(key, {})
        return str(found.get(name, "")) if isinstance(found, dict) else ""

    def reason(self, reason: Reason) -> str:
        """A reason in Thai; outcomes, notes and the like among its values are told in Thai too."""
        values = {k: str(v) for k, v in reason.values.items()}
        for name in ("outcome", "note", "how", "stopped_by"):
            if name in values:
                values[name] = self.word(name, values[name])
        return self.word("reason", reason.code, **values)


class _Keep(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, values: Mapping[str, str]) -> str:
    return text.format_map(_Keep(values)) if "{" in text else text


@lru_cache(maxsize=1)
def thai() -> Messages:
    """The messages that are shipped."""
    text = Path(__file__).with_name("messages.th.yaml").read_text("utf-8")
    return Messages(yaml.load(text, Loader=yaml.CSafeLoader))
