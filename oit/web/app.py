"""The application: who may ask, what every answer carries, and the pages in their modules."""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from core.errors import RunError, first_line
from oit.check_file import MAX_BYTES
from oit.web import agencies, api, calendar, check, decided, files, people, province, review
from oit.web.accounts import csrf_token, token_digest
from oit.web.site import Site, WebOptions, account, render, site

_log = logging.getLogger(__name__)
COOKIE = "oit"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_FORM_BYTES = 64 << 10
_UPLOAD_BYTES = MAX_BYTES + _FORM_BYTES
_OPEN = frozenset({"people.log_in", "people.log_in_now", "files.style", "files.grid"})
"""What somebody may ask for who has not logged in, where reading needs a login."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers then send `Origin: null` with a form of our own pages.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def make_app(options: WebOptions) -> Flask:
    """Return the application. Raises InputError for a list or rules with faults, RunError for a store that cannot be
    opened; the caller ends with `app.extensions["oit"].close()`."""
    app = Flask("oit.web", static_folder=None, template_folder=None)
    app.extensions["oit"] = Site(options)
    app.config["MAX_CONTENT_LENGTH"] = _FORM_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = _FORM_BYTES
    app.config["MAX_FORM_PARTS"] = 20
    app.before_request(_admit)
    app.after_request(_seal)
    for module in (province, calendar, decided, agencies, review, check, people, files, api):
        app.register_blueprint(module.pages)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(RunError, _broken)
    app.register_error_handler(Exception, _broken)
    return app


def _admit() -> AnyResponse | None:
    """Refuse whom the pages are not for, and find out who is asking."""
    g.token, g.known = "", False
    options = site().options
    # A page elsewhere may point its own name at 127.0.0.1 and read along in the user's browser.
    if options.hosts and (urlsplit(f"//{request.host}").hostname or "") not in options.hosts:
        abort(403)
    cookie = request.cookies.get(COOKIE, "")
    g.known = bool(_TOKEN.fullmatch(cookie))
    g.token = cookie if g.known else secrets.token_urlsafe(32)
    g.account = people.account_of_request(token_digest(g.token) if g.known else "")
    if request.endpoint == "check.hand_in":
        request.max_content_length = _UPLOAD_BYTES
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        _check_origin()
    if options.login_to_read and account() is None and request.endpoint not in _OPEN:
        if request.blueprint == "api":
            abort(401)
        return redirect(f"/login?next={quote(request.full_path.rstrip('?'), safe='')}", 303)
    return None


def _check_origin() -> None:
    """Refuse a form that is not of one of our pages in this session."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    given = request.form.get("csrf", "")
    if not g.known or not secrets.compare_digest(given.encode(), csrf_token(g.token).encode()):
        abort(400, "csrf")


def _seal(response: Response) -> Response:
    """What every answer carries."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store" if getattr(g, "account", None) else "no-cache")
    token = getattr(g, "token", "")
    if token and not g.known and getattr(g, "form", False):
        people.set_cookie(response, token)
    return response


def _failed(error: HTTPException) -> tuple[str, int] | AnyResponse:
    code = error.code or 500
    if isinstance(error.response, AnyResponse):
        return error.response
    if request.blueprint == "api":
        return api.failure(code)
    return _error_page(code, "csrf" if error.description == "csrf" else "")


def _broken(error: Exception) -> tuple[str, int] | AnyResponse:
    _log.error("%s %s: %s: %s", request.method, request.path, type(error).__name__, first_line(error), exc_info=error)
    code = 503 if isinstance(error, RunError) else 500
    return api.failure(code) if request.blueprint == "api" else _error_page(code)


def _error_page(code: int, cause: str = "") -> tuple[str, int]:
    words = site().messages
    key = f"error_{cause or code}"
    text = words.word("web", key) if words.knows("web", key) else words.word("web", "error_other")
    try:
        return render("error.html.j2", code=code, text=text), code
    except Exception:  # the page of the error must not fail with what made it
        _log.exception("the page of an error could not be made")
        return f"{code} {HTTPStatus(code).phrase}", code


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
