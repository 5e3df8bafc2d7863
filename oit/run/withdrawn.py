"""Reports of agencies that are no longer in the list: moved aside, so that nobody takes them for today's."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.models.agency import AgencyList

FOLDER = "withdrawn"


def withdraw_reports(out: Path, edition: int, agencies: AgencyList) -> tuple[str, ...]:
    """Move OUT/<edition>/<id>/ of agencies that left the list to OUT/withdrawn/<edition>/<id>/.

    Returns the ids. An earlier withdrawn report of the same agency is replaced. Raises OSError."""
    listed = {agency.id for agency in agencies.agencies}
    found = []
    for report in sorted((out / str(edition)).glob("*/report.json")):
        folder = report.parent
        if folder.name in listed:
            continue
        target = out / FOLDER / str(edition) / folder.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.rmtree(target)
        shutil.move(folder, target)
        found.append(folder.name)
    return tuple(found)
