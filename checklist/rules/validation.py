"""Parts of the tree as typed values; what pydantic finds becomes faults with a place and a valid name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.errors import nearest
from core.marked_yaml import Mark, Tree, TreeReader

_ITEM_ID = r"^(?:O|[A-Z]{2,8})[1-9][0-9]?$"
_Model = TypeVar("_Model", bound=BaseModel)
_EXTRA = {"Element": ("use",), "Item": ("use", "without", "keep", "confidence"), "Edition": ("due", "founded")}
_BUDDHIST_FROM = 2400
_SET_BY_PLACE = {
    "Element": ("id",), "Item": ("id",), "Edition": ("year", "scheme"),
    "AgencyKind": ("id",), "Scheme": ("id",), "WordNote": ("id",),
}  # fmt: skip


def build(reader: TreeReader, model: type[_Model], tree: Tree, given: Mapping[str, object], key: Mark) -> _Model | None:
    """`tree` as a `model`, with `given` fields set beside it; None after noting every fault. `key` is the
    place of the key that names it."""
    if not isinstance(tree.value, dict):
        if tree.mark not in reader.unreadable:
            reader.fault(tree.mark, f"a mapping is needed here, got {tree.plain()!r:.60}")
        return None
    data = {name: below.plain() for name, below in tree.value.items() if name not in given}
    for name in given:
        if name in _SET_BY_PLACE.get(model.__name__, ()) and name in tree.value:
            reader.fault(tree.key_mark(name), f"`{name}` is the key itself and is not written again")
    try:
        return model.model_validate({**data, **given})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if tree.at(tuple(detail["loc"])).mark not in reader.unreadable:
                _note(reader, model, tree, detail, key, given)
        return None


def day(reader: TreeReader, tree: Tree | None, edition: int | None = None) -> date | None:
    """An ISO date in the tree; None, and a fault if something else stands there. With a Buddhist-era fiscal year
    also a fault if the day is far from it."""
    if tree is None:
        return None
    try:
        found = date.fromisoformat(tree.text)
    except ValueError:
        reader.fault(tree.mark, f"must be a day such as 2022-04-30; got {tree.plain()!r:.40}")
        return None
    if found.year >= _BUDDHIST_FROM:
        meant = tree.text.replace(str(found.year), str(found.year - 543))
        reader.fault(tree.mark, f"must be a day of the Christian era; got {tree.text!r}, did you mean {meant!r}?")
        return None
    if edition is not None and abs(found.year + 543 - edition) > 1:
        message = f"{tree.text} is not of fiscal year {edition} ({edition - 543}); left from another edition?"
        reader.fault(tree.mark, message)
    return found


def _note(
    reader: TreeReader,
    model: type[BaseModel],
    tree: Tree,
    detail: ErrorDetails,
    key: Mark,
    given: Mapping[str, object],
) -> None:
    path = tuple(detail["loc"])
    if path and path[0] in given:
        reader.fault(key, f"{path[0]} {given[str(path[0])]!r:.40}: {_message(detail)}")
        return
    last = path[-1] if path else ""
    if detail["type"] == "extra_forbidden":
        holder = _model_at(model, path[:-1])
        skipped = _SET_BY_PLACE.get(holder.__name__, ())
        known = {*holder.model_fields, *_EXTRA.get(holder.__name__, ())} - set(skipped)
        mark = tree.at(path[:-1]).key_mark(str(last))
        reader.fault(mark, f"unknown key {str(last)!r}{nearest(str(last), known)} (known: {', '.join(sorted(known))})")
    elif detail["type"] == "missing":
        holder_mark = key if len(path) == 1 else tree.at(path[:-1]).mark
        if last == "match":
            reader.fault(holder_mark, "element without a matcher: say with `match:` how it is found")
        else:
            reader.fault(holder_mark, f"`{last}` is missing")
    else:
        reader.fault(
            tree.at(path).mark,
            f"{last}: {_message(detail)}" if isinstance(last, str) and last else _message(detail),
        )


def _message(detail: ErrorDetails) -> str:
    value = detail["input"]
    context = detail.get("ctx", {})
    if detail["type"] == "string_type" and isinstance(value, int | float):
        return f"text is needed; put {value} in quotes"
    if detail["type"] in ("literal_error", "enum"):
        known = [word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        return f"{value!r} must be one of {', '.join(known)}{nearest(str(value), known)}"
    if detail["type"] == "tuple_type":
        return f"a list is needed, such as [{str(value)[:30]}]; got {value!r:.60}"
    if detail["type"] in ("int_parsing", "int_type", "float_parsing", "float_type"):
        return f"a number is needed; got {value!r:.60}"
    if detail["type"] in ("bool_parsing", "bool_type"):
        return f"true or false is needed; got {value!r:.60}"
    if detail["type"] == "string_type":
        return f"text is needed; got {value!r:.60}"
    if detail["type"] in ("model_type", "model_attributes_type", "dict_type"):
        return f"a mapping is needed here; got {value!r:.60}"
    if detail["type"] == "string_pattern_mismatch" and str(context.get("pattern")) == _ITEM_ID:
        number = re.sub(r"\D", "", str(value)).lstrip("0")
        hint = f", did you mean 'O{number}'?" if re.fullmatch(r"[Oo0]\s*0?[1-9]\d?", str(value)) else ""
        return f"an item's id is O (the letter) and a number, such as O12; got {value!r:.60}{hint}"
    if detail["type"] == "string_pattern_mismatch":
        return f"must be written like {context.get('pattern')}; got {value!r:.60}"
    return f"{detail['msg'].removeprefix('Value error, ')}; got {value!r:.60}"


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """The model that a path leads to from `model`."""
    found = model
    for step in path:
        field = found.model_fields.get(step) if isinstance(step, str) else None
        below = _inner(field.annotation) if field is not None else None
        found = below or found
    return found


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        below = _inner(argument)
        if below is not None:
            return below
    return None
