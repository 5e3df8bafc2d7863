"""What a page opens when somebody clicks: folds, tabs, "load more", lists of years, the pages of a list.

Each thing is clicked once. What a click adds stays where it is, and its label points to it; what the next click takes
away again is put back; what takes the place of the list that the click stood in, or comes as the answer to a POST, is
a further page of its own. What was clicked and what was left is marked for the reader.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from documents.html.forms import LEFT, OPENED

_PAUSE = 30
"""Milliseconds after a click in which a script begins to ask for something, and writes what came."""
_ANSWER = 4000
"""Milliseconds that the answer to one click is waited for."""
_MOST_STATES = 24

LISTEN = files("crawler.rendering").joinpath("listen.js").read_text("utf-8")
"""Runs before the page's own scripts: which elements wait for a click."""
_CLICK = files("crawler.rendering").joinpath("clicks.js").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class OpenedState:
    """A further page that a click led to without an address of its own: what was clicked, and the page's markup."""

    label: str
    html: str


async def open_all(page: Any, speak: Callable[[str], None], clicks: int, end: float) -> tuple[int, list[OpenedState]]:
    """Click what opens something, up to `clicks` times and until `end` (monotonic); `speak` is told
    the label of what is clicked next. Returns how often something was clicked,
    and the states in which the page's list was another, the first one included."""
    states: list[OpenedState] = []
    first: str = await page.content()
    await page.evaluate(_CLICK, [OPENED, LEFT])
    done = 0
    while done < clicks and time.monotonic() < end - 1:
        said = await asyncio.wait_for(page.evaluate("() => window.__oit.step()"), max(0.1, end - time.monotonic()))
        if said is None:
            break
        done += 1
        speak(str(said))
        change = await page.evaluate("times => window.__oit.changed(...times)", [_PAUSE, _ANSWER])
        if change and change["replaced"] and len(states) < _MOST_STATES:
            states = states or [OpenedState("", first)]
            states.append(OpenedState(str(change["said"]), await page.content()))
    speak("")
    await page.evaluate("() => window.__oit.finish()")
    return done, states
