"""Write the set into a folder, with its truth: python -m sample.labelled_documents OUT [--seed N]."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sample.labelled_documents.build import documents


def main() -> None:
    """Write every document and truth.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    truth = {}
    for document in documents(options.seed):
        (options.out / document.name).write_bytes(document.make())
        truth[document.name] = {
            "kind": document.kind,
            "problems": document.truth.problems,
            "suggestions": document.truth.suggestions,
        }
    text = json.dumps({"seed": options.seed, "documents": truth}, ensure_ascii=False, indent=1)
    (options.out / "truth.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
