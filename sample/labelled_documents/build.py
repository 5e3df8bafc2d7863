"""The whole set: every case as a file of some kind, the same files for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from sample.labelled_documents import office, plain, raster
from sample.labelled_documents.broken import BREAKS, glue, greek
from sample.labelled_documents.case import ABSENT, BLANK, BOTH, SAYS_NONE, Case, Truth, report
from sample.labelled_documents.filled import FILLED
from sample.labelled_documents.lacking import LACKING, LAW, TEMPLATE
from sample.labelled_documents.layer import mistold
from sample.labelled_documents.open_document import ods, odt
from sample.labelled_documents.ruled import ruled_tables
from sample.paper import Bullets, Heading, Paper, Table, Text
from sample.render.docx import docx
from sample.render.pdf import pdf

SCANS = ("scan-clean", "scan-mild", "scan-poor", "image")
"""Kinds that hold no text at all: they have to be recognised."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the set. `make` builds its bytes, the same each time."""

    name: str
    kind: str
    truth: Truth
    make: Callable[[], bytes]

    @property
    def recognised(self) -> bool:
        """Whether only character recognition can read it."""
        return self.kind in SCANS


_OFFICE_CASES = (
    "official", "joint_01", "pair_03", "none_02", "none_06", "columns", "columns_gaps", "columns_none", "rows", "fields",
    "no_suggestions", "column_half", "answered_form",
    "cut", "dash", "empty_columns", "projects", "swot", "criterion", "instruction", "complaints", "other_year",
)  # fmt: skip
_SHEET_CASES = (
    "columns", "columns_gaps", "columns_joint", "columns_none", "rows", "rows_half", "column_half", "fields", "no_problems",
    "empty_columns", "dash_columns", "empty_rows", "swot", "projects", "flow", "complaints",
)  # fmt: skip
_FEW_CASES = (
    "official",
    "none_01",
    "columns",
    "fields",
    "no_suggestions",
    "dash",
    "cut",
    "projects",
    "contents",
    "instruction",
)
_BROKEN_CASES = ("official", "columns", "no_suggestions", "cut")
_SCAN_CASES = (
    "official", "pair_02", "pair_04", "joint_02", "none_01", "none_04", "columns", "fields", "rows", "no_suggestions",
    "answered_form", "remedies", "cut", "projects", "prose", "dash", "dots", "memo", "swot", "contents",
)  # fmt: skip
_POOR_CASES = (
    "official", "joint_01", "none_01", "none_04", "columns", "no_suggestions", "cut", "projects", "dash",
    "dots",
)  # fmt: skip
_IMAGES = (
    ("official", "PNG", "clean"), ("joint_02", "PNG", "clean"), ("cut", "PNG", "clean"), ("pair_03", "JPEG", "mild"),
    ("none_01", "JPEG", "clean"), ("projects", "JPEG", "mild"), ("pair_01", "TIFF", "clean"), ("columns", "TIFF", "clean"),
    ("cut", "TIFF", "mild"),
)  # fmt: skip


def documents(seed: int = 1) -> tuple[Document, ...]:
    """Every document of the set for a seed; its bytes are made only when asked for."""
    made = [*_texts(seed), *_special(seed), *_offices(seed), *_scans(seed)]
    names = [document.name for document in made]
    if len(set(names)) != len(names):
        raise ValueError("two documents of the set have one name")
    return tuple(made)


def _case(name: str, seed: int, kind: str) -> Case:
    dice = Random(f"{seed}/{kind}/{name}")
    blocks, truth = (FILLED.get(name) or LACKING[name])(dice)
    return Case(name, report(blocks, dice), truth)


def _each(
    kind: str, ending: str, names: tuple[str, ...], write: Callable[[Paper], bytes], seed: int
) -> Iterator[Document]:
    for name in names:
        case = _case(name, seed, kind)
        yield Document(f"{kind}-{name}{ending}", kind, case.truth, _later(write, case.paper))


def _later(write: Callable[[Paper], bytes], paper: Paper) -> Callable[[], bytes]:
    return lambda: write(paper)


def _texts(seed: int) -> Iterator[Document]:
    yield from _each("pdf", ".pdf", (*FILLED, *LACKING), pdf, seed)
    yield Document("pdf-law.pdf", "pdf", ABSENT, _later(pdf, LAW))
    yield Document("pdf-template.pdf", "pdf", BLANK, _later(pdf, TEMPLATE))
    for way, change in BREAKS.items():
        for name in _BROKEN_CASES:
            case = _case(name, seed, f"broken-{way}")
            # A broken text layer breaks the title as well: nothing in the file is whole.
            paper = case.paper.rewritten(change)
            yield Document(f"broken-{way}-{name}.pdf", "pdf-broken", case.truth, _later(pdf, paper))
    for name in _BROKEN_CASES:
        case = _case(name, seed, "broken-greek")
        make = partial(mistold, case.paper, glue, greek)
        yield Document(f"broken-greek-{name}.pdf", "pdf-broken", case.truth, make)
    yield from _each("pdf-shaped", ".pdf", _BROKEN_CASES, lambda paper: pdf(paper, shaped=True), seed)
    for name, data, truth in ruled_tables(Random(f"{seed}/ruled")):
        yield Document(f"table-{name}.pdf", "pdf-table", truth, _kept(data))


