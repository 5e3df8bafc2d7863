"""All reports of one night: each file whole or not at all, each agency on its own."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from checklist.rules.model import Edition
from core.atomic import write_atomic, write_changed
from core.errors import first_line, is_of_one_file
from core.models.assessment import Assessment, Joint
from reports.agency_html import NOBODY, AgencyContext, Pictures, Sender, report_html
from reports.agency_json import Changes, report_json
from reports.agency_xlsx import report_xlsx
from reports.digest.feed import Spans, agency_feed
from reports.measures.content import MeasuresContent, agency_content, province_content
from reports.measures.measures_html import measures_html
from reports.messages import Messages, english
from reports.overview_html import OverviewPages, page_name
from reports.overview_json import overview_json
from reports.overview_xlsx import overview_xlsx

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """An agency whose reports could not be made or written, and why, in one line."""

    agency: str
    why: str
    is_ours: bool = False
    """The files could not be put in their place, whatever the site is."""


@dataclass(frozen=True, slots=True)
class AgencyMaterial:
    """What an agency's reports are made of."""

    assessment: Assessment
    edition: Edition
    messages: Messages
    pictures: Pictures
    changes: Changes
    together: Joint | None = None
    agency_names: Mapping[str, str] = field(default_factory=dict)
    sender: Sender = NOBODY
    in_english: bool = False
    template: bytes | None = None
    printed: Sequence[str] = ()
    spans: Spans = field(default_factory=dict)

    @property
    def measures(self) -> MeasuresContent:
        """What its document of measures says."""
        return agency_content(self.assessment, self.edition, self.messages)


@dataclass(frozen=True, slots=True)
class ProvinceMaterial:
    """What the province's overview is made of."""

    assessments: Sequence[Assessment]
    edition: Edition
    province: str
    messages: Messages
    joint: Joint | None
    sectors: Mapping[str, Edition]
    template: bytes | None = None
    printed: Sequence[str] = ()

    @property
    def measures(self) -> MeasuresContent:
        """What its document of measures says."""
        return province_content(self.assessments, self.edition, self.province, self.messages, self.joint, self.sectors)


def write_agency(root: Path, material: AgencyMaterial) -> Unwritten | None:
    """Write an agency's reports below an edition's folder; what it returns is logged. A file whose place is taken or
    kept from us leaves the others. Raises OSError for any other fault."""
    agency = material.assessment.agency.id
    try:
        files = {name: make(material) for name, make in AGENCY_FORMATS.items()}
        if material.in_english:
            files[_ENGLISH] = _page(material, english(), "report.html")
    except Exception as error:  # whatever a hostile site broke, it harms its own report only
        why = f"{type(error).__name__}: {first_line(error)}"
        _log.error("%s: the report could not be made (%s)", agency, why)
        return Unwritten(agency, why)
    why = _first(_put(root / agency / name, body, root, write_atomic) for name, body in files.items())
    if not why:
        return None
    _log.error("%s: the report could not be written (%s)", agency, why)
    return Unwritten(agency, why, is_ours=True)


def write_province(root: Path, material: ProvinceMaterial) -> str:
    """Write the pages and files of the whole list below an edition's folder, those that say something new.
    Rows of assessments (`reports.rows.codec`) are enough. A file whose place is taken or kept from us leaves the
    others; returns one line about the first of them, or an empty one. Raises OSError for any other fault."""
    pages = _pages(material)
    numbers = range(2, len(pages) + 1)
    made = chain(
        ((name, make(material)) for name, make in PROVINCE_FORMATS.items() if name != page_name(1)),
        ((page_name(number), _text(pages.page(number))) for number in (1, *numbers)),
    )
    why = _first(_put(root / name, body, root, write_changed) for name, body in made)
    for path in root.glob("index-*.html"):
        if path.name not in {page_name(number) for number in numbers}:
            path.unlink(missing_ok=True)
    return why


