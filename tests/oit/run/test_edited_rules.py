"""After an edit of rules.yaml an agency's report is, byte for byte, that of judging everything from nothing.

One value of every kind that an item, an element or a matcher of the list has is edited, whatever its name: a field that
is added to the rules is edited here too without anybody thinking of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from benchmarks.stored_site import fill
from checklist.assess import assess
from checklist.rules.model import Edition, Item, Rules
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.models.snapshot import Snapshot
from core.storage.store import Store
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.checking import check_agency
from oit.run.standing import CheckedAgency, CheckTask, name_lists
from sample.editions import AS_OF

YEAR = 2566
AGENCIES = ("culture", "employment")
"""Sites with an item absent, one cut, links that are dead, files, labels in own words."""
WORDS = "กขคง"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TRIED = 3
"""Places of a kind that are tried until the rules allow an edit there."""
PARTS = 4
"""Into which the long tests are cut: each ends within its time on a loaded machine too."""
ROW = 6
"""Edits of word lists that are made one upon the other."""
_JSON = TypeAdapter(Assessment)


@dataclass(frozen=True)
class Office:
    """A stored site, as it is judged from nothing."""

    data: Path
    agency: Agency
    snapshot: Snapshot


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, ...]:
    return tuple(_office(tmp_path_factory.mktemp(name), name) for name in AGENCIES)


def _office(folder: Path, name: str) -> Office:
    store, agency = fill(folder, YEAR, 0, agency=name)
    snapshot = store.load_snapshot(agency)
    store.close()
    assert snapshot is not None
    return Office(folder / "store", agency, snapshot)


def task_of(rules: Rules, office: Office, as_of: datetime.date) -> CheckTask:
    lists = rules.editions
    return CheckTask(office.data, rules.edition(YEAR), as_of, dict(rules.lexicon), lists, name_lists(lists))


def check(rules: Rules, office: Office, as_of: datetime.date) -> CheckedAgency:
    """Judge as a night does, on top of what is kept, and keep what comes of it."""
    found = check_agency(task_of(rules, office, as_of), office.agency)
    assert not found.problem, found.problem
    save_assessment(office.data, CachedAssessment(found.assessment, found.mark, found.bases))
    return found


def from_nothing(rules: Rules, office: Office, as_of: datetime.date) -> bytes:
    whole = assess(office.snapshot, rules.edition(YEAR), as_of, dict(rules.lexicon), rules.editions)
    return _JSON.dump_json(whole)


def edited_at(rules: Rules, path: tuple[Any, ...], value: Any) -> Rules | None:
    """The rules with one value of the edition edited; None if the rules may not say so."""
    old = rules.edition(YEAR)
    try:
        if path[0] == "items":
            data = old.items[path[1]].model_dump(mode="json", exclude_none=True)
            put(data, path[2:], value)
            items = tuple(Item.model_validate(data) if at == path[1] else one for at, one in enumerate(old.items))
            edition = old.model_copy(update={"items": items})
        else:
            data = old.model_dump(mode="json", exclude_none=True)
            put(data, path, value)
            edition = Edition.model_validate(data)
    except ValidationError:
        return None
    editions = tuple(edition if one is old else one for one in rules.editions)
    return rules.model_copy(update={"editions": editions})


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values that hold no others."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [path_ for key, each in pairs for path_ in leaves(each, (*path, key))]
    yield from inner if isinstance(value, dict | list) and value else (path,)


def others(value: Any) -> tuple[Any, ...]:
    """What may stand in a value's place, the likeliest first."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int | float):
        return (value + 1, value - 1)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return ("2023-09-30",)
    if isinstance(value, str):
        words = ("previous", "none", "current", "document", "page", "any", "advised", "required", "problems")
        words += ("suggestions", "covers", "within", "year", "label", "heading", "text", "2023-09-30")
        return (*((f"{value}{WORDS}",) if value else ()), *(w for w in words if w != value))
    if isinstance(value, list):
        return ([WORDS], ["text"])
    return (1, "2023-09-30", WORDS, [WORDS])


