"""Archives, presentations of 97-2003, locked files: read as far as they can be, and named where not."""

from __future__ import annotations

import ctypes.util
import io
import struct
import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import BlockKind, Reading, ReadState
from documents import read_document
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from tests.documents.office.containers import compound, presentation, rar
from tests.documents.test_readers import HEADING, make_docx, make_pdf

needs_libarchive = pytest.mark.skipif(ctypes.util.find_library("archive") is None, reason="libarchive is not installed")


def read(body: bytes, name: str = "a", **limits: int) -> Reading:
    return read_document(body, f"https://a.go.th/{name}", "", name, ReadLimits(**limits))


def seven_zip(files: dict[str, bytes]) -> bytes:
    import libarchive

    out: list[bytes] = []
    with libarchive.custom_writer(lambda piece: out.append(bytes(piece)) or len(piece), "7zip") as archive:
        for name, data in files.items():
            archive.add_file_from_memory(name, len(data), data)
    return b"".join(out)


def texts(reading: Reading) -> list[str]:
    return [b.text for b in reading.blocks if b.text]


# ------------------------------------------------------------------------------------- RAR and 7z


@needs_libarchive
@pytest.mark.parametrize("pack", [rar, seven_zip], ids=["rar", "7z"])
def test_rar_and_7z_are_read_like_zip(pack: object) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", HEADING)
    body = pack({"report.docx": make_docx(), "note.txt": HEADING.encode(), "again.zip": inner.getvalue()})  # type: ignore[operator]
    reading = read(body)
    assert {b.sheet for b in reading.blocks} == {"report.docx", "note.txt"}
    assert HEADING in texts(reading)
    assert (reading.state, reading.note) == (ReadState.PARTIAL, "partial")


@needs_libarchive
@pytest.mark.parametrize("limits", [{"expanded": 50_000}, {"ratio": 1}])
def test_a_7z_that_unfolds_to_too_much_is_left(limits: dict[str, int]) -> None:
    body = seven_zip({"zeros.txt": b"0" * 400_000})
    assert (read(body, **limits).state, read(body, **limits).note) == (ReadState.UNREAD, "too-large")


@needs_libarchive
def test_an_archive_with_very_many_members_is_read_in_part() -> None:
    body = rar({f"{n}.txt": f"ข้อ {n}".encode() for n in range(5)})
    reading = read(body, members=3)
    assert (reading.state, texts(reading)) == (ReadState.PARTIAL, ["ข้อ 0", "ข้อ 1", "ข้อ 2"])


@needs_libarchive
def test_damaged_and_locked_archives_are_named() -> None:
    assert read(rar({"a.txt": b"x" * 900}, locked=True)).note == "encrypted"
    assert read(seven_zip({"a.txt": b"x" * 900})[:60]).note == "broken"
    assert read(b"Rar!\x1a\x07\x00" + bytes(300)).state is ReadState.UNREAD


def test_without_libarchive_the_archive_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIBARCHIVE", str(tmp_path / "absent.so"))
    pool = ReaderPool(1)
    try:
        task = ReadTask(rar({"a.txt": b"x"}), "https://a.go.th/a.rar", "", "a.rar", ReadLimits())
        reading = pool.submit(task).result(timeout=60)
    finally:
        pool.close()
    assert (reading.state, reading.note, reading.final) == (ReadState.UNREAD, "needs-tool", False)


def test_what_waits_in_an_archive_keeps_it_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    picture = io.BytesIO()
    from tests.documents.ocr.test_recognise import drawn

    drawn(100).save(picture, "PNG")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", HEADING)
        archive.writestr("scan.png", picture.getvalue())
    pool = ReaderPool(1)
    try:
        reading = pool.submit(ReadTask(out.getvalue(), "https://a.go.th/a.zip", "", "a.zip", ReadLimits())).result(
            timeout=60
        )
    finally:
        pool.close()
    assert (reading.state, reading.note, reading.final) == (ReadState.PARTIAL, "needs-tool", False)


