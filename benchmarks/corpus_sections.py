"""Section verdicts on a corpus of real documents, against its labels: prints every document and the totals.

Run: python -m benchmarks.corpus_sections CORPUS_FOLDER [--ocr PAGES]
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from checklist.evidence_view import EvidencePart
from checklist.rules.loader import load_rules
from checklist.section.check import check_section
from core.models.assessment import ElementStatus
from core.models.snapshot import FetchOutcome, ReadState, Resource
from core.storage.store import with_reading
from documents import read_document
from documents.base import ReadLimits

_HEADING_THERE = (ElementStatus.PRESENT, ElementStatus.EMPTY)
_RULES = Path(__file__).resolve().parent.parent / "rules.yaml"


def main() -> None:
    """Read every labelled document and compare what stands there with what we say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--ocr", type=int, default=0, help="pages recognised per document (0: none)")
    options = parser.parse_args()
    rules = load_rules(_RULES.read_text("utf-8"), "rules.yaml")
    totals: Counter[str] = Counter()
    folder = options.corpus / "documents"
    with (folder / "labels.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            body = (folder / row["file"]).read_bytes()
            reading = read_document(body, "https://a.go.th/x", "", row["file"], ReadLimits(ocr_pages=options.ocr))
            resource = with_reading(Resource("https://a.go.th/x", FetchOutcome.OK), reading)
            part = EvidencePart(resource, 0, len(resource.blocks))
            for wanted, column in (("problems", "has_problem_heading"), ("suggestions", "has_suggestion_heading")):
                found = check_section(wanted, part, rules.lexicon)  # type: ignore[arg-type]
                verdict = _verdict(found.status, row[column], blind=reading.state is not ReadState.READ)
                totals[verdict] += 1
                print(
                    f"{verdict:10} {wanted:11} truth={row[column] or '-':3} said={found.status.value:8} {row['file']}"
                )
    print(dict(totals))


def _verdict(status: ElementStatus, truth: str, *, blind: bool) -> str:
    said = "yes" if status in _HEADING_THERE else "no"
    if status is ElementStatus.REVIEW or (said == "no" and blind):
        return "review"
    if not truth:
        return "unlabelled"
    return "right" if said == truth else "WRONG"


if __name__ == "__main__":
    main()