def kinds_of_edits(edition: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Path without its numbers -> the places in the edition where there is such a value."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for path in leaves(edition):
        if path[0] in ("year", "scheme", "weights", "bands", "bands_source"):
            continue  # another list, or of the rating, which is of no agency's site
        kind = ".".join(str(key) for key in path if not isinstance(key, int))
        if kind in ("indicators.sub_indicators.id", "items.sub_indicator"):
            continue  # only together: see `regrouped`
        found.setdefault(kind, []).append(path)
    return found


def put(data: dict[str, Any], path: tuple[Any, ...], value: Any) -> None:
    at: Any = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value


def edits(rules: Rules, *kinds: str) -> Iterator[tuple[str, Rules]]:
    """The rules with one value of each kind edited, or of these kinds alone."""
    plain = rules.edition(YEAR).model_dump(mode="json", exclude_none=True)
    for kind, places in kinds_of_edits(plain).items():
        middle = len(places) // 2
        for path in places[middle : middle + _TRIED] if kind in kinds or not kinds else ():
            value = reduce(lambda held, key: held[key], path, plain)
            tried = (edited_at(rules, path, other) for other in others(value))
            changed = next((each for each in tried if each is not None), None)
            if changed is not None:
                yield kind, changed
                break


def regrouped(rules: Rules) -> Rules:
    """The rules with a sub-indicator under another number."""
    old = rules.edition(YEAR)
    data = old.model_dump_json(exclude_none=True).replace('"9.2"', '"9.7"')
    edition = Edition.model_validate_json(data)
    return rules.model_copy(update={"editions": tuple(edition if one is old else one for one in rules.editions)})


def word_edits(rules: Rules) -> list[list[tuple[str, Rules]]]:
    """The rules with one word more, or one less, in each of the word lists: a few edits one upon the other, so that the
    rules need not be put back between them, and then from the shipped ones again, so that they stay rules that find
    something."""
    rows: list[list[tuple[str, Rules]]] = []
    for at, (name, words) in enumerate(sorted(rules.lexicon.items())):
        changed = words[1:] if at % 2 and len(words) > 1 else (*words, WORDS)
        if at % ROW == 0:
            rows.append([])
        lexicon = rows[-1][-1][1].lexicon if rows[-1] else rules.lexicon
        rows[-1].append((name, rules.model_copy(update={"lexicon": {**lexicon, name: changed}})))
    return rows


def compare(rules: Rules, edited: Rules, office: Office, name: str) -> None:
    """Judge by the rules and then by the edited ones."""
    as_of = datetime.date.fromisoformat(AS_OF[YEAR])
    check(rules, office, as_of)
    found = check(edited, office, as_of)
    assert _JSON.dump_json(found.assessment) == from_nothing(edited, office, as_of), name


def test_an_edited_element_is_judged_alone_and_of_its_pages_only(
    shipped: Rules, offices: tuple[Office, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = edited_at(shipped, ("items", 11, "elements", 0, "text"), WORDS)
    assert edited is not None
    as_of = datetime.date.fromisoformat(AS_OF[YEAR])
    for office in offices:
        check(shipped, office, as_of)
        unpacked: list[bytes] = []
        import core.storage.stored_snapshot as stored

        plain = stored.decode_blocks
        monkeypatch.setattr(stored, "decode_blocks", lambda packed, u=unpacked, p=plain: u.append(packed) or p(packed))
        assert check(edited, office, as_of).rejudged == 1
        monkeypatch.undo()
        assert len(unpacked) < len(office.snapshot.resources) / 2


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_edit_of_the_list_gives_what_judging_from_nothing_gives(
    shipped: Rules, offices: tuple[Office, ...], part: int
) -> None:
    chosen = [*edits(shipped), ("sub-indicator", regrouped(shipped))]
    kinds = {name for name, _ in chosen}
    assert len(kinds) > 60, sorted(kinds)
    assert {"items.title", "items.elements.match.phrase.any", "items.evidence", "items.due"} <= kinds
    for number, (name, edited) in enumerate(chosen[part::PARTS]):
        compare(shipped, edited, offices[number % len(offices)], name)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_edit_of_a_word_list_gives_what_judging_from_nothing_gives(
    shipped: Rules, offices: tuple[Office, ...], part: int
) -> None:
    as_of = datetime.date.fromisoformat(AS_OF[YEAR])
    for number, row in enumerate(word_edits(shipped)):
        if number % PARTS != part:
            continue
        office = offices[number // PARTS % len(offices)]
        check(shipped, office, as_of)
        for name, edited in row:
            found = check(edited, office, as_of)
            assert _JSON.dump_json(found.assessment) == from_nothing(edited, office, as_of), name


def test_edits_one_upon_the_other_and_other_days(shipped: Rules, offices: tuple[Office, ...]) -> None:
    """A few edits without going back between them, each on another day."""
    day = datetime.date.fromisoformat(AS_OF[YEAR])
    kinds = ("items.title", "items.elements.match.section.part", "items.year", "items.evidence", "items.avoid")
    chosen = [edited for _, edited in edits(shipped, *kinds)]
    words = {**shipped.lexicon, "section_problems": shipped.lexicon["section_problems"][1:]}
    chosen.append(shipped.model_copy(update={"lexicon": words}))
    assert len(chosen) == len(kinds) + 1
    for office in offices:
        check(shipped, office, day)
        for number, edited in enumerate(chosen):
            later = day + datetime.timedelta(days=50 * number)
            found = check(edited, office, later)
            assert _JSON.dump_json(found.assessment) == from_nothing(edited, office, later)


def test_a_page_that_changes_is_read_anew(shipped: Rules, tmp_path: Path) -> None:
    """What is known of the pages is of the night before; one of them is another now."""
    office = _office(tmp_path, "culture")
    day = datetime.date.fromisoformat(AS_OF[YEAR])
    check(shipped, office, day)
    store = Store(office.data)
    run = store.begin_run((office.agency.id,))
    night = store.begin_snapshot(run, office.agency, office.snapshot.hosts)
    for number, resource in enumerate(office.snapshot.resources):
        reading = store.reading(resource.sha256, resource.final_url or resource.url, resource.kind)
        assert reading is not None
        if number == 1:
            resource = replace(resource, sha256="e" * 64)
            reading = replace(reading, title="แผนปฏิบัติการป้องกันการทุจริต", blocks=(), links=())
        store.add_resource(night, resource, reading)
    store.finish_snapshot(
        night, complete=True, stopped_by=office.snapshot.stopped_by, home_ok=True, hosts=office.snapshot.hosts
    )
    store.finish_run(run)
    snapshot = store.load_snapshot(office.agency)
    store.close()
    assert snapshot is not None
    found = check(shipped, office, day)
    assert _JSON.dump_json(found.assessment) == from_nothing(shipped, replace(office, snapshot=snapshot), day)