# ------------------------------------------------------------------------------------- presentations of 97-2003


def test_slides_of_97_keep_titles_texts_and_numbers() -> None:
    reading = read(presentation([("รายงานผล", HEADING), ("สรุป", "ข้อเสนอแนะ\rเพิ่มคน")]))
    found = [(b.page, b.kind, b.text) for b in reading.blocks]
    assert found == [
        (1, BlockKind.HEADING, "รายงานผล"),
        (1, BlockKind.PARAGRAPH, HEADING),
        (2, BlockKind.HEADING, "สรุป"),
        (2, BlockKind.PARAGRAPH, "ข้อเสนอแนะ"),
        (2, BlockKind.PARAGRAPH, "เพิ่มคน"),
    ]
    assert (reading.state, reading.page_count, reading.content_type) == (
        ReadState.READ,
        2,
        "application/vnd.ms-powerpoint",
    )


def test_what_a_quick_save_left_behind_is_not_on_the_slides() -> None:
    assert "ปัญหาเดิม" not in texts(read(presentation([("รายงาน", HEADING)], stale="ปัญหาเดิม")))


def test_a_presentation_with_a_broken_chain_still_gives_its_texts() -> None:
    body = presentation([("รายงาน", HEADING)])
    assert {"รายงาน", HEADING} <= set(
        texts(read(body.replace(struct.pack("<HH", 0, 4085), struct.pack("<HH", 0, 4086))))
    )


# ------------------------------------------------------------------------------------- locked files


def locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "x")
    canvas.save()
    return out.getvalue()


def locked_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    body = bytearray(out.getvalue())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + flags] |= 1
    return bytes(body)


def locked_odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>")
        archive.writestr("content.xml", bytes(range(256)))
    return out.getvalue()


def biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


BOF = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
LOCKED = {
    "pdf": locked_pdf,
    "docx-xlsx-pptx": lambda: compound({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": b"x" * 5000}),
    "doc": lambda: compound({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100)}),
    "xls": lambda: compound({"Workbook": biff(BOF, (0x002F, struct.pack("<HHH", 0, 1, 2)), (0x000A, b""))}),
    "ppt": lambda: presentation([("x", "x")], locked=True),
    "odt": locked_odt,
    "zip": locked_zip,
}


@pytest.mark.parametrize("kind", LOCKED)
def test_a_file_with_a_password_is_called_that(kind: str) -> None:
    reading = read(LOCKED[kind]())
    assert (reading.state, reading.note) == (ReadState.UNREAD, "encrypted")


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("", ownerPassword="x", canPrint=0))
    canvas.drawString(72, 700, "Annual report of the office")
    canvas.save()
    assert texts(read(out.getvalue())) == ["Annual report of the office"]


# ------------------------------------------------------------------------------------- pages behind a document's name


@pytest.mark.parametrize(
    ("page", "note"),
    [
        ("<html><body><form>เข้าสู่ระบบ<input type=text name=u><input type=password></form></body></html>", "login-page"),
        ("<html><title>404 Not Found</title><body><h1>ไม่พบหน้าที่ท่านต้องการ</h1></body></html>", "not-found-page"),
        ("<title>Just a moment...</title><div id=challenge-form></div>", "challenge-page"),
    ],
)  # fmt: skip
def test_a_page_behind_a_documents_name_is_what_it_is(page: str, note: str) -> None:
    reading = read_document(page.encode(), "https://a.go.th/report.pdf", "application/pdf", "report.pdf", ReadLimits())
    assert reading.note == note


def test_a_pdf_behind_a_pages_name_is_a_pdf() -> None:
    reading = read_document(make_pdf(), "https://a.go.th/31.html", "text/html", "31.html", ReadLimits())
    assert (reading.state, reading.content_type) == (ReadState.READ, "application/pdf")
