"""Parts of the tree as typed values; what pydantic finds becomes faults with a place and a valid name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from checklist.rules.tree import Mark, Tree, TreeReader
from oit.faults import nearest

_Model = TypeVar("_Model", bound=BaseModel)
_EXTRA = {"Element": ("use",), "Item": ("use", "without", "keep", "confidence"), "Edition": ("due",)}
_SET_BY_PLACE = {"Element": ("id",), "Item": ("id",), "Edition": ("year",)}


def build(reader: TreeReader, model: type[_Model], tree: Tree, given: Mapping[str, object], key: Mark) -> _Model | None:
    """`tree` as a `model`, with `given` fields set beside it; None after noting every fault. `key` is the
    place of the key that names it."""
    if not isinstance(tree.value, dict):
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
            _note(reader, model, tree, detail, key, given)
        return None


def day(reader: TreeReader, tree: Tree | None) -> date | None:
    """An ISO date in the tree; None, and a fault if something else stands there."""
    if tree is None:
        return None
    try:
        return date.fromisoformat(tree.text)
    except ValueError:
        reader.fault(tree.mark, f"must be a day such as 2022-04-30; got {tree.plain()!r:.40}")
        return None


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
