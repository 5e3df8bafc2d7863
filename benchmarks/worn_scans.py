"""Reports scanned at every wear between a good copy and a page that no machine can read: what is said wrongly of the
section, and what is left to a person. Such pages show what a lack in a scan is worth: most of a page may be read for
sure, and the heading not.

Run: python -m benchmarks.worn_scans [--seed N] [--pages 30]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from random import Random

from benchmarks.documents import figures, judge_document
from sample.labelled_documents import raster
from sample.labelled_documents.build import Document, worn_scan
from sample.labelled_documents.filled import FILLED

_LACKING = ("cut", "projects", "swot", "prose")
_EACH = 5
"""Every so many documents one lacks the section."""


def main() -> None:
    """Make the scans from a seed, read and judge them, print the figures by resolution."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=30)
    options = parser.parse_args()
    judged = [j for document in _scans(options.seed, options.pages) for j in judge_document(document)]
    for line in figures(judged):
        print(line)


def _scans(seed: int, count: int) -> Iterator[Document]:
    dice = Random(f"worn {seed}")
    for number in range(count):
        name = dice.choice(tuple(FILLED)) if number % _EACH else dice.choice(_LACKING)
        quality = raster.Quality(
            dpi=dice.randint(70, 150),
            skew=dice.uniform(0.3, 2.5),
            blur=dice.uniform(0.3, 0.9),
            noise=dice.uniform(0.03, 0.25),
            jpeg=dice.randint(20, 70),
            grey=dice.randint(215, 245),
        )
        yield worn_scan(name, quality, f"{quality.dpi // 20 * 20} dpi", seed * 1000 + number)


if __name__ == "__main__":
    main()
