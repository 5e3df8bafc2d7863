"""How a sample site's server answers: what stands in its server.json."""

from __future__ import annotations

from typing import TypedDict


class Answer(TypedDict, total=False):
    """How one address (a path, with its query or without) is answered otherwise than from its file."""

    status: int
    location: str
    file: str


class Sent(TypedDict):
    """What a form's answer is: the first whose `has` stands in what was sent gives its `file`."""

    has: str
    file: str


class Manner(TypedDict, total=False):
    """server.json: how the site answers. `status` for every request, `delay` in seconds before each answer,
    `html_type` the Content-Type of pages, `paths` exceptions by address, `posts` the answers to forms by path,
    `referer` the beginnings of paths that are forbidden to whoever does not say where it comes from."""

    status: int
    delay: float
    html_type: str
    paths: dict[str, Answer]
    posts: dict[str, list[Sent]]
    referer: list[str]
