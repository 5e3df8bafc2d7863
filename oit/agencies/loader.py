"""The list of agencies: read from YAML, CSV or XLSX, checked whole, all errors reported together."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from core.atomic import write_atomic
from core.errors import InputError, InputFault, first_line, nearest
from core.input_files import read_input
from core.models.agency import Agency, AgencyList
from core.sanitize import safe_link
from oit.agencies.settings import check_settings
from oit.agencies.tables import LIST_COLUMNS, AgencyRow, Cell, read_csv, read_xlsx, read_yaml

COLUMNS = ("id", "name", "url", "kind", "responsible", "email", "also", "declared", "ignore_robots", "scheme")
_MAX_BYTES = 8 << 20
"""An agency list of a whole country has some 8,000 rows, well under 4 MiB."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_ID = 60
_MAX_FAULTS = 200
_MAX_HOST = 253
"""Letters of a host's name (RFC 1035)."""
_ITEM = re.compile(r"(?:O|[A-Z]{2,8})[1-9][0-9]?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
_READERS = {
    ".yaml": read_yaml, ".yml": read_yaml, ".csv": read_csv, ".xlsx": read_xlsx, ".xls": read_xlsx, ".ods": read_xlsx,
}  # fmt: skip


def load_agencies(path: Path, kinds: Collection[str] = (), schemes: Collection[str] | None = None) -> AgencyList:
    """The agencies of a list. With `kinds`, each agency's kind must be one of these; with `schemes`, its scheme.

    Raises InputError with a line per fault, each with file, line and column."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: an agency list is a .yaml, .csv, .xlsx, .xls or .ods file")
    try:
        body = read_input(path, _MAX_BYTES, "an agency list")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error
    check = _Check(str(path), kinds, schemes)
    sheet = reader(str(path), body)
    check.faults.extend(sheet.faults)
    agencies = [check.agency(row) for row in sheet.rows]
    settings = check_settings(str(path), sheet, check.faults)
    if not sheet.rows and not check.faults:
        check.fault(Cell("", 1, 1), "no agency in the list")
    if check.faults:
        raise InputError(_told(str(path), check.faults))
    return AgencyList(sheet.province.text if sheet.province else "", tuple(agencies), settings)


def _told(file: str, faults: Collection[InputFault]) -> list[str]:
    """A line per fault; of very many, which repeat, the first."""
    found = sorted(set(faults))
    lines = [str(fault) for fault in found[:_MAX_FAULTS]]
    return lines if len(found) <= _MAX_FAULTS else [*lines, f"{file}: {len(found) - _MAX_FAULTS} more faults"]


def write_agencies_yaml(path: Path, agencies: AgencyList) -> None:
    """Write a list in the form that `load_agencies` reads. Raises OSError."""
    rows: list[dict[str, object]] = []
    for agency in agencies.agencies:
        row: dict[str, object] = {
            "id": agency.id,
            "name": agency.name,
            "url": agency.url,
            "kind": agency.kind,
        }
        extra = {
            "responsible": agency.responsible,
            "email": agency.email,
            "also": list(agency.also),
            "declared": dict(agency.declared),
            "ignore_robots": agency.ignore_robots,
            "scheme": agency.scheme,
        }
        rows.append(row | {name: value for name, value in extra.items() if value})
    settings = {name: value for name, value in asdict(agencies.settings).items() if value}
    head: dict[str, object] = {"province": agencies.province} | ({"settings": settings} if settings else {})
    text = yaml.safe_dump(head | {"agencies": rows}, allow_unicode=True, sort_keys=False, width=120)
    write_atomic(path, text)


def example_list() -> str:
    """Return an agency list with a comment on every key, to be edited."""
    return Path(__file__).with_name("example.yaml").read_text("utf-8")


def choose(agencies: AgencyList, ids: Collection[str]) -> tuple[Agency, ...]:
    """Those agencies named by id, in the list's order; all of them if none is named. Raises InputError."""
    known = {agency.id for agency in agencies.agencies}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise InputError(f"no agency {name!r} in the list{nearest(name, known)}" for name in unknown)
    return tuple(agency for agency in agencies.agencies if not ids or agency.id in ids)


@dataclass
class _Check:
    """Turns rows into agencies and gathers what is wrong with them."""

    file: str
    kinds: Collection[str]
    schemes: Collection[str] | None
    faults: list[InputFault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def fault(self, cell: Cell, message: str) -> None:
        self.faults.append(InputFault(self.file, cell.line, cell.column, message))

    def agency(self, row: AgencyRow) -> Agency:
        for name, key in row.keys.items():
            if name not in COLUMNS:
                self.fault(key, f"unknown key {name!r}{nearest(name, COLUMNS)}")
        for name, cell in row.cells.items():
            if name in COLUMNS and cell.items is not None and name not in LIST_COLUMNS:
                self.fault(cell, f"{name} is one value, not a list")
        return Agency(
            id=self._id(row),
            name=self._needed(row, "name"),
            url=self._url(row.get("url"), "url") if self._needed(row, "url") else "",
            kind=self._kind(row),
            responsible=row.get("responsible").text,
            email=self._email(row.get("email")),
            also=tuple(self._url(cell, "also") for cell in row.get("also").items or ()),
            declared=self._declared(row.pairs("declared")),
            ignore_robots=self._flag(row.get("ignore_robots"), "ignore_robots"),
            scheme=self._scheme(row.get("scheme")),
        )

    def _needed(self, row: AgencyRow, name: str) -> str:
        cell = row.get(name)
        if not cell.text:
            self.fault(cell, f"{name} is missing")
        return cell.text

    def _id(self, row: AgencyRow) -> str:
        cell = row.get("id")
        text = self._needed(row, "id")
        if not text:
            return ""
        if not _ID.fullmatch(text) or len(text) > _MAX_ID:
            self.fault(
                cell,
                f"id {text[:80]!r} must be small letters a-z, digits and single hyphens, at most {_MAX_ID}",
            )
        elif text in self.seen:
            self.fault(cell, f"id {text!r} is already used in line {self.seen[text]}")
        self.seen.setdefault(text, cell.line)
        return text

    def _kind(self, row: AgencyRow) -> str:
        cell = row.get("kind")
        if cell.text and self.kinds and cell.text not in self.kinds:
            valid = ", ".join(sorted(self.kinds))
            self.fault(cell, f"unknown kind {cell.text!r}{nearest(cell.text, self.kinds)} (known: {valid})")
        return cell.text or "provincial"

    def _scheme(self, cell: Cell) -> str:
        if cell.text and self.schemes is not None and cell.text not in self.schemes:
            valid = ", ".join(sorted(self.schemes)) or "none"
            self.fault(cell, f"unknown scheme {cell.text!r}{nearest(cell.text, self.schemes)} (known: {valid})")
        return cell.text

    def _url(self, cell: Cell, name: str) -> str:
        try:
            parts = urlsplit(cell.text)
            ok = parts.scheme in ("http", "https") and 0 < len(parts.hostname or "") <= _MAX_HOST and parts.port != 0
            # Nothing invisible, nothing too long to be a link in a report, and no spaces.
            ok = ok and parts.username is None and bool(safe_link(cell.text))
        except ValueError:
            ok = False
        if not ok:
            self.fault(cell, f"{name} must be an http or https address; got {cell.text[:120]!r}")
            return cell.text
        # A home page is asked for as "/", and so it is written in every report.
        return cell.text if parts.path else f"{cell.text}/"

    def _email(self, cell: Cell) -> str:
        if cell.text and not _EMAIL.fullmatch(cell.text):
            self.fault(cell, f"email must be an address such as webmaster@example.go.th; got {cell.text[:120]!r}")
        return cell.text

    def _flag(self, cell: Cell, name: str) -> bool:
        if cell.text.lower() not in _YES:
            self.fault(cell, f"{name} must be true or false; got {cell.text[:40]!r}")
        return _YES.get(cell.text.lower(), False)

    def _declared(self, pairs: Mapping[str, Cell]) -> dict[str, str]:
        for item, cell in pairs.items():
            if not _ITEM.fullmatch(item):
                self.fault(cell, f"declared names items such as O12; got {item[:40]!r}")
        return {item: self._url(cell, f"declared {item}") for item, cell in pairs.items()}
