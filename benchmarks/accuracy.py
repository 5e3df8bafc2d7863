"""How often the verdicts are right: whole labelled sites, crawled over loopback and judged.

Two sets: `province`, the 31 offices of the demonstration, and `planted`, sites of many structures with a defect in
most of their items. Prints per item and per status precision and recall, false "complete", false "missing", the share
of `review`, and every wrong verdict. Planted sites are drawn twice: with the seed that the program was tuned on and
with a fresh one, whose figures stand beside them at the end: what is lower there was learned by heart.

Run: python -m benchmarks.accuracy [--set planted] [--edition 2566] [--sites 31] [--seed 1] [--fresh 7 11 23]
With --keep the figures of the tuned seed become the baseline that the tests hold: accuracy may not fall below it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from core.atomic import write_atomic
from core.models.agency import Agency
from crawler.process.supervisor import Progress
from oit.demo import audit_demo, build_demo
from oit.evaluation import Accuracy, measure
from oit.run.options import Settings
from sample.cases import CASES
from sample.defect_sites import plant_defects
from sample.editions import AS_OF, YEARS

SETS = ("province", "planted")
BASELINE = Path(__file__).resolve().parent.parent / "tests" / "accuracy" / "baseline.json"


def run(name: str, edition: int, sites: int, seed: int, folder: Path) -> Accuracy:
    """Build, crawl and judge one set below `folder`, and compare with its truth."""
    cases = CASES if name == "province" else plant_defects(edition, sites, seed)
    province = build_demo(folder, edition, cases=cases, seed=seed)
    result = audit_demo(province, folder, Settings(as_of=date.fromisoformat(AS_OF[edition])), _quiet)
    assert result is not None
    return measure(result.cases)


def _quiet(agencies: tuple[Agency, ...]) -> Callable[[Progress], None]:
    return lambda progress: None


def _seeds(name: str, options: argparse.Namespace) -> dict[int, str]:
    """The seeds to draw a set with -> what they are; the province is always the same."""
    fresh = options.fresh if options.fresh is not None else [random.SystemRandom().randrange(1000, 10_000)]
    tuned = {options.seed: "tuned"}
    return tuned if name == "province" else {**{seed: "fresh" for seed in fresh}, **tuned}


def _kept(found: Accuracy, sites: int, seed: int) -> dict[str, object]:
    return {
        "sites": sites,
        "seed": seed,
        "items": found.items,
        "right": found.right,
        "false_complete": found.false_complete,
        "false_missing": found.false_missing,
        "wrong": sorted(f"{d.agency} {d.item} {d.element}".strip() for d in found.wrong),
    }


def main() -> None:
    """Print the figures of the chosen sets and editions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, action="append", dest="sets")
    parser.add_argument("--edition", type=int, choices=YEARS, action="append", dest="editions")
    parser.add_argument("--sites", type=int, default=31, help="how many planted sites (at most 31)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fresh", type=int, nargs="*", help="further seeds to draw planted sites with (default: one)")
    parser.add_argument("--keep", action="store_true", help=f"write the figures of the planted sets to {BASELINE.name}")
    options = parser.parse_args()
    kept: dict[str, object] = {}
    beside: list[str] = []
    for name in options.sets or SETS:
        for edition in options.editions or YEARS:
            for seed, kind in sorted(_seeds(name, options).items(), key=lambda pair: pair[1], reverse=True):
                with tempfile.TemporaryDirectory(prefix="oit-") as folder:
                    found = run(name, edition, options.sites, seed, Path(folder))
                print(f"\n== {name} {edition} (seed {seed}, {kind})")
                for line in found.lines():
                    print(line, flush=True)
                beside.append(
                    f"{name:8} {edition} {kind} {seed:5} {found.right:6} of {found.items:4} "
                    f"{found.right / found.items:.4f} {found.false_complete:14} {found.false_missing:13} "
                    f"{found.needless:15}"
                )
                if name == "planted" and seed == options.seed:
                    kept[str(edition)] = _kept(found, options.sites, seed)
    print("\nset            seed         right           false complete false missing needless review")
    print("\n".join(beside))
    if options.keep:
        write_atomic(BASELINE, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
