"""Forms that show what somebody's words find: a list of documents may stand behind them, which no crawl can ask for."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from documents.html.forms import is_sending
from documents.html.tree import PageTree

_WORDS = frozenset({"", "text", "search", "number", "month", "date"})
"""Types of fields for words that are looked for."""
_PERSONAL = frozenset({"password", "email", "tel", "file", "url"})
"""Types of fields of forms that are sent to somebody."""
_MOST_WORDS = 8
"""Fields for words, above which a form is to be filled in."""
_MOST_FIELDS = 300
_LEVELS, _NEAR = 3, 300
"""How far from a field without a form its button may be, and the letters of what holds both."""


def asked_fields(form: Tag) -> str:
    """The names of a form's fields, with how it is sent, if it looks for what is written into it; empty for one that is
    sent to somebody or asks for nothing."""
    fields = form.find_all("input", limit=_MOST_FIELDS)
    kinds = [_kind(field) for field in fields]
    words = [
        field for field, kind in zip(fields, kinds, strict=True) if kind in _WORDS and not field.has_attr("readonly")
    ]
    if not 0 < len(words) <= _MOST_WORDS or not _PERSONAL.isdisjoint(kinds) or form.find("textarea") is not None:
        return ""
    if form.find(_sends) is None and len(words) > 1:
        return ""
    return f"{str(form.get('method') or 'get').lower()} {_names(words)}"


def loose_fields(tree: PageTree) -> Iterator[tuple[Tag, str]]:
    """Yield what holds a field for words and its button, without being a form, with the field's name."""
    for field in tree.tags_named("input"):
        if (
            _kind(field) not in ("text", "search")
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
    for _ in range(_LEVELS):
        if holder is None or len(holder.get_text(" ", strip=True)) > _NEAR:
            return None
        if holder.find(_is_button) is not None:
            return holder
        holder = holder.parent
    return None


def _kind(field: Tag) -> str:
    return str(field.get("type") or "text").lower()


def _names(fields: list[Tag]) -> str:
    return " ".join(sorted(str(field.get("name") or field.get("id") or "") for field in fields))[:90]


def _sends(tag: Tag) -> bool:
    return is_sending(tag) or _is_button(tag)


def _is_button(tag: Tag) -> bool:
    return tag.name == "button" or (tag.name == "input" and _kind(tag) in ("button", "submit", "image"))
