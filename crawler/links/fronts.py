"""Pages that stand in the home page's place: its frames, and what an introduction leads to.

The home page is looked at more closely than others. Where it only is a set of frames, or a picture with "enter", the
menu that scripts may write stands on the page behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from core.models.snapshot import Link, Resource
from core.urls import is_document, is_image

_MOST = 8
"""Pages of one site that may stand for its home page: frames in frames have no end."""
_WAYS = 4
"""Pages of the site that an introduction may lead to: the home page in its languages."""
_THIN = 300
"""Characters of text up to which a page is an introduction."""


class FrontPages:
    """The addresses of one crawl's home page, of its frames and of the pages that an introduction leads to."""

    def __init__(self, home: str, is_inside: Callable[[str], bool]) -> None:
        self._home = home
        self._is_inside = is_inside
        self._known = {home}

    def __contains__(self, url: str) -> bool:
        return url in self._known

    def note(self, page: Resource, letters: int) -> None:
        """Take a front page that was read into account; `letters` is the length of its text. Other pages change
        nothing."""
        if page.url not in self._known and page.final_url not in self._known:
            return
        within = [link for link in page.links if self._is_way(link, page)]
        frames = {link.url: None for link in within if link.via == "frame"}
        ways = {link.url: None for link in within}
        is_introduction = page.url == self._home and letters <= _THIN and len(ways) <= _WAYS
        for url in ways if is_introduction else frames:
            if len(self._known) <= _MOST:
                self._known.add(url)

    def _is_way(self, link: Link, page: Resource) -> bool:
        if link.url in (page.url, page.final_url) or not urlsplit(link.url).netloc:
            return False
        return self._is_inside(link.url) and not is_document(link.url) and not is_image(link.url)
