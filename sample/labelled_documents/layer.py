"""PDFs whose text layer says other letters than the page shows: by the font's table of what its glyphs mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from reportlab.pdfbase import ttfonts

from sample.paper import Paper
from sample.render.pdf import pdf


def mistold(paper: Paper, shown: Callable[[str], str], told: Callable[[str], str]) -> bytes:
    """The paper with `shown` text drawn, and a text layer in which each letter is what `told` makes of it."""
    with _telling(told):
        return pdf(paper.rewritten(shown))


@contextmanager
def _telling(told: Callable[[str], str]) -> Iterator[None]:
    whole = ttfonts.makeToUnicodeCMap

    def table(fontname: str, subset: Sequence[int]) -> str:
        return str(whole(fontname, [ord(told(chr(code))) for code in subset]))

    with mock.patch.object(ttfonts, "makeToUnicodeCMap", table):
        yield
