"""What waits behind forms and scripts: lists chosen from a select, postbacks, clicks that lead to no address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from bs4.element import Tag

OPENED = "data-oit-opened"
"""Attribute of what was clicked in the browser: what it opens is in the page."""
LEFT = "data-oit-left"
"""Attribute of what the browser had no time to click."""
LEADS = "data-oit-leads"
"""Attribute of what was clicked with the address that its script went to."""
STATE = "data-oit-state"
"""Attribute of what was clicked with the number of the further page that it gave, which has no address."""
STATE_FRAGMENT = "!oit-"
"""What such a page's address is made up of, behind `#`."""
_MOST_OPTIONS = 60
_MOST_CHOICES = 120
"""Addresses of one form; a form with more is a search."""
_FEW_CONTROLS = 12
"""Fields, all of them hidden, up to which a form is a button that leads somewhere."""
_NO_CHOICE = frozenset({"", "-", "0", "#", "-1"})
_TYPED = frozenset({"text", "search", "password", "email", "tel", "number", "date", "url", "file", "checkbox", "radio"})
_YEARS = re.compile(r"(?<!\d)(?:25\d\d|20\d\d|[๐-๙]{4})(?!\d)")
_POSTBACK = re.compile(r"__doPostBack\s*\(|WebForm_DoPostBack", re.I)
_CALL = re.compile(r"[\w$\])]\s*\(|location|\.submit\b|=")
_BUILT_IN = re.compile(
    r"(?:return(?:\s+(?:false|true))?|void\s*+\(?\s*+\d?\s*+\)?|(?:window\.|self\.|top\.|parent\.)?(?:close|print|focus|stop)\s*\(\s*\)"
    r"|(?:window\.)?(?:history\.(?:back|forward|go)|scroll(?:To|By)?|alert|confirm)\s*\([^()]*\)"
    r"|event\.\w+\s*\(\s*\)|this\.blur\s*\(\s*\)"
    r"|(?:window\.|self\.|document\.)?location(?:\.href)?\s*=\s*(?:'#?'|\"#?\")|window\.open\s*\(\s*(?:'#?'|\"#?\")\s*\))[\s;]*",
    re.I,
)
"""What browsers do themselves and what leads to nothing new."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: an address (`target`), or empty where it takes a click or a POST; `via` as in Link."""

    target: str
    label: str
    via: str


def form_choices(form: Tag) -> Iterator[Choice]:
    """What a visitor can choose from a form's lists: addresses of a GET form, what is left unopened of a POST form.

    Nothing for forms that want something typed, unless their lists are of years: a search is no part of a site."""
    every = form.find_all("select", limit=10)
    selects = [each for each in every if 1 < len(each.find_all("option", limit=_MOST_OPTIONS + 1)) <= _MOST_OPTIONS]
    typed = any(str(i.get("type") or "text").lower() in _TYPED for i in form.find_all("input", limit=200))
    typed = typed or form.find("textarea") is not None
    fields = _defaults(form)
    method = str(form.get("method") or "get").lower()
    action = str(form.get("action") or "")
    given = 0
    for select in selects:
        sends = _sends(select, form)
        name = str(select.get("name") or "")
        if not sends or (typed and not select.get("onchange") and not _YEARS.search(select.get_text(" ")[:4000])):
            continue
        for option in select.find_all("option", limit=_MOST_OPTIONS):
            value = _value(option)
            if value in _NO_CHOICE or given >= _MOST_CHOICES or select.has_attr(OPENED):
                continue
            given += 1
            label = " ".join(option.get_text(" ").split())
            if method == "get" and name:
                yield Choice(_with_query(action, {**fields, name: value}), label, "form-get")
            elif method == "post" and not option.has_attr("selected"):
                yield Choice("", label, "form-post")


def needs_click(tag: Tag, *, ran: bool) -> str:
    """How an element without an address leads on: `form-post` for a postback, `script` for a call of a script of the
    page; empty where it leads nowhere. `ran` for a page that was in the browser, where what was clicked is marked."""
    if ran and tag.has_attr(OPENED):
        return ""
    href = unquote(str(tag.get("href") or "")).strip()
    script = href[11:] if href[:11].lower() == "javascript:" else ""
    script = f"{tag.get('onclick') or ''};{script}"
    if _POSTBACK.search(script):
        return "form-post"
    form = _form_of_button(tag)
    if form is not None and str(form.get("method") or "").lower() == "post":
        return "form-post"
    if ran and tag.has_attr(LEFT):
        return "script"
    rest = ";".join(part for part in script.split(";") if part.strip() and not _BUILT_IN.fullmatch(part.strip()))
    return "script" if _CALL.search(rest) else ""


def is_sending(tag: Tag) -> bool:
    """Whether an element may be the button that sends a form."""
    if tag.name not in ("button", "input"):
        return False
    return str(tag.get("type") or ("submit" if tag.name == "button" else "")).lower() in ("submit", "image")


def sent_address(tag: Tag) -> str:
    """The address that a button of a GET form asks for, if nothing is typed or chosen in the form; else empty."""
    form = _form_of_button(tag)
    if form is None or str(form.get("method") or "get").lower() != "get":
        return ""
    named = str(tag.get("name") or "")
    fields = _defaults(form) | ({named: str(tag.get("value") or "")} if named else {})
    return _with_query(str(form.get("action") or ""), fields) if fields else str(form.get("action") or "")


def _form_of_button(tag: Tag) -> Tag | None:
    """The form that a button sends, if it is a button and nothing more: "download" beside a document's name."""
    if not is_sending(tag):
        return None
    form = tag.find_parent("form")
    return form if form is not None and is_bare(form) else None


def is_bare(form: Tag) -> bool:
    """Whether a form has nothing to type or to choose: it is a link that looks like a button."""
    if form.find(["select", "textarea"]) is not None:
        return False
    controls = form.find_all("input", limit=_FEW_CONTROLS + 1)
    kinds = {str(control.get("type") or "text").lower() for control in controls}
    return len(controls) <= _FEW_CONTROLS and kinds <= {"hidden", "submit", "image"}


def _sends(select: Tag, form: Tag) -> bool:
    """Whether choosing sends the form: at once, or with its button."""
    if select.get("onchange"):
        return True
    return any(
        str(b.get("type") or ("submit" if b.name == "button" else "")).lower() in ("submit", "image")
        for b in form.find_all(["button", "input"], limit=200)
    )


def _defaults(form: Tag) -> dict[str, str]:
    """What a form sends if nothing is chosen."""
    found = {}
    for control in form.find_all(["input", "select"], limit=100):
        name = str(control.get("name") or "")
        kind = str(control.get("type") or "text").lower()
        if not name or (control.name == "input" and kind not in ("hidden", "text", "search")):
            continue
        if control.name == "select":
            options = control.find_all("option", limit=_MOST_OPTIONS)
            chosen = next((o for o in options if o.has_attr("selected")), options[0] if options else None)
            found[name] = _value(chosen) if chosen is not None else ""
        else:
            found[name] = str(control.get("value") or "")
    return found


def _value(option: Tag) -> str:
    given = option.get("value")
    return str(given).strip() if given is not None else " ".join(option.get_text(" ").split())


def _with_query(action: str, fields: dict[str, str]) -> str:
    """The address that a GET form asks: its fields take the place of the query of its action."""
    parts = urlsplit(action)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(fields), ""))
