"""Lists of a form whose choices the server answers: what is chosen has an address, and stands there."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.models.snapshot import FetchOutcome, Resource, ResourceKind, Snapshot, Zone

_FORM = "form-get"


def answered_choices(snapshot: Snapshot) -> frozenset[str]:
    """The addresses of choices recorded as not followed, as they lead to the very page that they stand on, whose form
    gives different lists of links for its other choices. Where every choice gives the same page a script may answer."""
    waiting = [r for r in snapshot.resources if r.outcome is FetchOutcome.NOT_FOLLOWED and r.detail == _FORM]
    if not waiting:
        return frozenset()
    paths = {_path(choice) for choice in waiting}
    lists: dict[str, set[frozenset[str]]] = {}
    read: set[str] = set()
    for page in snapshot.resources:
        if page.outcome is FetchOutcome.OK and page.kind is ResourceKind.PAGE and _path(page) in paths:
            links = frozenset(link.url for link in page.links if link.zone is Zone.CONTENT)
            lists.setdefault(_path(page), set()).add(links)
            read.update((page.url, page.final_url))
    return frozenset(
        choice.url
        for choice in waiting
        if choice.url.partition("#")[0] in read and len(lists.get(_path(choice), ())) > 1
    )


def _path(resource: Resource) -> str:
    parts = urlsplit(resource.url)
    return f"{parts.netloc}{parts.path}"
