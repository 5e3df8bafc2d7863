"""Where the project's own files are, for tests at any depth."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FONT_FILE = PROJECT / "sample" / "fonts" / "ArundinaSans.ttf"
