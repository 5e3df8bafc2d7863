"""A set of numbers that takes little."""

from __future__ import annotations

import sys
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from crawler.links.number_set import NumberSet


@given(st.lists(st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-3, 3), st.sampled_from([1024, 2048, 4096]))))
def test_it_holds_what_was_added_and_nothing_else(numbers: list[int]) -> None:
    found = NumberSet()
    met: set[int] = set()
    for number in numbers:
        assert (number in found) == (number in met or (number in (0, 1) and bool(met & {0, 1})))
        found.add(number)
        met.add(number)
    assert all(number in found for number in met)


def test_it_grows_and_stays_small() -> None:
    tracemalloc.start()
    found = NumberSet()
    for n in range(50_000):
        found.add(hash(f"https://a.go.th/{n}"))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 50_000
    assert all(hash(f"https://a.go.th/{n}") in found for n in range(50_000))
    assert not any(hash(f"https://b.go.th/{n}") in found for n in range(50_000))
    assert taken < 24 * 50_000 + 10_000 < sys.getsizeof(set(range(50_000)))