def _kept(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _offices(seed: int) -> Iterator[Document]:
    kinds: Mapping[str, tuple[tuple[str, ...], Callable[[Paper], bytes]]] = {
        "docx": (_OFFICE_CASES, docx),
        "odt": (_FEW_CASES, odt),
        "pptx": (_FEW_CASES, office.pptx),
        "rtf": (_FEW_CASES, plain.rtf),
        "txt": (_FEW_CASES, plain.txt),
        "xlsx": (_SHEET_CASES, office.xlsx),
        "ods": (_SHEET_CASES[:6] + _SHEET_CASES[9:12], ods),
        "csv": (_SHEET_CASES[:4] + _SHEET_CASES[9:11], plain.csv_file),
        "html": (_FEW_CASES, plain.html),
    }
    for kind, (names, write) in kinds.items():
        yield from _each(kind, f".{kind}", names, write, seed)
    for name in ("official", "columns", "none_01", "cut"):
        case = _case(name, seed, "txt-cp874")
        yield Document(f"txt-cp874-{name}.txt", "txt", case.truth, _later(lambda p: plain.txt(p, "cp874"), case.paper))
    for name in ("official", "columns_none", "cut"):
        case = _case(name, seed, "zip")
        yield Document(f"zip-{name}.zip", "zip", case.truth, _later(_zipped, case.paper))


def _zipped(paper: Paper) -> bytes:
    letter = Paper("หนังสือนำส่ง", (Text("ขอส่งรายงานประจำปีงบประมาณ พ.ศ. 2565 มาพร้อมนี้"),))
    return plain.packed({"letter.txt": plain.txt(letter), "report.pdf": pdf(paper)})


_TITLE = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565"


def _special(seed: int) -> Iterator[Document]:
    """What only one format has."""
    dice = Random(f"{seed}/special")
    for name, values, truth in (
        ("filled", ("ฝนตกหนักในวันงาน", "ควรเลื่อนกำหนด"), BOTH),
        ("none", ("ไม่มี", "ไม่มี"), SAYS_NONE),
        ("empty", ("", ""), BLANK),
    ):
        yield Document(f"docx-merged-{name}.docx", "docx", truth, _kept(office.merged_docx(_TITLE, values)))
    box = ("3. ปัญหา อุปสรรค", "บุคลากรไม่เพียงพอต่องาน", "4. ข้อเสนอแนะ", "ควรเพิ่มอัตรากำลัง")
    yield Document("docx-box.docx", "docx", BOTH, _kept(office.boxed_docx(_TITLE, box)))
    case = _case("columns", seed, "xlsx-merged")
    yield Document("xlsx-merged.xlsx", "xlsx", case.truth, _later(lambda p: office.xlsx(p, merged=True), case.paper))
    index = Paper(
        "ข้อมูลสาธารณะ OIT ปี 2566",
        (
            Heading("O13 รายงานผลการดำเนินงานประจำปี"),
            Text("องค์ประกอบด้านข้อมูล"),
            Bullets(
                (
                    "1. ผลการดำเนินงานตามแผนและการใช้งบประมาณ",
                    "2. ใช้รายงานผลของปี 2565",
                    "3. ปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มี… ระบุว่า “ไม่มี”)",
                )
            ),
            Table(("ข้อ", "ข้อมูล", "เอกสาร"), (("O13", "รายงานประจำปี 2565", "ดาวน์โหลด"),)),
        ),
    )
    yield Document("html-index.html", "html", ABSENT, _later(plain.html, index))
    yield Document("docx-template.docx", "docx", BLANK, _later(docx, TEMPLATE))
    form = report(LACKING["questionnaire"](dice)[0], dice)
    yield Document("docx-questionnaire.docx", "docx", ABSENT, _later(docx, form))


def _scans(seed: int) -> Iterator[Document]:
    for quality, names in (("clean", _SCAN_CASES), ("mild", _SCAN_CASES), ("poor", _POOR_CASES)):
        for name in names:
            case = _case(name, seed, f"scan-{quality}")
            yield Document(
                f"scan-{quality}-{name}.pdf", f"scan-{quality}", case.truth, _scan(case.paper, quality, seed)
            )
    for i, (name, form, quality) in enumerate(_IMAGES):
        case = _case(name, seed, f"image-{i}")
        ending = {"PNG": "png", "JPEG": "jpg", "TIFF": "tif"}[form]
        yield Document(f"image-{name}-{i}.{ending}", "image", case.truth, _image(case.paper, form, quality, seed))


def _scan(paper: Paper, quality: str, seed: int) -> Callable[[], bytes]:
    return lambda: raster.scan(paper, raster.QUALITIES[quality], seed)


def worn_scan(name: str, quality: raster.Quality, kind: str, seed: int) -> Document:
    """One case scanned at a wear of one's own; the same for the same seed."""
    case = _case(name, seed, "worn")
    make = partial(raster.scan, case.paper, quality, seed)
    return Document(f"worn-{name}-{seed}.pdf", kind, case.truth, make)


def _image(paper: Paper, form: str, quality: str, seed: int) -> Callable[[], bytes]:
    worn = raster.QUALITIES[quality]

    def make() -> bytes:
        pages = raster.pictures(paper, worn, seed)
        return raster.tiff(pages, worn) if form == "TIFF" else raster.encode_page(pages[0], form, worn)

    return make
