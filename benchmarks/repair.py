"""Character errors of Thai PDF text before and after repair, per producer and font, and per kind of damage.

Run: python -m benchmarks.repair [CORPUS_FOLDER]

Before: `pdftotext -raw` as it comes. After: the text of the blocks that the PDF reader gives, in order. For damage:
the true text damaged, and the same repaired. The rate is Levenshtein edits per character of the true text. White
space is compared except at line ends: a line break counts nothing, whether it is inserted, lost or stands for the
space that wrapping took. Bullet signs are left out on both sides, and so are spaces around them.

The last column says how many of the table's six column names, three of them wrapped, stand whole in one cell each.

With a corpus, the same damage is done to pages of its real documents too: at most forty, those of 800 characters or
more that hold sara am and that repair leaves as they are. Signs of damage that the repair looks for were met in other
pages of some of them.

Harm: real lists of Thai words, titles and names, sixty a page in a random order, repaired; counted are the lines that
came back changed, and those of them changed by more than the rules for sequences that no Thai text holds (the lists
do hold some such typing errors, so the first count is not all harm).
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
from pathlib import Path

from pythainlp.corpus import thai_family_names, thai_orst_words, thai_wikipedia_titles
from rapidfuzz.distance import Levenshtein

from benchmarks.producers import FOLDER, FONTS, PRODUCERS, Report, load_report
from benchmarks.producers.damage import DAMAGES, damaged
from core.models.snapshot import BlockKind
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from documents.thai_repair.marks import write_well
from documents.thai_repair.page import repair

_BULLET = re.compile("^[ \u00a0]*[•●▪\uf0b7\ue00c-][ \u00a0]*|^[ \u00a0]+|[ \u00a0]+$", re.MULTILINE)
_BREAKS = re.compile(r"[\n\f\r]+")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    corpus = parser.parse_args().corpus
    report = load_report()
    truth = report.truth()
    print(f"{'producer':18} {'font':10} {'before':>8} {'after':>8}  column names whole")
    for producer in PRODUCERS:
        for font in FONTS:
            path = FOLDER / "pdf" / f"{producer}-{font}.pdf"
            raw = subprocess.run(
                ["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True
            ).stdout.decode()
            reading = read_pdf(path.read_bytes(), ReadLimits(ocr_pages=0))
            after = "\n".join(block.text for block in reading.blocks)
            cells = {"".join(b.text.split()) for b in reading.blocks if b.kind is BlockKind.CELL}
            whole = _whole(report, cells)
            print(f"{producer:18} {font:10} {error_rate(truth, raw):8.2%} {error_rate(truth, after):8.2%}  {whole}")
    _print_damage("damage", [truth])
    if corpus is not None:
        pages = _whole_pages(corpus)
        _print_damage(f"on {len(pages)} real pages", pages)
    print(f"\n{'harm to whole text':29} {'lines':>8} {'changed':>8} {'by words':>8}")
    for name, lines in (
        ("titles", thai_wikipedia_titles()),
        ("dictionary", thai_orst_words()),
        ("names", thai_family_names()),
    ):
        print(f"{name:29} {len(lines):8} {' '.join(f'{count:8}' for count in _harm(sorted(lines)))}")


def _print_damage(title: str, pages: list[str]) -> None:
    print(f"\n{title:29} {'before':>8} {'after':>8}")
    for name in DAMAGES:
        broken = [damaged(page, name, seed) for seed, page in enumerate(pages)]
        before = sum(map(error_rate, pages, broken)) / len(pages)
        after = sum(map(error_rate, pages, map(repair, broken))) / len(pages)
        print(f"{name:29} {before:8.2%} {after:8.2%}")
    after = sum(map(error_rate, pages, map(repair, pages))) / len(pages)
    print(f"{'none':29} {0:8.2%} {after:8.2%}")


def _whole_pages(corpus: Path) -> list[str]:
    """Pages of real documents without damage, at most eight of each document."""
    pages: list[str] = []
    for path in sorted((corpus / "documents").glob("*.pdf")):
        done = subprocess.run(["pdftotext", "-raw", "-q", "-enc", "UTF-8", path, "-"], capture_output=True, check=False)
        texts = done.stdout.decode("utf-8", "replace").split("\f")
        pages += [text for text in texts if len(text) >= 800 and "ำ" in text and repair(text) == text][:8]
    return pages[:40]


def error_rate(truth: str, text: str) -> float:
    """Edits per character of the truth; line breaks are free."""
    truth, text = _plain(truth), _plain(text)
    edits = 0
    for kind, here, there in Levenshtein.editops(truth, text):
        taken = truth[here : here + 1] if kind != "insert" else ""
        given = text[there : there + 1] if kind != "delete" else ""
        edits += not ({taken, given} <= {"", " ", "\n"} and "\n" in (taken, given))
    return edits / len(truth)


def _harm(lines: list[str]) -> tuple[int, int]:
    """Lines changed by repair, and by its reading of words."""
    random.Random(3).shuffle(lines)
    changed = by_words = 0
    for start in range(0, len(lines), 60):
        page = "\n".join(lines[start : start + 60])
        after, ruled = repair(page), write_well(page)
        if after != page:
            changed += sum(a != b for a, b in zip(page.split("\n"), after.split("\n"), strict=False))
            by_words += sum(a != b for a, b in zip(ruled.split("\n"), after.split("\n"), strict=False))
    return changed, by_words


def _plain(text: str) -> str:
    return _BREAKS.sub("\n", _BULLET.sub("", text)).strip()


def _whole(report: Report, cells: set[str]) -> str:
    wanted = ["".join(name.split()) for name in report.head]
    return f"{sum(name in cells for name in wanted)} of {len(wanted)}"


if __name__ == "__main__":
    main()
