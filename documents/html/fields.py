"""The text of running elements, and what the fields of a page's forms say: boxes, what was written into a field.

A form may show what is found for somebody's words: a list may stand behind it, which no crawl can ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bs4.element import Comment, NavigableString, PageElement, Tag

from core.thai.normalize import is_thai
from documents.html.forms import is_sending
from documents.html.tree import PageTree
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
_SOUGHT = frozenset({"", "text", "search", "number", "month", "date"})
"""Types of fields for words that are looked for."""
_PERSONAL = frozenset({"password", "email", "tel", "file", "url"})
"""Types of fields of forms that are sent to somebody."""
_MOST_SOUGHT = 8
"""Fields for words, above which a form is to be filled in."""
_MOST_FIELDS = 300
_AROUND_FIELD, _NEAR = 3, 300
"""How far from a field without a form its button may be, and the letters of what holds both."""


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


def asked_fields(form: Tag) -> str:
    """The names of a form's fields, with how it is sent, if it looks for what is written into it; empty for one that is
    sent to somebody or asks for nothing."""
    fields = form.find_all("input", limit=_MOST_FIELDS)
    kinds = [_type_of(field) for field in fields]
    words = [
        field for field, kind in zip(fields, kinds, strict=True) if kind in _SOUGHT and not field.has_attr("readonly")
    ]
    if not 0 < len(words) <= _MOST_SOUGHT or not _PERSONAL.isdisjoint(kinds) or form.find("textarea") is not None:
        return ""
    if form.find(_sends) is None and len(words) > 1:
        return ""
    return f"{str(form.get('method') or 'get').lower()} {_names(words)}"


def loose_fields(tree: PageTree) -> Iterator[tuple[Tag, str]]:
    """Yield what holds a field for words and its button, without being a form, with the field's name."""
    for field in tree.tags_named("input"):
        if (
            _type_of(field) not in ("text", "search")
            or field.find_parent("form") is not None
            or field.has_attr("readonly")
        ):
            continue
        holder = _holder(field)
        if holder is not None:
            yield holder, f"script {_names([field])}"


def _holder(field: Tag) -> Tag | None:
    """What holds a field and its button and little else: an element around both, or the button beside the field."""
    beside = field.find_next_sibling()
    if isinstance(beside, Tag) and (_is_button(beside) or beside.find(_is_button) is not None):
        return beside
    holder = field.parent
    for _ in range(_AROUND_FIELD):
        if holder is None or len(holder.get_text(" ", strip=True)) > _NEAR:
            return None
        if holder.find(_is_button) is not None:
            return holder
        holder = holder.parent
    return None


def _type_of(field: Tag) -> str:
    return str(field.get("type") or "text").lower()


def _names(fields: list[Tag]) -> str:
    return " ".join(sorted(str(field.get("name") or field.get("id") or "") for field in fields))[:90]


def _sends(tag: Tag) -> bool:
    return is_sending(tag) or _is_button(tag)


def _is_button(tag: Tag) -> bool:
    return tag.name == "button" or (tag.name == "input" and _type_of(tag) in ("button", "submit", "image"))
