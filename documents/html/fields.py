"""The text of running elements, and what the fields of a page's forms say: boxes, what was written into a field."""

from __future__ import annotations

from itertools import islice

from bs4.element import Comment, NavigableString, PageElement, Tag

from core.thai.normalize import is_thai
from documents.office.symbols import box

SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "head", "object", "canvas"})
_BOXES = frozenset({"checkbox", "radio"})
_WRITTEN = frozenset({"text", "number", "date", "month", "email", "tel", "url", ""})
_LONGEST = 5_000
_FIELDS = ["input", "textarea", "button"]
_UNSEEN = frozenset({"hidden", "password"})
_LINKS = 5
"""Links in a form from which it stands around a page."""
_SHORT, _AROUND = 1500, 200
"""Characters of a form, and around one of its fields."""
_LEVELS, _MOST = 6, 40


def is_box(tag: Tag) -> bool:
    """Whether an element is a box to tick."""
    return tag.name == "input" and str(tag.get("type") or "").lower() in _BOXES


def own_text(tag: Tag) -> str | None:
    """Return the text that an element shows without being that of its children; None if it has none such."""
    if tag.name == "br":
        return "\n"
    return box(ticked=tag.has_attr("checked")) if is_box(tag) else None


def text_of(node: PageElement) -> str:
    """The text that a citizen sees of a node; a line break is one."""
    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return str(node) if type(node) is NavigableString else ""
    if not isinstance(node, Tag) or node.name in SKIPPED:
        return ""
    piece = own_text(node)
    if piece is not None:
        return piece
    return "".join(text_of(child) for child in node.children)


def written(tag: Tag) -> str:
    """Return what was written into a field or chosen in it; empty for buttons, searches and lists that lead on."""
    if tag.name == "textarea":
        return tag.get_text()[:_LONGEST]
    if tag.name == "input":
        is_text = str(tag.get("type") or "").lower() in _WRITTEN
        return str(tag.get("value") or "")[:_LONGEST] if is_text and not _is_search(tag) else ""
    if tag.name == "select" and not tag.has_attr("onchange"):
        chosen = tag.find("option", selected=True)
        text = chosen.get_text(" ", strip=True) if isinstance(chosen, Tag) and chosen.get("value", "-") else ""
        # A list of years is a way to other years' pages.
        return text if any(is_thai(c) for c in text) else ""
    return ""


def form_words(tag: Tag) -> list[str] | None:
    """Return what a form says, and its fields' hints and buttons. Of one around a page, as ASP.NET has them, only what
    stands around its fields; None if that has none to fill in."""
    fields = [field for field in tag.find_all(_FIELDS) if str(field.get("type") or "").lower() not in _UNSEEN]
    around = len(tag.find_all("a", href=True, limit=_LINKS)) == _LINKS
    typed = [field for field in fields if field.name != "button" and _is_filled_in(str(field.get("type") or ""))]
    if around and not typed:
        return None
    words = [_near(field, tag) for field in typed[:_MOST]] if around else [tag.get_text(" ")[:_SHORT]]
    for field in fields:
        words += [str(field.get(name) or "") for name in ("placeholder", "aria-label")]
        if around and field.name == "button":
            words.append(field.get_text(" "))
        if field.get("type") in ("submit", "button"):
            words.append(str(field.get("value") or ""))
    return list(dict.fromkeys(words))


def _is_filled_in(kind: str) -> bool:
    return _is_typed(kind) or kind.lower() in _BOXES or kind.lower() == "file"


def _near(field: Tag, form: Tag) -> str:
    """What stands around a field: the words of the largest element around it that says no more than a line or two."""
    text = ""
    for parent in islice(field.parents, _LEVELS):
        said = parent.get_text(" ", strip=True)
        if parent is form or len(said) > _AROUND:
            break
        text = said
    return text


def _is_search(tag: Tag) -> bool:
    form = tag.find_parent("form")
    if form is None:
        return False
    return form.get("role") == "search" or len(form.find_all(["input", "textarea"], type=_is_typed, limit=2)) < 2


def _is_typed(kind: str | None) -> bool:
    return (kind or "").lower() in _WRITTEN
