"""Agencies share the browser by time: a page that never comes to rest keeps its own agency waiting."""

from __future__ import annotations

import asyncio

from crawler.rendering.turns import SLOW, PageTurns


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def visit(turns: PageTurns, name: str, order: list[str], end: asyncio.Event | None = None) -> float:
    async with turns.turn(name) as turn:
        order.append(name)
        if end is not None:
            await end.wait()
        else:
            await asyncio.sleep(0)
        return turn.taken()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_while_others_wait_one_agency_has_one_room_of_two() -> None:
    async def work() -> list[str]:
        turns, order, end = PageTurns(2), [], asyncio.Event()
        first: list[str] = order
        slow = [asyncio.ensure_future(visit(turns, "slow", first, end)) for _ in range(4)]
        await settle()
        quick = [asyncio.ensure_future(visit(turns, "quick", first)) for _ in range(3)]
        await settle()
        before = list(first)
        end.set()
        await asyncio.gather(*slow, *quick)
        return before

    # Both rooms were free when the slow one came; it gets no third, and the quick ones wait for a room only.
    assert asyncio.run(work()) == ["slow", "slow"]


def test_slow_pages_in_all_rooms_leave_one_more_to_quick_agencies() -> None:
    async def work() -> list[str]:
        clock = Clock()
        turns, end = PageTurns(2, clock), asyncio.Event()
        order: list[str] = []
        slow = [asyncio.ensure_future(visit(turns, "slow", order, end)) for _ in range(4)]
        await settle()
        clock.now += SLOW + 1
        quick = [asyncio.ensure_future(visit(turns, "quick", order)) for _ in range(3)]
        await settle()
        before = list(order)
        end.set()
        await asyncio.gather(*slow, *quick)
        return before

    assert asyncio.run(work()) == ["slow", "slow", "quick", "quick", "quick"]


def test_a_slow_page_in_the_room_for_quick_ones_gives_way_to_who_waits() -> None:
    async def work() -> tuple[bool, bool, list[str]]:
        clock = Clock()
        turns, end = PageTurns(1, clock), asyncio.Event()
        order: list[str] = []

        async def new() -> bool:
            async with turns.turn("new") as turn:
                order.append("new")
                await turn.give_way.wait()
            return turn.is_extra

        slow = asyncio.ensure_future(visit(turns, "slow", order, end))
        await settle()
        clock.now += SLOW + 1
        late = asyncio.ensure_future(new())
        await settle()
        clock.now += SLOW + 1
        again = asyncio.ensure_future(visit(turns, "slow", order))
        await settle()
        is_left_alone = not late.done()  # nobody quick waits
        quick = [asyncio.ensure_future(visit(turns, "quick", order)) for _ in range(2)]
        is_extra = await asyncio.wait_for(late, 5)
        await asyncio.gather(*quick)
        end.set()
        await asyncio.gather(slow, again)
        return is_left_alone, is_extra, order

    assert asyncio.run(work()) == (True, True, ["slow", "new", "quick", "quick", "slow"])


def test_the_room_for_quick_pages_is_for_who_has_proved_to_be_so_before_who_is_new() -> None:
    async def work() -> list[str]:
        clock = Clock()
        turns, end = PageTurns(1, clock), asyncio.Event()
        order: list[str] = []
        await visit(turns, "known", [])
        slow = asyncio.ensure_future(visit(turns, "slow", order, end))
        await settle()
        new = [asyncio.ensure_future(visit(turns, f"new{n}", order, end)) for n in range(3)]
        known = asyncio.ensure_future(visit(turns, "known", order))
        await settle()
        clock.now += SLOW + 1
        last = asyncio.ensure_future(visit(turns, "known", order))
        await settle()
        before = list(order)
        end.set()
        await asyncio.gather(slow, known, last, *new)
        return before

    assert asyncio.run(work()) == ["slow", "known", "known", "new0"]


def test_what_a_page_waited_for_others_is_not_its_time() -> None:
    async def work() -> float:
        clock = Clock()
        turns, end = PageTurns(1, clock), asyncio.Event()
        first = asyncio.ensure_future(visit(turns, "a", [], end))
        await settle()
        second = asyncio.ensure_future(visit(turns, "b", []))
        await settle()
        clock.now += 5
        end.set()
        await first
        return await second

    assert asyncio.run(work()) == 0


def test_who_gives_up_waiting_takes_no_room() -> None:
    async def work() -> list[str]:
        turns, end = PageTurns(1), asyncio.Event()
        order: list[str] = []
        first = asyncio.ensure_future(visit(turns, "a", order, end))
        await settle()
        given_up = asyncio.ensure_future(visit(turns, "b", order))
        await settle()
        given_up.cancel()
        end.set()
        await first
        await asyncio.wait_for(visit(turns, "c", order), 5)
        return order

    assert asyncio.run(work()) == ["a", "c"]
