"""measures.html: the same document as a page, which a browser prints to PDF."""

from __future__ import annotations

from reports.agency_html import environment
from reports.measures.content import Grid, Heading, MeasuresContent


def measures_html(content: MeasuresContent) -> str:
    """The page as text; it needs no other file."""
    page = environment().get_template("measures.html.j2")
    return page.render(content=content, is_heading=_is_heading, is_grid=_is_grid)


def _is_heading(part: object) -> bool:
    return isinstance(part, Heading)


def _is_grid(part: object) -> bool:
    return isinstance(part, Grid)
