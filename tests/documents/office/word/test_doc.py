"""Tables of Word 97-2003: antiword draws them as text and writes them as DocBook; the cells are DocBook's."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.models.snapshot import BlockKind, Reading
from documents import read_document
from documents.base import ReadLimits
from tests.documents.office.containers import compound

_TEXT = """รายงานผล
|โครงการ   |ปัญหา/     |
|         |อุปสรรค    |
|อบรม     |ผู้เข้าร่วม  |
|         |น้อย       |
ลงท้าย
"""
_CELLS = (("โครงการ", "ปัญหา/ อุปสรรค"), ("อบรม", "ผู้เข้าร่วม\nน้อย"))


def docbook(*tables: tuple[tuple[str, ...], ...]) -> str:
    made = "".join(
        "<informaltable><tgroup cols='2'><tbody>"
        + "".join(f"<row>{''.join(f'<entry>{cell}</entry>' for cell in row)}</row>" for row in table)
        + "</tbody></tgroup></informaltable>"
        for table in tables
    )
    doctype = '<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.1.2//EN"\n"http://x/docbookx.dtd">'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}<book><chapter>{made}</chapter></book>'


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, xml: str) -> Reading:
    """Read a document with a program in antiword's place that writes these two."""
    (tmp_path / "text").write_text(text, "utf-8")
    (tmp_path / "xml").write_text(xml, "utf-8")
    program = tmp_path / "antiword"
    program.write_text(f'#!/bin/sh\ncase "$*" in *"-x db"*) cat {tmp_path}/xml;; *) cat {tmp_path}/text;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    body = compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(100)})
    return read_document(body, "https://a.go.th/a.doc", "", "a.doc", ReadLimits())


def test_a_cell_over_several_drawn_lines_is_one_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(tmp_path, monkeypatch, _TEXT, docbook(_CELLS)).blocks
    assert [(b.kind, b.row, b.col, b.text) for b in found] == [
        (BlockKind.PARAGRAPH, None, None, "รายงานผล"),
        (BlockKind.CELL, 0, 0, "โครงการ"),
        (BlockKind.CELL, 0, 1, "ปัญหา/ อุปสรรค"),
        (BlockKind.CELL, 1, 0, "อบรม"),
        (BlockKind.CELL, 1, 1, "ผู้เข้าร่วม\nน้อย"),
        (BlockKind.PARAGRAPH, None, None, "ลงท้าย"),
    ]


@pytest.mark.parametrize("xml", ["<broken", docbook(_CELLS, _CELLS)])
def test_drawn_lines_are_rows_where_docbook_does_not_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, xml: str
) -> None:
    found = read(tmp_path, monkeypatch, _TEXT, xml).blocks
    assert [b.text for b in found if b.row == 0] == ["โครงการ", "ปัญหา/"]
    assert [b.text for b in found if b.kind is BlockKind.PARAGRAPH] == ["รายงานผล", "ลงท้าย"]


def test_bold_lines_are_set_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "รายงานผล\n1. ปัญหา อุปสรรค\nไม่มี ครับ\nผู้รับผิดชอบ\nงานแผน\nผู้รับผิดชอบ งานแผน\n"
    bold = "<emphasis role='bold'>"
    lines = (
        f"<para>\n{bold}รายงาน</emphasis>{bold}ผล</emphasis>\n</para>",
        f"<orderedlist><listitem><para>\n{bold}ปัญหา อุปสรรค</emphasis>\n</para></listitem></orderedlist>",
        f"<para>\n{bold}ไม่มี</emphasis> ครับ\n</para>",
        f"<para>\n{bold}ผู้รับผิดชอบ</emphasis>\n</para><para>\nงานแผน\n</para>",
        f"<para>\n{bold}ผู้รับผิดชอบ</emphasis> งานแผน\n</para>",
    )
    found = read(tmp_path, monkeypatch, text, f"<book><chapter><title/>{''.join(lines)}</chapter></book>").blocks
    assert [block.bold for block in found] == [True, True, False, True, False, False]
    assert found[1].kind is BlockKind.HEADING
