"""Rows of an agency list with the place of every cell, from YAML, CSV and XLSX alike."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml
from python_calamine import CalamineWorkbook

from core.errors import InputFault, first_line, nearest
from core.marked_yaml import LOADER
from documents.base import ReadLimits
from documents.office.sheets.bounded import bounded_workbook

LIST_COLUMNS = ("also", "declared")
_TOP = ("province", "settings", "agencies")
_SPLIT = re.compile(r"[\s;,]+")
_MAX_ROWS = 20_000
_MAX_DEPTH = 20
"""The deepest place of a list, an address among those of an agency, has four levels."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as text with its place; `items` if it is a list, `pairs` if it is a mapping."""

    text: str
    line: int
    column: int
    items: tuple[Cell, ...] | None = None
    pairs: Mapping[str, Cell] | None = None


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency as it stands in the file. `keys` are the places of the keys or column heads."""

    cells: Mapping[str, Cell]
    keys: Mapping[str, Cell]
    line: int
    column: int

    def get(self, name: str) -> Cell:
        """The cell of a column; an empty one at the row's place if there is none."""
        return self.cells.get(name) or Cell("", self.line, self.column)

    def pairs(self, name: str) -> Mapping[str, Cell]:
        """The mapping in a column, empty if there is none."""
        return self.get(name).pairs or {}


@dataclass(slots=True)
class AgencySheet:
    """What a file holds, before it is checked."""

    province: Cell | None = None
    settings: Mapping[str, Cell] = field(default_factory=dict)
    setting_keys: Mapping[str, Cell] = field(default_factory=dict)
    rows: list[AgencyRow] = field(default_factory=list)
    faults: list[InputFault] = field(default_factory=list)


# --------------------------------------------------------------------------- YAML


def read_yaml(file: str, body: bytes) -> AgencySheet:
    """Rows of agencies.yaml. Values are taken as they are written: `id: no` is the text "no"."""
    sheet = AgencySheet()
    try:
        text = body.decode("utf-8-sig")
        harm = _find_harm(file, text)
        if harm is not None:
            sheet.faults.append(harm)
            return sheet
        root = yaml.compose(text, Loader=LOADER)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        sheet.faults.append(InputFault(file, line, 1, "not UTF-8 text"))
        return sheet
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else _place_in(text, getattr(error, "position", 0))
        problem = getattr(error, "problem", None) or first_line(error)
        sheet.faults.append(InputFault(file, line, column, f"not YAML: {problem}"))
        return sheet
    if not isinstance(root, yaml.MappingNode):
        sheet.faults.append(InputFault(file, 1, 1, "an agency list has the keys province and agencies"))
        return sheet
    top = _mapping(file, root, sheet.faults)
    for name, (key, _) in top.items():
        if name not in _TOP:
            sheet.faults.append(InputFault(file, key.line, key.column, f"unknown key {name!r}{nearest(name, _TOP)}"))
    if "province" in top:
        sheet.province = _cell(file, top["province"][1], sheet.faults)
    _read_settings(file, top["settings"][1] if "settings" in top else None, sheet)
    node = top["agencies"][1] if "agencies" in top else None
    if not isinstance(node, yaml.SequenceNode):
        place = _place(node) if node is not None else (1, 1)
        sheet.faults.append(InputFault(file, *place, "agencies must be a list of agencies"))
        return sheet
    for entry in node.value:
        line, column = _place(entry)
        if not isinstance(entry, yaml.MappingNode):
            sheet.faults.append(InputFault(file, line, column, "an agency has the keys id, name and url"))
            continue
        found = _mapping(file, entry, sheet.faults)
        cells = {name: _cell(file, value, sheet.faults, name) for name, (_, value) in found.items()}
        sheet.rows.append(AgencyRow(cells, {name: key for name, (key, _) in found.items()}, line, column))
    return sheet


