"""What a process holds of large bodies is bounded over all agencies, and who held little goes before who held much."""

from __future__ import annotations

import asyncio
import gc
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from core.models.snapshot import FetchOutcome
from crawler.downloader.room import SMALL, BodyRoom, Place
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

MB = 1 << 20


def run(work: Callable[[BodyRoom, list[float]], Awaitable[None]], most: int = 100) -> None:
    clock = [0.0]

    async def within() -> None:
        await work(BodyRoom(most, lambda: clock[0]), clock)

    asyncio.run(within())


def test_places_never_take_more_than_the_room() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        places = [room.ask(f"a{n}", 30) for n in range(10)]
        done = 0
        while waiting := [place for place in places if not place.is_given]:
            assert room.taken <= 100
            next(place for place in places if place.is_given and place.size).resize(0)
            done += 1
            assert len(waiting) == 10 - 3 - done + 1
        assert done == 7

    run(work)


def test_who_held_little_goes_before_who_held_much() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        held = [room.ask("greedy", 50), room.ask("greedy", 50)]
        waiting = [room.ask("greedy", 50) for _ in range(20)]
        clock[0] = 10.0
        first, second = room.ask("new", 40), room.ask("new", 40)
        held[0].leave()
        assert first.is_given
        assert not any(place.is_given for place in waiting)
        clock[0] = 20.0
        held[1].leave()
        assert second.is_given
        assert not any(place.is_given for place in waiting)

    run(work)


def test_of_many_that_are_new_who_asks_for_little_goes_first() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        places = [room.ask(f"greedy{n}", 50) for n in range(60)]
        honest = room.ask("honest", 10)
        assert not honest.is_given
        places[0].leave()
        assert honest.is_given

    run(work)


def test_one_larger_than_the_room_has_all_of_it() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        first = room.ask("a", 30)
        large = room.ask("b", 1000)
        assert not large.is_given
        first.leave()
        assert large.is_given
        assert room.taken == 100

    run(work)


def test_who_gives_up_waiting_keeps_nobody_from_it() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        first, second, third = (room.ask(name, 80) for name in "abc")
        second.leave()
        first.leave()
        assert third.is_given
        assert not second.is_given or second.given.cancelled()
        third.leave()
        third.leave()
        assert room.taken == 0

    run(work)


def test_a_place_ends_with_its_answer() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        place: Place = room.ask("a", 60)
        first = Response("http://a.go.th/", body=b"x" * 60)
        room.bind(place, first)
        second = first.replace(body=b"y" * 70)
        room.bind(place, second)
        del first
        await asyncio.sleep(0)
        assert room.taken == 60
        assert room.place_of(second) is place
        circle: list[Any] = [second]
        circle.append(circle)
        del second, circle
        # Nobody looks for what is no longer used before somebody waits for its room.
        gc.disable()
        try:
            waits = room.ask("b", 60)
            assert not waits.is_given
            await asyncio.wait_for(waits.given, 10)
        finally:
            gc.enable()

    run(work)


def test_what_is_let_go_of_counts_as_long_as_it_was() -> None:
    async def work(room: BodyRoom, clock: list[float]) -> None:
        response = Response("http://a.go.th/", body=b"x" * 60)
        room.bind(room.ask("a", 60), response)
        room.let_go(response)
        assert len(response.body) == 60
        assert bytes(response.body) == b""
        assert room.taken == 0

    run(work)


@pytest.mark.slow
def test_a_site_of_large_bodies_is_read_whole_through_little_room(tmp_path: Path) -> None:
    """Bodies that wait for their room are read on once it is there, and their connections serve the next ones."""

    def chunked(out: Any) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        for n in range(40):
            piece = f"<!-- {n} {'x' * 50_000} -->".encode()
            out.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        out.write(b"0\r\n\r\n")

    words = "<h1>ข่าว</h1><p>" + "เนื้อหาของหน่วยงาน " * 20 + "</p>"
    large = {f"/plain{n}": page(words + f"<!-- {n} {'x' * (3 * SMALL // 2)} -->") for n in range(6)}
    packed = {
        f"/packed{n}": Answer(
            gzip.compress(page(words + f"<!-- {n} {'x' * (3 * SMALL // 2)} -->").body),
            headers={"Content-Encoding": "gzip"},
        )
        for n in range(4)
    }
    untold = {f"/untold{n}": Answer(raw=chunked) for n in range(4)}
    # So many links wait for their room as well.
    links = "".join(f"<a href=/{n}.css>{n}</a>" for n in range(2100))
    many = {"/many": page(f"{words}{links}<a href=/last>หน้าสุดท้าย</a>"), "/last": page(words + "สุดท้าย")}
    answers = large | packed | untold | many
    answers["/"] = page("".join(f"<a href={path}>{path}</a>" for path in answers if path != "/last"))
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, OIT_BODIES_MB="2", DOWNLOAD_MAXSIZE=str(2 * MB), DOWNLOAD_TIMEOUT="10")
        found = by_path(snapshot, site)
    assert {path: found[path].outcome for path in answers} == dict.fromkeys(answers, FetchOutcome.OK)
    assert all("ข่าว" in found[path].blocks[0].text for path in (*large, *packed))
    assert snapshot.complete
