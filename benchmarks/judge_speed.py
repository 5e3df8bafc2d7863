"""Judging a stored snapshot of 500 resources: first time, again, and after edits of rules.yaml.

Each time, of the processor, is also a ratio to reading the same text once (making the comparison key of every block).
Run: python -m benchmarks.judge_speed [--resources 500] [--edition 2566]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.stored_site import fill
from checklist.rules.loader import load_rules
from checklist.rules.model import Edition, Item, Rules
from core.models.agency import Agency
from core.models.snapshot import Snapshot
from core.thai.normalize import make_key
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.checking import check_agency
from oit.run.standing import CheckedAgency, CheckTask, name_lists
from sample.editions import AS_OF

_RULES = Path(__file__).resolve().parent.parent / "rules.yaml"


def main() -> None:
    """Print seconds, ratios and how many items were judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=500)
    parser.add_argument("--edition", type=int, default=2566)
    options = parser.parse_args()
    rules = load_rules(_RULES.read_text("utf-8"), str(_RULES))
    edition = rules.edition(options.edition)
    as_of = date.fromisoformat(AS_OF[options.edition])
    with tempfile.TemporaryDirectory(prefix="oit-") as folder:
        store, agency = fill(Path(folder), options.edition, options.resources)
        snapshot = store.load_snapshot(agency)
        assert snapshot is not None
        read, letters = _read_once(snapshot)
        store.close()
        count = len(snapshot.resources)
        print(f"{count} resources, {letters / 1e6:.2f} million characters; reading them once: {read:.2f} s")

        def judge(name: str, given: Rules) -> None:
            # The lists are looked through for the one that a site follows, as in a night.
            lists = given.editions
            task = CheckTask(
                Path(folder) / "store",
                given.edition(edition.year),
                as_of,
                dict(given.lexicon),
                lists,
                name_lists(lists),
            )
            _judge(name, task, agency, read)

        judge("first time", rules)
        judge("again, nothing changed", rules)
        judge("one phrase of O12 edited", _with(rules, edition, _phrase_edited(edition)))
        judge("one more of O30 edited", _with(rules, edition, _phrase_edited(edition, "O30")))
        judge("one word list edited", rules.model_copy(update={"lexicon": _words_edited(rules)}))
        judge("title of O12 edited", _with(rules, edition, _title_edited(edition)))


def _judge(name: str, task: CheckTask, agency: Agency, read: float) -> None:
    seconds, judged = _timed(lambda: check_agency(task, agency))
    assert not judged.problem, judged.problem
    save_assessment(task.data, CachedAssessment(judged.assessment, judged.mark, judged.bases))
    print(f"{name:26} {seconds:6.2f} s  {seconds / read:5.2f} of reading once  {judged.rejudged:2} items judged")


def _timed(work: Callable[[], CheckedAgency]) -> tuple[float, CheckedAgency]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def _read_once(snapshot: Snapshot) -> tuple[float, int]:
    texts = [block.text for resource in snapshot.resources for block in resource.blocks]
    start = time.process_time()
    for text in texts:
        make_key(text)
    return time.process_time() - start, sum(map(len, texts))


def _phrase_edited(edition: Edition, item_id: str = "O12") -> Item:
    item = edition.item(item_id)
    first = item.elements[0].model_copy(update={"text": item.elements[0].text + " (แก้ไข)"})
    return item.model_copy(update={"elements": (first, *item.elements[1:])})


def _title_edited(edition: Edition) -> Item:
    item = edition.item("O12")
    return item.model_copy(update={"title": item.title + "ประจำปี"})


def _with(rules: Rules, old: Edition, item: Item) -> Rules:
    """The rules with an item of a list in place of the one of its number."""
    items = tuple(item if one.id == item.id else one for one in old.items)
    edited = old.model_copy(update={"items": items})
    return rules.model_copy(update={"editions": tuple(edited if one is old else one for one in rules.editions)})


def _words_edited(rules: Rules) -> dict[str, tuple[str, ...]]:
    return {**rules.lexicon, "person_titles": (*rules.lexicon["person_titles"], "ว่าที่ร้อยตรี (ทดลอง)")}


if __name__ == "__main__":
    main()
