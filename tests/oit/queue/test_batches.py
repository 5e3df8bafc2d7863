"""Agencies that share a server are never in two batches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.models.agency import Agency
from oit.queue.batches import make_batches

_ADDRESSES = {f"h{n}.go.th": f"10.0.0.{n % 3}" for n in range(9)} | {f"s{n}.go.th": f"10.1.0.{n}" for n in range(9)}


def lookup(host: str) -> str:
    if host not in _ADDRESSES:
        raise OSError("unknown")
    return _ADDRESSES[host]


def agency(name: str, *hosts: str) -> Agency:
    urls = tuple(f"https://{host}/" for host in hosts)
    return Agency(name, name, urls[0], also=urls[1:])


def test_groups_stay_together_and_batches_stay_small() -> None:
    shared = [agency(f"a{n}", f"h{n}.go.th") for n in range(6)]
    alone = [agency(f"b{n}", f"s{n}.go.th") for n in range(4)]
    found = make_batches([*shared, *alone], lookup=lookup, size=3)
    assert [[a.id for a in batch] for batch in found] == [
        ["a0", "a3"], ["a1", "a4"], ["a2", "a5", "b0"], ["b1", "b2", "b3"]
    ]  # fmt: skip


def test_a_bare_name_and_its_www_are_one_server_and_also_joins_two() -> None:
    three = [agency("a", "x.go.th"), agency("b", "www.x.go.th"), agency("c", "y.go.th", "x.go.th")]
    assert [len(batch) for batch in make_batches(three, lookup=lookup, size=1)] == [3]


def test_pairs_that_were_opened_are_servers_of_their_own() -> None:
    two = [Agency("a", "a", "http://127.0.0.1:1/"), Agency("b", "b", "http://127.0.0.1:2/")]
    local = frozenset({"127.0.0.1:1", "127.0.0.1:2"})
    assert [len(batch) for batch in make_batches(two, local, lookup=lookup, size=1)] == [1, 1]


@given(st.lists(st.lists(st.sampled_from(sorted(_ADDRESSES)), min_size=1, max_size=3), max_size=12), st.integers(1, 5))
def test_no_server_is_in_two_batches(sites: list[list[str]], size: int) -> None:
    agencies = [agency(f"a{n}", *hosts) for n, hosts in enumerate(sites)]
    batches = make_batches(agencies, lookup=lookup, size=size)
    assert sorted(a.id for batch in batches for a in batch) == sorted(a.id for a in agencies)
    seen: dict[str, int] = {}
    for number, batch in enumerate(batches):
        for one in batch:
            for url in (one.url, *one.also):
                assert seen.setdefault(_ADDRESSES[url.split("/")[2]], number) == number
