"""Section verdicts on a corpus of real documents, as `oit check-file` gives them, against its labels: prints every
document and the totals.

Run: python -m benchmarks.corpus_sections CORPUS_FOLDER [--ocr PAGES]
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from datetime import date
from pathlib import Path

from checklist.rules.loader import load_rules
from checklist.rules.model import Rules
from core.models.assessment import ElementStatus
from documents import read_document
from documents.base import ReadLimits
from oit.check_file import judge_reading

_HEADING_THERE = (ElementStatus.PRESENT, ElementStatus.EMPTY)
_RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
_EDITION, _ITEM, _AS_OF = 2566, "O13", date(2023, 4, 30)
_COLUMNS = (("problems", "has_problem_heading"), ("suggestions", "has_suggestion_heading"))


def main() -> None:
    """Judge every labelled document and compare what stands there with what people are told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--ocr", type=int, default=0, help="pages recognised per document (0: none)")
    options = parser.parse_args()
    rules = load_rules(_RULES.read_text("utf-8"), "rules.yaml")
    totals: Counter[str] = Counter()
    folder = options.corpus / "documents"
    with (folder / "labels.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            statuses = _judge(folder / row["file"], rules, ReadLimits(ocr_pages=options.ocr))
            for wanted, column in _COLUMNS:
                # No finding at all: nothing of the file was accepted or read, and a person is asked.
                status = statuses.get(wanted, ElementStatus.REVIEW)
                verdict = _verdict(status, row[column])
                totals[verdict] += 1
                print(f"{verdict:10} {wanted:11} truth={row[column] or '-':3} said={status.value:8} {row['file']}")
    print(dict(totals))


def _judge(path: Path, rules: Rules, limits: ReadLimits) -> dict[str, ElementStatus]:
    body = path.read_bytes()
    reading = read_document(body, "https://a.go.th/x", "", path.name, limits)
    edition = next(e for e in rules.editions if e.year == _EDITION)
    result = judge_reading(path.name, body, reading, edition, _ITEM, _AS_OF, dict(rules.lexicon), "provincial")
    return {finding.element: finding.status for finding in result.verdict.findings}


def _verdict(status: ElementStatus, truth: str) -> str:
    if status is ElementStatus.REVIEW:
        return "review"
    if not truth:
        return "unlabelled"
    said = "yes" if status in _HEADING_THERE else "no"
    return "right" if said == truth else "WRONG"


if __name__ == "__main__":
    main()
