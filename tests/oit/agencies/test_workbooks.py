"""Workbooks that are made to fill memory: one line, soon, and no list of agencies is lost to a stray cell."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import InputError
from oit.agencies.loader import load_agencies
from oit.agencies.office_sheet import read_sheets
from tests.workbooks import make_workbook

ROWS = (("id", "name", "url"), ("a", "สำนักงาน ก", "https://a.go.th/"), ("b", "สำนักงาน ข", "https://b.go.th/"))
SPACE = 1 << 30


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    """No more than a gigabyte on top: what takes more fails here and not on the machine."""
    limits = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + SPACE, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, limits)


def _with_sheet(rows: str, texts: str = "") -> bytes:
    """A workbook with the rows and shared texts of its one sheet written by hand."""
    source, out = zipfile.ZipFile(io.BytesIO(make_workbook(ROWS))), io.BytesIO()
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            body = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                body = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>".encode()
            if name == "xl/sharedStrings.xml":
                body = f"<sst {space}>{texts}</sst>".encode()
            copy.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize("place", ["XFD1", "A1048576", "XFD1048576", "ZZ90000"])
def test_a_stray_cell_loses_no_agency(tmp_path: Path, place: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(make_workbook(ROWS, **{place: " "}))
    assert [agency.id for agency in load_agencies(path).agencies] == ["a", "b"]
    assert read_sheets(path)[0].rows[1][:3] == ROWS[1]


FAR = "".join(
    f'<row r="{n}"><c r="A{n}"/><c r="{c}{n}"/></row>' for n, c in ((1, "A"), *((n, "GS") for n in range(2, 60_000)))
)
WIDE = "".join(
    f'<row r="{n}">'
    + "".join(f'<c r="{c}{n}"><v>1</v></c>' for c in ("A", "GA", "NA", "TA", "AAA", "AHA", "ANA"))
    + "</row>"
    for n in range(1, 20_000)
)
COPIED = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))


@pytest.mark.parametrize(
    ("rows", "texts"),
    [(FAR, ""), (WIDE, ""), (COPIED, f"<si><t>{'ก' * 100_000}</t></si>")],
    ids=["far", "wide", "copied"],
)
def test_what_cannot_be_held_is_one_line(tmp_path: Path, rows: str, texts: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(_with_sheet(rows, texts))
    for read in (load_agencies, read_sheets):
        with pytest.raises(InputError) as caught:
            read(path)
        assert len(caught.value.lines) == 1
        assert "too" in caught.value.lines[0]
