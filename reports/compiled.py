"""Templates whose code is kept on this machine: translating those of the reports takes as long as filling them in."""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import Environment

from core.disk_cache import load_or_make


class KeepingEnvironment(Environment):
    """Jinja's environment; what a template was made into is kept by its text, by this program's own files and by the
    versions of Jinja and Python."""

    program: str = ""
    """What stands for the options and filters of the environment."""

    def compile(
        self,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """Return the code of a template."""
        make = partial(super().compile, source, name, filename, raw, defer_init)
        if raw or name is None or not isinstance(source, str):
            return make()
        said = (source, name, filename, defer_init, self.program, jinja2.__version__, sys.version)
        digest = hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()
        kind = f"template-{Path(name).name}"
        code: CodeType = marshal.loads(load_or_make(kind, digest, bytes, lambda: marshal.dumps(make())))  # noqa: S302 - our own
        return code
