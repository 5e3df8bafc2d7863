"""The labelled document set: the same for a seed, of every kind, and what is not a scan is judged as labelled."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.documents import PARTS, judge_document
from sample.labelled_documents.build import SCANS, Document, documents
from sample.labelled_documents.case import STATES
from sample.labelled_documents.filled import FILLED
from sample.labelled_documents.lacking import LACKING

SEED = 1
ALL = documents(SEED)
TEXTUAL = tuple(d for d in ALL if d.kind not in SCANS)


def test_the_set_is_large_and_holds_every_kind() -> None:
    kinds = Counter(d.kind for d in ALL)
    assert len(ALL) >= 150
    assert set(kinds) >= {
        "pdf",
        "pdf-broken",
        "pdf-shaped",
        "pdf-table",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "ods",
        "rtf",
        "csv",
        "txt",
        "zip",
        "html",
        *SCANS,
    }
    assert all(d.truth.of(part) in STATES for d in ALL for part in PARTS)
    assert not set(FILLED) & set(LACKING)


@pytest.mark.parametrize(
    "name",
    [
        "pdf-official.pdf",
        "broken-greek-official.pdf",
        "docx-official.docx",
        "xlsx-columns.xlsx",
        "pptx-official.pptx",
        "ods-columns.ods",
        "zip-cut.zip",
        "image-official-0.png",
        "scan-poor-cut.pdf",
    ],
)
def test_a_seed_gives_the_same_bytes(name: str) -> None:
    first, again = (next(d for d in documents(SEED) if d.name == name) for _ in range(2))
    assert first.truth == again.truth
    assert first.make() == again.make()


def test_another_seed_gives_other_texts_and_the_same_labels() -> None:
    other = documents(SEED + 1)
    assert [(d.name, d.truth) for d in other] == [(d.name, d.truth) for d in ALL]
    name = "txt-official.txt"
    assert next(d for d in other if d.name == name).make() != next(d for d in ALL if d.name == name).make()


def _judged(document: Document) -> list[tuple[str, str]]:
    return [(j.truth, j.said) for j in judge_document(document)]


@pytest.mark.parametrize("document", TEXTUAL, ids=lambda d: d.name)
def test_a_document_is_judged_as_it_is_labelled(document: Document) -> None:
    assert all(truth == said for truth, said in _judged(document))
