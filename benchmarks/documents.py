"""The generated document set, read and judged as `oit check-file` does: precision and recall of the section by kind.

Run: python -m benchmarks.documents [--seed N] [--no-ocr] [--jobs 2] [--kind KIND]
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from checklist.rules.loader import load_rules
from checklist.rules.model import Rules
from core.models.assessment import ElementStatus
from documents import read_document
from documents.base import ReadLimits
from oit.check_file import judge_reading
from sample.labelled_documents.build import Document, documents
from sample.labelled_documents.case import NONE, PRESENT

_RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
_EDITION, _ITEM, _AS_OF = 2566, "O13", date(2023, 4, 30)
PARTS = ("problems", "suggestions")
_THERE = (PRESENT, NONE)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of one part of one document; `said` is a state of the truth, or `review`."""

    name: str
    kind: str
    part: str
    truth: str
    said: str

    @property
    def verdict(self) -> str:
        """`right`, `review` (a person is asked) or `wrong`."""
        if self.said == self.truth:
            return "right"
        return "review" if self.said == ElementStatus.REVIEW.value else "wrong"


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return load_rules(_RULES.read_text("utf-8"), "rules.yaml")


def judge(index: int, seed: int) -> tuple[Judged, ...]:
    """Build, read and judge one document of the set."""
    return judge_document(documents(seed)[index])


def judge_document(document: Document) -> tuple[Judged, ...]:
    """Read and judge one document: what is said of each part of the section."""
    rules = _rules()
    body = document.make()
    reading = read_document(body, f"https://a.go.th/{document.name}", "", document.name, ReadLimits())
    edition = next(e for e in rules.editions if e.year == _EDITION)
    result = judge_reading(document.name, body, reading, edition, _ITEM, _AS_OF, dict(rules.lexicon), "provincial")
    found = {f.element: f for f in result.verdict.findings if f.element in PARTS}
    judged = []
    for part in PARTS:
        finding = found.get(part)
        # No finding at all: nothing of the file was accepted as evidence, or none of it could be read.
        said = ElementStatus.REVIEW.value if finding is None else finding.status.value
        if finding is not None and finding.status is ElementStatus.PRESENT and finding.says_none:
            said = NONE
        judged.append(Judged(document.name, document.kind, part, document.truth.of(part), said))
    return tuple(judged)


def main() -> None:
    """Judge the whole set and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-ocr", action="store_true", help="leave out scans and pictures")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", default="", help="only kinds that begin so")
    options = parser.parse_args()
    chosen = [
        i
        for i, document in enumerate(documents(options.seed))
        if document.kind.startswith(options.kind) and not (options.no_ocr and document.recognised)
    ]
    with ProcessPoolExecutor(options.jobs) as pool:
        judged = [j for found in pool.map(partial(judge, seed=options.seed), chosen, chunksize=4) for j in found]
    for line in figures(judged):
        print(line)


def figures(judged: list[Judged]) -> list[str]:
    """The figures by kind, then every verdict that is wrong and every one left to a person."""
    lines = [f"{'kind':12} {'n':>4} {'precision':>9} {'recall':>7} {'review':>7} {'wrong':>6}"]
    kinds = list(dict.fromkeys(j.kind for j in judged))
    for kind in [*kinds, "all"]:
        lines.append(_row(kind, [j for j in judged if kind in (j.kind, "all")]))
    for verdict in ("wrong", "review"):
        for j in judged:
            if j.verdict == verdict:
                lines.append(f"{verdict} {j.name} {j.part}: truth {j.truth}, said {j.said}")
    return lines


def _row(kind: str, judged: list[Judged]) -> str:
    there = [j for j in judged if j.truth in _THERE]
    said = [j for j in judged if j.said in _THERE]
    right = sum(j.truth in _THERE for j in said)
    counts = Counter(j.verdict for j in judged)
    precision = f"{right / len(said):9.3f}" if said else f"{'-':>9}"
    recall = f"{right / len(there):7.3f}" if there else f"{'-':>7}"
    review = f"{counts['review'] / len(judged):7.3f}"
    return f"{kind:12} {len({j.name for j in judged}):4} {precision} {recall} {review} {counts['wrong']:6}"


if __name__ == "__main__":
    main()
