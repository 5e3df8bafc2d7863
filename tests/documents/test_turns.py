"""Agencies share the readers by time: one whose pages are slow waits for itself only."""

from __future__ import annotations

from documents.turns import SLOW, Turns


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def served(turns: Turns[str], clock: Clock, seconds: dict[str, float], count: int) -> list[str]:
    """The owners of what one worker takes, if each owner's work takes so many seconds."""
    order = []
    for _ in range(count):
        taken = turns.take(seconds=0)
        assert taken is not None
        name, _, began = taken
        clock.now += seconds[name]
        turns.done(name, began)
        order.append(name)
    return order


def test_work_of_one_agency_is_done_in_order() -> None:
    turns: Turns[str] = Turns(1, Clock())
    for work in "abc":
        turns.put("one", work)
    assert [taken[1] for _ in "abc" if (taken := turns.take(seconds=0))] == ["a", "b", "c"]


def test_slow_work_costs_its_own_agency_the_turns() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    for number in range(40):
        turns.put("slow", f"s{number}")
        turns.put("quick", f"q{number}")
    order = served(turns, clock, {"slow": 45.0, "quick": 0.1}, 40)
    assert order.count("slow") == 1


def test_who_comes_late_has_no_claim_on_all_readers() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    for number in range(100):
        turns.put("early", f"e{number}")
    served(turns, clock, {"early": 1.0}, 50)
    for number in range(20):
        turns.put("late", f"l{number}")
    order = served(turns, clock, {"early": 1.0, "late": 1.0}, 20)
    assert 8 <= order.count("late") <= 12


def test_the_spare_worker_serves_others_while_slow_work_has_all_readers() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    turns.put("slow", "s1")
    turns.put("slow", "s2")
    assert turns.take(seconds=0) is not None
    turns.put("quick", "q1")
    assert turns.take(is_spare=True, seconds=0) is None  # it may be done in a moment
    clock.now += SLOW
    taken = turns.take(is_spare=True, seconds=0)
    assert taken is not None
    assert taken[:2] == ("quick", "q1")
    assert turns.take(is_spare=True, seconds=0) is None  # never for who is slow


def test_slow_work_in_the_spare_lane_gives_way_to_an_agency_that_may_be_quick() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    turns.put("slow", "s1")
    turns.put("new", "n1")
    assert turns.take(seconds=0) is not None
    clock.now += SLOW
    taken = turns.take(is_spare=True, seconds=0)
    assert taken is not None
    assert taken[0] == "new"
    clock.now += SLOW
    assert not turns.must_give_way("new")  # nobody waits
    turns.put("slow", "s2")
    assert not turns.must_give_way("new")  # not for who is slow
    turns.put("quick", "q1")
    assert turns.must_give_way("new")
    turns.put_back("new", "n1", taken[2])
    taken = turns.take(is_spare=True, seconds=0)
    assert taken is not None
    assert taken[0] == "quick"
    turns.done("quick", taken[2])
    assert turns.take(is_spare=True, seconds=0) is None  # it is known to be slow now
    assert turns.take(seconds=0) is not None


def test_the_spare_lane_is_for_who_has_proved_to_be_quick_before_who_is_new() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    for _ in range(2):
        turns.put("known", "k")
        taken = turns.take(seconds=0)
        assert taken is not None
        clock.now += 0.2
        turns.done("known", taken[2])
    turns.put("slow", "s1")
    assert turns.take(seconds=0) is not None
    for n in range(10):
        turns.put(f"new{n}", "n")
    turns.put("known", "k")
    clock.now += SLOW
    taken = turns.take(is_spare=True, seconds=0)
    assert taken is not None
    assert taken[0] == "known"


def test_what_readers_lost_is_counted_by_agency() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    turns.put("bad", "a")
    taken = turns.take(seconds=0)
    assert taken is not None
    clock.now += 45
    turns.done("bad", taken[2], lost=True)
    assert (turns.seconds_lost("bad"), turns.seconds_lost("good")) == (45.0, 0.0)


def test_after_the_end_what_waits_is_still_done() -> None:
    turns: Turns[str] = Turns(1, Clock())
    turns.put("one", "a")
    turns.close()
    assert turns.take() is not None
    assert turns.take() is None


def test_what_turned_out_slow_waits_for_all_that_may_be_quick() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock, quick_first=True)
    for name in ("slow1", "slow2"):
        turns.put(name, name)
        taken = turns.take(seconds=0)
        assert taken is not None
        clock.now += SLOW
        turns.put_back(name, name, taken[2])
    for number in range(5):
        turns.put(f"new{number}", "")
    order = served(turns, clock, {f"new{n}": 1.0 for n in range(5)} | {"slow1": 60.0, "slow2": 60.0}, 7)
    assert set(order[:5]) == {f"new{n}" for n in range(5)}
    assert set(order[5:]) == {"slow1", "slow2"}


def test_the_spare_worker_is_there_at_once_beside_those_whose_work_was_slow_before() -> None:
    clock = Clock()
    turns: Turns[str] = Turns(1, clock)
    for _ in range(2):
        turns.put("slow", "")
    served(turns, clock, {"slow": SLOW / 2}, 1)
    turns.put("quick", "")
    for name in ("slow", "quick"):
        turns._owners[name].used = 0.0 if name == "slow" else 1.0
    assert (taken := turns.take(seconds=0)) is not None
    assert taken[0] == "slow"
    spare = turns.take(is_spare=True, seconds=0)
    assert spare is not None
    assert spare[0] == "quick"
