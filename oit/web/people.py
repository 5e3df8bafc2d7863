"""Logging in and out, who is asking, and who did what."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, request
from werkzeug.wrappers import Response

from core.models.account import Account, Role
from oit.web.accounts import SESSION, token_digest
from oit.web.site import account, render, site

pages = Blueprint("people", __name__)
_NAME = 100
_PASSWORD = 1000
_COOKIE = "oit"


def account_of_request(digest: str) -> Account | None:
    """Who is asking: whom the reverse proxy names, or whose session has this digest."""
    state = site()
    options = state.options
    if options.header and request.remote_addr == options.proxy:
        found = state.store.accounts.find(request.headers.get(options.header, "")[:_NAME])
        if found is not None and found[0].disabled is None:
            return found[0]
    return state.store.accounts.session_account(digest, datetime.now(UTC)) if digest else None


def set_cookie(response: Response, token: str) -> None:
    """Give the browser a session's token."""
    response.set_cookie(
        _COOKIE,
        token,
        max_age=int(SESSION.total_seconds()),
        secure=site().options.secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )  # fmt: skip


@pages.get("/login")
def log_in() -> str:
    """The form."""
    return render("login.html.j2", wrong=False, wait=0, next=_next(request.args.get("next", "")))


@pages.post("/login")
def log_in_now() -> Response | tuple[str, int]:
    """Check the password."""
    state = site()
    name = request.form.get("name", "").strip()[:_NAME]
    target = _next(request.form.get("next", ""))
    result = state.login.log_in(name, request.form.get("password", "")[:_PASSWORD], request.remote_addr or "")
    if result.account is None:
        state.audit("login_refused", name, by=name)
        page = render("login.html.j2", wrong=True, wait=result.wait, next=target)
        return page, 429 if result.wait else 403
    state.audit("login", by=result.account.name)
    if g.known:
        state.store.accounts.close_session(token_digest(g.token))
    response = redirect(target, 303)
    # A new token for a new person: one that somebody planted before is worth nothing.
    g.known = True
    set_cookie(response, result.token)
    return response


@pages.post("/logout")
def log_out() -> Response:
    """End the session."""
    state = site()
    if account() is not None:
        state.audit("logout")
    state.store.accounts.close_session(token_digest(g.token))
    response = redirect("/", 303)
    response.delete_cookie(_COOKIE, path="/")
    return response


@pages.get("/log")
def log() -> str:
    """Who did what, for administrators."""
    asking = account()
    if asking is None or asking.role is not Role.ADMINISTRATOR:
        abort(403)
    return render("log.html.j2", entries=site().store.accounts.audit_entries())


def _next(target: str) -> str:
    """Where to go after the login: a page of ours, never another site."""
    local = target.startswith("/") and not target.startswith("//")
    plain = all(" " < letter <= "~" and letter != "\\" for letter in target)
    return target if local and plain and len(target) < _PASSWORD else "/"
