"""What is asked of a page in the browser: every answer is cut to size there, before it comes here.

A page can give every name that its scripts share with ours another meaning: a getter of a length gives a text of 100
million letters, and so may our own object in the page. Two things it cannot reach. A world of its own (of the DevTools
protocol) sees the same document with the browser's own functions: there the markup is taken, in parts. And syntax: a
function that copies letter by letter calls nothing that a page could replace; so is taken what clicks said."""

from __future__ import annotations

import json
from typing import Any

MAX_HTML = 12 << 20
"""Letters of markup that are taken of a page, and again of all states that its clicks gave."""
PART = 4 << 20
"""Letters of one message; Thai takes three bytes each."""
_WORLD = "oit"
_MAX_TEXT = 300
_MAX_ADDRESSES = 200
_MAX_ADDRESS = 2000

_TAKE = """most => {
    const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : '';
    const text = kind + (document.documentElement ? document.documentElement.outerHTML : '');
    globalThis.taken = text.slice(0, most);
    return text.length;
}"""
_PART = """(from, most) => {
    let to = from + most;
    if ((taken.charCodeAt(to - 1) & 0xfc00) === 0xd800) to--; // halves of one letter stay together
    const part = taken.slice(from, to);
    if (to >= taken.length) globalThis.taken = '';
    return part;
}"""
_COPY = """const copy = (text, most) => {
    let out = '';
    if (typeof text === 'string') for (let i = 0; i < text.length && i < most; i++) out += text[i];
    return out;
};"""


class ViewError(Exception):
    """A page gave no answer, or none of the kind that was asked for."""


class PageView:
    """One page, seen through bounds. All methods raise what the driver raises, and ViewError."""

    def __init__(self, page: Any, session: Any) -> None:
        self._page = page
        self._session = session
        self._frame = ""

    @classmethod
    async def of(cls, page: Any) -> PageView:
        """Begin to look at a page."""
        return cls(page, await page.context.new_cdp_session(page))

    async def goto(self, url: str, seconds: float) -> None:
        """Load a page, up to its first answer."""
        await self._page.goto(url, wait_until="commit", timeout=seconds * 1000)

    async def number(self, function: str) -> int:
        """A number that a function without arguments gives, with the browser's own names."""
        value = await self._call(f"({function})() | 0")
        return int(value)

    async def content(self, most: int = MAX_HTML) -> tuple[str, bool]:
        """The markup up to so many letters, and whether that is all of it."""
        world = await self._own_world()
        length = int(await self._call(f"({_TAKE})({most})", world))
        parts: list[str] = []
        wanted, had = min(length, most), 0
        while had < wanted:
            part = await self._call(f"({_PART})({had}, {PART})", world)
            if not isinstance(part, str) or not part:
                raise ViewError("the markup went away")
            parts.append(part)
            had += _units(part)
        return "".join(parts), length <= most

    async def run(self, function: str, *arguments: Any) -> None:
        """Call a function among the page's own scripts; what it gives is left there."""
        given = ", ".join(json.dumps(each) for each in arguments)
        done = await self._among_scripts(f"({function})({given}); return '1'")
        if done is None:
            raise ViewError("a function failed")

    async def step(self) -> str | None:
        """Click what is next; its label, None if there is nothing more."""
        said = await self._among_scripts(
            f"const said = window.__oit.step(); return said === null ? '' : '1' + copy(said, {_MAX_TEXT})"
        )
        if said is None:
            raise ViewError("no click")
        return said[1:] if said else None

    async def changed(self, pause: int, longest: int) -> tuple[bool, bool, list[str]]:
        """What the last click did, so many milliseconds later: whether it gave another page, whether it gave links or
        more to click, and addresses that it wanted to open."""
        said = await self._among_scripts(
            f"const change = await window.__oit.changed({pause}, {longest}); if (!change) return '00';"
            "let out = (change.replaced ? '1' : '0') + (change.more ? '1' : '0'); const opened = change.opened;"
            f"for (let i = 0; opened && i < opened.length && i < {_MAX_ADDRESSES}; i++)"
            f" out += '\\n' + copy(opened[i], {_MAX_ADDRESS}); return out"
        )
        if said is None:
            raise ViewError("no answer to a click")
        did, *opened = said.split("\n")
        return did[:1] == "1", did[1:] == "1", opened

    async def hover(self) -> bool:
        """Bring the mouse to what waits for it; whether there was anything."""
        return await self._among_scripts("return window.__oit.hover() ? '1' : ''") == "1"

    async def _among_scripts(self, body: str) -> str | None:
        """A short text that code among the page's scripts gives; None if it failed, whatever it threw."""
        told = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": f"(async () => {{ {_COPY} try {{ {body} }} catch {{ return null }} }})()",
                "returnByValue": True,
                "awaitPromise": True,
                "userGesture": True,
                "silent": True,
            },
        )
        value = told.get("result", {}).get("value")
        return value if isinstance(value, str) else None

    async def _own_world(self) -> int:
        if not self._frame:
            tree = await self._session.send("Page.getFrameTree")
            self._frame = str(tree["frameTree"]["frame"]["id"])
        made = await self._session.send("Page.createIsolatedWorld", {"frameId": self._frame, "worldName": _WORLD})
        return int(made["executionContextId"])

    async def _call(self, expression: str, world: int | None = None) -> Any:
        told = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": await self._own_world() if world is None else world,
                "returnByValue": True,
                "silent": True,
            },
        )
        if "exceptionDetails" in told or "value" not in told.get("result", {}):
            raise ViewError("no value")
        return told["result"]["value"]


def _units(text: str) -> int:
    """Letters as the browser counts them: two for each beyond the first plane."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
