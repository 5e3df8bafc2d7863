"""Which list each agency's site follows, as its newest stored crawl shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checklist.candidates.lists import ListFit, ListSuggestion, suggest_list
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.sanitize import sanitize_text
from core.storage.store import Store
from reports.messages import Messages

_GROUP = "lists"
_LABEL_LENGTH = 80


def suggestions(agencies: Sequence[Agency], rules: Rules, data: Path) -> Iterator[ListSuggestion]:
    """A suggestion per agency, in the order given; nothing is fetched."""
    store = Store(data)
    try:
        for agency in agencies:
            yield suggest_list(agency, store.load_snapshot(agency), rules.editions)
    finally:
        store.close()


def suggestion_lines(suggestion: ListSuggestion, rules: Rules, messages: Messages) -> Iterator[str]:
    """One line with the answer, then the figures of each list, then labels that show it."""
    word = messages.word
    agency, followed = suggestion.agency, suggestion.followed
    own = _name(rules, agency.scheme, messages)
    if not suggestion.crawled:
        yield f"{agency.id}: {word(_GROUP, 'not_crawled')}"
        return
    if followed is None:
        yield f"{agency.id}: {word(_GROUP, 'unclear', own=own)}"
    elif suggestion.differs:
        names = {"list": followed.edition.title, "own": own, "scheme": followed.edition.scheme}
        yield f"{agency.id}: {word(_GROUP, 'differs' if followed.edition.scheme else 'general', **names)}"
    else:
        yield f"{agency.id}: {word(_GROUP, 'agrees', own=own)}"
    for fit in suggestion.fits:
        yield f"  {_figures(fit, messages)}"
    for label in followed.examples if followed is not None else ():
        yield f"    {sanitize_text(label, _LABEL_LENGTH)}"


def _figures(fit: ListFit, messages: Messages) -> str:
    return messages.word(
        _GROUP, "figures", list=fit.edition.name, agreed=str(fit.agreed), among=str(len(fit.edition.items)),
        contradicted=str(fit.contradicted),
    )  # fmt: skip


def _name(rules: Rules, scheme: str, messages: Messages) -> str:
    return next((s.title for s in rules.schemes if s.id == scheme), messages.word(_GROUP, "the_general"))
