"""Who may start where: one server, one process; nobody waits for another's name."""

from __future__ import annotations

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from core.models.agency import Agency
from crawler.process.feed import PER_SERVER, AgencyFeed, Turn

IPS = {"a.go.th": "203.0.113.1", "www.a.go.th": "203.0.113.1", "b.go.th": "203.0.113.1", "c.go.th": "203.0.113.2"}


def lookup(host: str) -> str:
    if host not in IPS:
        raise OSError("no such host")
    return IPS[host]


def agency(name: str, url: str, *also: str) -> Agency:
    return Agency(name, "", url, also=also)


def settled(listed: list[Agency], local: frozenset[str] = frozenset()) -> AgencyFeed:
    feed = AgencyFeed(listed, local, lookup)
    end = time.monotonic() + 5
    while feed._new and time.monotonic() < end:
        feed._settle()
        time.sleep(0.01)
    return feed


def taken(feed: AgencyFeed, process: int, most: int = 1000) -> list[Turn]:
    found: list[Turn] = []
    while len(found) < most and (turn := feed.take(process)) is not None:
        found.append(turn)
    return found


def test_agencies_on_one_server_go_to_one_process() -> None:
    listed = [
        agency("a", "https://www.a.go.th/"),
        agency("a2", "https://a.go.th/x/"),
        agency("b", "http://b.go.th"),
        agency("c", "https://c.go.th/"),
        agency("d", "https://d.go.th/"),
        agency("l1", "http://127.0.0.1:1/"),
        agency("l2", "http://127.0.0.1:2/"),
    ]
    feed = settled(listed, frozenset({"127.0.0.1:1", "127.0.0.1:2"}))
    (first,) = taken(feed, 1, 1)
    assert first.agency.id == "a"
    assert first.sharing == 3
    assert first.servers["a.go.th"] == first.servers["www.a.go.th"] == "203.0.113.1"
    assert {turn.agency.id for turn in taken(feed, 2)} == {"c", "d", "l1", "l2"}
    assert {turn.agency.id for turn in taken(feed, 1)} == {"a2", "b"}
    assert len(feed) == 0


def test_a_server_is_free_again_when_its_agencies_have_ended() -> None:
    feed = settled([agency("a", "https://a.go.th/"), agency("b", "https://b.go.th/")])
    assert [turn.agency.id for turn in taken(feed, 1, 1)] == ["a"]
    assert feed.take(2) is None
    feed.end("a")
    turn = feed.take(2)
    assert turn is not None
    assert turn.agency.id == "b"


def test_one_server_takes_few_agencies_at_once() -> None:
    feed = settled([agency(f"a{n}", f"https://a.go.th/{n}/") for n in range(50)])
    assert len(taken(feed, 1)) == PER_SERVER
    feed.end("a0")
    assert len(taken(feed, 1)) == 1


def test_a_name_that_never_answers_holds_up_itself_only() -> None:
    never = threading.Event()

    def slow(host: str) -> str:
        if host == "dead.go.th":
            never.wait(20)
        return lookup(host)

    listed = [agency("dead", "https://dead.go.th/"), agency("a", "https://a.go.th/"), agency("c", "https://c.go.th/")]
    at = time.monotonic()
    feed = AgencyFeed(listed, frozenset(), slow)
    found: list[str] = []
    while len(found) < 2 and time.monotonic() - at < 4:
        found += [turn.agency.id for turn in taken(feed, 1)]
        time.sleep(0.01)
    never.set()
    assert found == ["a", "c"]
    assert time.monotonic() - at < 2


def test_what_a_dead_process_had_waits_again() -> None:
    feed = settled([agency("c", "https://c.go.th/")])
    (turn,) = taken(feed, 1)
    assert len(feed) == 0
    feed.give_back([turn.agency])
    assert len(feed) == 1
    again = feed.take(2)
    assert again is not None
    assert again.agency.id == "c"


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=40),
    st.lists(st.tuples(st.sampled_from("te"), st.integers(1, 3)), max_size=120),
)
def test_two_processes_never_share_a_server_and_nobody_is_lost(
    hosts: list[tuple[str, str]], steps: list[tuple[str, int]]
) -> None:
    listed = [
        agency(f"n{n}", f"http://{one}.test:1/", f"http://{other}.test:1/") for n, (one, other) in enumerate(hosts)
    ]
    feed = AgencyFeed(listed, frozenset(f"{name}.test:1" for name in "abcdef"), lookup)
    running: dict[str, tuple[int, set[str]]] = {}
    done: list[str] = []

    def check() -> None:
        for one, (process, servers) in running.items():
            for other, (process2, servers2) in running.items():
                assert one == other or process == process2 or not servers & servers2

    for step, process in steps:
        if step == "t" and (turn := feed.take(process)) is not None:
            running[turn.agency.id] = (process, set(turn.servers.values()))
        elif step == "e" and running:
            name = next(iter(running))
            del running[name]
            feed.end(name)
            done.append(name)
        check()
    while len(feed) or running:
        while (turn := feed.take(1)) is not None:
            running[turn.agency.id] = (1, set(turn.servers.values()))
        for name in list(running):
            del running[name]
            feed.end(name)
            done.append(name)
    assert sorted(done) == sorted(one.id for one in listed)
