"""The style sheet, and the reports as files."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

from oit.web.site import may_see, require_province, site
from reports.agency_html import style as report_style

pages = Blueprint("files", __name__)
_KINDS = frozenset({".html", ".json", ".xlsx", ".docx", ".pdf", ".png", ".csv", ".xml", ".yaml"})
_STYLED = 16 << 20
"""A report is some 200 KB, with pictures in it some MB."""


@lru_cache(maxsize=1)
def _style() -> bytes:
    own = Path(__file__).with_name("templates").joinpath("web.css").read_text("utf-8")
    return f"{report_style()}\n{own}".encode()


@pages.get("/style.css")
def style() -> Response:
    """The style of the reports and what the pages need beside it."""
    response = Response(_style(), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@pages.get("/grid.js")
def grid() -> Response:
    """The one script: arrow keys in the matrix."""
    response = Response(_script(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@lru_cache(maxsize=1)
def _script() -> bytes:
    return Path(__file__).with_name("templates").joinpath("grid.js").read_bytes()


@pages.get("/reports/<int:year>/<path:name>")
def report(year: int, name: str) -> Response:
    """A file of the reports' folder."""
    path = report_file(year, name)
    if path is None:
        abort(404)
    parts = name.split("/")
    if len(parts) > 1:
        if not may_see(parts[0]):
            abort(403)
    else:
        require_province()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    shown = path.suffix in (".html", ".png", ".pdf", ".json")
    response = send_file(path, mimetype=kind, as_attachment=not shown, conditional=True)
    if path.suffix == ".html":
        response.headers["Content-Security-Policy"] = _report_policy(path)
    elif path.suffix == ".pdf":
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    return response


def report_file(year: int, name: str) -> Path | None:
    """Return a file of the reports' folder; None if there is none that may be given out."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    root = site().options.settings.out.resolve() / str(year)
    path = root.joinpath(*parts).resolve()
    fine = path.suffix in _KINDS and path.is_relative_to(root) and path.is_file()
    return path if fine else None


def _report_policy(path: Path) -> str:
    return report_policy(path.read_text("utf-8", "replace") if path.stat().st_size <= _STYLED else "")


def report_policy(text: str) -> str:
    """The policy of a report, which carries its style in itself: that one style and nothing else."""
    sources = []
    begin, end = text.find("<style>"), text.find("</style>")
    if 0 <= begin < end:
        digest = hashlib.sha256(text[begin + len("<style>") : end].encode()).digest()
        sources.append(f"'sha256-{base64.b64encode(digest).decode()}'")
    return (
        f"default-src 'none'; style-src {' '.join(sources) or repr('none')}; img-src 'self' data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
