"""Answers put over a page with a viewer: form fields, boxes to tick, free text, stamps and writing with a pen. They
are no part of the page's contents; `pdftotext` writes them after all else."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium_c

from core.models.snapshot import Block
from documents.grid import Box
from documents.line_blocks import line_block
from documents.pdf.places import Extra, skeleton
from documents.pdf.wordless import image_at

_MOST = 600
_LONGEST = 20_000
"""Characters of one answer."""
_UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
_TEXTS = (pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX)
_BOXES = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
_KINDS = (
    pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP, pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_INK
)  # fmt: skip
_TICKED, _EMPTY = "☑", "☐"


class Answers:
    """What is typed over the pages of one document (pypdfium2)."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._form: Any = None
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
            self._form = document.formenv.raw if document.formenv is not None else None

    def of_page(self, page: Any, number: int) -> tuple[Extra, ...]:
        """The answers on a page in the order in which they are drawn; hidden ones are left out."""
        found = []
        for at in range(min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), _MOST)):
            annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, at)
            if not annotation:
                continue
            try:
                extra = self._answer(annotation, page, number)
            finally:
                pdfium_c.FPDFPage_CloseAnnot(annotation)
            if extra is not None:
                found.append(extra)
        return tuple(found)

    def _answer(self, annotation: Any, page: Any, number: int) -> Extra | None:
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        if kind not in _KINDS:
            return None
        if pdfium_c.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
            return None
        bounds = pdfium_c.FS_RECTF()
        if not pdfium_c.FPDFAnnot_GetRect(annotation, bounds):
            return None
        box = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        if kind == pdfium_c.FPDF_ANNOT_INK:
            return image_at(box, page.get_bbox(), number)
        if kind in (pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP):
            found = _typed(box, _string(pdfium_c.FPDFAnnot_GetStringValue, annotation, b"Contents"), number)
            if kind == pdfium_c.FPDF_ANNOT_FREETEXT:
                return found
            return replace(found, noted=True) if found is not None else image_at(box, page.get_bbox(), number)
        if self._form is None:
            return None
        field = pdfium_c.FPDFAnnot_GetFormFieldType(self._form, annotation)
        if field in _TEXTS:
            return _typed(box, _string(pdfium_c.FPDFAnnot_GetFormFieldValue, self._form, annotation), number)
        if field in _BOXES:
            mark = _TICKED if pdfium_c.FPDFAnnot_IsChecked(self._form, annotation) else _EMPTY
            return Extra(box, (line_block(mark, page=number),), marks=True)
        return None


def without_answers(raw: str | None, answers: Sequence[Extra], page: Box) -> tuple[str | None, tuple[Extra, ...]]:
    """A page's text as `pdftotext -raw` writes it without the answers at its end, and the answers that the page shows:
    a stamp shows what its note says if that is written there, else a picture. The note's lines keep their place in the
    order of writing. `page` are the page's bounds in points."""
    if raw is None or not answers:
        return raw, tuple(_picture(answer, page) if answer.noted else answer for answer in answers)
    lines = raw.rstrip().splitlines()
    shown: list[Extra] = []
    for answer in reversed(answers):
        if answer.noted:
            first = _first_of(answer, lines)
            if first is not None:
                del lines[first:]
                shown.append(replace(answer, blocks=tuple(replace(b, line=first + 1) for b in answer.blocks)))
            else:
                shown.append(_picture(answer, page))
            continue
        shown.append(answer)
        if answer.marks:
            # A tick is a letter of a font of signs, or a shape.
            if lines and len(lines[-1].strip()) == 1 and not "ก" <= lines[-1].strip() <= "ฮ":
                lines.pop()
            continue
        rest = skeleton("".join(block.text for block in answer.blocks))
        while rest and lines and (last := skeleton(lines[-1])) and rest.endswith(last):
            rest = rest.removesuffix(last)
            lines.pop()
    return "\n".join(lines) + "\n", tuple(reversed(shown))


def _picture(stamp: Extra, page: Box) -> Extra:
    return image_at(stamp.box, page, stamp.blocks[0].page)


def _first_of(answer: Extra, lines: Sequence[str]) -> int | None:
    """Where the lines of an answer begin that stand at the end of a text; None if they do not."""
    rest, at = skeleton("".join(block.text for block in answer.blocks)), len(lines)
    while rest and at and rest.endswith(last := skeleton(lines[at - 1])):
        rest, at = rest.removesuffix(last), at - 1
    return at if not rest and at < len(lines) else None


def _typed(box: tuple[float, float, float, float], text: str, number: int) -> Extra | None:
    lines = (" ".join(line.split()) for line in text[:_LONGEST].splitlines())
    blocks: tuple[Block, ...] = tuple(line_block(line, page=number) for line in lines if line)
    return Extra(box, blocks) if blocks else None


def _string(function: Any, *arguments: Any) -> str:
    size = function(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    function(*arguments, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "ignore").replace("\r\n", "\n").replace("\r", "\n")