def _first(lines: Iterable[str]) -> str:
    """The first line that is not empty, after all of them were asked for."""
    return next(filter(None, list(lines)), "")


def _put(path: Path, body: bytes, root: Path, write: Callable[[Path, bytes], object]) -> str:
    """Write a file; return why not, in one line, if the fault is its own place below `root`. Raises OSError for any
    other, and where no file of `root` is ours to write: one line says that, not one an agency."""
    try:
        write(path, body)
    except OSError as error:
        if not is_of_one_file(error) or not os.access(root, os.W_OK | os.X_OK):
            raise
        return f"{path}: {error.strerror}"
    return ""


def program_digest() -> str:
    """Return what stands for this program's reports: another version writes them again."""
    here = Path(__file__).parent
    files = sorted(p for p in here.rglob("*") if p.suffix in {".py", ".j2", ".css", ".yaml"})
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:32]


def _json(data: object) -> bytes:
    return _text(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _text(text: str) -> bytes:
    # Lone surrogates come out of broken documents; no file can hold them.
    return text.encode("utf-8", "replace")


def _beside(material: AgencyMaterial | ProvinceMaterial, formats: Mapping[str, object], page: str) -> tuple[str, ...]:
    """Return the names of the other files, which a page links to."""
    return (*(name for name in formats if name != page), *material.printed)


def _pages(m: ProvinceMaterial) -> OverviewPages:
    files = _beside(m, PROVINCE_FORMATS, page_name(1))
    return OverviewPages(m.assessments, m.edition, m.province, m.messages, m.joint, files)


def embed_pictures(folder: Path, pictures: Pictures) -> Pictures:
    """Return the pictures as `data:` addresses, so that the report is one file; one that cannot be read stays away."""
    found = {}
    for place, name in pictures.items():
        try:
            found[place] = f"data:image/png;base64,{base64.b64encode((folder / name).read_bytes()).decode()}"
        except OSError as error:
            _log.warning("%s: the picture is left out (%s)", folder / name, first_line(error))
    return found


def _page(material: AgencyMaterial, messages: Messages, other: str) -> bytes:
    files = _beside(material, AGENCY_FORMATS, "report.html")
    context = AgencyContext(
        material.pictures, files, material.changes, material.together, material.agency_names, material.sender, other
    )
    return _text(report_html(material.assessment, material.edition, messages, context))


def _docx(content: MeasuresContent, template: bytes | None) -> bytes:
    from reports.measures.measures_docx import measures_docx  # 0.2 s to load: a crawl and a check write none

    return measures_docx(content, template)


_ENGLISH = "report.en.html"
AGENCY_FORMATS: Mapping[str, Callable[[AgencyMaterial], bytes]] = {
    "report.json": lambda m: _json(report_json(m.assessment, m.edition, m.messages, m.changes)),
    "report.html": lambda m: _page(m, m.messages, _ENGLISH if m.in_english else ""),
    "report.xlsx": lambda m: report_xlsx(m.assessment, m.edition, m.messages),
    "measures.docx": lambda m: _docx(m.measures, m.template),
    "measures.html": lambda m: _text(measures_html(m.measures)),
    "feed.xml": lambda m: agency_feed(m.assessment, m.spans, m.messages),
}
"""File in an agency's folder -> what makes it. report.html links to the others."""
PROVINCE_FORMATS: Mapping[str, Callable[[ProvinceMaterial], bytes]] = {
    "overview.json": lambda m: _json(overview_json(m.assessments, m.edition, m.province, m.joint)),
    "overview.xlsx": lambda m: overview_xlsx(m.assessments, m.edition, m.province, m.messages, m.joint, m.sectors),
    "measures.docx": lambda m: _docx(m.measures, m.template),
    "measures.html": lambda m: _text(measures_html(m.measures)),
    "index.html": lambda m: _text(_pages(m).page(1)),
}
"""File in an edition's folder -> what makes it. index.html links to the others."""
