"""A hostile body costs itself only: it is named, its reader is replaced, and the next body is read."""

from __future__ import annotations

import errno
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core.errors import RunError
from core.models.snapshot import Reading, ReadNote, ReadState, ResourceKind
from documents import pool as pool_module
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from tests.documents.office.containers import presentation, rar
from tests.documents.test_readers import HEADING, make_docx, make_pdf, make_pptx, make_xlsx

pytestmark = pytest.mark.timeout(120)

SMALL = ReadLimits(seconds=20, memory=700 << 20, expanded=8 << 20, ocr_pages=1)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    made = ReaderPool(1, grace=0.2)
    yield made
    made.close()


def read(pool: ReaderPool, body: bytes, name: str = "a", limits: ReadLimits = SMALL) -> Reading:
    return pool.submit(ReadTask(body, f"https://a.go.th/{name}", "", name, limits)).result(timeout=100)


def still_reads(pool: ReaderPool) -> bool:
    return any(HEADING in b.text for b in read(pool, make_docx()).blocks)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def office(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", content)
    return out.getvalue()


def odt(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return out.getvalue()


# ------------------------------------------------------------------------------------- memory


def lying_zip() -> bytes:
    """A member that unfolds to far more than the archive's directory says."""
    body = zipped(a=b"0" * 30_000_000)
    return body.replace((30_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ฮา" * 10}">' for n in range(9))
    return f"<!DOCTYPE d [{entities}]><d>&e8;</d>".encode()


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (lambda: zipped(a=b"0" * 30_000_000), "too-large"),
        (lambda: office(b"<a>" + b" " * 30_000_000 + b"</a>"), "too-large"),
        (lambda: odt(b"<a>" + b" " * 30_000_000 + b"</a>"), "too-large"),
        (lying_zip, "broken"),
        (lambda: office(laughs()), "broken"),
        (lambda: odt(laughs()), "broken"),
    ],
    ids=["zip", "docx", "odt", "lying-zip", "docx-entities", "odt-entities"],
)
def test_what_unfolds_without_end_is_named(pool: ReaderPool, body: Callable[[], bytes], note: str) -> None:
    reading = read(pool, body())
    assert (reading.state, reading.note, reading.blocks) == (ReadState.UNREAD, note, ())
    assert still_reads(pool)


def greedy_pdf() -> bytes:
    """One page with a picture of 900 million dots, packed into a few kilobytes."""
    side = 30_000
    packer = zlib.compressobj(1)
    row = b"\0" * side
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        b" /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length 30 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length " + str(len(data)).encode() + b" >>\nstream\n" + data + b"\nendstream",
    ]
    out = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + table
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + end + trailer


def test_a_pdf_that_wants_all_the_memory_costs_itself(pool: ReaderPool) -> None:
    reading = read(pool, greedy_pdf(), "a.pdf")
    assert (reading.kind, reading.state) == (ResourceKind.DOCUMENT, ReadState.UNREAD)
    assert reading.note in ("too-large", "crashed", "no-text-layer", "needs-tool")
    assert still_reads(pool)


def test_a_picture_of_very_many_dots_is_not_opened(pool: ReaderPool) -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    assert read(pool, out.getvalue()).note in ("too-large", "broken")
    assert still_reads(pool)


@dataclass(frozen=True)
class Hoard:
    """Work that takes memory without end."""

    limits: ReadLimits

    def do(self) -> str:
        held = []
        while True:
            held.append(bytearray(16 << 20))

    def failed(self, note: str) -> str:
        return note


def test_memory_is_limited_whatever_the_work(pool: ReaderPool) -> None:
    assert pool.submit(Hoard(SMALL)).result(timeout=60) == "too-large"
    assert still_reads(pool)


# ------------------------------------------------------------------------------------- time and death


@dataclass(frozen=True)
class Endless:
    """Work that never ends, and leaves a program running beside it."""

    limits: ReadLimits
    pid_file: Path

    def do(self) -> str:
        child = os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "300")
        self.pid_file.write_text(str(child))
        while True:
            pass

    def failed(self, note: str) -> str:
        return note


@dataclass(frozen=True)
class Sudden:
    """Work that takes its process with it."""

    limits: ReadLimits

    def do(self) -> str:
        os._exit(7)

    def failed(self, note: str) -> str:
        return note


