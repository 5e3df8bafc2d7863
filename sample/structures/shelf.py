"""Where a structure puts its pages: the files of one site and its server's manner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sample.index_layouts import Row
from sample.manner import Answer, Manner
from sample.render.html import Style, page
from sample.voice import Voice


@dataclass(frozen=True, slots=True)
class Shelf:
    """One site under construction."""

    style: Style
    voice: Voice
    edition: int
    files: dict[str, bytes]
    manner: Manner

    def put(self, path: str, title: str, inner: str, *, bare: bool = False) -> str:
        """Write a page of the site; its path again."""
        self.files[path] = page(self.style, title, inner, "../" * path.count("/"), bare=bare)
        return path

    def raw(self, path: str, text: str) -> str:
        """Write a script or a part of a page; its path again."""
        self.files[path] = text.encode(self.style.codec, "xmlcharrefreplace")
        return path

    def answer(self, address: str, answer: Answer) -> str:
        """Answer an address (without its first slash) otherwise than from its file; the address again."""
        known: Answer = self.manner["paths"].get(f"/{answer.get('file', '').lstrip('/')}", {})
        self.manner["paths"][f"/{address}"] = {**known, **answer}
        return address

    def sent(self, path: str, has: str, file: str) -> None:
        """Answer a form sent to `path` that holds `has` from `file`."""
        self.manner["posts"].setdefault(f"/{path}", []).append({"has": has, "file": file})


@dataclass(frozen=True, slots=True)
class Listing:
    """What an index is made of. It stands at `oit/index.html`; `earlier` writes last year's evidence and gives its
    rows, for indexes that show more than one year."""

    rows: Sequence[Row]
    shelf: Shelf
    title: str
    earlier: Callable[[], Sequence[Row]]
