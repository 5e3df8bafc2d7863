"""oit: checks what Thai public agencies disclose on their main web sites."""

__version__ = "0.1.0"
