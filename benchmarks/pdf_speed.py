"""Speed of reading PDF text, repair and tables included, as a ratio to plain `pdftotext -raw` on the same files.

Run: python -m benchmarks.pdf_speed [CORPUS_FOLDER] [--rounds N]

One reader process on generated PDFs (2 to 60 pages, running text and ruled tables, plain and damaged text layers)
and, where a corpus is given, on its real PDFs. Recognition of scans is off. Each file is read by both in turn, several
times, and the best time of each counts, so that other work on the machine does not. Printed are pages per second and
their ratio, of wall-clock time (pdftotext runs beside the reader, as it does in production) and of processor time
(its own and its child's). What is loaded once a process (the dictionary) is loaded before; what is remembered of
damaged words is forgotten before each reading, as if each file were new. Unused objects are looked for as seldom as in
the readers of a night.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from documents.pool import collect_seldom
from documents.thai_repair import words as thai_words
from documents.thai_repair.lexicon import lexicon
from sample.paper import Bullets, Heading, Paper, Table, Text
from sample.render.pdf import pdf

_LIMITS = ReadLimits(ocr_pages=0)
_PARAGRAPH = (
    "หน่วยงานได้ดำเนินการตามแผนปฏิบัติราชการประจำปีงบประมาณ โดยจัดประชุมคณะทำงานเพื่อติดตามความก้าวหน้าของโครงการสำคัญ "
    "และเร่งรัดการเบิกจ่ายงบประมาณให้เป็นไปตามเป้าหมายที่กำหนด ทั้งนี้ ได้รับความร่วมมือจากผู้นำชุมชนและประชาชนในพื้นที่เป็นอย่างดี "
)


def main() -> None:
    """Print a line per set of files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    lexicon()
    collect_seldom()
    print(f"{'files':24} {'pages':>6} {'pdftotext':>10} {'reader':>8} {'ratio':>6} {'ratio of CPU':>13}")
    with tempfile.TemporaryDirectory() as folder:
        made = list(_generated(Path(folder)))
        _compare("generated", made, options.rounds)
        if options.corpus is not None:
            _compare("real", sorted((options.corpus / "documents").glob("*.pdf")), options.rounds)


def _generated(folder: Path) -> Iterator[Path]:
    """Reports of 2 to 60 pages: most with tables on some pages, every third with the text layer of a shaper."""
    for number, length in enumerate((1, 2, 4, 8, 16, 24, 40)):
        rows = tuple((str(n), "จัดซื้อครุภัณฑ์สำนักงาน", "ดำเนินการแล้วเสร็จ", "ไม่มี", "ควรดำเนินการต่อเนื่อง") for n in range(24))
        head = ("ที่", "โครงการ", "ผลการดำเนินงาน", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ")
        blocks: list[Heading | Text | Bullets | Table] = []
        for part in range(length):
            blocks += [Heading(f"{part + 1}. ผลการดำเนินงาน"), *(Text(_PARAGRAPH * 3),) * 6]
            blocks.append(Bullets(("ปรับปรุงขั้นตอนการทำงาน", "อบรมผู้ปฏิบัติงานจำนวน 3 รุ่น")))
            if part % 3 == 1:
                blocks.append(Table(head, rows))
        path = folder / f"report-{number}.pdf"
        path.write_bytes(pdf(Paper("รายงานประจำปี", tuple(blocks)), shaped=number % 3 == 2))
        yield path


def _compare(name: str, files: list[Path], rounds: int) -> None:
    pages = 0
    plain_wall = plain_cpu = own_wall = own_cpu = 0.0
    for path in files:
        body = path.read_bytes()
        pages += read_pdf(body, _LIMITS).page_count or 0
        plain = [_timed(lambda path=path: _pdftotext(path)) for _ in range(rounds)]  # type: ignore[misc]
        own = [_fresh(body) for _ in range(rounds)]
        plain_wall += min(wall for wall, _ in plain)
        plain_cpu += min(cpu for _, cpu in plain)
        own_wall += min(wall for wall, _ in own)
        own_cpu += min(cpu for _, cpu in own)
    print(
        f"{f'{name} ({len(files)})':24} {pages:6} {pages / plain_wall:8.0f}/s {pages / own_wall:6.0f}/s"
        f" {plain_wall / own_wall:6.2f} {plain_cpu / own_cpu:13.2f}"
    )


def _fresh(body: bytes) -> tuple[float, float]:
    thai_words.forget()
    return _timed(lambda: read_pdf(body, _LIMITS))


def _pdftotext(path: Path) -> None:
    subprocess.run(["pdftotext", "-raw", "-q", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    before, start = _processor(), time.perf_counter()
    work()
    return time.perf_counter() - start, _processor() - before


def _processor() -> float:
    """Seconds of processor time so far, of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
