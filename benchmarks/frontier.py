"""Share of items answered by pages fetched: our frontier against breadth-first, on sample sites made larger with
news and galleries that speak of the same things as the disclosures do.

Run: python -m benchmarks.frontier [--sites 4] [--noise 300]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from checklist.assess import assess
from core.models.snapshot import Snapshot, StopReason
from core.storage.store import Store
from crawler.budget import Budget
from crawler.process.supervisor import run_crawl
from oit.run.job import RunPlan, prepare_run, read_rules
from oit.run.options import Settings
from oit.run.pipeline import crawl_settings
from sample.editions import AS_OF
from sample.province import Province, build
from sample.server import serve

_EDITION = 2566
_AT = (25, 50, 100, 200, 10_000)
_OFFICES = ("community-development", "commerce", "agriculture", "tourism", "energy", "transport", "environment", "land")
_FAST = {
    "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "RETRY_TIMES": "0",
}  # fmt: skip


def main() -> None:
    """Crawl each site twice whole, then judge what the first pages would have shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=4)
    parser.add_argument("--noise", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oit-frontier-") as name:
        folder = Path(name)
        province = build(folder / "site", _EDITION, only=_OFFICES[: options.sites])
        for agency in province.agencies:
            add_noise(folder / "site" / "sites" / agency / "www", options.noise)
        with serve(province, folder / "site" / "agencies.yaml"):
            shares = {way: measured(province, folder, first_come=way != "ours") for way in ("ours", "breadth-first")}
    print(f"share of the items answered (of {len(province.agencies)} sites with {options.noise} more pages each)")
    print(f"{'pages fetched':16}" + "".join(f"{_named(at):>8}" for at in _AT))
    for way, found in shares.items():
        print(f"{way:16}" + "".join(f"{value:8.0%}" for value in found))


def _named(at: int) -> str:
    return str(at) if at < 10_000 else "all"


def add_noise(www: Path, count: int) -> None:
    """News and galleries linked from every page's top, in lists of twenty, with words of the site's own links."""
    rng = random.Random(count)
    home = (www / "index.html").read_bytes()
    charset = "cp874" if b"874" in home[:2000] else "utf-8"
    words = sorted({word for item in read_rules(None).edition(_EDITION).items for word in item.title.split()})
    pages: dict[str, str] = {}
    lists = [f"news/list{n}.html" for n in range(count // 20)]
    for number, path in enumerate(lists):
        rows = [f"news/a{number * 19 + n}.html" for n in range(19)]
        named = [(row, f"{' '.join(rng.choices(words, k=3))} {rng.randrange(2560, 2567)}") for row in rows]
        pages[path] = "<ul>" + "".join(f'<li><a href="/{row}">{label}</a></li>' for row, label in named) + "</ul>"
        pages |= {row: f"<h1>{label}</h1><p>{' '.join(rng.choices(words, k=40))}</p>" for row, label in named}
    top = "".join(f'<a href="/{path}">{number}</a> ' for number, path in enumerate(lists))
    for path, body in pages.items():
        target = www / path
        target.parent.mkdir(parents=True, exist_ok=True)
        head = f'<head><meta charset="{charset}"><title>{path}</title></head>'
        text = f"<html>{head}<body><nav>{top}</nav>{body}</body></html>"
        target.write_bytes(text.encode(charset, "replace"))
    at = home.lower().find(b"<body")
    at = home.find(b">", at) + 1
    (www / "index.html").write_bytes(home[:at] + f"<div>{top}</div>".encode(charset) + home[at:])


def measured(province: Province, folder: Path, *, first_come: bool) -> list[float]:
    """The share of items whose verdict after this number of pages is that of the truth, over all sites."""
    data = folder / "store"
    shutil.rmtree(data, ignore_errors=True)
    settings = Settings(
        as_of=date.fromisoformat(AS_OF[_EDITION]),
        agencies=folder / "site" / "agencies.yaml",
        edition=_EDITION,
        data=data,
        allow_local=True,
        scrapy=tuple({**_FAST, "OIT_FIRST_COME": str(first_come)}.items()),
    )
    job = prepare_run(settings)
    store = Store(data)
    run_crawl(job.chosen, store, replace(crawl_settings(job), budget=Budget()), lambda _: None)
    found = [0.0] * len(_AT)
    for agency in job.chosen:
        snapshot = store.load_snapshot(agency)
        assert snapshot is not None
        truth = json.loads(province.truth(agency.id).read_text("utf-8"))["items"]
        for n, at in enumerate(_AT):
            found[n] += answered(job, snapshot, at, truth) / len(job.chosen)
    store.close()
    return found


def answered(job: RunPlan, snapshot: Snapshot, pages: int, truth: dict[str, dict[str, str]]) -> float:
    """The share of items judged as the truth says by the first `pages` answers of a crawl."""
    seen = replace(snapshot, resources=snapshot.resources[:pages], complete=False, stopped_by=StopReason.PAGES)
    verdicts = assess(seen, job.edition, job.settings.as_of, dict(job.rules.lexicon)).verdicts
    wanted = {item: entry["status"] for item, entry in truth.items() if entry["status"] not in ("missing", "unchecked")}
    return sum(wanted.get(v.item) == v.status.value for v in verdicts) / len(wanted)


if __name__ == "__main__":
    main()
