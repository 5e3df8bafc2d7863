"""Peak memory of a reader process on a very long PDF, against its limit.

Run: python -m benchmarks.reader_memory [--pages N]

A PDF of 2,000 pages (running text, a ruled table every few pages, every other part damaged) goes through the pool of
reader processes as in a night's crawl: once with the limits of production (of `ReadLimits.pages` pages at most, so it
is read in part and says so) and once with the page limit lifted. Printed are the peaks of address space, beyond what
the process had before it read, and of resident memory (Linux, /proc); the limit (`ReadLimits.memory`) is on address
space. Exit status 1 if a limit was passed or the document was not read.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from pathlib import Path

from benchmarks.producers.damage import damaged
from core.models.snapshot import Reading, ReadState
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from sample.paper import Heading, Paper, Table, Text
from sample.render.pdf import pdf

_MB = 1 << 20
_TEXT = (
    "หน่วยงานได้ดำเนินการตามแผนปฏิบัติราชการประจำปีงบประมาณ โดยจัดประชุมคณะทำงานเพื่อติดตามความก้าวหน้าของโครงการสำคัญ "
    "และเร่งรัดการเบิกจ่ายงบประมาณให้เป็นไปตามเป้าหมายที่กำหนด "
)


def main() -> None:
    """Print a line per reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    pages = parser.parse_args().pages
    body = long_pdf(pages)
    production = ReadLimits()
    passed = True
    print(f"a PDF of {len(body) / _MB:.1f} MB; limit {production.memory / _MB:.0f} MB beyond the process's own")
    for limits in (production, ReadLimits(pages=10_000, seconds=600.0, blocks=1_000_000)):
        before, peak, resident, reading, seconds = measure(body, limits)
        grown = peak - before
        print(
            f"page limit {limits.pages:5}: {reading.state} ({reading.note or 'whole'}), {reading.page_count} pages, "
            f"{len(reading.blocks)} blocks in {seconds:.1f} s; address space +{grown / _MB:.0f} MB, "
            f"resident peak {resident / _MB:.0f} MB"
        )
        passed &= grown < limits.memory and resident < limits.memory and reading.state is not ReadState.UNREAD
    raise SystemExit(0 if passed else 1)


def long_pdf(pages: int) -> bytes:
    """A report of at least this number of pages."""
    head = ("ที่", "โครงการ", "ผลการดำเนินงาน", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ")
    rows = tuple((str(n), "จัดซื้อครุภัณฑ์สำนักงาน", "ดำเนินการแล้วเสร็จ", "ไม่มี", "ควรทำต่อเนื่อง") for n in range(20))
    blocks: list[Heading | Text | Table] = []
    for part in range(-(-pages // 7)):
        # Every other part as a damaged text layer has it: repair and its dictionary take memory too.
        text = damaged(_TEXT, "sara am lost") if part % 2 else _TEXT
        blocks += [Heading(f"{part + 1}. ผลการดำเนินงาน"), *(Text(text * 4),) * 22, Table(head, rows)]
    return pdf(Paper("รายงานประจำปี", tuple(blocks)))


def measure(body: bytes, limits: ReadLimits) -> tuple[int, int, int, Reading, float]:
    """Address space of a fresh reader process before it reads a body and at its peak, its resident peak (bytes),
    what it read and the seconds that it took."""
    pool = ReaderPool(1)
    try:
        pool.submit(ReadTask(b"a", "https://a.go.th/a.txt", "text/plain", "a.txt", limits)).result()
        (child,) = multiprocessing.active_children()
        before = _status(child.pid or 0, "VmPeak")
        start = time.perf_counter()
        reading = pool.submit(ReadTask(body, "https://a.go.th/a.pdf", "application/pdf", "a.pdf", limits)).result()
        seconds = time.perf_counter() - start
        return before, _status(child.pid or 0, "VmPeak"), _status(child.pid or 0, "VmHWM"), reading, seconds
    finally:
        pool.close()


def _status(process: int, name: str) -> int:
    for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main()