def _place_in(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - before.rfind("\n")


def _find_harm(file: str, text: str) -> InputFault | None:
    """The first that is made to harm: repetition, and nesting, each level of which slows down all that is in it."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = f"nested deeper than {_MAX_DEPTH} levels" if depth > _MAX_DEPTH else ""
        if getattr(event, "anchor", None):
            problem = "anchors (&, *) are not used here"
        mark = event.start_mark
        if problem and mark is not None:
            return InputFault(file, mark.line + 1, mark.column + 1, problem)
    return None


def _read_settings(file: str, node: yaml.Node | None, sheet: AgencySheet) -> None:
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        sheet.faults.append(InputFault(file, *_place(node), "settings must be keys with values"))
        return
    found = _mapping(file, node, sheet.faults)
    sheet.settings = {name: _cell(file, value, sheet.faults, name) for name, (_, value) in found.items()}
    sheet.setting_keys = {name: key for name, (key, _) in found.items()}


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _mapping(file: str, node: yaml.MappingNode, faults: list[InputFault]) -> dict[str, tuple[Cell, yaml.Node]]:
    found: dict[str, tuple[Cell, yaml.Node]] = {}
    for key, value in node.value:
        line, column = _place(key)
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            faults.append(InputFault(file, line, column, "a key must be a plain word"))
        elif name in found:
            faults.append(InputFault(file, line, column, f"key {name!r} stands twice"))
        else:
            found[name] = (Cell(name, line, column), value)
    return found


def _cell(file: str, node: yaml.Node, faults: list[InputFault], name: str = "") -> Cell:
    line, column = _place(node)
    if isinstance(node, yaml.ScalarNode):
        text = "" if node.tag == "tag:yaml.org,2002:null" else _trimmed(str(node.value), name)
        return _wide(Cell(text, line, column), name)
    if isinstance(node, yaml.SequenceNode) and name != "declared":
        return Cell("", line, column, items=tuple(_cell(file, entry, faults) for entry in node.value))
    if isinstance(node, yaml.MappingNode) and name == "declared":
        found = _mapping(file, node, faults)
        pairs = {item: _cell(file, value, faults) for item, (_, value) in found.items()}
        return Cell("", line, column, pairs=pairs)
    wanted = "a mapping of items to addresses" if name == "declared" else "a plain value"
    faults.append(InputFault(file, line, column, f"{name or 'this'} must be {wanted}"))
    return Cell("", line, column)


# --------------------------------------------------------------------------- tables


def read_csv(file: str, body: bytes) -> AgencySheet:
    """Rows of a CSV file: UTF-8, UTF-16 with its mark, or windows-874 as Thai Excel saves it; comma, semicolon or
    tab."""
    try:
        text = body.decode("utf-16" if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp874", errors="replace")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        table: list[tuple[int, list[str]]] = []
        start = 1
        for row in reader:
            table.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        return AgencySheet(faults=[InputFault(file, 1, 1, f"not CSV: {first_line(error)}")])
    return _table(file, table)


def read_xlsx(file: str, body: bytes) -> AgencySheet:
    """Rows of the first sheet of a workbook. Line and column of a fault are the cell's row and column."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(bounded_workbook(body, ReadLimits())))
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=_MAX_ROWS)
    except Exception as error:  # whatever a broken file makes of a library
        return AgencySheet(faults=[InputFault(file, 1, 1, f"not a readable workbook: {first_line(error)}")])
    return _table(file, [(n, [_plain(value) for value in row]) for n, row in enumerate(values, start=1)])


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _table(file: str, table: Iterable[tuple[int, list[str]]]) -> AgencySheet:
    """Rows under a head of column names. `declared` is `O12=https://...; O13=...` or columns `O12`, `O13`."""
    sheet = AgencySheet()
    lines = [(n, row) for n, row in table if any(value.strip() for value in row)]
    if not lines:
        return sheet
    first, head = lines[0]
    names = [value.strip().lower() for value in head]
    keys: dict[str, Cell] = {}
    items: dict[int, str] = {}
    for column, name in enumerate(names, start=1):
        item = re.fullmatch(r"(?:declared[. ])?o([1-9][0-9]?)", name)
        if item:
            items[column] = f"O{item[1]}"
        elif name and name in keys:
            sheet.faults.append(InputFault(file, first, column, f"column {name!r} stands twice"))
        elif name:
            keys[name] = Cell(name, first, column)
    province = keys.pop("province", None)
    for line, row in lines[1:]:
        titles = dict(enumerate(names, start=1))
        texts = {n: _trimmed(value, titles.get(n, "")) for n, value in enumerate(row, start=1)}
        cells = {name: _wide(Cell(texts.get(key.column, ""), line, key.column), name) for name, key in keys.items()}
        own = {item: Cell(texts[n], line, n) for n, item in items.items() if texts.get(n)}
        if own:
            declared = cells.get("declared") or Cell("", line, 1)
            cells["declared"] = Cell("", line, declared.column, pairs={**(declared.pairs or {}), **own})
        if province is not None and texts.get(province.column) and sheet.province is None:
            sheet.province = Cell(texts[province.column], line, province.column)
        sheet.rows.append(AgencyRow(cells, keys, line, 1))
    return sheet


def _trimmed(text: str, name: str) -> str:
    """A value without the spaces around it. An id names folders: a line end in it is a fault of who wrote the list."""
    return text.strip(" \t\u00a0") if name == "id" else text.strip()


def _wide(cell: Cell, name: str) -> Cell:
    """A cell of a table that holds several values."""
    parts = [part for part in _SPLIT.split(cell.text) if part] if name in LIST_COLUMNS else []
    if name == "also" and parts:
        return Cell(cell.text, cell.line, cell.column, items=tuple(Cell(p, cell.line, cell.column) for p in parts))
    if name == "declared" and parts:
        found = {}
        for part in parts:
            item, _, url = part.partition("=")
            found[item] = Cell(url, cell.line, cell.column)
        return Cell(cell.text, cell.line, cell.column, pairs=found)
    return cell
