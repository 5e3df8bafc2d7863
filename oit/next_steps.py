"""What to do next, from what lies in the folder: for somebody who types `oit` and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.errors import InputError
from oit.agencies.loader import load_agencies


def next_steps(folder: Path, now: float) -> Iterator[str]:
    """Lines that say where this folder stands and which command comes next; `now` is in seconds since
    1970. Nothing is written, nothing is fetched."""
    listed = folder / "agencies.yaml"
    if not listed.exists():
        yield "There is no agencies.yaml in this folder yet."
        yield ""
        yield "  oit demo                        look at the sample province first: a few minutes, all on this machine"
        yield "  oit agencies import FILE.xlsx   make the list from the spreadsheet that you have"
        yield "  oit agencies init               or write a commented example and edit it"
        return
    try:
        found = load_agencies(listed)
    except InputError as error:
        yield f"agencies.yaml has faults ({len(error.lines)}), the first: {error.lines[0]}"
        yield ""
        yield "  oit agencies                    show them all, with line and column"
        return
    yield f"agencies.yaml: {len(found.agencies)} agencies of {found.province or 'an unnamed unit'}."
    reports = sorted((folder / "var" / "reports").glob("25*/index.html"))
    if not (folder / "var" / "oit.sqlite").exists():
        yield "Nothing was checked yet."
        yield ""
        yield "  oit doctor                      see what of the optional programs is on this machine"
        yield f"  oit audit {found.agencies[0].id:<22}check one agency first"
        yield "  oit audit                       check them all"
        return
    if reports:
        newest = max(reports, key=lambda path: path.stat().st_mtime)
        age = int(now - newest.stat().st_mtime) // 86_400
        yield f"Reports of {age} days ago: {newest}" if age else f"Reports of today: {newest}"
    yield ""
    yield "  oit serve                       open the pages: who is not ready, what changed, what a person must decide"
    yield "  oit audit                       check all agencies again"
    yield "  oit check-file FILE --item O12  judge a document before it is published"
    yield "  oit nightly                     the same every night (see deploy/ for systemd and cron)"
