"""Real OIT index pages: which items' entries are found, and whether titles and printed numbers agree.

The pages carry no labels of their own, but most print an item's number beside its title. Our entries are made from
titles first, so the printed number is an independent witness: agreement is precision as the site itself sees it.
Items of the edition without an entry are named; whether they are there under other words is for a person to see.

Run: python -m benchmarks.corpus_sites CORPUS_FOLDER [--edition 2566]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from checklist.candidates.entries import read_index
from checklist.candidates.labels import ItemNames, item_number
from checklist.rules.loader import load_rules
from core.models.snapshot import FetchOutcome, Resource, ResourceKind
from core.storage.store import with_reading
from documents import read_document
from documents.base import ReadLimits

_RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
_ENOUGH = 5


def main() -> None:
    """Print a line per index page and the entries on which title and number differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--edition", type=int, default=2566)
    options = parser.parse_args()
    rules = load_rules(_RULES.read_text("utf-8"), str(_RULES))
    edition = rules.edition(options.edition)
    names = ItemNames(edition.naming, rules.lexicon)
    root = options.corpus / "sites"
    for path in sorted(root.rglob("*.html")):
        page = _page(path, root)
        found: dict[str, set[str]] = defaultdict(set)
        for entry in read_index(page, names, menus=False).entries:
            found[entry.item].add(entry.label)
        if len(found) < _ENOUGH:
            continue
        agree, differ = 0, []
        for item, labels in found.items():
            for label in labels:
                number = item_number(label, zero=True, plain=False)
                if number is None:
                    continue
                if f"O{number}" == item:
                    agree += 1
                else:
                    differ.append(f"{item} has the label {label[:70]!r}")
        lacking = [item.id for item in edition.items if item.id not in found]
        print(
            f"{path.relative_to(root)}: entries of {len(found)} of {len(edition.items)} items; number agrees "
            f"{agree}, differs {len(differ)}; no entry: {' '.join(lacking) or 'none'}"
        )
        for line in differ:
            print(f"    {line}")


def _page(path: Path, root: Path) -> Resource:
    url = f"https://a.go.th/{path.relative_to(root).as_posix()}"
    reading = read_document(path.read_bytes(), url, "text/html", path.name, ReadLimits())
    return with_reading(Resource(url, FetchOutcome.OK, final_url=url, kind=ResourceKind.PAGE), reading)


if __name__ == "__main__":
    main()
