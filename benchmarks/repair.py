"""Character errors of Thai PDF text before and after repair, per producer and font, and per kind of damage.

Run: python -m benchmarks.repair

Before: `pdftotext -raw` as it comes. After: the text of the blocks that the PDF reader gives, in order. For damage:
the true text damaged, and the same repaired. The rate is Levenshtein edits per character of the true text. White
space is compared except at line ends: a line break counts nothing, whether it is inserted, lost or stands for the
space that wrapping took. Bullet signs are left out on both sides, and so are spaces around them.

The last column says how many of the table's six column names, three of them wrapped, stand whole in one cell each.
"""

from __future__ import annotations

import argparse
import re
import subprocess

from rapidfuzz.distance import Levenshtein

from benchmarks.producers import FOLDER, FONTS, PRODUCERS, Report, load_report
from benchmarks.producers.damage import DAMAGES, damaged
from crawler.readers.base import ReadLimits
from crawler.readers.pdf import read_pdf
from crawler.readers.thai_repair import repair
from oit.model import BlockKind

_BULLET = re.compile("^[ \u00a0]*[•●▪\uf0b7\ue00c-][ \u00a0]*|^[ \u00a0]+|[ \u00a0]+$", re.MULTILINE)
_BREAKS = re.compile(r"[\n\f\r]+")


def main() -> None:
    """Print both tables."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    report = load_report()
    truth = report.truth()
    print(f"{'producer':18} {'font':10} {'before':>8} {'after':>8}  column names whole")
    for producer in PRODUCERS:
        for font in FONTS:
            path = FOLDER / "pdf" / f"{producer}-{font}.pdf"
            raw = subprocess.run(
                ["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True
            ).stdout.decode()  # fmt: skip
            reading = read_pdf(path.read_bytes(), ReadLimits(ocr_pages=0))
            after = "\n".join(block.text for block in reading.blocks)
            cells = {"".join(b.text.split()) for b in reading.blocks if b.kind is BlockKind.CELL}
            whole = _whole(report, cells)
            print(f"{producer:18} {font:10} {error_rate(truth, raw):8.2%} {error_rate(truth, after):8.2%}  {whole}")
    print(f"\n{'damage':29} {'before':>8} {'after':>8}")
    for name in DAMAGES:
        broken = damaged(truth, name)
        print(f"{name:29} {error_rate(truth, broken):8.2%} {error_rate(truth, repair(broken)):8.2%}")
    print(f"{'none':29} {0:8.2%} {error_rate(truth, repair(truth)):8.2%}")


def error_rate(truth: str, text: str) -> float:
    """Edits per character of the truth; line breaks are free."""
    truth, text = _plain(truth), _plain(text)
    edits = 0
    for kind, here, there in Levenshtein.editops(truth, text):
        taken = truth[here : here + 1] if kind != "insert" else ""
        given = text[there : there + 1] if kind != "delete" else ""
        edits += not ({taken, given} <= {"", " ", "\n"} and "\n" in (taken, given))
    return edits / len(truth)


def _plain(text: str) -> str:
    return _BREAKS.sub("\n", _BULLET.sub("", text)).strip()


def _whole(report: Report, cells: set[str]) -> str:
    wanted = ["".join(name.split()) for name in report.head]
    return f"{sum(name in cells for name in wanted)} of {len(wanted)}"


if __name__ == "__main__":
    main()
