"""What the readers make of the fixture of each format, as one short word each; kept in tests/cases/formats/digest.json.

Run after READING_FORMAT was raised, or a fixture was added: python -m tests.documents.format_digest
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.formats import FORMATS, Family, FileFormat
from core.models.snapshot import Reading
from core.storage.schema import READING_FORMAT
from documents import read_document
from documents.base import ReadLimits
from tests.paths import PROJECT

# Answers for the whole project: see docs/adding.md, "A document format".
FOLDER = PROJECT / "tests" / "cases" / "formats"
DIGESTS = FOLDER / "digest.json"
READABLE = tuple(each for each in FORMATS if each.family is not Family.USELESS)
RECOGNISED = frozenset(each.kind for each in READABLE if each.family is Family.IMAGE)
"""Read by character recognition: another version of Tesseract reads other letters, so there is no digest."""


def fixture_of(kind: FileFormat) -> Path | None:
    """Return the fixture of a format, None if there is none."""
    files = sorted((FOLDER / kind.kind).glob("*"))
    return files[0] if files else None


def read_fixture(path: Path) -> Reading:
    """Read one fixture as the crawl would."""
    return read_document(path.read_bytes(), f"https://a.example.go.th/{path.name}", "", path.name, ReadLimits())


def digest_of(reading: Reading) -> str:
    """Return a short digest of the blocks: kind, text and place. Coordinates depend on the version of pdftotext."""
    blocks = [
        (b.kind.value, b.text, b.level, b.page, b.table, b.row, b.col, b.span_rows, b.span_cols, b.header, b.sheet)
        for b in reading.blocks
    ]
    text = json.dumps([reading.state.value, reading.note.value, blocks], ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def stored() -> dict[str, Any]:
    """Return the digests that were written last, with the READING_FORMAT of that time."""
    found: dict[str, Any] = json.loads(DIGESTS.read_text("utf-8"))
    return found


def main() -> None:
    """Write the digests of all fixtures."""
    digests = {
        kind.kind: digest_of(read_fixture(path))
        for kind in READABLE
        if kind.kind not in RECOGNISED and (path := fixture_of(kind)) is not None
    }
    text = json.dumps({"reading_format": READING_FORMAT, "digests": digests}, indent=1)
    DIGESTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
