"""The links of a page by the block that they stand in, without those that lead nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from core.models.snapshot import Link, Resource

CLICKED = frozenset({"script", "form-get", "form-post"})
"""Links that, to their own page's address, need a click: what is behind them has no address."""


def links_by_block(page: Resource) -> dict[int, list[Link]]:
    """The links of each block, in their order."""
    found: dict[int, list[Link]] = {}
    for link in page.links:
        found.setdefault(link.block, []).append(link)
    return found


def own_links_by_block(page: Resource, is_beside: Callable[[str], bool]) -> dict[int, list[Link]]:
    """The links of each block, without those to the posts before and after this one, which are of other items, and
    those up to a place whose section they stand in: "back to the top" opens nothing."""
    found: dict[int, list[Link]] = {}
    panes = panes_of(page)

    def leads_up(link: Link) -> bool:
        start, stop = panes.get(link.fragment, (0, 0)) if link.via == "pane" else (0, 0)
        return start < link.block < stop

    for at, links in links_by_block(page).items():
        beside = 0 <= at < len(page.blocks) and is_beside(page.blocks[at].text)
        own = [] if beside else [link for link in links if not (is_beside(link.label) or leads_up(link))]
        if own:
            found[at] = own
    return found


def real_links(page: Resource, start: int, stop: int, by_block: dict[int, list[Link]]) -> tuple[Link, ...]:
    """The links of a run of blocks that lead to another address, or need a click."""
    own = {page.url, page.final_url}
    return tuple(
        link
        for index in range(start, stop)
        for link in by_block.get(index, ())
        if link.url.startswith(("http://", "https://")) and (link.url not in own or link.via in CLICKED)
    )


def panes_of(page: Resource) -> dict[str, tuple[int, int]]:
    """The run of blocks of every pane that a label of the page opens."""
    opened = {link.fragment for link in page.links if link.via == "pane"}
    found: dict[str, tuple[int, int]] = {}
    if opened:
        for index, block in enumerate(page.blocks):
            for anchor in block.anchor.split():
                if anchor in opened:
                    found[anchor] = (found.get(anchor, (index, index))[0], index + 1)
    return found


def leads_here(page: Resource, start: int, stop: int, by_block: dict[int, list[Link]]) -> bool:
    """Whether a run of blocks has links, and all of them lead to the page itself, as an entry of a menu does."""
    links = [link for index in range(start, stop) for link in by_block.get(index, ())]
    own = {page.url, page.final_url}
    return bool(links) and all(li.url in own and not li.fragment and li.via not in (*CLICKED, "pane") for li in links)
