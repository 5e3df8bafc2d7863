"""oit: checks what Thai public agencies disclose on their main web sites."""

from core.version import __version__

__all__ = ["__version__"]
