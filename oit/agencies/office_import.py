"""An agency list from the spreadsheet that an office has: the head is found, addresses are mended, ids proposed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from core.errors import InputError
from core.models.agency import Agency, AgencyList
from core.thai.normalize import key_text
from oit.agencies.office_sheet import OfficeSheet

_HEAD_ROWS = 40
_LONGER = 14
"""Letters that a head may have beyond the word that it is known by; a title of the table has more."""
_MAX_ID = 60
_CELL, _HEAD_CELL = 1000, 300
_LOOKED_BELOW = 200
# Possessive: a cell of dots and digits is looked through once, not once for each way to cut it.
_HOST = re.compile(
    r"(?i)(?<![a-z0-9-])((?:https?:/{0,2}\s*+)?+(?:www\.\s*+)?+[a-z0-9][a-z0-9-]*+(?:\.[a-z0-9-]++)++(?::\d++)?+(?:/[^\s,;<>]*+)?+)"
)
_ENDING = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_SCHEME = re.compile(r"(?i)^https?:/{0,2}\s*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EMAIL = re.compile(r"(?<![^@\s,;])[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_THAI_WORD = re.compile(r"[ก-๙]+")
_UNNAMED = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """Where the head stands: the sheet, its row and last row from 0, column by what it holds, columns not used."""

    sheet: OfficeSheet
    row: int
    last_row: int
    columns: Mapping[str, int]
    unused: tuple[str, ...] = ()
    named: bool = True
    """Whether the head says which column holds the addresses; else they were found by themselves."""

    @property
    def rank(self) -> tuple[bool, int]:
        """How clear it is."""
        return self.named, len(self.columns)

    def __str__(self) -> str:
        places = sorted(self.columns.items(), key=lambda found: found[1])
        shown = ", ".join(f"{name}: {_letter(column)}" for name, column in places)
        return f"the head was found in sheet {self.sheet.name!r}, row {self.last_row + 1} ({shown})"


@dataclass(frozen=True, slots=True)
class OfficeImport:
    """What a spreadsheet gave: the list, where its head was, what was not taken, and what somebody should look at."""

    agencies: AgencyList
    head: OfficeHead
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    """Id -> its row in the sheet, from 1."""


def import_sheets(
    file: str, sheets: Sequence[OfficeSheet], kinds: Mapping[str, str], kind: str = "provincial"
) -> OfficeImport:
    """Return the agencies of the sheet whose head is the clearest. `kinds` are ids of kinds with their titles, `kind`
    is that of rows that name none. Raises InputError if no head is found or no row has an address."""
    heads = [head for sheet in sheets if (head := find_head(sheet)) is not None]
    if not heads:
        raise InputError(
            f"{file}: no row names the columns: one must be the agency's name (ชื่อหน่วยงาน), one its web site (เว็บไซต์)"
        )
    head = max(heads, key=lambda found: found.rank)
    reader = _Rows(
        head, {key_text(title): name for name, title in kinds.items()} | {name: name for name in kinds}, kind
    )
    reader.read()
    if not reader.agencies:
        raise InputError(f"{file}: {head}, but no row below it has a name and a web address")
    province = _province(head)
    return OfficeImport(
        AgencyList(province, tuple(reader.agencies)),
        head,
        tuple(reader.left_out),
        tuple(reader.warnings()),
        reader.rows,
    )


def find_head(sheet: OfficeSheet) -> OfficeHead | None:
    """Return the row that names the most columns, the first of equals; None if none names both name and address."""
    addressed = _addressed(sheet)
    occupied = {row for row, _ in addressed}
    plain = [row for row in range(min(_HEAD_ROWS, len(sheet.rows))) if row not in occupied]
    pairs = [(row, row) for row in plain] + [(row, row + 1) for row in plain if row + 1 in plain]
    found = [head for row, last in pairs if (head := _head(sheet, row, last, addressed)) is not None]
    return max(found, key=lambda head: head.rank, default=None)


def _head(sheet: OfficeSheet, row: int, last: int, addressed: Collection[tuple[int, int]]) -> OfficeHead | None:
    words = _words()["columns"]
    columns: dict[str, int] = {}
    unused = []
    for column in range(max(len(sheet.rows[row]), len(sheet.rows[last]))):
        texts = [line[column] for line in sheet.rows[row : last + 1] if column < len(line) and line[column]]
        name = next((known for text in reversed(texts) if (known := _column(text, words))), "")
        if name and name not in columns:
            columns[name] = column
        elif texts:
            unused.append(texts[-1])
    if "name" not in columns:
        return None
    named = "url" in columns
    if not named:
        linked = _addressed_column(addressed, last)
        # Often the names themselves are the links to the sites.
        if linked is not None and (linked not in columns.values() or columns.get("name") == linked):
            columns["url"] = linked
    if "url" not in columns:
        return None
    return OfficeHead(sheet, row, last, columns, tuple(unused), named)


def _column(text: str, words: Mapping[str, Sequence[str]]) -> str:
    """What a head names: the longest known word that it is, or begins with; a whole sentence is no head."""
    key = key_text(text[:200])
    found = [
        (len(word), name)
        for name, known in words.items()
        for word in known
        if key.startswith(word) and len(key) <= len(word) + _LONGER
    ]
    return max(found, key=lambda each: each[0])[1] if found else ""


def _addressed(sheet: OfficeSheet) -> frozenset[tuple[int, int]]:
    """Rows and columns of the cells with an address, of the rows in which a head is looked for and some below."""
    return frozenset(
        (row, column)
        for row, line in enumerate(sheet.rows[: _HEAD_ROWS + _LOOKED_BELOW])
        for column, text in enumerate(line)
        if _address(text[:_HEAD_CELL], sheet.link(row, column))
    )


def _addressed_column(addressed: Collection[tuple[int, int]], head: int) -> int | None:
    """The column below a head in which most rows have an address."""
    counts = Counter(column for row, column in addressed if row > head)
    return min(counts, key=lambda column: (-counts[column], column)) if counts else None


def _province(head: OfficeHead) -> str:
    word = str(_words()["province"])
    for line in head.sheet.rows[: head.row]:
        for text in line:
            place = text.find(word)
            name = _THAI_WORD.match(text, place + len(word)) if place >= 0 else None
            if name is not None:
                return f"{word}{name[0]}"
    return ""


class _Rows:
    """Turns the rows below a head into agencies."""

    def __init__(self, head: OfficeHead, kinds: Mapping[str, str], kind: str) -> None:
        self._head = head
        self._kinds = kinds
        self._kind = kind
        self.agencies: list[Agency] = []
        self.left_out: list[str] = []
        self.rows: dict[str, int] = {}
        self._doubts: list[str] = []

    def read(self) -> None:
        """Read all rows."""
        sheet = self._head.sheet
        for row in range(self._head.last_row + 1, len(sheet.rows)):
            if any(sheet.rows[row]):
                self._one(row)

    def warnings(self) -> list[str]:
        """What somebody should look at: one site twice, kinds that are not known."""
        places: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            places.setdefault(_same_site(agency.url), []).append(agency)
        twice = [
            f"one site twice: {agencies[0].url} in rows {', '.join(str(self.rows[a.id]) for a in agencies)} "
            f"({', '.join(a.id for a in agencies)})"
            for agencies in places.values()
            if len(agencies) > 1
        ]
        return [*twice, *self._doubts]

    def _one(self, row: int) -> None:
        name, url = self._text(row, "name"), self._url(row)
        if not name and not url:
            return
        if not url:
            social = _address(self._text(row, "url"), self._link(row, "url"), social=True)
            why = f"{social} is no web site of its own" if social else "no web address"
            self.left_out.append(f"row {row + 1}: {name or '-'}: {why}")
            return
        if not name:
            self.left_out.append(f"row {row + 1}: {url}: no name")
            return
        own = self._text(row, "id").lower()
        known = own if _ID.fullmatch(own) and len(own) <= _MAX_ID and own not in self.rows else ""
        email = _EMAIL.search(self._text(row, "email"))
        agency = Agency(
            known or self._propose(url, row),
            name,
            url,
            self._kind_of(row),
            self._text(row, "responsible"),
            email[0] if email else "",
        )
        self.agencies.append(agency)
        self.rows[agency.id] = row + 1

    def _propose(self, url: str, row: int) -> str:
        base = propose_id(url) or f"agency-{row + 1}"
        number = 1
        proposed = base
        while proposed in self.rows:
            number += 1
            proposed = f"{base}-{number}"
        return proposed

    def _kind_of(self, row: int) -> str:
        text = self._text(row, "kind")
        if not text:
            return self._kind
        known = self._kinds.get(text.lower()) or self._kinds.get(key_text(text))
        if known is None:
            doubt = f"kind {text[:60]!r} is not known; {self._kind} is taken"
            if doubt not in self._doubts:
                self._doubts.append(doubt)
        return known or self._kind

    def _url(self, row: int) -> str:
        found = _address(self._text(row, "url"), self._link(row, "url"))
        if found:
            return found
        return _address("", self._link(row, "name"))

    def _text(self, row: int, name: str) -> str:
        column = self._head.columns.get(name)
        line = self._head.sheet.rows[row]
        return line[column] if column is not None and column < len(line) else ""

    def _link(self, row: int, name: str) -> str:
        column = self._head.columns.get(name)
        return self._head.sheet.link(row, column) if column is not None else ""


def _address(text: str, link: str = "", *, social: bool = False) -> str:
    """Return the first web address of a cell, of its text before the link behind it; empty if there is none. With
    `social` a page of a social network counts too."""
    for given in (text, link):
        plain = unicodedata.normalize("NFKC", given[:_CELL])
        for found in _HOST.finditer(plain):
            if plain[: found.start()].endswith("@") or plain[found.end() :].startswith("@"):
                continue
            address = _mended(found[1])
            if address and (social or not _is_social(address)):
                return address
    return ""


def _mended(text: str) -> str:
    """An address as a list has it: `www.a.go.th` gets its scheme, spaces and a lost sign are mended."""
    rest = _SCHEME.sub("", text)
    scheme = "https" if text.lower().startswith("https") else "http"
    host, _, path = rest.replace(" ", "").rstrip(".)").partition("/")
    try:
        parts = urlsplit(f"{scheme}://{host.lower()}/{path}")
        ending = (parts.hostname or "").rpartition(".")[2]
        fine = bool(_ENDING.fullmatch(ending)) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return parts.geturl() if fine else ""


def _is_social(url: str) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return any(host == name or host.endswith(f".{name}") for name in _words()["social"])


def _same_site(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


def propose_id(url: str) -> str:
    """Return an id made of an address: its host's own labels, and the first part of its path where it has one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    ending = next((e for e in _words()["endings"] if host.endswith(f".{e}")), "")
    labels = host.removesuffix(f".{ending}") if ending else host
    first = next((p for p in parts.path.split("/") if p and "." not in p), "")
    text = _UNNAMED.sub("-", f"{labels}-{first}".lower()).strip("-")
    return text[:_MAX_ID].strip("-")


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    text = Path(__file__).with_name("columns.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    found["columns"] = {name: [key_text(word) for word in words] for name, words in found["columns"].items()}
    return found
