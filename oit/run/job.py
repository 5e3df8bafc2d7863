"""A job made ready: settings, rules, edition and agencies, read and checked before anything is written."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import checklist.rules
import core.marked_yaml
from checklist.rules.loader import load_rules
from checklist.rules.model import Edition, Rules
from core.disk_cache import load_or_make
from core.errors import InputError, RulesError, first_line, nearest
from core.input_files import read_input
from core.models.agency import Agency, AgencyList, ProvinceSettings
from oit.agencies.loader import choose, load_agencies
from oit.paths import shipped_rules
from oit.run.options import Settings

_MAX_RULES = 16 << 20


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What to do, for whom, by which manual. `chosen` are the agencies named on the command line, or all."""

    settings: Settings
    rules: Rules
    edition: Edition
    agencies: AgencyList
    chosen: tuple[Agency, ...]


def prepare_run(settings: Settings, ids: Collection[str] = ()) -> RunPlan:
    """Read and check everything that a run needs. Raises InputError with a line per fault, of all files."""
    faults: list[str] = []
    rules: Rules | None = None
    agencies: AgencyList | None = None
    try:
        rules = read_rules(settings.rules)
    except InputError as error:
        faults.extend(error.lines)
    faults.extend(_template_faults(settings.templates))
    try:
        agencies = load_agencies(settings.agencies, *_known(rules))
    except InputError as error:
        faults.extend(error.lines)
    if rules is None or agencies is None or faults:
        raise InputError(faults)
    settings = with_province(settings, agencies.settings)
    edition = pick_edition(rules, settings.edition)
    if agencies.settings.answers_until is not None:
        edition = edition.model_copy(update={"answers_until": agencies.settings.answers_until.isoformat()})
    if edition.scheme:
        raise InputError(f"--edition {edition.name}: name the year; each agency names its list with `scheme`")
    _check_lists(rules, edition, agencies)
    return RunPlan(settings, rules, edition, agencies, choose(agencies, ids))


def office_template(folder: Path | None) -> bytes | None:
    """The office's own template of the measures if its folder has one. Raises InputError."""
    if folder is None:
        return None
    from reports.measures.measures_docx import read_template  # 0.2 s to load: only where a folder is named

    return read_template(folder)


def _template_faults(folder: Path | None) -> tuple[str, ...]:
    try:
        office_template(folder)
    except InputError as error:
        return tuple(error.lines)
    return ()


def with_province(settings: Settings, province: ProvinceSettings) -> Settings:
    """Return the settings with the province's where the command line says nothing."""
    return replace(
        settings,
        edition=settings.edition if settings.edition is not None else province.edition,
        contact=settings.contact or province.contact,
        quiet_hours=settings.quiet_hours or province.quiet_hours,
    )


def _known(rules: Rules | None) -> tuple[list[str], list[str]]:
    if rules is None:
        return [], []
    return [kind.id for kind in rules.agency_kinds], [scheme.id for scheme in rules.schemes]


def _check_lists(rules: Rules, edition: Edition, agencies: AgencyList) -> None:
    """Refuse a run that would judge an agency by another list than its own, for want of that list's edition."""
    years = {(e.year, e.scheme) for e in rules.editions}
    faults = []
    for agency in agencies.agencies:
        if (edition.year, agency.scheme) not in years:
            known = ", ".join(e.name for e in rules.editions if e.scheme == agency.scheme)
            faults.append(
                f"{agency.id}: the rules have no edition {edition.year}-{agency.scheme} (there are {known or 'none'})"
            )
    if faults:
        raise InputError(faults)


def edition_of(agency: Agency, edition: Edition, editions: Collection[Edition]) -> Edition:
    """The edition that an agency is judged by: its sector's of the same year, or the general one."""
    if agency.scheme == edition.scheme:
        return edition  # as the province's settings have it
    wanted = (edition.year, agency.scheme)
    return next((e for e in editions if (e.year, e.scheme) == wanted), edition)


def rules_path(path: Path | None) -> Path:
    """The rules file that is meant: this one, or the shipped one."""
    return path or shipped_rules()


def read_rules(path: Path | None) -> Rules:
    """The rules in a file, or the shipped ones. Raises InputError with a line per fault."""
    path = rules_path(path)
    text = read_rules_text(path)
    try:
        return load_or_make("rules", _rules_digest(text), Rules, lambda: load_rules(text, str(path)))
    except RulesError as error:
        raise InputError(str(fault) for fault in error.faults) from error


def _rules_digest(text: str) -> str:
    """A digest of the rules and of the program that reads them: another program reads them anew."""
    digest = hashlib.sha256(f"{sys.version}\n{version('pydantic')}\n{text}".encode())
    for path in (*sorted(Path(checklist.rules.__file__).parent.glob("*.py")), Path(core.marked_yaml.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_rules_text(path: Path) -> str:
    """The text of a rules file. Raises InputError."""
    try:
        text = read_input(path, _MAX_RULES, "rules").decode("utf-8-sig")
        # As text files are read everywhere else.
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}:1:1: not UTF-8 text") from error


def pick_edition(rules: Rules, name: int | str | None) -> Edition:
    """The edition of a fiscal year (2568), or a sector's of that year (2568-ovec); the newest for None.

    Raises InputError."""
    if name is None:
        return rules.newest
    for edition in rules.editions:
        if edition.name == str(name):
            return edition
    names = [edition.name for edition in sorted(rules.editions, key=lambda e: (e.year, e.scheme))]
    raise InputError(f"no edition {name} in the rules{nearest(str(name), names)} (there are {', '.join(names)})")


def check_items(edition: Edition, items: Collection[str]) -> tuple[str, ...]:
    """Item ids as the edition writes them (`o12` becomes `O12`). Raises InputError, a line per unknown id."""
    known = {item.id for item in edition.items}
    found = tuple(dict.fromkeys(item.strip().upper() for item in items if item.strip()))
    unknown = [item for item in found if item not in known]
    if unknown:
        raise InputError(f"no item {item!r} in edition {edition.year}{nearest(item, known)}" for item in unknown)
    return found


def province_edition(agencies: Path) -> int:
    """Return the edition that the province's settings name. Raises InputError, which asks for it, if none does: O12
    is another item in every edition."""
    if agencies.exists():
        edition = load_agencies(agencies).settings.edition
        if edition is not None:
            return edition
    raise InputError(f"--edition is needed: the items differ from year to year, and {agencies} sets no edition")
