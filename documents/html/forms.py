"""What waits behind forms and scripts: lists chosen from a select, postbacks, clicks that lead to no address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlencode

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
_MOST_GROUPS = 4
"""Questions of boxes up to which a form chooses what is shown; one with more is a questionnaire."""
_BESIDE = 5
"""Nodes behind a box that may be its words."""
_BOXES = frozenset({"radio", "checkbox"})
_YEARS = re.compile(r"(?<!\d)(?:25\d\d|20\d\d|[๐-๙]{4})(?!\d)")
_NUMBERED = re.compile(rf"{_YEARS.pattern}|\bO\s?\d|(?<!\d)\d{{1,2}}\.\d", re.I)
"""A year or a number of the list: what a poll's answers have not."""
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
    yield from _lists(form)
    yield from _boxes(form)


def _lists(form: Tag) -> Iterator[Choice]:
    every = form.find_all("select", limit=10)
    selects = [each for each in every if 1 < len(each.find_all("option", limit=_MOST_OPTIONS + 1)) <= _MOST_OPTIONS]
    typed = any(str(i.get("type") or "text").lower() in _TYPED for i in form.find_all("input", limit=200))
    typed = typed or form.find("textarea") is not None
    method = str(form.get("method") or "get").lower()
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
                yield Choice(_asked(form, select, value), label, "form-get")
            elif method == "post" and not option.has_attr("selected"):
                yield Choice("", label, "form-post")


def _boxes(form: Tag) -> Iterator[Choice]:
    """What can be chosen with boxes. Answers to a question that are sent with POST are a poll's, unless they have
    years or numbers of the list; what is asked for with GET changes nothing."""
    groups: dict[str, list[Tag]] = {}
    typed = form.find("textarea") is not None
    for control in form.find_all("input", limit=200):
        kind = str(control.get("type") or "text").lower()
        if kind in _BOXES:
            groups.setdefault(str(control.get("name") or ""), []).append(control)
        typed = typed or kind in _TYPED - _BOXES
    if not 0 < len(groups) <= _MOST_GROUPS:
        return
    method = str(form.get("method") or "get").lower()
    for name, boxes in groups.items():
        labels = [_label_of(box, form) for box in boxes]
        numbered = any(_NUMBERED.search(label) for label in labels)
        if not name or len(boxes) > _MOST_OPTIONS or not any(_sends(box, form) for box in boxes):
            continue
        if not numbered and (typed or method == "post"):
            continue
        for box, label in zip(boxes, labels, strict=True):
            if box.has_attr(OPENED):
                continue
            if method == "get":
                yield Choice(_asked(form, box, _box_value(box)), label, "form-get")
            elif method == "post" and not box.has_attr("checked"):
                yield Choice("", label, "form-post")


def _label_of(box: Tag, form: Tag) -> str:
    """The words beside a box: of the label around it or for it, else what follows it."""
    label = box.find_parent("label")
    if label is None and box.get("id"):
        label = form.find("label", attrs={"for": str(box["id"])})
    if label is not None:
        return " ".join(label.get_text(" ").split())
    words: list[str] = []
    for node in islice(box.next_siblings, _BESIDE):
        if isinstance(node, Tag) and (node.name in ("input", "br", "button") or node.find("input") is not None):
            break
        words.append(node.get_text(" "))
    return " ".join(" ".join(words).split()) or _box_value(box)


def needs_click(tag: Tag, *, ran: bool) -> str:
    """How an element without an address leads on: `form-post` for a postback, `script` for a call of a script of the
    page; empty where it leads nowhere. `ran` for a page that was in the browser, where what was clicked is marked."""
    if ran and tag.has_attr(OPENED):
        return ""
    if tag.name == "input" and _is_choice_of_get(tag):
        return ""
    href = unquote(str(tag.get("href") or "")).strip()
    script = href[11:] if href[:11].lower() == "javascript:" else ""
    script = f"{tag.get('onclick') or ''};{script}"
    if _POSTBACK.search(script):
        return "form-post"
    if _form_of_button(tag) is not None and _method_of(tag) == "post":
        return "form-post"
    if _holds_target(href, ran=ran):
        return "script"
    if ran and tag.has_attr(LEFT):
        return "script"
    rest = ";".join(part for part in script.split(";") if part.strip() and not _BUILT_IN.fullmatch(part.strip()))
    return "script" if _CALL.search(rest) else ""


def _holds_target(href: str, *, ran: bool) -> bool:
    """Whether an address holds itself what it opens, or a script of the page, which `ran`, holds it."""
    scheme, _, rest = href.partition(":")
    return (scheme.lower() == "data" and bool(rest.partition(",")[2])) or (ran and scheme.lower() == "blob")


def _is_choice_of_get(tag: Tag) -> bool:
    """Whether a field is a box of a GET form: each choice has an address."""
    form = tag.find_parent("form") if str(tag.get("type") or "").lower() in _BOXES and tag.get("name") else None
    return form is not None and str(form.get("method") or "get").lower() == "get"


