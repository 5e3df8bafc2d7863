"""What a page opens when somebody clicks: folds, tabs, "load more", lists of years, the pages of a list.

Each thing is clicked once. What a click adds stays where it is, and its label points to it; what the next click takes
away again is put back; what takes the place of the list that the click stood in, or comes as the answer to a POST, is
a further page of its own. What was clicked and what was left is marked for the reader.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from crawler.rendering.view import MAX_HTML, PageView
from documents.html.forms import LEADS, LEFT, OPENED, STATE

_PAUSE = 30
"""Milliseconds after a click in which a script begins to ask for something, and writes what came."""
_ANSWER = 4000
"""Milliseconds that the answer to one click is waited for."""
_MOST_STATES = 24
_MOVES = 60
_FRUITFUL = 2
"""How many clicks more are done that bring links or more to click: a tree has a branch for each item."""

LISTEN = files("crawler.rendering").joinpath("listen.js").read_text("utf-8")
"""Runs before the page's own scripts: which elements wait for a click."""
_CLICK = files("crawler.rendering").joinpath("clicks.js").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class BrowserRequest:
    """A request that a page's script makes."""

    method: str
    url: str
    headers: Mapping[str, str] = field(compare=False)
    body: bytes


@dataclass(frozen=True, slots=True)
class OpenedState:
    """A further page that a click led to without an address of its own: what was clicked, the page's markup, and the
    number by which the page that was clicked on names it. Or the `file` that came instead of a page, with its type as
    the server says it."""

    label: str
    html: str
    number: int
    file: bytes = b""
    content_type: str = ""


@dataclass(slots=True)
class Clicked:
    """What the clicks on one page gave. `label` is what is being clicked, `number` the last one given to a state."""

    label: str = ""
    number: int = 0
    count: int = 0
    moved: list[tuple[str, str]] = field(default_factory=list)
    """Addresses that scripts wanted to go to, each with its label."""
    posted: list[tuple[BrowserRequest, str, int]] = field(default_factory=list)
    """What clicks wanted to POST, each with its label and the number of the state that it gives."""
    states: list[OpenedState] = field(default_factory=list)
    cut: bool = False
    """Whether the further pages were longer, all together, than is taken."""

    def move(self, url: str) -> None:
        """Note an address that a script wants to go to."""
        if len(self.moved) < _MOVES:
            self.moved.append((url[:2000], self.label))

    def post(self, asked: BrowserRequest) -> None:
        """Note a POST that a click wants to go on with; the same one is the same page."""
        number = next((known for other, _, known in self.posted if other == asked), 0)
        if not number:
            self.number += 1
            number = self.number
        self.posted.append((asked, self.label, number))


async def open_all(view: PageView, clicked: Clicked, clicks: int, end: float) -> None:
    """Click what opens something until `end` (monotonic): up to `clicks` times in vain, and more where it brings
    something."""
    first, _ = await view.content()
    await view.run(_CLICK, [OPENED, LEFT, LEADS, STATE])
    if await view.hover():
        await view.changed(_PAUSE, _ANSWER)
        first, _ = await view.content()
    states: list[OpenedState] = []
    count = fruitful = 0
    room = MAX_HTML
    while count - min(fruitful, _FRUITFUL * clicks) < clicks and time.monotonic() < end - 1 and not clicked.cut:
        moves, posts = len(clicked.moved), len(clicked.posted)
        said = await asyncio.wait_for(view.step(), max(0.1, end - time.monotonic()))
        if said is None:
            break
        count += 1
        clicked.label = said
        replaced, more, opened = await view.changed(_PAUSE, _ANSWER)
        fruitful += more
        for url in opened:
            clicked.move(url)
        address = clicked.moved[moves][0] if len(clicked.moved) > moves else ""
        number = clicked.posted[posts][2] if len(clicked.posted) > posts else 0
        if replaced and len(states) < _MOST_STATES:
            clicked.number += 1
            number = clicked.number
            html, whole = await view.content(room)
            room -= len(html)
            clicked.cut = not whole
            states.append(OpenedState(said, html, number))
        if address or number:
            await view.run("(...told) => window.__oit.leads(...told)", address, str(number or ""))
    clicked.label = ""
    clicked.count += count
    if states:
        clicked.number += 1
        clicked.states += [OpenedState("", first, clicked.number), *states]
    await view.run("() => window.__oit.finish()")