def test_what_never_ends_is_ended_with_all_that_it_started(pool: ReaderPool, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    work = Endless(ReadLimits(seconds=1.5), pid_file)
    assert pool.submit(work).result(timeout=60) == "timeout"
    assert still_reads(pool)
    pid = int(pid_file.read_text())
    assert _ended(pid)


def _ended(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@dataclass(frozen=True)
class Litter:
    """Work that leaves a file behind and dies."""

    limits: ReadLimits
    told: Path

    def do(self) -> str:
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(b"x" * 1000)
        self.told.write_text(file.name)
        os._exit(7)

    def failed(self, note: str) -> str:
        return note


def test_temporary_files_go_with_the_reader_that_died(pool: ReaderPool, tmp_path: Path) -> None:
    told = tmp_path / "told"
    assert pool.submit(Litter(SMALL, told)).result(timeout=60) == "crashed"
    assert not Path(told.read_text()).exists()


def test_a_busy_reader_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    script = tmp_path / "program.py"
    script.write_text(
        "import sys, time\n"
        "from pathlib import Path\n"
        "from documents.base import ReadLimits\n"
        "from documents.pool import ReaderPool\n"
        "from tests.documents.test_pool import Endless\n"
        "if __name__ == '__main__':\n"
        "    ReaderPool(1).submit(Endless(ReadLimits(seconds=60), Path(sys.argv[1])))\n"
        "    time.sleep(60)\n"
    )
    root = str(Path(__file__).parents[2])
    program = subprocess.Popen([sys.executable, script, told], env={**os.environ, "PYTHONPATH": root})
    try:
        until = time.monotonic() + 60
        while not (told.exists() and told.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        readers = children_of(program.pid)
    finally:
        program.kill()
        program.wait()
    os.kill(int(told.read_text()), signal.SIGKILL)  # the program beside it: this test's own
    assert readers
    assert all(_ended(pid) for pid in readers)


def children_of(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if entry.read_text().rsplit(")", 1)[1].split()[1] == str(parent):
                found.append(int(entry.parent.name))
    return found


@dataclass(frozen=True, slots=True)
class EndlessPage(ReadTask):
    """A page that takes a reader's whole time."""

    def do(self) -> Reading:
        while True:
            pass


def test_endless_pages_of_one_agency_keep_no_other_waiting() -> None:
    pool = ReaderPool(1, grace=0.2)
    limits, over = ReadLimits(seconds=20), threading.Event()
    bad = [pool.submit(EndlessPage(b"<p>", "https://b.go.th/", "", "b", limits, agency="bad"), over) for _ in range(5)]
    page = b"<p>" + HEADING.encode()
    good = [pool.submit(ReadTask(page, "https://a.go.th/", "", "a", limits, agency="good")) for _ in range(5)]
    assert all(reading.result(timeout=100).blocks for reading in good)
    assert sum(reading.done() for reading in bad) <= 1
    over.set()
    assert all(reading.result(timeout=100).note == "timeout" for reading in bad)
    pool.close()


def test_slow_agencies_that_nobody_knew_yet_keep_no_other_waiting_for_long() -> None:
    """Each had the spare reader for its first page, and the whole time of it."""
    pool, over = ReaderPool(1, grace=0.2), threading.Event()
    limits = ReadLimits(seconds=60)
    bad = [
        pool.submit(EndlessPage(b"<p>", "https://b.go.th/", "", "b", limits, agency=name), over)
        for name in ("bad1", "bad2")
    ]
    page = b"<p>" + HEADING.encode()
    good = pool.submit(ReadTask(page, "https://a.go.th/", "", "a", limits, agency="good"))
    assert good.result(timeout=100).blocks
    assert not any(reading.done() for reading in bad)
    over.set()
    assert all(reading.result(timeout=100).note == "timeout" for reading in bad)
    pool.close()


@pytest.mark.parametrize("failures", [2, 100])
def test_a_machine_without_descriptors_loses_a_body_at_most_and_tells_nothing_of_it(
    failures: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, left = pool_module._Worker, [failures]

    def fail(*given: Any) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise OSError(errno.EMFILE, "too many open files")
        return start(*given)

    monkeypatch.setattr("core.storage.patience.RESTS", (0.0,) * 4)
    monkeypatch.setattr(pool_module, "_Worker", fail)
    pool = ReaderPool(1)
    if failures > 4:
        with pytest.raises(RunError, match="no reader can be started"):
            read(pool, b"<p>" + HEADING.encode())
    else:
        assert not read(pool, b"<p>" + HEADING.encode()).note
    left[0] = 0
    assert still_reads(pool)
    pool.close()


TIGHT = """
import resource, sys
from core.errors import RunError
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask

class MuchMemory(ReadTask):
    def do(self):
        body = bytearray(600 << 20)
        return ReadTask.do(self)

class Crashing(ReadTask):
    def do(self):
        raise ImportError("failed to map segment from shared object: Cannot allocate memory")

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
    pool = ReaderPool(1)
    for kind in (MuchMemory, Crashing, ReadTask):
        try:
            task = kind("<p>ปัญหา อุปสรรค".encode(), "https://a/", "", "a", ReadLimits())
            print(pool.submit(task).result(100).note or "read")
        except RunError as error:
            print("RunError")
    pool.close()
"""


def test_what_a_reader_cannot_read_within_this_machine_s_limit_is_not_told_of_the_body(tmp_path: Path) -> None:
    program = tmp_path / "tight.py"
    program.write_text(TIGHT, "utf-8")
    root = Path(pool_module.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, program],
        capture_output=True,
        text=True,
        timeout=100,
        env={"PYTHONPATH": str(root)},
        check=False,
    )
    assert done.stdout.split() == ["RunError", "RunError", "read"]


LITTLE = """
import resource, sys
from core.errors import RunError
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
if __name__ == "__main__":
    size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() + (int(sys.argv[1]) << 20)
    pool = ReaderPool(1)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    try:
        task = ReadTask("<p>ปัญหา อุปสรรค".encode(), "https://a/", "", "a", ReadLimits())
        print(pool.submit(task).result(100).note or "read")
    except RunError as error:
        print("RunError")
    pool.close()
"""


@pytest.mark.parametrize(("megabytes", "told"), [(700, "read"), (150, "RunError")])
def test_a_limit_of_the_machine_s_own_is_kept_and_nothing_told_of_the_body(
    megabytes: int, told: str, tmp_path: Path
) -> None:
    program = tmp_path / "little.py"
    program.write_text(LITTLE, "utf-8")
    root = Path(pool_module.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, program, str(megabytes)], env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True,
        text=True, check=False, timeout=200,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == (told, "")


@dataclass(frozen=True, slots=True)
class KilledOnce(Sudden):
    """Work whose process this machine ends the first time."""

    mark: Path = Path()

    def do(self) -> str:
        if self.mark.exists():
            return "read"
        self.mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def test_a_reader_that_is_killed_reads_its_body_once_more(pool: ReaderPool, tmp_path: Path) -> None:
    assert pool.submit(KilledOnce(SMALL, tmp_path / "mark")).result(timeout=60) == "read"
    assert still_reads(pool)


def test_a_reader_that_dies_is_replaced(pool: ReaderPool) -> None:
    for _ in range(2):
        assert pool.submit(Sudden(SMALL)).result(timeout=60) == "crashed"
    assert still_reads(pool)


# ------------------------------------------------------------------------------------- nesting


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<div>" * 60_000,
        office(b"<a>" + b"<b>" * 60_000 + b"</b>" * 60_000 + b"</a>"),
        odt(b"<a>" + b"<b>" * 60_000 + b"</b>" * 60_000 + b"</a>"),
        b"{\\rtf1 " + b"{" * 200_000 + b"x" + b"}" * 200_000 + b"}",
        b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    ],
    ids=["html", "docx", "odt", "rtf", "pdf"],
)
def test_deep_nesting_costs_itself_only(pool: ReaderPool, body: bytes) -> None:
    reading = read(pool, body)
    assert isinstance(reading, Reading)
    assert still_reads(pool)


# ------------------------------------------------------------------------------------- broken files


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").save(out, kind)
    return out.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "pdf": make_pdf,
    "docx": make_docx,
    "xlsx": make_xlsx,
    "pptx": make_pptx,
    "odt": lambda: odt(b"<a><b>x</b></a>" * 50),
    "zip": lambda: zipped(a=os.urandom(2000)),
    "rar": lambda: rar({"a.txt": HEADING.encode() * 40}),
    "ppt": lambda: presentation([("x", HEADING)] * 5),
    "png": lambda: picture("PNG"),
    "tiff": lambda: picture("TIFF"),
    "webp": lambda: picture("WEBP"),
    "rtf": lambda: b"{\\rtf1\\ansi " + HEADING.encode("cp874") * 30 + b"\\par }",
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_file_of_any_kind_is_named_or_read_as_far_as_it_goes(pool: ReaderPool, kind: str) -> None:
    whole = WHOLE[kind]()
    rng = random.Random(kind)
    for share in (0.3, 0.7):
        cut = whole[: int(len(whole) * share)]
        holed = bytearray(whole)
        for _ in range(len(whole) // 60 + 1):
            holed[rng.randrange(16, len(holed))] = rng.randrange(256)
        for body in (cut, bytes(holed)):
            reading = read(pool, body, f"a.{kind}")
            assert reading.note not in ("crashed", "timeout")
            assert reading.state is ReadState.READ or reading.note
    assert still_reads(pool)


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"<html>", "", ResourceKind.PAGE),
        (b"\n <div>", "text/plain", ResourceKind.PAGE),
        (b"text", "Text/HTML; charset=utf-8", ResourceKind.PAGE),
        (b"text", "application/xhtml+xml", ResourceKind.PAGE),
        (b"%PDF-1.4", "application/pdf", ResourceKind.DOCUMENT),
        (b"PK", "", ResourceKind.DOCUMENT),
    ],
)
def test_a_page_whose_reader_died_is_a_page_whatever_its_server_calls_it(
    body: bytes, content_type: str, kind: ResourceKind
) -> None:
    task = ReadTask(body, "https://a.go.th/x", content_type, "x", ReadLimits())
    assert task.failed(ReadNote.CRASHED).kind is kind


@dataclass(frozen=True)
class Loud:
    """Work over which a library complains."""

    limits: ReadLimits

    def do(self) -> str:
        os.write(2, b"\x1b[2J a name of the body\n")
        return "done"

    def failed(self, note: str) -> str:
        return note


def test_what_libraries_say_of_a_body_reaches_no_log(capfd: pytest.CaptureFixture[str]) -> None:
    loud = ReaderPool(1)
    try:
        assert loud.submit(Loud(SMALL)).result(timeout=60) == "done"  # type: ignore[arg-type]
    finally:
        loud.close()
    assert "body" not in capfd.readouterr().err