def is_sending(tag: Tag) -> bool:
    """Whether an element may be the button that sends a form."""
    if tag.name not in ("button", "input"):
        return False
    return str(tag.get("type") or ("submit" if tag.name == "button" else "")).lower() in ("submit", "image")


def sent_address(tag: Tag) -> str:
    """The address that a button of a GET form asks for, if nothing is typed or chosen in the form; else empty."""
    form = _form_of_button(tag)
    if form is None or _method_of(tag) != "get":
        return ""
    named = str(tag.get("name") or "")
    action = str(tag.get("formaction") or form.get("action") or "")
    fields = _defaults(form) | ({named: str(tag.get("value") or "")} if named else {})
    return _with_query(action, fields) if fields else action


def _form_of_button(tag: Tag) -> Tag | None:
    """The form that a button sends, if it is a button and nothing more: "download" beside a document's name. A button
    with an address of its own goes there whatever its form is for."""
    form = _owner(tag) if is_sending(tag) else None
    return form if form is not None and (tag.has_attr("formaction") or is_bare(form)) else None


def _owner(button: Tag) -> Tag | None:
    """The form of a button: the one that it names, else the one that it stands in."""
    if not button.has_attr("form"):
        return button.find_parent("form")
    root = next(reversed(list(button.parents)))
    named = root.find("form", id=str(button["form"]))
    return named if isinstance(named, Tag) else None


def _method_of(button: Tag) -> str:
    form = _owner(button)
    written = button.get("formmethod") or (form.get("method") if form is not None else "")
    return str(written or "get").lower()


def is_bare(form: Tag) -> bool:
    """Whether a form has nothing to type or to choose: it is a link that looks like a button."""
    if form.find(["select", "textarea"]) is not None:
        return False
    controls = form.find_all("input", limit=_FEW_CONTROLS + 1)
    kinds = {str(control.get("type") or "text").lower() for control in controls}
    return len(controls) <= _FEW_CONTROLS and kinds <= {"hidden", "submit", "image"}


def only_closes(form: Tag) -> bool:
    """Whether a form asks for nothing: its buttons close the box that it stands in, and are taken out of it."""
    if str(form.get("method") or "").lower() != "dialog":
        return False
    for button in form.find_all(["button", "input"], limit=_FEW_CONTROLS):
        if is_sending(button):
            button.clear()
            button.attrs = {"type": "hidden"}
    return True


def _sends(control: Tag, form: Tag) -> bool:
    """Whether choosing sends the form: at once, or with its button."""
    return _at_once(control) or _sender(form) is not None


def _at_once(control: Tag) -> bool:
    return bool(control.get("onchange") or (control.name == "input" and control.get("onclick")))


def _sender(form: Tag) -> Tag | None:
    """The first button that sends a form."""
    return next((button for button in form.find_all(["button", "input"], limit=200) if is_sending(button)), None)


def _asked(form: Tag, chosen: Tag, value: str) -> str:
    """The address that a GET form asks for with one thing chosen, as a browser sends it: with its button's own name
    and value, where a button sends it."""
    name = str(chosen.get("name") or "")
    button = None if _at_once(chosen) else _sender(form)
    fields = _defaults(form, name) | {name: value}
    if button is not None and button.get("name") and str(button.get("type") or "").lower() != "image":
        fields.setdefault(str(button["name"]), str(button.get("value") or ""))
    return _with_query(str(form.get("action") or ""), fields)


def _defaults(form: Tag, chosen: str = "") -> dict[str, str]:
    """What a form sends if nothing is chosen, in its order; with a place for what is chosen."""
    found: dict[str, str] = {}
    for control in form.find_all(["input", "select"], limit=100):
        name = str(control.get("name") or "")
        kind = str(control.get("type") or "text").lower()
        if name and name == chosen:
            found[name] = ""
            continue
        if control.name == "input" and kind in _BOXES and name and control.has_attr("checked"):
            found[name] = _box_value(control)
            continue
        if not name or (control.name == "input" and kind not in ("hidden", "text", "search")):
            continue
        if control.name == "select":
            options = control.find_all("option", limit=_MOST_OPTIONS)
            shown = next((o for o in options if o.has_attr("selected")), options[0] if options else None)
            found[name] = _value(shown) if shown is not None else ""
        else:
            found[name] = str(control.get("value") or "")
    return found


def _box_value(box: Tag) -> str:
    given = box.get("value")
    return str(given) if given is not None else "on"


def _value(option: Tag) -> str:
    given = option.get("value")
    return str(given).strip() if given is not None else " ".join(option.get_text(" ").split())


def _with_query(action: str, fields: dict[str, str]) -> str:
    """The address that a GET form asks: its fields take the place of the query of its action."""
    return f"{re.split('[?#]', action, maxsplit=1)[0]}?{urlencode(fields)}"
