"""PDFs are the pages beside them, printed here and now; what cannot be printed leaves no old PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from oit.printing import AGENCY_PDFS, PROVINCE_PDFS, PrintError, open_printer, print_reports

PAGE = """<!doctype html><meta charset=utf-8><style>@page{size:A4}</style><p>รายงาน %s</p>
<script>document.body.append('ran')</script><img src="http://127.0.0.1:9/x.png"><iframe src="file:///etc/passwd"></iframe>
<iframe src="http://reports.invalid/../../etc/passwd"></iframe><a href="measures.docx">beside</a>
<a href="https://www.example.go.th/x.pdf">outside</a>"""


def _text(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        assert [round(side) for side in document[0].get_size()] == [595, 842]
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.browser
def test_pages_are_printed_without_scripts_or_other_files(tmp_path: Path) -> None:
    (tmp_path / "land").mkdir()
    for name, page in (("land", "report.html"), (".", "index.html")):
        (tmp_path / name / page).write_text(PAGE % name, "utf-8")
    (tmp_path / "land" / "measures.pdf").write_bytes(b"of an earlier night")
    assert print_reports(tmp_path, ["land", "gone"]) == ()
    assert {p.name for p in tmp_path.rglob("*.pdf")} == {"report.pdf", "overview.pdf"}
    text = _text(tmp_path / "land" / "report.pdf")
    assert "land" in text
    assert "ran" not in text
    assert "root" not in text
    body = (tmp_path / "land" / "report.pdf").read_bytes()
    addresses = set(re.findall(rb"/URI \((.*?)\)", body))
    assert addresses == {b"https://www.example.go.th/x.pdf"}


def test_a_machine_without_a_browser_says_so_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("oit.printing.find_browser", lambda: "")
    (tmp_path / "measures.pdf").write_bytes(b"old")
    assert print_reports(tmp_path, []) == ("no PDF was written: no browser on this machine (oit doctor)",)
    assert "oit doctor" in caplog.text
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_browser_that_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="does not start"), open_printer(tmp_path, "/bin/false"):
        pass


def test_every_pdf_has_its_page() -> None:
    from reports.writer import AGENCY_FORMATS, PROVINCE_FORMATS

    assert set(AGENCY_PDFS.values()) <= set(AGENCY_FORMATS)
    assert set(PROVINCE_PDFS.values()) <= set(PROVINCE_FORMATS)
