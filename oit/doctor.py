"""What of the optional parts is present on this machine, and what is lost without it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class OptionalTool:
    """One optional part. `found` is what was found, empty if nothing; `lost` is what fails without it."""

    name: str
    found: str
    lost: str
    install: str


def examine(
    which: Callable[[str], str | None] = shutil.which, library: Callable[[str], str | None] = find_library
) -> tuple[OptionalTool, ...]:
    """Look for every optional part; nothing is installed or changed."""
    tesseract = which("tesseract") or ""
    thai = tesseract if tesseract and "tha" in _lines(tesseract, "--list-langs") else ""
    fonts = which("fc-list") or ""
    thai_fonts = _lines(fonts, ":lang=th", "family") if fonts else []
    return (
        OptionalTool("OCR (tesseract)", tesseract, "scanned pages and pictures stay unread: review", "tesseract-ocr"),
        OptionalTool("OCR, Thai data", thai, "Thai scans stay unread: review", "tesseract-ocr-tha"),
        OptionalTool(
            "browser (chromium)",
            _first(which, "chromium", "chromium-browser", "google-chrome"),
            "pages that only exist after scripts ran stay unread (unchecked); no reports as PDF",
            "chromium",
        ),
        OptionalTool(
            "pdftotext",
            which("pdftotext") or "",
            "no second opinion on broken PDF text layers",
            "poppler-utils",
        ),
        OptionalTool(
            "office converter (antiword)",
            which("antiword") or "",
            "Word 97-2003 files (.doc) stay unread: review",
            "antiword",
        ),
        OptionalTool(
            "RAR and 7z (libarchive)",
            library("archive") or "",
            "RAR and 7z archives stay unread: review",
            "libarchive13",
        ),
        OptionalTool(
            "Thai fonts",
            f"{len(thai_fonts)} families" if thai_fonts else "",
            "pictures of pages show boxes instead of Thai letters",
            "fonts-thai-tlwg",
        ),
    )


def _first(which: Callable[[str], str | None], *names: str) -> str:
    return next((path for name in names if (path := which(name))), "")


def _lines(program: str, *arguments: str) -> list[str]:
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return sorted({line.strip() for line in done.stdout.splitlines() if line.strip()})
