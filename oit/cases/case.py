"""One case of a folder: `case.yaml` beside a document or beside `www/`, read strictly, all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import InputError, first_line, nearest
from core.marked_yaml import Mark, Tree, TreeReader
from core.models.assessment import ElementStatus, ItemStatus

CASE_FILE = "case.yaml"
SITE_FOLDER = "www"
_KEYS = ("kind", "input", "agency", "edition", "as_of", "expect", "server", "why")
_ANSWER_KEYS = ("status", "elements")
_SERVED_KEYS = ("status", "location", "file", "type")
_ITEM_STATUSES = tuple(status.value for status in ItemStatus)
_ELEMENT_STATUSES = tuple(status.value for status in ElementStatus)


@dataclass(frozen=True, slots=True)
class Expected:
    """Right answers of one item: each set holds every status that is right. Elements not named are not judged."""

    item: str
    statuses: tuple[str, ...]
    elements: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `document` is the input file, None for a site, whose files lie in `folder`/www.

    `kind` groups cases in the figures; `agency` is the kind of agency that rules.yaml names; `server` says how the
    site's server answers some paths (`ServedSite.manner["paths"]`)."""

    folder: Path
    kind: str
    edition: int
    as_of: date
    expected: tuple[Expected, ...]
    why: str
    document: Path | None = None
    agency: str = "provincial"
    server: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.name


def find_cases(folder: Path) -> tuple[Case, ...]:
    """Read every case in or below a folder, in the order of their paths.

    Raises InputError with a line per fault of all of them, and if there is no case at all."""
    cases: list[Case] = []
    faults: list[str] = []
    for path in sorted(folder.rglob(CASE_FILE)):
        try:
            cases.append(read_case(path.parent))
        except InputError as error:
            faults.extend(error.lines)
    if faults:
        raise InputError(faults)
    if not cases:
        raise InputError(f"{folder}: no {CASE_FILE} in this folder or below it")
    return tuple(cases)


def read_case(folder: Path) -> Case:
    """Read one case. Raises InputError with a line per fault."""
    path = folder / CASE_FILE
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({first_line(error)})") from error
    reader = TreeReader(str(path), "a case is a mapping with kind, edition, as_of, expect and why")
    tree = reader.read(text)
    case = _CaseReader(reader, folder).case(tree) if tree is not None else None
    if reader.faults or case is None:
        raise InputError(str(fault) for fault in reader.faults)
    return case


class _CaseReader:
    """Turns the tree of one case.yaml into a case and notes what is wrong with it."""

    def __init__(self, reader: TreeReader, folder: Path) -> None:
        self._reader = reader
        self._folder = folder

    def case(self, tree: Tree) -> Case | None:
        self._known(tree, _KEYS)
        start = Mark(1, 1)
        edition = tree.entries.get("edition")
        year = edition.value if edition is not None else None
        if not isinstance(year, int) or isinstance(year, bool):
            self._fault(edition.mark if edition else start, "edition must be a Buddhist-era year such as 2566")
        day = tree.entries.get("as_of")
        try:
            as_of = date.fromisoformat(day.text if day else "")
        except ValueError:
            self._fault(day.mark if day else start, "as_of must be an ISO date such as 2023-04-30")
            as_of = date.min
        texts = {key: self._text(tree, key) for key in ("kind", "why")}
        expected = tuple(self._expected(tree.entries.get("expect"), start))
        document = self._document(tree)
        server = self._server(tree.entries.get("server"))
        if document is not None and len(expected) > 1:
            self._fault(tree.key_mark("expect"), "a document is judged as the evidence of one item")
        if self._reader.faults:
            return None
        agency = tree.entries.get("agency")
        return Case(
            folder=self._folder,
            kind=texts["kind"],
            edition=int(str(year)),
            as_of=as_of,
            expected=expected,
            why=texts["why"],
            document=document,
            agency=agency.text if agency else "provincial",
            server=server,
        )

    def _fault(self, mark: Mark, message: str) -> None:
        self._reader.fault(mark, message)

    def _known(self, tree: Tree, keys: tuple[str, ...]) -> None:
        for key, mark in tree.keys.items():
            if key not in keys:
                self._fault(mark, f"unknown key {key!r}{nearest(key, keys)}")

    def _text(self, tree: Tree, key: str) -> str:
        found = tree.entries.get(key)
        if found is None or not found.text.strip():
            self._fault(tree.key_mark(key), f"{key} must be a text")
            return ""
        return " ".join(found.text.split())

    def _document(self, tree: Tree) -> Path | None:
        """The input file: the one named, or the only one beside case.yaml; None if there is a site instead."""
        if (self._folder / SITE_FOLDER).is_dir():
            return None
        named = tree.entries.get("input")
        if named is not None:
            path = self._folder / named.text
            if path.parent != self._folder or not path.is_file():
                self._fault(named.mark, f"input must be a file in the folder of the case; got {named.text!r}")
            return path
        files = [path for path in sorted(self._folder.iterdir()) if path.is_file() and path.name != CASE_FILE]
        if len(files) != 1:
            self._fault(
                tree.mark, f"one document or a folder {SITE_FOLDER}/ is wanted beside it; there are {len(files)} files"
            )
            return None
        return files[0]

    def _expected(self, tree: Tree | None, start: Mark) -> Iterator[Expected]:
        if tree is None or not tree.entries:
            self._fault(tree.mark if tree else start, "expect must name at least one item and its right statuses")
            return
        for item, answer in tree.entries.items():
            if not answer.entries:
                yield Expected(item, self._statuses(answer, _ITEM_STATUSES), {})
                continue
            self._known(answer, _ANSWER_KEYS)
            status = answer.entries.get("status")
            elements = answer.entries.get("elements")
            if status is None and (elements is None or not elements.entries):
                self._fault(answer.mark, "an item's answer is a status, or a mapping of status and elements")
            yield Expected(
                item,
                self._statuses(status, _ITEM_STATUSES) if status else _ITEM_STATUSES,
                {k: self._statuses(v, _ELEMENT_STATUSES) for k, v in (elements.entries if elements else {}).items()},
            )

    def _statuses(self, tree: Tree, valid: tuple[str, ...]) -> tuple[str, ...]:
        """One status or a list of them."""
        listed = tree.value if isinstance(tree.value, list) else [tree]
        if not listed:
            self._fault(tree.mark, "no status here")
        for each in listed:
            if each.text not in valid:
                self._fault(each.mark, f"no status {each.text!r}{nearest(each.text, valid)}")
        return tuple(each.text for each in listed)

    def _server(self, tree: Tree | None) -> Mapping[str, Any] | None:
        if tree is None:
            return None
        for path, answer in tree.entries.items():
            if not path.startswith("/"):
                self._fault(tree.key_mark(path), f"server names paths that begin with /; got {path!r}")
            if not answer.entries:
                self._fault(answer.mark, f"a path's answer is a mapping of {', '.join(_SERVED_KEYS)}")
            self._known(answer, _SERVED_KEYS)
        found: Mapping[str, Any] = {path: answer.plain() for path, answer in tree.entries.items()}
        return found
