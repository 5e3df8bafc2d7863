"""What each topic's publication says. These modules hold the Thai texts of the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sample.author import Desk
from sample.content import basics, complaints, integrity, people, procurement, reports, sectors, services, work
from sample.paper import Paper

Author = Callable[[Desk], Paper]
AUTHORS: Mapping[str, Author] = {
    **basics.AUTHORS,
    **work.AUTHORS,
    **reports.AUTHORS,
    **services.AUTHORS,
    **procurement.AUTHORS,
    **people.AUTHORS,
    **complaints.AUTHORS,
    **integrity.AUTHORS,
    **sectors.AUTHORS,
}


def write(desk: Desk) -> Paper:
    """The paper of the desk's topic in the agency's digits; KeyError for an unknown topic."""
    return AUTHORS[desk.topic](desk).rewritten(desk.voice.change)
